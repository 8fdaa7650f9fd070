"""The headings of tables as people say them, and numbers as they stand on the screen."""

from __future__ import annotations

import polars as pl
import polars.selectors as cs

from wtnet.tables import relationships

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


def plain(frame: pl.DataFrame, to_count_with: bool = False) -> pl.DataFrame:
    """A frame to be read: headings in words, numbers with two decimals (small ones with two figures that count).

    Kinds of partnership are in words. A heading that would stand twice keeps its own words. Coordinates keep their decimals.
    Numbers `to_count_with` keep six decimals, so that what is worked out from them is what is worked out here.
    """
    names: dict[str, str] = {}
    for column in frame.columns:
        words = HEADINGS.get(column, column.replace("_", " "))
        names[column] = words if words not in names.values() and words not in frame.columns else column.replace("_", " ")
    numbers = [name for name in frame.select(cs.float()).columns if name not in _FINE]
    rounded = [pl.col(name).round(6) if to_count_with else _read(name) for name in numbers]
    if frame.schema.get("relationship") == pl.String:
        kinds = [relationships.in_words(cell) or None for cell in frame["relationship"]]
        frame = frame.with_columns(relationship=pl.Series(kinds, dtype=pl.String))
    taken = list(names.values())
    return frame.with_columns(rounded).rename(names if len(set(taken)) == len(taken) else {})


def _read(name: str) -> pl.Expr:
    return pl.when(pl.col(name).abs() < 0.1).then(pl.col(name).round_sig_figs(2)).otherwise(pl.col(name).round(2)).alias(name)
