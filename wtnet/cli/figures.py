"""The commands that work something out: measures and compare."""

from __future__ import annotations

import argparse
from typing import Any

import polars as pl

from wtnet.cli import show
from wtnet.cli.verbs import FINE, PROBLEMS, opened, usable
from wtnet.errors import InvalidRequest
from wtnet.importing import check_files
from wtnet.network import Network, Scope, build
from wtnet.strength import COMPONENTS, Weights
from wtnet.tables import Tables


def measures(chosen: argparse.Namespace) -> int:
    """Work out every measure of partners, ties or the network."""
    from wtnet.measures import catalogue

    if chosen.intervals and chosen.of != "network":
        raise InvalidRequest("Intervals are worked out for the whole network; ask for them with --of network.")
    tables = tables_of(chosen)
    if tables is None:
        return PROBLEMS
    network = build(tables, scope_of(tables, chosen, chosen.wave))
    if chosen.of == "partners":
        _labelled(catalogue.partners(network), chosen, _labels("partner"))
    elif chosen.of == "ties":
        _labelled(catalogue.ties(network), chosen, _labels("tie"))
    else:
        _whole(catalogue.whole(network), _intervals(network) if chosen.intervals else None, chosen)
    if not chosen.json and not chosen.csv:
        for notice in catalogue.notices(network):
            print(f"\n{notice}")
    return FINE


def compare(chosen: argparse.Namespace) -> int:
    """Say what changed between two waves: how many pairs in each state, every pair, and from which level to which.

    With --pilots or --beside it sets the pilots, or programmes, beside one another instead (see `beside`).
    """
    from wtnet.measures import change

    if chosen.pilots or chosen.beside:
        from wtnet.cli.beside import beside

        if chosen.first or chosen.second or (chosen.pilots and chosen.beside):
            raise InvalidRequest("Compare either two waves (--from, --to), or the pilots (--pilots), or programmes (--beside).")
        return beside(chosen)
    if not chosen.first or not chosen.second:
        raise InvalidRequest("Say which waves to compare (--from, --to), or --pilots, or --beside another programme.")

    tables = tables_of(chosen)
    if tables is None:
        return PROBLEMS
    before, after = (build(tables, scope_of(tables, chosen, wave)) for wave in (chosen.first, chosen.second))
    counts, pairs = change.counts(before, after), change.pairs(before, after)
    if chosen.csv:
        show.frame(pairs, csv=True)
    elif chosen.json:
        flow = change.flow(before, after)
        show.as_json({"from": before.wave, "to": after.wave, "counts": counts, "pairs": pairs, "flow": flow})
    else:
        show.as_table(("state", "pairs"), counts.items())
        told = ["source_name", "target_name", "state", "before", "after", "difference"]
        print()
        show.frame(pairs.select(told).filter(pl.col("state") != "unchanged"))
    return FINE


def _labelled(frame: pl.DataFrame, chosen: argparse.Namespace, labels: dict[str, str]) -> None:
    """A frame as it was asked for; the table for reading has the measures' labels for headings."""
    if not chosen.json and not chosen.csv:
        frame = frame.rename(
            {name: labels[name] for name in frame.columns if name in labels and labels[name] not in frame.columns}
        )
    show.frame(frame, chosen.json, chosen.csv)


def _labels(of: str) -> dict[str, str]:
    from wtnet.measures import catalogue

    return {one.id: one.label for one in catalogue.MEASURES if one.of == of}


