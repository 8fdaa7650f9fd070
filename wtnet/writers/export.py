"""What every data writer starts from: the export, its partners and ties as plain rows, and where it all came from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from typing import Any

import polars as pl

from wtnet.network import Network, Scope, date_of
from wtnet.store.model import Programme
from wtnet.strength import COMPONENTS, EQUAL, active
from wtnet.tables import Tables
from wtnet.tables.model import Audience
from wtnet.tables.schema import KINDS
from wtnet.tables.text import without_controls

PARTNER: dict[str, str] = {
    "kind": "string",
    "kind_label": "string",
    "place": "string",
    "latitude": "double",
    "longitude": "double",
    "website": "string",
    "description": "string",
    "sharing": "string",
    "pilots": "list",
}
"""What is said of a partner beside its id and name, and of what type it is."""

TIE: dict[str, str] = {
    "strength": "double",
    "depth": "double",
    "contact": "double",
    "trust": "double",
    "value": "double",
    "extent": "double",
    "perception": "double",
    "strength_said_by_source": "double",
    "strength_said_by_target": "double",
    "agreement": "double",
    "basis": "string",
    "mean_level": "double",
    "relationship": "string",
    "level": "integer",
    "started": "string",
    "ended": "string",
    "evidence": "string",
    "source_url": "string",
}
"""What is said of a tie beside its two partners, and of what type it is. The last six are documented; `level` is the
documented level, a whole number, and `mean_level` what both sides reported, on average."""

_RENAMED = {"forward": "strength_said_by_source", "backward": "strength_said_by_target"}


@dataclass(frozen=True, eq=False)
class Export:
    """All that a data file is made of.

    `tables` go into the workbook and the CSVs whole; the graph formats hold `network`, the partners and ties of its
    scope in its wave (GEXF: in every wave). `positions` holds x and y (downwards) per partner id, where known. `made` is
    the day written into the file; nothing else in a file depends on when it was made. What `audience` may not see must
    have been taken out of `tables` before: writers show what they are given, and say for whom.

    `picture` and `size` say which picture is wanted, `partner` or `pilot` whom a report is about (None: the programme).
    `cells` are the results as the audience may see them, with what is withheld marked (`suppression.for_audience`);
    `known` are the numbers of partners who are hidden from some (`access.numbered`).
    """

    programme: Programme
    tables: Tables
    network: Network
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    made: date = field(default_factory=date.today)
    audience: Audience = "lead"
    picture: str = "map"
    size: str = "print"
    partner: str | None = None
    pilot: str | None = None
    cells: pl.DataFrame | None = None
    known: Mapping[str, int] = field(default_factory=dict)

    @property
    def given(self) -> Tables:
        """The tables that leave as tables: for everybody but the lead without ratings, of which no answer is left."""
        return self.tables if self.audience == "lead" else self.tables.with_(ratings=Tables().ratings)


Row = dict[str, Any]


def partners(tables: Tables, among: Collection[str]) -> list[Row]:
    """One row for each of these partners, in the order of the organisations: `id`, `name` and the fields of `PARTNER`.

    `pilots` is a list of the names of the pilots it leads or takes part in; unknown fields are None.
    """
    pilots = _pilots(tables)
    return [
        {**row, "kind_label": KINDS[row["kind"]], "pilots": pilots.get(row["id"], [])}
        for row in tables["organisations"].iter_rows(named=True)
        if row["id"] in among
    ]


def ties(export: Export) -> list[Row]:
    """One row a tie of the network: `source`, `target`, `id` and the fields of `TIE`; unknown fields are None.

    The documented fields are those of the partnerships active in the wave.
    """
    found = documents(export.tables, date_of(export.tables, export.network.wave))
    names = pair_ids(zip(export.network.ties["source"], export.network.ties["target"], strict=True))
    rows = []
    for row in export.network.ties.iter_rows(named=True):
        pair = (row["source"], row["target"])
        rows.append({**tie(row), **found.get(pair, {}), "source": pair[0], "target": pair[1], "id": names[pair]})
    return rows


def tie(row: Mapping[str, Any]) -> Row:
    """What the network says of one tie, by the names of `TIE`; numbers to nine decimals, beyond which is only noise."""
    said = {_RENAMED.get(name, name): value for name, value in row.items() if name not in ("source", "target", "level")}
    said["mean_level"] = row["level"] if row["basis"] in ("both", "one-sided") else None
    return {name: round(value, 9) if isinstance(value, float) else value for name, value in said.items()}


def documents(tables: Tables, on: date | None) -> dict[tuple[str, str], Row]:
    """What is documented of each pair (source < target) by the partnerships active on a day (None: by all).

    Several partnerships of one pair are told as one: every word once, the highest level, and from the first start to
    the last end where all of them have one.
    """
    rows = active(tables["partnerships"], on).with_columns(
        a=pl.min_horizontal("source", "target"), b=pl.max_horizontal("source", "target")
    )
    words = [_joined(name, mark) for name, mark in (("relationship", "; "), ("evidence", " | "), ("source_url", " | "))]
    told = rows.group_by("a", "b", maintain_order=True).agg(
        *words,
        pl.col("level").max(),
        pl.when(pl.col("started").null_count() == 0).then(pl.col("started").min().dt.to_string()).alias("started"),
        pl.when(pl.col("ended").null_count() == 0).then(pl.col("ended").max().dt.to_string()).alias("ended"),
    )
    return {(row.pop("a"), row.pop("b")): row for row in told.iter_rows(named=True)}


def _joined(name: str, mark: str) -> pl.Expr:
    said = pl.col(name).drop_nulls().unique(maintain_order=True).str.join(mark)
    return pl.when(pl.col(name).count() > 0).then(said).alias(name)


def _pilots(tables: Tables) -> dict[str, list[str]]:
    names = dict(zip(tables["pilots"]["id"], tables["pilots"]["name"], strict=True))
    found: dict[str, dict[str, None]] = {}
    leads = tables["pilots"].filter(pl.col("lead").is_not_null())
    for pilot, partner in [*leads.select("id", "lead").rows(), *tables["involvements"].select("pilot", "organisation").rows()]:
        found.setdefault(partner, {})[names.get(pilot, pilot)] = None
    return {partner: list(of) for partner, of in found.items()}


def pair_ids(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """An id for each tie, made of its two partners, no two alike."""
    wanted = list(pairs)
    return dict(zip(wanted, distinct([f"{one}--{other}" for one, other in wanted], clean), strict=True))


def clean(text: object) -> str:
    """Text without control characters and what else no XML may hold; line breaks and tabs stay."""
    return without_controls(str(text)).strip()


def distinct(values: Sequence[str], change: Callable[[str], str] = str) -> list[str]:
    """Each value changed, and told apart by a number where two would be alike or nothing would be left."""
    changed = [change(value) for value in values]
    taken, free = set(), set(changed)
    found = []
    for value in changed:
        name, number = value, 1
        while not name or name in taken or (number > 1 and name in free):
            number += 1
            name = f"{value}--{number}"
        taken.add(name)
        found.append(name)
    return found


_KEPT = (
    "Partners who are not shared by name are numbered; strength is known where both sides answered, and nobody's own answers are "
    "in; results on fewer than 5 people are withheld, with those that would give them away; so are quotes not shared"
)
_AUDIENCE = {"partners": f"Partners. {_KEPT} with partners.", "public": f"Everybody. {_KEPT} in public."}


def provenance(export: Export, network: bool = True) -> list[tuple[str, str]]:
    """Where the data came from and what may be done with it: (what, words), each of one line.

    With `network` also the wave, what was left out, and how strength was worked out.
    """
    about, lines = export.programme, []
    lines.append(("Programme", about.name))
    if about.illustrative:
        lines.append(("Notice", "Illustrative: everything in this file is invented; it says nothing about real partners."))
    lines += [("About", about.description)] if about.description else []
    lines.append(("Source", about.source or "Not stated."))
    lines.append(("Licence", about.licence or "Not stated: ask whoever holds the data before you pass it on."))
    lines += [("Audience", _AUDIENCE[export.audience])] if export.audience in _AUDIENCE else []
    lines.append(("Made", f"{export.made.isoformat()}, by wtnet"))
    if network:
        lines += [("Wave", _wave(export)), ("Shown", _shown(export.network)), ("Strength", _strength(export.network.scope))]
    return [(what, " ".join(clean(words).split())) for what, words in lines]


def _wave(export: Export) -> str:
    chosen = export.network.wave
    if chosen is None:
        return "None: documented partnerships only."
    row = export.tables["waves"].row(by_predicate=pl.col("id") == chosen, named=True)
    return f"{row['name']} ({chosen}{', ' + row['date'].isoformat() if row['date'] else ''})"


def _shown(network: Network) -> str:
    """What the scope keeps, in words."""
    scope, kept = network.scope, []
    if scope.kinds:
        kept.append(f"kinds {', '.join(KINDS[kind] for kind in scope.kinds)}")
    if scope.pilots:
        kept.append(f"pilots {', '.join(scope.pilots)}")
    if scope.min_strength > 0:
        kept.append(f"ties of strength {scope.min_strength:g} or more")
    if scope.focus:
        kept.append(f"partners at most {scope.hops} {'step' if scope.hops == 1 else 'steps'} from {', '.join(scope.focus)}")
    numbers = ((network.graph.number_of_nodes(), "partner"), (network.graph.number_of_edges(), "tie"))
    counts = ", ".join(f"{number:,} {word}{'' if number == 1 else 's'}" for number, word in numbers)
    return f"Only {'; '.join(kept)}: {counts}." if kept else f"The whole network: {counts}."


_PAIRINGS = {
    "mean": "the mean of what both sides say",
    "weaker": "the weaker of what both sides say",
    "stronger": "the stronger of what both sides say",
    "confirmed": "the mean of what both sides say, known only where both report a tie",
}


def _strength(scope: Scope) -> str:
    weights = "equal weights"
    if scope.weights != EQUAL:
        weights = ", ".join(f"{name} {weight:g}" for name, weight in zip(COMPONENTS, astuple(scope.weights), strict=True))
    return f"From 0 to 1, {_PAIRINGS[scope.pairing]} ({weights}); empty where unknown, which is not 0."
