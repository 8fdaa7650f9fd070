"""A file as plain sheets, whatever is in them: for headings that a person has to map to columns first."""

from __future__ import annotations

from pathlib import Path

from wtnet.errors import UnreadableFile
from wtnet.readers.core import book as _book
from wtnet.readers.core import grid as _grid
from wtnet.readers.core import sniff
from wtnet.readers.core.archive import Archive
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.sheet import headed
from wtnet.tables import schema
from wtnet.tables.text import normal

MOST_SHEETS = 30
"""Sheets of one file that are offered for mapping; more would be no table of partners."""
_CSV = (".csv", ".tsv", ".txt")
_KNOWN = {normal(column) for table in schema.NAMES for column in schema.SCHEMAS[table].column_names()}


def sheets(name: str, data: bytes) -> list[Grid]:
    """The first sheets of a workbook, the CSVs of a zip, or the one CSV, each with its row of headings.

    `file` of a grid is the name of the CSV or of the workbook, `sheet` that of the sheet. The headings are the row, of
    the first ten, that names most columns known here, else the first that fills most of the sheet's width. Sheets without
    two columns and a row beneath are left out. A file of another kind has none; one that cannot be read is an
    UnreadableFile.
    """
    sniff.refuse_size(name, len(data))
    if not data.startswith(b"PK"):
        if Path(name).suffix.lower() not in _CSV:
            return []
        sniff.refuse_magic(name, data)
        return _usable([_grid.parse(name, data)])
    archive = Archive(name, data)
    if "xl/workbook.xml" in archive.parts or "content.xml" in archive.parts:
        return _of_book(_book.Book(name, data, archive))
    parts = sorted(part for part in archive.parts if part.lower().endswith(_CSV) and "__MACOSX" not in part)
    return _usable([_grid.parse(part.rpartition("/")[2], archive.read(part)) for part in parts[:MOST_SHEETS]])


def _of_book(book: _book.Book) -> list[Grid]:
    found: list[Grid] = []
    for sheet in book.sheets:
        if "(ignore)" in sheet.lower() or len(found) == MOST_SHEETS:
            continue
        cells = book.cells(sheet)
        width = cells.frame.width - 1
        grid = headed(book.file, cells, lambda row, width=width: _likely(row, width))  # type: ignore[misc]
        if grid:
            found += _usable([grid])
    return found


def _likely(row: dict[str, str | None], width: int) -> int:
    """How much a row looks like headings: columns known here count most, then how much of the width has short text."""
    filled = [cell for cell in row.values() if cell and cell.strip()]
    words = [cell for cell in filled if len(cell) <= 100 and not cell.strip().replace(".", "").isdigit()]
    known = len({normal(cell) for cell in filled} & _KNOWN)
    return 0 if len(words) < 2 else 1 + 100 * known + (50 * len(words) // max(1, width))


def _usable(grids: list[Grid]) -> list[Grid]:
    return [grid for grid in grids if len(grid.headers) > 1 and grid.frame.height]


def headings(name: str, data: bytes) -> list[Grid]:
    """The same, with none where the file cannot be read as sheets."""
    try:
        return sheets(name, data)
    except UnreadableFile:
        return []
