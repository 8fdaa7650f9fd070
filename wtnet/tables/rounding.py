"""How a number is rounded to be read: one rule for sentences, tables, charts, files and what others than the lead receive.

To the nearest, and from the middle away from zero, as people round by hand: 0.475 is 0.48 and −0.475 is −0.48. What a computer
adds behind the sixth digit after the last one shown is taken off first, so that 1.005, which it holds as a little less, is 1.01
on every page. Nothing is ever −0.
"""

from __future__ import annotations

import math

import polars as pl

_NOISE = 6
_LARGE = 1e12
"""From here on a float has no digits to round."""


def rounded(value: float, digits: int = 0) -> float:
    """The number to so many decimals; what is no finite number as it is."""
    if not math.isfinite(value) or abs(value) >= _LARGE:
        return value
    scale: int = 10**digits
    whole = math.floor(round(abs(value) * scale, _NOISE) + 0.5)
    return math.copysign(whole / scale, value) if whole else 0.0


def rounded_column(column: str | pl.Expr, digits: int = 0) -> pl.Expr:
    """The same for a column of numbers; null stays null."""
    values = pl.col(column) if isinstance(column, str) else column
    scale: int = 10**digits
    whole = ((values.abs() * scale).round(_NOISE) + 0.5).floor()
    near = (whole * values.sign() / scale).round(digits) + 0.0  # the division alone is not exact
    return pl.when(values.abs() < _LARGE).then(near).otherwise(values).name.keep()


def fixed(value: float, digits: int = 0) -> str:
    """The number as text with so many decimals, a comma between thousands and a minus sign that is one: "−1,234.50"."""
    return f"{rounded(value, digits):,.{digits}f}".replace("-", "−")
