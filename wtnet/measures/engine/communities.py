"""Communities by Louvain, the same whatever the order of the rows: for colours and figures, and for places on the map."""

from __future__ import annotations

from collections import deque
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

import networkx as nx
import numpy as np

from wtnet.measures.engine.arrays import arrays, once
from wtnet.network import Network

SEED = 2008
TIES = 2_000
"""Louvain is tried again with other seeds (ten times at most) as long as that is no more work than so many ties once; in
networks of more ties than these a quicker form of it is taken (`_quick`)."""

QUICK_RUNS, MANY_TIES = 3, 50_000
"""The best of so many runs is taken there; beyond so many ties, where a run takes seconds, the only one."""

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


def louvain(ends: np.ndarray, weight: np.ndarray) -> list[Set[int]]:
    """The communities of points tied in pairs, `ends` (m, 2), with weights above 0 (m): the division of the highest
    modularity of up to ten, the largest community first, of two of one size that with the first point.

    A point without a tie is in none. The order of the ties makes no difference.
    """
    if len(ends) > TIES:
        points = np.unique(ends)
        at = np.searchsorted(points, ends)
        labels = [_quick(len(points), at, weight, SEED + again) for again in range(1 if len(ends) > MANY_TIES else QUICK_RUNS)]
        label = max(labels, key=lambda label: modularity(at[:, 0], at[:, 1], weight, label) or 0.0)
        members = np.split(points[np.argsort(label, kind="stable")], np.cumsum(np.bincount(label))[:-1])
        return sorted((set(group.tolist()) for group in members), key=lambda group: (-len(group), min(group)))
    best = _best(ends.astype(np.int64).tobytes(), weight.astype(np.float64).tobytes())
    return sorted(best, key=lambda group: (-len(group), min(group)))


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
    if len(ends) > TIES:
        return _quick(n, ends, weight, seed)
    label = np.arange(n) + n
    for number, members in enumerate(nx.community.louvain_communities(_graph(ends, weight), weight="weight", seed=seed)):
        label[list(members)] = number
    return label


@lru_cache(maxsize=100)
def _best(ends: bytes, weight: bytes) -> tuple[frozenset[int], ...]:
    """The division of the highest modularity of few ties, given as the bytes of int64 and float64. What each audience figures
    with has the same ties, pilot by pilot and page by page: those asked for last are kept."""
    graph = _graph(np.frombuffer(ends, np.int64).reshape(-1, 2), np.frombuffer(weight))
    tries = min(10, max(1, TIES // graph.number_of_edges()))
    divisions = [nx.community.louvain_communities(graph, weight="weight", seed=SEED + again) for again in range(tries)]
    division = divisions[0]
    if tries > 1:
        division = max(divisions, key=lambda groups: nx.community.modularity(graph, groups, weight="weight"))
    return tuple(map(frozenset, division))


def _quick(n: int, ends: np.ndarray, weight: np.ndarray, seed: int) -> np.ndarray:
    """The community of each of n points, numbered from 0: Louvain (Blondel et al. 2008, doi 10.1088/1742-5468/2008/10/P10008), in
    which only points whose surroundings moved are looked at again (Traag, Waltman & van Eck 2019, doi
    10.1038/s41598-019-41695-z). The order of the ties makes no difference."""
    draw = np.random.default_rng(seed)
    low, high = ends.min(axis=1), ends.max(axis=1)
    label: np.ndarray = np.arange(n)
    own: np.ndarray = np.zeros(n)
    while True:
        size = len(own)
        code, back = np.unique(low * size + high, return_inverse=True)
        low, high, weight = code // size, code % size, np.bincount(back, weight, len(code))
        moved = np.unique(_moved(low, high, weight, own, draw.permutation(size)), return_inverse=True)[1]
        label = moved[label]
        count = int(moved.max(initial=-1)) + 1
        if count == size:
            return label
        inside = moved[low] == moved[high]
        own = np.bincount(moved, own, count) + 2 * np.bincount(moved[low[inside]], weight[inside], count)
        low, high = np.sort(np.stack([moved[low[~inside]], moved[high[~inside]]]), axis=0)
        weight = weight[~inside]


def _moved(low: np.ndarray, high: np.ndarray, weight: np.ndarray, own: np.ndarray, order: np.ndarray) -> list[int]:
    """The community of each point once no move of one raises modularity; `own` (n) is twice the weight within a point."""
    n = len(own)
    source, target, both = np.concatenate([low, high]), np.concatenate([high, low]), np.concatenate([weight, weight])
    sort = np.lexsort((target, source))
    first = np.searchsorted(source[sort], np.arange(n + 1)).tolist()
    around, pull = target[sort].tolist(), both[sort].tolist()
    reach = (np.bincount(source, both, n) + own).tolist()
    total = sum(reach)
    group, of_group = list(range(n)), reach.copy()
    waiting, queued = deque(order.tolist()), [True] * n
    while waiting:
        point = waiting.popleft()
        queued[point] = False
        here, share = group[point], reach[point] / total
        pulls: dict[int, float] = {here: 0.0}
        for place in range(first[point], first[point + 1]):
            there = group[around[place]]
            pulls[there] = pulls.get(there, 0.0) + pull[place]
        of_group[here] -= reach[point]
        best, most = here, pulls[here] - of_group[here] * share
        for there, value in pulls.items():
            gain = value - of_group[there] * share
            if gain > most + 1e-12:
                best, most = there, gain
        of_group[best] += reach[point]
        if best != here:
            group[point] = best
            for place in range(first[point], first[point + 1]):
                other = around[place]
                if group[other] != best and not queued[other]:
                    queued[other] = True
                    waiting.append(other)
    return group


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
