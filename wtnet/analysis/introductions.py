"""Introductions worth making: pairs without a tie that share partners, with reasons, and how good such advice has been.

Ranked by resource allocation, Σ 1 / degree(z) over the partners z that both work with (Zhou, Lü & Zhang 2009, doi
10.1140/epjb/e2009-00335-8): a shared partner counts for more the fewer others it works with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from wtnet.analysis.introduction_quality import RANKINGS, quality
from wtnet.analysis.shared_partners import HUB, shares
from wtnet.errors import InvalidRequest
from wtnet.measures import absence
from wtnet.measures.engine.arrays import Arrays, arrays, once
from wtnet.network import Network, silent
from wtnet.places import kilometres, located, place_key, same_place
from wtnet.tables.coverage import ties_with_kind
from wtnet.tables.rounding import fixed
from wtnet.tables.schema import KINDS

__all__ = ["COLUMNS", "NEAR_KM", "RANKINGS", "introductions", "quality"]

NEAR_KM = 30.0
"""Partners at most this far apart are near each other."""
_BLOCK = 2_000_000
_SLACK = 1e-12
_FIRST = {"museum": "museum", "other": "partner of that kind"}
"""Words for a kind after "a first", where its own do not fit."""
COLUMNS: dict[str, Any] = {
    "source": pl.String,
    "source_name": pl.String,
    "source_kind": pl.String,
    "target": pl.String,
    "target_name": pl.String,
    "target_kind": pl.String,
    "score": pl.Float64,
    "shared": pl.Int64,
    "shared_names": pl.List(pl.String),
    "new_for_source": pl.Boolean,
    "new_for_target": pl.Boolean,
    "km": pl.Float64,
    "near": pl.Boolean,
    "unheard": pl.List(pl.String),
    "reason": pl.String,
}


def introductions(
    network: Network,
    most: int = 100,
    partner: str | None = None,
    kinds: tuple[str, ...] = (),
    new_kind: bool = False,
    near: bool = False,
) -> pl.DataFrame:
    """Pairs without a tie that share at least one partner, the best first: one row a pair; none where the record does not tell of
    all partnerships, so that nobody knows which pairs have none.

    partner: only those of this partner; kinds: only pairs with both ends of these kinds; new_kind: only those that
    would bring a new kind of partner to either side; near: only partners known to be near each other; most: how many.

    Columns: source, target with name and kind, in the order of the organisations; score (resource allocation); shared
    (how many partners both have) and shared_names (those with the fewest ties first); new_for_source, new_for_target
    (true if the other is of a kind that is neither its own nor among its partners); km (apart, null where a position is
    unknown); near (at most 30 km apart, or where that is unknown, in a place of the same name; null where that is unknown
    too); unheard (names of those of the two who did not answer in this wave, so that a tie may be there already); reason
    (a sentence or several). Equal scores stand in the order of the organisations. Any number of partners: the work
    grows with the number of shared partners, and those with more than 1,000 ties are left out of the sharing.
    """
    if partner is not None and partner not in network.graph:
        raise InvalidRequest(f"There is no partner “{partner}” in view; choose another, or widen the filters.")
    if absence.ties(network):
        return pl.DataFrame(schema=COLUMNS)
    around = _around(network)
    asked = np.array([kind in kinds for kind in around.a.kinds] or [False]) if kinds else None
    kept: tuple[np.ndarray, ...] = (np.zeros(0, int), np.zeros(0, int), np.zeros(0))
    only = None if partner is None else around.a.ids.index(partner)
    for i, j, score in _candidates(around.a, only):
        wanted = np.ones(len(i), dtype=bool)
        if asked is not None:
            wanted &= asked[around.a.kind[i]] & asked[around.a.kind[j]]
        if new_kind:
            wanted &= around.new(i, j) | around.new(j, i)
        if near:
            wanted &= around.near(i, j)
        kept = tuple(np.concatenate([old, new[wanted]]) for old, new in zip(kept, (i, j, score), strict=True))
        best = np.lexsort((kept[1], kept[0], -np.round(kept[2], 12)))[: max(most, 0)]
        kept = tuple(column[best] for column in kept)
    rows = [_row(around, network, *pair) for pair in zip(*(column.tolist() for column in kept), strict=True)]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


@dataclass(frozen=True, eq=False)
class _Surroundings:
    """What a row needs to know of everyone: arrays, kinds among each one's partners (n × kinds), where, who answered."""

    a: Arrays
    reached: np.ndarray
    where: pl.DataFrame
    latitude: np.ndarray
    longitude: np.ndarray
    place: np.ndarray
    silent: set[str]

    def new(self, source: np.ndarray, target: np.ndarray) -> np.ndarray:
        """Whether `other` would bring a new kind to `one`."""
        kind = self.a.kind
        return ~self.reached[source, kind[target]] & (kind[source] != kind[target])

    def km(self, source: np.ndarray, target: np.ndarray) -> np.ndarray:
        """How far apart, NaN where unknown."""
        return kilometres(self.latitude[source], self.longitude[source], self.latitude[target], self.longitude[target])

    def near(self, source: np.ndarray, target: np.ndarray) -> np.ndarray:
        """Whether they are known to be near each other."""
        apart = self.km(source, target)
        same = (self.place[source] == self.place[target]) & (self.place[source] >= 0)
        return np.where(np.isnan(apart), same, apart <= NEAR_KM)


