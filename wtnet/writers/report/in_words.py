"""What came of it in words, in a report: findings, and quotes by the rule of which come first."""

from __future__ import annotations

import polars as pl

from wtnet.measures import activities as measures
from wtnet.measures.impact.quotes import chosen
from wtnet.sentences import activities as activity_sentences
from wtnet.sentences import findings as sentences
from wtnet.sentences.format import ANYBODY
from wtnet.tables import Tables
from wtnet.tables.columns import THEMES
from wtnet.tables.schema import KINDS
from wtnet.writers.report import parts
from wtnet.writers.report.parts import Report


def by_theme(document: Report, progress: pl.DataFrame, findings: pl.DataFrame, tables: Tables) -> None:
    """A theme after the other: its indicators from baseline to target, then its findings."""
    shown = progress.filter(pl.col("pilot").is_not_null())
    for theme, label in THEMES.items():
        measured, in_words = shown.filter(pl.col("theme") == theme), findings.filter(pl.col("theme") == theme)
        if measured.is_empty() and in_words.is_empty():
            continue
        document.head(label, 2)
        parts.indicators(document, measured, label)
        tell(document, in_words, tables)


def tell(document: Report, findings: pl.DataFrame, tables: Tables) -> None:
    """Findings with whose view they are, how they stand and what shows them; what is to improve like the rest."""
    if findings.height:
        document.say(f"{sentences.tally(findings)}.", soft=True)
    for row in findings.head(parts.ROWS).iter_rows(named=True):
        details = "; ".join(f"{what}: {words}" for what, words in sentences.details(row))
        document.finding(row["statement"], sentences.by_line(row, tables), details, row["kind"] == "to_improve")
    if findings.height > parts.ROWS:
        document.say(f"{findings.height - parts.ROWS:,} more are not shown here; the workbook has all.", soft=True)


def silent(document: Report, findings: pl.DataFrame, tables: Tables) -> None:
    """How the findings stand and in whose voice there is none."""
    document.items(filter(None, [sentences.standings(findings), sentences.silence(findings, tables)]))


def quotes(document: Report, shared: pl.DataFrame, tables: Tables, most: int, level: int = 1) -> None:
    """Write at most so many of the quotes that may be shared; where that is not all of them, with the rule of choice."""
    names = tables.names("pilots")
    first = chosen(shared, most)
    rows = first.select("text", "attribution", "pilot").iter_rows()
    parts.quotes(document, [(text, by or ANYBODY, names.get(pilot, "")) for text, by, pilot in rows], level)
    document.say(sentences.not_all_quotes(first.height, shared.height), soft=True)


def done(document: Report, tables: Tables, wave: str | None) -> None:
    """What was done: activities by kind with the people they reached, each activity, and who took part by kind of partner."""
    activities = measures.activities(tables, wave)
    if activities.is_empty():
        return
    document.head("What was done")
    document.say(activity_sentences.headline(tables, wave))
    kinds = [
        [activity_sentences.part(tables, "kind", row["group"]), f"{row['activities']:,}", activity_sentences.people_text(row)]
        for row in measures.outputs(tables, "kind", wave).iter_rows(named=True)
    ]
    document.table("Activities by kind.", ["Kind", "Activities", "People reached"], kinds, "lrl", (1, 0, 2))
    rows = [
        [row["name"], activity_sentences.days(row), activity_sentences.about(row)] for row in activities.iter_rows(named=True)
    ]
    document.table("Every activity.", ["Activity", "When", "What"], rows, "lll", (1.6, 1, 1.6))
    if tables.attendances.height:
        taking = measures.attendance(tables, wave)
        parts_taken = [
            [KINDS[kind], activity_sentences.took_part_cell(taking, there, partners), activity_sentences.never(taking, kind)]
            for kind, partners, there in taking.kinds.select("kind", "partners", "took_part").iter_rows()
        ]
        head = ["Kind of partner", "Took part", "Never took part"]
        document.table("Who took part, by kind of partner.", head, parts_taken, "lrl", (1, 0, 2.4))
