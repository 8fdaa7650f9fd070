"""Sectors: how a partner's ties spread over kinds of partner."""

from __future__ import annotations

from typing import Any

import numpy as np

from wtnet.measures import absence
from wtnet.measures.engine.arrays import arrays, once
from wtnet.measures.measure import Measure
from wtnet.network import Network
from wtnet.tables import coverage
from wtnet.tables.schema import CORE_KINDS, KINDS

Values = dict[str, Any]


@once
def _by_kind(network: Network) -> np.ndarray:
    """Ties of each partner with each kind in use: (n, kinds)."""
    a = arrays(network)
    width = len(a.kinds)
    ends = np.concatenate([a.source * width + a.kind[a.target], a.target * width + a.kind[a.source]])
    return np.bincount(ends, minlength=a.n * width).reshape(a.n, width) if width else np.zeros((a.n, 0), dtype=np.int64)


@once
def _outside(network: Network) -> np.ndarray:
    """Ties of each partner that go to another kind (n)."""
    a = arrays(network)
    return a.degree - _by_kind(network)[np.arange(a.n), a.kind] if a.n else a.degree


def sectors_reached(network: Network) -> Values:
    """Number of kinds among its partners, its own included if it works with one of them; 0 for an isolate. Null where some
    kind is not among them and the record does not tell whether it works with one (`tables.coverage`)."""
    a = arrays(network)
    gaps = [kind for kind in KINDS if coverage.ties_with_kind(network.tables, kind)]
    reached = _by_kind(network) > 0
    there = {kind: reached[:, at] for at, kind in enumerate(a.kinds)}
    untold = np.zeros(a.n, bool)
    for kind in gaps:
        untold = untold | ~there.get(kind, np.zeros(a.n, bool))
    return a.by_id(reached.sum(axis=1), untold)


def missing_sectors(network: Network) -> Values:
    """Which of the four core kinds are not among its partners, in words; "none" where all are. The only partner of its kind
    has no other to work with, so that kind is not missing. Kinds whose record is not complete are not missing either: they stand
    after those that are, as not recorded; so do, as not known, all that are not among the partners of one that did not answer. To
    others than the lead, who are not told which did not, a kind that is missing is none that is known."""
    a = arrays(network)
    alone = np.bincount(a.kind, minlength=len(a.kinds))[a.kind] == 1 if a.n else np.zeros(0, bool)
    reached = _by_kind(network) > 0
    column = {kind: reached[:, a.kinds.index(kind)] if kind in a.kinds else np.zeros(a.n, bool) for kind in CORE_KINDS}
    gaps, silent = absence.unknown_kinds(network), absence.silent(network)
    kept_back = network.tables.audience != "lead" and absence.only_known(network)
    values = {}
    for i, partner in enumerate(a.ids):
        lacking = [kind for kind in CORE_KINDS if not column[kind][i]]
        missing = [CORE_KINDS[kind] for kind in lacking if kind not in gaps and not (alone[i] and a.kinds[a.kind[i]] == kind)]
        untold = coverage.by_words((CORE_KINDS[kind], gaps[kind].words_of_one) for kind in lacking if kind in gaps)
        of = "not known, as it did not answer" if partner in silent else "none known" if kept_back else ""
        parts = [f"{', '.join(missing)}{f': {of}' if of else ''}"] if missing else []
        values[partner] = "; ".join([*parts, *(f"{', '.join(kinds)}: {words}" for words, kinds in untold.items())]) or "none"
    return values


def cross_sector_share(network: Network) -> Values:
    """Ties to another kind / ties; null for an isolate."""
    a = arrays(network)
    return a.by_id(_outside(network) / np.maximum(a.degree, 1), a.degree == 0)


def ei_index(network: Network) -> Values:
    """(external − internal) / (external + internal) of its ties; null for an isolate."""
    a = arrays(network)
    return a.by_id((2 * _outside(network) - a.degree) / np.maximum(a.degree, 1), a.degree == 0)


def participation(network: Network) -> Values:
    """1 − Σ over kinds of (share of its ties with the kind)²; null for an isolate."""
    a = arrays(network)
    return a.by_id(_spread(network), a.degree == 0)


