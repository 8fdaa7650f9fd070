"""Who takes part in each pilot."""

from __future__ import annotations

import polars as pl

from wtnet.tables import Tables


def members(tables: Tables) -> dict[str, list[str]]:
    """The partners of each pilot: its lead and everyone involved, in the order of the organisations."""
    leads = tables["pilots"].filter(pl.col("lead").is_not_null()).select(pilot="id", organisation="lead")
    both = pl.concat([leads, tables["involvements"].select("pilot", "organisation")])
    inside: dict[str, set[str]] = {pilot: set() for pilot in tables["pilots"]["id"]}
    for pilot, organisation in both.iter_rows():
        inside.setdefault(pilot, set()).add(organisation)
    order = tables["organisations"]["id"].to_list()
    return {pilot: [partner for partner in order if partner in found] for pilot, found in inside.items()}
