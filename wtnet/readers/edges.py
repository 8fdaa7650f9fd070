"""Another tool's edge list: ties with Source and Target, and, if there is one, its list of nodes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wtnet.readers import _foreign, _lists
from wtnet.readers._format import EDGES
from wtnet.readers._found import Edge, Foreign, Node
from wtnet.readers._grid import Grid
from wtnet.tables.model import Problem, Raw


def read(nodes: Sequence[Grid], ties: Sequence[Grid], known: Iterable[str] = ()) -> Raw:
    """Partners and ties from grids that belong together; `known` are ids declared elsewhere in the same set of files.

    A tie names a partner by its id, or by its label where the list of nodes has no such id. Raises UnreadableFile if
    there is nothing in any of them.
    """
    elements: list[Node] = [node for grid in nodes for node in _lists.nodes(grid)]
    connections: list[Edge] = [edge for grid in ties for edge in _lists.edges(grid)]
    of_nodes, of_ties = (nodes or ties)[0], (ties or nodes)[0]
    grids = [*nodes, *ties]
    notices: list[Problem] = [notice for grid in grids for notice in grid.notices]
    problems: list[Problem] = [problem for grid in grids for problem in grid.problems]
    found = Foreign(
        EDGES.id,
        of_nodes.file,
        elements,
        connections,
        by_label=True,
        nodes_sheet=of_nodes.sheet,
        edges_sheet=of_ties.sheet,
        edges_file=of_ties.file,
        known=frozenset(known),
        notices=notices,
        problems=problems,
    )
    return _foreign.raw(found)
