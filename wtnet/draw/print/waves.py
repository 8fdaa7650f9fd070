"""Change on paper: the levels of pairs in two waves as bands, and the headline figures from wave to wave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from wtnet.draw.charts.change import Point
from wtnet.draw.print.drawing import Drawing, Shape, Size, begin, n, nothing, rectangle, text_width
from wtnet.draw.print.multiples import Multiple, alt_text, multiples
from wtnet.draw.print.shown import Shown, waves_until
from wtnet.draw.style import LEVEL_ORDER, level_colour, level_words
from wtnet.measures import catalogue, change, timeline
from wtnet.network import Network, at, waves_in_order
from wtnet.sentences import record, strength
from wtnet.sentences.format import interval_text, measure_value
from wtnet.sentences.waves import names as wave_names

FIGURES = ("ties", "mean_strength", "cross_sector_share", "agreement", "response_rate", "density")
"""The figures followed from wave to wave."""
_GAP = 0.03


def levels_of(network: Network, size: Size, name: str, source: str) -> Drawing:
    """Draw the moves between levels of collaboration, between the first wave and the one looked at: a band's width is pairs."""
    names = wave_names(network.tables)
    order = waves_in_order(network.tables)
    first = order[0] if order else None
    wide = "Pairs of partners by level of collaboration; the wider a band, the more pairs"
    sheet = begin(size, f"From level to level: {name}", wide, source)
    if first is None or network.wave == first:
        return nothing(sheet, record.waves_untold(network.tables) or "There is no earlier wave to compare with.")
    flow = change.flow(at(network, first), network)
    if flow.is_empty():
        why = change.flow_withheld(at(network, first), network)
        return nothing(sheet, why or "There are no pairs of partners to compare.")
    em = size.text
    left, top, right, bottom = sheet.box
    edge = max(text_width(f"{level_words(state)}  9,999", em) for state in LEVEL_ORDER)
    ends = (left + edge + em, right - edge - em)
    places = [_places(flow, side, top + 2 * em, bottom) for side in ("before", "after")]
    for x, wave, anchor in ((ends[0], names[first], "end"), (ends[1], names[network.wave or ""], "start")):
        sheet.say(x, top + 0.8 * em, wave, 1.2, weight=700, anchor=anchor)
    per = _per(flow, bottom - top - 2 * em)
    at_ = [{state: place[0] for state, place in side.items()} for side in places]
    rank = {state: place for place, state in enumerate(LEVEL_ORDER)}
    rows = sorted(flow.iter_rows(named=True), key=lambda row: (rank[row["before"]], rank[row["after"]]))
    starts = {}
    for row in rows:
        starts[row["before"], row["after"]] = at_[0][row["before"]]
        at_[0][row["before"]] += row["pairs"] * per
    for row in sorted(rows, key=lambda row: (rank[row["after"]], rank[row["before"]])):
        high, y = row["pairs"] * per, starts[row["before"], row["after"]]
        to = at_[1][row["after"]]
        at_[1][row["after"]] += high
        path = _band(ends[0] + 0.9 * em, y, ends[1] - 0.9 * em, to, high)
        pair_words = f"{level_words(row['before'])} to {level_words(row['after'])}: {row['pairs']:,} pairs"
        sheet.shapes.append(Shape(path, level_colour(row["after"]), opacity=0.42, says=pair_words))
    for side, (states, x) in enumerate(zip(places, ends, strict=True)):
        for state, (y, high, pairs) in states.items():
            sheet.shapes.append(Shape(rectangle(x if side == 0 else x - 0.9 * em, y, 0.9 * em, high), level_colour(state)))
            beside = (x + 0.6 * em, "start") if side else (x - 0.6 * em, "end")
            sheet.say(beside[0], y + high / 2 + 0.35 * em, f"{level_words(state)}  {pairs:,}", anchor=beside[1])
    both = [", ".join(f"{level_words(state)} {pairs:,}" for state, (_, _, pairs) in side.items()) for side in places]
    return sheet.done(f"Pairs by level of collaboration. {names[first]}: {both[0]}. {names[network.wave or '']}: {both[1]}.")


def levels(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """The same of what a picture shows."""
    return levels_of(shown.network, size, name, source)


def _band(x: float, y: float, to_x: float, to_y: float, high: float) -> str:
    """The path of a band as high on both sides."""
    m = n((x + to_x) / 2)
    there = f"M{n(x)} {n(y)}C{m} {n(y)} {m} {n(to_y)} {n(to_x)} {n(to_y)}"
    return f"{there}V{n(to_y + high)}C{m} {n(to_y + high)} {m} {n(y + high)} {n(x)} {n(y + high)}z"


def _per(flow: pl.DataFrame, high: float) -> float:
    """Points for one pair, the same on both sides."""
    most = max(flow[side].n_unique() for side in ("before", "after"))
    return high * (1 - _GAP * (most - 1)) / float(flow["pairs"].sum())


def _places(flow: pl.DataFrame, side: str, top: float, bottom: float) -> dict[str, tuple[float, float, int]]:
    """Top, height and pairs of each state of a side, in order."""
    pairs = dict(flow.group_by(side).agg(pl.col("pairs").sum()).iter_rows())
    per, y, places = _per(flow, bottom - top), top, {}
    for state in LEVEL_ORDER:
        if pairs.get(state):
            places[state] = (y, pairs[state] * per, int(pairs[state]))
            y += pairs[state] * per + _GAP * (bottom - top)
    return places


def trends(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """The headline figures in every wave up to the one looked at, each on a scale of its own from zero, with its interval."""
    network = shown.network
    names, until = wave_names(network.tables), waves_until(network)
    under = "Each figure on its own scale, from zero; bars behind the points are 95% intervals"
    sheet = begin(size, f"From wave to wave: {name}", under, source)
    if len(until) < 2:
        return nothing(sheet, record.waves_untold(network.tables) or "There are not yet two waves to follow.")
    every = timeline.of_network(network.tables, replace(network.scope, wave=None), FIGURES, timeline.draws(network.tables))
    drawn: list[Multiple] = []
    for figure in FIGURES:
        measure = catalogue.find(figure, "network")
        points = followed_points(measure, every.filter(pl.col("measure") == figure, pl.col("wave").is_in(until)), names)
        drawn.append((strength.label(measure, network), points, None))
    note = multiples(sheet, drawn)
    return sheet.done(alt_text(drawn), note)


def followed_points(measure: catalogue.Measure, rows: pl.DataFrame, names: Mapping[str, str]) -> list[Point]:
    """A measure as points, one a row of `timeline.of_network`, with its interval and what is withheld in words."""
    return [
        Point(
            names[row["wave"]],
            row["value"],
            measure_value(measure, row["value"], row["base"], row["withheld"]),
            row["date"],
            row["low"],
            row["high"],
            note=row["withheld"] or interval_text(measure, row["low"], row["high"]),
        )
        for row in rows.iter_rows(named=True)
    ]
