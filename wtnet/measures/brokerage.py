"""Brokerage: standing between others who have no tie of their own."""

from __future__ import annotations

from typing import Any

import numpy as np

from wtnet.measures.engine.arrays import arrays, once
from wtnet.measures.engine.triangles import oriented, triangles
from wtnet.measures.measure import Measure
from wtnet.network import Network

Values = dict[str, Any]


@once
def _holes(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """Burt's constraint and effective size (n each), NaN where a partner has no tie of known strength above 0.

    With p_ij = w_ij / Σ_k w_ik and m_jq = w_jq / max_k w_jk, each ordered pair (i, j) of partners with a tie needs only
    the sums over those tied to both, which the triangles give: Σ_q p_iq p_qj and Σ_q p_iq m_jq.
    """
    a, o = arrays(network), oriented(network)
    weight = a.weight[o.tie]
    total = np.bincount(o.tail, weight, a.n) + np.bincount(o.head, weight, a.n)
    most = np.zeros(a.n)
    np.maximum.at(most, o.tail, weight)
    np.maximum.at(most, o.head, weight)
    with np.errstate(invalid="ignore", divide="ignore"):
        p_out, p_in = np.nan_to_num(weight / total[o.tail]), np.nan_to_num(weight / total[o.head])
        m_out, m_in = np.nan_to_num(weight / most[o.tail]), np.nan_to_num(weight / most[o.head])
    indirect, shared = np.zeros((2, a.m)), np.zeros((2, a.m))
    for uv, uw, vw in triangles(a, o):
        for tie, out, iq, qj, jq in (  # the tie u → v and back, by way of the third partner; then the other two ties
            (uv, 0, p_out[uw], p_in[vw], m_out[vw]),
            (uv, 1, p_out[vw], p_in[uw], m_out[uw]),
            (uw, 0, p_out[uv], p_out[vw], m_in[vw]),
            (uw, 1, p_in[vw], p_in[uv], m_out[uv]),
            (vw, 0, p_in[uv], p_out[uw], m_in[uw]),
            (vw, 1, p_in[uw], p_out[uv], m_in[uv]),
        ):
            indirect[out] += np.bincount(tie, iq * qj, a.m)
            shared[out] += np.bincount(tie, iq * jq, a.m)
    counts = weight > 0
    constraint, size = np.zeros(a.n), np.zeros(a.n)
    for out, (end, p) in enumerate(((o.tail, p_out), (o.head, p_in))):
        constraint += np.bincount(end[counts], (p + indirect[out])[counts] ** 2, a.n)
        size += np.bincount(end[counts], (1 - shared[out])[counts], a.n)
    constraint[total == 0] = size[total == 0] = np.nan
    return constraint, size


def constraint(network: Network) -> Values:
    """Burt's constraint, weighted by strength; null without a tie of known strength above 0. It can exceed 1."""
    return arrays(network).by_id(_holes(network)[0])


def effective_size(network: Network) -> Values:
    """Burt's effective size, weighted by strength; null without a tie of known strength above 0.

    networkx (up to 3.6) differs on weighted networks by dividing along the wrong axis; this is Burt's formula.
    """
    return arrays(network).by_id(_holes(network)[1])


@once
def _roles(network: Network) -> dict[str, np.ndarray]:
    """Open two-paths a – b – c per broker b and role (n each), over ordered (a, c): all two-paths less the closed ones."""
    a, o = arrays(network), oriented(network)
    width = len(a.kinds)
    ends = np.concatenate([a.source * width + a.kind[a.target], a.target * width + a.kind[a.source]])
    by_kind = np.bincount(ends, minlength=a.n * width).reshape(a.n, width) if width else np.zeros((a.n, 0), dtype=np.int64)
    own = by_kind[np.arange(a.n), a.kind] if a.n else np.zeros(0, dtype=np.int64)
    others = a.degree - own
    squares = (by_kind**2).sum(axis=1) - own**2
    roles = {
        "coordinator": own * (own - 1),
        "itinerant": squares - others,
        "gatekeeper": own * others,
        "liaison": others**2 - squares,
    }
    for uv, uw, _ in triangles(a, o):
        corners = (o.tail[uv], o.head[uv], o.head[uw])
        for place in range(3):
            b, x, y = corners[place], corners[place - 1], corners[place - 2]
            same_x, same_y, alike = a.kind[b] == a.kind[x], a.kind[b] == a.kind[y], a.kind[x] == a.kind[y]
            roles["coordinator"] -= 2 * np.bincount(b[same_x & same_y], minlength=a.n)
            roles["itinerant"] -= 2 * np.bincount(b[alike & ~same_x], minlength=a.n)
            roles["liaison"] -= 2 * np.bincount(b[~alike & ~same_x & ~same_y], minlength=a.n)
            roles["gatekeeper"] -= np.bincount(b[same_x != same_y], minlength=a.n)
    return roles | {"representative": roles["gatekeeper"]}


def coordinator(network: Network) -> Values:
    """Open two-paths with all three of one kind."""
    return arrays(network).by_id(_roles(network)["coordinator"])


def itinerant(network: Network) -> Values:
    """Open two-paths between two of one kind, the broker of another."""
    return arrays(network).by_id(_roles(network)["itinerant"])


def gatekeeper(network: Network) -> Values:
    """Open two-paths a – b – c with b and c of one kind, a of another."""
    return arrays(network).by_id(_roles(network)["gatekeeper"])


def representative(network: Network) -> Values:
    """Open two-paths a – b – c with a and b of one kind, c of another; with undirected ties the same as gatekeeper."""
    return arrays(network).by_id(_roles(network)["representative"])


def liaison(network: Network) -> Values:
    """Open two-paths with all three of different kinds."""
    return arrays(network).by_id(_roles(network)["liaison"])


_GOULD = "Gould & Fernandez 1989, doi 10.2307/270949"
_TWICE = "Each pair of others counts twice, once in each direction, as in Gould & Fernandez."
_CHANCE = "A partner with many partnerships brokers much by numbers alone, and a filter that hides partners changes the count."


def _role(name: str, compute: Any, meaning: str, pattern: str) -> Measure:
    return Measure(
        id=name,
        label=name.capitalize(),
        of="partner",
        kind="count",
        unit="ordered pairs of others",
        better="neither",
        compute=compute,
        meaning=meaning,
        formula=rf"|\{{(a, c) : a_{{ab}} = a_{{bc}} = 1,\ a_{{ac}} = 0,\ {pattern}\}}|",
        source=_GOULD,
        reading=f"0: it connects no such pair. {_TWICE}",
        caution=_CHANCE,
        rows="surrounding partnerships",
        absence_in="partnerships",
    )


MEASURES = (
    Measure(
        id="constraint",
        label="Constraint",
        of="partner",
        kind="index",
        unit="above 0, can exceed 1",
        better="lower",
        compute=constraint,
        meaning="How far its partnerships are tied up in one circle whose members all know each other.",
        formula=r"\sum_j \Big(p_{ij} + \sum_{q \ne i,j} p_{iq} p_{qj}\Big)^2, \quad p_{ij} = \frac{w_{ij}}{\sum_k w_{ik}}",
        source="Burt 1992, Structural Holes, ch. 2",
        reading="Low: its partners are not tied to each other, so it hears different things. The centre of a star of five "
        "has 0.25, each of a closed three 1.125.",
        caution="It can be above 1. Few partnerships make it high by themselves. Empty without a partnership of known strength.",
        rows="surrounding partnerships",
        strength=True,
        absence_in="partnerships",
    ),
    Measure(
        id="effective_size",
        label="Effective size",
        of="partner",
        kind="score",
        unit="partners",
        better="higher",
        compute=effective_size,
        meaning="How many really different circles its partners open to it.",
        formula=r"\sum_j \Big(1 - \sum_{q \ne i,j} p_{iq} m_{jq}\Big), \quad m_{jq} = \frac{w_{jq}}{\max_k w_{jk}}",
        source="Burt 1992, Structural Holes, ch. 2",
        reading="Equal to its number of partners if none of them have partnerships with each other; near 1 if all of them do.",
        caution="Partners alike in other ways count as different here. Empty without a partnership of known strength.",
        rows="surrounding partnerships",
        strength=True,
        absence_in="partnerships",
    ),
    _role(
        "coordinator",
        coordinator,
        "How often it connects two partners of its own kind that have no partnership.",
        r"\kappa_a = \kappa_b = \kappa_c",
    ),
    _role(
        "itinerant",
        itinerant,
        "How often it connects two partners of one kind, other than its own, that have no partnership.",
        r"\kappa_a = \kappa_c \ne \kappa_b",
    ),
    _role(
        "gatekeeper",
        gatekeeper,
        "How often it lets a partner of another kind reach one of its own kind.",
        r"\kappa_b = \kappa_c \ne \kappa_a",
    ),
    _role(
        "representative",
        representative,
        "How often it speaks for one of its own kind to a partner of another kind. With partnerships that have no "
        "direction this is the "
        "same number as gatekeeper.",
        r"\kappa_a = \kappa_b \ne \kappa_c",
    ),
    _role(
        "liaison",
        liaison,
        "How often it connects two partners of two different kinds, neither of them its own, that have no partnership.",
        r"\kappa_a, \kappa_b, \kappa_c \text{ all different}",
    ),
)
