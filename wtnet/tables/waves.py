"""The waves of a programme: their order, which are open, who may see them, which one is shown first, what each is for.

A wave is closed unless it says that it is open. It is a round of the survey, a date for which results are reported, or
both where it does not say (`survey_waves`, `reporting_waves`).
"""

from __future__ import annotations

import polars as pl

from wtnet.tables.derived import derived
from wtnet.tables.model import Audience, Tables

OPEN = "open"
_OF_A_WAVE = ("asked", "ratings", "results", "findings", "confirmations", "answers")
"""Tables whose rows belong to one wave, or to none where that is empty."""


@derived
def in_order(tables: Tables) -> list[str]:
    """Wave ids from first to last: by date, then by row; a wave without a date comes before those with one."""
    return _ids(tables, pl.lit(True))


def is_open(tables: Tables, wave: str | None) -> bool:
    """True while answers to a wave still come in; false for one that does not say, that is not there, and for no wave."""
    return wave in opened(tables)


@derived
def opened(tables: Tables) -> list[str]:
    """The open waves, in order."""
    return _ids(tables, _is_open())


@derived
def closed(tables: Tables) -> list[str]:
    """The closed waves, in order."""
    return _ids(tables, ~_is_open())


@derived
def visible(tables: Tables, audience: Audience) -> list[str]:
    """The waves an audience may see, in order: all for the lead, for others the closed ones and the open ones that are shown."""
    return _ids(tables, _is_visible(audience))


def without_hidden(tables: Tables, audience: Audience) -> Tables:
    """The tables without the waves that an audience may not see, and without all that belongs to these."""
    seen = visible(tables, audience)
    if len(seen) == tables.waves.height:
        return tables
    kept = {name: tables[name].filter(pl.col("wave").is_null() | pl.col("wave").is_in(seen)) for name in _OF_A_WAVE}
    return tables.with_(waves=tables.waves.filter(pl.col("id").is_in(seen)), **kept)


@derived
def current(tables: Tables, audience: Audience = "lead") -> str | None:
    """The wave an audience sees first: the one the lead has named; else the latest closed one; else the latest.

    Only waves the audience may see; null if there are none. Where several are named current, the last of them.
    """
    seen = visible(tables, audience)
    finished = set(closed(tables))
    named = set(tables.waves.filter("current")["id"])
    for choices in (named, finished, set(seen)):
        if inside := [wave for wave in seen if wave in choices]:
            return inside[-1]
    return None


@derived
def survey_waves(tables: Tables) -> list[str]:
    """The rounds of the survey, in order: of purpose survey; and of those that do not say, all but those with results alone."""
    return _ids(tables, _purpose("survey", _has(tables, "ratings", "asked", "answers") | ~_reported(tables)))


@derived
def reporting_waves(tables: Tables) -> list[str]:
    """The dates for which results are reported, in order: of purpose reporting; and of those that do not say, all but those
    with answers alone, so that a new round of the survey makes no outcome late.

    A result that belongs to a round of the survey nonetheless stays a result.
    """
    return _ids(tables, _purpose("reporting", _reported(tables) | ~_has(tables, "ratings", "asked", "answers")))


def of_activities(tables: Tables) -> pl.DataFrame:
    """The table of activities with `wave`: the first wave on or after the day an activity ended (or else began); null for one
    after the last wave, and where the day or the days of the waves are not known."""
    days = tables.waves.filter(pl.col("date").is_not_null()).select("date", wave="id").sort("date", maintain_order=True)
    frame = tables.activities.with_columns(_day=pl.coalesce("ends", "starts")).with_row_index("_at")
    placed = frame.filter(pl.col("_day").is_not_null()).sort("_day")
    if days.is_empty() or placed.is_empty():
        return frame.with_columns(wave=pl.lit(None, pl.String)).drop("_at", "_day")
    joined = placed.join_asof(days, left_on="_day", right_on="date", strategy="forward")
    return frame.join(joined.select("_at", "wave"), on="_at", how="left", maintain_order="left").drop("_at", "_day")


def changed(tables: Tables, wave: str, **cells: object) -> Tables:
    """The tables with other cells in the row of one wave (`status`, `current`, `shown` …); a new current wave is the only one."""
    here, schema = pl.col("id") == wave, tables.waves.schema
    written = [pl.when(here).then(pl.lit(value, schema[name])).otherwise(name).alias(name) for name, value in cells.items()]
    only = [pl.when(here).then(pl.lit(True)).alias("current")] if cells.get("current") else []
    return tables.with_(waves=tables.waves.with_columns(written).with_columns(only))


def _ids(tables: Tables, kept: pl.Expr) -> list[str]:
    waves = tables.waves.with_row_index("_row").filter(kept)
    return waves.sort(["date", "_row"], nulls_last=False)["id"].to_list()


def _is_open() -> pl.Expr:
    return (pl.col("status") == OPEN).fill_null(False)


def _is_visible(audience: Audience) -> pl.Expr:
    return pl.lit(audience == "lead") | ~_is_open() | pl.col("shown").fill_null(False)


def _purpose(purpose: str, unsaid: pl.Expr) -> pl.Expr:
    return pl.when(pl.col("purpose").is_null()).then(unsaid).otherwise(pl.col("purpose") == purpose)


def _reported(tables: Tables) -> pl.Expr:
    """True for a wave with results that were brought in: those that come of the survey's answers make no date for results."""
    return pl.col("id").is_in(tables.results.filter(pl.col("question").is_null())["wave"].unique().to_list())


def _has(tables: Tables, *names: str) -> pl.Expr:
    """True for a wave with rows in one of these tables."""
    return pl.col("id").is_in([wave for name in names for wave in tables[name]["wave"].unique()])
