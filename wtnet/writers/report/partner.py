"""What a report on one partner says: its profile, as on the screen."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from wtnet.measures import absence, catalogue
from wtnet.measures.impact import findings as finding_measures
from wtnet.measures.impact import progress as impact
from wtnet.network import Network, at, build, waves_in_order
from wtnet.sentences import findings as finding_sentences
from wtnet.sentences import partners as partner_sentences
from wtnet.sentences import record, respondents
from wtnet.sentences.format import figure, measure_value
from wtnet.sentences.strength import pair_words
from wtnet.sentences.waves import names as wave_names
from wtnet.tables.schema import KINDS
from wtnet.writers.export import Export
from wtnet.writers.report import in_words, parts
from wtnet.writers.report.parts import Report

QUOTES = 6


def report(export: Export) -> Report:
    """The partner of the export in the wave looked at; one without ties says so."""
    tables, partner = export.tables, str(export.partner)
    about = tables["organisations"].row(by_predicate=pl.col("id") == partner, named=True)
    network = export.network if partner in export.network.graph else build(tables, replace(export.network.scope, focus=()))
    document = Report(about["name"], partner_sentences.kind_and_place(about), export.looked_at)
    document.say(about["description"] or "", soft=True)
    if record.summary(tables):
        document.say(f"{export.programme.name}: {export.programme.description or ''} {record.summary(tables)}", soft=True)
    document.head("In short")
    wave = wave_names(tables).get(network.wave or "", "the documents")
    sentences = [
        partner_sentences.headline(network, partner, wave),
        partner_sentences.missing_kinds(network, partner),
        partner_sentences.unanswered_waves(tables, partner),
    ]
    document.items(filter(None, sentences))
    _around(document, export, network, partner)
    _figures(document, network, partner, about["kind"])
    _ties(document, network, partner)
    document.head("What depends on it")
    document.items(partner_sentences.dependence_sentences(network, partner))
    _waves(document, network, partner, about["kind"])
    _pilots(document, export, network, partner)
    shown = partner_sentences.shown_measures(about["kind"], [*catalogue.profile(), *catalogue.profile(over_waves=True)])
    parts.method(document, export, network, [(name, "partner") for name in dict.fromkeys(shown)])
    return document


def _around(document: Report, export: Export, network: Network, partner: str) -> None:
    document.head("Whom it works with")
    if not network.graph[partner]:
        gap = absence.ties(network)
        document.say(f"Whom it works with is {gap.words}." if gap else "Nobody is known to work with it in this wave.")
        return
    near = build(network.tables, replace(network.scope, focus=(partner,), hops=1))
    name = network.graph.nodes[partner]["name"]
    parts.the_map(document, export, near, f"{name} and those it works with")


def _figures(document: Report, network: Network, partner: str, kind: str) -> None:
    shown = partner_sentences.shown_measures(kind, catalogue.profile())
    values = catalogue.partners(network, shown).row(by_predicate=pl.col("id") == partner, named=True)
    parts.measures(document, shown, "partner", values, {}, network, partner)


def _ties(document: Report, network: Network, partner: str) -> None:
    own = partner_sentences.own_ties(network, partner)
    if not own.height:
        return
    document.head("Every partnership", 2)
    sides = bool(own["says"].count() or own["other_says"].count())
    rows = []
    for row in own.iter_rows(named=True):
        both = [figure(row["says"], digits=2), figure(row["other_says"], digits=2), figure(row["agreement"], digits=2)]
        rests = partner_sentences.BASIS.get(row["basis"], row["basis"])
        rows.append(
            [row["other"], KINDS[row["kind"]], pair_words(network, row["source"], row["target"]), *(both if sides else []), rests]
        )
    head = ["Partner", "Kind", "Strength", *(["It says", "They say", "Agreement"] if sides else []), "Rests on"]
    caption = "Its partnerships, strongest first; from 0 to 1, “–” is not known."
    document.table(caption, head, rows, "llrrrrl" if sides else "llrl", (2.2, 1.8, 0, 0, 0, 0, 1) if sides else (2.2, 1.8, 0, 1))
    if people := respondents.of_partner(network, partner):
        document.say(people)
    wide = partner_sentences.widest_differences(own)
    if wide:
        document.say("Two views of one partnership are no fault on either side; they may be worth a conversation.")
        document.items(partner_sentences.conversation_prompt(network, partner, tie) for tie in wide)


def _waves(document: Report, network: Network, partner: str, kind: str) -> None:
    order = waves_in_order(network.tables)
    if len(order) < 2:
        return
    document.head("From wave to wave")
    names = wave_names(network.tables)
    shown = partner_sentences.shown_measures(kind, catalogue.profile(over_waves=True))
    rows = []
    for wave in order:
        then = at(network, wave)
        values = catalogue.partners(then, shown).row(by_predicate=pl.col("id") == partner, named=True)
        measures = [catalogue.find(name, "partner") for name in shown]
        figures = [measure_value(m, values[m.id], withheld=catalogue.withheld(m, then, partner)) for m in measures]
        rows.append([names[wave], *figures])
    head = ["Wave", *(catalogue.find(name, "partner").label for name in shown)]
    document.table("Its figures in every wave.", head, rows, "l" + "r" * len(shown))


def _pilots(document: Report, export: Export, network: Network, partner: str) -> None:
    document.head("Its pilots, and what came of them")
    pilots = partner_sentences.pilot_parts(export.tables, partner)
    if not pilots:
        untold = record.untold(export.tables, "involvements", "Its part in pilots is {}.")
        document.say(untold or "It takes part in no pilot, so nothing measured stands beside its partnerships.")
    progress = impact.progress(export.tables, network.wave, export.cells)
    for part in pilots:
        inside = progress.filter((pl.col("pilot") == part["id"]).fill_null(False))
        about = f" ({part['about']})" if part["about"] else ""
        document.say(f"{part['name']}{about}: {part['part']}. {parts.met(inside)}")
    if pilots and progress.is_empty():
        document.say(record.results_untold(export.tables))
    mine = [part["id"] for part in pilots]
    own = progress.filter(pl.col("pilot").is_in(mine))
    findings = finding_measures.near(finding_measures.findings(export.tables, network.wave), [partner], mine)
    if own.height:
        parts.tally(document, own)
    in_words.by_theme(document, own, findings, export.tables)
    quotes, number = partner_sentences.shared_quotes(export.tables, partner, mine, export.audience, QUOTES)
    parts.quotes(document, quotes)
    document.say(finding_sentences.not_all_quotes(len(quotes), number), soft=True)
