"""Whom the network depends on: what would be lost without each partner."""

from __future__ import annotations

import networkx as nx
import numpy as np
import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.measures.engine.arrays import arrays, components
from wtnet.measures.resilience import cuts
from wtnet.network import Network


def without(network: Network) -> pl.DataFrame:
    """The network without each partner in turn: one row a partner, in the order of the organisations.

    Columns: id, name, kind; only_link (whether others would be cut off); cut_off (how many would be cut off from the
    rest of their part); ties, cross_sector_ties (lost with it; the latter go to another kind); largest_before,
    largest_after (share of the partners in the largest part, before of n, after of the n − 1 that are left; null with
    nobody left); change (after − before; null likewise). Not weighted: every tie counts.
    """
    a, parts, cut = arrays(network), components(network), cuts(network)
    crossing = (a.kind[a.source] != a.kind[a.target]).astype(float)
    sizes = np.sort(parts.size)[::-1]
    largest, second = (int(sizes[k]) if len(sizes) > k else 0 for k in (0, 1))
    own = parts.size[parts.label] if a.n else np.zeros(0, int)
    others = np.where((own == largest), second, largest)
    after = np.maximum(own - 1 - cut.lost, others)
    before = largest / a.n if a.n else 0.0
    alone = a.n < 2
    return pl.DataFrame(
        {
            "id": pl.Series(a.ids, dtype=pl.String),
            "name": pl.Series([network.graph.nodes[partner]["name"] for partner in a.ids], dtype=pl.String),
            "kind": pl.Series([network.graph.nodes[partner]["kind"] for partner in a.ids], dtype=pl.String),
            "only_link": pl.Series(cut.critical, dtype=pl.Boolean),
            "cut_off": pl.Series(cut.lost, dtype=pl.Int64),
            "ties": pl.Series(a.degree, dtype=pl.Int64),
            "cross_sector_ties": pl.Series(a.at_partners(crossing).astype(np.int64), dtype=pl.Int64),
            "largest_before": pl.Series([before] * a.n, dtype=pl.Float64),
            "largest_after": pl.Series([None] * a.n if alone else after / (a.n - 1), dtype=pl.Float64),
        }
    ).with_columns(change=pl.col("largest_after") - pl.col("largest_before"))


def cut_off_by(network: Network, partner: str) -> list[str]:
    """Who would be cut off from the rest of their part if this partner left: ids, in the order of the organisations. Of pieces of
    one size that of the first of them is the rest."""
    if partner not in network.graph:
        raise InvalidRequest(f"There is no partner “{partner}” in view; choose another, or widen the filters.")
    rest = nx.Graph(network.graph.subgraph(nx.node_connected_component(network.graph, partner) - {partner}))
    place = {other: at for at, other in enumerate(network.graph)}
    pieces = sorted(nx.connected_components(rest), key=lambda piece: (-len(piece), min(place[other] for other in piece)))
    lost = set().union(*pieces[1:]) if pieces else set()
    return [other for other in network.graph if other in lost]
