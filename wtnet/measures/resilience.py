"""Resilience: what hangs on a single partner or a single tie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from wtnet.measures.engine.arrays import arrays, once
from wtnet.measures.measure import COUNT, SIZE, Measure
from wtnet.network import Network

Values = dict[str, Any]


@dataclass(frozen=True, eq=False)
class CutPoints:
    """lost (n): partners cut off from the rest of their connected part if this one goes; critical (n): whether it is an
    articulation point; bridges: ties (pairs of partner numbers) without which a part falls in two."""

    lost: np.ndarray
    critical: np.ndarray
    bridges: list[tuple[int, int]]


@once
def cuts(network: Network) -> CutPoints:
    """Articulation points, what each would cut off, and bridges, in one walk through the ties (Hopcroft & Tarjan 1973).

    Of the pieces left without an articulation point the largest is "the rest"; the partners in the others are cut off.
    """
    a = arrays(network)
    around = [a.links.indices[a.links.indptr[i] : a.links.indptr[i + 1]].tolist() for i in range(a.n)]
    seen, low, size, above = [0] * a.n, [0] * a.n, [1] * a.n, [-1] * a.n
    pieces: list[list[int]] = [[] for _ in range(a.n)]
    lost, critical, bridges = np.zeros(a.n, dtype=np.int64), np.zeros(a.n, dtype=bool), []
    clock = 0
    for root in range(a.n):
        if seen[root]:
            continue
        visited, stack = [root], [(root, iter(around[root]))]
        clock += 1
        seen[root] = low[root] = clock
        while stack:
            here, ahead = stack[-1]
            for other in ahead:
                if not seen[other]:
                    clock += 1
                    seen[other] = low[other] = clock
                    above[other] = here
                    visited.append(other)
                    stack.append((other, iter(around[other])))
                    break
                if other != above[here]:
                    low[here] = min(low[here], seen[other])
            else:
                stack.pop()
                parent = above[here]
                if parent >= 0:
                    low[parent] = min(low[parent], low[here])
                    size[parent] += size[here]
                    if low[here] >= seen[parent]:
                        pieces[parent].append(size[here])
                    if low[here] > seen[parent]:
                        bridges.append((min(parent, here), max(parent, here)))
        for partner in visited:
            rest = size[root] - 1 - sum(pieces[partner])
            apart = pieces[partner] + ([rest] if rest else [])
            critical[partner] = len(apart) > 1
            lost[partner] = sum(apart) - max(apart, default=0)
    return CutPoints(lost, critical, sorted(bridges))


def only_link(network: Network) -> Values:
    """Whether its going would cut others off (an articulation point); false for an isolate."""
    return arrays(network).by_id(cuts(network).critical)


def cut_off(network: Network) -> Values:
    """How many partners its going would cut off from the rest of their connected part; 0 if it is not an only link."""
    return arrays(network).by_id(cuts(network).lost)


def articulation_points(network: Network) -> int:
    """Number of partners that are an only link."""
    return int(cuts(network).critical.sum())


def bridges(network: Network) -> int:
    """Number of ties without which a connected part falls in two."""
    return len(cuts(network).bridges)


_CUTS = "Cut points and bridges; Harary 1969, Graph Theory, ch. 3; found as Hopcroft & Tarjan 1973, doi 10.1145/362248.362272"
MEASURES = (
    Measure(
        id="only_link",
        label="Only link",
        of="partner",
        kind="flag",
        unit="yes or no",
        better="neither",
        compute=only_link,
        meaning="Whether some partners are connected to the rest only through this one.",
        formula=r"c(G - i) > c(G)",
        source=_CUTS,
        reading="Yes: if it left, others would be cut off. Plan a second partnership for them.",
        caution="A partner can be hard to replace without being an only link. One unreported partnership changes the answer.",
        rows="surrounding partnerships",
        absence_in="partnerships",
    ),
    Measure(
        id="cut_off",
        label="Cut off without it",
        of="partner",
        kind="count",
        unit="partners",
        better="lower",
        compute=cut_off,
        meaning="How many partners would be cut off from the rest if this one left.",
        formula=r"n_c - 1 - \max_{p \in G_c - i} n_p",
        source=_CUTS,
        reading="0: nobody. Counted within its connected part; the largest piece that remains is the rest.",
        caution="It does not count partners who would only be farther away.",
        rows="surrounding partnerships",
        absence_in="partnerships",
    ),
    Measure(
        id="articulation_points",
        label="Only links",
        of="network",
        kind="count",
        unit="partners",
        better="lower",
        compute=articulation_points,
        meaning="How many partners are the only link between some others and the rest.",
        formula=r"|\{i : c(G - i) > c(G)\}|",
        source=_CUTS,
        reading="0: no single partner holds the network together.",
        caution="Small parts with a few partners have many by nature.",
        rows="all partnerships",
        compared=SIZE,
        why=COUNT,
        absence_in="partnerships",
    ),
    Measure(
        id="bridges",
        label="Bridges",
        of="network",
        kind="count",
        unit="ties",
        better="lower",
        compute=bridges,
        meaning="How many single partnerships hold some partners to the rest.",
        formula=r"|\{e : c(G - e) > c(G)\}|",
        source=_CUTS,
        reading="Each partner with a single partnership makes one.",
        caution="Says nothing about how strong those partnerships are.",
        rows="all partnerships",
        compared=SIZE,
        why=COUNT,
        absence_in="partnerships",
    ),
)
