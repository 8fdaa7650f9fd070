"""The vertex bootstrap, for many draws at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from wtnet.measures.engine.arrays import arrays
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
    generator = np.random.default_rng(seed)
    place = np.empty(a.n, dtype=np.int64)
    place[a.order] = np.arange(a.n)
    ends = np.sort(np.stack([place[a.source], place[a.target]]), axis=0)
    order = np.lexsort((ends[1], ends[0]))
    source, target = ends[:, order]
    per_tie = np.stack([np.ones(a.m) if part is None else part[order] for ratio in ratios.values() for part in ratio], axis=1)
    pairs = a.n * (a.n - 1) / 2
    sums = np.empty((draws, per_tie.shape[1]))
    step = max(1, CELLS // max(a.n, a.m, 1))
    for start in range(0, draws, step):
        count = min(step, draws - start)
        times = generator.multinomial(a.n, np.full(a.n, 1 / a.n), size=count).astype(float)
        together = times[:, source] * times[:, target]
        block = together @ per_tie
        same = (times * (times - 1) / 2).sum(axis=1).astype(np.int64)
        tied = generator.binomial(same, a.m / pairs)
        if a.m:
            picked = per_tie[generator.integers(a.m, size=int(tied.sum()))]
            owner = np.repeat(np.arange(count), tied)
            block += np.stack([np.bincount(owner, column, count) for column in picked.T], axis=1)
        sums[start : start + count] = block
    drawn = {}
    for column, (name, (_, below)) in enumerate(ratios.items()):
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn[name] = sums[:, 2 * column] / (pairs if below is None else sums[:, 2 * column + 1])
    return drawn
