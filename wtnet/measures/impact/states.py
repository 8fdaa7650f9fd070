"""Progress, states and bands as polars expressions, the same for a pilot and for a total."""

from __future__ import annotations

import math
from functools import cache

import polars as pl

ENOUGH_SWEMWBS = 30
"""SWEMWBS: fewer people than this at either of two points is too few to conclude anything."""

NEARLY = 0.95
"""So much of the way from baseline to target is nearly met, where a figure's own uncertainty is not known."""
HALF = 0.5
"""What few people say may be close to any target; it is nearly met only where it is nearer to it than to the start."""
MET = ("met", "met_from_start")

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


@cache
def bands(column: str) -> pl.Expr:
    """The same for a column, by the column `question`."""
    nearest = (pl.col(column) + 0.5).floor()
    name_of_band = pl.lit(None, pl.String)
    for question, tops in BANDS.items():
        for top, name in reversed(tops):
            name_of_band = pl.when((pl.col("question") == question) & (nearest <= top)).then(pl.lit(name)).otherwise(name_of_band)
    return pl.when(pl.col(column).is_between(0, 10)).then(name_of_band)


def progress(*, baseline: pl.Expr, latest: pl.Expr, target: pl.Expr, better: pl.Expr) -> pl.Expr:
    """(latest − baseline) / (target − baseline); null where one is unknown, and where there is no way to go, as the baseline is
    at the target or beyond it."""
    way = target - baseline
    backwards = pl.when(better == "higher").then(way < 0).when(better == "lower").then(way > 0).fill_null(False)
    return (latest - baseline) / pl.when((way != 0) & ~backwards).then(way)


def too_few(rule: pl.Expr, *n: pl.Expr) -> pl.Expr:
    """True for SWEMWBS where one of these numbers of people, those at baseline and at the latest wave, is below 30 or unknown."""
    return (rule == "swemwbs") & (pl.min_horizontal(*(people.fill_null(0) for people in n)) < ENOUGH_SWEMWBS)


def reached(latest: pl.Expr, target: pl.Expr, better: pl.Expr, baseline: pl.Expr) -> pl.Expr:
    """Whether `latest` is at the target or beyond it in the direction that is better; null where one of them or the direction
    is not known (without `better` the target says it, if it differs from the baseline)."""
    upward = _upward(target, better, baseline)
    return pl.when(upward).then(latest >= target).when(~upward).then(latest <= target)


def _upward(target: pl.Expr, better: pl.Expr, baseline: pl.Expr) -> pl.Expr:
    return pl.coalesce(
        pl.when(better == "higher").then(True).when(better == "lower").then(False),
        pl.when(better.is_null() & (target != baseline)).then(target > baseline),
    )


def state(*, small: pl.Expr, withheld: pl.Expr, latest_withheld: pl.Expr) -> pl.Expr:
    """The state of each row, one of `STATES` (see `impact.progress.progress`), from the columns `baseline`, `latest`, `target`,
    `better`, `progress`, `elapsed`, `over`, `final`, `low`, `high`, `change_low` and `change_high`.

    better: *higher*, *lower*, *neither*, or null where the target says it; elapsed, over, final: see `timing.standing`; low to
    change_high: 95 % intervals of the latest value and of the change; small: too few people to conclude anything (`too_few`);
    withheld: baseline or latest is not for this audience, so no state of a figure is, however good or bad it is.
    """
    baseline, latest, target, better = (pl.col(name) for name in ("baseline", "latest", "target", "better"))
    upward, share = _upward(target, better, baseline), pl.col("progress")
    from_start = reached(baseline, target, better, baseline).fill_null(False)
    worse = pl.when(upward).then(latest < baseline).otherwise(latest > baseline).fill_null(False)
    on_track = pl.when(pl.col("elapsed").is_null()).then(share > 0).otherwise(share >= pl.col("elapsed"))
    no_way = share.is_null() & ~from_start
    in_time = (
        pl.when(on_track.fill_null(False))
        .then(pl.lit("on_track"))
        # Where the way from baseline to target has no length, below the target is behind.
        .when(no_way)
        .then(pl.lit("no_baseline"))
        .otherwise(pl.lit("behind"))
    )
    return (
        pl.when(latest.is_null() & ~latest_withheld)
        .then(pl.lit("no_data"))
        .when(withheld)
        .then(pl.lit("withheld"))
        .when(small)
        .then(pl.lit("too_few"))
        .when(target.is_null() | upward.is_null())
        .then(pl.lit("no_target"))
        .when(reached(latest, target, better, baseline))
        .then(pl.when(from_start).then(pl.lit("met_from_start")).otherwise(pl.lit("met")))
        .when(~pl.col("over"))
        .then(in_time)
        .when(~pl.col("final"))
        .then(pl.lit("no_data"))
        .otherwise(_ended(worse, from_start))
    )


def _ended(worse: pl.Expr, from_start: pl.Expr) -> pl.Expr:
    """The state of a target that is not reached when the time is over: nearly, fell below the start, or not met.

    What is worse than at the start is nearly met only if it started at the target, and has fallen unless its change may as
    well be none.
    """
    low, high, target = pl.col("low"), pl.col("high"), pl.col("target")
    known = low.is_not_null() & high.is_not_null()
    within = target.is_between(low, high) & (pl.col("progress") > HALF).fill_null(True)
    close = pl.when(known).then(within).otherwise(pl.col("progress") >= NEARLY).fill_null(False)
    may_be_none = ((pl.col("change_low") <= 0) & (pl.col("change_high") >= 0)).fill_null(False)
    return (
        pl.when(close & (~worse | from_start))
        .then(pl.lit("nearly"))
        .when(worse & ~may_be_none)
        .then(pl.lit("fell"))
        .otherwise(pl.lit("not_met"))
    )


@cache
def caution() -> pl.Expr:
    """Words beside a row that is too few to conclude anything from."""
    return pl.when(pl.col("state") == "too_few").then(pl.lit(TOO_FEW))
