"""The catalogue: every measure there is, and the tables, figures and rows drawn from it.

A measure is a line: to add one, write a function in a family and its `Measure` beside it. Menus, tooltips, reports, the
guide and the command line come from here. Costly extras (intervals, permutation, stability) are functions of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import wraps
from typing import Any

import polars as pl

from wtnet.errors import InvalidRequest
from wtnet.measures import (
    attending,
    brokerage,
    disclosure,
    lasting,
    multiplexity,
    partnership,
    position,
    reach,
    resilience,
    sectors,
    shape,
    structure,
    survey_record,
    survey_reports,
)
from wtnet.measures.measure import Measure
from wtnet.measures.rows import rows_of
from wtnet.measures.taking_part import taking_part
from wtnet.network import Network
from wtnet.tables import relationships
from wtnet.tables.coverage import is_complete

_FAMILIES = (
    position, sectors, shape, structure, reach, lasting, survey_reports, survey_record, brokerage, resilience, partnership,
    multiplexity, attending,
)  # fmt: skip


def _guarded(measure: Measure) -> Measure:
    """The same measure, null where it rests on absence and the record of its table is not complete."""
    if not measure.absence_in:
        return measure

    @wraps(measure.compute)
    def compute(network: Network) -> Any:
        if is_complete(network.tables, measure.absence_in):
            return measure.compute(network)
        return dict.fromkeys(network.graph) if measure.of == "partner" else None

    return replace(measure, compute=compute)


MEASURES: tuple[Measure, ...] = tuple(_guarded(measure) for family in _FAMILIES for measure in family.MEASURES)
"""Every measure, family by family."""

BY_ID: dict[tuple[str, str], Measure] = {(measure.of, measure.id): measure for measure in MEASURES}
"""By (of, id): some ids, such as `mean_strength`, exist for a partner, a network and a tie."""

OF = ("partner", "network", "tie")


def of(what: str) -> tuple[Measure, ...]:
    """The measures of a partner, a network or a tie, in order."""
    return tuple(measure for measure in MEASURES if measure.of == what)


def profile(over_waves: bool = False) -> tuple[str, ...]:
    """The ids of the measures on a partner's profile, in its order; with `over_waves` those followed from wave to wave."""
    places = {measure.id: measure.profile_waves if over_waves else measure.profile for measure in of("partner")}
    return tuple(sorted((measure_id for measure_id, place in places.items() if place), key=places.__getitem__))


def find(measure_id: str, what: str | None = None) -> Measure:
    """One measure; without `what`, that of a partner comes before that of a network or a tie. Unknown: InvalidRequest."""
    for each in (what,) if what else OF:
        if (each, measure_id) in BY_ID:
            return BY_ID[each, measure_id]
    choices = ", ".join(measure.id for measure in (of(what) if what else MEASURES))
    raise InvalidRequest(f"There is no measure “{measure_id}”{f' of a {what}' if what else ''}; choose one of {choices}.")


def partners(network: Network, ids: Iterable[str] | None = None) -> pl.DataFrame:
    """The measures of every partner: id, name, kind and one column per measure (all of them, or those asked for).

    Rows in the order of the organisations; null where unknown, or withheld (`withheld`).
    """
    graph = network.graph
    chosen = of("partner") if ids is None else [find(each, "partner") for each in ids]
    who = {
        "id": pl.Series(list(graph), dtype=pl.String),
        "name": pl.Series([graph.nodes[partner]["name"] for partner in graph], dtype=pl.String),
        "kind": pl.Series([graph.nodes[partner]["kind"] for partner in graph], dtype=pl.String),
    }
    return pl.DataFrame(who | {measure.id: _column(measure, network) for measure in chosen})


def _column(measure: Measure, network: Network) -> pl.Series:
    values = measure.compute(network)
    if network.exact is not None:
        values = {partner: _shown(measure, network, partner, value) for partner, value in values.items()}
    return pl.Series(measure.id, [values[partner] for partner in network.graph], dtype=measure.dtype)


def _shown(measure: Measure, network: Network, partner: str, value: Any) -> Any:
    """A partner's value as others than the lead see it: null where it is withheld."""
    if _kept_back(measure, network, partner):
        return None
    return disclosure.rounded(value) if measure.strength else value


