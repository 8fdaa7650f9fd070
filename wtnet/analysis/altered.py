"""Copies of the tables in which one thing is otherwise: who leaves, what two partners do together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, islice

import polars as pl

from wtnet.network import date_of
from wtnet.strength import active
from wtnet.tables.model import Tables
from wtnet.tables.schema import SCHEMAS, TRUST, VALUE


def leave(tables: Tables, partner: str) -> Tables:
    """The tables without a partner."""
    if tables.exact is not None:
        return replace(tables.changed(lambda here: leave(here, partner)), altered=True)
    here = pl.lit(partner)
    findings = tables["findings"].filter(pl.col("organisation").ne_missing(here), pl.col("other").ne_missing(here))
    kept = findings["id"].implode()
    return tables.with_(
        organisations=tables["organisations"].filter(pl.col("id") != here),
        pilots=tables["pilots"].with_columns(lead=pl.when(pl.col("lead") != here).then("lead")),
        involvements=tables["involvements"].filter(pl.col("organisation") != here),
        partnerships=tables["partnerships"].filter(pl.col("source") != here, pl.col("target") != here),
        ratings=tables["ratings"].filter(pl.col("rater") != here, pl.col("partner") != here),
        results=tables["results"].filter(pl.col("organisation").ne_missing(here)),
        quotes=tables["quotes"].filter(pl.col("organisation").ne_missing(here)),
        findings=findings,
        confirmations=tables["confirmations"].filter(pl.col("organisation") != here, pl.col("finding").is_in(kept)),
        attendances=tables["attendances"].filter(pl.col("organisation") != here),
    )


def tie(tables: Tables, partner: str, other: str, level: int, wave: str | None) -> Tables:
    """The tables with the tie of one pair made, changed or (level 0) ended in one wave, and as it was in the others.

    Reports of the wave become the level alone, and what is documented stays. Where there are none, what is documented of the
    pair has that level on the day of the wave, with everything else it says; before and after that day it stays as it is. A
    wave without a date takes in every document, so there a change is one in all waves.
    """
    if tables.exact is not None:
        return replace(tables.changed(lambda here: tie(here, partner, other, level, wave)), altered=True)
    pair = [partner, other]
    ratings = tables["ratings"]
    theirs = pl.col("rater").is_in(pair) & pl.col("partner").is_in(pair) & pl.col("wave").eq_missing(pl.lit(wave))
    reported = wave is not None and ratings.filter(theirs).height > 0
    schema = SCHEMAS["ratings"].polars()
    if reported:
        set_to = {"level": level} | dict.fromkeys(("contact", *TRUST, *VALUE, "comment"))
        ratings = ratings.with_columns(
            pl.when(theirs).then(pl.lit(value, dtype=schema[name])).otherwise(pl.col(name)).alias(name)
            for name, value in set_to.items()
        )
        if level:
            return tables.with_(ratings=ratings)
    return tables.with_(ratings=ratings, partnerships=_documents(tables, pair, level, date_of(tables, wave)))


def _documents(tables: Tables, pair: list[str], level: int, day: date | None) -> pl.DataFrame:
    """The documented partnerships, with those of a pair at a level (0: none of them) on one day."""
    every = tables["partnerships"]
    theirs = active(every, day).filter(pl.col("source").is_in(pair) & pl.col("target").is_in(pair))
    others = every.join(theirs, on="id", how="anti", maintain_order="left")
    number = pl.lit(level, dtype=every.schema["level"])
    if level and theirs.is_empty():
        row = {"source": pair[0], "target": pair[1], "level": level, "started": day, "ended": day}
        then = [add(tables.with_(partnerships=every.clear()), "partnerships", row)]
    else:
        then = [theirs.with_columns(level=number)] if level else []
    if day is None or theirs.is_empty():
        return _named(others, then)
    before, after = pl.lit(day - timedelta(days=1)), pl.lit(day + timedelta(days=1))
    until = theirs.filter((pl.col("started") < day).fill_null(True)).with_columns(ended=before)
    since = theirs.filter((pl.col("ended") > day).fill_null(True)).with_columns(started=after)
    on_the_day = [each.with_columns(started=pl.lit(day), ended=pl.lit(day)) for each in then]
    return _named(pl.concat([others, until]), [*on_the_day, since])


def _named(kept: pl.DataFrame, new: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The table with further rows, each under a code that no other has: "scenario-1", "scenario-2" …"""
    rows = pl.concat([kept.clear(), *new])
    used = set(kept["id"])
    free = (code for number in count(1) if (code := f"scenario-{number}") not in used)
    return pl.concat([kept, rows.with_columns(id=pl.Series(list(islice(free, rows.height)), dtype=pl.String))])


def add(tables: Tables, name: str, row: Mapping[str, object]) -> pl.DataFrame:
    """A table with one more row; what is not given is null."""
    schema = SCHEMAS[name].polars()
    return pl.concat([tables[name], pl.DataFrame([{column: row.get(column) for column in schema}], schema=schema)])
