"""What hangs on rows that a person leaves out: results of an indicator, ratings of a partner go with it, and that is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

import polars as pl

from wtnet.importing.left_sheets import name_of
from wtnet.tables import Problem, Raw, RawTable, Tables, schema
from wtnet.tables.text import count, normal


def without(raw: Raw, before: Raw, left: Collection[tuple[str, str | None]] = (), known: Tables | None = None) -> Raw:
    """The raw tables without references to rows of `before` that are gone, or to a table of ours whose sheet was left out.

    Where a row can do without the reference the cell is emptied, else the row goes, and with it what hangs on that. What is
    stored already (`known`) is not gone. One notice counts it.
    """
    rows, cells = Counter[str](), Counter[str]()
    tables = list(raw.tables)
    gone = [(table, ids) for table in schema.NAMES if (ids := _ids(before.tables, table) - _ids(tables, table))]
    away = {normal(name_of(*place)) for place in left} & {*schema.NAMES} - {table.name for table in tables}
    gone += [(table, _named(tables, table) - _ids(tables, table)) for table in away]
    for target, lost in gone:  # grows on the way
        ids = lost - ({*known[target]["id"]} if known is not None and "id" in known[target].columns else set())
        if not ids:
            continue
        for at, table in enumerate(tables):
            shorter, dropped, emptied = _less(table, target, ids)
            if dropped:
                gone.append(
                    (table.name, _ids([table], table.name) - _ids([*tables[:at], shorter, *tables[at + 1 :]], table.name))
                )
            tables[at] = shorter
            rows[table.name] += dropped
            cells[table.name] += emptied
    if not +rows and not +cells:
        return raw
    return replace(raw, tables=tuple(tables), notices=(*raw.notices, _notice(rows, cells, raw)))


def _notice(rows: Counter[str], cells: Counter[str], raw: Raw) -> Problem:
    words = ", ".join(f"{count(number, 'row')} of {table}" for table, number in (+rows).items())
    emptied = ", ".join(f"{count(number, 'cell')} of {table}" for table, number in (+cells).items())
    parts = [f"{words} left out too" if words else "", f"{emptied} that named it emptied" if emptied else ""]
    file = raw.tables[0].file if raw.tables else ""
    return Problem("left_out", f"{file}: with what you left out, what hangs on it: {'; '.join(filter(None, parts))}.", file)


def _headings(table: RawTable, target: str) -> list[str]:
    """The headings of a table that refer to another."""
    columns = schema.SCHEMAS[table.name].column_names()
    return [
        name for name in table.frame.columns if normal(name) in columns and schema.reference(table.name, normal(name)) == target
    ]


def _ids(tables: Iterable[RawTable], name: str) -> set[str]:
    """The ids of the rows of a table."""
    frames = [table.frame for table in tables if table.name == name]
    return {id.strip() for frame in frames for heading in frame.columns if normal(heading) == "id" for id in frame[heading] if id}


def _named(tables: Iterable[RawTable], target: str) -> set[str]:
    """What the tables call rows of another by."""
    return {cell.strip() for table in tables for heading in _headings(table, target) for cell in table.frame[heading] if cell}


def _less(table: RawTable, target: str, ids: set[str]) -> tuple[RawTable, int, int]:
    """A table without what refers to some rows; how many rows are gone and how many cells are emptied."""
    frame, emptied = table.frame, 0
    for heading in _headings(table, target):
        refers = pl.col(heading).str.strip_chars().is_in(list(ids)).fill_null(False)
        if schema.may_lose(table.name, normal(heading)):
            emptied += frame.filter(refers).height
            frame = frame.with_columns(pl.when(refers).then(None).otherwise(pl.col(heading)).alias(heading))
        else:
            frame = frame.filter(~refers)
    return replace(table, frame=frame), table.frame.height - frame.height, emptied
