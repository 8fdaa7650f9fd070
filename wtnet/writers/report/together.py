"""Who works with whom, in a report: figures, map, each pilot, across kinds of partner, what changed and how far to trust it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import polars as pl

from wtnet.analysis.trust import Trust
from wtnet.draw.charts.reach import SHORT
from wtnet.draw.print.waves import levels_of
from wtnet.measures import absence, by_group, catalogue, change, reach, uncertainty
from wtnet.network import Network, at, build, waves_in_order
from wtnet.sentences import change as change_sentences
from wtnet.sentences import record, trust_lines
from wtnet.sentences import trust as trust_sentences
from wtnet.sentences.format import count, figure, measure_value
from wtnet.sentences.reach import headlines
from wtnet.sentences.strength import pair_words
from wtnet.sentences.waves import names as wave_names
from wtnet.tables import coverage
from wtnet.tables.coverage import Unknown
from wtnet.tables.schema import CORE_KINDS, KINDS
from wtnet.writers.export import Export
from wtnet.writers.report import parts
from wtnet.writers.report.parts import STRIP, Report

MEASURES = (
    "partners",
    "ties",
    "mean_strength",
    "density",
    "cross_sector_share",
    "new_ties",
    "continuing_ties",
    "agreement",
    "reciprocity",
    "response_rate",
    "one_sided_ties",
    "articulation_points",
)
MUSEUMS, PILOTS = 200, 12
"""Most museums in the matrix, and most pilots that have a map of their own; with more partners than `uncertainty.MANY` the
figures have no intervals, which take too long."""


def tell(document: Report, export: Export, network: Network, start: tuple[Network | None, str], weighed: Trust) -> None:
    """The sections on partnerships, as far as the lead chose them; `start` is the same view in the first wave (null where that is
    this one) and its name, `weighed` what a change since then rests on."""
    has, all_named = export.report.has, False
    if has("network"):
        document.head("Who works with whom")
        figures(document, network)
        all_named = not parts.the_map(document, export, network, f"Partners and partnerships, {export.when}").note
    if has("pilots") and not export.pilot:
        each_pilot(document, export, network, maps=not all_named)
    if has("reach"):
        across(document, network, *start)
    if has("change"):
        changed(document, network, export.progress, weighed)


def each_pilot(document: Report, export: Export, network: Network, maps: bool) -> None:
    """The pilots beside one another, and with `maps` that of each; one pilot alone is the whole."""
    tables = export.tables
    inside = {pilot: build(tables, replace(network.scope, pilots=(pilot,))) for pilot in tables.pilots["id"]}
    there = {
        pilot: seen
        for pilot, seen in inside.items()
        if seen.graph and (pilot in network.scope.pilots or not network.scope.pilots)
    }
    if len(there) < 2:
        return
    document.head("Each pilot")
    about = {row["id"]: row for row in tables.pilots.iter_rows(named=True)}
    rows = []
    for pilot, seen in there.items():
        row, own = about[pilot], export.progress.filter((pl.col("pilot") == pilot).fill_null(False))
        numbers = [f"{len(seen.graph):,}", f"{seen.ties.height:,}"]
        rows.append([row["name"], row["place"] or "–", row["target_group"] or "–", *numbers, parts.met(own).rstrip(".") or "–"])
    columns = (("Pilot", "l", 1.4), ("Place", "l", 1.0), ("For whom", "l", 1.4), ("Partners", "r", 0.0),
               ("Partnerships", "r", 0.0), ("Targets", "l", 1.5))  # fmt: skip
    used = [at for at in range(len(columns)) if any(row[at] != "–" for row in rows)]
    head, align, widths = zip(*(columns[at] for at in used), strict=True)
    cells = [[row[at] for at in used] for row in rows]
    document.table("The pilots, and how many take part.", head, cells, "".join(align), widths)
    drawn = [(seen, str(about[pilot]["name"])) for pilot, seen in list(there.items())[: PILOTS if maps else 0]]
    parts.maps(document, export, drawn)
    if maps and len(there) > PILOTS:
        document.say(f"The maps of {count(len(there) - PILOTS, 'more pilot')} are in the reports on each.", soft=True)


def figures(document: Report, network: Network) -> None:
    few = len(network.graph) <= uncertainty.MANY
    spans = {}
    if few and network.ties.height:
        rows = uncertainty.intervals(network).iter_rows(named=True)
        spans = {row["measure"]: (row["low"], row["high"]) for row in rows if row["low"] is not None}
    values: dict[str, Any] = catalogue.whole(network, MEASURES)
    parts.measures(document, MEASURES, "network", values, spans, network)


def across(document: Report, network: Network, first: Network | None, first_name: str) -> None:
    document.head("Across kinds of partner")
    document.items(words for _, words in headlines(network, first, first_name, reach.chance(network)))
    coverage = reach.coverage(network)
    if coverage.height:
        document.head("Which museum works with whom", 2)
        gaps = absence.unknown_kinds(network)
        rows = [
            [row["name"], *(_ties(row, kind, gaps) for kind in CORE_KINDS), row["missing"] or "–"]
            for row in coverage.iter_rows(named=True)
        ]
        head = ["Museum", *CORE_KINDS.values(), "None known with"]
        if len(rows) > MUSEUMS:
            document.say(f"The first {MUSEUMS} of {len(rows):,} museums.", soft=True)
        caption = "Number of partnerships of each museum with each of the four core kinds of partner."
        document.table(caption, head, rows[:MUSEUMS], "lrrrrl", (2, 1, 1, 1, 1, 1.4))
        document.say(record.notes(gaps.values()), soft=True)
    health = by_group.museum_health(network)
    if health.height:
        document.head("Museums and health providers", 2)
        shown = [
            [
                tie["museum_name"],
                tie["health_provider_name"],
                pair_words(network, tie["museum"], tie["health_provider"]),
                tie["since"] or "–",
                tie["afterwards"],
            ]
            for tie in health.iter_rows(named=True)
        ]
        head = ["Museum", "Health provider", "Strength (0–1)", "Since the first wave", "After the programme"]
        document.table("Partnerships between museums and health providers.", head, shown, "llrll", (2, 2, 0, 1, 1.2))
    _kinds(document, network)


def _ties(row: dict[str, Any], kind: str, gaps: Mapping[str, Unknown]) -> str:
    """How many ties a museum has with a kind, or why that is not told."""
    return gaps[kind].words_of_one if kind in row["unknown"].split(", ") else figure(row[kind])


def _number(ties: int | None) -> str:
    return coverage.WORDS["partial"] if ties is None else f"{ties:,}"


def _kinds(document: Report, network: Network) -> None:
    """The mixing matrix, as on the screen."""
    mixed = reach.mixing(network)
    if not network.ties.height:
        return
    cells = {}
    for row in mixed.iter_rows(named=True):
        cells[row["kind_a"], row["kind_b"]] = cells[row["kind_b"], row["kind_a"]] = row["ties"]
    kinds = [kind for kind in KINDS if (kind, kind) in cells]
    document.head("Kind by kind", 2)
    named = SHORT if len(kinds) > 8 else KINDS
    rows = [[named[row_kind], *(_number(cells[row_kind, other]) for other in kinds)] for row_kind in kinds]
    caption = "Number of partnerships between each two kinds of partner; the same pair of kinds stands in both its places."
    document.table(caption, ["Kind", *(SHORT[kind] for kind in kinds)], rows, "l" + "r" * len(kinds))


def changed(document: Report, network: Network, progress: pl.DataFrame, weighed: Trust) -> None:
    order = waves_in_order(network.tables)
    now = order.index(network.wave) if network.wave in order else 0
    if not now:
        return
    names = wave_names(network.tables)
    document.head("What changed")
    strength = catalogue.find("mean_strength", "network")
    rows = []
    for before, after in pairwise(order[: now + 1]):
        counts = change.counts(at(network, before), at(network, after))
        rows.append([f"{names[before]} to {names[after]}", *(f"{counts[state]:,}" for state in counts)])
    head = ["From wave to wave", *(state.capitalize() for state in counts)]
    document.table("Pairs of partners by what became of them.", head, rows, "l" + "r" * len(counts))
    if now == 1 and (earlier := change_sentences.documented_earlier(at(network, order[0]), network)):
        document.say(earlier, soft=True)
    lines, answered = [], catalogue.find("response_rate", "network")
    for wave in order[: now + 1]:
        seen = at(network, wave)
        values = catalogue.whole(seen, ("ties", "mean_strength", "response_rate"))
        hidden, unsaid = (catalogue.withheld(measure, seen) for measure in (strength, answered))
        rate = measure_value(answered, values["response_rate"], catalogue.base(answered, seen), unsaid)
        mean = measure_value(strength, values["mean_strength"], withheld=hidden)
        lines.append([names[wave], f"{values['ties']:,}", mean, rate])
    document.table("Each wave.", ["Wave", "Partnerships", "Mean strength (0–1)", "Response rate"], lines, "lrrr")
    ends = (names[order[0]], names[order[now]])
    document.head("Can I trust this?", 2)
    document.say(trust_sentences.sentence(weighed, ends))
    document.items([f"{label}: {words}" for label, words in trust_lines.lines(weighed, ends)])
    document.say(trust_sentences.NOT_WHY, soft=True)
    start = at(network, order[0])
    if change.flow(start, network).is_empty():
        document.say(change.flow_withheld(start, network) or "", soft=True)
    else:
        drawn = levels_of(network, STRIP, f"{names[order[0]]} to {names[order[now]]}", "")
        document.picture(drawn, "Pairs of partners by level of collaboration; the wider a band, the more pairs.")
