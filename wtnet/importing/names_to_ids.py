"""Cells that name a partner, pilot, wave or indicator by its name where its id is meant: put right, with a notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import polars as pl

from wtnet.tables import Problem, RawTable, Tables, schema
from wtnet.tables.model import ROW, place
from wtnet.tables.text import name_key, normal

_SHOWN = 3


def names_to_ids(tables: Sequence[RawTable], known: Tables | None) -> tuple[list[RawTable], list[Problem]]:
    """The raw tables with each name in the place of an id replaced by the id, where exactly one row has that name.

    What is an id already stays. A notice per column says how many cells were read so.
    """
    targets = {schema.reference(table, column) for table in schema.NAMES for column in schema.SCHEMAS[table].column_names()}
    ids = {target: _ids(tables, known, target) for target in targets if target}
    right: list[RawTable] = []
    notices: list[Problem] = []
    for table in tables:
        frame = table.frame
        for heading in frame.columns:
            column = normal(heading)
            declared = heading != ROW and column in schema.SCHEMAS[table.name].column_names()
            target = schema.reference(table.name, column) if declared else None
            if target is None:
                continue
            known_ids, id_of = ids[target]
            cells = frame[heading].drop_nulls().unique()
            new = {cell: id_of[name_key(cell)] for cell in cells if cell.strip() not in known_ids and name_key(cell) in id_of}
            if not new:
                continue
            number = int(frame[heading].is_in(list(new)).sum())
            frame = frame.with_columns(pl.col(heading).replace(new))
            notices.append(_notice(table, heading, number, new, target))
        right.append(table if frame is table.frame else RawTable(table.name, frame, table.file, table.sheet))
    return right, notices


def _ids(tables: Sequence[RawTable], known: Tables | None, target: str) -> tuple[set[str], dict[str, str]]:
    """The ids of a table, in the files and stored, and the id behind each name that only one row has."""
    names = known.names(target) if known else {}
    for table in tables:
        headings = {normal(heading): heading for heading in reversed(table.frame.columns)}
        if table.name == target and {"id", "name"} <= set(headings):
            rows = table.frame.select(headings["id"], headings["name"]).drop_nulls()
            names.update((id.strip(), name) for id, name in rows.iter_rows())
    times = Counter(name_key(name) for name in names.values())
    id_of = {name_key(name): id for id, name in names.items() if times[name_key(name)] == 1 and name_key(name)}
    return set(names), id_of


def _notice(table: RawTable, heading: str, number: int, new: dict[str, str], target: str) -> Problem:
    shown = ", ".join(f'"{name.strip()[:40]}" is {id}' for name, id in list(new.items())[:_SHOWN])
    more = f" and {len(new) - _SHOWN:,} more" if len(new) > _SHOWN else ""
    cells = f"{number:,} cell{' names' if number == 1 else 's name'}"
    words = f"{place(table.file, table.sheet, None, heading)}: {cells} {target} by name; read as their ids ({shown}{more})."
    return Problem("by_name", words, table.file, table.sheet, None, normal(heading))
