"""What marks of problems look like, and a workbook of our sheets written anew with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import dataframely as dy

from wtnet.tables import Problem, RawTable, schema
from wtnet.tables.model import ROW, place
from wtnet.tables.text import clean, normal
from wtnet.writers.tables import sheets

AUTHOR = "wtnet check"
FILL = "FFE08A"
LIST = "Problems (ignore)"
"""The sheet that lists the problems; readers pass over it because of its name."""
COLUMNS = frozenset(column for table in schema.NAMES for column in schema.SCHEMAS[table].column_names())

_MOST_CELLS = 1_500_000
_DAY = date(2024, 1, 1)
_NUMBER = re.compile(r"-?\d{1,14}(\.\d{1,9})?")
_Place = tuple[str | None, str | None, int]
_Marks = dict[_Place, dict[str | None, list[str]]]
_Places = dict[tuple[_Place, str | None], str]


def lines(problems: Sequence[Problem]) -> Iterable[tuple[str | int | None, ...]]:
    """The rows of the list of problems, headings first."""
    yield "Sheet", "Row", "Column", "What stands there", "What to do"
    for problem in problems:
        yield problem.sheet or problem.file, problem.row, problem.column, problem.value, remedy(problem)


def remedy(problem: Problem) -> str:
    """A problem's sentence without the words that say where."""
    for where in (
        place(problem.file, problem.sheet, problem.row, problem.column),
        place(problem.file, problem.sheet, problem.row),
    ):
        if problem.sentence.startswith(where):
            sentence = problem.sentence[len(where) :].lstrip(":, ")
            return sentence[:1].upper() + sentence[1:]
    return problem.sentence


def anew(tables: Sequence[RawTable], problems: Sequence[Problem]) -> bytes | None:
    """The tables as a workbook, a sheet each as in the blank one, every cell as it was brought in, with marks.

    Null if there are more cells than a spreadsheet program opens with ease.
    """
    if sum(table.frame.height * table.frame.width for table in tables) > _MOST_CELLS:
        return None
    buffer, book = sheets.book("Problems to mend", _DAY)
    looks = sheets.looks(book)
    fill = f"#{FILL}"
    looks["marked"] = book.add_format({"bg_color": fill, "num_format": "@"})
    listed = book.add_worksheet(LIST)
    marks: _Marks = {}
    for problem in problems:
        if problem.row is not None:
            here = marks.setdefault((problem.file, problem.sheet, problem.row), {})
            here.setdefault(normal(problem.column) if problem.column else None, []).append(remedy(problem))
    places: _Places = {}
    for name in schema.NAMES:
        parts = [table for table in tables if table.name == name]
        if parts:
            _table(book.add_worksheet(name), name, parts, marks, places, looks)
    _list(listed, problems, places, looks)
    book.close()
    return buffer.getvalue()


def _table(sheet: Any, name: str, parts: Sequence[RawTable], marks: _Marks, places: _Places, looks: sheets.Looks) -> None:
    """One of the tables: its columns, then the headings that are none of ours, and the rows of every part."""
    sheets.headed(sheet, name, looks)
    declared = schema.SCHEMAS[name].columns()
    columns = {column: at for at, column in enumerate(schema.visible(name))}
    numbers = {at for column, at in columns.items() if isinstance(declared[column], dy.Int8 | dy.Int64 | dy.Float64)}
    row = 0
    for part in parts:
        where: dict[str, int] = {}
        for heading in part.frame.columns:
            if heading == ROW:
                continue
            known = normal(heading)
            if known in columns and columns[known] not in where.values():
                where[heading] = columns[known]
            else:
                label = heading.strip() or heading
                at = columns.setdefault(f"\0{len(columns)}", len(columns))
                sheet.write_string(0, at, clean(label)[:200], looks["optional"])
                where[heading] = at
        spots = [(heading, normal(heading), at, at in numbers) for heading, at in where.items()]
        for values in part.frame.iter_rows(named=True):
            row += 1
            spot = part.file or None, part.sheet, values[ROW]
            notes = dict(marks.get(spot, {}))
            for heading, known, at, number in spots:
                words = notes.pop(known, None) if notes else None
                if words or values[heading] is not None:
                    _cell(sheet, row, at, values[heading], number, looks, words)
                if words:
                    places[spot, known] = f"'{name}'!{_letters(at)}{row + 1}"
            if notes:  # about the whole row, or a column that is not there
                first = next((heading for heading, at in where.items() if at == 0), None)
                words = [note for texts in notes.values() for note in texts]
                _cell(sheet, row, 0, values[first] if first else None, False, looks, words)
                places[spot, None] = f"'{name}'!A{row + 1}"


def _cell(sheet: Any, row: int, at: int, value: str | None, number: bool, looks: sheets.Looks, notes: list[str] | None) -> None:
    """One cell as it was brought in: a number where one is meant, else text; filled and commented where it is wrong."""
    text = None if value is None else clean(value)[:32_000]
    look = looks["marked"] if notes else None
    if text is not None and number and _NUMBER.fullmatch(text):
        sheet.write_number(row, at, float(text), look)
    elif text is not None:
        sheet.write_string(row, at, text, look)
    elif notes:
        sheet.write_blank(row, at, None, look)
    if notes:
        sheet.write_comment(row, at, clean("\n".join(notes))[:2_000], {"author": AUTHOR, "x_scale": 2.2, "y_scale": 1.6})


def _list(sheet: Any, problems: Sequence[Problem], places: _Places, looks: sheets.Looks) -> None:
    sheet.freeze_panes(1, 0)
    for at, width in enumerate((24, 8, 20, 28, 90)):
        sheet.set_column(at, at, width, looks["words"])
    for row, values in enumerate(lines(problems)):
        for at, value in enumerate(values):
            if isinstance(value, int):
                sheet.write_number(row, at, value)
            else:
                sheet.write_string(row, at, clean(value or "")[:5_000], looks["label"] if row == 0 else looks["words"])
        if row == 0:
            continue
        problem = problems[row - 1]
        spot = problem.file, problem.sheet, problem.row or 0
        target = places.get((spot, normal(problem.column) if problem.column else None)) or places.get((spot, None))
        if target:
            sheet.write_url(row, 0, f"internal:{target}", looks["words"], clean(problem.sheet or problem.file or "")[:200])


def _letters(at: int) -> str:
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name
