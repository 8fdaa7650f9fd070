"""Every triangle of a network once, in blocks, so that closed two-paths cost memory in proportion to the ties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from wtnet.measures.engine.arrays import Arrays, arrays, once
from wtnet.network import Network

BLOCK = 2_000_000


@dataclass(frozen=True, eq=False)
class Orientation:
    """Each tie once, from the end with fewer ties (tail) to the other (head), sorted by (tail, head) in that order.

    tail, head (m): partner numbers; tie (m): its number in `Arrays`; key (m): sorted whole number of (tail, head);
    rank (n): place of each partner in the order; after (m): where the tail's ties end.
    """

    tail: np.ndarray
    head: np.ndarray
    tie: np.ndarray
    key: np.ndarray
    rank: np.ndarray
    after: np.ndarray


@once
def oriented(network: Network) -> Orientation:
    """The ties ordered for finding triangles (every triangle has its three ties pointing the same way round)."""
    a = arrays(network)
    rank = np.empty(a.n, dtype=np.int64)
    rank[np.lexsort((np.arange(a.n), a.degree))] = np.arange(a.n)
    low, high = rank[a.source], rank[a.target]
    key = np.minimum(low, high) * a.n + np.maximum(low, high)
    tie = np.argsort(key)
    key = key[tie]
    swap = (low > high)[tie]
    tail = np.where(swap, a.target[tie], a.source[tie])
    head = np.where(swap, a.source[tie], a.target[tie])
    after = np.searchsorted(key // max(a.n, 1), rank[tail], side="right")
    return Orientation(tail, head, tie, key, rank, after)


def triangles(a: Arrays, o: Orientation) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Blocks of triangles u → v → w, u → w, as places of the ties uv, uw, vw in `Orientation`."""
    place = np.arange(a.m)
    later = o.after - place - 1
    ends = np.cumsum(later)
    start = 0
    while start < a.m:
        done = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + BLOCK, side="right")))
        first = np.repeat(place[start:stop], later[start:stop])
        second = first + 1 + np.arange(len(first)) - np.repeat(ends[start:stop] - later[start:stop] - done, later[start:stop])
        key = o.rank[o.head[first]] * a.n + o.rank[o.head[second]]
        closing = np.searchsorted(o.key, key)
        closed = closing < a.m
        closed[closed] = o.key[closing[closed]] == key[closed]
        yield first[closed], second[closed], closing[closed]
        start = stop
