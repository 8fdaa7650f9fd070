"""Who takes part in a pilot: the partner that leads it and everyone involved."""

from __future__ import annotations

import polars as pl

from wtnet.tables.derived import derived
from wtnet.tables.model import Tables


@derived
def members(tables: Tables) -> pl.DataFrame:
    """Columns pilot, organisation: each pair once, the leads first, then in the order of the involvements."""
    leads = tables.pilots.select(pilot="id", organisation="lead").drop_nulls()
    return pl.concat([leads, tables.involvements.select("pilot", "organisation")]).unique(maintain_order=True)


@derived
def members_by_pilot(tables: Tables) -> dict[str, list[str]]:
    """The partners of each pilot, also of one without any, in the order of the organisations."""
    inside: dict[str, set[str]] = {pilot: set() for pilot in tables.pilots["id"]}
    for pilot, organisation in members(tables).iter_rows():
        inside.setdefault(pilot, set()).add(organisation)
    order = tables.organisations["id"].to_list()
    return {pilot: [partner for partner in order if partner in partners] for pilot, partners in inside.items()}


@derived
def pilots_by_member(tables: Tables) -> dict[str, list[str]]:
    """The pilots each partner takes part in, in the order of the pilots; nothing for a partner of none."""
    pilots: dict[str, list[str]] = {}
    for pilot, partners in members_by_pilot(tables).items():
        for partner in partners:
            pilots.setdefault(partner, []).append(pilot)
    return pilots
