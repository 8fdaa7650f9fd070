"""Reach of the whole network: how far the work crosses from one kind of partner to another."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from wtnet.measures import absence, disclosure
from wtnet.measures.engine.arrays import arrays, share
from wtnet.measures.measure import FAIR, MIX, Measure, Ratio
from wtnet.network import Network
from wtnet.tables import coverage as coverage_of
from wtnet.tables.schema import CORE_KINDS, KINDS

SEED = 1988
DRAWS = 10_000


def _outside(network: Network) -> int:
    a = arrays(network)
    return int((a.kind[a.source] != a.kind[a.target]).sum())


def cross_sector_share(network: Network) -> float | None:
    """Ties between different kinds / ties; null without ties."""
    return share(_outside(network), arrays(network).m)


def _crossing_of_ties(network: Network) -> Ratio:
    a = arrays(network)
    return (a.kind[a.source] != a.kind[a.target]).astype(float), np.ones(a.m)


def ei_index(network: Network) -> float | None:
    """(external − internal) / (external + internal) ties; null without ties."""
    m = arrays(network).m
    return share(2 * _outside(network) - m, m)


def ei_expected(network: Network) -> float | None:
    """The E-I index to expect when kinds are shuffled among partners: 1 − 2 Σ n_k(n_k − 1) / (n(n − 1)); null for n < 2."""
    a = arrays(network)
    sizes = np.bincount(a.kind)
    alike = share(int((sizes * (sizes - 1)).sum()), a.n * (a.n - 1))
    return None if alike is None else 1 - 2 * alike


def assortativity(network: Network) -> float | None:
    """Newman's nominal assortativity of kinds over ties; null without ties, or where all ties touch one kind only."""
    a = arrays(network)
    if not a.m:
        return None
    ends = np.bincount(np.concatenate([a.kind[a.source], a.kind[a.target]]), minlength=len(a.kinds)) / (2 * a.m)
    chance = float((ends**2).sum())
    within = 1 - _outside(network) / a.m
    return None if (ends > 0).sum() < 2 else (within - chance) / (1 - chance)


