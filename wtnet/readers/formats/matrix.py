"""A matrix in a CSV or a sheet: the same partners down and across, or partners down and what they took part in across."""

from __future__ import annotations

import re

from wtnet.readers.core import foreign
from wtnet.readers.core.elements import Edge, ForeignNetwork, Node, Row
from wtnet.readers.core.format import Format, ShapeReader
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.shapes import MARKS, NOTHING, answering, are_names, cells, named, small, unfolded
from wtnet.readers.core.text import NAME_BYTES, listing, shorten
from wtnet.tables.model import ROW, Problem, Raw, place
from wtnet.tables.numbers import amount
from wtnet.tables.text import count, free_id, short_id

_SAYS_WHAT = re.compile(r"score|strength|rating|scale|weight|\d\s*(?:-|–|to)\s*\d", re.IGNORECASE)
"""A heading above the names that says what the numbers are."""
_TOTAL = re.compile(r"(?:grand |row |sub-?)?totals?|sums?|averages?|means?|degree|count|number", re.IGNORECASE)
_MOST_MATCH = 0.8
_FEWEST_HEADINGS = 2


def _headings(grid: Grid) -> list[str]:
    """The headings behind the first, without those of totals."""
    return [heading for heading in grid.headers[1:] if not _TOTAL.fullmatch(heading.strip())]


def is_square(grid: Grid) -> bool:
    """True if nearly every column but the first names a row, and nearly every row has a column."""
    headings = _headings(grid)
    if not small(grid) or len(headings) < _FEWEST_HEADINGS:
        return False
    rows = cells(grid, grid.headers[0])
    answered = {at for at in answering(headings, rows) if at is not None}
    return are_names(rows) and len(answered) >= max(2, _MOST_MATCH * max(len(headings), len([row for row in rows if row])))


def is_two_mode(grid: Grid) -> bool:
    """True if every row is named once and every other cell is a mark or empty: who took part in what."""
    headings = _headings(grid)
    if not small(grid) or len(headings) < _FEWEST_HEADINGS or grid.frame.height < 2 or not are_names(headings):
        return False
    rows = cells(grid, grid.headers[0])
    if not all(rows) or len(set(rows)) < len(rows) or not are_names(rows):
        return False
    marks = {cell.lower() for heading in headings for cell in cells(grid, heading)}
    return marks <= MARKS and bool(marks - NOTHING)


def read(grid: Grid) -> Raw:
    """A square matrix as partners and ties, else a two-mode one as partners, pilots and who took part in them."""
    return _square(grid) if is_square(grid) else _two_mode(grid)


def _square(grid: Grid) -> Raw:
    """Partners and a tie for each number other than 0; each way round its own, unless both ways are the same."""
    heads = _headings(grid)
    names = named(grid, grid.headers[0])
    lines = grid.frame[ROW].to_list()
    numbers = answering(heads, names)
    columns = [names[at] if at is not None else heading for at, heading in zip(numbers, heads, strict=True)]
    corner = grid.headers[0]
    what = corner if _SAYS_WHAT.search(corner) else "weight"
    values = {
        (name, columns[at]): (cell, line)
        for at, heading in enumerate(heads)
        for name, cell, line in zip(names, cells(grid, heading), lines, strict=True)
        if name and name != columns[at] and numbers[at] is not None and cell.lower() not in NOTHING
    }
    symmetric = all(values.get((second, first), (None, 0))[0] in (cell, None) for (first, second), (cell, _) in values.items())
    edges = []
    for (first, second), (cell, line) in values.items():
        if symmetric and (second, first) in values and names.index(first) > names.index(second):
            continue
        attributes = {what: cell} if amount(cell) else {"answer": cell}
        edges.append(Edge(None, first, second, None, attributes, line, not symmetric))
    nodes = [Node(name, name, {}, line) for name, line in dict(zip(names, lines, strict=True)).items() if name]
    where = place(grid.file, grid.sheet)
    ways = "both ways are the same" if symmetric else "rows say of columns, so each way round is a partnership of its own"
    unknown = [heading for heading, at in zip(heads, numbers, strict=True) if at is None]
    left = f" Columns that name no row were left out: {listing(unknown)}." if unknown else ""
    words = f"{where}: read as a matrix of {count(len(nodes), 'partner')}; {ways}.{left}"
    notices = [*grid.notices, Problem("matrix", words, grid.file, grid.sheet)]
    network = ForeignNetwork(FORMAT.id, grid.file, nodes, edges, by_label=True, nodes_sheet=grid.sheet, edges_sheet=grid.sheet)
    network.notices, network.problems = notices, [*grid.problems, *grid.errors]
    return foreign.to_raw(network)


def _two_mode(grid: Grid) -> Raw:
    names = named(grid, grid.headers[0])
    lines = grid.frame[ROW].to_list()
    pilots: dict[str, str] = {}
    for heading in _headings(grid):
        pilots[heading] = free_id(heading, set(pilots.values()), "pilot")
    first = lines[0] if lines else 1
    places = {name: line for name, line in zip(names, lines, strict=True) if name}
    partners: list[Row] = [
        {"id": short_id(name), "name": shorten(name, NAME_BYTES), "kind": "other", ROW: line} for name, line in places.items()
    ]
    parts: list[Row] = [
        {"pilot": pilots[heading], "organisation": short_id(name), ROW: line}
        for heading in pilots
        for name, cell, line in zip(names, cells(grid, heading), lines, strict=True)
        if name and cell.lower() not in NOTHING
    ]
    projects: list[Row] = [{"id": id, "name": shorten(heading, NAME_BYTES), ROW: first - 1} for heading, id in pilots.items()]
    tables = {
        "organisations": (["id", "name", "kind"], partners),
        "pilots": (["id", "name"], projects),
        "involvements": (["pilot", "organisation"], parts),
    }
    words = (
        f"{place(grid.file, grid.sheet)}: read as who took part in what: {count(len(partners), 'row')} as partners (other), "
        f"{count(len(projects), 'column')} as pilots. If the rows are people, do not bring it in."
    )
    return unfolded(FORMAT.id, grid, tables, [Problem("two_modes", words, grid.file, grid.sheet)])


FORMAT = Format(
    "matrix",
    "Matrix",
    (".csv", ".xlsx"),
    "Partners down and across (names, short forms or initials), with numbers, words or crosses; or who took part in what",
    shape=ShapeReader(lambda grid: is_square(grid) or is_two_mode(grid), read),
)
