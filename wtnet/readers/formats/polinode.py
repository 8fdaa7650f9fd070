"""JSON with a list of nodes and one of edges that name them by id: Polinode's, and node-link JSON of other tools.

Node-link JSON is what NetworkX, d3, vis.js, graphology and Cytoscape write: `links` for edges, `from` and `to` for their ends,
`key` for an id, each item's values inside `attributes` or (Cytoscape) `data`; d3 may name nodes by where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtnet.readers.core import foreign
from wtnet.readers.core.format import NODE_LINK, POLINODE
from wtnet.readers.core.found import Edge, Foreign, Node, text
from wtnet.tables.model import Problem, Raw

_IDS, _SOURCES, _TARGETS = ("id", "key", "_id"), ("source", "from"), ("target", "to")
_OWN = {*_IDS, "attributes", "data", "directed", "position", "index", "x", "y", "vx", "vy"}
Items = list[dict[str, Any]]


def is_polinode(document: object) -> bool:
    """True for an object with a list of nodes and a list of edges or links, each of which names two ends."""
    found = _lists(document)
    return found is not None and bool(found[0]) and all(_end(one, _SOURCES) and _end(one, _TARGETS) for one in found[1])


def read(file: str, document: dict[str, Any], notices: Sequence[Problem] = ()) -> Raw:
    """The nodes (named by `label`, `name` or `title`) and edges; `_row` is the ordinal, from 1."""
    items, ties = _lists(document) or ([], [])
    ends = [(_end(one, _SOURCES), _end(one, _TARGETS)) for one in ties]
    numbered = not any(_first(one, _IDS) for one in items) and all(end and end.isdigit() for pair in ends for end in pair)
    nodes = [
        Node(_first(one, _IDS) or (str(at - 1) if numbered else None), None, _attributes(one, ()), at)
        for at, one in enumerate(items, 1)
    ]
    edges = [
        Edge(
            text(one.get("id")),
            *pair,
            None,
            _attributes(one, (*_SOURCES, *_TARGETS)),
            at,
            one.get("directed", document.get("directed")) is True,
        )
        for at, (one, pair) in enumerate(zip(ties, ends, strict=True), 1)
    ]
    kind = POLINODE if "edges" in document and any({"id", "attributes"} <= set(one) for one in items) else NODE_LINK
    return foreign.raw(Foreign(kind.id, file, nodes, edges, by_label=kind is NODE_LINK, notices=list(notices)))


def _lists(document: object) -> tuple[Items, Items] | None:
    """The nodes and the edges, or null where there are not both lists; Cytoscape's are one level down."""
    if not isinstance(document, dict):
        return None
    inner = document.get("elements")
    held = inner if isinstance(inner, dict) else document
    found = held.get("nodes"), held.get("edges", held.get("links"))
    if any(not isinstance(part, list) or not all(isinstance(one, dict) for one in part) for part in found):
        return None
    nodes, edges = (
        [one["data"] if isinstance(one.get("data"), dict) else one for one in part] for part in found if part is not None
    )
    return nodes, edges


def _first(item: dict[str, Any], names: Sequence[str]) -> str | None:
    return next((found for name in names if (found := text(item.get(name)))), None)


def _end(item: dict[str, Any], names: Sequence[str]) -> str | None:
    """The node at one end, by its id; d3 may have put the whole node there."""
    given = next((item[name] for name in names if item.get(name) is not None), None)
    return _first(given, (*_IDS, "name")) if isinstance(given, dict) else text(given)


def _attributes(item: dict[str, Any], besides: Sequence[str]) -> dict[str, str]:
    inner = item.get("attributes")
    own = {key: value for key, value in item.items() if key not in _OWN and key not in besides}
    both = {**(inner if isinstance(inner, dict) else {}), **own}
    return {str(name): value for name, given in both.items() if (value := text(given))}
