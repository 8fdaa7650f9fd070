"""Progress, states and bands as polars expressions, the same for a pilot and for a total."""

from __future__ import annotations

import math

import polars as pl

ENOUGH_SWEMWBS = 30
"""SWEMWBS: fewer people than this at either of two points is too few to conclude anything."""

TOO_FEW = f"too few to conclude: SWEMWBS needs at least {ENOUGH_SWEMWBS} people at both points"
BANDS = {
    "anxiety": ((1, "very low"), (3, "low"), (5, "medium"), (10, "high")),
    "satisfaction": ((4, "low"), (6, "medium"), (8, "high"), (10, "very high")),
    "worthwhile": ((4, "low"), (6, "medium"), (8, "high"), (10, "very high")),
    "happy": ((4, "low"), (6, "medium"), (8, "high"), (10, "very high")),
}
"""The bands of the four ONS questions: the highest answer of each, and its name. For anxiety low is better."""


def band(value: float | None, question: str | None) -> str | None:
    """The ONS band nearest a value: 4.4 is read as the answer 4, 4.5 as 5. Null for an unknown value or another question.

    The bands are published for single answers; beside a mean they say where the mean lies, not how many people are in them.
    """
    if value is None or question not in BANDS or not 0 <= value <= 10:
        return None
    nearest = math.floor(value + 0.5)
    return next(name for top, name in BANDS[question] if nearest <= top)


def bands(column: str) -> pl.Expr:
    """The same for a column, by the column `question`."""
    nearest = (pl.col(column) + 0.5).floor()
    name_of_band = pl.lit(None, pl.String)
    for question, tops in BANDS.items():
        for top, name in reversed(tops):
            name_of_band = pl.when((pl.col("question") == question) & (nearest <= top)).then(pl.lit(name)).otherwise(name_of_band)
    return pl.when(pl.col(column).is_between(0, 10)).then(name_of_band)


def progress(*, baseline: pl.Expr, latest: pl.Expr, target: pl.Expr) -> pl.Expr:
    """(latest − baseline) / (target − baseline); null where one is unknown or target and baseline are equal."""
    way = target - baseline
    return (latest - baseline) / pl.when(way != 0).then(way)


def too_few(rule: pl.Expr, *n: pl.Expr) -> pl.Expr:
    """True for SWEMWBS where one of these numbers of people, those at baseline and at the latest wave, is below 30 or unknown."""
    return (rule == "swemwbs") & (pl.min_horizontal(*(people.fill_null(0) for people in n)) < ENOUGH_SWEMWBS)


def state(
    *,
    baseline: pl.Expr,
    latest: pl.Expr,
    target: pl.Expr,
    better: pl.Expr,
    progress: pl.Expr,
    elapsed: pl.Expr,
    small: pl.Expr,
    withheld: pl.Expr,
) -> pl.Expr:
    """The state of each row, one of `STATES` (see `impact.progress.progress`).

    better: *higher*, *lower*, *neither*, or null where the target says it; elapsed: the share of the time that has passed;
    small: too few people to conclude anything (`too_few`); withheld: a value that decides is not for this audience.
    """
    upward = pl.coalesce(
        pl.when(better == "higher").then(True).when(better == "lower").then(False),
        pl.when(better.is_null() & (target != baseline)).then(target > baseline),
    )
    met = pl.when(upward).then(latest >= target).otherwise(latest <= target)
    on_track = pl.when(elapsed.is_null()).then(progress > 0).otherwise(progress >= elapsed)
    return (
        pl.when(latest.is_null())
        .then(pl.when(withheld).then(pl.lit("withheld")).otherwise(pl.lit("no_data")))
        .when(small)
        .then(pl.when(withheld).then(pl.lit("withheld")).otherwise(pl.lit("too_few")))
        .when(target.is_null() | upward.is_null())
        .then(pl.lit("no_target"))
        .when(met)
        .then(pl.lit("met"))
        .when(withheld)
        .then(pl.lit("withheld"))
        .when(on_track.fill_null(False))
        .then(pl.lit("on_track"))
        # Where the way from baseline to target has no length, below the target is behind.
        .when(progress.is_null() & baseline.ne_missing(target))
        .then(pl.lit("no_baseline"))
        .otherwise(pl.lit("behind"))
    )


def caution() -> pl.Expr:
    """Words beside a row that is too few to conclude anything from."""
    return pl.when(pl.col("state") == "too_few").then(pl.lit(TOO_FEW))
