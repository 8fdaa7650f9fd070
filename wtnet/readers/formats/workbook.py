"""Our own workbook: a sheet per table, named as the table; whatever else is in it is left out and named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from difflib import get_close_matches

from wtnet.readers.core.book import Book
from wtnet.readers.core.format import Format
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.lists import COMMON
from wtnet.readers.core.sheet import HEADER_WITHIN, Cells, headed
from wtnet.readers.core.text import listing
from wtnet.tables import schema
from wtnet.tables.model import ROW, Problem, Raw, RawTable, place
from wtnet.tables.text import normal

FORMAT = Format(
    "workbook",
    "Workbook",
    (".xlsx", ".xlsm", ".ods"),
    "Your own workbook: a sheet per table, named organisations, partnerships, ratings …; other sheets are left out",
)
_ALSO_CALLED = dict.fromkeys(("partners", "partner", "partner_list", "members", "orgs", "organizations"), "organisations")
_SILENT = {"read_me", "readme", "how_to_fill_this_in", "guide", "help", "notes", "lists", "words"}
"""Sheets that explain or support a workbook, as the template's own: passed over without a word."""


def ours(book: Book) -> dict[str, str]:
    """The sheets that are tables of ours: sheet → table."""
    named = {sheet: normal(sheet) for sheet in book.sheets if normal(sheet) in schema.NAMES}
    return {sheet: name for sheet, name in named.items() if name not in COMMON or _has_needed(book.cells(sheet), name)}


def whole(book: Book) -> bool:
    """True if every sheet named as a table of ours has the columns that table needs, or nothing in it."""
    return all(not book.cells(sheet).frame.height or _has_needed(book.cells(sheet), name) for sheet, name in ours(book).items())


def tables_of(book: Book) -> Raw:
    """The sheets that are tables of ours and have the columns they need; nothing is said of the others."""
    own = {sheet: name for sheet, name in ours(book).items() if _has_needed(book.cells(sheet), name)}
    return _read(book, own)


def _has_needed(cells: Cells, name: str) -> bool:
    """True if one of the first rows has every column a table needs."""
    rows = cells.frame.drop(ROW).head(HEADER_WITHIN).iter_rows()
    return any({normal(cell) for cell in row if cell} >= set(schema.required(name)) for row in rows)


def read(book: Book) -> Raw:
    """The tables of a workbook; `_row` counts rows as the spreadsheet does.

    The row of headings is the first of the first ten that has every column the table needs (failing that, the one that
    has most), so a title may stand above it. A cell with a failed formula (#REF!, #DIV/0! …) is a problem by row.
    """
    raw = _read(book, ours(book))
    return replace(raw, notices=(*raw.notices, *_left_out(book)))


def _read(book: Book, own: Mapping[str, str]) -> Raw:
    tables: list[RawTable] = []
    notices: list[Problem] = []
    problems: list[Problem] = []
    for sheet, name in own.items():
        cells = book.cells(sheet)
        grid = _table(book.file, cells, name) if cells.frame.height else None
        if grid is None:
            continue
        tables.append(grid.table(name))
        notices += grid.notices
        problems += [*grid.problems, *grid.failed(schema.SCHEMAS[name].column_names())]
    return Raw(FORMAT.id, tuple(tables), tuple(notices), tuple(problems))


def _table(file: str, cells: Cells, name: str) -> Grid | None:
    known, needed = set(schema.SCHEMAS[name].column_names()), set(schema.required(name))

    def wanted(row: dict[str, str | None]) -> int:
        there = {normal(cell) for cell in row.values() if cell} & known
        return len(there) + (1_000 if there >= needed else 0)

    return headed(file, cells, wanted, otherwise_first=True)


def left_out(book: Book, read: Collection[str | None] = ()) -> list[Problem]:
    """One notice on all sheets left out whose name is not nearly a table's, but for those that were read after all."""
    return [notice for notice in _left_out(book, read) if notice.sheet is None]


def _left_out(book: Book, read: Collection[str | None] = ()) -> list[Problem]:
    """One notice for each sheet whose name is nearly a table's, and one for all others."""
    own = ours(book)
    others = [
        sheet
        for sheet in book.sheets
        if sheet not in own and sheet not in read and normal(sheet) not in _SILENT and "(ignore)" not in sheet.lower()
    ]
    notices = []
    for sheet in list(others):
        known = _ALSO_CALLED.get(normal(sheet))
        near = [known] if known else get_close_matches(normal(sheet), schema.NAMES, 1, 0.8)
        if near and near[0] != normal(sheet):
            others.remove(sheet)
            words = f'{place(book.file, sheet)}: this sheet was left out. If it holds the table {near[0]}, rename it "{near[0]}".'
            notices.append(Problem("unknown_sheet", words, book.file, sheet))
    if others:
        words = f"{book.file}: sheets that are not tables of ours were left out: {listing(others, 12)}."
        notices.append(Problem("unknown_sheet", words, book.file))
    return notices
