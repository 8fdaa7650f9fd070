"""Communities of one connected piece, fast, and the same ones when a tie more or less is there.

Louvain (Blondel et al. 2008) with a queue of points to look at again (Traag, Waltman and van Eck 2019) and refinement on
the way back down (Rotta and Noack 2011); the agreement of several such runs (Lancichinetti and Fortunato 2012) decides.
Points are looked at in an order that hangs on their ids, so that a change in one place need not be felt everywhere.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from scipy.sparse import csr_array

from wtnet.layout.force import Floats, Ints, adjacency

RUNS = 5


def agreed(ties: Ints, weights: Floats, noise: Floats, runs: int = RUNS) -> Ints:
    """Community of each point, shape (n,), numbered in the order of their first members.

    Several runs in different orders; ties between points that the runs mostly part are made light, and the last run decides.
    """
    n = len(noise)
    orders = [np.argsort(noise @ [np.cos(turn), np.sin(turn)], kind="stable") for turn in 2.399963 * np.arange(runs)]
    together = np.zeros(len(ties))
    for order in orders:
        label = louvain(adjacency(n, ties, weights), order)
        together += label[ties[:, 0]] == label[ties[:, 1]]
    label = louvain(adjacency(n, ties, weights * (0.02 + (together / runs) ** 2)), orders[0])
    first = np.unique(label, return_index=True)[1]
    return np.argsort(np.argsort(first))[label].astype(np.int64)


def louvain(matrix: csr_array, order: Ints) -> Ints:
    """One run on a symmetric matrix: communities from 0, points looked at in this order first."""
    matrices, volumes, maps = [matrix], [np.asarray(matrix.sum(axis=1)).ravel()], []
    while True:
        n = matrices[-1].shape[0]
        label = moved(matrices[-1], volumes[-1], np.arange(n), order)
        count = int(label.max()) + 1
        if count == n:
            break
        maps.append(label)
        member = csr_array((np.ones(n), (np.arange(n), label)), shape=(n, count))
        matrices.append((member.T @ matrices[-1] @ member).tocsr())
        volumes.append(np.bincount(label, volumes[-1]))
        order = np.arange(count)
    label = np.arange(matrices[-1].shape[0])
    for level in range(len(maps) - 1, -1, -1):
        label = label[maps[level]]
        label = moved(matrices[level], volumes[level], label, np.arange(len(label)))
    return label


def moved(matrix: csr_array, volume: Floats, start: Ints, order: Ints) -> Ints:
    """Move single points to the neighbouring community that gains most modularity until none gains; numbered from 0."""
    ends, neighbours, values = matrix.indptr.tolist(), matrix.indices.tolist(), matrix.data.tolist()
    home, size = start.tolist(), volume.tolist()
    held = np.bincount(start, volume, len(start)).tolist()
    whole = max(sum(size), 1e-12)
    waiting, queued = deque(order.tolist()), [True] * len(home)
    while waiting:
        point = waiting.popleft()
        queued[point] = False
        old, share = home[point], size[point] / whole
        near = range(ends[point], ends[point + 1])
        links: dict[int, float] = {old: 0.0}
        for i in near:
            if neighbours[i] != point:
                there = home[neighbours[i]]
                links[there] = links.get(there, 0.0) + values[i]
        held[old] -= size[point]
        best, most = old, links[old] - share * held[old] + 1e-9
        for there, link in links.items():
            gain = link - share * held[there]
            if gain > most:
                best, most = there, gain
        held[best] += size[point]
        if best != old:
            home[point] = best
            for i in near:
                other = neighbours[i]
                if not queued[other] and home[other] != best:
                    queued[other] = True
                    waiting.append(other)
    return np.unique(np.array(home), return_inverse=True)[1]
