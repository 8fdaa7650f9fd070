"""A list of neighbours: in each row a partner, then those it works with, a column each (Contact 1, Contact 2 …)."""

from __future__ import annotations

from wtnet.readers.core import foreign
from wtnet.readers.core.elements import Edge, ForeignNetwork, Node
from wtnet.readers.core.format import Format, ShapeReader
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.shapes import are_names, cells, named, small
from wtnet.tables.model import ROW, Problem, Raw, place
from wtnet.tables.text import count, name_key


def is_neighbours(grid: Grid) -> bool:
    """True if all headings but the first are one word with numbers, and names stand under all of them."""
    headings = grid.headers[1:]
    stems = {_stem(heading) for heading in headings}
    if not small(grid) or len(headings) < 2 or len(stems) > 1:
        return False
    rows = cells(grid, grid.headers[0])
    others = [cell for heading in headings for cell in cells(grid, heading)]
    distinct = {name_key(row) for row in rows if row}
    return are_names(rows) and are_names(others) and len(distinct) > 0.8 * len(rows) and max(map(len, others)) < 200


def _stem(heading: str) -> str:
    """A heading without the number it ends on; the whole of it where it ends on none."""
    bare = heading.strip().rstrip("0123456789")
    return name_key(bare.rstrip(" _#.-")) if bare != heading.strip() else heading


def read(grid: Grid) -> Raw:
    """A tie from the first cell of a row to each of the others."""
    names, lines = named(grid, grid.headers[0]), grid.frame[ROW].to_list()
    nodes = {name_key(name): Node(name, name, {}, line) for name, line in zip(names, lines, strict=True) if name}
    edges = [
        Edge(None, name, other, None, {}, line)
        for heading in grid.headers[1:]
        for name, other, line in zip(names, named(grid, heading), lines, strict=True)
        if name and other
    ]
    where = place(grid.file, grid.sheet)
    words = (
        f"{where}: read as a list of neighbours: each row a partner, with {count(len(edges), 'partnership')} to those beside it."
    )
    network = ForeignNetwork(FORMAT.id, grid.file, [*nodes.values()], edges, by_label=True)
    network.nodes_sheet = network.edges_sheet = grid.sheet
    network.notices = [*grid.notices, Problem("neighbours", words, grid.file, grid.sheet)]
    network.problems = [*grid.problems, *grid.errors]
    return foreign.to_raw(network)


FORMAT = Format(
    "neighbours",
    "List of neighbours",
    (".csv", ".xlsx"),
    "A partner in each row, then those it works with (Contact 1, Contact 2 …)",
    shape=ShapeReader(is_neighbours, read),
)
