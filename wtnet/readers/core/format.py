"""What kinds of file can be read: each reader declares its own, and messages and the README list them."""

from __future__ import annotations

from dataclasses import dataclass

TEMPLATE_HINT = "a blank workbook to fill in is made by: python -m wtnet template OUT.xlsx"


@dataclass(frozen=True)
class Format:
    """One kind of file: `id` as `Raw.format` gives it, `suffixes` it usually has (the content decides, not the suffix)."""

    id: str
    name: str
    suffixes: tuple[str, ...]
    description: str


WORKBOOK = Format(
    "workbook",
    "Workbook",
    (".xlsx", ".xlsm", ".ods"),
    "Your own workbook: a sheet per table, named organisations, partnerships, ratings …; other sheets are left out",
)
CSV = Format(
    "csv",
    "CSV tables",
    (".csv", ".tsv", ".zip"),
    "The same tables as CSV: one file, several, a folder or a zip of them, named organisations.csv, partnerships.csv …",
)
KUMU = Format(
    "kumu",
    "Kumu",
    (".xlsx", ".json"),
    "A Kumu export: workbook with Elements and Connections, simple JSON, or blueprint (backup) JSON",
)
EDGES = Format(
    "edge list",
    "Edge list",
    (".csv", ".tsv", ".xlsx", ".zip"),
    "Another tool's ties (columns Source and Target), alone or with its list of nodes (columns Id and Label), as Gephi's",
)
GEXF = Format("gexf", "GEXF", (".gexf", ".xml"), "Gephi, Gephi Lite and others; versions 1.1 to 1.3")
GRAPHML = Format("graphml", "GraphML", (".graphml", ".xml"), "yEd, igraph, NetworkX, Gephi and others")

PAJEK = Format(
    "pajek", "Pajek", (".net", ".paj"), "Vertices with arcs, edges, lists or a matrix; two modes and several relations too"
)
DL = Format("dl", "UCINET DL", (".dl", ".txt"), "Full or half matrix, list of ties or of neighbours; labels apart or embedded")
GRANTS = Format(
    "360giving",
    "360Giving grants",
    (".json", ".csv", ".xlsx"),
    "Funders and recipients as partners, each grant a tie; grants to individual people are left out",
)
POLINODE = Format("polinode", "Polinode", (".json",), "Nodes with attributes, edges that name them by id")
NODE_LINK = Format(
    "node-link",
    "Node-link JSON",
    (".json",),
    "Lists of nodes and of edges (or links), as NetworkX, d3, vis.js, graphology and Cytoscape write them",
)
ONODO = Format("onodo", "Onodo", (".xlsx",), "Sheets nodes and relations; From, At and To become the dates of a tie")

FORMATS: tuple[Format, ...] = (WORKBOOK, CSV, KUMU, EDGES, GEXF, GRAPHML, PAJEK, DL, GRANTS, POLINODE, NODE_LINK, ONODO)
"""Every kind of file that is read, in the order a person meets them."""


def readable() -> str:
    """The list that ends a refusal: 'Files that can be read: workbook (.xlsx, .xlsm, .ods), …'."""
    kinds = ", ".join(f"{one.name} ({', '.join(one.suffixes)})" for one in FORMATS)
    return f"Files that can be read: {kinds}"
