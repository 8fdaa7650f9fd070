"""What a report on a programme, or on one of its pilots, says: in short, then the sections the lead chose."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from wtnet.analysis import trust
from wtnet.measures import catalogue
from wtnet.measures.impact.suppression import WITHHELD, consented
from wtnet.network import Network, at, build, waves_in_order
from wtnet.sentences import in_short, next_steps, record
from wtnet.sentences.format import count, figure
from wtnet.sentences.waves import names as wave_names
from wtnet.tables.schema import KINDS
from wtnet.writers.export import Export
from wtnet.writers.report import in_words, outcomes, parts, together
from wtnet.writers.report.parts import Report

QUOTES = 24
"""Most quotes of a report."""


def report(export: Export) -> Report:
    """The programme, or the pilot of the export, from its network to its results."""
    tables, has = export.tables, export.report.has
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
    parts.foreword(document, export.report.foreword)
    summary, findings = export.summary, export.findings
    first, first_name = _first(network)
    document.head("In short")
    if network.graph:
        weighed = trust.weigh(first, network)
        steps_on = export.made if export.audience == "lead" and not pilot else None
        document.answers(in_short.answers(network, first, weighed, summary, findings, steps_on))
        if not network.ties.height:
            document.say("No partnership between partners is known in this wave, so there is little to say of their reach.")
    else:
        document.say("There are no partners in this programme yet, so there is nothing to report.")
    document.put("contents")
    if network.graph:
        together.tell(document, export, network, (first, first_name), weighed)
    outcomes.tell(document, export, summary, findings, of_pilot=pilot is not None)
    if has("words"):
        in_words.quotes(document, _quotes(export), tables, QUOTES)
    if has("done") and not pilot:
        in_words.done(document, tables, network.wave)
    if has("next"):
        _next(document, export, network)
    if has("partners"):
        _partners(document, network)
    parts.method(document, export, network, [(name, "network") for name in together.MEASURES] if has("method") else [])
    return document


def _network(export: Export) -> Network:
    if export.pilot and not export.network.scope.pilots:
        return build(export.tables, replace(export.network.scope, pilots=(export.pilot,)))
    return export.network


def _first(network: Network) -> tuple[Network | None, str]:
    """The same view in the first wave (null where that is the wave looked at, or there is none), and the wave's name."""
    order = waves_in_order(network.tables)
    names = wave_names(network.tables)
    if not order:
        return None, ""
    return (None if network.wave == order[0] else at(network, order[0])), names[order[0]]


def _quotes(export: Export) -> pl.DataFrame:
    """The quotes that may be shared with the audience, of the pilot if the report is about one."""
    shared = consented(export.tables["quotes"], export.audience)
    return shared.filter((pl.col("pilot") == export.pilot).fill_null(False)) if export.pilot else shared


def _next(document: Report, export: Export, network: Network) -> None:
    """What has been decided, beside what became of those it is about (in the lead's own report on the programme alone), and who
    should meet."""
    steps = next_steps.rows(export.tables) if export.audience == "lead" and not export.pilot else None
    meetings = in_short.meeting_rows(network)
    if not meetings.height and (steps is None or not steps.height):
        return
    document.head("What next")
    if steps is not None and steps.height:
        caption = "What is to be done, first what is due, and what became of those it is about."
        document.table(caption, steps.columns, steps.rows(), "lllllll", (2.2, 1.8, 1, 1, 0.7, 1, 1.6))
    caption = "Introductions worth making: pairs that share partners and are not known to work together, the best first."
    document.table(caption, meetings.columns, meetings.rows(), "lll", (1.2, 1.2, 2.6))


def _partners(document: Report, network: Network) -> None:
    if not network.graph:
        return
    document.head("The partners")
    partners = catalogue.partners(network, ("partners", "mean_strength", "sectors_reached"))
    hidden = catalogue.withheld_partners(catalogue.find("mean_strength", "partner"), network)
    place = dict(network.tables["organisations"].select("id", "place").iter_rows())
    rows = [
        [
            row["name"],
            KINDS[row["kind"]],
            place[row["id"]] or "–",
            figure(row["partners"]),
            WITHHELD if hidden.get(row["id"]) else figure(row["mean_strength"], digits=2),
        ]
        for row in partners.iter_rows(named=True)
    ]
    head = ["Partner", "Kind", "Place", "Works with", "Mean strength (0–1)"]
    caption = f"{count(len(rows), 'partner')}, whom each works with and how strongly on average."
    document.table(caption, head, rows, "lllrr", (2.4, 1.8, 1.2, 0, 0))
