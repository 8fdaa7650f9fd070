"""The sheets of a workbook as they stand, whatever is in them: for headings that a person has to map to columns first."""

from __future__ import annotations

from functools import partial

from wtnet.readers.core.book import Book
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.on_side import is_on_its_side, upright
from wtnet.readers.core.sheet import headed
from wtnet.tables import schema
from wtnet.tables.missing import is_missing
from wtnet.tables.text import normal

MOST_SHEETS = 30
"""Sheets of one file that are offered for mapping; more would be no table of partners."""
_KNOWN = {normal(column) for table in schema.NAMES for column in schema.SCHEMAS[table].column_names()}


def of_book(book: Book) -> list[Grid]:
    """The first sheets of a workbook, each under its headings; sheets without a row that may be headings are left out.

    The headings are the row, of the first ten, that names most columns known here, else the first that fills most of the
    sheet's width.
    """
    grids: list[Grid] = []
    for sheet in book.sheets:
        if "(ignore)" in sheet.lower() or len(grids) == MOST_SHEETS:
            continue
        cells = book.cells(sheet)
        grid = headed(book.file, cells, partial(_likeness, width=cells.frame.width - 1))
        first = headed(book.file, cells, _is_filled)
        if first and is_on_its_side(first):
            grids.append(upright(first))
        elif grid:
            grids.append(grid)
    return grids


def _is_filled(row: dict[str, str | None]) -> int:
    """1 for a row that more than one cell of says something."""
    return int(sum(bool(cell and cell.strip()) for cell in row.values()) > 1)


def _likeness(row: dict[str, str | None], width: int) -> int:
    """How much a row looks like headings: columns known here count most, then how much of the width has short text."""
    filled = [cell for cell in row.values() if cell and cell.strip() and not is_missing(cell.strip())]
    words = [cell for cell in filled if len(cell) <= 100 and not cell.strip().replace(".", "").isdigit()]
    known = len({normal(cell) for cell in filled} & _KNOWN)
    return 0 if len(words) < 2 else 1 + 100 * known + (50 * len(words) // max(1, width))
