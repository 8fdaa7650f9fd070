"""Kumu: a workbook with Elements and Connections, simple JSON, and blueprint (backup) JSON.

Kumu's pictures, maps and perspectives are not read: positions here are worked out once for a programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtnet.errors import UnreadableFile
from wtnet.readers.core import foreign
from wtnet.readers.core.elements import Edge, ForeignNetwork, Node, text
from wtnet.readers.core.format import Format, JsonReader, SheetsReader
from wtnet.readers.core.grid import MAX_ROWS, Grid
from wtnet.tables.model import Problem, Raw

_OWN = {"_id", "id", "label", "attributes", "direction", "from", "to", "reversed", "flags"}


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
    edges = [edge for at, item in enumerate(_objects(file, document, "connections"), 1) for edge in _edges(file, item, at)]
    return foreign.to_raw(ForeignNetwork(FORMAT.id, file, nodes, edges, by_label=True, notices=list(notices)))


def read_grids(elements: Sequence[Grid], connections: Sequence[Grid]) -> Raw:
    """Partners and ties from the lists of a workbook. One `To` may name several, between bars."""
    return foreign.from_grids(FORMAT, elements, connections)


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
    """The values of an element or connection, beside or inside its `attributes`."""
    inner = item.get("attributes")
    both = {**(inner if isinstance(inner, dict) else {}), **{key: value for key, value in item.items() if key not in _OWN}}
    return {name: value for name, value in ((text(key) or "", text(value)) for key, value in both.items()) if name and value}


def _label(item: dict[str, Any], fields: dict[str, str]) -> str | None:
    return text(item.get("label")) or fields.pop("label", None) or fields.pop("Label", None)


def _node(item: dict[str, Any], at: int) -> Node:
    fields = _fields(item)
    return Node(text(item.get("_id")) or text(item.get("id")), _label(item, fields), fields, at)


def _edges(file: str, item: dict[str, Any], at: int) -> list[Edge]:
    """One connection, or one to each partner that its `from` or `to` lists."""
    fields = _fields(item)
    direction = (text(item.get("direction")) or "").lower()
    given = [item.get(end) if isinstance(item.get(end), list) else [item.get(end)] for end in ("from", "to")]
    if len(given[0] or ()) * len(given[1] or ()) > MAX_ROWS:
        raise UnreadableFile(
            f"{file}: connection {at} is of {len(given[0] or ()):,} partners with {len(given[1] or ()):,}, more than can "
            f"be read (at most {MAX_ROWS:,} partnerships). Export it from Kumu again as JSON."
        )
    pairs = [(text(source), text(target)) for source in given[0] or [None] for target in given[1] or [None]]
    identity = text(item.get("_id")) or text(item.get("id"))
    label = _label(item, fields)
    return [
        Edge(
            identity if len(pairs) == 1 else None,
            *pair,
            label,
            fields,
            at,
            direction in ("directed", "mutual"),
            direction == "mutual",
        )
        for pair in pairs
    ]


FORMAT = Format(
    "kumu",
    "Kumu",
    (".xlsx", ".json"),
    "A Kumu export: workbook with Elements and Connections, simple JSON, or blueprint (backup) JSON",
    json=JsonReader(is_kumu, read_json),
    sheets=SheetsReader(lambda elements, connections: 1, read_grids),
)
