"""How often each 95 % interval holds the true figure, for few and for many partners or points: the tables of docs/methods.md.

    python tools/coverage_of_intervals.py            # prints the table; takes some minutes

Programmes are made up whose true figure is known, many times over; the interval is worked out each time as the product does.
"""

from __future__ import annotations

import sys

import numpy as np
import polars as pl

from wtnet.analysis.rank_correlation import interval
from wtnet.measures.engine.bootstrap import drawn_sums

SIZES = (5, 6, 8, 10, 15, 20, 30, 40, 60)
TIMES, DRAWS = 400, 500
RISE, DENSITY = 0.1, 0.3


def _programme(n: int, draw: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ends (2 × m) of ties at random, more to partners that have many, and their strengths in two waves."""
    one, other = np.triu_indices(n, 1)
    social, strong, gain = draw.normal(0, 0.6, n), draw.normal(0, 0.08, n), draw.normal(0, 0.05, n)
    tied = draw.random(len(one)) < 1 / (1 + np.exp(-(np.log(DENSITY / (1 - DENSITY)) + social[one] + social[other])))
    a, b = one[tied], other[tied]
    first = 0.45 + strong[a] + strong[b] + draw.normal(0, 0.12, len(a))
    return np.stack([a, b]), first, first + RISE + gain[a] + gain[b] + draw.normal(0, 0.1, len(a))


def _holds(values: np.ndarray, true: float) -> bool:
    known = values[~np.isnan(values)]
    if not known.size:
        return False
    low, high = np.percentile(known, [2.5, 97.5])
    return bool(low <= true <= high)


def of_networks(n: int, true_density: float) -> tuple[float, float, float]:
    """Coverage of the intervals of density, mean strength and its change for n partners."""
    draw = np.random.default_rng(n)
    hits = np.zeros(3)
    for time in range(TIMES):
        ends, first, second = _programme(n, draw)
        if not ends.shape[1]:
            continue
        sums = drawn_sums(n, ends, np.column_stack([np.ones(len(first)), first, second]), DRAWS, time)
        with np.errstate(invalid="ignore", divide="ignore"):
            density, mean, change = (
                sums[:, 0] / (n * (n - 1) / 2),
                sums[:, 1] / sums[:, 0],
                (sums[:, 2] - sums[:, 1]) / sums[:, 0],
            )
        hits += [_holds(density, true_density), _holds(mean, 0.45), _holds(change, RISE)]
    return tuple((hits / TIMES).tolist())


def of_points(n: int, correlation: float = 0.5) -> float:
    """Coverage of the interval of Spearman's ρ for n points."""
    draw = np.random.default_rng(n)
    true, hits = 6 / np.pi * np.arcsin(correlation / 2), 0
    for time in range(TIMES):
        x = draw.normal(size=n)
        y = correlation * x + np.sqrt(1 - correlation**2) * draw.normal(size=n)
        low, high = interval(pl.DataFrame({"strength": x, "value": y, "sources": [[str(i)] for i in range(n)]}), time)
        hits += low is not None and high is not None and low <= true <= high
    return hits / TIMES


def main() -> None:
    """Print the table, a line a size, as Markdown."""
    draw = np.random.default_rng(0)
    density = float(np.mean([_programme(60, draw)[0].shape[1] / (60 * 59 / 2) for _ in range(300)]))
    print("| partners or points | density | mean strength | change of mean strength | Spearman's ρ |\n|---|---|---|---|---|")
    for n in SIZES:
        shares = (*of_networks(n, density), of_points(n))
        print(f"| {n} | " + " | ".join(f"{100 * share:.0f} %" for share in shares) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
