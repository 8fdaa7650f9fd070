"""One table that two people changed, joined row by row and cell by cell (see `wtnet.store.merge`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from wtnet.store.model import Conflict, Key
from wtnet.store.row_order import in_order
from wtnet.tables import own, schema

Row = dict[str, Any]


class _RowStates(NamedTuple):
    """One row in the three states; null where it is not there."""

    base: Row | None
    theirs: Row | None
    mine: Row | None


class _Cell(NamedTuple):
    """One cell of a row that theirs and mine both have; `added` if base has no such row, so that its cell says nothing."""

    column: str
    base: Any
    theirs: Any
    mine: Any
    added: bool

    @property
    def merged(self) -> Any:
        """The value of the side that changed it; the stored one where both did. Fields of the lead's own one by one."""
        if self.column == schema.OWN:
            return own.merged(self.base, self.theirs, self.mine)[0]
        return self.mine if self.theirs == self.base and not self.added else self.theirs

    def clashes(self) -> list[tuple[str, Any, Any, Any]]:
        """The cell, if both changed it differently, with its three values; of fields of the lead's own each such field."""
        if self.column == schema.OWN:
            fields = own.merged(self.base, self.theirs, self.mine)[1]
            return [(own.PREFIX + field, *values) for field, values in fields.items()]
        clash = self.theirs != self.mine and (self.added or self.base not in (self.theirs, self.mine))
        return [(self.column, self.base, self.theirs, self.mine)] if clash else []


@dataclass(frozen=True)
class _Decision:
    """A row after the merge (null: removed). `mixed` if cells of both changes stand side by side in it."""

    row: Row | None
    conflicts: tuple[Conflict, ...] = ()
    mixed: bool = False


def merge_table(table: str, base: pl.DataFrame, theirs: pl.DataFrame, mine: pl.DataFrame) -> tuple[pl.DataFrame, list[Conflict]]:
    """The rows of one table after both changes, and what both changed differently, in the order of the rows."""
    if mine.equals(base) or mine.equals(theirs):
        return theirs, []
    if theirs.equals(base):
        return mine, []
    keys = list(schema.keys(table))
    by_them, by_me = _changed(keys, base, theirs), _changed(keys, base, mine)
    from_them = theirs.join(by_me, on=keys, how="anti", nulls_equal=True)
    from_me = mine.join(by_me, on=keys, how="semi", nulls_equal=True).join(by_them, on=keys, how="anti", nulls_equal=True)
    states = _changed_by_both(keys, by_them.join(by_me, on=keys, how="semi", nulls_equal=True), base, theirs, mine)
    decisions = {key: _decide(table, key, row) for key, row in states.items()}
    for key in _rule_breakers(table, decisions):
        decisions[key] = _Decision(states[key].theirs, (Conflict(table, key, None, *states[key]),))
    rows = [decision.row for decision in decisions.values() if decision.row is not None]
    merged = pl.concat([from_them, from_me, pl.DataFrame(rows, schema=theirs.schema)])
    conflicts = [conflict for decision in decisions.values() for conflict in decision.conflicts]
    return in_order(keys, base, theirs, mine, merged), conflicts


def _changed(keys: list[str], before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The keys of the rows that were added, changed or removed."""
    new = after.join(before, on=after.columns, how="anti", nulls_equal=True)
    removed = before.join(after, on=keys, how="anti", nulls_equal=True)
    return pl.concat([new.select(keys), removed.select(keys)])


def _changed_by_both(
    keys: list[str], changed: pl.DataFrame, base: pl.DataFrame, theirs: pl.DataFrame, mine: pl.DataFrame
) -> dict[Key, _RowStates]:
    """The rows that both sides changed, by key, in the order of theirs and then of mine."""
    before, stored, meant = (
        _by_key(keys, frame.join(changed, on=keys, how="semi", maintain_order="left", nulls_equal=True))
        for frame in (base, theirs, mine)
    )
    return {key: _RowStates(before.get(key), stored.get(key), meant.get(key)) for key in {**stored, **meant}}


def _by_key(keys: list[str], frame: pl.DataFrame) -> dict[Key, Row]:
    return {tuple(row[name] for name in keys): row for row in frame.iter_rows(named=True)}


def _decide(table: str, key: Key, states: _RowStates) -> _Decision:
    """What becomes of a row that both sides changed."""
    base, theirs, mine = states
    if theirs == mine:
        return _Decision(theirs)
    if theirs is None or mine is None:  # one side removed what the other changed
        return _Decision(theirs or mine, (Conflict(table, key, None, *states),))
    before: Mapping[str, Any] = base or {}
    cells = [_Cell(name, before.get(name), theirs[name], mine[name], base is None) for name in theirs]
    conflicts = tuple(Conflict(table, key, *clash) for cell in cells for clash in cell.clashes())
    return _Decision({cell.column: cell.merged for cell in cells}, conflicts, mixed=base is not None and not conflicts)


def _rule_breakers(table: str, decisions: Mapping[Key, _Decision]) -> list[Key]:
    """The keys of mixed rows that break a rule of the table, which neither side's row does by itself."""
    rows = [decision.row for decision in decisions.values() if decision.mixed]
    declared = schema.SCHEMAS[table]
    mixed = pl.DataFrame(rows, schema=declared.polars())
    if not rows or declared.is_valid(mixed):
        return []
    keys = list(schema.keys(table))
    valid, _ = declared.filter(mixed)
    return list(mixed.join(valid, on=keys, how="anti", nulls_equal=True).select(keys).iter_rows())
