"""Text in a CSV that a spreadsheet would take for a formula, made harmless so that it can be had back."""

from __future__ import annotations

import polars as pl

_RISKY = r"^'*[=+\-@\t\r\n＝＋－＠]"
_INSIDE = r"([;\t|\r\n])('*[=+\-@＝＋－＠])"
"""The same behind what another spreadsheet, or the same one of another country, takes for the end of a cell."""


def neutral(column: pl.Expr) -> pl.Expr:
    """One apostrophe more before text that starts like a formula, be it behind a separator, before any apostrophes it has.

    The CSV reader takes exactly one away again, so every text comes back as it was: `=1+1` is written `'=1+1`, and
    `'=1+1` is written `''=1+1`. Numbers, dates and yes or no are no text and stay as they are.
    """
    inside = column.str.replace_all(_INSIDE, "${1}'${2}")
    return pl.when(column.str.contains(_RISKY)).then(pl.format("'{}", inside)).otherwise(inside)


def csv(frame: pl.DataFrame) -> bytes:
    """The frame as UTF-8 CSV: dates as 2024-03-01, yes and no in words, unknown cells empty, text made harmless.

    Where a text begins with a blank, all are in quotation marks, since readers (ours too) pass over blanks before a cell.
    """
    texts = [name for name, kind in frame.schema.items() if kind == pl.String or isinstance(kind, pl.Enum)]
    answers = [name for name, kind in frame.schema.items() if kind == pl.Boolean]
    safe = frame.with_columns(
        *[neutral(pl.col(name).cast(pl.String)).alias(name) for name in texts],
        *[pl.when(pl.col(name)).then(pl.lit("yes")).when(~pl.col(name)).then(pl.lit("no")).alias(name) for name in answers],
    )
    blank_first = safe.select(pl.any_horizontal(pl.col(texts).str.starts_with(" ").any())).item() if texts else False
    return safe.write_csv(quote_style="non_numeric" if blank_first else "necessary").encode()
