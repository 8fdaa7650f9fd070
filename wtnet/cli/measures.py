"""The command that works out the measures: measures."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from wtnet.cli import printing
from wtnet.cli.exit_codes import FINE, PROBLEMS
from wtnet.cli.looking import look
from wtnet.cli.source import tables_of
from wtnet.errors import InvalidRequest
from wtnet.measures import catalogue, uncertainty
from wtnet.measures.notices import notices
from wtnet.network import Network, build
from wtnet.sentences import waves
from wtnet.sentences.filters import NETWORK
from wtnet.sentences.format import WITHHELD
from wtnet.sentences.strength import pair_words
from wtnet.tables.own_scale import OVERALL


def measures(options: argparse.Namespace) -> int:
    """Work out every measure of partners, ties or the network."""
    if options.intervals and options.of != "network":
        raise InvalidRequest("Intervals are worked out for the whole network; ask for them with --of network.")
    tables = tables_of(options)
    if tables is None:
        return PROBLEMS
    view = look(options, tables, options.wave, NETWORK)
    network = build(view.tables, replace(view.scope, every_path=options.every_path))
    if options.of == "partners":
        _print_frame(catalogue.partners(network), options, _labels("partner"), _withheld(network))
    elif options.of == "ties":
        _print_frame(_ties(network), options, _labels("tie"), _levels_withheld(network))
    else:
        _print_whole(_whole(network), _intervals(network) if options.intervals else None, options)
    if not options.json and not options.csv:
        if about := waves.sentence(view.tables, network.wave):
            print(f"\n{about}")
        for notice in notices(network):
            print(f"\n{notice}")
    return FINE


def _whole(network: Network) -> dict[str, Any]:
    """The measures of the network; of what is withheld the word."""
    values = catalogue.whole(network)
    return {name: WITHHELD if catalogue.withheld(catalogue.find(name, "network"), network) else values[name] for name in values}


def _withheld(network: Network) -> dict[str, list[str | None]]:
    """The word for each partner whose measure is withheld, by measure."""
    if network.exact is None:
        return {}
    asked = [measure for measure in catalogue.of("partner") if measure.strength or measure.by_name or measure.by_kind]
    return {
        measure.id: [WITHHELD if why else None for why in catalogue.withheld_partners(measure, network).values()]
        for measure in asked
    }


def _ties(network: Network) -> pl.DataFrame:
    """The ties; for others than the lead with strength in words, and nothing of its parts and sides."""
    ties = network.named_ties()
    ties = ties.drop(OVERALL) if ties[OVERALL].is_null().all() else ties
    if network.exact is None:
        return ties
    pairs = ties.select("source", "target").iter_rows()
    words = pl.Series("strength", [pair_words(network, *pair) for pair in pairs], dtype=pl.String)
    return ties.select("source", "source_name", "target", "target_name", words, "basis", "relationship", "documented")


def _levels_withheld(network: Network) -> dict[str, list[str | None]]:
    """The word for each tie whose documented level is not shared."""
    if network.exact is None:
        return {}
    edges, known = network.graph.edges, network.exact.graph.edges
    pairs = network.ties.select("source", "target").iter_rows()
    gone = [edges[pair]["documented"] is None and known[pair]["documented"] is not None for pair in pairs]
    return {"documented": [WITHHELD if yes else None for yes in gone]}


def _print_frame(
    frame: pl.DataFrame,
    options: argparse.Namespace,
    labels: dict[str, str],
    words: Mapping[str, Sequence[str | None]] | None = None,
) -> None:
    """A frame as it was asked for; the table for reading has the measures' labels for headings."""
    renamed: dict[str, str] = {}
    if not options.json and not options.csv:
        renamed = {name: labels[name] for name in frame.columns if name in labels and labels[name] not in frame.columns}
    shown = {renamed.get(name, name): column for name, column in (words or {}).items()}
    printing.frame(frame.rename(renamed), options.json, options.csv, shown)


def _labels(of: str) -> dict[str, str]:
    return {measure.id: measure.label for measure in catalogue.MEASURES if measure.of == of}


def _print_whole(values: dict[str, Any], intervals: dict[str, Any] | None, options: argparse.Namespace) -> None:
    """The measures of the whole network: one object, or one row each, with tables of their own below."""
    values = printing.plain(values)
    if options.json:
        printing.as_json(values if intervals is None else {**values, "intervals": intervals})
        return
    bounds = {} if intervals is None else {name: (interval["low"], interval["high"]) for name, interval in intervals.items()}
    columns = ("measure", "value") if intervals is None else ("measure", "value", "low", "high")
    labels = {} if options.csv else _labels("network")
    inline = {name: value for name, value in values.items() if options.csv or not isinstance(value, list | dict)}
    rows = [(labels.get(name, name), value, *bounds.get(name, (None, None)))[: len(columns)] for name, value in inline.items()]
    if options.csv:
        printing.as_csv(columns, rows)
        return
    printing.as_table(columns, rows)
    for name in [name for name in values if name not in inline]:
        print(f"\n{labels.get(name, name)}")
        printing.nested(values[name])


def _intervals(network: Network) -> dict[str, Any]:
    """95 % intervals by measure id: the value, the low and the high end, and the number of draws."""
    return {row.pop("measure"): printing.plain(row) for row in uncertainty.intervals(network).iter_rows(named=True)}
