"""Where the strong partnerships lie: correlation of two relations on the same partners, and what chance would give (QAP).

Pairs of partners are not independent of each other, so an ordinary test of a correlation between two matrices is wrong.
The quadratic assignment procedure keeps both matrices as they are and deals one of them out to the partners anew
(Krackhardt 1988, Social Networks 10(4), doi 10.1016/0378-8733(88)90004-4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from wtnet.measures.disclosure import everything, figures, rounded, ties_reason
from wtnet.measures.engine.arrays import mean, share
from wtnet.network import Network
from wtnet.tables.pilots import members_by_pilot

DRAWS, SEED = 10_000, 1988
MOST = 5_000
"""Networks with more partners are not permuted: the matrices would not fit."""
_CELLS = 4_000_000
RELATIONS = {"pilot": "share a pilot", "kind": "are of the same kind", "place": "are in the same place"}


@dataclass(frozen=True)
class Qap:
    """n: partners; r: the correlation; p: share of draws at least as far from 0; p_higher and p_lower: at least, at most
    as high; low, high: the range 95 % of the draws lie in. Each p is (1 + hits) / (1 + draws); all null where either
    relation is the same for every pair, or where it is `withheld` (why, as a sentence)."""

    n: int
    r: float | None = None
    p: float | None = None
    p_higher: float | None = None
    p_lower: float | None = None
    low: float | None = None
    high: float | None = None
    draws: int = 0
    withheld: str | None = None


def gcor(x: np.ndarray, y: np.ndarray) -> float | None:
    """Correlation of two n × n matrices over their off-diagonal cells, as `sna::gcor`; cells unknown (NaN) in either are
    left out, and it is null where one of them does not vary. With symmetric matrices it makes no difference that each
    pair counts twice."""
    cells = ~np.eye(len(x), dtype=bool) & ~np.isnan(x) & ~np.isnan(y)
    a, b = x[cells].astype(float), y[cells].astype(float)
    if not a.size or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    return float(np.clip(np.corrcoef(a, b)[0, 1], -1, 1))


def qap(x: np.ndarray, y: np.ndarray, draws: int = DRAWS, seed: int = SEED) -> Qap:
    """Correlation of two relations with its permutation test; `x` may hold unknown cells (NaN), `y` may not.

    The rows and columns of `y` are dealt out anew together, `draws` times with a fixed seed.
    """
    n = len(x)
    observed = gcor(x, y)
    if observed is None:
        return Qap(n)
    drawn = _drawn(x, y, draws, seed)
    slack = 1e-12

    def p(hits: np.ndarray) -> float:
        return (1 + int(hits.sum())) / (1 + draws)

    low, high = np.quantile(drawn, [0.025, 0.975]).tolist()
    return Qap(
        n,
        observed,
        p(np.abs(drawn) >= abs(observed) - slack),
        p(drawn >= observed - slack),
        p(drawn <= observed + slack),
        low,
        high,
        draws,
    )


def _drawn(x: np.ndarray, y: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """The correlation in every draw. Only the cells of `x` that are not 0 need looking up: what `y` adds up to over all
    cells stays the same, less the unknown ones."""
    n = len(x)
    both = bool(np.array_equal(x, x.T, equal_nan=True) and np.array_equal(y, y.T))
    cells = np.triu(np.ones((n, n), dtype=bool), 1) if both else ~np.eye(n, dtype=bool)
    gone = np.isnan(x) & cells
    count = int(cells.sum() - gone.sum())
    i, j = np.nonzero(cells & ~gone & (x != 0))
    u, v = np.nonzero(gone)
    value = x[i, j].astype(float)
    sum_x, square_x = value.sum(), (value**2).sum()
    total_y, total_square = float(y[cells].sum()), float((y[cells].astype(float) ** 2).sum())
    generator = np.random.default_rng(seed)
    correlations = np.empty(draws)
    step = max(1, _CELLS // max(n, len(i), len(u), 1))
    for start in range(0, draws, step):
        block = min(step, draws - start)
        dealt = generator.permuted(np.tile(np.arange(n), (block, 1)), axis=1)
        product = y[dealt[:, i], dealt[:, j]] @ value
        lost = y[dealt[:, u], dealt[:, v]].astype(float)
        sum_y, square_y = total_y - lost.sum(axis=1), total_square - (lost**2).sum(axis=1)
        spread = (count * square_x - sum_x**2) * (count * square_y - sum_y**2)
        with np.errstate(invalid="ignore", divide="ignore"):
            correlations[start : start + block] = np.where(
                spread > 0, (count * product - sum_x * sum_y) / np.sqrt(np.maximum(spread, 0)), 0
            )
    return correlations


def strength_matrix(network: Network, partners: list[str]) -> np.ndarray:
    """Strength of each pair (n × n): 0 where there is no tie, NaN where a tie has no known strength."""
    at = {partner: number for number, partner in enumerate(partners)}
    matrix = np.zeros((len(partners), len(partners)))
    for source, target, strength in figures(network).graph.subgraph(partners).edges(data="strength"):
        matrix[at[source], at[target]] = matrix[at[target], at[source]] = np.nan if strength is None else strength
    return matrix


def relation(network: Network, what: str) -> tuple[list[str], np.ndarray]:
    """The partners a relation is known for, by id, and whether each two of them have it (n × n, yes or no).

    pilot: both take part in (or lead) one pilot; kind: both are of one kind; place: both are in one place, partners
    whose place is not known being left out.
    """
    graph = everything(network).graph
    written = network.tables.known.lead_ids
    partners = sorted(graph, key=lambda partner: written.get(partner, partner))
    if what == "pilot":
        inside = members_by_pilot(network.tables)
        at = {partner: number for number, partner in enumerate(partners)}
        part = np.zeros((len(partners), len(inside)), dtype=np.float32)
        for column, partners_in in enumerate(inside.values()):
            part[[at[partner] for partner in partners_in if partner in at], column] = 1
        return partners, part @ part.T > 0
    partners = [partner for partner in partners if graph.nodes[partner][what] is not None]
    words = np.array([graph.nodes[partner][what] for partner in partners], dtype=object)
    code = np.unique(words.astype(str), return_inverse=True)[1] if partners else np.zeros(0, int)
    return partners, code[:, None] == code[None, :]


class Contrast(NamedTuple):
    """Pairs that have a relation beside those that have not: the share that is a tie, and the mean strength of these ties (both
    0–1; null where there is none to take it of)."""

    tied: float | None
    tied_others: float | None
    strength: float | None
    strength_others: float | None


def _withheld(network: Network, partners: list[str], same: np.ndarray) -> str | None:
    """Why it is withheld how strong ties with and without a relation are: others than the lead see it of published cuts."""
    at = {partner: number for number, partner in enumerate(partners)}
    ties = network.ties.select("source", "target").iter_rows()
    known = [(source, target) for source, target in ties if source in at and target in at]
    within = frozenset(tie for tie in known if same[at[tie[0]], at[tie[1]]])
    return ties_reason(network, frozenset(known)) or ties_reason(network, within)


def contrast(network: Network, what: str) -> Contrast:
    """What lies behind the correlation of `explained`: whether it is ties that are there, or how strong they are (for others than
    the lead rounded, or null where that is withheld)."""
    partners, same = relation(network, what)
    strength = strength_matrix(network, partners)
    at = {partner: number for number, partner in enumerate(partners)}
    tied = np.zeros(same.shape, dtype=bool)
    for source, target in everything(network).graph.subgraph(partners).edges:
        tied[at[source], at[target]] = True
    upper = np.triu(np.ones(same.shape, dtype=bool), 1)
    tied = (tied | tied.T) & upper
    rated = tied & ~np.isnan(strength)

    def share_and_mean(inside: np.ndarray) -> tuple[float | None, float | None]:
        pairs = inside & upper
        return share(int((tied & pairs).sum()), int(pairs.sum())), mean(strength[rated & pairs])

    (in_share, in_mean), (out_share, out_mean) = share_and_mean(same), share_and_mean(~same)
    if network.exact is not None and _withheld(network, partners, same):
        in_mean = out_mean = None
    means = (in_mean, out_mean) if network.exact is None else (rounded(in_mean), rounded(out_mean))
    return Contrast(in_share, out_share, *means)


def explained(network: Network, what: str, draws: int = DRAWS, seed: int = SEED) -> Qap:
    """How strength lies with one of the `RELATIONS` (pilot, kind, place); all null beyond `MOST` partners. For others than the
    lead rounded, or withheld where the ties with it and without are no published cuts."""
    if network.graph.number_of_nodes() > MOST:
        return Qap(network.graph.number_of_nodes())
    partners, same = relation(network, what)
    if why := _withheld(network, partners, same):
        return Qap(len(partners), withheld=why)
    tested = qap(strength_matrix(network, partners), same, draws, seed)
    if network.exact is None:
        return tested
    shown = {name: rounded(getattr(tested, name)) for name in ("r", "low", "high")}
    return replace(tested, **shown, **{name: rounded(getattr(tested, name), 3) for name in ("p", "p_higher", "p_lower")})
