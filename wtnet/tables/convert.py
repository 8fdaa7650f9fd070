"""Conversion of a cell's text to the declared type, and the sentence for one that cannot be understood."""

from __future__ import annotations

from functools import cache

import dataframely as dy
import polars as pl

from wtnet.tables import evidence, schema
from wtnet.tables.columns import THEMES

_YES, _NO = ["yes", "y", "true", "1", "1.0"], ["no", "n", "false", "0", "0.0"]
_WHOLE = r"^[+-]?\d{1,15}(\.0+)?$"

_LABELS = (
    schema.KINDS, THEMES, evidence.VOICES, evidence.FINDING_KINDS, evidence.STANDINGS, evidence.ANSWERS,
    evidence.ACTIVITY_KINDS, evidence.MODES, evidence.ROLES,
)  # fmt: skip
"""Words shown on screen, by the words of the tables."""


@cache
def convert(table: str, name: str) -> pl.Expr:
    """The expression that turns the text column `name` into its declared type; null where it cannot.

    Dates and numbers are those `tables.judged` has written plainly. Yes/no: yes, no, true, false,
    1, 0. Words: any capitals, spaces or hyphens for underscores, and the label shown on screen.
    """
    declared = schema.column(table, name)
    text = pl.col(name)
    if isinstance(declared, dy.Enum):
        return _word(text, schema.words(table, name) or ()).alias(name)
    if isinstance(declared, dy.Date):
        return _date(text).alias(name)
    if isinstance(declared, dy.Bool):
        low = text.str.to_lowercase()
        return pl.when(low.is_in(_YES)).then(True).when(low.is_in(_NO)).then(False).alias(name)
    if isinstance(declared, dy.Int8 | dy.Int64):
        whole = pl.when(text.str.contains(_WHOLE)).then(text).cast(pl.Float64, strict=False)
        return whole.cast(declared.dtype, strict=False).alias(name)
    if isinstance(declared, dy.Float64):
        number = text.cast(pl.Float64, strict=False)
        return pl.when(number.is_finite()).then(number).alias(name)
    return text


def _word(text: pl.Expr, words: tuple[str, ...]) -> pl.Expr:
    labels = {label.lower().replace(" ", "_"): word for label_of in _LABELS for word, label in label_of.items() if word in words}
    simple = text.str.to_lowercase().str.replace_all(r"[\s\-_]+", "_")
    return simple.replace(labels).cast(pl.Enum(list(words)), strict=False)


def _date(text: pl.Expr) -> pl.Expr:
    """Days as `tables.judged` leaves them, and as a person types them into a cell: 2024-03-01, with or without a time."""
    iso = text.str.extract(r"^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$")
    return iso.str.to_date("%Y-%m-%d", strict=False)


def expected(table: str, name: str) -> tuple[str, str]:
    """The rule's word for programs, and what a cell of this column must be, as the end of a sentence."""
    declared = schema.column(table, name)
    if isinstance(declared, dy.Enum):
        return (
            "unknown_word",
            f"is not one of the words used here: {', '.join(schema.words(table, name) or ())}. Choose one of them.",
        )
    if isinstance(declared, dy.Date):
        return "not_a_date", "is not a date. Write it as 2024-03-01 or 01/03/2024 (day first)."
    if isinstance(declared, dy.Bool):
        return "not_yes_or_no", "is neither yes nor no. Write yes or no, or leave it empty."
    if isinstance(declared, dy.Int8 | dy.Int64):
        low, high = declared.min, declared.max
        within = f" from {low} to {high}" if low is not None and high is not None else ""
        return ("range" if within else "not_a_number"), f"is not a whole number{within}. {declared.description}."
    return "not_a_number", "is not a number. Write digits only, with a point for decimals, or leave it empty."
