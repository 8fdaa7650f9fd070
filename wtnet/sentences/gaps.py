"""The sentences of the Gaps page: who is missing, who is depended on, who might meet, and what a scenario would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from wtnet.analysis.before_after import MeasureChange
from wtnet.analysis.dependence import without
from wtnet.analysis.introductions import introductions
from wtnet.measures import absence, catalogue, reach
from wtnet.measures.catalogue import Measure
from wtnet.network import Network
from wtnet.sentences import record
from wtnet.sentences.format import count, cut, figure, how_many, listed, measure_value, share, verb
from wtnet.sentences.reach import in_view_or_yet, without_health

HEADLINE = ("partners", "ties", "cross_sector_share", "largest_component_share", "articulation_points")
"""The measures a scenario's sentence names, if they move."""


def headline(network: Network) -> str:
    """What is missing, who is depended on and who might meet."""
    return " ".join(filter(None, (missing_kinds(network), only_link(network), first_introduction(network))))


def missing_kinds(network: Network) -> str:
    """How many museums work with all core kinds, and which have no health provider; "" without museums."""
    museums = reach.coverage(network)
    if not museums.height:
        return ""
    gaps, untold = absence.unknown_kinds(network), museums.filter(pl.col("unknown") != "")
    lacking, unheard = without_health(museums)
    parts = [f"no health provider {in_view_or_yet(network)}: {listed(lacking, 3)}"] if lacking else []
    parts += [f"not known, as {verb(len(unheard), 'it', 'they')} did not answer: {listed(unheard, 3)}"] if unheard else []
    health = "; ".join(parts)
    if untold.height:
        some = {kind: gap for kind, gap in gaps.items() if untold["unknown"].str.contains(kind).any()}
        single = museums.height == 1
        whom = "the museum works" if single else "the museums work"
        sentence = f"With whom {whom} is recorded in part: {record.kinds_untold(some, 'museum', single)}"
        return f"{sentence}{'; ' if health else ''}{health}."
    full = int((museums["missing"] == "none").sum())
    if full == museums.height:
        if full == 1:
            return "The museum works with all three other kinds of partner."
        return f"All {count(full, 'museum')} work with all four kinds of partner."
    known = absence.only_known(network, museums["id"].to_list())
    if full:
        work = f"{verb(full)} known to work" if known else verb(full, "works", "work")
        who = f"{full} of {count(museums.height, 'museum')} {work}"
    elif museums.height > 1:
        who = f"None of the {museums.height:,} museums {'is known to work' if known else 'works'}"
    else:
        who = "The museum is not known to work" if known else "The museum does not yet work"
    kinds = "four kinds of partner" if museums.height > 1 else "three other kinds of partner"
    view = " in view" if absence.narrowed(network) else ""
    return f"{who} with all {kinds}{view}{'; ' if health else ''}{health}."


def only_link(network: Network) -> str:
    """How many partners would be cut off without the one that holds most of them; where the record does not tell of all
    partnerships, that."""
    gap = absence.ties(network)
    if gap:
        return f"{record.NOT_TOLD}."
    links = without(network).filter("only_link").sort("cut_off", descending=True, maintain_order=True)
    if not links.height:
        return "Nobody would be cut off if any one partner left."
    first = links.row(0, named=True)
    more = f"{count(links.height - 1, 'other')} {'holds' if links.height == 2 else 'hold'}"
    others = f", and {more} somebody in the same way" if links.height > 1 else ""
    known = ", as far as is known" if absence.only_known(network) else ""
    return f"Without {cut(first['name'], 40)}, {count(first['cut_off'], 'partner')} would be cut off{others}{known}."


def first_introduction(network: Network) -> str:
    """Who might meet first, and how many partners they share; "" if nobody."""
    best = introductions(network, most=1)
    if not best.height:
        return ""
    row = best.row(0, named=True)
    names = [cut(row[f"{side}_name"], 40) for side in ("source", "target")]
    return f"Who might meet first: {names[0]} and {names[1]}, who share {count(row['shared'], 'partner')}."


def loss(row: Mapping[str, Any], partners: int) -> tuple[str, str]:
    """What would go with a partner, from its row of `dependence.without`: its ties, and how the others would hang together.

    `partners` is how many there are now; the second sentence is "" where nobody would be left.
    """
    if not row["ties"]:
        return "No known partnership would go.", ""
    across = how_many(row["cross_sector_ties"])
    ties = f"{count(row['ties'], 'partnership')} would go, {across} of them to another kind of partner."
    if row["largest_after"] is None:
        return ties, ""
    before, after = share(row["largest_before"], partners), share(row["largest_after"], partners - 1)
    if before == after:
        return ties, f"Those left would hang together as now: {after} of them in one connected part."
    return ties, f"Of those left, {after} would be in one connected part; now {before} of all are."


def scenario_headline(moves: Sequence[MeasureChange], changes: int) -> str:
    """Which of the `HEADLINE` measures move, and how many of all; `changes` is how many the scenario makes."""
    by_measure = {move.measure: move for move in moves}
    parts = []
    for name in HEADLINE:
        measure, move = catalogue.find(name, "network"), by_measure[name]
        if move.moved not in ("same", "withheld"):
            before, after = both_values(measure, move.before, move.after)
            parts.append(f"{measure.label.lower()} {before} → {after}")
    begin = f"With {'this change' if changes == 1 else f'these {changes} changes'}"
    shown = [move for move in moves if not move.withheld]
    moved = sum(move.moved != "same" for move in shown)
    if not parts:
        return f"{begin}: " + (f"{count(moved, 'measure moves', 'measures move')} a little." if moved else "no measure moves.")
    return f"{begin}: {'; '.join(parts)}. {moved} of {len(shown)} measures move."


def both_values(measure: Measure, before: Any, after: Any) -> tuple[str, str]:
    """Both values of a measure as text, with as many digits as it takes to tell them apart."""
    texts = measure_value(measure, before, 100), measure_value(measure, after, 100)
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (before, after))
    if texts[0] != texts[1] or before == after or not numbers:
        return texts
    scale, unit = (100, "%") if measure.kind == "share" else (1, "")
    for digits in (2, 3, 4, 5):
        texts = f"{figure(scale * before, digits=digits)}{unit}", f"{figure(scale * after, digits=digits)}{unit}"
        if texts[0] != texts[1]:
            break
    return texts


def holds(partners: int, first: int | None, chance: int | None) -> str:
    """After how many of the partners gone fewer than half are still in one part: those that most rely on first, and in any order;
    "" where nobody can be taken out."""
    if first is None or chance is None:
        return ""
    return (
        f"If the partner that most rely on went each time, fewer than half of the {partners:,} would still be in one part "
        f"after {first}; in any order, after {chance}."
    )
