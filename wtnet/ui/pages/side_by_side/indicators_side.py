"""Indicators on the impact side of the home page, theme by theme, as a message for `impact_side.js`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import polars as pl

from wtnet.measures.impact import progress as impact
from wtnet.sentences.format import figure, result_text, web_address
from wtnet.tables import Tables
from wtnet.tables.columns import THEMES
from wtnet.tables.rounding import rounded


def by_theme(shown: pl.DataFrame, tables: Tables, opened: str | None, in_words: Collection[str]) -> list[list[Any]]:
    """[[theme, [{id, name, rows}]]]; a row is pilot (its place among `pilots`), progress, state. The figures themselves
    (`figures`: baseline, latest, target, n, evidence, source in the same order; `how`) travel only for the open indicator. Themes
    with findings alone (`in_words`) have no indicator."""
    at = {pilot: place for place, pilot in enumerate(tables.pilots["id"])}
    measured: dict[str, list[dict[str, Any]]] = {}
    for row in shown.iter_rows(named=True):
        measured.setdefault(row["indicator"], []).append(row)
    known = list(tables.indicators.iter_rows(named=True))
    themes = []
    for theme, label in THEMES.items():
        indicators = []
        for indicator in known:
            rows = measured.get(indicator["id"], [])
            if indicator["theme"] != theme or not rows:
                continue
            entry = {"id": indicator["id"], "name": indicator["name"], "rows": [_row(row, at) for row in rows]}
            if indicator["id"] == opened:
                entry |= {"how": _how(indicator), "figures": [_figures(row, indicator["unit"]) for row in rows]}
            indicators.append(entry)
        if indicators or label in in_words:
            themes.append([label, indicators])
    return themes


def _row(row: dict[str, Any], at: dict[str, int]) -> list[Any]:
    share = row["progress"]
    # What is not there yet is never rounded up to the whole way.
    progress = None if share is None else min(rounded(share, 2), 0.99) if share < 1 else rounded(share, 2)
    return [at.get(row["pilot"]), progress, impact.STATES.index(row["state"])]


def _figures(row: dict[str, Any], unit: str | None) -> list[str]:
    shown = [
        result_text(row, "baseline", unit),
        result_text(row, "latest", unit),
        figure(row["target"], unit),
        figure(row["n"]),
    ]
    return [*shown, row["evidence"] or "", web_address(row["source_url"]) or ""]


def _how(indicator: dict[str, Any]) -> str:
    better = {"higher": "higher is better", "lower": "lower is better"}.get(
        indicator["better"] or "", "neither direction is better in itself"
    )
    parts = [
        f"In {indicator['unit']}" if indicator["unit"] else None,
        better,
        f"measured by {indicator['instrument']}" if indicator["instrument"] else None,
    ]
    sentence = "; ".join(part for part in parts if part)
    return f"{sentence[:1].upper()}{sentence[1:]}."
