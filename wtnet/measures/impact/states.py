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
    found = pl.lit(None, pl.String)
    for question, tops in BANDS.items():
        for top, name in reversed(tops):
            found = pl.when((pl.col("question") == question) & (nearest <= top)).then(pl.lit(name)).otherwise(found)
    return pl.when(pl.col(column).is_between(0, 10)).then(found)


def progress() -> pl.Expr:
    """(latest − baseline) / (target − baseline); null where one is unknown or target and baseline are equal."""
    way = pl.col("target") - pl.col("baseline")
    return (pl.col("latest") - pl.col("baseline")) / pl.when(way != 0).then(way)


def too_few() -> pl.Expr:
    """True for SWEMWBS where fewer than 30 people are known at baseline or at the latest wave."""
    least = pl.min_horizontal(pl.col("baseline_n").fill_null(0), pl.col("n").fill_null(0))
    return (pl.col("rule") == "swemwbs") & (least < ENOUGH_SWEMWBS)


def state() -> pl.Expr:
    """The state of a row with `latest`, `baseline`, `target`, `better`, `progress`, `elapsed` and `hidden` (a value withheld)."""
    upward = pl.coalesce(
        pl.when(pl.col("better") == "higher").then(True).when(pl.col("better") == "lower").then(False),
        pl.when(pl.col("better").is_null() & (pl.col("target") != pl.col("baseline"))).then(
            pl.col("target") > pl.col("baseline")
        ),
    )
    met = pl.when(upward).then(pl.col("latest") >= pl.col("target")).otherwise(pl.col("latest") <= pl.col("target"))
    on_track = (
        pl.when(pl.col("elapsed").is_null()).then(pl.col("progress") > 0).otherwise(pl.col("progress") >= pl.col("elapsed"))
    )
    return (
        pl.when(pl.col("latest").is_null())
        .then(pl.when(pl.col("hidden")).then(pl.lit("withheld")).otherwise(pl.lit("no_data")))
        .when(too_few())
        .then(pl.when(pl.col("hidden")).then(pl.lit("withheld")).otherwise(pl.lit("too_few")))
        .when(pl.col("target").is_null() | upward.is_null())
        .then(pl.lit("no_target"))
        .when(met)
        .then(pl.lit("met"))
        .when(pl.col("hidden"))
        .then(pl.lit("withheld"))
        .when(on_track.fill_null(False))
        .then(pl.lit("on_track"))
        # Where the way from baseline to target has no length, below the target is behind.
        .when(pl.col("progress").is_null() & pl.col("baseline").ne_missing(pl.col("target")))
        .then(pl.lit("no_baseline"))
        .otherwise(pl.lit("behind"))
    )
