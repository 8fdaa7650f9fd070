"""Another tool's edge list: ties with Source and Target (or From and To), and, if there is one, its list of nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wtnet.readers.core import foreign
from wtnet.readers.core.format import Format, SheetsReader
from wtnet.readers.core.grid import Grid
from wtnet.tables.model import Raw


def read(nodes: Sequence[Grid], ties: Sequence[Grid], known: Mapping[str, str] | None = None) -> Raw:
    """Partners and ties from grids that belong together; `known` are ids and names declared elsewhere in the same set of files.

    A tie names a partner by its id, or by its label where the list of nodes has no such id. Raises UnreadableFile if
    there is nothing in any of them.
    """
    return foreign.from_grids(FORMAT, nodes, ties, known=known)


def _likeness(nodes: Sequence[Grid], ties: Sequence[Grid]) -> int:
    return 2 * (any("source" in grid.keys for grid in ties) and not any("from" in grid.keys for grid in ties))


FORMAT = Format(
    "edge list",
    "Edge list",
    (".csv", ".tsv", ".xlsx", ".zip"),
    "Another tool's partnerships (columns Source and Target), alone or with its list of nodes (columns Id and Label), as Gephi's",
    sheets=SheetsReader(_likeness, read),
)
