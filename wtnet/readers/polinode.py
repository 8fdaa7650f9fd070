"""Polinode's JSON: nodes with an `attributes` object, edges that name them by id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtnet.readers import _foreign
from wtnet.readers._format import POLINODE
from wtnet.readers._found import Edge, Foreign, Node, text
from wtnet.tables.model import Problem, Raw

_OWN = {"id", "attributes", "source", "target", "directed"}


def is_polinode(document: object) -> bool:
    """True for an object with a list of nodes that have ids, and a list of edges (or none)."""
    if not isinstance(document, dict):
        return False
    nodes, edges = document.get("nodes"), document.get("edges", [])
    named = isinstance(nodes, list) and bool(nodes) and all(isinstance(node, dict) and "id" in node for node in nodes)
    return named and isinstance(edges, list) and all(isinstance(one, dict) and {"source", "target"} <= set(one) for one in edges)


def read(file: str, document: dict[str, Any], notices: Sequence[Problem] = ()) -> Raw:
    """The nodes (named by their attribute `Name`) and edges; `_row` is the ordinal, from 1."""
    nodes = [Node(text(one["id"]), None, _attributes(one), at) for at, one in enumerate(document["nodes"], 1)]
    edges = [
        Edge(
            text(one.get("id")), text(one["source"]), text(one["target"]), None, _attributes(one), at, one.get("directed") is True
        )
        for at, one in enumerate(document.get("edges", []), 1)
    ]
    return _foreign.raw(Foreign(POLINODE.id, file, nodes, edges, notices=list(notices)))


def _attributes(item: dict[str, Any]) -> dict[str, str]:
    inner = item.get("attributes")
    both = {**(inner if isinstance(inner, dict) else {}), **{key: value for key, value in item.items() if key not in _OWN}}
    return {str(name): value for name, given in both.items() if (value := text(given))}
