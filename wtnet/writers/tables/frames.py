"""What a page shows as a workbook of figures: one sheet a table, numbers as numbers, and a first sheet that says what it is.

For reading and quoting. To bring data in again take the workbook of the tables (`writers.workbook`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.tables.rounding import rounded
from wtnet.writers.tables import sheets

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_MOST = 1_048_575
NOTES = (
    "Each further sheet is one table of the page. Shares and strengths run from 0 to 1.",
    "An empty cell means not known, never zero.",
)


def write(title: str, about: Iterable[tuple[str, str]], frames: Mapping[str, pl.DataFrame], made: date) -> bytes:
    """A sheet for each frame, headed by its columns; `about` are lines of (what, words) for the first sheet.

    Text that looks like a formula is written as text, which no spreadsheet works out. Lists are joined by "; ". The same
    frames and day give the same bytes. Rows beyond what a sheet holds (1,048,575) are an InvalidRequest.
    """
    buffer, book = sheets.book(title, made)
    looks = sheets.looks(book)
    sheets.about(book.add_worksheet(sheets.READ_ME), title[:200], about, NOTES, looks)
    names = {sheets.READ_ME.lower()}
    for name, frame in frames.items():
        if frame.height > _MOST:
            raise InvalidRequest(
                f'"{name}" has {frame.height:,} rows, more than a sheet holds. Filter the view, or take the CSV.'
            )
        sheet = book.add_worksheet(_free(name, names))
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 22)
        for column, held_in in enumerate(frame.iter_columns()):
            heading = held_in.name
            sheet.write_string(0, column, heading, looks["optional"])
            widest = max((len(value) for value in held_in.head(200) if isinstance(value, str)), default=0)
            sheet.set_column(column, column, max(len(heading) + 3, min(60, widest + 2), 10))
        for row, values in enumerate(frame.iter_rows(), 1):
            for column, value in enumerate(values):
                _cell(sheet, row, column, value, looks, f'Sheet "{name}", row {row + 1}, column "{frame.columns[column]}"')
    book.close()
    return buffer.getvalue()


def _cell(sheet: Any, row: int, column: int, value: Any, looks: sheets.Looks, where: str) -> None:
    if isinstance(value, list):
        value = "; ".join(str(each) for each in value)
    if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
        sheet.write_number(row, column, rounded(value, 12))
    else:
        sheets.cell(sheet, row, column, value, looks, where)


def _free(name: str, taken: set[str]) -> str:
    """A name a sheet may have: at most 31 letters, none of []:*?/\\, and not yet taken."""
    base = _FORBIDDEN.sub(" ", name).strip(" '")[:31] or "Table"
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        name = f"{base[: 31 - len(str(number)) - 1]} {number}"
    taken.add(name.lower())
    return name
