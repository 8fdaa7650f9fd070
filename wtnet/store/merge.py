"""Two people changed the same programme: what both did, joined by row and by cell.

A three-way merge: `base` is the state both began with, `theirs` what was saved meanwhile, `mine` what is to be saved.
A row changed by one of them is taken as that one left it, and different cells of one row are taken from either. What
both changed differently is a `Conflict` for a person to decide; until then the merged tables hold the stored side,
and never leave out a row that somebody still uses. (The rule by cell is that of diff3: Khanna, Kunal & Pierce 2007.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.store.difference import once
from wtnet.store.references import dangling, held_together
from wtnet.tables import Tables, schema

THEIRS: Literal["theirs"] = "theirs"
MINE: Literal["mine"] = "mine"
Key = tuple[Any, ...]
Place = tuple[str, Key, str | None]


@dataclass(frozen=True)
class Conflict:
    """One thing that both changed differently.

    With a `column` it is a cell, and `base`, `theirs` and `mine` are its values. Without, it is a whole row (one side
    removed what the other changed or refers to, or both changes together break a rule of the row): the three are then
    mappings of column to value, null where the row is not there. `author` is who stored `theirs`; null if not known.
    """

    table: str
    key: Key
    column: str | None
    base: Any
    theirs: Any
    mine: Any
    author: str | None = None

    @property
    def place(self) -> Place:
        """Table, key and column: what a choice is made for."""
        return self.table, self.key, self.column


@dataclass(frozen=True, eq=False)
class Merged:
    """What both did. `tables` can be stored if there are no `conflicts`; else see `resolve`."""

    tables: Tables
    conflicts: tuple[Conflict, ...] = field(default=())


def merge(base: Tables, theirs: Tables, mine: Tables) -> Merged:
    """Join two changes of one state. Apart from the order of rows, it does not matter which of the two is `theirs`."""
    frames: dict[str, pl.DataFrame] = {}
    conflicts: list[Conflict] = []
    for name in schema.NAMES:
        once(name, mine[name])
        frames[name], found = _table(name, base[name], theirs[name], mine[name])
        conflicts += found
    return _holding(Merged(Tables(frames), tuple(conflicts)), base, theirs, mine)


def resolve(merged: Merged, choices: Mapping[Place, Literal["theirs", "mine"]]) -> Tables:
    """The merged tables with every conflict decided: `choices` says theirs or mine for the `place` of each.

    Where the removal of a row is chosen, what refers to it goes with it: rows whose reference may not be empty are
    left out, other references are emptied. A conflict without a choice is an InvalidRequest.
    """
    rows: dict[str, list[tuple[Conflict, Any]]] = {}
    for conflict in merged.conflicts:
        choice = choices.get(conflict.place)
        if choice not in (THEIRS, MINE):
            where = f"{conflict.table}, {' / '.join(map(str, conflict.key))}" + (
                f", {conflict.column}" if conflict.column else ""
            )
            raise InvalidRequest(f"Nothing was chosen for {where}; choose theirs or mine for each, then save again.")
        rows.setdefault(conflict.table, []).append((conflict, conflict.theirs if choice == THEIRS else conflict.mine))
    frames = {name: _decided(name, merged.tables[name], rows.get(name, [])) for name in schema.NAMES}
    removed: dict[str, set[str]] = {}
    for name, decisions in rows.items():
        for conflict, value in decisions:
            if conflict.column is None and value is None:
                removed.setdefault(name, set()).add(conflict.key[0])
    tables = _without_lost(Tables(frames), removed)
    held_together(tables)
    for name in rows:
        if not schema.SCHEMAS[name].is_valid(tables[name]):
            raise InvalidRequest(f"The choices made do not fit together in {name}; choose one side for the whole row instead.")
    return tables


# -- one table --------------------------------------------------------------------------------------------------


def _table(name: str, base: pl.DataFrame, theirs: pl.DataFrame, mine: pl.DataFrame) -> tuple[pl.DataFrame, list[Conflict]]:
    if mine.equals(base) or mine.equals(theirs):
        return theirs, []
    if theirs.equals(base):
        return mine, []
    keys = list(schema.keys(name))
    columns = theirs.columns
    rest = [column for column in columns if column not in keys]
    every = pl.concat([theirs.select(keys), mine.select(keys), base.select(keys)]).unique(maintain_order=True)
    for side, frame in (("b", base), ("t", theirs), ("m", mine)):
        named = frame.select(*keys, pl.lit(True).alias(f"_{side}"), *[pl.col(one).alias(f"{side}:{one}") for one in rest])
        every = every.join(named, on=keys, how="left", maintain_order="left")
    every = every.with_columns(pl.col("_b", "_t", "_m").fill_null(False))
    b, t, m = pl.col("_b"), pl.col("_t"), pl.col("_m")
    every = every.with_columns(_differs("t", rest).alias("_tc"), _differs("m", rest).alias("_mc"), _apart(rest).alias("_apart"))
    both = t & m
    clash = [(both & _clash(one)).alias(f"x:{one}") for one in rest]
    row_clash = (b & ((t & ~m & pl.col("_tc")) | (m & ~t & pl.col("_mc")))).alias("_x")
    cells = [
        pl.when(both & b & ~_changed("t", one))
        .then(pl.col(f"m:{one}"))
        .when(t)
        .then(pl.col(f"t:{one}"))
        .otherwise(pl.col(f"m:{one}"))
        .alias(one)
        for one in rest
    ]
    stays = both | (t & (~b | pl.col("_tc"))) | (m & (~b | pl.col("_mc")))
    every = every.with_columns(*clash, row_clash, *cells, stays.alias("_stays"))
    mixed = (
        both
        & b
        & pl.col("_tc")
        & pl.col("_mc")
        & pl.col("_apart")
        & ~pl.any_horizontal(pl.lit(False), *[f"x:{one}" for one in rest])
    )
    every = _broken(name, every, mixed, columns)
    merged = every.filter("_stays").select(columns)
    return _in_order(keys, base, theirs, mine, merged), _found(name, keys, rest, every)


def _changed(side: str, column: str) -> pl.Expr:
    return ~pl.col(f"{side}:{column}").eq_missing(pl.col(f"b:{column}"))


def _differs(side: str, rest: Iterable[str]) -> pl.Expr:
    return pl.any_horizontal(pl.lit(False), *[_changed(side, one) for one in rest])


def _apart(rest: Iterable[str]) -> pl.Expr:
    return pl.any_horizontal(pl.lit(False), *[~pl.col(f"t:{one}").eq_missing(pl.col(f"m:{one}")) for one in rest])


def _clash(column: str) -> pl.Expr:
    """Both sides differ from each other, and neither from what was there before (or nothing was)."""
    apart = ~pl.col(f"t:{column}").eq_missing(pl.col(f"m:{column}"))
    return apart & (~pl.col("_b") | (_changed("t", column) & _changed("m", column)))


def _broken(name: str, every: pl.DataFrame, mixed: pl.Expr, columns: list[str]) -> pl.DataFrame:
    """Rows whose cells come from both, and together break a rule of the table, become conflicts of the whole row."""
    every = every.with_columns(mixed.alias("_mixed"))
    rows = every.filter("_mixed").select(columns)
    if not rows.height or schema.SCHEMAS[name].is_valid(rows):
        return every
    good, _ = schema.SCHEMAS[name].filter(rows)
    keys = list(schema.keys(name))
    bad = rows.join(good, on=keys, how="anti").select(*keys, pl.lit(True).alias("_bad"))
    every = every.join(bad, on=keys, how="left", maintain_order="left").with_columns(pl.col("_bad").fill_null(False))
    back = [pl.when("_bad").then(pl.col(f"t:{one}")).otherwise(pl.col(one)).alias(one) for one in columns if one not in keys]
    return every.with_columns(*back, (pl.col("_x") | pl.col("_bad")).alias("_x"))


def _found(name: str, keys: list[str], rest: list[str], every: pl.DataFrame) -> list[Conflict]:
    """The conflicts of one table, row by row."""
    marks = [f"x:{one}" for one in rest]
    rows = every.filter(pl.any_horizontal("_x", *marks))
    conflicts = []
    for row in rows.iter_rows(named=True):
        key = tuple(row[one] for one in keys)
        if row["_x"]:
            before, stored, meant = (_side(row, side, keys, rest) for side in "btm")
            conflicts.append(Conflict(name, key, None, before, stored, meant))
        conflicts += [
            Conflict(name, key, one, row[f"b:{one}"], row[f"t:{one}"], row[f"m:{one}"]) for one in rest if row[f"x:{one}"]
        ]
    return conflicts


def _side(row: dict[str, Any], side: str, keys: list[str], rest: list[str]) -> dict[str, Any] | None:
    if not row[f"_{side}"]:
        return None
    return {**{one: row[one] for one in keys}, **{one: row[f"{side}:{one}"] for one in rest}}


def _in_order(
    keys: list[str], base: pl.DataFrame, theirs: pl.DataFrame, mine: pl.DataFrame, merged: pl.DataFrame
) -> pl.DataFrame:
    """The rows in their stored order (mine, if only mine moved rows); those of the other side after their neighbours there."""
    was, one, other = (list(frame.select(keys).iter_rows()) for frame in (base, theirs, mine))
    shared = set(was) & set(one) & set(other)
    before, stored, meant = ([key for key in side if key in shared] for side in (was, one, other))
    if stored == before != meant:
        one, other = other, one
    main, aside = set(one), set(other)
    after: dict[Key | None, list[Key]] = {}
    anchor: Key | None = None
    for key in other:
        if key in main:
            anchor = key
        else:
            after.setdefault(anchor, []).append(key)
    order: list[Key] = []
    anchor = None
    for key in one:
        if key in aside:
            order += after.pop(anchor, [])
            anchor = key
        order.append(key)
    order += after.pop(anchor, [])
    place = pl.DataFrame(order, schema={key: merged.schema[key] for key in keys}, orient="row").with_row_index("_place")
    return merged.join(place, on=keys, how="left").sort("_place", nulls_last=True, maintain_order=True).drop("_place")


# -- references -------------------------------------------------------------------------------------------------


def _holding(merged: Merged, base: Tables, theirs: Tables, mine: Tables) -> Merged:
    """What one side removed and the other, or such a row in its turn, refers to is kept and put before the person."""
    found, known = merged, {conflict.place for conflict in merged.conflicts}
    while back := _lost(found, base):
        tables, conflicts = found.tables, list(found.conflicts)
        for target, rows in back.items():
            kept_by_them = set(theirs[target]["id"])
            for row in rows.iter_rows(named=True):
                sides = (row, None) if row["id"] in kept_by_them else (None, row)
                conflict = Conflict(target, (row["id"],), None, row, *sides)
                if conflict.place not in known:
                    conflicts.append(conflict)
            joined = pl.concat([tables[target], rows])
            tables = tables.with_(**{target: _in_order(["id"], base[target], theirs[target], mine[target], joined)})
        found = Merged(tables, tuple(conflicts))
    held_together(found.tables)
    return found


def _lost(merged: Merged, base: Tables) -> dict[str, pl.DataFrame]:
    """Rows of `base` that are gone but referred to, whichever way the conflicts are decided, by table."""
    lost: dict[str, set[str]] = {}
    for state in (merged.tables, _all_mine(merged)):
        for one in dangling(state):
            lost.setdefault(one.target, set()).update(set(one.ids) - set(merged.tables[one.target]["id"]))
    rows = {target: base[target].filter(pl.col("id").is_in(list(ids))) for target, ids in lost.items()}
    return {target: found for target, found in rows.items() if found.height}


def _all_mine(merged: Merged) -> Tables:
    """The merged tables with every conflict decided for mine."""
    rows: dict[str, list[tuple[Conflict, Any]]] = {}
    for conflict in merged.conflicts:
        rows.setdefault(conflict.table, []).append((conflict, conflict.mine))
    return Tables({name: _decided(name, merged.tables[name], rows.get(name, [])) for name in schema.NAMES})


def _decided(name: str, frame: pl.DataFrame, decisions: list[tuple[Conflict, Any]]) -> pl.DataFrame:
    """A table with each conflict's cell, or row, as it was decided; a row that comes back stands last."""
    if not decisions:
        return frame
    keys = list(schema.keys(name))
    wanted = {conflict.key for conflict, _ in decisions}
    frame = frame.with_row_index("_place")
    chosen = pl.DataFrame(list(wanted), schema={key: frame.schema[key] for key in keys}, orient="row")
    touched = frame.join(chosen, on=keys, how="semi")
    rows: dict[Key, dict[str, Any] | None] = {tuple(row[key] for key in keys): row for row in touched.iter_rows(named=True)}
    for conflict, value in decisions:
        row = rows.get(conflict.key)
        place = row["_place"] if row else frame.height
        if conflict.column is None:
            rows[conflict.key] = None if value is None else {**value, "_place": place}
        elif row is not None:
            rows[conflict.key] = {**row, conflict.column: value}
    made = pl.DataFrame([row for row in rows.values() if row is not None], schema=frame.schema)
    kept = frame.join(chosen, on=keys, how="anti")
    return pl.concat([kept, made]).sort("_place", maintain_order=True).drop("_place")


def _without_lost(tables: Tables, removed: dict[str, set[str]]) -> Tables:
    """What refers to the removed rows goes with them: the row where the reference may not be empty, else the reference."""
    for one in list(dangling(tables)):
        ids = [value for value in one.ids if value in removed.get(one.target, ())]
        lost = pl.col(one.column).is_in(ids)
        if schema.column(one.table, one.column).nullable:
            frame = tables[one.table].with_columns(pl.when(~lost).then(pl.col(one.column)).alias(one.column))
        else:
            frame = tables[one.table].filter(~lost)
        tables = tables.with_(**{one.table: frame})
    return tables
