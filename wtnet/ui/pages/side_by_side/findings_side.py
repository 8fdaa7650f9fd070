"""Findings beside the numbers on the home page, theme by theme, as a message for `impact_side.js`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from wtnet.network import Network
from wtnet.sentences import findings as sentences
from wtnet.sentences.format import web_address
from wtnet.tables import Tables
from wtnet.tables.columns import THEMES
from wtnet.ui.map.spots import spot
from wtnet.ui.parts.selection import Selection

FIRST, LEAST = 5, 3
"""So many findings of a theme stand open with what is to improve, and so many at least besides; others are one click away."""


def by_theme(findings: pl.DataFrame, tables: Tables, opened: str | None) -> dict[str, dict[str, Any]]:
    """{theme: {tally, rows, rest}}; a row is {id, statement, by, improve} and, of the one that is `opened`, `details` and its
    `source`. Only themes with findings."""
    themes = {}
    for theme, label in THEMES.items():
        own = findings.filter(pl.col("theme") == theme)
        if own.height:
            rows = [_row(row, tables, opened) for row in own.iter_rows(named=True)]
            shown = _shown(rows, opened)
            rest = [row for row in rows if row["id"] not in shown]
            themes[label] = {
                "tally": sentences.tally(own),
                "rows": [row for row in rows if row["id"] in shown],
                "rest": rest,
            }
    return themes


def _shown(rows: list[dict[str, Any]], opened: str | None) -> Collection[str]:
    """Which rows stand open: all if they are few; else the first, and everything that is to improve, and the opened one."""
    if len(rows) <= FIRST + 1:
        return {row["id"] for row in rows}
    improve = [row["id"] for row in rows if row["improve"]]
    first = [row["id"] for row in rows[: max(LEAST, FIRST - len(improve))]]
    return {*first, *improve, *filter(None, [opened])}


def _row(row: Mapping[str, Any], tables: Tables, opened: str | None) -> dict[str, Any]:
    shown = {
        "id": row["id"],
        "statement": row["statement"],
        "by": sentences.by_line(row, tables),
        "improve": row["kind"] == "to_improve",
    }
    if row["id"] == opened:
        shown |= {"details": sentences.details(row), "source": web_address(row["source_url"])}
    return shown


def spot_of(finding: str, network: Network) -> dict[str, Any] | None:
    """What the map lights for an opened finding, brought to the middle: its tie, its partner or the partners of its pilot; None
    where it is about the whole programme, or is not there."""
    row = next(network.tables["findings"].filter(pl.col("id") == finding).iter_rows(named=True), None)
    if row is None:
        return None
    ends = [end for end in (row["organisation"], row["other"]) if end]
    if len(ends) == 2:
        return spot(Selection("tie", min(ends), max(ends)), network, go=ends)
    if ends:
        return spot(Selection("partner", ends[0]), network, go=ends)
    return spot(Selection(), network, [row["pilot"]]) if row["pilot"] else None
