"""What differs between two states of a programme, row by row and in words. Order is not a difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.tables import Tables, schema
from wtnet.tables.text import count

NOUNS = {
    "organisations": "partner",
    "pilots": "pilot",
    "involvements": "involvement",
    "waves": "wave",
    "asked": "survey request",
    "partnerships": "partnership",
    "ratings": "rating",
    "indicators": "indicator",
    "results": "result",
    "quotes": "quote",
    "findings": "finding",
    "confirmations": "answer to a finding",
    "activities": "activity",
    "attendances": "attendance",
    "questions": "question",
    "answers": "answer of the survey",
    "coverage": "completeness note",
    "fields": "own field",
    "next_steps": "next step",
    "notes": "note",
}
"""What one row of each table is called in a sentence."""
_PLURALS = {"confirmations": "answers to a finding", "answers": "answers of the survey", "activities": "activities"}
"""Plurals that are not made with an s at the end."""


@dataclass(frozen=True, eq=False)
class Difference:
    """One table before and after: rows matched by key, with the declared columns.

    `changed` holds the rows as they are afterwards and `was` the same rows, in the same order, as they were before.
    `pairs_before` and `pairs_after` are the pairs of partners that partnerships are of; empty for other tables.
    """

    table: str
    added: pl.DataFrame
    changed: pl.DataFrame
    was: pl.DataFrame
    removed: pl.DataFrame
    unchanged: int
    pairs_before: frozenset[frozenset[str]] = frozenset()
    pairs_after: frozenset[frozenset[str]] = frozenset()

    @property
    def any(self) -> bool:
        """True if a row was added, changed or removed."""
        return bool(self.added.height or self.changed.height or self.removed.height)

    def counts(self) -> dict[str, int]:
        """`new`, `changed`, `unchanged` and `removed`: how many rows of each."""
        return {
            "new": self.added.height,
            "changed": self.changed.height,
            "unchanged": self.unchanged,
            "removed": self.removed.height,
        }


def difference(table: str, before: pl.DataFrame, after: pl.DataFrame) -> Difference:
    """What differs between two frames of one declared table. A key standing twice is an InvalidRequest."""
    keys = list(schema.keys(table))
    require_unique_keys(table, after)
    if before.equals(after):
        empty = after.clear()
        return Difference(table, empty, empty, empty, empty, after.height)
    rest = [name for name in after.columns if name not in keys]
    old = before.with_columns(pl.lit(True).alias("_there"))
    both = after.join(old, on=keys, how="left", suffix="_was", maintain_order="left", nulls_equal=True)
    before_too = pl.col("_there").fill_null(False)
    same = pl.all_horizontal(pl.lit(True), *[pl.col(name).eq_missing(pl.col(f"{name}_was")) for name in rest])
    changed = both.filter(before_too & ~same)
    return Difference(
        table,
        both.filter(~before_too).select(after.columns),
        changed.select(after.columns),
        changed.select(*[pl.col(name if name in keys else f"{name}_was").alias(name) for name in after.columns]),
        before.join(after, on=keys, how="anti", maintain_order="left", nulls_equal=True),
        both.filter(before_too & same).height,
        *((_pairs(before), _pairs(after)) if table == "partnerships" else ()),
    )


def _pairs(rows: pl.DataFrame) -> frozenset[frozenset[str]]:
    return frozenset(map(frozenset, rows.select("source", "target").iter_rows()))


def differences(before: Tables, after: Tables) -> dict[str, Difference]:
    """What differs in each of the tables, in the declared order."""
    return {name: difference(name, before[name], after[name]) for name in schema.NAMES}


def sentences(changes: Mapping[str, Difference]) -> list[str]:
    """The changes in plain words: "3 partners added", "2 ratings changed"; empty if nothing differs."""
    lines = []
    for change in changes.values():
        lines += [words for words in (added(change), changed(change), removed(change)) if words]
    return lines


def added(change: Difference) -> str:
    """How many rows are new: "3 partners added"; "" for none. A partnership is a pair of partners, of which several records may
    be kept: "5 records of 3 partnerships added, 2 of them new"."""
    return _told(change, change.added, "added", change.pairs_before, "new")


def changed(change: Difference) -> str:
    """How many rows are changed; "" for none."""
    return f"{counted(change.table, change.changed.height)} changed" if change.changed.height else ""


def removed(change: Difference) -> str:
    """How many rows are gone, told as `added` tells them; "" for none."""
    return _told(change, change.removed, "removed", change.pairs_after, "wholly")


def _told(change: Difference, rows: pl.DataFrame, what: str, others: frozenset[frozenset[str]], how: str) -> str:
    if not rows.height:
        return ""
    pairs = _pairs(rows) if change.table == "partnerships" else frozenset()
    alone = len(pairs - others)
    if len(pairs) == alone == rows.height or not pairs:
        return f"{counted(change.table, rows.height)} {what}"
    apart = f", {alone:,} of them {how}" if alone < len(pairs) else ""
    return f"{count(rows.height, 'record')} of {counted(change.table, len(pairs))} {what}{apart}"


def counted(table: str, rows: int) -> str:
    """A number of rows in words: "1 partner", "1,200 ratings"."""
    return count(rows, NOUNS[table], _PLURALS.get(table))


def require_unique_keys(table: str, frame: pl.DataFrame) -> None:
    """Refuse, as an InvalidRequest, a frame in which a key stands twice."""
    keys = list(schema.keys(table))
    if frame.height > 1 and (twice := frame.select(keys).is_duplicated()).any():
        again = frame.filter(twice)
        value = " / ".join(str(again[key][0]) for key in keys if again[key][0] is not None)
        raise InvalidRequest(f'The {table} hold "{value}" more than once; keep one row per {", ".join(keys)} and try again.')
