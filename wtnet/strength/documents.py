"""What documents say of each pair of partners."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl

from wtnet.tables.relationships import MARK


def active(partnerships: pl.DataFrame, wave_date: date | None) -> pl.DataFrame:
    """The documented partnerships active on a date: no start means always, no end means ongoing, no date means all."""
    if wave_date is None:
        return partnerships
    return partnerships.filter(
        (pl.col("started") <= wave_date).fill_null(True),
        (pl.col("ended") >= wave_date).fill_null(True),
    )


def documented_pairs(partnerships: pl.DataFrame, wave_date: date | None) -> pl.DataFrame:
    """A row for each pair with a partnership active on a date (`active`), source < target as text.

    Columns: source, target; document_level (the highest) and own_strength (mean), null where none is given; relationship,
    direction (see `strength.pairs`); document (true).
    """
    in_all, words = _of_documents()
    return (
        active(partnerships, wave_date)
        .filter(pl.col("source") != pl.col("target"))
        .with_columns(a=pl.min_horizontal("source", "target"), b=pl.max_horizontal("source", "target"))
        .group_by(source="a", target="b")
        .agg(**in_all)
        .with_columns(**words)
        .drop("ahead", "back")
    )


@cache
def _of_documents() -> tuple[dict[str, pl.Expr], dict[str, pl.Expr]]:
    """What all documents on a pair say, and then the words of it."""
    way = pl.col("direction").cast(pl.String).fill_null("none")
    kinds = pl.col("relationship").drop_nulls().str.split(MARK).explode().str.strip_chars()
    in_all = {
        "document_level": pl.col("level").max(),
        "own_strength": pl.col("own_strength").mean(),
        "relationship": kinds.filter(kinds != "").unique().sort().str.join(f"{MARK} "),
        "ahead": ((way == "both") | ((way == "forward") & (pl.col("source") == pl.col("a")))).any(),
        "back": ((way == "both") | ((way == "forward") & (pl.col("source") == pl.col("b")))).any(),
        "document": pl.lit(True),
    }
    direction = pl.when(pl.col("ahead") & pl.col("back")).then(pl.lit("both")).when("ahead").then(pl.lit("forward"))
    return in_all, {
        "relationship": pl.when(pl.col("relationship") != "").then("relationship"),
        "direction": direction.when("back").then(pl.lit("backward")),
    }
