"""What a report on a programme, or on one of its pilots, says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import polars as pl

from wtnet.analysis import trust
from wtnet.draw.charts.reach import SHORT
from wtnet.draw.print.waves import levels
from wtnet.measures import absence, by_group, catalogue, change, reach, uncertainty
from wtnet.measures.impact.suppression import consented
from wtnet.network import Network, at, build, waves_in_order
from wtnet.sentences import change as change_sentences
from wtnet.sentences import findings as finding_sentences
from wtnet.sentences import next_steps, record
from wtnet.sentences import trust as trust_sentences
from wtnet.sentences.format import count, figure, measure_value
from wtnet.sentences.reach import headlines
from wtnet.sentences.strength import pair_words
from wtnet.sentences.waves import names as wave_names
from wtnet.tables import coverage
from wtnet.tables.coverage import Unknown
from wtnet.tables.schema import CORE_KINDS, KINDS
from wtnet.writers.export import Export
from wtnet.writers.report import in_words, parts
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
MUSEUMS, QUOTES = 200, 12
"""Most museums in the matrix and most quotes; with more partners than `uncertainty.MANY` the figures have no
intervals, which take too long."""


def report(export: Export) -> Report:
    """The programme, or the pilot of the export, from its network to its results."""
    tables = export.tables
    pilot = tables["pilots"].row(by_predicate=pl.col("id") == export.pilot, named=True) if export.pilot else None
    network = _network(export)
    export = replace(export, network=network)
    title = pilot["name"] if pilot else export.programme.name
    document = Report(
        title, f"{'Pilot of ' + export.programme.name if pilot else 'Working together: a report'}", export.looked_at
    )
    if pilot:
        about = "; ".join(each for each in (pilot["target_group"], pilot["place"]) if each)
        document.say(f"{about}." if about else "")
    if export.programme.description and (not pilot or record.summary(tables)):
        document.say(export.programme.description, soft=True)
    progress, findings = export.progress, export.findings
    _headlines(document, network, progress, findings)
    document.put("contents")
    if network.graph:
        document.head("Who works with whom")
        _figures(document, network)
        parts.the_map(document, export, network, f"Partners and partnerships, {export.when}")
        _reach(document, network)
        _change(document, network, progress)
    document.head("What came of it")
    document.say(parts.met(progress))
    in_words.silent(document, findings, tables)
    if progress.height or findings.is_empty():
        parts.tally(document, progress, record.results_untold(tables))
    else:
        document.say(record.results_untold(tables))
    in_words.by_theme(document, progress, findings, tables, pilots=pilot is None)
    in_words.quotes(document, _quotes(export), tables, QUOTES)
    if not pilot:
        in_words.done(document, tables, network.wave)
    _next_steps(document, export)
    _partners(document, network)
    parts.method(document, export, network, [(name, "network") for name in MEASURES])
    return document


def _network(export: Export) -> Network:
    if export.pilot and not export.network.scope.pilots:
        return build(export.tables, replace(export.network.scope, pilots=(export.pilot,)))
    return export.network


def _first(network: Network) -> tuple[Network | None, str]:
    order = waves_in_order(network.tables)
    names = wave_names(network.tables)
    if not order:
        return None, ""
    return (None if network.wave == order[0] else at(network, order[0])), names[order[0]]


def _headlines(document: Report, network: Network, progress: pl.DataFrame, findings: pl.DataFrame) -> None:
    document.head("In short")
    if not network.graph:
        document.say("There are no partners in this programme yet, so there is nothing to report.")
        return
    first, name = _first(network)
    sentences = [words for _, words in headlines(network, first, name, reach.chance(network))]
    document.items([*sentences, *filter(None, [parts.met(progress), finding_sentences.headline(findings, network.tables)])])
    if not sentences:
        document.say("There are no partnerships between partners in this wave, so there is little to say of their reach.")


def _figures(document: Report, network: Network) -> None:
    few = len(network.graph) <= uncertainty.MANY
    spans = {}
    if few and network.ties.height:
        rows = uncertainty.intervals(network).iter_rows(named=True)
        spans = {row["measure"]: (row["low"], row["high"]) for row in rows if row["low"] is not None}
    values: dict[str, Any] = catalogue.whole(network, MEASURES)
    parts.measures(document, MEASURES, "network", values, spans, network)


def _reach(document: Report, network: Network) -> None:
    coverage = reach.coverage(network)
    if coverage.height:
        document.head("Which museum works with whom")
        gaps = absence.unknown_kinds(network)
        rows = [
            [row["name"], *(_ties(row, kind, gaps) for kind in CORE_KINDS), row["missing"] or "–"]
            for row in coverage.iter_rows(named=True)
        ]
        head = ["Museum", *CORE_KINDS.values(), "None yet with"]
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


def _change(document: Report, network: Network, progress: pl.DataFrame) -> None:
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
    weighed = trust.weigh(at(network, order[0]), network)
    ends = (names[order[0]], names[order[now]])
    document.head("Can I trust this?", 2)
    document.say(trust_sentences.sentence(weighed, ends))
    document.items([f"{label}: {words}" for label, words in trust_sentences.lines(weighed, ends)])
    document.say(trust_sentences.NOT_WHY, soft=True)
    if network.ties.height:
        drawn = levels(network, STRIP, f"{names[order[0]]} to {names[order[now]]}", "", progress)
        document.picture(drawn, "Pairs of partners by level of collaboration; the wider a band, the more pairs.")


def _quotes(export: Export) -> pl.DataFrame:
    """The quotes that may be shared with the audience, of the pilot if the report is about one."""
    shared = consented(export.tables["quotes"], export.audience)
    return shared.filter((pl.col("pilot") == export.pilot).fill_null(False)) if export.pilot else shared


def _next_steps(document: Report, export: Export) -> None:
    """What has been decided, beside what became of those it is about; in the lead's own report on the programme alone."""
    steps = next_steps.rows(export.tables) if export.audience == "lead" and not export.pilot else None
    if steps is not None and steps.height:
        document.head("Next steps")
        caption = "What is to be done, first what is due, and what became of those it is about."
        document.table(caption, steps.columns, steps.rows(), "lllllll", (2.2, 1.8, 1, 1, 0.7, 1, 1.6))


def _partners(document: Report, network: Network) -> None:
    if not network.graph:
        return
    document.head("The partners")
    partners = catalogue.partners(network, ("partners", "mean_strength", "sectors_reached"))
    place = dict(network.tables["organisations"].select("id", "place").iter_rows())
    rows = [
        [
            row["name"],
            KINDS[row["kind"]],
            place[row["id"]] or "–",
            figure(row["partners"]),
            figure(row["mean_strength"], digits=2),
        ]
        for row in partners.iter_rows(named=True)
    ]
    head = ["Partner", "Kind", "Place", "Works with", "Mean strength (0–1)"]
    caption = f"{count(len(rows), 'partner')}, whom each works with and how strongly on average."
    document.table(caption, head, rows, "lllrr", (2.4, 1.8, 1.2, 0, 0))
