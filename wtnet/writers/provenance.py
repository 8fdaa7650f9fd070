"""Where the data of a file came from and what may be done with it, in words."""

from __future__ import annotations

from dataclasses import astuple

import polars as pl

from wtnet.measures.impact.suppression import fewer_than
from wtnet.sentences import filters, illustrative, record, waves
from wtnet.strength import COMPONENTS, EQUAL
from wtnet.tables import own_scale
from wtnet.tables.text import clean
from wtnet.writers.export import Export

_KEPT = (
    "Partners who are not shared by name are numbered; figures are those the programme lead sees, rounded, or withheld where "
    "somebody's answers could be worked out from them; how strong a named partnership is stands in three words where both sides "
    "rated it; an empty cell is not known or withheld, never zero; "
    f"results on {fewer_than()} people are withheld, with those that would give them away; so are quotes not shared"
)
_AUDIENCE = {
    "lead": "Programme lead. Nothing is withheld: pass it on with care.",
    "partners": f"Partners. {_KEPT} with partners.",
    "public": f"Everybody. {_KEPT} in public.",
}


def provenance(export: Export, network: bool = True) -> list[tuple[str, str]]:
    """Where the data came from and what may be done with it: (what, words), each of one line.

    With `network` also the wave, what was left out, and how strength was worked out.
    """
    about, lines = export.programme, []
    lines.append(("Programme", about.name))
    if about.illustrative:
        lines.append(("Notice", illustrative.FILE))
    lines += [("About", about.description)] if about.description else []
    untold = record.in_full(export.tables)
    lines += [("Not recorded", untold)] if untold else []
    lines.append(("Source", about.source or "Not stated."))
    lines.append(("Licence", about.licence or "Not stated: ask the holder of the data before you pass it on."))
    lines.append(("Audience", _AUDIENCE[export.audience]))
    lines.append(("Made", f"{export.made.isoformat()}, by wtnet"))
    if network:
        lines += [("Wave", _wave(export)), ("Shown", _shown(export)), ("Strength", _strength(export))]
    return [(what, " ".join(clean(words).split())) for what, words in lines]


def provenance_lines(export: Export, network: bool = True) -> list[str]:
    """The same as lines of text: "Licence: CC BY 4.0"."""
    return [f"{what}: {words}" for what, words in provenance(export, network)]


def _wave(export: Export) -> str:
    chosen = export.network.wave
    if chosen is None:
        return "None: documented partnerships only."
    row = export.tables["waves"].row(by_predicate=pl.col("id") == chosen, named=True)
    note = waves.open_note(export.tables, chosen)
    return f"{row['name']} ({chosen}{', ' + row['date'].isoformat() if row['date'] else ''}){note and f', {note}'}"


def _shown(export: Export) -> str:
    """What the scope keeps, in words."""
    graph, scope = export.network.graph, export.network.scope
    narrowed = [(name, value) for name, value in filters.of_scope(scope, export.themes) if name not in filters.RULE]
    kept = [words for name, value in narrowed if (words := filters.label(export.tables, name, value, scope.hops))]
    numbers = ((graph.number_of_nodes(), "partner"), (graph.number_of_edges(), "partnership"))
    counts = ", ".join(f"{number:,} {word}{'' if number == 1 else 's'}" for number, word in numbers)
    return f"{'; '.join(kept)}. There, {counts}." if kept else f"The whole network: {counts}."


_PAIRINGS = {
    "mean": "the mean of what both sides say",
    "weaker": "the weaker of what both sides say",
    "stronger": "the stronger of what both sides say",
    "confirmed": "the mean of what both sides say, known only where both report a partnership",
}


def _strength(export: Export) -> str:
    scope = export.network.scope
    parts = COMPONENTS if own_scale.of_ratings(export.tables) else COMPONENTS[:-1]
    weights = "equal weights"
    if scope.weights != EQUAL:
        weights = ", ".join(f"{name} {weight:g}" for name, weight in zip(parts, astuple(scope.weights), strict=False))
    return f"From 0 to 1, {_PAIRINGS[scope.pairing]} ({weights}); empty where unknown, which is not 0."
