"""Communities by Louvain, weighted by strength, the same whatever the order of the rows."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np

from wtnet.measures.engine.arrays import arrays, once
from wtnet.network import Network

SEED = 2008
TIES = 2_000
"""Louvain is tried again with other seeds (ten times at most) as long as that is no more work than so many ties once."""


@dataclass(frozen=True, eq=False)
class Communities:
    """label (n): 0 for the largest community, −1 for a partner without a tie of known strength above 0; count; and the
    modularity of the partition (None without such ties)."""

    label: np.ndarray
    count: int
    modularity: float | None


@once
def communities(network: Network) -> Communities:
    """Louvain on ties of known strength above 0; fixed seeds, partners taken by id; in small networks the division of
    the highest modularity of up to ten. Of two equally large communities the one with the first id comes first."""
    a = arrays(network)
    label = np.full(a.n, -1)
    counts = a.weight > 0
    if not counts.any():
        return Communities(label, 0, None)
    by_id = np.argsort(np.array(a.ids))
    place = np.empty(a.n, dtype=np.int64)
    place[by_id] = np.arange(a.n)
    ends = np.sort(np.stack([place[a.source[counts]], place[a.target[counts]]], axis=1), axis=1)
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    graph = nx.Graph()
    graph.add_nodes_from(np.unique(ends).tolist())
    graph.add_weighted_edges_from(
        (u, v, w) for (u, v), w in zip(ends[order].tolist(), a.weight[counts][order].tolist(), strict=True)
    )
    tries = min(10, max(1, TIES // graph.number_of_edges()))
    found = max(
        (nx.community.louvain_communities(graph, weight="weight", seed=SEED + again) for again in range(tries)),
        key=lambda groups: nx.community.modularity(graph, groups, weight="weight"),
    )
    for number, members in enumerate(sorted(found, key=lambda group: (-len(group), min(group)))):
        label[by_id[sorted(members)]] = number
    return Communities(label, len(found), modularity(a.source, a.target, a.weight, label))


def modularity(source: np.ndarray, target: np.ndarray, weight: np.ndarray, label: np.ndarray) -> float | None:
    """Modularity (Newman & Girvan 2004) of a partition; partners with label −1 have no ties of weight. None without weight."""
    total = weight.sum()
    if not total:
        return None
    size = int(label.max()) + 1
    counts = weight > 0
    one, other, w = label[source[counts]], label[target[counts]], weight[counts]
    inside = np.bincount(one[one == other], w[one == other], size)
    reach = np.bincount(one, w, size) + np.bincount(other, w, size)
    return float((inside / total - (reach / (2 * total)) ** 2).sum())
