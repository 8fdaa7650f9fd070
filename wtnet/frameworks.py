"""Funders' frameworks: the shipped table of outcomes that indicators can be tagged with.

The table is `data/frameworks/frameworks.csv`, to be edited or added to: one row an outcome, with its `id` (what an
indicator's `outcomes` column names), the `framework`, the `kind` of entry (outcome, principle …), its `name` as published and
where that can be read. Titles only: what they mean is in the source.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

from wtnet.errors import UnreadableFile

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "frameworks" / "frameworks.csv"
COLUMNS = ("id", "framework", "kind", "name", "source_url")


@cache
def outcomes(path: Path = SHIPPED) -> pl.DataFrame:
    """Every outcome, in the order of the file: the text columns `id`, `framework`, `kind`, `name`, `source_url`.

    A table that cannot be read, lacks a column, or gives an id twice or not at all is an UnreadableFile.
    """
    try:
        frame = pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise UnreadableFile(
            f"The table of frameworks, {path.name}, cannot be read ({error}); mend it or put the shipped one back."
        ) from error
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise UnreadableFile(f"The table of frameworks, {path.name}, lacks the column {missing[0]}; add it to the heading row.")
    frame = frame.select(pl.col(name).str.strip_chars() for name in COLUMNS)
    wrong = frame.with_row_index("row", 2).filter(
        pl.col("id").is_null() | pl.col("framework").is_null() | pl.col("id").is_duplicated()
    )
    if wrong.height:
        raise UnreadableFile(
            f"The table of frameworks, {path.name}, row {wrong['row'][0]}: every outcome needs a framework and an id of its own."
        )
    return frame


def tags(indicators: pl.DataFrame, path: Path = SHIPPED) -> pl.DataFrame:
    """Which indicator is evidence for which outcome: one row for each id named in the indicators' `outcomes`.

    Columns `indicator`, `outcome` (the id as written), `framework`, `kind`, `name`, `source_url`; the last four are null
    for an id that is not in the table. An outcome named twice counts once.
    """
    named = (
        indicators.select(indicator="id", outcome=pl.col("outcomes").str.split(";"))
        .explode("outcome")
        .with_columns(pl.col("outcome").str.strip_chars())
        .filter(pl.col("outcome").str.len_bytes() > 0)
        .unique(maintain_order=True)
    )
    return named.join(outcomes(path).rename({"id": "outcome"}), on="outcome", how="left", maintain_order="left")
