"""JSON with a list of nodes and one of edges that name them by id: Polinode's, and node-link JSON of other tools.

Node-link JSON is what NetworkX, d3, vis.js, graphology and Cytoscape write: `links` for edges, `from` and `to` for their ends,
`key` for an id, each item's values inside `attributes` or (Cytoscape) `data`; d3 may name nodes by where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtnet.readers.core import foreign
from wtnet.readers.core.elements import Edge, ForeignNetwork, Node, text
from wtnet.readers.core.format import Format, JsonReader
from wtnet.tables.model import Problem, Raw

_IDS, _SOURCES, _TARGETS = ("id", "key", "_id"), ("source", "from"), ("target", "to")
_OWN = {*_IDS, "attributes", "data", "directed", "position", "index", "x", "y", "vx", "vy"}
Items = list[dict[str, Any]]


def is_node_link(document: object) -> bool:
    """True for an object with a list of nodes and a list of edges or links, each of which names two ends."""
    lists = _lists(document)
    return lists is not None and bool(lists[0]) and all(_end(tie, _SOURCES) and _end(tie, _TARGETS) for tie in lists[1])


def is_polinode(document: object) -> bool:
    """True for node-link JSON as Polinode writes it: `edges`, and nodes with an id and `attributes`."""
    if not is_node_link(document) or not isinstance(document, dict) or "edges" not in document:
        return False
    nodes, _ = _lists(document) or ([], [])
    return any({"id", "attributes"} <= set(node) for node in nodes)


def read(file: str, document: dict[str, Any], notices: Sequence[Problem] = ()) -> Raw:
    """The nodes (named by `label`, `name` or `title`) and edges; `_row` is the ordinal, from 1."""
    nodes, edges = _network(document)
    return foreign.to_raw(ForeignNetwork(FORMAT.id, file, nodes, edges, by_label=True, notices=list(notices)))


def read_polinode(file: str, document: dict[str, Any], notices: Sequence[Problem] = ()) -> Raw:
    """The same of Polinode's JSON, where ties name nodes by id only."""
    nodes, edges = _network(document)
    return foreign.to_raw(ForeignNetwork(POLINODE.id, file, nodes, edges, notices=list(notices)))


def _network(document: dict[str, Any]) -> tuple[list[Node], list[Edge]]:
    items, ties = _lists(document) or ([], [])
    ends = [(_end(tie, _SOURCES), _end(tie, _TARGETS)) for tie in ties]
    numbered = not any(_first(item, _IDS) for item in items) and all(end and end.isdigit() for pair in ends for end in pair)
    nodes = [
        Node(_first(item, _IDS) or (str(at - 1) if numbered else None), None, _attributes(item, ()), at)
        for at, item in enumerate(items, 1)
    ]
    edges = [
        Edge(
            text(tie.get("id")),
            *pair,
            None,
            _attributes(tie, (*_SOURCES, *_TARGETS)),
            at,
            tie.get("directed", document.get("directed")) is True,
        )
        for at, (tie, pair) in enumerate(zip(ties, ends, strict=True), 1)
    ]
    return nodes, edges


def _lists(document: object) -> tuple[Items, Items] | None:
    """The nodes and the edges, or null where there are not both lists; Cytoscape's are one level down."""
    if not isinstance(document, dict):
        return None
    inner = document.get("elements")
    outer = inner if isinstance(inner, dict) else document
    lists = outer.get("nodes"), outer.get("edges", outer.get("links"))
    if any(not isinstance(items, list) or not all(isinstance(item, dict) for item in items) for items in lists):
        return None
    nodes, edges = (
        [item["data"] if isinstance(item.get("data"), dict) else item for item in items] for items in lists if items is not None
    )
    return nodes, edges


def _first(item: dict[str, Any], names: Sequence[str]) -> str | None:
    return next((value for name in names if (value := text(item.get(name)))), None)


def _end(item: dict[str, Any], names: Sequence[str]) -> str | None:
    """The node at one end, by its id; d3 may have put the whole node there."""
    given = next((item[name] for name in names if item.get(name) is not None), None)
    return _first(given, (*_IDS, "name")) if isinstance(given, dict) else text(given)


def _attributes(item: dict[str, Any], besides: Sequence[str]) -> dict[str, str]:
    inner = item.get("attributes")
    own = {key: value for key, value in item.items() if key not in _OWN and key not in besides}
    both = {**(inner if isinstance(inner, dict) else {}), **own}
    return {str(name): value for name, given in both.items() if (value := text(given))}


POLINODE = Format(
    "polinode",
    "Polinode",
    (".json",),
    "Nodes with attributes, edges that name them by id",
    json=JsonReader(is_polinode, read_polinode),
)
FORMAT = Format(
    "node-link",
    "Node-link JSON",
    (".json",),
    "Lists of nodes and of edges (or links), as NetworkX, d3, vis.js, graphology and Cytoscape write them",
    json=JsonReader(is_node_link, read),
)
