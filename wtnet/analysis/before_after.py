"""Before and after: every measure of a network, or of one partner, as it is and as it would be."""

from __future__ import annotations

from typing import Any, NamedTuple

import polars as pl

from wtnet.measures import catalogue
from wtnet.network import Network

NO_DIFFERENCE = 1e-9


class MeasureChange(NamedTuple):
    """One measure before and after.

    `measure` is its id; before and after are plain values, None where unknown; `difference` is after − before, None where it
    is not a number or one is unknown; `moved` is higher, lower, other (words that differ), same or unknown (exactly one side
    is unknown); `survey` is true where it is about who answered what, which a scenario invents nothing of; `withheld` says why
    others than the lead do not see it on one of the sides.
    """

    measure: str
    before: Any
    after: Any
    difference: float | None
    moved: str
    survey: bool
    withheld: str | None = None


def whole(before: Network, after: Network) -> list[MeasureChange]:
    """Every measure of the network, in the order of the catalogue."""
    return _beside("network", catalogue.whole(before), catalogue.whole(after), (before, after))


def of_partner(before: Network, after: Network, partner: str) -> list[MeasureChange]:
    """The same for every measure of one partner; all unknown on the side where it is not there."""
    asked = tuple(measure.id for measure in catalogue.of("partner") if not measure.nominal)
    was, now = (_row(network, partner, asked) for network in (before, after))
    return _beside("partner", was, now, (before, after), partner)


def _row(network: Network, partner: str, asked: tuple[str, ...]) -> dict[str, Any]:
    if partner not in network.graph:
        return dict.fromkeys(asked)
    measured = catalogue.partners(network, asked).filter(pl.col("id") == partner)
    return {name: measured[name][0] for name in asked}


def _beside(
    of: str, before: dict[str, Any], after: dict[str, Any], sides: tuple[Network, Network], partner: str | None = None
) -> list[MeasureChange]:
    differences = []
    for name, was in before.items():
        now, measure = after[name], catalogue.find(name, of)
        if why := next(filter(None, (catalogue.withheld(measure, side, partner) for side in sides)), None):
            differences.append(MeasureChange(name, was, now, None, "withheld", measure.of_survey, why))
            continue
        numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (was, now))
        apart = now - was if numbers else None
        differences.append(MeasureChange(name, was, now, apart, _moved(was, now, numbers), measure.of_survey))
    return differences


def _moved(was: Any, now: Any, numbers: bool) -> str:
    if numbers:
        return "same" if abs(now - was) <= NO_DIFFERENCE else "higher" if now > was else "lower"
    if was == now:
        return "same"
    return "unknown" if was is None or now is None else "other"
