"""Shortest paths of large networks: rustworkx takes several times as long on registers and programmes of thousands, which are
promised (on small networks it is the faster of the two, by parts of a second).

Between all partners at once: betweenness, harmonic closeness and distances, unweighted and exact; beyond `EXACT` partners
betweenness is estimated from paths drawn at random (`sampling`) unless the scope asks for every one.
Brandes' method (2001, doi 10.1080/0022250X.2001.9990249), level by level for a block of starting partners at a time:
one sparse product per level counts the shortest paths of the whole block, and one on the way back shares them out.
Partners with a single tie are folded into the partner they hang on first (their paths follow from its), which makes
networks of hubs and leaves small. A block of partners is chosen near one another so that their levels overlap.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import rustworkx as rx
from scipy.sparse import csr_array

from wtnet.measures.engine import sampling
from wtnet.measures.engine.arrays import Components, arrays, components, once
from wtnet.network import Network

BLOCK, CELLS = 64, 100_000
EXACT = 5_000
"""In networks of more partners than this betweenness is estimated."""
STRINGY = 60
"""Beyond this many steps across, levels are too many and too small for blocks: one partner at a time is faster."""


@dataclass(frozen=True, eq=False)
class Paths:
    """Per partner (n): betweenness (pairs of others whose shortest paths run through it, fractions for several
    shortest paths), harmonic (sum of 1/distance to all reached) and distance (sum of distances to all reached).

    Where betweenness is estimated: draws (0: it is exact) and low, high (n): within these is the betweenness of all partners at
    once, with 95 % confidence."""

    betweenness: np.ndarray
    harmonic: np.ndarray
    distance: np.ndarray
    draws: int = 0
    low: np.ndarray | None = None
    high: np.ndarray | None = None


@once
def paths(network: Network) -> Paths:
    """All shortest paths of the network, unweighted: strength is not distance."""
    a = arrays(network)
    if a.n > EXACT and not network.scope.every_path and not _stringy(a.links, components(network)):
        return estimated(a.links, components(network).label)
    return shortest(a.links, components(network).largest, components(network).label)


def estimated(links: csr_array, label: np.ndarray, draws: int = sampling.PATHS) -> Paths:
    """The same with betweenness from shortest paths of so many pairs of partners; distances are exact."""
    n = links.shape[0]
    pairs = n * (n - 1) / 2
    counts = sampling.passed(links, label, draws)
    low, high = (pairs * share for share in sampling.bounds(counts, draws))
    reached = sampling.reached(links)
    steps = np.arange(1, len(reached) + 1)[:, None]
    harmonic, distance = (reached / steps).sum(axis=0), (reached * steps).sum(axis=0).astype(float)
    return Paths(pairs * counts / draws, harmonic, distance, draws, low, high)


def _stringy(links: csr_array, parts: Components) -> bool:
    return parts.largest is not None and _across(links, int(np.argmax(parts.label == parts.largest))) > STRINGY


def shortest(links: csr_array, largest: int | None, label: np.ndarray) -> Paths:
    """The same as `paths`, from an adjacency and its connected parts."""
    if largest is not None and _across(links, int(np.argmax(label == largest))) > STRINGY:
        return _one_at_a_time(links)
    core, hung, leaves = _folded(links)
    from scipy.sparse.csgraph import reverse_cuthill_mckee  # loaded where it is needed: it takes its time

    order = core[reverse_cuthill_mckee(links[core][:, core], symmetric_mode=True)] if len(core) else core
    between, reached = _blocks(links[order][:, order], leaves[order])
    steps = np.arange(1, len(reached) + 1)[:, None]
    total = np.bincount(label, minlength=1)[label] if len(label) else label
    n = links.shape[0]
    betweenness, harmonic, distance = np.zeros(n), np.zeros(n), np.zeros(n)
    own = leaves[order]
    betweenness[order] = between + own * (total[order] - 1 - own) + own * (own - 1) / 2
    harmonic[order] = (reached / steps).sum(axis=0) + own
    distance[order] = (reached * steps).sum(axis=0) + own
    at = np.empty(n, dtype=np.int64)
    at[order] = np.arange(len(order))
    leaf = np.flatnonzero(hung >= 0)
    stem = at[hung[leaf]]
    siblings = leaves[hung[leaf]] - 1
    harmonic[leaf] = (reached / (steps + 1)).sum(axis=0)[stem] + 1 + siblings / 2
    distance[leaf] = (reached * (steps + 1)).sum(axis=0)[stem] + 1 + siblings * 2
    return Paths(betweenness, harmonic, distance)


def _folded(links: csr_array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Partners that stay; for each partner the one it hangs on (−1: it stays); how many hang on each."""
    n = links.shape[0]
    single = np.diff(links.indptr) == 1
    hung = np.full(n, -1)
    hung[single] = links.indices[links.indptr[:-1][single]]
    couple = single & (hung >= 0) & single[hung] & (np.arange(n) < hung)
    hung[couple] = -1
    return np.flatnonzero(hung < 0), hung, np.bincount(hung[hung >= 0], minlength=n)


