"""GraphML (Brandes, Eiglsperger, Herman, Himsolt & Marshall 2002) for igraph, NetworkX, yEd, Gephi and others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from wtnet.writers.export import Export
from wtnet.writers.graph.xml import add, as_text, document
from wtnet.writers.provenance import provenance, provenance_lines
from wtnet.writers.rows import distinct_ids, partner_fields, partner_rows, tie_rows, told_of_ties

_TYPES = {"integer": "int", "list": "string"}


def write(export: Export) -> bytes:
    """The partners and ties of the network as GraphML.

    Ids stand as they are; `label` is the name, x and y are as on screen with y upwards, `weight` repeats the strength and
    is, like everything unknown, left out where it is not known. Lists are joined by "; ".
    """
    about = [(what.lower(), words) for what, words in provenance(export)]
    root = Element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    add(root, "desc", "\n".join(provenance_lines(export)))
    node_fields = {"label": "string", **partner_fields(export.tables), "x": "double", "y": "double"}
    edge_fields = {"weight": "double", **told_of_ties(export.tables)}
    for of, fields in (("graph", {what: "string" for what, _ in about}), ("node", node_fields), ("edge", edge_fields)):
        for name, kind in fields.items():
            key = {"for": of, "attr.name": name, "attr.type": _TYPES.get(kind, kind)}
            add(root, "key", id=f"{of}_{name}", **key)
    ties = tie_rows(export)
    one_way = bool(ties) and all(row.get("direction") == "forward" for row in ties)
    graph = add(root, "graph", id="network", edgedefault="directed" if one_way else "undirected")
    _data(graph, "graph", dict(about))
    rows = partner_rows(export, export.network.graph)
    ids = distinct_ids(row["id"] for row in rows)
    for row in rows:
        x, y = export.positions.get(row["id"], (None, None))
        place = {"x": None if x is None else float(x), "y": None if y is None else -float(y) + 0.0}
        _data(add(graph, "node", id=ids[row["id"]]), "node", {"label": row["name"], **row, **place}, node_fields)
    for row in ties:
        way = "true" if row.get("direction") == "forward" else None
        edge = add(graph, "edge", id=row["id"], source=ids[row["source"]], target=ids[row["target"]], directed=way)
        _data(edge, "edge", {"weight": row["strength"], **row}, edge_fields)
    return document(root)


def _data(parent: Element, of: str, values: Mapping[str, Any], fields: Mapping[str, str] | None = None) -> None:
    for name in fields or values:
        text = as_text(values.get(name))
        if text is not None:
            add(parent, "data", text, key=f"{of}_{name}")
