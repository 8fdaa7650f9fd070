"""Copies of the tables in which one thing is otherwise: who leaves, what two partners do together."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from wtnet.tables.model import Tables
from wtnet.tables.schema import SCHEMAS, TRUST, VALUE


def leave(tables: Tables, partner: str) -> Tables:
    """Without a partner, in every table."""
    here = pl.lit(partner)
    return tables.with_(
        organisations=tables["organisations"].filter(pl.col("id") != here),
        pilots=tables["pilots"].with_columns(lead=pl.when(pl.col("lead") != here).then("lead")),
        involvements=tables["involvements"].filter(pl.col("organisation") != here),
        partnerships=tables["partnerships"].filter(pl.col("source") != here, pl.col("target") != here),
        ratings=tables["ratings"].filter(pl.col("rater") != here, pl.col("partner") != here),
        results=tables["results"].filter(pl.col("organisation").ne_missing(here)),
        quotes=tables["quotes"].filter(pl.col("organisation").ne_missing(here)),
    )


def tie(tables: Tables, one: str, other: str, level: int, wave: str | None) -> Tables:
    """With the tie of one pair made, changed or (level 0) ended in one wave."""
    pair = [one, other]
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
    documents = tables["partnerships"].filter(~(pl.col("source").is_in(pair) & pl.col("target").is_in(pair)))
    changed = tables.with_(ratings=ratings, partnerships=documents)
    if level and not reported:
        used = set(documents["id"])
        code = next(code for number in range(1, len(used) + 2) if (code := f"scenario-{number}") not in used)
        row = {"id": code, "source": one, "target": other, "level": level}
        changed = changed.with_(partnerships=add(changed, "partnerships", row))
    return changed


def add(tables: Tables, name: str, row: Mapping[str, object]) -> pl.DataFrame:
    """A table with one more row; what is not given is null."""
    schema = SCHEMAS[name].polars()
    return pl.concat([tables[name], pl.DataFrame([{column: row.get(column) for column in schema}], schema=schema)])
