"""Findings and activities as attributes of partners and ties, for the graph formats, which have no tables for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from wtnet.measures.activities import activities
from wtnet.sentences.activities import days
from wtnet.sentences.findings import by_line
from wtnet.tables import Tables
from wtnet.tables.text import cut
from wtnet.writers.export import Export

FINDINGS, ACTIVITIES = "findings_in_words", "took_part_in"
"""The names of the two attributes; what stands under them is worked out from the tables and never read back."""
_EACH, _ALL = 2_000, 15_000
"""So many characters of a statement, and of all that stands in one attribute: a cell of a workbook holds no more than 32,767."""


def without(tables: Tables, is_tie: bool = False) -> set[str]:
    """Which of the two attributes a programme has nothing for: no finding, or no attendance, is recorded."""
    empty = {FINDINGS} if tables["findings"].is_empty() else set()
    return empty | ({ACTIVITIES} if is_tie or tables["attendances"].is_empty() else set())


def of_partners(export: Export) -> dict[str, dict[str, list[str]]]:
    """{partner: {attribute: texts}}: the findings that name it, and the activities it took part in with their days, up to the
    wave."""
    texts_of: dict[str, dict[str, list[str]]] = {}
    for row in export.findings.iter_rows(named=True):
        for partner in filter(None, [row["organisation"], row["other"]]):
            texts_of.setdefault(partner, {}).setdefault(FINDINGS, []).append(_finding(row, export.tables))
    took_part = export.tables["attendances"].select("organisation", id="activity")
    shown = activities(export.tables, export.network.wave).join(took_part, on="id", how="inner", maintain_order="left")
    for row in shown.iter_rows(named=True):
        text = f"{cut(row['name'], _EACH)} ({days(row)})"
        texts_of.setdefault(row["organisation"], {}).setdefault(ACTIVITIES, []).append(text)
    return {partner: {name: _few(texts) for name, texts in own.items()} for partner, own in texts_of.items()}


def of_ties(export: Export) -> dict[tuple[str, str], list[str]]:
    """{(source, target), the smaller id first: the findings about the partnership of the two}."""
    texts_of: dict[tuple[str, str], list[str]] = {}
    for row in export.findings.filter(pl.col("about") == "partnership").iter_rows(named=True):
        ends = sorted((row["organisation"], row["other"]))
        texts_of.setdefault((ends[0], ends[1]), []).append(_finding(row, export.tables))
    return {pair: _few(texts) for pair, texts in texts_of.items()}


def _finding(row: dict[str, Any], tables: Tables) -> str:
    """A finding with whose view it is, how it stands and what it is about."""
    return f"{cut(' '.join(row['statement'].split()), _EACH)} ({by_line(row, tables)})"


def _few(texts: Iterable[str]) -> list[str]:
    """As many of the texts as one attribute holds, and how many are left out."""
    every, room = list(texts), _ALL
    shown: list[str] = []
    for text in every:
        room -= len(text)
        if room < 0:
            return [*shown, f"and {len(every) - len(shown):,} more"]
        shown.append(text)
    return shown
