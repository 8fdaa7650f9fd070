"""A frame as a CSV file that a spreadsheet opens safely."""

from __future__ import annotations

import polars as pl

from wtnet.writers.tables import formula

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of a formula."""


def neutral(frame: pl.DataFrame) -> pl.DataFrame:
    """The same frame with an apostrophe before any text, headings included, that a spreadsheet would take for a formula.

    The CSV reader takes it away again, so one is put before text that has one already, too (see `_formula`).
    """
    texts = [name for name, dtype in frame.schema.items() if dtype in (pl.String, pl.Categorical) or isinstance(dtype, pl.Enum)]
    safe = frame.with_columns(formula.neutral(pl.col(name).cast(pl.String)).alias(name) for name in texts)
    return safe.rename({name: f"'{name}" for name in frame.columns if name.startswith(FORMULA)})


def write(frame: pl.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark (so that Excel reads names right); unknown cells empty; formulas made harmless."""
    lists = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.List)]
    flat = frame.with_columns(pl.col(name).cast(pl.List(pl.String)).list.join("; ").alias(name) for name in lists)
    return b"\xef\xbb\xbf" + neutral(flat).write_csv().encode()