def whole(network: Network, ids: Iterable[str] | None = None) -> dict[str, Any]:
    """One value per measure of the network (all of them, or those asked for); None where unknown, or withheld (`withheld`)."""
    chosen = of("network") if ids is None else [find(each, "network") for each in ids]
    return {measure.id: value(measure, network) for measure in chosen}


def value(measure: Measure, network: Network) -> Any:
    """One measure of the network as the reader may see it; None where unknown, or withheld (`withheld`)."""
    if _kept_back(measure, network):
        return None
    number = measure.compute(network)
    if not measure.strength or network.exact is None:
        return number
    return disclosure.rounded(number, decimals(measure, network))


def decimals(measure: Measure, network: Network) -> int:
    """Decimals to which others than the lead know a figure of 0–1, as the screen shows it: a percentage of a hundred or more has
    one of its own."""
    return disclosure.DIGITS + (measure.kind == "share" and base(measure, network) >= 100)


def withheld(measure: Measure, network: Network, partner: str | None = None) -> str | None:
    """Why a measure (of a network, or of a partner in it) is withheld, as a sentence; null where it is shown or unknown."""
    if partner is not None:
        return withheld_partners(measure, network, (partner,))[partner]
    why = _kept_back(measure, network)
    if network.exact is None or measure.of == "tie" or measure.by_kind:
        return why
    if not (why or measure.strength) or measure.compute(network.exact) is None:
        return None
    return why or (disclosure.ALIKE if measure.compute(network) is None else None)


def withheld_partners(measure: Measure, network: Network, partners: Iterable[str] | None = None) -> dict[str, str | None]:
    """The same for a measure of many partners (all in the network if none are given), worked out once: the reason of each."""
    asked = list(network.graph if partners is None else partners)
    reasons = {partner: _kept_back(measure, network, partner) for partner in asked}
    if network.exact is None or not measure.strength or all(reasons.values()):
        return reasons
    shown, true = measure.compute(network), measure.compute(network.exact)
    either = measure.by_both
    alike = {partner for partner in asked if shown.get(partner) is None and (either or true.get(partner) is not None)}
    return {partner: why or (disclosure.ALIKE if partner in alike else None) for partner, why in reasons.items()}


def _kept_back(measure: Measure, network: Network, partner: str | None = None) -> str | None:
    """The same, but for values withheld because all that is in them is alike."""
    if network.tables.audience == "lead":
        return None
    if measure.by_kind and not relationships.tells_all(network.tables):
        return disclosure.KIND_UNTOLD
    if measure.of == "tie":
        return disclosure.PAIR if measure.id != "basis" and not measure.by_kind else None
    if measure.by_name:
        return disclosure.BY_NAME
    if measure.silence and (why := disclosure.response_reason(network)):
        return why
    if not measure.strength:
        return None
    if partner is not None and not measure.nominal and not disclosure.shows_partner(network, partner):
        return disclosure.reason(network) or disclosure.FEW_OTHERS
    return disclosure.reason(network)


def base(measure: Measure, network: Network) -> int:
    """The number a share is of, which decides whether its decimals mean anything: for what rests on reports the partners that
    were asked, else the ties."""
    return int(taking_part(network).asked.sum()) if measure.rows == "all ratings" else network.ties.height


def rows(network: Network, measure_id: str, partner: str | None = None, other: str | None = None) -> pl.DataFrame:
    """The rows a figure came from: ties, ratings or partners, with names.

    With a `partner` it is the measure of that partner (its own ties, those around it, the ratings it received or gave),
    with an `other` partner too that of their tie, without either that of the network. Ties have the columns of
    `Network.named_ties` and both kinds; ratings those of the survey with the strength they give; partners id, name, kind
    and place. An unknown measure or partner is an InvalidRequest.
    """
    for each in (partner, other):
        if each is not None and each not in network.graph:
            raise InvalidRequest(f"There is no partner “{each}” in view; choose another, or widen the filters.")
    if partner is None:
        known = next((each for each in ("network", "tie", "partner") if (each, measure_id) in BY_ID), None)
        return rows_of(network, find(measure_id, known), None)
    if other is None:
        return rows_of(network, find(measure_id, "partner"), partner)
    both = pl.col("rater").is_in([partner, other]) & pl.col("partner").is_in([partner, other])
    return rows_of(network, find(measure_id, "tie"), None).filter(both)