def ei_permutation(network: Network, draws: int = DRAWS, seed: int = SEED) -> dict[str, float | int | None]:
    """How unusual the E-I index, and assortativity, are among networks with the same ties and the kinds shuffled among partners.

    Gives ei_index, ei_expected, p, low, high, assortativity, assortativity_p and draws; 95 % of the draws lie from low to
    high. p counts the draws at least as far from the expected value, on either side, as the network is: (1 + hits) / (1 +
    draws). assortativity_p is the same as p, of the same draws, around their mean. Each of these is null without ties or with
    one kind; assortativity and its p also where all ties touch one kind only; every p and range without draws. 10,000 draws
    with a fixed seed by default.
    """
    a = arrays(network)
    expected, observed = ei_expected(network), ei_index(network)
    result: dict[str, float | int | None] = {
        "ei_index": observed,
        "ei_expected": expected,
        "p": None,
        "low": None,
        "high": None,
        "assortativity": assortativity(network),
        "assortativity_p": None,
    }
    if observed is None or expected is None or len(a.kinds) < 2 or not draws:
        return result | {"draws": draws}
    generator = np.random.default_rng(seed)
    kinds = a.kind[a.order].astype(np.int8)
    place = np.empty(a.n, dtype=np.int64)
    place[a.order] = np.arange(a.n)
    source, target = place[a.source], place[a.target]
    degree = np.bincount(np.concatenate([source, target]), minlength=a.n).astype(np.float32)
    outside, alike = np.empty(draws, dtype=np.int64), np.empty(draws)
    step = max(1, 8_000_000 // max(a.n, a.m))
    for start in range(0, draws, step):
        count = min(step, draws - start)
        shuffled = generator.permuted(np.tile(kinds, (count, 1)), axis=1)
        outside[start : start + count] = np.count_nonzero(shuffled[:, source] != shuffled[:, target], axis=1)
        ends = [(shuffled == kind).astype(np.float32) @ degree / (2 * a.m) for kind in range(len(a.kinds))]
        alike[start : start + count] = np.square(np.array(ends, dtype=np.float64)).sum(axis=0)
    seen, slack = 2 * outside / a.m - 1, 1e-12

    def p(hits: np.ndarray) -> float:
        return (1 + int(hits.sum())) / (1 + draws)

    with np.errstate(invalid="ignore", divide="ignore"):  # where all ties of a draw touch one kind
        mixed = (1 - outside / a.m - alike) / (1 - alike)
    middle, own = float(np.mean(mixed[np.isfinite(mixed)])) if np.isfinite(mixed).any() else 0.0, result["assortativity"]
    low, high = np.quantile(seen, [0.025, 0.975]).tolist()
    return result | {
        "low": low,
        "high": high,
        "p": p(np.abs(seen - expected) >= abs(observed - expected) - slack),
        "assortativity_p": None if own is None else p(~(np.abs(mixed - middle) < abs(own - middle) - 1e-6)),
        "draws": draws,
    }


def chance(network: Network, draws: int = DRAWS) -> dict[str, float | int | None]:
    """The same as `ei_permutation`, which is not run, and gives no p and no range, where ties are known from documents only."""
    return ei_permutation(network, 0 if absence.documents_only(network) else draws)


def crossing_by_chance(network: Network) -> tuple[float, float] | None:
    """Where 95 of 100 shares of ties between kinds (0–1) lie by chance; null where `chance` gives no range."""
    test = chance(network)
    return None if test["low"] is None or test["high"] is None else ((1 + test["low"]) / 2, (1 + test["high"]) / 2)


def mixing(network: Network) -> pl.DataFrame:
    """Ties between each two kinds in scope, each unordered pair of kinds once, kinds in the order they are declared.

    Columns: kind_a, kind_b; ties (null where there is none and the record does not tell that there is none); mean_strength
    (null where none is known, or withheld: `mixing_withheld`); possible (pairs of partners of these kinds); share_of_possible
    (ties / possible, null where no pair is possible and where ties are not all recorded).
    """
    complete = {kind: coverage_of.ties_with_kind(network.tables, kind) is None for kind in KINDS}
    a = arrays(network)
    used = [kind for kind in KINDS if kind in a.kinds]
    used += sorted(set(a.kinds) - set(used))  # groups by another field (`measures.grouped`)
    known = coverage_of.ties(network.tables) is None
    complete |= {kind: known for kind in used if kind not in complete}
    number = np.array([used.index(kind) for kind in a.kinds], dtype=np.int64)
    kind = number[a.kind] if a.n else a.kind
    size = np.bincount(kind, minlength=len(used))
    ends = np.sort(np.stack([kind[a.source], kind[a.target]]), axis=0) if a.m else np.zeros((2, 0), dtype=np.int64)
    cell = ends[0] * len(used) + ends[1]
    cells = len(used) ** 2
    rated_ties = ~np.isnan(a.strength)
    ties, rated = np.bincount(cell, minlength=cells), np.bincount(cell[rated_ties], minlength=cells)
    strength = np.bincount(cell[rated_ties], a.strength[rated_ties], cells)
    rows = []
    for i, kind_a in enumerate(used):
        for j, kind_b in enumerate(used[i:], start=i):
            at_cell = i * len(used) + j
            possible = int(size[i] * (size[i] - 1) // 2 if i == j else size[i] * size[j])
            count = int(ties[at_cell])
            whole = complete[kind_a] and complete[kind_b]
            between = share(count, possible) if whole else None
            mean = share(strength[at_cell], rated[at_cell])
            rows.append((kind_a, kind_b, count if count or whole else None, mean, possible, between))
    if network.exact is not None:
        rows = [_cell_shown(network, row) for row in rows]
    columns = {
        "kind_a": pl.String,
        "kind_b": pl.String,
        "ties": pl.Int64,
        "mean_strength": pl.Float64,
        "possible": pl.Int64,
        "share_of_possible": pl.Float64,
    }
    return pl.DataFrame(rows, schema=columns, orient="row")


def _cell_shown(network: Network, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of `mixing` as others than the lead see it."""
    kind_a, kind_b, ties, strength, *rest = row
    shown = None if mixing_withheld(network, kind_a, kind_b) else disclosure.rounded(strength)
    return (kind_a, kind_b, ties, shown, *rest)


def mixing_withheld(network: Network, kind_a: str, kind_b: str) -> str | None:
    """Why the mean strength between two kinds is withheld, as a sentence; null where it is shown."""
    kinds = dict(network.graph.nodes(data="kind"))
    wanted = sorted((kind_a, kind_b))
    ends = network.ties.select("source", "target").iter_rows()
    return disclosure.ties_reason(network, frozenset(pair for pair in ends if sorted(str(kinds[end]) for end in pair) == wanted))


def coverage(network: Network, kind: str = "museum") -> pl.DataFrame:
    """Which of the four core kinds each partner of a kind works with, a row each.

    Columns: id, name; one Int64 column of ties per core kind; missing (their words, joined by ", "; "none" where all are there,
    null where only unknown ones are not); unknown (core kinds, as ids, joined by ", "; "" for none). A count is null and the kind
    unknown where there is no tie and the record does not tell that there is none (`absence.unknown_kinds`). The only partner of
    its kind has no other to work with, and one that did not answer (`absence.silent`) may have more: null, and not missing.
    """
    graph, gaps, silent = network.graph, absence.unknown_kinds(network), absence.silent(network)
    rows = []
    asked = [partner for partner, its in graph.nodes(data="kind") if its == kind]
    for partner in asked:
        near = [graph.nodes[other]["kind"] for other in graph[partner]]
        count = {core: near.count(core) for core in CORE_KINDS}
        untold = [core for core in gaps if not count[core]]
        unknown = {*untold, *([kind] if len(asked) == 1 else []), *(CORE_KINDS if partner in silent else [])}
        ties = [count[core] or (None if core in unknown else 0) for core in CORE_KINDS]
        missing: str | None = ", ".join(words for words, number in zip(CORE_KINDS.values(), ties, strict=True) if number == 0)
        quiet = partner in silent and None in ties
        missing = missing or (None if untold or quiet else "none")
        rows.append((partner, graph.nodes[partner]["name"], *ties, missing, ", ".join(untold)))
    columns = (
        {"id": pl.String, "name": pl.String} | dict.fromkeys(CORE_KINDS, pl.Int64) | {"missing": pl.String, "unknown": pl.String}
    )
    return pl.DataFrame(rows, schema=columns, orient="row")


_EI = "Krackhardt & Stern 1988, doi 10.2307/2786835"
_BY_KINDS = "Depends on how many partners of each kind there are; the E-I index expected says what chance would give."
MEASURES = (
    Measure(
        id="cross_sector_share",
        label="Cross-sector share",
        of="network",
        kind="share",
        unit="0–1",
        better="higher",
        compute=cross_sector_share,
        meaning="What part of the partnerships are between partners of different kinds.",
        formula=r"\frac{E}{E + I}",
        source=f"A share; E and I as in {_EI}",
        reading="0: everyone works with their own kind only. 1: with other kinds only.",
        caution="Depends on how many partners of each kind there are; compare with what to expect by chance.",
        rows="all partnerships",
        compared=MIX,
        why=_BY_KINDS,
        ratio=_crossing_of_ties,
    ),
    Measure(
        id="ei_index",
        label="E-I index",
        of="network",
        kind="index",
        unit="−1 to 1",
        better="higher",
        compute=ei_index,
        meaning="Whether partnerships go outward, to other kinds of partner, or stay within a kind.",
        formula=r"\frac{E - I}{E + I}",
        source=_EI,
        reading="1: all partnerships cross. −1: none do. Read it beside the expected value.",
        caution="Depends on the sizes of the groups: with many kinds it is high by chance.",
        rows="all partnerships",
        compared=MIX,
        why=_BY_KINDS,
        absence_in="partnerships",
    ),
    Measure(
        id="ei_expected",
        label="E-I index expected",
        of="network",
        kind="index",
        unit="−1 to 1",
        better="neither",
        compute=ei_expected,
        meaning="The E-I index this network would have on average if kinds were dealt out to partners at random.",
        formula=r"1 - \frac{2 \sum_k n_k (n_k - 1)}{n(n-1)}",
        source=f"Permutation mean of the index of {_EI}",
        reading="An index above it means more crossing than chance.",
        caution="The difference says nothing without its p.",
        rows="partners",
        compared=MIX,
        why="What chance would give; read the E-I index beside it.",
        absence_in="partnerships",
    ),
    Measure(
        id="assortativity",
        label="Assortativity by kind",
        of="network",
        kind="index",
        unit="−1 to 1",
        better="lower",
        compute=assortativity,
        meaning="Whether partners of one kind keep to themselves more than chance would have it.",
        formula=r"\frac{\sum_k e_{kk} - \sum_k a_k^2}{1 - \sum_k a_k^2}",
        source="Newman 2003, doi 10.1103/PhysRevE.67.026126",
        reading="1: partnerships only within kinds. 0: as by chance. Below 0: more between kinds. Empty where all "
        "partnerships touch one kind.",
        caution="Does not say which kinds mix; the mixing matrix does.",
        rows="all partnerships",
        compared=FAIR,
        why="Allows for how many partners of each kind there are.",
        absence_in="partnerships",
    ),
)
