"""Onodo's workbook: sheets *nodes* and *relations*. Its service has closed, so such files are all that people have left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wtnet.readers import _foreign, _lists
from wtnet.readers._format import ONODO
from wtnet.readers._found import Edge, Foreign, Node
from wtnet.readers._grid import Grid
from wtnet.tables.model import Raw

_DAY = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")
_YES = ("true", "yes", "1", "1.0", "x")


def is_onodo(elements: Sequence[Grid], relations: Sequence[Grid]) -> bool:
    """True for relations with Source, Type, Target and Directed beside nodes that say whether they are visible."""
    return any({"source", "type", "target", "directed"} <= set(grid.keys) for grid in relations) and (
        not elements or any("visible" in grid.keys for grid in elements)
    )


def read(elements: Sequence[Grid], relations: Sequence[Grid]) -> Raw:
    """Partners (hidden ones too) and ties; From and To, or At, become started and ended. Days may be written 31/12/2015."""
    nodes: list[Node] = [node for grid in elements for node in _lists.nodes(grid)]
    edges: list[Edge] = [_dated(edge) for grid in relations for edge in _lists.edges(grid)]
    grids = [*elements, *relations]
    of_nodes, of_ties = (elements or relations)[0], relations[0]
    return _foreign.raw(
        Foreign(
            ONODO.id,
            of_nodes.file,
            nodes,
            edges,
            by_label=True,
            nodes_sheet=of_nodes.sheet,
            edges_sheet=of_ties.sheet,
            notices=[notice for grid in grids for notice in grid.notices],
            problems=[problem for grid in grids for problem in grid.problems],
        )
    )


def _dated(edge: Edge) -> Edge:
    """The tie with its dates and direction where ours are looked for."""
    attributes, moved = {}, {}
    for name, value in edge.attributes.items():
        key = name.strip().lower()
        if key in ("from", "at", "to"):
            moved["ended" if key == "to" else "started"] = _day(value)
        elif key != "directed":
            attributes[name] = value
    said = next((value for name, value in edge.attributes.items() if name.strip().lower() == "directed"), "")
    return replace(edge, attributes={**attributes, **moved}, directed=said.lower() in _YES)


def _day(value: str) -> str:
    found = _DAY.match(value)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else value
