"""Strength beside every indicator, and what partners have in common, as rows of dots: the same on the screen and on paper."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wtnet.analysis.qap import Qap
from wtnet.draw.charts.dots import Dot
from wtnet.sentences import association as sentences
from wtnet.sentences.format import figure

CORRELATION_SCALE = [(-1.0, "−1 opposite order"), (0.0, "0 no common order"), (1.0, "1 same order")]
RELATION_SCALE = [(-1.0, "−1 never there"), (0.0, "0 no matter"), (1.0, "1 only there")]


def correlation_dots(overview: pl.DataFrame) -> list[Dot]:
    """ρ of each indicator of `association.overview` that has one, with its interval where it can carry one."""
    return [
        Dot(row["name"], row["rho"], sentences.rho_text(row), row["low"], row["high"], note=f"{row['results']} results")
        for row in overview.filter(pl.col("rho").is_not_null()).iter_rows(named=True)
    ]


def relation_dots(results: Mapping[str, Qap]) -> list[Dot]:
    """The correlation of strength with each relation of two partners that is not withheld, beside what chance would give."""
    return [
        Dot(
            f"Partners that {sentences.RELATIONS[relation][0]}",
            result.r,
            f"{figure(result.r, digits=2)}; by chance {sentences.interval_text(result.low, result.high)}",
            chance=None if result.low is None or result.high is None else (result.low, result.high),
            note=f"{result.n:,} partners",
        )
        for relation, result in results.items()
        if not result.withheld
    ]
