"""Rank correlation (Spearman 1904), its permutation distribution and its bootstrap interval, where results come in blocks."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import polars as pl

from wtnet.strength.ranks import ranks

BOOTSTRAP = 2_000
_CELLS = 2_000_000
"""Orders are worked out so many cells at a time, whatever their number."""


def spearman(x: np.ndarray, y: np.ndarray) -> float | None:
    """Spearman's ρ with mean ranks for ties; null for fewer than three points or where either does not vary."""
    if len(x) < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    return float(np.clip(np.corrcoef(ranks(x), ranks(y))[0, 1], -1, 1))


def dealt(share: np.ndarray, value: np.ndarray) -> np.ndarray:
    """What each point would have for each row of `value`; rounded, so that equal figures stay equal whatever their order."""
    return np.round(value @ share.T, 12)


def shuffled(strength: np.ndarray, share: np.ndarray, value: np.ndarray, exact: bool, draws: int, seed: int) -> np.ndarray:
    """ρ for every order of the results (or `draws` random ones), each result taken by everyone it belongs to."""
    many = len(value)
    if exact:
        orders = np.array(list(permutations(range(many))))
    else:
        orders = np.random.default_rng(seed).permuted(np.tile(np.arange(many), (draws, 1)), axis=1)
    x = ranks(strength)
    x = (x - x.mean()) / np.linalg.norm(x - x.mean())
    rho = np.empty(len(orders))
    step = max(1, _CELLS // len(strength))
    for start in range(0, len(orders), step):
        y = ranks(dealt(share, value[orders[start : start + step]]), axis=1)
        y -= y.mean(axis=1, keepdims=True)
        spread = np.linalg.norm(y, axis=1)
        rho[start : start + step] = np.divide(y @ x, spread, out=np.zeros(len(y)), where=spread > 1e-9)
    return rho


def interval(pairs: pl.DataFrame, seed: int) -> tuple[float | None, float | None]:
    """95 % percentile bootstrap interval: points that share a result are drawn together."""
    blocks: dict[tuple[str, ...], list[int]] = {}
    for row, mine in enumerate(pairs["sources"]):
        blocks.setdefault(tuple(mine), []).append(row)
    groups = list(blocks.values())
    block = np.empty(pairs.height, dtype=np.int64)
    for number, rows in enumerate(groups):
        block[rows] = number
    times = np.random.default_rng(seed).multinomial(len(groups), np.full(len(groups), 1 / len(groups)), size=BOOTSTRAP)
    weight = times[:, block].astype(float)
    total = weight.sum(axis=1, keepdims=True)
    x, y = (_ranks(np.round(pairs[name].to_numpy(), 12), weight) for name in ("strength", "value"))
    x, y = (ranks - (weight * ranks).sum(axis=1, keepdims=True) / total for ranks in (x, y))
    spread = (weight * x**2).sum(axis=1) * (weight * y**2).sum(axis=1)
    there = spread > 1e-9
    drawn = (weight * x * y).sum(axis=1)[there] / np.sqrt(spread[there])
    if not drawn.size:
        return None, None
    low, high = np.quantile(drawn, [0.025, 0.975]).tolist()
    return low, high


def _ranks(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Mean ranks of values taken as many times as each row of `weight` says (draws × points)."""
    distinct, at_value = np.unique(values, return_inverse=True)
    counts = np.zeros((len(weight), len(distinct)))
    for point, place in enumerate(at_value):
        counts[:, place] += weight[:, point]
    middle = np.cumsum(counts, axis=1) - counts / 2 + 0.5
    return middle[:, at_value]