@once
def _around(network: Network) -> _Surroundings:
    a = arrays(network)
    kinds = np.zeros((a.n, max(len(a.kinds), 1)))
    kinds[np.arange(a.n), a.kind] = 1
    where = pl.DataFrame({"id": pl.Series(a.ids, dtype=pl.String)}).join(
        located(network.tables), on="id", how="left", maintain_order="left"
    )
    keys = [place_key(text) if text else "" for text in where["place"].to_list()]
    code = {key: number for number, key in enumerate(dict.fromkeys(keys)) if key}
    place = np.array([code.get(key, -1) for key in keys], dtype=np.int64)
    at = [where[name].cast(pl.Float64).fill_null(float("nan")).to_numpy() for name in ("latitude", "longitude")]
    untold = [at for at, kind in enumerate(a.kinds) if ties_with_kind(network.tables, kind)]
    reached = (a.links @ kinds) > 0
    reached[:, untold] = True  # a partner of a kind that is not all recorded may not be its first
    quiet = silent(network.tables, network.wave) if network.tables.audience == "lead" else set()  # who did not answer is hers
    return _Surroundings(a, reached, where, at[0], at[1], place, quiet)


def _candidates(a: Arrays, only: int | None) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Pairs (i < j) without a tie and with a shared partner, with their scores, some partners at a time; or those of one."""
    if not a.m:
        return
    giving = shares(a)
    counted = np.where(a.degree <= HUB, a.degree, 0)
    work = np.cumsum(a.links @ counted.astype(float))
    start, end = (0, a.n) if only is None else (only, only + 1)
    while start < end:
        done = work[start - 1] if start else 0.0
        stop = min(end, max(start + 1, int(np.searchsorted(work, done + _BLOCK, side="right"))))
        block = a.links[start:stop]
        scores = (block @ giving).tocoo()
        i, j, score = scores.row.astype(np.int64) + start, scores.col.astype(np.int64), scores.data
        tie = block.tocoo()
        there = np.isin(i * a.n + j, (tie.row.astype(np.int64) + start) * a.n + tie.col)
        wanted = ~there & (score > _SLACK) & ((i < j) if only is None else (i != j))
        i, j = i[wanted], j[wanted]
        yield np.minimum(i, j), np.maximum(i, j), score[wanted]
        start = stop


def _row(around: _Surroundings, network: Network, i: int, j: int, score: float) -> tuple[Any, ...]:
    a, graph = around.a, network.graph
    source, target = a.ids[i], a.ids[j]
    both = sorted(set(graph[source]) & set(graph[target]), key=lambda z: (graph.degree[z], graph.nodes[z]["name"]))
    pair = (np.array([i]), np.array([j]))
    new = bool(around.new(*pair)[0]), bool(around.new(*pair[::-1])[0])
    apart = float(around.km(*pair)[0])
    km = None if np.isnan(apart) else apart
    same = same_place(graph.nodes[source]["place"], graph.nodes[target]["place"])
    near = same if km is None else km <= NEAR_KM
    unheard = [graph.nodes[each]["name"] for each in (source, target) if each in around.silent]
    shared = [graph.nodes[z]["name"] for z in both]
    ends = [(graph.nodes[each]["name"], graph.nodes[each]["kind"]) for each in (source, target)]
    return (
        source, *ends[0], target, *ends[1], score, len(both), shared, *new, km, near, unheard,
        _reason(ends, shared, new, km, same, unheard),
    )  # fmt: skip


def _reason(
    ends: list[tuple[str, str]],
    shared: list[str],
    new: tuple[bool, bool],
    km: float | None,
    same: bool | None,
    unheard: list[str],
) -> str:
    """Why these two, in plain sentences."""
    reasons = [f"Both work with {_listed(shared)}."]
    gains = [
        f"{ends[side][0]} a first known {_FIRST.get(kind, KINDS[kind].lower())}"
        for side, (_, kind) in ((0, ends[1]), (1, ends[0]))
        if new[side]
    ]
    if gains:
        reasons.append(f"It would give {', and '.join(gains)} to work with.")
    if km is not None:
        reasons.append("They are in the same place." if km < 1 else f"They are about {fixed(km)} km apart.")
    elif same:
        reasons.append("They name the same place.")
    if unheard:
        reasons.append(f"{_listed(unheard)} did not answer in this wave, so they may be in touch already.")
    return " ".join(reasons)


def _listed(names: list[str], most: int = 3) -> str:
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
