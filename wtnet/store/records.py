"""Rows of the record tables: reading the state at a revision, and writing what differs from it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from typing import Any

import polars as pl
import sqlalchemy as sa

from wtnet.errors import InvalidRequest
from wtnet.store.sql_schema import RECORDS
from wtnet.tables import Tables, schema

GAP = 1 << 32
"""Room left between two neighbouring rows, so that rows can come between them without moving any."""

_EXTRA: dict[str, pl.DataType] = {"_record": pl.Int64(), "_ordinal": pl.Int64()}
_DECLARED = {name: schema.SCHEMAS[name].polars() for name in schema.NAMES}


def read(connection: sa.Connection, name: str, programme: str, revision: int | None = None) -> pl.DataFrame:
    """One table of a programme at a revision (null: the current one) in its stored order.

    The declared columns, after `_record` (the version's number) and `_ordinal`.
    """
    given = {"of_programme": programme} | ({} if revision is None else {"at_revision": revision})
    rows = connection.execute(_query(name, current=revision is None), given).fetchall()
    if not rows:
        return empty(name)
    types, cells = {**_EXTRA, **_DECLARED[name]}, zip(*rows, strict=True)
    series = [pl.Series(column, values, dtype=kind) for (column, kind), values in zip(types.items(), cells, strict=True)]
    return pl.DataFrame(series).sort("_ordinal")


@cache
def _query(name: str, current: bool) -> sa.Select[Any]:
    """What `read` asks of the programme `of_programme`, now or at the revision `at_revision`; kept, as making it takes long."""
    table = RECORDS[name]
    columns = [table.c.record, table.c.ordinal, *[table.c[column] for column in _DECLARED[name]]]
    query = sa.select(*columns).where(table.c.programme == sa.bindparam("of_programme"))
    if current:
        return query.where(table.c.revision_to.is_(None))
    revision = sa.bindparam("at_revision", type_=table.c.revision_from.type)
    later = sa.or_(table.c.revision_to.is_(None), table.c.revision_to > revision)
    return query.where(later, table.c.revision_from <= revision)


@cache
def empty(name: str) -> pl.DataFrame:
    """A table without rows, as `read` gives it."""
    return pl.DataFrame(schema={**_EXTRA, **_DECLARED[name]})


def as_tables(stored: Mapping[str, pl.DataFrame], secret: str | None = None) -> Tables:
    """The tables of what `read` gave of each."""
    rows = {name: frame.drop("_record", "_ordinal") for name, frame in stored.items() if frame.height}
    return Tables(rows, secret=secret)


def write(
    connection: sa.Connection, name: str, programme: str, revision: int, *, stored: pl.DataFrame, wanted: pl.DataFrame
) -> None:
    """Make `wanted` the current state of a table whose current state is `stored` (as `read` gives it).

    Rows that are the same keep their version. A row that changed, went or moved to another place ends its version
    with this revision; a row that changed, came or moved starts one.
    """
    columns = list(_DECLARED[name])
    keys, rest = list(schema.keys(name)), [column for column in columns if column not in schema.keys(name)]
    if not (stored.height or wanted.height) or stored.select(columns).equals(wanted):
        return
    both = wanted.join(stored, on=keys, how="left", suffix="_was", maintain_order="left", nulls_equal=True)
    ordinals = new_ordinals(both["_ordinal"].to_list())
    both = both.with_columns(pl.Series("_place", ordinals, dtype=pl.Int64))
    same = pl.all_horizontal(
        pl.col("_place").eq_missing(pl.col("_ordinal")), *[pl.col(column).eq_missing(pl.col(f"{column}_was")) for column in rest]
    )
    kept = both.filter(same)
    fresh = both.filter(~same)
    ended = stored.join(kept, on="_record", how="anti")["_record"].to_list()
    table = RECORDS[name]
    if ended:
        end = sa.update(table).where(table.c.record == sa.bindparam("_this")).values(revision_to=revision)
        connection.execute(end, [{"_this": record} for record in ended])
    if fresh.height:
        _storable(name, fresh.select(columns))
        words = [column for column in columns if isinstance(fresh.schema[column], pl.Enum)]
        values = fresh.select(
            pl.lit(programme).alias("programme"),
            pl.lit(revision).alias("revision_from"),
            pl.col("_place").alias("ordinal"),
            *columns,
        ).with_columns(pl.col(words).cast(pl.String))
        connection.execute(sa.insert(table), values.to_dicts())


def _storable(name: str, frame: pl.DataFrame) -> None:
    """Refuse text with a NUL character, which not every database can hold; the check of a file takes them out."""
    for column in frame.columns:
        if frame.schema[column] == pl.String and frame[column].str.contains("\0", literal=True).any():
            raise InvalidRequest(f'The column "{column}" of {name} holds text with a NUL character; take it out and try again.')


def require_fit(name: str, rows: list[dict[str, Any]]) -> None:
    """Raise what polars raises (or a ValueError) if these rows do not fit the declaration of their table."""
    declared = _DECLARED[name]
    frame = pl.DataFrame([{column: row[column] for column in declared} for row in rows], schema=declared, strict=True)
    for column, declaration in schema.SCHEMAS[name].columns().items():
        if not declaration.nullable and frame[column].null_count():
            raise ValueError(column)
        for limit, wrong in (("min", pl.Series.__lt__), ("max", pl.Series.__gt__)):
            bound = getattr(declaration, limit, None)
            if bound is not None and wrong(frame[column], bound).any():
                raise ValueError(column)


def new_ordinals(ordinals: list[int | None]) -> list[int]:
    """Increasing ordinals for rows in their wanted order, with as few changes as possible.

    A row with another ordinal is a new version in the database, so moving one row must not rewrite the table. `ordinals` holds
    each row's present one, null for a new row. The rows that keep theirs are a longest increasing subsequence; the others
    are spread evenly over the room between their neighbours.
    """
    stay = _longest_increasing(ordinals)
    result: list[int] = []
    waiting, before = 0, None
    for index, ordinal in enumerate([*ordinals, None]):
        last = index == len(ordinals)
        if not last and index not in stay:
            waiting += 1
            continue
        if waiting:
            between = _between(before, None if last else ordinal, waiting)
            if between is None:  # no room left: every row gets a new place
                return [GAP * (place + 1) for place in range(len(ordinals))]
            result += between
            waiting = 0
        if not last and ordinal is not None:
            result.append(ordinal)
            before = ordinal
    return result


def _between(before: int | None, after: int | None, count: int) -> list[int] | None:
    """`count` evenly spread numbers between two, or null if there is no room; a missing side has all the room."""
    if after is None:
        return [(before or 0) + GAP * (nth + 1) for nth in range(count)]
    if before is None:
        return [after - GAP * (count - nth) for nth in range(count)]
    step = (after - before) // (count + 1)
    return [before + step * (nth + 1) for nth in range(count)] if step else None


def _longest_increasing(ordinals: list[int | None]) -> set[int]:
    """The indices of a longest increasing subsequence of the ordinals, leaving out nulls (patience sorting)."""
    ends: list[int] = []
    end_at: list[int] = []
    previous: list[int] = [-1] * len(ordinals)
    for index, ordinal in enumerate(ordinals):
        if ordinal is None:
            continue
        pile = bisect_left(ends, ordinal)
        previous[index] = end_at[pile - 1] if pile else -1
        if pile == len(ends):
            ends.append(ordinal)
            end_at.append(index)
        else:
            ends[pile], end_at[pile] = ordinal, index
    indices: set[int] = set()
    index = end_at[-1] if end_at else -1
    while index >= 0:
        indices.add(index)
        index = previous[index]
    return indices
