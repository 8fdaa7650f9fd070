"""The vertex bootstrap, for many draws at once: of one network, and of the same partners in two waves together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from wtnet.measures.engine.arrays import Arrays, arrays
from wtnet.measures.measure import Ratio
from wtnet.network import Network

CELLS = 2_000_000


def resampled(network: Network, ratios: Mapping[str, Ratio], draws: int, seed: int) -> dict[str, np.ndarray]:
    """Each ratio of sums over ties in networks of partners drawn with replacement (draws each, NaN where a draw has none).

    Snijders & Borgatti 1999 (Connections 22(2)): each draw takes n partners with replacement; two different partners
    keep their tie, or that they have none; a pair made of the same partner twice takes the value of a pair drawn at
    random from the network. Partners are taken in the order of their ids, so row order does not matter.
    """
    a = arrays(network)
    place = np.empty(a.n, dtype=np.int64)
    place[a.order] = np.arange(a.n)
    ends, order = _in_order(place, a)
    per_tie = _parts(ratios, a.m)[order]
    return _ratios(ratios, drawn_sums(a.n, ends, per_tie, draws, seed), a.n)


def resampled_twice(
    before: Network, after: Network, ratios: tuple[Mapping[str, Ratio], Mapping[str, Ratio]], draws: int, seed: int
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The same of two waves, each draw taking the same partners (and the same pairs at random) in both.

    A partner's ties of two waves are not independent of each other, so that a change is resampled whole: the difference of
    the two is what each draw says of it. The networks' partners are taken together; one that is in one of them has no tie
    in the other.
    """
    sides = [arrays(network) for network in (before, after)]
    written = before.tables.known.lead_ids
    everyone = sorted({partner for a in sides for partner in a.ids}, key=lambda partner: written.get(partner, partner))
    number = {partner: at for at, partner in enumerate(everyone)}
    n = len(everyone)
    ends = [_in_order(np.array([number[partner] for partner in a.ids], dtype=np.int64), a) for a in sides]
    codes = [pairs[0] * n + pairs[1] for pairs, _ in ends]
    union = np.union1d(*codes).astype(np.int64)
    columns = []
    for a, chosen, code, (_, order) in zip(sides, ratios, codes, ends, strict=True):
        parts = np.zeros((len(union), 2 * len(chosen)))
        parts[np.searchsorted(union, code)] = _parts(chosen, a.m)[order]
        columns.append(parts)
    sums = drawn_sums(n, np.stack([union // max(n, 1), union % max(n, 1)]), np.concatenate(columns, axis=1), draws, seed)
    half = columns[0].shape[1]
    return _ratios(ratios[0], sums[:, :half], n), _ratios(ratios[1], sums[:, half:], n)


def _in_order(place: np.ndarray, a: Arrays) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the ties by the partners' places (2 × m, the lower first), sorted, and the ties in that order."""
    ends = np.sort(np.stack([place[a.source], place[a.target]]), axis=0)
    order = np.lexsort((ends[1], ends[0]))
    return ends[:, order], order


def _parts(ratios: Mapping[str, Ratio], m: int) -> np.ndarray:
    """What each tie adds above and below the line of each ratio (m × twice as many)."""
    parts = [np.ones(m) if part is None else part for ratio in ratios.values() for part in ratio]
    return np.stack(parts, axis=1) if parts else np.zeros((m, 0))


def _ratios(ratios: Mapping[str, Ratio], sums: np.ndarray, n: int) -> dict[str, np.ndarray]:
    drawn = {}
    for column, (name, (_, below)) in enumerate(ratios.items()):
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn[name] = sums[:, 2 * column] / (n * (n - 1) / 2 if below is None else sums[:, 2 * column + 1])
    return drawn


def drawn_sums(n: int, ends: np.ndarray, per_tie: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """What the columns of `per_tie` (m × columns) add up to in each draw (draws × columns); `ends` (2 × m) are below n."""
    generator = np.random.default_rng(seed)
    source, target = ends
    m, pairs = len(source), n * (n - 1) / 2
    sums = np.empty((draws, per_tie.shape[1]))
    step = max(1, CELLS // max(n, m, 1))
    for start in range(0, draws, step):
        count = min(step, draws - start)
        times = generator.multinomial(n, np.full(n, 1 / n), size=count).astype(float)
        together = times[:, source] * times[:, target]
        block = together @ per_tie
        same = (times * (times - 1) / 2).sum(axis=1).astype(np.int64)
        tied = generator.binomial(same, m / pairs)
        if m:
            picked = per_tie[generator.integers(m, size=int(tied.sum()))]
            owner = np.repeat(np.arange(count), tied)
            block += np.stack([np.bincount(owner, column, count) for column in picked.T], axis=1)
        sums[start : start + count] = block
    return sums