def _whole(values: dict[str, Any], intervals: dict[str, Any] | None, chosen: argparse.Namespace) -> None:
    """The measures of the whole network: one object, or one row each, with tables of their own below."""
    values = show.plain(values)
    if chosen.json:
        show.as_json(values if intervals is None else {**values, "intervals": intervals})
        return
    within = {} if intervals is None else {name: (one["low"], one["high"]) for name, one in intervals.items()}
    columns = ("measure", "value") if intervals is None else ("measure", "value", "low", "high")
    labels = {} if chosen.csv else _labels("network")
    inline = {name: one for name, one in values.items() if chosen.csv or not isinstance(one, list | dict)}
    rows = [(labels.get(name, name), one, *within.get(name, (None, None)))[: len(columns)] for name, one in inline.items()]
    if chosen.csv:
        show.as_csv(columns, rows)
        return
    show.as_table(columns, rows)
    for name in [one for one in values if one not in inline]:
        print(f"\n{labels.get(name, name)}")
        show.nested(values[name])


def _intervals(network: Network) -> dict[str, Any]:
    """95 % intervals by measure id: the value, the low and the high end, and the number of draws."""
    from wtnet.measures import uncertainty

    return {row.pop("measure"): show.plain(row) for row in uncertainty.intervals(network).iter_rows(named=True)}


def tables_of(chosen: argparse.Namespace) -> Tables | None:
    """The tables of the files or of the stored programme; null if the files have problems, which are then said."""
    if bool(chosen.files) == bool(chosen.programme):
        raise InvalidRequest("Name either files or, with --programme, one stored programme.")
    if chosen.programme:
        with opened(chosen) as store:
            return store.load(store.programme(chosen.programme).id, chosen.revision)
    if chosen.revision is not None:
        raise InvalidRequest("A file has no revisions; with --revision, name one stored programme with --programme.")
    checked = check_files(chosen.files)
    return checked.tables if usable(checked) else None


def wave_of(tables: Tables, asked: str | None) -> str | None:
    """A wave's id; it may be asked for by its name."""
    waves = tables["waves"]
    if asked is None or asked in waves["id"]:
        return asked
    named = waves.filter(pl.col("name").str.to_lowercase() == asked.strip().lower())["id"]
    return str(named[0]) if named.len() == 1 else asked


def scope_of(tables: Tables, chosen: argparse.Namespace, wave: str | None) -> Scope:
    """What was asked to be looked at: the wave, and only the partners of some pilots if a cut was named."""
    from wtnet.measures import by_group

    pilots: tuple[str, ...] = ()
    if chosen.place or chosen.target_group or chosen.pilot:
        there = tables["pilots"]
        names = {str(name).lower(): str(pilot) for pilot, name in there.select("id", "name").iter_rows()}
        asked = [one if one in there["id"] else names.get(one.strip().lower(), one) for one in chosen.pilot]
        for what, column, given in (("place", "place", chosen.place), ("target group", "target_group", chosen.target_group)):
            for one in given:
                if one not in there[column]:
                    known = "; ".join(there[column].drop_nulls().unique(maintain_order=True)) or "none yet"
                    raise InvalidRequest(f'No pilot has the {what} "{one}"; there is: {known}.')
        pilots = by_group.pilots_of(tables, chosen.place, chosen.target_group, asked)
        if not pilots:
            named = ", ".join([*chosen.place, *chosen.target_group, *chosen.pilot])
            raise InvalidRequest(f"No pilot matches all of these: {named}. Leave one of them out.")
    return Scope(wave=wave_of(tables, wave), pilots=pilots, pairing=chosen.pairing, weights=_weights(chosen.weights))


def _weights(written: str | None) -> Weights:
    """Weights written as depth=1,contact=0.5; a part that is left out keeps the weight 1."""
    given: dict[str, float] = {}
    for part in (written or "").split(","):
        if not part.strip():
            continue
        name, _, number = part.partition("=")
        name = name.strip().lower()
        if name not in COMPONENTS:
            raise InvalidRequest(f'There is no weight "{name}"; the parts of strength are {", ".join(COMPONENTS)}.')
        try:
            given[name] = float(number)
        except ValueError:
            raise InvalidRequest(
                f'The weight of {name}, "{number.strip()}", is not a number; write for example {name}=2.'
            ) from None
    return Weights(**given)
