"""Shortest paths of very large networks: distances of all partners exactly, betweenness from a sample with an error bound.

Distances are counted for 64 starting partners at a time, a bit each. Betweenness is the share of randomly drawn pairs whose
randomly drawn shortest path runs through a partner (Riondato & Kornaropoulos 2016, doi 10.1007/s10618-015-0423-0). Paths are
found from both ends at once (Borassi & Natale 2019, doi 10.1145/3284359), many pairs side by side. Each count is binomial, so
each partner has an exact interval of its own (Clopper & Pearson 1934), wide enough that all of them hold together.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

PATHS = 20_000
"""So many pairs are drawn."""
CONFIDENCE = 0.95
"""How sure it is that the intervals of all partners hold at once."""
SEED = 2016
BYTES = 64_000_000
"""Pairs are followed side by side as far as so much memory goes."""
WORDS = 32


def reached(links: csr_array) -> np.ndarray:
    """How many partners each of them reaches in exactly 1, 2, … steps (steps × n)."""
    n = links.shape[0]
    degree = np.diff(links.indptr)
    order = np.argsort(-degree, kind="stable")
    ordered = links[order][:, order]
    degree = degree[order]
    broad = int(np.searchsorted(-degree, -64, side="left"))
    rounds = []
    for turn in range(int(degree[broad]) if broad < n else 0):
        last = int(np.searchsorted(-degree, -turn, side="left"))
        rounds.append((last, ordered.indices[ordered.indptr[broad:last] + turn]))
    counts: list[np.ndarray] = []
    for start in range(0, n, 64 * WORDS):
        size = min(64 * WORDS, n - start)
        front = np.zeros((n, -(-size // 64)), dtype=np.uint64)
        at = np.arange(size)
        front[start + at, at // 64] = np.left_shift(np.uint64(1), (at % 64).astype(np.uint64))
        seen = front.copy()
        for step in range(n):
            following = np.zeros_like(front)
            for hub in range(broad):
                around = ordered.indices[ordered.indptr[hub] : ordered.indptr[hub + 1]]
                following[hub] = np.bitwise_or.reduce(front[around], axis=0)
            for last, neighbour in rounds:
                following[broad:last] |= front[neighbour]
            following &= ~seen
            new = np.bitwise_count(following).sum(axis=1, dtype=np.int64)
            if not new.any():
                break
            seen |= following
            front = following
            if step == len(counts):
                counts.append(np.zeros(n, dtype=np.int64))
            counts[step][order] += new
    return np.stack(counts) if counts else np.zeros((1, n), dtype=np.int64)


def passed(links: csr_array, label: np.ndarray, draws: int = PATHS, seed: int = SEED) -> np.ndarray:
    """The number of `draws` shortest paths each partner lies on (n), its ends apart: of each of as many pairs of different
    partners, drawn evenly, one of its shortest paths, drawn evenly. A pair in two connected parts (`label`) has none."""
    n = links.shape[0]
    generator = np.random.default_rng(seed)
    start = generator.integers(n, size=draws)
    end = (start + 1 + generator.integers(n - 1, size=draws)) % n
    together = label[start] == label[end]
    start, end = start[together], end[together]
    counts = np.zeros(n, dtype=np.int64)
    side_by_side = max(8, BYTES // (n * 2 * 14))
    search = _Search(links, min(side_by_side, max(len(start), 1)))
    for first in range(0, len(start), side_by_side):
        block = slice(first, first + side_by_side)
        counts += np.bincount(search.between(start[block], end[block], generator), minlength=n)
    return counts


class _Search:
    """Search from both ends of some pairs at once. A place is (pair · 2 + side) · n + partner, side 0 the start's, 1 the end's.

    level: 1 + steps from that end, 0 where not reached; paths: number of shortest paths from that end.
    """

    def __init__(self, links: csr_array, pairs: int) -> None:
        self.n = links.shape[0]
        self.first, self.around = links.indptr.astype(np.int64), links.indices.astype(np.int64)
        self.degree = np.diff(self.first)
        self.level = np.zeros(pairs * 2 * self.n, dtype=np.uint16)
        self.paths = np.zeros(pairs * 2 * self.n)
        self.mark = np.zeros(pairs * 2 * self.n, dtype=np.int32)

    def between(self, start: np.ndarray, end: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        """The partners between the ends of one shortest path of each pair, all together."""
        pair = np.arange(len(start))
        front = np.concatenate([2 * pair * self.n + start, (2 * pair + 1) * self.n + end])
        self.level[front], self.paths[front] = 1, 1.0
        touched, middles = [front], []
        steps = np.ones(2 * len(start), dtype=np.uint16)
        while len(front):
            side = front // self.n
            work = np.bincount(side, self.degree[front % self.n], 2 * len(start)).reshape(-1, 2)
            lighter = 2 * pair + (work[:, 1] < work[:, 0])
            turn = np.zeros(2 * len(start), dtype=bool)
            turn[lighter] = True
            moves = turn[side]
            new = self._grown(front[moves], steps)
            steps[turn] += 1
            touched.append(new)
            opposite = np.where((new // self.n) % 2 == 0, new + self.n, new - self.n)
            meets = self.level[opposite] > 0
            middles.append(new[meets])
            done = np.zeros(len(start), dtype=bool)
            done[new[meets] // (2 * self.n)] = True
            front = np.concatenate([front[~moves], new])
            front = front[~done[front // (2 * self.n)]]
        inside = self._one_path(np.concatenate(middles) if middles else front, generator)
        for places in touched:
            self.level[places] = 0
            self.paths[places] = 0.0
        return inside

    def _steps(self, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The places one step on from some, and the number (in `places`) of the one each is reached from."""
        partner = places % self.n
        degree = self.degree[partner]
        source = np.repeat(np.arange(len(places)), degree)
        offset = np.arange(len(source)) - np.repeat(np.cumsum(degree) - degree, degree)
        return np.repeat(places - partner, degree) + self.around[self.first[partner][source] + offset], source

    def _grown(self, front: np.ndarray, steps: np.ndarray) -> np.ndarray:
        """The places first reached one step on, with their number of shortest paths."""
        on, source = self._steps(front)
        fresh = self.level[on] == 0
        on, source = on[fresh], source[fresh]
        np.add.at(self.paths, on, self.paths[front[source]])
        number = np.arange(len(on), dtype=np.int32)
        self.mark[on] = number
        on = on[self.mark[on] == number]
        self.level[on] = steps[on // self.n] + 1
        return on

    def _one_path(self, middles: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        """The partners inside one shortest path of each pair: one where both searches met, and the way back to either end."""
        opposite = np.where((middles // self.n) % 2 == 0, middles + self.n, middles - self.n)
        chosen = _drawn(middles // (2 * self.n), self.paths[middles] * self.paths[opposite], generator)
        middle = middles[chosen]
        ends = (self.level[middle] == 1) | (self.level[opposite[chosen]] == 1)
        inside = [middle[~ends] % self.n]
        at = np.concatenate([middle, opposite[chosen]])
        while len(at := at[self.level[at] > 2]):
            back, source = self._steps(at)
            nearer = self.level[back] == self.level[at[source]] - 1
            back, source = back[nearer], source[nearer]
            at = back[_drawn(source, self.paths[back], generator)]
            inside.append(at % self.n)
        return np.concatenate(inside)


def _drawn(group: np.ndarray, weight: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """The number of one entry of each group, drawn by weight."""
    waiting = generator.exponential(size=len(group)) / weight
    order = np.lexsort((waiting, group))
    first = np.ones(len(order), dtype=bool)
    first[1:] = np.diff(group[order]) != 0
    return order[first]


def bounds(counts: np.ndarray, draws: int, confidence: float = CONFIDENCE) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and highest share of all pairs that each count allows, such that all hold at once with this confidence."""
    from scipy.special import betaincinv  # loaded where it is needed: it takes its time

    tail = (1 - confidence) / (2 * max(len(counts), 1))
    hits, misses = counts.astype(float), (draws - counts).astype(float)
    with np.errstate(invalid="ignore"):
        low = np.where(hits > 0, betaincinv(np.maximum(hits, 1), misses + 1, tail), 0.0)
        high = np.where(misses > 0, betaincinv(hits + 1, np.maximum(misses, 1), 1 - tail), 1.0)
    return low, high
