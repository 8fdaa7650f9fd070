"""Timeline: the measures of a network, wave by wave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import polars as pl

from wtnet.measures import catalogue, uncertainty
from wtnet.network import Network, Scope, build, date_of, waves_in_order
from wtnet.tables.model import Tables

ALL = Scope()

MOST = 3_000
"""Up to so many partners the figures of every wave have their intervals."""


def networks(tables: Tables, scope: Scope = ALL) -> list[Network]:
    """The network of every wave in the same scope, first to last; empty without waves."""
    return [build(tables, replace(scope, wave=wave)) for wave in waves_in_order(tables)]


def draws(tables: Tables) -> int:
    """How many draws an interval takes where every wave has one; 0, for none, beyond `MOST` partners, where they take seconds."""
    return uncertainty.DRAWS if tables.organisations.height <= MOST else 0


def of_network(
    tables: Tables,
    scope: Scope = ALL,
    ids: Iterable[str] | None = None,
    draws: int = uncertainty.DRAWS,
) -> pl.DataFrame:
    """Measures of the network in every wave: wave, date, measure, value, low, high, base, withheld; waves in order.

    Base is of how many a share is (`catalogue.base`). Low and high are the 95 % bootstrap interval of the measures that have
    one (`uncertainty.intervals`), else null; withheld says why others than the lead do not see a value (`catalogue.withheld`).
    `draws=0` leaves the intervals out. Measures that are words are left out.
    """
    every = catalogue.of("network") if ids is None else [catalogue.find(measure_id, "network") for measure_id in ids]
    chosen = [measure for measure in every if measure.kind != "category"]
    rows: list[tuple[Any, ...]] = []
    for network in networks(tables, scope):
        bounds = {row[0]: row[2:4] for row in uncertainty.intervals(network, draws).iter_rows()} if draws else {}
        for measure in chosen:
            value, why = catalogue.value(measure, network), catalogue.withheld(measure, network)
            span = bounds.get(measure.id, (None, None))
            day, base = date_of(tables, network.wave), catalogue.base(measure, network)
            rows.append((network.wave, day, measure.id, value, *span, base, why))
    schema = {
        "wave": pl.String,
        "date": pl.Date,
        "measure": pl.String,
        "value": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "base": pl.Int64,
        "withheld": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
