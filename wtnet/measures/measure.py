"""What a measure is: one line of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

DTYPES: dict[str, Any] = {"count": pl.Int64, "flag": pl.Boolean, "category": pl.String}
"""Column type by kind of measure; every other kind is a Float64."""

ROWS = ("own ties", "surrounding ties", "all ties", "ratings received", "ratings given", "all ratings", "partners")


@dataclass(frozen=True)
class Measure:
    """One measure: how it is worked out, and all that a person needs to read it.

    id, of: unique together (of: partner, tie or network); label: a few words; kind: count, share, score, index, flag or
    category; unit; better: higher, lower or neither; compute: network in, out comes {partner id: value} for a partner,
    {(source, target): value} for a tie, one value for a network (None where unknown); meaning: for someone who has never
    met the measure; formula: LaTeX; source: author, year, doi; reading: how to read a value; caution: what it does not
    mean; rows: which rows the figure rests on (one of `ROWS`).
    """

    id: str
    label: str
    of: str
    kind: str
    unit: str
    better: str
    compute: Callable[..., Any]
    meaning: str
    formula: str
    source: str
    reading: str
    caution: str
    rows: str

    @property
    def dtype(self) -> Any:
        """The polars type of its column."""
        return DTYPES.get(self.kind, pl.Float64)
