"""Partners grouped by a field of the lead's own in the place of their kind, for every measure that crosses kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import networkx as nx
import polars as pl

from wtnet.network import Network
from wtnet.tables import own
from wtnet.tables.model import Tables

_TYPES = ("category", "yes_no")


def fields(tables: Tables) -> dict[str, str]:
    """The fields that partners can be grouped by, with their labels: those of one value a partner. None for others than the lead
    where some partners are not shown by name, since nobody tells them what those are."""
    if tables.lead_ids:
        return {}
    declared = own.of_table(tables, "organisations").items()
    return {field: row["label"] for field, row in declared if row["type"] in _TYPES}


def grouped(network: Network, field: str) -> Network:
    """The partners of which the field says something, with the ties between them; `kind` is what it says."""
    ids, texts = network.tables.organisations["id"], own.values(network.tables.organisations, field)
    values = {id: " ".join(text.split()) for id, text in zip(ids, texts, strict=True) if text}
    exact = _by(network.exact, values, None) if network.exact else None
    return _by(network, values, exact)


def _by(network: Network, values: Mapping[str, str], exact: Network | None) -> Network:
    inside = [partner for partner in network.graph if partner in values]
    graph: nx.Graph = network.graph.subgraph(inside).copy()
    nx.set_node_attributes(graph, {partner: values[partner] for partner in inside}, "kind")
    among: dict[str, Any] = {"graph": graph, "ties": _between(network.ties, "source", "target", inside)}
    return replace(network, **among, directed=_between(network.directed, "rater", "partner", inside), exact=exact)


def _between(frame: pl.DataFrame, end: str, other_end: str, inside: list[str]) -> pl.DataFrame:
    return frame.filter(pl.col(end).is_in(inside), pl.col(other_end).is_in(inside))
