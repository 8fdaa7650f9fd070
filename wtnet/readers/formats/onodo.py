"""Onodo's workbook: sheets *nodes* and *relations*. Its service has closed, so such files are all that people have left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wtnet.readers.core import foreign, lists
from wtnet.readers.core.elements import Edge
from wtnet.readers.core.format import Format, SheetsReader
from wtnet.readers.core.grid import Grid
from wtnet.tables.model import Raw

_YES = ("true", "yes", "1", "1.0", "x")


def is_onodo(elements: Sequence[Grid], relations: Sequence[Grid]) -> bool:
    """True for relations with Source, Type, Target and Directed beside nodes that say whether they are visible."""
    return any({"source", "type", "target", "directed"} <= set(grid.keys) for grid in relations) and (
        not elements or any("visible" in grid.keys for grid in elements)
    )


def read(elements: Sequence[Grid], relations: Sequence[Grid]) -> Raw:
    """Partners (hidden ones too) and ties; From and To, or At, become started and ended."""
    edges = [_dated(edge) for grid in relations for edge in lists.edges(grid)]
    return foreign.from_grids(FORMAT, elements, relations, edges=edges)


def _dated(edge: Edge) -> Edge:
    """The tie with its dates and direction where ours are looked for."""
    attributes, moved = {}, {}
    for name, value in edge.attributes.items():
        key = name.strip().lower()
        if key in ("from", "at", "to"):
            moved["ended" if key == "to" else "started"] = value
        elif key != "directed":
            attributes[name] = value
    directed = next((value for name, value in edge.attributes.items() if name.strip().lower() == "directed"), "")
    return replace(edge, attributes={**attributes, **moved}, directed=directed.lower() in _YES)


FORMAT = Format(
    "onodo",
    "Onodo",
    (".xlsx",),
    "Sheets nodes and relations; From, At and To become the dates of a partnership",
    sheets=SheetsReader(lambda elements, relations: 3 * is_onodo(elements, relations), read),
)
