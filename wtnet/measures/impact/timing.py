"""When results are due: the waves that count for them, and how much of a pilot's time has passed.

A round of the survey alone is no date for results (`tables.waves.reporting_waves`). A pilot is over at its last day; where
that is not known, at the last date for which results are reported. Where that date lies up to a month before the last day, it
is the end too: no later one is planned.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from wtnet.tables import Tables, waves
from wtnet.tables.derived import derived

NEAR = 31
"""A last reporting date up to so many days before a pilot's last day is taken for its end."""


@derived
def order(tables: Tables) -> list[str]:
    """The waves that count for results, from first to last: reporting dates, and any wave that has results."""
    counted = {*waves.reporting_waves(tables), *tables.results["wave"].unique()}
    return [wave for wave in waves.in_order(tables) if wave in counted]


@derived
def locate_wave(tables: Tables, wave: str | None) -> tuple[list[str], int]:
    """The waves that count for results in order, and the place of the last of them up to `wave`; −1 if there is none.

    A null or unknown `wave` means the current one."""
    every, counted = waves.in_order(tables), order(tables)
    looked_at = wave if wave in every else waves.current(tables)
    passed = every[: every.index(looked_at) + 1] if looked_at is not None else []
    return counted, sum(each in passed for each in counted) - 1


@derived
def spans(tables: Tables) -> pl.DataFrame:
    """`pilot`, `begins`, `end`: the date of the first wave with results, and the day on which a pilot is over (null: unknown)."""
    dates = tables.waves.filter(pl.col("id").is_in(order(tables)))["date"].drop_nulls()
    first, last = (dates.min(), dates.max()) if len(dates) else (None, None)
    last_date = pl.lit(last, pl.Date)
    near = (pl.col("ends") >= last_date) & (pl.col("ends") <= last_date.dt.offset_by(f"{NEAR}d"))
    end = pl.when(near.fill_null(False)).then(last_date).otherwise(pl.coalesce("ends", last_date))
    return tables.pilots.select(pilot="id", begins=pl.lit(first, pl.Date), end=end)


def ends(tables: Tables) -> pl.DataFrame:
    """`id` of each pilot and the day on which it is over (`ends`)."""
    return spans(tables).select(id="pilot", ends="end")


def with_ends(tables: Tables, ends: pl.DataFrame) -> Tables:
    """The tables with the days of `ends` as the last days of pilots, so that they are the same for those who may not see
    every wave."""
    columns = tables.pilots.columns
    return tables.with_(pilots=tables.pilots.drop("ends").join(ends, on="id", how="left", maintain_order="left").select(columns))


@cache
def elapsed() -> pl.Expr:
    """The share of the time from `begins` to `end` that had passed at `date`; null where one is not known."""
    span = (pl.col("end") - pl.col("begins")).dt.total_days()
    return ((pl.col("date") - pl.col("begins")).dt.total_days() / pl.when(span > 0).then(span)).clip(0.0, 1.0)


def standing(tables: Tables, wave: str | None, last: pl.DataFrame) -> pl.DataFrame:
    """The time of the last cell of each indicator and pilot (`last`): `indicator`, `pilot`, `elapsed` (at the date it is of),
    `over` (whether the pilot is over at the wave looked at), `final` (whether the cell tells how it ended: it is of the last
    wave that has results, or of a date at or after the pilot's end)."""
    counted, at = locate_wave(tables, wave)
    dates = dict(tables.waves.select("id", "date").iter_rows())
    now = pl.lit(dates[counted[at]] if at >= 0 else None, pl.Date)
    over = pl.when(now.is_null() | pl.col("end").is_null()).then(pl.lit(at == len(counted) - 1)).otherwise(now >= pl.col("end"))
    reported = set(counted) if tables.activities["indicator"].count() else set(tables.results["wave"].unique())
    newest = max((place for place in range(at + 1) if counted[place] in reported), default=-1)
    final = (pl.col("at") >= newest) | (pl.col("date") >= pl.col("end")).fill_null(False)
    return last.select("indicator", "pilot", elapsed=elapsed(), over=over, final=final)
