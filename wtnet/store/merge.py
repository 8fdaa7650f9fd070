"""Two people changed the same programme: what both did, joined by row and by cell.

A three-way merge: `base` is the state both began with, `theirs` what was saved meanwhile, `mine` what is to be saved.
A row changed by one of them is taken as that one left it, and different cells of one row are taken from either. What
both changed differently is a `Conflict` for a person to decide; until then the merged tables hold the stored side,
and never leave out a row that somebody still uses. (The rule by cell is that of diff3: Khanna, Kunal & Pierce 2007.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.store.difference import require_unique_keys
from wtnet.store.merge_table import merge_table
from wtnet.store.model import Conflict, Key, Place
from wtnet.store.references import dangling_references, require_references
from wtnet.store.row_order import in_order
from wtnet.tables import Tables, own, schema

THEIRS: Literal["theirs"] = "theirs"
MINE: Literal["mine"] = "mine"


@dataclass(frozen=True, eq=False)
class MergeResult:
    """What both did. `tables` can be stored if there are no `conflicts`; else see `resolve`."""

    tables: Tables
    conflicts: tuple[Conflict, ...] = field(default=())


def merge(base: Tables, theirs: Tables, mine: Tables) -> MergeResult:
    """Join two changes of one state. Which of the two is `theirs` matters only for the order of rows."""
    frames: dict[str, pl.DataFrame] = {}
    conflicts: list[Conflict] = []
    for name in schema.NAMES:
        require_unique_keys(name, mine[name])
        frames[name], clashes = merge_table(name, base[name], theirs[name], mine[name])
        conflicts += clashes
    return _with_referred_rows(MergeResult(Tables(frames), tuple(conflicts)), base, theirs, mine)


def resolve(merged: MergeResult, choices: Mapping[Place, Literal["theirs", "mine"]]) -> Tables:
    """The merged tables with every conflict decided: `choices` says theirs or mine for the `place` of each.

    Where the removal of a row is chosen, what refers to it goes with it: rows whose reference may not be empty are
    left out, other references are emptied. A conflict without a choice is an InvalidRequest.
    """
    rows: dict[str, list[tuple[Conflict, Any]]] = {}
    for conflict in merged.conflicts:
        choice = choices.get(conflict.place)
        if choice not in (THEIRS, MINE):
            where = f"{conflict.table}, {' / '.join(str(part) for part in conflict.key if part is not None)}" + (
                f", {conflict.column}" if conflict.column else ""
            )
            raise InvalidRequest(f"Nothing was chosen for {where}; choose theirs or mine for each, then save again.")
        rows.setdefault(conflict.table, []).append((conflict, conflict.theirs if choice == THEIRS else conflict.mine))
    frames = {name: _with_choices(name, merged.tables[name], rows.get(name, [])) for name in schema.NAMES}
    removed: dict[str, set[str]] = {}
    for name, decisions in rows.items():
        for conflict, value in decisions:
            if conflict.column is None and value is None:
                removed.setdefault(name, set()).add(conflict.key[0])
    tables = _without_lost(Tables(frames), removed)
    require_references(tables)
    for name in rows:
        if not schema.SCHEMAS[name].is_valid(tables[name]):
            raise InvalidRequest(f"The choices made do not fit together in {name}; choose one side for the whole row instead.")
    return tables


# -- references -------------------------------------------------------------------------------------------------


def _with_referred_rows(merged: MergeResult, base: Tables, theirs: Tables, mine: Tables) -> MergeResult:
    """Bring back rows that one side removed but the other (or a row so brought back) refers to, each as a conflict."""
    result, known = merged, {conflict.place for conflict in merged.conflicts}
    while back := _lost(result, base):
        tables, conflicts = result.tables, list(result.conflicts)
        for target, rows in back.items():
            kept_by_them = set(theirs[target]["id"])
            for row in rows.iter_rows(named=True):
                sides = (row, None) if row["id"] in kept_by_them else (None, row)
                conflict = Conflict(target, (row["id"],), None, row, *sides)
                if conflict.place not in known:
                    conflicts.append(conflict)
            joined = pl.concat([tables[target], rows])
            tables = tables.with_(**{target: in_order(["id"], base[target], theirs[target], mine[target], joined)})
        result = MergeResult(tables, tuple(conflicts))
    require_references(result.tables)
    return result


def _lost(merged: MergeResult, base: Tables) -> dict[str, pl.DataFrame]:
    """Rows of `base` that are gone but referred to, whichever way the conflicts are decided, by table."""
    lost: dict[str, set[str]] = {}
    for state in (merged.tables, _all_mine(merged)):
        for column in dangling_references(state):
            lost.setdefault(column.target, set()).update(set(column.ids) - set(merged.tables[column.target]["id"]))
    rows = {target: base[target].filter(pl.col("id").is_in(list(ids))) for target, ids in lost.items()}
    return {target: gone for target, gone in rows.items() if gone.height}


def _all_mine(merged: MergeResult) -> Tables:
    """The merged tables with every conflict decided for mine."""
    rows: dict[str, list[tuple[Conflict, Any]]] = {}
    for conflict in merged.conflicts:
        rows.setdefault(conflict.table, []).append((conflict, conflict.mine))
    return Tables({name: _with_choices(name, merged.tables[name], rows.get(name, [])) for name in schema.NAMES})


def _with_choices(name: str, frame: pl.DataFrame, decisions: list[tuple[Conflict, Any]]) -> pl.DataFrame:
    """A table with the chosen cell or row of each conflict; a row that comes back stands last."""
    if not decisions:
        return frame
    keys = list(schema.keys(name))
    wanted = {conflict.key for conflict, _ in decisions}
    frame = frame.with_row_index("_place")
    chosen = pl.DataFrame(list(wanted), schema={key: frame.schema[key] for key in keys}, orient="row")
    touched = frame.join(chosen, on=keys, how="semi", nulls_equal=True)
    rows: dict[Key, dict[str, Any] | None] = {tuple(row[key] for key in keys): row for row in touched.iter_rows(named=True)}
    for conflict, value in decisions:
        row = rows.get(conflict.key)
        place = row["_place"] if row else frame.height
        if conflict.column is None:
            rows[conflict.key] = None if value is None else {**value, "_place": place}
        elif row is not None and conflict.column.startswith(own.PREFIX):
            cell = own.set_in(row[schema.OWN], conflict.column.removeprefix(own.PREFIX), value)
            rows[conflict.key] = {**row, schema.OWN: cell}
        elif row is not None:
            rows[conflict.key] = {**row, conflict.column: value}
    decided = pl.DataFrame([row for row in rows.values() if row is not None], schema=frame.schema)
    kept = frame.join(chosen, on=keys, how="anti", nulls_equal=True)
    return pl.concat([kept, decided]).sort("_place", maintain_order=True).drop("_place")


def _without_lost(tables: Tables, removed: dict[str, set[str]]) -> Tables:
    """Remove what refers to removed rows: the whole row where the reference may not be empty, else the reference."""
    for reference in list(dangling_references(tables)):
        ids = [value for value in reference.ids if value in removed.get(reference.target, ())]
        lost = pl.col(reference.column).is_in(ids)
        if schema.may_lose(reference.table, reference.column):
            frame = tables[reference.table].with_columns(pl.when(~lost).then(pl.col(reference.column)).alias(reference.column))
        else:
            frame = tables[reference.table].filter(~lost)
        tables = tables.with_(**{reference.table: frame})
    return tables
