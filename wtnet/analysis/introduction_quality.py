"""How good introductions have been: did the pairs they put first become ties by the next wave?"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from wtnet.analysis.shared_partners import shares
from wtnet.measures.disclosure import silence_reason
from wtnet.measures.engine.arrays import arrays
from wtnet.network import Network, Scope, build, silent, waves_in_order
from wtnet.strength.ranks import ranks
from wtnet.tables.model import Tables

EVERYONE = Scope()
FIRST = 20
"""How many of the first introductions are looked up in the next wave."""
SAMPLE = 2_000_000
"""Every pair is looked at, or in larger networks this many, drawn with a fixed seed."""
SEED = 2009
RANKINGS = ("resource allocation", "shared partners", "degree product", "chance")
"""What `quality` compares: the ranking used here, the number of shared partners, the product of both ties, a coin."""
_QUALITY = {
    "wave": pl.String,
    "next_wave": pl.String,
    "ranking": pl.String,
    "auc": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "appeared": pl.Int64,
    "pairs": pl.Int64,
    "first": pl.Int64,
    "of_first_appeared": pl.Float64,
}


def quality(tables: Tables, scope: Scope = EVERYONE) -> pl.DataFrame:
    """How well introductions foretold the ties of the next wave: a row per two successive waves and way of ranking.

    The pairs looked at have no tie in `wave`, and in neither wave did one of the two keep silent, unless a tie is
    reported all the same (otherwise nobody knows). ranking: one of RANKINGS. auc: the chance that a pair that became a tie
    by `next_wave` stands above one that did not (area under the ROC curve, equal scores counting half; 0.5 is chance, 1
    perfect), null where no pair, or every pair, became one. low, high: its 95 % interval (Hanley & McNeil 1982, doi
    10.1148/radiology.143.1.7063747; it takes pairs for independent, so it is a little too narrow). appeared: pairs that
    became ties; pairs: those looked at. first: how many of the highest were looked up (20, or all); of_first_appeared: how
    many of these became ties (equal scores at the end of the list count with their mean; for chance, the number to expect).

    Kinds, pilots, pairing and weights of the scope count; wave, least strength and focus do not. Empty with fewer than two
    waves, and where it would tell who kept silent (`disclosure.silence_reason`). Above 2,000,000 pairs: the ties that
    appeared and a sample of the others, and of_first_appeared is null.
    """
    plain = replace(scope.every_tie(), focus=())
    rows: list[tuple[Any, ...]] = []
    for wave, following in pairwise(waves_in_order(tables)):
        sides = [build(tables, replace(plain, wave=each)) for each in (wave, following)]
        if not any(map(silence_reason, sides)):
            rows += _between(*sides)
    return pl.DataFrame(rows, schema=_QUALITY, orient="row")


def _between(before: Network, after: Network) -> list[tuple[Any, ...]]:
    a = arrays(before)
    number = {partner: i for i, partner in enumerate(a.ids)}
    ends = [(number[s], number[t]) for s, t in after.graph.edges]
    later = {(min(pair), max(pair)) for pair in ends}
    i, j, whole = _pairs(a.n, later)
    heard_now, heard_next = (~np.isin(a.ids, sorted(silent(network.tables, network.wave))) for network in (before, after))
    known_now, known_next = (heard[i] & heard[j] for heard in (heard_now, heard_next))
    key = i * a.n + j
    now = np.isin(key, np.minimum(a.source, a.target) * a.n + np.maximum(a.source, a.target))
    became = np.isin(key, np.array([s * a.n + t for s, t in later], dtype=np.int64))
    looked = ~now & known_now & (known_next | became)
    i, j, became = i[looked], j[looked], became[looked]
    waves = before.wave, after.wave
    hits, size = int(became.sum()), len(became)
    first = min(FIRST, size)
    scores = {
        "resource allocation": _product(shares(a).T.tocsr(), a.links, i, j),
        "shared partners": _product(a.links, a.links, i, j),
        "degree product": (a.degree[i] * a.degree[j]).astype(float),
    }
    rows: list[tuple[Any, ...]] = [
        (*waves, name, *_auc(score, became), hits, size, first, _in_first(score, became, first) if whole else None)
        for name, score in scores.items()
    ]
    base = first * hits / size if size and whole else None
    return [*rows, (*waves, "chance", 0.5 if 0 < hits < size else None, None, None, hits, size, first, base)]


def _pairs(n: int, always: set[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray, bool]:
    """Every pair i < j, and true; or, where there are too many, `always` and a sample of the others, and false."""
    if n * (n - 1) // 2 <= SAMPLE:
        i, j = np.triu_indices(n, 1)
        return i.astype(np.int64), j.astype(np.int64), True
    drawn = np.sort(np.random.default_rng(SEED).integers(0, n, (SAMPLE, 2)), axis=1)
    drawn = np.concatenate([drawn[drawn[:, 0] < drawn[:, 1]], np.array(sorted(always), dtype=np.int64).reshape(-1, 2)])
    key = np.unique(drawn[:, 0] * n + drawn[:, 1])
    return key // n, key % n, False


def _product(left: csr_array, right: csr_array, i: np.ndarray, j: np.ndarray, step: int = 200_000) -> np.ndarray:
    """Row i of one matrix times row j of the other, pair by pair."""
    products = np.zeros(len(i))
    for start in range(0, len(i), step):
        part = slice(start, start + step)
        products[part] = np.asarray(left[i[part]].multiply(right[j[part]]).sum(axis=1)).ravel()
    return np.round(products, 12)


def _auc(score: np.ndarray, became: np.ndarray) -> tuple[float | None, float | None, float | None]:
    """Area under the ROC curve from mid-ranks, and its 95 % interval (Hanley & McNeil 1982)."""
    p = int(became.sum())
    q = len(became) - p
    if not p or not q:
        return None, None, None
    auc = float((ranks(score)[became].sum() - p * (p + 1) / 2) / (p * q))
    both_hits, both_misses = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    variance = (auc * (1 - auc) + (p - 1) * (both_hits - auc**2) + (q - 1) * (both_misses - auc**2)) / (p * q)
    half = 1.959963985 * max(0.0, variance) ** 0.5
    return auc, max(0.0, auc - half), min(1.0, auc + half)


def _in_first(score: np.ndarray, became: np.ndarray, first: int) -> float:
    """How many of the highest became ties; of several with the same score at the end of the list, their mean."""
    if not first:
        return 0.0
    bound = np.partition(score, len(score) - first)[len(score) - first]
    above, level = score > bound, score == bound
    return float(became[above].sum() + (first - above.sum()) * became[level].mean())
