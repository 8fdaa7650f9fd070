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
    """

    table: str
    added: pl.DataFrame
    changed: pl.DataFrame
    was: pl.DataFrame
    removed: pl.DataFrame
    unchanged: int

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
    )


def differences(before: Tables, after: Tables) -> dict[str, Difference]:
    """What differs in each of the tables, in the declared order."""
    return {name: difference(name, before[name], after[name]) for name in schema.NAMES}


def sentences(changes: Mapping[str, Difference]) -> list[str]:
    """The changes in plain words: "3 partners added", "2 ratings changed"; empty if nothing differs."""
    lines = []
    for name, change in changes.items():
        for frame, what in ((change.added, "added"), (change.changed, "changed"), (change.removed, "removed")):
            if frame.height:
                lines.append(f"{counted(name, frame.height)} {what}")
    return lines


def counted(table: str, rows: int) -> str:
    """A number of rows in words: "1 partner", "1,200 ratings"."""
    return count(rows, NOUNS[table], _PLURALS.get(table))


def require_unique_keys(table: str, frame: pl.DataFrame) -> None:
    """Refuse, as an InvalidRequest, a frame in which a key stands twice."""
    keys = list(schema.keys(table))
    again = frame.filter(frame.select(keys).is_duplicated())
    if again.height:
        value = " / ".join(str(again[key][0]) for key in keys if again[key][0] is not None)
        raise InvalidRequest(f'The {table} hold "{value}" more than once; keep one row per {", ".join(keys)} and try again.')
