"""The headings of tables as people say them, and numbers as they stand on the screen."""

from __future__ import annotations

import polars as pl
import polars.selectors as cs

from wtnet.tables import relationships
from wtnet.tables.rounding import rounded_column

HEADINGS = {
    "agreement": "how alike both sides see it",
    "apart": "how far apart",
    "backward": "the other side says",
    "basis": "rests on",
    "change": "change",
    "cross_sector_ties": "partnerships with other kinds",
    "cut_off": "how many would be cut off",
    "documented": "documented strength",
    "forward": "one side says",
    "id": "code",
    "largest_after": "in one part afterwards",
    "largest_before": "in one part now",
    "n": "n",
    "no_tie": "says: no partnership",
    "only_link": "only link for others",
    "other": "partner",
    "other_says": "the other side says",
    "says": "it says",
    "source": "partner",
    "source_kind": "its kind",
    "source_name": "partner",
    "source_url": "where it can be read",
    "target_kind": "the other's kind",
    "target_name": "other partner",
    "tie": "partnership",
    "ties": "partnerships",
    "word": "in a word",
}
"""What some columns are called; the others by their own name, with blanks."""
_FINE = ("latitude", "longitude")
_LEAST = 0.005
"""Below this a number with two decimals would read as nothing."""


def plain(frame: pl.DataFrame, to_count_with: bool = False) -> pl.DataFrame:
    """A frame to be read: headings and kinds of partnership in words (`named`), numbers as `readable` has them.

    Numbers `to_count_with` keep six decimals, so that what is worked out from them is what is worked out here.
    """
    return named(with_six_decimals(frame) if to_count_with else readable(frame))


def named(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with headings in words; one that would stand twice keeps its own. Kinds of partnership are in words."""
    names: dict[str, str] = {}
    for column in frame.columns:
        words = HEADINGS.get(column, column.replace("_", " "))
        names[column] = words if words not in names.values() and words not in frame.columns else column.replace("_", " ")
    if frame.schema.get("relationship") == pl.String:
        kinds = [relationships.in_words(cell) or None for cell in frame["relationship"]]
        frame = frame.with_columns(relationship=pl.Series(kinds, dtype=pl.String))
    taken = list(names.values())
    return frame.rename(names if len(set(taken)) == len(taken) else {})


def with_six_decimals(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame without what a computer adds to its numbers: 0.65, not 0.6499999999999999."""
    return frame.with_columns(rounded_column(name, 6) for name in _numbers(frame))


def readable(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with its numbers as sentences have them, with two decimals; what would read as nothing keeps two figures that
    count. Coordinates keep their decimals."""
    return frame.with_columns(
        pl.when(pl.col(name).abs() < _LEAST)
        .then(pl.col(name).round_sig_figs(2) + 0.0)
        .otherwise(rounded_column(name, 2))
        .alias(name)
        for name in _numbers(frame)
    )


def _numbers(frame: pl.DataFrame) -> list[str]:
    return [name for name in frame.select(cs.float()).columns if name not in _FINE]


def decimals(column: pl.Series) -> int | None:
    """How many decimals a column of `readable` has on every row: none where all are whole, two, or null where one needs more."""
    known = column.drop_nulls()
    if (known == known.round(0)).all():
        return 0
    return 2 if (known == known.round(2)).all() else None
