"""Lists in CSVs and workbooks: our own tables, and those of other tools, which are known by their headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

from wtnet.errors import UnreadableFile
from wtnet.readers.core import lists
from wtnet.readers.core.book import Book
from wtnet.readers.core.format import ListReader
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.sheet import headed, parts_of
from wtnet.readers.core.text import listing
from wtnet.readers.formats import FORMATS, csv, edges, workbook
from wtnet.tables.model import ROW, Problem, Raw
from wtnet.tables.schema import NAMES
from wtnet.tables.text import normal

_TEMPLATE_HINT = "a blank workbook to fill in is made by: python -m wtnet template OUT.xlsx"
_LISTS = [format.lists for format in FORMATS if format.lists]
_SHEETS = [format.sheets for format in FORMATS if format.sheets]


def begins_list(row: Sequence[str]) -> bool:
    """True for a row that can only be the headings of a list of ties or of elements."""
    return bool(lists.ends(row)) or _is_elements(dict(enumerate(row)))


def read_book(book: Book) -> Raw:
    """Our own tables if a sheet is named as one; else lists of elements and connections, found by their headings."""
    if workbook.ours(book):
        own = workbook.read(book)
        if own.tables:
            return own
        raise UnreadableFile(
            f"{book.file} has sheets of ours, but all of them are empty. Fill in at least organisations and partnerships."
        )
    grids = [
        grid
        for sheet in book.sheets
        if "(ignore)" not in sheet.lower()
        for part in parts_of(book.cells(sheet))
        if (grid := headed(book.file, part, _heading_points))
    ]
    known = _by_reader(grids)
    if known:
        return reduce(add, [reader.read(own) for reader, own in known])
    ties = [grid for grid in grids if lists.ends(grid.headers)]
    rest = [grid for grid in grids if not lists.ends(grid.headers)]
    elements = [grid for grid in rest if ties or normal(grid.sheet or "") in ("elements", "nodes")]
    if not ties and not elements:
        sheets = listing(list(book.sheets), 8) or "none"
        raise UnreadableFile(
            f"{book.file} has no sheet that is a table of ours (its sheets: {sheets}). Name at least two sheets organisations "
            f"and partnerships (of {', '.join(NAMES)}); {_TEMPLATE_HINT}. "
            "Kumu's sheets Elements and Connections are read as well."
        )
    return max(_SHEETS, key=lambda reader: reader.likeness(elements, ties)).read(elements, ties)


def _heading_points(row: dict[str, str | None]) -> int:
    """How much a row looks like the headings of a list known by them, of ties or of elements."""
    cells = [cell for cell in row.values() if cell]
    return 3 if any(reader.recognises(cells) for reader in _LISTS) else 2 if lists.ends(cells) else int(_is_elements(row))


def _is_elements(row: Mapping[Any, str | None]) -> bool:
    """Headings of a list of elements: a label, or an id and a name."""
    names = {normal(cell) for cell in row.values() if cell}
    return "label" in names or ("name" in names and len(names) > 1)


def _by_reader(grids: Iterable[Grid]) -> list[tuple[ListReader, list[Grid]]]:
    """The grids that are known by their headings alone, with who reads them."""
    claims = [(reader, [grid for grid in grids if reader.recognises(grid.headers)]) for reader in _LISTS]
    return [(reader, own) for reader, own in claims if own]


def together(grids: Sequence[Grid]) -> Raw:
    """CSVs that came together: lists known by their headings, our own tables, other tools' ties and nodes.

    What is none of them is left out with a notice. Raises UnreadableFile if nothing else is there.
    """
    known = _by_reader(grids)
    if known:
        others = [grid for grid in grids if not any(reader.recognises(grid.headers) for reader in _LISTS)]
        return reduce(add, [*(reader.read(own) for reader, own in known), *([together(others)] if others else [])])
    tables = [(csv.table_of(grid), grid) for grid in grids]
    ours = [(table, grid) for table, grid in tables if table]
    rest = [grid for table, grid in tables if not table]
    ties = [grid for grid in rest if lists.ends(grid.headers)]
    nodes = [grid for grid in rest if not lists.ends(grid.headers) and lists.is_nodes(grid.headers, bool(ties))]
    left = [grid for grid in rest if all(grid is not other for other in (*ties, *nodes))]
    if not ours and not ties and not nodes:
        raise UnreadableFile(_not_a_table(left[0]))
    raws = [csv.read(ours)] if ours else []
    if ties or nodes:
        declared = _declared([grid for table, grid in ours if table == "organisations"])
        raws.append(edges.read(nodes, ties, declared))
    notices = tuple(Problem("not_a_table", f"{_not_a_table(grid)} It was left out.", grid.file) for grid in left)
    return reduce(add, raws) + Raw(raws[0].format, (), notices)


def _declared(grids: Sequence[Grid]) -> dict[str, str]:
    """The ids of partners that our own tables declare, and the names only one of them has, each with its id."""
    ids: dict[str, str] = {}
    names: list[tuple[str, str]] = []
    for grid in grids:
        columns = [grid.keys.get("id"), grid.keys.get("name")]
        if not columns[0]:
            continue
        for row in grid.frame.select([column for column in columns if column]).iter_rows():
            id = (row[0] or "").strip()
            ids |= {id: id} if id else {}
            names += [(row[1].strip(), id)] if id and len(row) > 1 and row[1] else []
    times = Counter(name for name, _ in names)
    return {**{name: id for name, id in names if times[name] == 1}, **ids}


def _not_a_table(grid: Grid) -> str:
    """Why a CSV is none of our tables, and what would make it one."""
    if _is_matrix(grid):
        return (
            f"{grid.file} is a matrix (the same names across and down), which is not read. Turn it into a list of ties with the "
            "columns source and target, one row a tie."
        )
    with_ties = (
        "; a list of partners like this one is read together with its list of ties" if {"id", "label"} & set(grid.keys) else ""
    )
    files = ", ".join(f"{name}.csv" for name in NAMES)
    return (
        f"{grid.file} is not one of our tables: its name is none of theirs and its columns fit no single one "
        f"(columns found: {listing(grid.headers, 12) or 'none'}). Name the file after its table ({files}), "
        f"or give a list of ties with the columns source and target{with_ties}."
    )


def _is_matrix(grid: Grid) -> bool:
    """True if the first column repeats the headings."""
    columns = [name for name in grid.frame.columns if name != ROW]
    if len(columns) < 3:
        return False
    down = {value.strip() for value in grid.frame[columns[0]].drop_nulls()}
    across = {name.strip() for name in columns[1:]}
    return len(down & across) > max(1, 0.6 * len(across))
