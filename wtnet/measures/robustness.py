"""Robustness: how much still hangs together as partners go one after the other (Schneider et al. 2011).

Costly, so not in the catalogue: worked out when asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from wtnet.measures.engine.arrays import Arrays, arrays, compiled, once
from wtnet.network import Network

SEED = 2011
SMALL, LARGE = 300, 1_000
"""Up to SMALL partners betweenness is worked out anew after every one that goes; up to LARGE, a hundred times in all."""
TIMES = 100
DRAWS = {SMALL: 100, LARGE: 50}
MOST_DRAWS_BEYOND = 20
SOURCE = "Schneider, Moreira, Andrade, Havlin & Herrmann 2011, doi 10.1073/pnas.1009440108"


@dataclass(frozen=True, eq=False)
class Robustness:
    """curve: one row per number of partners gone, from 0 to n: gone; partner, name (who went last; null at 0); share (of
    all n partners, those in the largest part that is left); chance, low, high (mean and middle 90 % of that share over random
    orders). r, r_chance: mean share over 1 … n gone (0 to 0.5; null without partners). draws: random orders;
    by: "betweenness" or "ties", what decides who goes next; every: after how many it is worked out anew."""

    curve: pl.DataFrame
    r: float | None
    r_chance: float | None
    draws: int
    by: str
    every: int

    def how(self) -> str:
        """How it was worked out, in a sentence."""
        first = "lies on most of the shortest paths" if self.by == "betweenness" else "has most partnerships"
        anew = "after each one" if self.every == 1 else f"after every {self.every}"
        anew += "" if self.every == 1 else " (this is a large network; the mean share may come out a little high)"
        return (
            f"Each time the partner that {first} goes, worked out anew {anew}; chance is the mean of {self.draws} random orders."
        )


@once
def robustness(network: Network) -> Robustness:
    """R = (1 / n) Σ_{q=1..n} S(q), S(q) the share of all partners in the largest connected part after q have gone, the
    partner of highest betweenness (unweighted, worked out anew) first, beside 100 random orders with a fixed seed.

    Of several with the same betweenness the one with more ties that are left goes first, then by the order of the
    organisations. Above 300 partners betweenness is worked out a hundred times in all, which leaves R a few hundredths
    high, and 50 orders are drawn; above 1,000 the partner with most ties left goes first and 20 orders are drawn. At
    most 0.5, which a network where everyone works with everyone comes near to; null without partners.
    """
    a = arrays(network)
    by = "betweenness" if a.n <= LARGE else "ties"
    every = 1 if a.n <= SMALL or by == "ties" else -(-a.n // TIMES)
    order = _by_betweenness(network, every) if by == "betweenness" else _by_ties(a)
    share = shares_left(a, order)
    draws = next((count for size, count in DRAWS.items() if a.n <= size), MOST_DRAWS_BEYOND)
    generator = np.random.default_rng(SEED)
    orders = [generator.permutation(a.n) for _ in range(draws)]
    chance = np.array([shares_left(a, order.tolist()) for order in orders])
    names = [network.graph.nodes[a.ids[i]]["name"] for i in order]
    curve = pl.DataFrame(
        {
            "gone": pl.Series(range(a.n + 1), dtype=pl.Int64),
            "partner": pl.Series([None, *(a.ids[i] for i in order)], dtype=pl.String),
            "name": pl.Series([None, *names], dtype=pl.String),
            "share": share,
            "chance": chance.mean(axis=0),
            "low": np.quantile(chance, 0.05, axis=0),
            "high": np.quantile(chance, 0.95, axis=0),
        }
    )
    if not a.n:
        return Robustness(curve.clear(), None, None, draws, by, every)
    return Robustness(curve, float(share[1:].mean()), float(chance[:, 1:].mean()), draws, by, every)


def shares_left(a: Arrays, order: Sequence[int]) -> np.ndarray:
    """Share of all partners in the largest part after 0, 1 … n of `order` have gone (n + 1 values).

    Worked out backwards: partners come back one by one and parts only ever merge.
    """
    around = [a.links.indices[a.links.indptr[i] : a.links.indptr[i + 1]].tolist() for i in range(a.n)]
    root, size = list(range(a.n)), [0] * a.n
    largest, sizes = 0, np.zeros(a.n + 1)
    for gone in range(a.n - 1, -1, -1):
        here = order[gone]
        size[here] = 1
        top = here
        for other in around[here]:
            if size[other]:
                there = other
                while root[there] != there:
                    root[there] = root[root[there]]
                    there = root[there]
                if there != top:
                    small, top = sorted((there, top), key=size.__getitem__)
                    root[small] = top
                    size[top] += size[small]
        largest = max(largest, size[top])
        sizes[gone] = largest / a.n
    return sizes


def _by_betweenness(network: Network, every: int) -> list[int]:
    """The order in which partners go, the highest betweenness first, worked out anew after `every` of them."""
    import rustworkx as rx

    a = arrays(network)
    graph: Any = compiled(network).copy()
    left = a.degree.astype(np.int64).copy()
    order: list[int] = []
    there = np.ones(a.n, dtype=bool)
    while len(order) < a.n:
        between = np.full(a.n, -1.0)
        for i, value in rx.betweenness_centrality(graph, normalized=False).items():
            between[i] = value
        best = np.lexsort((np.arange(a.n), -left, -np.round(between, 9)))
        batch = (
            [int(i) for i in best if there[i]]
            if between.max() <= 1e-9 and every > 1
            else [int(i) for i in best[:every] if there[i]]
        )
        for i in batch:
            there[i] = False
            left[a.links.indices[a.links.indptr[i] : a.links.indptr[i + 1]]] -= 1
        graph.remove_nodes_from(batch)
        order += batch
    return order


def _by_ties(a: Arrays) -> list[int]:
    """The order in which partners go, the one with most ties left first."""
    left = a.degree.astype(np.int64).copy()
    waiting: list[dict[int, None]] = [{} for _ in range(int(left.max(initial=0)) + 1)]
    for i in range(a.n):
        waiting[left[i]][i] = None
    links: csr_array = a.links
    gone, level = np.zeros(a.n, dtype=bool), len(waiting) - 1
    order: list[int] = []
    while level >= 0:
        if not waiting[level]:
            level -= 1
            continue
        here = next(iter(waiting[level]))
        del waiting[level][here]
        gone[here] = True
        order.append(here)
        for other in links.indices[links.indptr[here] : links.indptr[here + 1]].tolist():
            if not gone[other]:
                del waiting[left[other]][other]
                left[other] -= 1
                waiting[left[other]][other] = None
    return order
