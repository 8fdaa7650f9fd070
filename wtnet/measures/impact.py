"""What came of it: each indicator's way from baseline to target, per pilot."""

from __future__ import annotations

import polars as pl

from wtnet.network import waves_in_order
from wtnet.tables import Tables
from wtnet.tables.schema import THEMES

STATES = ("met", "on_track", "behind", "no_target", "no_data")
_KEY = ["indicator", "pilot"]


def progress(tables: Tables, wave: str | None = None) -> pl.DataFrame:
    """Where each indicator of each pilot stands at a wave (the last one if none is given).

    One row per indicator and pilot, for every pilot an indicator was ever reported or given a target for, and one with
    a null pilot for an indicator nobody has reported. Columns: `theme`, `indicator`, `name`, `unit`, `better`,
    `instrument`, `pilot`, `pilot_name`, `baseline`, `latest`, `latest_wave`, `target`, `n` (behind `latest`, else
    behind `baseline`), `progress`, `elapsed`, `state`.

    The *baseline* is the value in the programme's first wave; the *latest* is the last value after it, up to the wave
    looked at (with one wave only, its value is the latest and there is no baseline). *Progress* is (latest − baseline)
    / (target − baseline): 0 at the baseline, 1 at the target, whichever direction is better; null where one of the
    three is not known or target and baseline are equal. *State*: `no_data` without a value since the baseline;
    `no_target` without a target, or where neither direction is better; `met` if the value is at the target or beyond;
    `on_track` if progress is at least `elapsed`, the share of the time from the first wave to the pilot's end (else
    the last wave) that has passed; else `behind`. Unknown dates: on track if anything was gained.
    """
    order = waves_in_order(tables)
    at = order.index(wave) if wave in order else len(order) - 1
    seen = pl.DataFrame({"wave": order, "_at": range(len(order))}, schema={"wave": pl.String, "_at": pl.Int64})
    results = tables.results.join(seen, on="wave").sort("_at")
    known = results.filter(pl.col("value").is_not_null() & (pl.col("_at") <= at))
    first = known.filter((pl.col("_at") == 0) & pl.lit(len(order) > 1)).select(*_KEY, baseline="value", _n0="n")
    later = known.filter((pl.col("_at") > 0) | pl.lit(len(order) == 1))
    last = later.group_by(_KEY, maintain_order=True).last().select(*_KEY, latest="value", latest_wave="wave", _n1="n")
    aims = results.filter(pl.col("target").is_not_null()).group_by(_KEY, maintain_order=True).last().select(*_KEY, _aim="target")
    pilots = tables.pilots.select(pilot="id", pilot_name="name", _ends="ends")
    frame = (
        tables.indicators.rename({"id": "indicator", "target": "_common"})
        .join(results.select(_KEY).unique(maintain_order=True), on="indicator", how="left", maintain_order="left_right")
        .join(first, on=_KEY, how="left")
        .join(last, on=_KEY, how="left")
        .join(aims, on=_KEY, how="left")
        .join(pilots, on="pilot", how="left")
        .with_columns(
            pl.coalesce("_aim", "_common").alias("target"),
            pl.coalesce("_n1", "_n0").alias("n"),
            _elapsed(tables, order, at).alias("elapsed"),
        )
        .with_columns(_progress().alias("progress"))
        .with_columns(_state().alias("state"))
    )
    themes = pl.col("theme").cast(pl.Enum(list(THEMES)))
    rank = pl.col("pilot").replace_strict({p: i for i, p in enumerate(tables.pilots["id"])}, default=None, return_dtype=pl.Int64)
    place = pl.col("indicator").replace_strict(
        {p: i for i, p in enumerate(tables.indicators["id"])}, default=None, return_dtype=pl.Int64
    )
    columns = ["theme", "indicator", "name", "unit", "better", "instrument", "pilot", "pilot_name", "baseline", "latest"]
    return frame.sort(themes, place, rank, nulls_last=True, maintain_order=True).select(
        *columns, "latest_wave", "target", "n", "progress", "elapsed", "state"
    )


def _elapsed(tables: Tables, order: list[str], at: int) -> pl.Expr:
    dates = dict(tables.waves.select("id", "date").iter_rows())
    days = [dates[wave] for wave in order]
    if at < 0 or days[0] is None or days[at] is None:
        return pl.lit(None, pl.Float64)
    begin, now = pl.lit(days[0]), pl.lit(days[at])
    end = pl.coalesce(pl.col("_ends"), pl.lit(max(day for day in days if day is not None)))
    span = (end - begin).dt.total_days()
    share = (now - begin).dt.total_days() / pl.when(span > 0).then(span)
    return share.clip(0.0, 1.0)


def _progress() -> pl.Expr:
    way = pl.col("target") - pl.col("baseline")
    return (pl.col("latest") - pl.col("baseline")) / pl.when(way != 0).then(way)


def _state() -> pl.Expr:
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
        .then(pl.lit("no_data"))
        .when(pl.col("target").is_null() | upward.is_null())
        .then(pl.lit("no_target"))
        .when(met)
        .then(pl.lit("met"))
        .when(on_track.fill_null(False))
        .then(pl.lit("on_track"))
        .otherwise(pl.lit("behind"))
    )


def tally(frame: pl.DataFrame) -> dict[str, int]:
    """How many rows of `progress` are in each state, in the order of `STATES`."""
    counts = dict(frame.group_by("state").len().iter_rows())
    return {state: counts.get(state, 0) for state in STATES}
