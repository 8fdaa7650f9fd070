"""Cells that name a partner, pilot, wave or indicator by its name where its id is meant: put right, and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import polars as pl

from wtnet.tables import Problem, RawTable, Tables, schema
from wtnet.tables.model import ROW, place
from wtnet.tables.text import normal

_SHOWN = 3


def by_name(tables: Sequence[RawTable], known: Tables | None) -> tuple[list[RawTable], list[Problem]]:
    """The raw tables with each name in the place of an id replaced by the id, where exactly one row has that name.

    What is an id already stays. A notice per column says how many cells were read so.
    """
    targets = {schema.reference(table, column) for table in schema.NAMES for column in schema.SCHEMAS[table].column_names()}
    ids = {target: _ids(tables, known, target) for target in targets if target}
    found: list[RawTable] = []
    notices: list[Problem] = []
    for one in tables:
        frame = one.frame
        for heading in frame.columns:
            column = normal(heading)
            target = None if heading == ROW or column not in schema.SCHEMAS[one.name].column_names() else _target(one, column)
            if target is None:
                continue
            here, names = ids[target]
            values = frame[heading].drop_nulls().unique()
            new = {value: names[_folded(value)] for value in values if value.strip() not in here and _folded(value) in names}
            if not new:
                continue
            number = int(frame[heading].is_in(list(new)).sum())
            frame = frame.with_columns(pl.col(heading).replace(new))
            notices.append(_said(one, heading, number, new, target))
        found.append(one if frame is one.frame else RawTable(one.name, frame, one.file, one.sheet))
    return found, notices


def _target(one: RawTable, column: str) -> str | None:
    return schema.reference(one.name, column)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _ids(tables: Sequence[RawTable], known: Tables | None, target: str) -> tuple[set[str], dict[str, str]]:
    """The ids of a table, in the files and stored, and the id behind each name that only one row has."""
    pairs: dict[str, str] = dict(known[target].select("id", "name").iter_rows()) if known else {}
    for one in tables:
        heads = {normal(heading): heading for heading in reversed(one.frame.columns)}
        if one.name == target and {"id", "name"} <= set(heads):
            rows = one.frame.select(heads["id"], heads["name"]).drop_nulls()
            pairs.update((key.strip(), name) for key, name in rows.iter_rows())
    times = Counter(_folded(name) for name in pairs.values())
    names = {_folded(name): key for key, name in pairs.items() if times[_folded(name)] == 1 and _folded(name)}
    return set(pairs), names


def _said(one: RawTable, heading: str, number: int, new: dict[str, str], target: str) -> Problem:
    shown = ", ".join(f'"{name.strip()[:40]}" is {key}' for name, key in list(new.items())[:_SHOWN])
    more = f" and {len(new) - _SHOWN:,} more" if len(new) > _SHOWN else ""
    cells = f"{number:,} cell{' names' if number == 1 else 's name'}"
    words = f"{place(one.file, one.sheet, None, heading)}: {cells} {target} by name; read as their ids ({shown}{more})."
    return Problem("by_name", words, one.file, one.sheet, None, normal(heading))
