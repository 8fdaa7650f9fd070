"""Attending: what each partner took part in, and whom it met there."""

from __future__ import annotations

from wtnet.measures.activities import Attendance, attendance
from wtnet.measures.engine.arrays import once
from wtnet.measures.measure import Measure
from wtnet.network import Network


@once
def _part(network: Network) -> Attendance:
    return attendance(network.tables, network.wave)


def activities_attended(network: Network) -> dict[str, int | None]:
    """{partner: how many activities it took part in up to the wave}; null where that is not recorded."""
    return _of(network, "activities")


def partners_met(network: Network) -> dict[str, int | None]:
    """{partner: how many others took part in an activity with it up to the wave}; null where that is not recorded."""
    return _of(network, "met")


def _of(network: Network, column: str) -> dict[str, int | None]:
    values = dict(_part(network).partners.select("organisation", column).iter_rows())
    return {partner: values.get(partner) for partner in network.graph}


_CAUTION = "Having been in one room is no partnership; nor is it known what was said there."

MEASURES = (
    Measure(
        id="activities_attended",
        label="Activities attended",
        of="partner",
        kind="count",
        unit="activities",
        better="neither",
        compute=activities_attended,
        meaning="How many of the recorded activities it took part in, up to this wave.",
        formula=r"\sum_{e} b_{ie}",
        source="Two-mode projection; Borgatti & Everett 1997, doi 10.1016/S0378-8733(96)00301-2",
        reading="Empty where attendance is not recorded, or not of everybody.",
        caution=_CAUTION,
        rows="partners",
        absence_in="attendances",
    ),
    Measure(
        id="partners_met",
        label="Partners met at activities",
        of="partner",
        kind="count",
        unit="partners",
        better="neither",
        compute=partners_met,
        meaning="How many other partners took part in at least one activity with it, up to this wave.",
        formula=r"|\{j \neq i : (B B^{\top})_{ij} > 0\}|",
        source="Two-mode projection; Borgatti & Everett 1997, doi 10.1016/S0378-8733(96)00301-2",
        reading="The projection of partners and activities on partners. Filters do not change whom it met.",
        caution=_CAUTION,
        rows="partners",
        absence_in="attendances",
    ),
)
