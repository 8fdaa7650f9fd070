"""A scale of the lead's own on which something says how strong a partnership is: words in order, or lowest and highest number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from wtnet.tables import own
from wtnet.tables.missing import is_missing
from wtnet.tables.model import Tables
from wtnet.tables.numbers import written
from wtnet.tables.schema import OWN
from wtnet.tables.text import caseless

NONE = ("none", "no", "never", "nil", "keine", "nie", "aucune", "jamais", "dim")
"""Words that say that there is no partnership."""
OVERALL, NOTHING = "overall", "overall_none"
MOST_WORDS = 12
MOST_POINTS = 100
"""A scale ends here at most: "2019–2024" in a heading is none."""
BETWEEN = re.compile(r"(?<!\d)(-?\d++(?:\.\d++)?)\s*+(?:-|–|—|to|bis|à)\s*+(-?\d+(?:\.\d+)?)", re.IGNORECASE)

ROUNDS = ("wave", "round", "survey", "survey_wave", "survey_round")
"""Headings under which a row of what somebody says names the round of the survey."""


@dataclass(frozen=True)
class Scale:
    """A scale: its `words` from lowest to highest, or (where there are none) the lowest and highest number."""

    words: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0

    def __str__(self) -> str:
        return "; ".join(self.words) if self.words else f"{written(self.low)} to {written(self.high)}"

    def of(self, text: str | None) -> float | None:
        """What is written, brought to 0–1; null where it is not on the scale."""
        if not text:
            return None
        if self.words:
            ranks = {caseless(word): rank for rank, word in enumerate(self.words)}
            rank = ranks.get(caseless(text))
            return None if rank is None else rank / (len(self.words) - 1)
        size = own.number(text)
        return (size - self.low) / (self.high - self.low) if size is not None and self.low <= size <= self.high else None

    def is_nothing(self, text: str | None) -> bool:
        """Whether an answer means no partnership: 0 on a scale from 0, or the word for none."""
        return self.of(text) == 0 and (self.low == 0 if not self.words else caseless(text or "") in NONE)


def parsed(text: str) -> Scale | None:
    """A scale as a person writes it: "weak; medium; strong", "1 to 10", "0-100"; null where it is none."""
    between = BETWEEN.fullmatch(text.strip())
    if between:
        low, high = float(between[1]), float(between[2])
        return Scale((), low, high) if low < high else None
    words = tuple(dict.fromkeys(" ".join(word.split()) for word in re.split(r"[;,<|\n]", text) if word.strip()))
    return Scale(words) if 1 < len(words) <= MOST_WORDS else None


def on_stated_scale(heading: str, cells: Iterable[str | None]) -> bool:
    """True where a heading states its scale ("Trust (1-5)") and there are numbers under it, all of them on the scale."""
    stated = BETWEEN.search(heading)
    scale = parsed(stated[0]) if stated else None
    texts = [text.strip() for text in cells if text and text.strip() and not is_missing(text.strip())]
    return scale is not None and scale.high <= MOST_POINTS and bool(texts) and all(scale.of(text) is not None for text in texts)


def of_ratings(tables: Tables) -> dict[str, Scale]:
    """The fields of ratings that count as strength: field id → scale."""
    rows = tables.fields.filter((pl.col("table") == "ratings") & pl.col("strength").fill_null(False)).iter_rows(named=True)
    read = {row["id"]: parsed(row["scale"] or "") for row in rows}
    return {field: scale for field, scale in read.items() if scale}


def with_overall(tables: Tables, ratings: pl.DataFrame) -> pl.DataFrame:
    """Ratings with `overall` (0–1, null where nothing is on its scale; the mean of several such fields) and `overall_none` (true
    where all that is said is that there is no partnership); as they are where no field of ratings counts as strength."""
    scales = of_ratings(tables)
    if not scales:
        return ratings
    strengths: list[float | None] = []
    nothing: list[bool] = []
    for cell in ratings[OWN]:
        answers = own.decode(cell)
        values = [value for field, scale in scales.items() if (value := scale.of(answers.get(field))) is not None]
        strengths.append(sum(values) / len(values) if values else None)
        nothing.append(
            bool(values) and all(scale.is_nothing(answers[field]) for field, scale in scales.items() if field in answers)
        )
    return ratings.with_columns(pl.Series(OVERALL, strengths, dtype=pl.Float64), pl.Series(NOTHING, nothing, dtype=pl.Boolean))
