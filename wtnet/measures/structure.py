"""Structure: how far a network is gathered around one partner, and how it divides into communities."""

from __future__ import annotations

import numpy as np

from wtnet.measures.engine.arrays import arrays, components, share
from wtnet.measures.engine.communities import communities as louvain
from wtnet.measures.engine.paths import paths
from wtnet.measures.measure import COUNT, MOVES, SIZE, Measure
from wtnet.network import Network


def degree_centralisation(network: Network) -> float | None:
    """Freeman's Σ(max − k) / ((n − 1)(n − 2)); null for n ≤ 2."""
    a = arrays(network)
    return share(int((a.degree.max(initial=0) - a.degree).sum()), (a.n - 1) * (a.n - 2)) if a.n > 2 else None


def betweenness_centralisation(network: Network) -> float | None:
    """Freeman's Σ(max − b) / (n − 1) with b normalised; null for n ≤ 2."""
    a = arrays(network)
    if a.n <= 2:
        return None
    b = paths(network).betweenness / ((a.n - 1) * (a.n - 2) / 2)
    return float((b.max() - b).sum() / (a.n - 1))


def betweenness_centralisation_within(network: Network) -> tuple[float, float] | None:
    """Where betweenness is estimated, the lowest and highest the centralisation can be, with 95 % confidence. What all partners'
    betweenness adds up to is known exactly: the partners between the ends of all shortest paths."""
    a, of, label = arrays(network), paths(network), components(network).label
    if of.low is None or of.high is None:
        return None
    connected = float((np.bincount(label)[label] - 1).sum()) / 2
    total = of.distance.sum() / 2 - connected
    low, high = ((a.n * each.max() - total) / ((a.n - 1) * (a.n - 2) / 2) / (a.n - 1) for each in (of.low, of.high))
    return max(float(low), 0.0), min(float(high), 1.0)


def communities(network: Network) -> int:
    """Number of Louvain communities among partners with ties of known strength above 0."""
    return louvain(network).count


def modularity(network: Network) -> float | None:
    """Modularity of those communities, weighted; null without such ties."""
    return louvain(network).modularity


_FREEMAN = "Freeman 1979, doi 10.1016/0378-8733(78)90021-7"
MEASURES = (
    Measure(
        id="degree_centralisation",
        label="Centralisation by partnerships",
        of="network",
        kind="index",
        unit="0–1",
        better="neither",
        compute=degree_centralisation,
        meaning="How far the partnerships are gathered around one partner.",
        formula=r"\frac{\sum_i (\max_j k_j - k_i)}{(n-1)(n-2)}",
        source=_FREEMAN,
        reading="1: a star around one partner. 0: everyone has as many partnerships. Empty for fewer than three partners.",
        caution="Early in a programme a high value is natural; later it means that much depends on one partner.",
        rows="all partnerships",
        compared=SIZE,
        why=MOVES,
        absence_in="partnerships",
    ),
    Measure(
        id="betweenness_centralisation",
        label="Centralisation by betweenness",
        of="network",
        kind="index",
        unit="0–1",
        better="lower",
        compute=betweenness_centralisation,
        meaning="How far the ways between partners run through one of them.",
        formula=r"\frac{\sum_i (\max_j b_j - b_i)}{n-1}",
        source=_FREEMAN,
        reading="1: every way runs through one partner. 0: nobody is more between than others. Empty for fewer than three.",
        caution="Moves a lot when one partnership is missing.",
        rows="all partnerships",
        compared=SIZE,
        why=MOVES,
        slow=True,
        absence_in="partnerships",
    ),
    Measure(
        id="communities",
        label="Communities",
        of="network",
        kind="count",
        unit="clusters",
        better="neither",
        compute=communities,
        meaning="Into how many clusters of close partners the network divides.",
        formula=r"|\{c_i\}|",
        source="Louvain; Blondel, Guillaume, Lambiotte & Lefebvre 2008, doi 10.1088/1742-5468/2008/10/P10008",
        reading="Clusters are found from the strength of partnerships alone. Partners without a partnership of known "
        "strength belong to none.",
        caution="Read it with the modularity: a division is always found, also where there is none to speak of.",
        rows="all partnerships",
        compared=SIZE,
        why=COUNT,
        absence_in="partnerships",
        strength=True,
    ),
    Measure(
        id="modularity",
        label="Modularity",
        of="network",
        kind="index",
        unit="−0.5 to 1",
        better="neither",
        compute=modularity,
        meaning="How clearly the network divides into those clusters.",
        formula=r"\frac{1}{2W} \sum_{ij} \Big(w_{ij} - \frac{s_i s_j}{2W}\Big) \delta(c_i, c_j)",
        source="Newman & Girvan 2004, doi 10.1103/PhysRevE.69.026113",
        reading="Above about 0.3 the clusters are usually real; near 0 they are no more than chance.",
        caution="Small and sparse networks reach high values by chance.",
        rows="all partnerships",
        compared=SIZE,
        why="Larger, sparser networks always divide more clearly.",
        strength=True,
    ),
)
