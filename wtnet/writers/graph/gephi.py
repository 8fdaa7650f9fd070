"""Gephi's two spreadsheets, nodes.csv and edges.csv, in one zip; many other tools read them too."""

from __future__ import annotations

from typing import Any

import polars as pl

from wtnet.tables.text import clean
from wtnet.writers.archive import archive
from wtnet.writers.export import Export
from wtnet.writers.provenance import provenance_lines
from wtnet.writers.rows import Row, heading, partner_fields, partner_rows, tie_rows, told_of_ties
from wtnet.writers.tables import formula

_POLARS = {"double": pl.Float64, "integer": pl.Int64}
_HOW = """\
Unpack this zip. In Gephi: File, Import spreadsheet, first nodes.csv as a nodes table, then edges.csv as an edges table,
both comma-separated and UTF-8, the second appended to the existing workspace.

nodes.csv: a row for each partner. edges.csv: a row for each tie. Weight is the strength, from 0 to 1.
An empty cell means not known, never zero; Gephi itself takes an empty Weight for 1.
Text that a spreadsheet would take for a formula has an apostrophe before it.
"""


def write(export: Export) -> bytes:
    """A zip of nodes.csv, edges.csv (the partners and ties of the network) and README.txt with where it came from."""
    nodes, edges = _nodes(export), _edges(export)
    about = "\n".join(provenance_lines(export))
    files = {"nodes.csv": formula.csv(nodes), "edges.csv": formula.csv(edges), "README.txt": f"{about}\n\n{_HOW}".encode()}
    return archive(files, export.made)


def _nodes(export: Export) -> pl.DataFrame:
    rows = partner_rows(export, export.network.graph)
    columns = [
        pl.Series("Id", [row["id"] for row in rows], pl.String),
        pl.Series("Label", [row["name"] for row in rows], pl.String),
    ]
    return pl.DataFrame([*columns, *(_column(name, kind, rows) for name, kind in partner_fields(export.tables).items())])


def _edges(export: Export) -> pl.DataFrame:
    rows = tie_rows(export)
    ends = [pl.Series(name.capitalize(), [row[name] for row in rows], pl.String) for name in ("source", "target")]
    fixed = [
        pl.Series("Type", ["Directed" if row.get("direction") == "forward" else "Undirected" for row in rows], pl.String),
        pl.Series("Id", [row["id"] for row in rows], pl.String),
        pl.Series("Weight", [row["strength"] for row in rows], pl.Float64),
    ]
    fields = told_of_ties(export.tables)
    return pl.DataFrame([*ends, *fixed, *(_column(name, kind, rows) for name, kind in fields.items() if name != "strength")])


def _column(name: str, kind: str, rows: list[Row]) -> pl.Series:
    """One column with its heading in words, lists joined by "; "."""
    values: list[Any] = [row.get(name) for row in rows]
    if kind == "list":
        values = ["; ".join(value) or None for value in values]
    if kind not in _POLARS:
        values = [None if value is None else clean(value) or None for value in values]
    return pl.Series(heading(name), values, _POLARS.get(kind, pl.String))
