"""What a measure is: one line of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from wtnet.network import Network

DTYPES: dict[str, Any] = {"count": pl.Int64, "flag": pl.Boolean, "category": pl.String}
"""Column type by kind of measure; every other kind is a Float64."""

ROWS = (
    "own partnerships",
    "surrounding partnerships",
    "all partnerships",
    "ratings received",
    "ratings given",
    "all ratings",
    "partners",
)

FAIR, MIX, SIZE = "may be compared", "with care", "not between sizes"
COMPARED = (FAIR, MIX, SIZE)
"""Whether a measure of a network may be set beside that of another network."""
COUNT = "A count: more partners, more of them."
MOVES = "Moves with the number of partners and partnerships, whatever they do."
"""Reasons that several measures share."""

Ratio = tuple[np.ndarray, np.ndarray | None]
"""What each tie adds above and below the line of a ratio (m each); below the line None: each pair of partners adds 1."""


@dataclass(frozen=True)
class Measure:
    """One measure: how it is worked out, all that a person needs to read it, and all that other rooms need to know of it.

    id, of: unique together (of: partner, tie or network); label: a few words; kind: count, share, score, index, flag or
    category; unit; better: higher, lower or neither; compute: network in, out comes {partner id: value} for a partner,
    {(source, target): value} for a tie, one value for a network (None where unknown); meaning: for someone who has never
    met the measure; formula: LaTeX; source: author, year, doi; reading: how to read a value; caution: what it does not
    mean; rows: which rows the figure rests on (one of `ROWS`).

    rests_on: of these rows only those that fulfil this condition on their columns (None: all).
    compared, why: whether one network's value may be set beside another's (one of `COMPARED`) and the reason; "" for a
    partner, a tie, a flag or a category.
    of_survey: it tells who answered what, not what partnerships there are.
    ratio: for a network, its parts by tie where it is a ratio of sums over ties; such a measure has a bootstrap interval.
    slow: it looks at every path, which takes many seconds for thousands of partners.
    strength: it uses how strong ties are (or other answers), so that others than the lead see it by the rule of
    `measures.disclosure`; by_name: it tells of one partner what it answered or whether, so that nobody else sees it.
    silence: it tells who kept silent, so that others see it of the whole programme alone (`disclosure.response_reason`).
    by_both: it rests on what both sides say, so that where it is unknown it reads as withheld to others.
    by_kind: it tells what kinds partnerships are documented to be, so that others see it where they are told that of every one.
    nominal: its value is a mere number of a group, which another network may number otherwise.
    opinion: what others think of the partner; not shown where the partner is one person.
    absence_in: the table whose record must be complete for it, as it rests on what is not there ("": none); else it is null.
    profile: its place among the figures of a partner's profile, from 1 (0: not there); profile_waves: the same in the
    table that follows the partner from wave to wave.
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
    rests_on: pl.Expr | None = field(default=None, compare=False)
    compared: str = ""
    why: str = ""
    of_survey: bool = False
    ratio: Callable[[Network], Ratio] | None = None
    slow: bool = False
    strength: bool = False
    by_name: bool = False
    silence: bool = False
    by_both: bool = False
    by_kind: bool = False
    nominal: bool = False
    opinion: bool = False
    absence_in: str = ""
    profile: int = 0
    profile_waves: int = 0

    @property
    def dtype(self) -> Any:
        """The polars type of its column."""
        return DTYPES.get(self.kind, pl.Float64)
