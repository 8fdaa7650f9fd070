"""What came of it, in a report: targets met, each indicator over all pilots as a chart, each pilot in a table, and the outcomes
of a funder's framework."""

from __future__ import annotations

from typing import Any

import polars as pl

from wtnet import frameworks
from wtnet.draw.print.outcomes import in_words as line_in_words
from wtnet.draw.print.outcomes import outcomes
from wtnet.measures.impact import progress as impact
from wtnet.measures.impact.progress import ImpactSummary
from wtnet.sentences import record
from wtnet.sentences.format import count, listed
from wtnet.sentences.impact import indicator_line
from wtnet.tables import Tables
from wtnet.tables.columns import THEMES
from wtnet.writers.export import Export
from wtnet.writers.report import in_words, parts
from wtnet.writers.report.parts import STRIP, Report


def tell(document: Report, export: Export, summary: ImpactSummary, findings: pl.DataFrame, of_pilot: bool) -> None:
    """The section, as far as the lead chose its parts."""
    tables, has = export.tables, export.report.has
    if not (has("outcomes") or has("words")):
        return
    document.head("What came of it")
    untold = record.results_untold(tables)
    if has("outcomes"):
        document.say(parts.met(summary.progress))
    if has("words"):
        in_words.silent(document, findings, tables)
    if has("outcomes") and (summary.progress.height or findings.is_empty()):
        parts.tally(document, summary.progress, untold)
    else:
        document.say(untold)
    for theme, label in THEMES.items():
        _theme(document, export, summary, findings, theme, label, of_pilot)
    if has("framework"):
        framework(document, export, summary.overview, findings)


def _theme(
    document: Report, export: Export, summary: ImpactSummary, findings: pl.DataFrame, theme: str, label: str, of_pilot: bool
) -> None:
    """A theme: its indicators over all pilots as a chart, those of each pilot as a table, then its findings."""
    in_theme, has = pl.col("theme") == theme, export.report.has
    measured = summary.progress.filter(in_theme, pl.col("pilot").is_not_null()) if has("outcomes") else summary.progress.clear()
    worded = findings.filter(in_theme) if has("words") else findings.clear()
    if measured.is_empty() and worded.is_empty():
        return
    document.head(label, 2)
    first = impact.starts(export.tables, export.network.wave) and export.tables.waves.height > 1
    if measured.height and not first:
        whole = summary.overview.filter(in_theme)
        number = measured["pilot"].n_unique()
        over = "" if of_pilot else f" over {count(number, 'pilot')}" if number > 1 else ""
        document.picture(
            outcomes(whole, STRIP, f"{label}: from the start to now, beside the target"),
            f"{label}{over}: where each indicator was, where it is, and its target, on the scale it is measured on.",
        )
    parts.indicators(document, measured, label, pilots=not of_pilot)
    in_words.tell(document, worded, export.tables)


def most_named(tables: Tables) -> str | None:
    """The framework that most indicators and findings name outcomes of; null where none is named."""
    tagged = [frameworks.tags(tables[name]) for name in ("indicators", "findings")]
    named = pl.concat([tags.select("framework", "indicator") for tags in tagged]).drop_nulls("framework").unique()
    counted = dict(named.group_by("framework").len().iter_rows())
    return max(frameworks.names(), key=lambda name: counted.get(name, 0)) if counted else None


def framework(document: Report, export: Export, overview: pl.DataFrame, findings: pl.DataFrame) -> None:
    """Each outcome of the framework with the indicators and findings that are evidence for it, and which have none."""
    chosen = export.report.framework or most_named(export.tables)
    if chosen is None:
        return
    lines = {row["indicator"]: line_in_words(indicator_line(row, (), False)) for row in overview.iter_rows(named=True)}
    statements = dict(findings.select("id", "statement").iter_rows()) if export.report.has("words") else {}
    by_number, *_ = frameworks.grouped(export.tables.indicators, chosen)
    by_words, *_ = frameworks.grouped(findings, chosen)
    rows: list[list[Any]] = []
    lacking = []
    for outcome, in_word in zip(by_number, by_words, strict=True):
        evidence = [lines[id] for id in outcome.indicators if id in lines]
        evidence += [f"“{statements[id]}”" for id in in_word.indicators if id in statements]
        if not evidence:
            lacking.append(outcome.name)
        rows += [[outcome.name if not at else "", words] for at, words in enumerate(evidence)]
    if not rows:
        return
    document.head(f"By the outcomes of {chosen}")
    document.table(f"What is evidence for each outcome of {chosen}.", ["Outcome", "Evidence"], rows, "ll", (1, 2.6))
    if lacking:
        document.say(f"Without evidence here: {listed(lacking, most=30)}. That is no judgement: nobody named them.", soft=True)
