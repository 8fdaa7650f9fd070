"""Kumu: a workbook with Elements and Connections, simple JSON, and blueprint (backup) JSON.

Kumu's pictures, maps and perspectives are not read: positions here are worked out once for a programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtnet.errors import UnreadableFile
from wtnet.readers import _foreign, _lists
from wtnet.readers._format import KUMU
from wtnet.readers._found import Edge, Foreign, Node, text
from wtnet.readers._grid import Grid
from wtnet.tables.model import Problem, Raw

_OWN = {"_id", "id", "label", "attributes", "direction", "from", "to", "image", "reversed", "flags"}


def is_kumu(document: object) -> bool:
    """True if this JSON has Kumu's shape: an object with a list of elements or of connections."""
    return isinstance(document, dict) and (
        isinstance(document.get("elements"), list) or isinstance(document.get("connections"), list)
    )


def read_json(file: str, document: dict[str, Any], notices: Sequence[Problem] = ()) -> Raw:
    """Partners and ties of simple or blueprint JSON; `_row` is the ordinal of the element or connection, from 1.

    Ties name elements by id or, failing that, by label. Raises UnreadableFile if there is nothing in it.
    """
    nodes = [_node(item, at) for at, item in enumerate(_objects(file, document, "elements"), 1)]
    edges = [_edge(item, at) for at, item in enumerate(_objects(file, document, "connections"), 1)]
    return _foreign.raw(Foreign(KUMU.id, file, nodes, edges, by_label=True, notices=list(notices)))


def read_grids(elements: Sequence[Grid], connections: Sequence[Grid]) -> Raw:
    """Partners and ties from the lists of a workbook. One `To` may name several, between bars."""
    nodes = [node for grid in elements for node in _lists.nodes(grid)]
    edges = [edge for grid in connections for edge in _lists.edges(grid, several=True)]
    grids = [*elements, *connections]
    of_nodes, of_edges = (elements or connections)[0], (connections or elements)[0]
    notices = [notice for grid in grids for notice in grid.notices]
    problems = [problem for grid in grids for problem in grid.problems]
    return _foreign.raw(
        Foreign(
            KUMU.id,
            of_nodes.file,
            nodes,
            edges,
            by_label=True,
            nodes_sheet=of_nodes.sheet,
            edges_sheet=of_edges.sheet,
            notices=notices,
            problems=problems,
        )
    )


def _objects(file: str, document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    items = document.get(name) or []
    odd = next((at for at, item in enumerate(items, 1) if not isinstance(item, dict)), None) if isinstance(items, list) else 0
    if odd is not None:
        which = f'number {odd} of "{name}"' if odd else f'"{name}"'
        raise UnreadableFile(
            f"{file}: {which} is not what Kumu writes (a list of objects was expected). Export it from Kumu again as JSON."
        )
    return items


def _fields(item: dict[str, Any]) -> dict[str, str]:
    """Everything said of an element or connection, beside or inside its `attributes`."""
    inner = item.get("attributes")
    both = {**(inner if isinstance(inner, dict) else {}), **{key: value for key, value in item.items() if key not in _OWN}}
    return {name: value for name, value in ((text(key) or "", text(value)) for key, value in both.items()) if name and value}


def _label(item: dict[str, Any], fields: dict[str, str]) -> str | None:
    return text(item.get("label")) or fields.pop("label", None) or fields.pop("Label", None)


def _node(item: dict[str, Any], at: int) -> Node:
    fields = _fields(item)
    return Node(text(item.get("_id")) or text(item.get("id")), _label(item, fields), fields, at)


def _edge(item: dict[str, Any], at: int) -> Edge:
    fields = _fields(item)
    direction = (text(item.get("direction")) or "").lower()
    ends = [text(item.get(end)) for end in ("from", "to")]
    return Edge(
        text(item.get("_id")) or text(item.get("id")),
        ends[0],
        ends[1],
        _label(item, fields),
        fields,
        at,
        direction in ("directed", "mutual"),
    )
