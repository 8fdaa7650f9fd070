"""Sheets of one workbook as one: partners, pilots, waves and indicators of one name are one row, whichever sheet names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import add

import polars as pl

from wtnet.readers.core.elements import Row, frame
from wtnet.readers.core.text import listing
from wtnet.tables import schema
from wtnet.tables.model import ROW, Problem, Raw, RawTable, place
from wtnet.tables.text import count, name_key, short_id

_MEET = ("organisations", "pilots", "waves", "indicators")


def united(raws: Sequence[Raw]) -> Raw:
    """Several sheets' tables as one: partners, pilots, waves and indicators of one name are one row, under the id met first."""
    ids: dict[str, dict[str, str]] = {table: {} for table in _MEET}
    seen: dict[str, set[str]] = {}
    new: dict[str, dict[str, str]] = {table: {} for table in _MEET}
    result = []
    for raw in raws:
        for table in raw.tables:
            if table.name in _MEET and {"id", "name"} <= set(table.frame.columns):
                for id, name in table.frame.select("id", "name").iter_rows():
                    first = ids[table.name].setdefault(name_key(name or id), id)
                    ids[table.name].setdefault(name_key(id), first)
                    if first != id:
                        new[table.name][id] = first
    for raw in raws:
        result.append(replace(raw, tables=tuple(_one_each(_referring(table, ids, new), seen) for table in raw.tables)))
    whole = _with_leads(reduce(add, result))
    return replace(whole, notices=tuple(_fewer(whole)))


def _with_leads(raw: Raw) -> Raw:
    """Add a partner for each lead of a pilot that no other sheet names."""
    known = {id for table in raw.tables if table.name == "organisations" for id in table.frame["id"]}
    pilots = [table for table in raw.tables if table.name == "pilots" and "lead" in table.frame.columns]
    leads = {lead: table for table in pilots for lead in table.frame["lead"].drop_nulls() if lead not in known}
    if raw.declared or not leads:
        return raw
    rows: list[Row] = [{"id": lead, "name": lead, "kind": "other", ROW: 1} for lead in leads]
    first = next(iter(leads.values()))
    table = RawTable("organisations", frame(["id", "name", "kind"], rows), first.file, first.sheet)
    return raw + Raw(raw.format, (table,), declared=False)


def _referring(table: RawTable, ids: Mapping[str, Mapping[str, str]], new: Mapping[str, Mapping[str, str]]) -> RawTable:
    """A table with the ids of others replaced by those met first; a name in the place of an id is that id."""
    changes = []
    for column in table.frame.columns:
        target = table.name if column == "id" and table.name in _MEET else None
        if column != ROW and target is None and column in schema.SCHEMAS[table.name].column_names():
            target = schema.reference(table.name, column)
        if target not in _MEET:
            continue
        cells_ = table.frame[column].drop_nulls().unique()
        known = {cell: new[target].get(cell) or ids[target].get(name_key(cell), cell) for cell in cells_}
        changes.append(pl.col(column).replace(known))
    return replace(table, frame=table.frame.with_columns(changes)) if changes else table


def _one_each(table: RawTable, seen: dict[str, set[str]]) -> RawTable:
    """A table without rows whose id stood on a sheet before; of ties, whose id did, with a new id."""
    if "id" not in table.frame.columns:
        return table
    taken = seen.setdefault(table.name, set())
    if table.name in _MEET:
        first = [id not in taken and not taken.add(id) for id in table.frame["id"]]  # type: ignore[func-returns-value]
        return replace(table, frame=table.frame.filter(pl.Series(first, dtype=pl.Boolean)))
    fresh = []
    for id in table.frame["id"]:
        name, number = id, 1
        while name in taken:
            number += 1
            name = f"{short_id(id, 180)}--{table.sheet or number}" if number == 2 else f"{short_id(id, 180)}--{number}"
        taken.add(name)
        fresh.append(short_id(name))
    return replace(table, frame=table.frame.with_columns(pl.Series("id", fresh, dtype=pl.String)))


def _fewer(raw: Raw) -> list[Problem]:
    """The notices without those on partners that one sheet alone names and another lists, with one on those that none lists."""
    created = {notice.sheet for notice in raw.notices if notice.rule in ("created_partner", "matrix")}
    tables = [table for table in raw.tables if table.name == "organisations"]
    if all(table.sheet in created for table in tables):
        return list(raw.notices)
    kept = [notice for notice in raw.notices if notice.rule not in ("created_partner", "no_kind") or notice.sheet not in created]
    more = [name for table in tables if table.sheet in created for name in table.frame["name"]]
    if more:
        words = f"{count(len(more), 'partner')} in no list of partners, created with the kind other: {listing(more, 8)}."
        kept.append(Problem("created_partner", f"{place(tables[0].file, None)}: {words}", tables[0].file))
    return kept