def _blocks(links: csr_array, leaves: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Betweenness between the partners that stay, each standing for itself and its leaves (n), and how many partners,
    leaves included, each of them reaches in 1, 2, … steps (steps × n, its own leaves left out).

    Blocks are worked on side by side and added up in order, so the last digit does not depend on the machine."""
    n = links.shape[0]
    size = max(BLOCK, CELLS // max(n, 1))
    blocks = [np.arange(start, min(n, start + size)) for start in range(0, n, size)]
    betweenness, reached = np.zeros(n), np.zeros((1, n), dtype=np.int64)
    with ThreadPoolExecutor(min(len(blocks), os.cpu_count() or 1, 8) or 1) as workers:
        for passing, counts in workers.map(lambda starts: _block(links, leaves, starts), blocks):
            betweenness += passing
            if len(counts) > len(reached):
                reached = np.pad(reached, ((0, len(counts) - len(reached)), (0, 0)))
            reached[: len(counts)] += counts
    return betweenness / 2, reached


def _block(links: csr_array, leaves: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The part of `_blocks` that belongs to some starting partners (each pair of partners from both its ends)."""
    levels = list(_outward(links, starts))
    counts = np.zeros((len(levels), links.shape[0]), dtype=np.int64)
    bearing = np.flatnonzero(leaves[starts])
    for step, (rows, _, sigma, alone) in enumerate(levels):
        if step:
            counts[step - 1, rows] += alone
            if len(bearing):
                counts[step, rows] += np.where(sigma[:, bearing] > 0, leaves[starts[bearing]], 0).sum(axis=1)
    return _inward(levels, leaves, starts), counts


Level = tuple[np.ndarray, csr_array, np.ndarray, np.ndarray]


def _outward(links: csr_array, starts: np.ndarray) -> Iterator[Level]:
    """Levels from the starts outward: partners, their rows of the adjacency, the number of shortest paths to each from
    each start (0 where it is on another level), and for how many starts it is on this level."""
    n, block = links.shape[0], len(starts)
    column = np.arange(block)
    unseen = np.ones((n, block), dtype=bool)
    unseen[starts, column] = False
    left = np.full(n, block)
    left[starts] -= 1
    front = np.zeros((n, block))
    front[starts, column] = 1
    rows, around, sigma, reached_now = starts, links[starts], front[starts], np.ones(block, dtype=np.int64)
    while True:
        yield rows, around, sigma, reached_now
        touched = np.zeros(n, dtype=bool)
        touched[around.indices] = True
        following = np.flatnonzero(touched & (left > 0))
        around = links[following]
        sigma = around @ front
        fresh = unseen[following]
        sigma *= fresh
        hit = sigma > 0
        reached_now = np.count_nonzero(hit, axis=1)
        if not reached_now.any():
            return
        left[following] -= reached_now
        fresh ^= hit
        unseen[following] = fresh
        front[rows] = 0
        front[following] = sigma
        rows = following


def _inward(levels: list[Level], leaves: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Share the paths out on the way back: what runs through each partner (n)."""
    betweenness, front = np.zeros(len(leaves)), np.zeros((len(leaves), len(starts)))
    weighty = bool(leaves.any())
    for_start = 1.0 + leaves[starts]
    passing: np.ndarray | float = 0.0
    for nearer, (rows, _, sigma, _) in zip(levels[-2:0:-1], levels[:1:-1], strict=True):
        ends = np.minimum(sigma, 1.0)
        if weighty:
            ends *= (1.0 + leaves[rows])[:, None]
        ends += passing
        np.maximum(sigma, 1.0, out=sigma)
        ends /= sigma
        front[rows] = ends
        before, around, sigma_before, _ = nearer
        passing = around @ front
        passing *= sigma_before
        betweenness[before] += np.einsum("ij,j->i", passing, for_start) if weighty else passing.sum(axis=1)
        front[rows] = 0
    return betweenness


def _across(links: csr_array, start: int) -> int:
    """Steps to the farthest partner from `start`: at least half of the longest distance in its component."""
    from scipy.sparse.csgraph import breadth_first_order

    order, before = breadth_first_order(links, start, directed=False)
    depth = np.zeros(links.shape[0], dtype=np.int64)
    for partner in order[1:].tolist():
        depth[partner] = depth[before[partner]] + 1
    return int(depth.max(initial=0))


def _one_at_a_time(links: csr_array) -> Paths:
    """The same by compiled code for one partner at a time, for networks many steps across."""
    from scipy.sparse.csgraph import dijkstra

    n = links.shape[0]
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(n))
    coo = links.tocoo()
    upper = coo.row < coo.col
    graph.add_edges_from_no_data(list(zip(coo.row[upper].tolist(), coo.col[upper].tolist(), strict=True)))
    betweenness = rx.betweenness_centrality(graph, normalized=False)
    harmonic, distance = np.zeros(n), np.zeros(n)
    for start in range(0, n, 256):
        steps = dijkstra(links, indices=range(start, min(n, start + 256)), unweighted=True)
        steps[~np.isfinite(steps)] = 0
        distance[start : start + 256] = steps.sum(axis=1)
        harmonic[start : start + 256] = np.divide(1, steps, out=np.zeros_like(steps), where=steps > 0).sum(axis=1)
    return Paths(np.array([betweenness[i] for i in range(n)]), harmonic, distance)
