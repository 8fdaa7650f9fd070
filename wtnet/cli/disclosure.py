"""The command that prints what each audience reads of every figure, side by side: disclosure."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from wtnet.cli import printing
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.looking import View, look
from wtnet.cli.source import tables_of
from wtnet.measures import catalogue
from wtnet.measures.impact import progress
from wtnet.network import Network, build
from wtnet.sentences.filters import NETWORK
from wtnet.sentences.format import WITHHELD, measure_value
from wtnet.tables import waves
from wtnet.tables.model import AUDIENCES, Audience


def disclosure(options: argparse.Namespace) -> int:
    """Print every figure of the whole and of each pilot, wave by wave, as the lead, partners and everybody read it, and why some
    is withheld."""
    tables = tables_of(options)
    if tables is None:
        return PROBLEMS
    seen = {audience: look(options, tables, options.wave, NETWORK, audience) for audience in AUDIENCES}
    rows = [*_figures(seen, options), *_states(seen)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("wave", "cut", "figure", *AUDIENCES, "why"), pl.String), orient="row")
    if options.differing:
        frame = frame.filter((pl.col("lead") != pl.col("partners")) | (pl.col("lead") != pl.col("public")))
    printing.frame(frame, options.json, options.csv)
    return FINE


def _figures(seen: Mapping[Audience, View], options: argparse.Namespace) -> Iterator[tuple[str, ...]]:
    """The measures of the network, by wave and cut."""
    lead = seen["lead"]
    every: list[str | None] = [*waves.visible(lead.tables, "public")]
    chosen = [lead.scope.wave] if options.wave else every or [None]
    for wave in chosen:
        for cut, pilot in [("the whole", None), *((name, pilot) for pilot, name in lead.tables.names("pilots").items())]:
            networks = {audience: _network(view, wave, pilot) for audience, view in seen.items()}
            for measure in catalogue.of("network"):
                why = {audience: catalogue.withheld(measure, network) for audience, network in networks.items()}
                values = [_value(measure, network, why[audience]) for audience, network in networks.items()]
                yield str(wave or "–"), cut, measure.label, *values, why["public"] or why["partners"] or ""


def _network(view: View, wave: str | None, pilot: str | None) -> Network:
    """The network of a wave and a pilot (both by the lead's ids) as the audience of a view has it."""
    ids = view.renaming.ids
    wave = ids.get("waves", {}).get(wave or "", wave)
    pilots = view.scope.pilots if pilot is None else (ids.get("pilots", {}).get(pilot, pilot),)
    return build(view.tables, replace(view.scope, wave=wave, pilots=pilots))


def _value(measure: Any, network: Network, why: str | None) -> str:
    return measure_value(measure, catalogue.value(measure, network), catalogue.base(measure, network), why)


def _states(seen: Mapping[Audience, View]) -> Iterator[tuple[str, ...]]:
    """Where each indicator of each pilot stands."""
    stands = [progress.progress(view.tables, view.scope.wave, view.cells) for view in seen.values()]
    rows = zip(*(frame.filter(pl.col("pilot").is_not_null()).iter_rows(named=True) for frame in stands), strict=True)
    for lead, *others in rows:
        states = [WITHHELD if row["state"] in (WITHHELD, "too_few") else str(row["state"]) for row in (lead, *others)]
        yield str(lead["latest_wave"] or "–"), lead["pilot_name"], lead["name"], *states, ""
