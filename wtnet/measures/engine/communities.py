"""Communities by Louvain, the same whatever the order of the rows: for colours and figures, and for places on the map."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np

from wtnet.measures.engine.arrays import arrays, once
from wtnet.network import Network

SEED = 2008
TIES = 2_000
"""Louvain is tried again with other seeds (ten times at most) as long as that is no more work than so many ties once."""

RUNS, FEW_TIES = 3, 5_000
"""So many runs have to agree on places, fewer in a network of more ties than this, for time's sake."""


@dataclass(frozen=True, eq=False)
class Communities:
    """How the partners divide.

    label (n): 0 for the largest community, −1 for a partner without a tie of known strength above 0; count; and the
    modularity of the partition (None without such ties).
    """

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
    by_id = a.order
    place = np.empty(a.n, dtype=np.int64)
    place[by_id] = np.arange(a.n)
    division = louvain(np.stack([place[a.source[counts]], place[a.target[counts]]], axis=1), a.weight[counts])
    for number, members in enumerate(division):
        label[by_id[sorted(members)]] = number
    return Communities(label, len(division), modularity(a.source, a.target, a.weight, label))


def louvain(ends: np.ndarray, weight: np.ndarray) -> list[set[int]]:
    """The communities of points tied in pairs, `ends` (m, 2), with weights above 0 (m): the division of the highest
    modularity of up to ten, the largest community first, of two of one size that with the first point.

    A point without a tie is in none. The order of the ties makes no difference.
    """
    graph = _graph(ends, weight)
    tries = min(10, max(1, TIES // graph.number_of_edges()))
    divisions = [nx.community.louvain_communities(graph, weight="weight", seed=SEED + again) for again in range(tries)]
    division = divisions[0]
    if tries > 1:
        division = max(divisions, key=lambda groups: nx.community.modularity(graph, groups, weight="weight"))
    return sorted(division, key=lambda group: (-len(group), min(group)))


def agreed(n: int, ends: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The community of each of n points, numbered in the order of their first members, changing little with a tie more or less.

    Several runs; ties between points that the runs mostly part are made light, and the last run decides (Lancichinetti
    and Fortunato 2012, doi 10.1038/srep00336). In large networks it is one run alone. A point without a tie is a community.
    """
    runs = min(RUNS, max(1, RUNS * FEW_TIES // max(len(ends), 1)))
    label = np.arange(n)
    together = np.zeros(len(ends))
    for run in range(runs if len(ends) else 0):
        label = _one_run(n, ends, weight, SEED + run)
        together += label[ends[:, 0]] == label[ends[:, 1]]
    if runs > 1 and len(ends):
        label = _one_run(n, ends, weight * (0.02 + (together / runs) ** 2), SEED)
    first = np.unique(label, return_index=True)[1]
    return np.argsort(np.argsort(first))[np.unique(label, return_inverse=True)[1]]


def _one_run(n: int, ends: np.ndarray, weight: np.ndarray, seed: int) -> np.ndarray:
    label = np.arange(n) + n
    for number, members in enumerate(nx.community.louvain_communities(_graph(ends, weight), weight="weight", seed=seed)):
        label[list(members)] = number
    return label


def _graph(ends: np.ndarray, weight: np.ndarray) -> nx.Graph:
    ends = np.sort(ends, axis=1)
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    graph = nx.Graph()
    graph.add_nodes_from(np.unique(ends).tolist())
    graph.add_weighted_edges_from((u, v, w) for (u, v), w in zip(ends[order].tolist(), weight[order].tolist(), strict=True))
    return graph


def modularity(source: np.ndarray, target: np.ndarray, weight: np.ndarray, label: np.ndarray) -> float | None:
    """Modularity (Newman & Girvan 2004) of a partition; partners with label −1 have no ties of weight. None without weight."""
    total = weight.sum()
    if not total:
        return None
    size = int(label.max()) + 1
    counts = weight > 0
    source_label, target_label, w = label[source[counts]], label[target[counts]], weight[counts]
    inside = np.bincount(source_label[source_label == target_label], w[source_label == target_label], size)
    reach = np.bincount(source_label, w, size) + np.bincount(target_label, w, size)
    return float((inside / total - (reach / (2 * total)) ** 2).sum())
