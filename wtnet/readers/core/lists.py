"""Lists of elements and of connections as other tools put them in a sheet or a CSV."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from wtnet.readers.core.elements import Edge, Node, text
from wtnet.readers.core.ends import ends, is_rating
from wtnet.readers.core.grid import Grid
from wtnet.tables.model import ROW
from wtnet.tables.text import normal

COMMON = ("answers", "asked", "coverage", "fields", "next_steps", "notes", "questions")
"""Tables whose names others use for other things: such a file or sheet is ours only if its needed columns are there."""
_DIRECTIONS = ("directed", "undirected", "mutual")
_DIRECTED = ("directed", "mutual")
_NAMES = ("label", "name")


def is_nodes(headers: Iterable[str], with_ties: bool) -> bool:
    """True for a list of elements: an id and a label, or, beside a list of ties, either of them."""
    there = {normal(header) for header in headers}
    named = bool(there & set(_NAMES))
    return ("id" in there or "vertex" in there or named) if with_ties else ("id" in there and "label" in there)


def nodes(grid: Grid) -> list[Node]:
    """The elements of a grid, in order."""
    keys = grid.keys
    identity, label = keys.get("id") or keys.get("vertex"), next((keys[name] for name in _NAMES if name in keys), None)
    rest = [header for header in grid.headers if header not in (identity, label)]
    elements = []
    for row in grid.frame.iter_rows(named=True):
        attributes = _attributes(row, rest)
        elements.append(
            Node(text(row[identity]) if identity else None, text(row[label]) if label else None, attributes, row[ROW])
        )
    return elements


def edges(grid: Grid, names: Collection[str] = ()) -> list[Edge]:
    """The connections of a grid, in order; under From and To, a cell of To may name more than one, between bars (Kumu), unless
    it is one of the `names` as it stands ("Unit 1 Gallery | Workshop"). What somebody says of somebody goes one way."""
    keys = grid.keys
    pair = ends(grid.headers)
    if pair is None:
        return []
    source, target = keys[pair[0]], keys[pair[1]]
    identity, label, kind = keys.get("id"), keys.get("label"), keys.get("type")
    directions = keys.get("direction") or (kind if _only_directions(grid, kind) else None)
    used = (source, target, identity, label, directions, keys.get("source_label"), keys.get("target_label"))
    rest = [header for header in grid.headers if header not in used]
    connections = []
    for row in grid.frame.iter_rows(named=True):
        cell = text(row[target])
        several = pair == ("from", "to") and cell and "|" in cell and cell not in names
        targets = [part.strip() for part in str(cell).split("|")] if several else [cell]
        direction = (text(row[directions]) or "").lower() if directions else ""
        attributes = _attributes(row, rest)
        for end in targets:
            given = text(row[identity]) if identity and len(targets) == 1 else None
            written = text(row[label]) if label else None
            one_way = direction in _DIRECTED or (not direction and is_rating(pair))
            connections.append(Edge(given, text(row[source]), end, written, attributes, row[ROW], one_way, direction == "mutual"))
    return connections


def labelled_ends(grid: Grid) -> list[Node]:
    """The partners of a list of ties that has their labels beside their ids (Source Label, Target Label), each once."""
    pair, keys = ends(grid.headers), grid.keys
    if pair is None or not {"source_label", "target_label"} <= set(keys):
        return []
    partners: dict[str, Node] = {}
    for row in grid.frame.iter_rows(named=True):
        for end, label in zip(pair, ("source_label", "target_label"), strict=True):
            id, name = text(row[keys[end]]), text(row[keys[label]])
            if id and name:
                partners.setdefault(id, Node(id, name, {}, row[ROW]))
    return list(partners.values())


def _attributes(row: dict[str, object], headers: list[str]) -> dict[str, str]:
    return {header: value for header in headers if (value := text(row[header]))}


def _only_directions(grid: Grid, kind: str | None) -> bool:
    """Gephi's `Type` says directed or undirected; Kumu's says what the tie is."""
    if kind is None:
        return False
    values = {value.strip().lower() for value in grid.frame[kind].drop_nulls().unique()} - {""}
    return bool(values) and values.issubset(_DIRECTIONS)