def participation_normalised(network: Network) -> Values:
    """Participation · m / (m − 1), m the number of kinds in scope; null for an isolate or where there is one kind."""
    a = arrays(network)
    m = len(a.kinds)
    return a.by_id(_spread(network) * m / max(m - 1, 1), (a.degree == 0) | (m < 2))


def _spread(network: Network) -> np.ndarray:
    a, counts = arrays(network), _by_kind(network)
    return 1 - (counts**2).sum(axis=1) / np.maximum(a.degree, 1) ** 2


MEASURES = (
    Measure(
        id="sectors_reached",
        label="Sectors reached",
        of="partner",
        kind="count",
        unit="kinds of partner",
        better="higher",
        compute=sectors_reached,
        meaning="How many kinds of partner it works with.",
        formula=r"|\{k : \kappa_{ik} > 0\}|",
        source="A count",
        reading="1 means that all its partners are of one kind. Its own kind counts if it works with one of them. Empty where "
        "the record does not tell of every kind.",
        caution="One partnership is enough to count a sector as reached.",
        rows="own partnerships",
        profile=3,
        profile_waves=4,
    ),
    Measure(
        id="missing_sectors",
        label="Missing sectors",
        of="partner",
        kind="category",
        unit="kinds of partner",
        better="neither",
        compute=missing_sectors,
        meaning="With which of museums, freelancers, community groups and health providers it has no partnership.",
        formula=r"\{k \in \text{core} : \kappa_{ik} = 0\}",
        source="A list",
        reading="“none”: it works with all four kinds. Of a partner that did not answer a kind is not known to be missing.",
        caution="Not every partner needs all four. A partnership nobody reported is missing here too.",
        rows="own partnerships",
    ),
    Measure(
        id="cross_sector_share",
        label="Cross-sector share",
        of="partner",
        kind="share",
        unit="0–1",
        better="higher",
        compute=cross_sector_share,
        meaning="What part of its partnerships go to partners of another kind.",
        formula=r"\frac{E_i}{E_i + I_i}",
        source="A share; E and I as in Krackhardt & Stern 1988, doi 10.2307/2786835",
        reading="0: it works with its own kind only. 1: with other kinds only. Empty without partnerships.",
        caution="A kind with few partners has few of its own to work with, so its share is high by itself.",
        rows="own partnerships",
        absence_in="partnerships",
    ),
    Measure(
        id="ei_index",
        label="E-I index",
        of="partner",
        kind="index",
        unit="−1 to 1",
        better="higher",
        compute=ei_index,
        meaning="Whether it looks outward, to other kinds of partner, or inward, to its own.",
        formula=r"\frac{E_i - I_i}{E_i + I_i}",
        source="Krackhardt & Stern 1988, doi 10.2307/2786835",
        reading="1: all partnerships go to other kinds. −1: all stay with its own kind. 0: half and half.",
        caution="The cross-sector share on another scale: it too depends on how many there are of each kind.",
        rows="own partnerships",
        absence_in="partnerships",
    ),
    Measure(
        id="participation",
        label="Participation",
        of="partner",
        kind="index",
        unit="0 to 1 − 1/m",
        better="higher",
        compute=participation,
        meaning="How evenly its partnerships are spread over the kinds of partner.",
        formula=r"P_i = 1 - \sum_k \left(\frac{\kappa_{ik}}{\kappa_i}\right)^2",
        source="Guimerà & Amaral 2005, doi 10.1038/nature03288",
        reading="0: all its partnerships are with one kind. The most it can reach, with m kinds in the network, is 1 − 1/m.",
        caution="A partner with two partnerships of two kinds scores 0.5: read it beside the number of partnerships.",
        rows="own partnerships",
        absence_in="partnerships",
    ),
    Measure(
        id="participation_normalised",
        label="Participation, normalised",
        of="partner",
        kind="index",
        unit="0–1",
        better="higher",
        compute=participation_normalised,
        meaning="Participation stretched so that 1 means partnerships spread evenly over all the kinds in the network.",
        formula=r"\frac{m}{m-1} P_i",
        source="After Guimerà & Amaral 2005, doi 10.1038/nature03288",
        reading="0: one kind only. 1: the same number of partnerships with every kind in the network.",
        caution="Changes when a filter changes how many kinds are in view.",
        rows="own partnerships",
        absence_in="partnerships",
    ),
)
