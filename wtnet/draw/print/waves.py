"""Change on paper: the levels of pairs in two waves as bands, and the headline figures from wave to wave."""

from __future__ import annotations

import polars as pl

from wtnet.draw.print.drawing import INK, SOFT, Drawing, Shape, Size, begin, circle, line, n, nothing, rectangle, text_width
from wtnet.draw.style import LEVEL_ORDER, QUIET, level_colour, level_words
from wtnet.measures import catalogue, change
from wtnet.network import Network, at, waves_in_order
from wtnet.sentences import record
from wtnet.sentences.format import measure_value
from wtnet.sentences.waves import names as wave_names

FIGURES = ("ties", "mean_strength", "cross_sector_share", "agreement", "response_rate", "density")
"""The figures followed from wave to wave."""
_GAP = 0.03


def levels(network: Network, size: Size, name: str, source: str, progress: pl.DataFrame) -> Drawing:
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


def trends(network: Network, size: Size, name: str, source: str, progress: pl.DataFrame) -> Drawing:
    """The headline figures in every wave up to the one looked at, each on a scale of its own from zero."""
    order = waves_in_order(network.tables)
    names = wave_names(network.tables)
    shown = order[: order.index(network.wave) + 1] if network.wave in order else []
    sheet = begin(size, f"From wave to wave: {name}", "Each figure on its own scale, from zero", source)
    if len(shown) < 2:
        return nothing(sheet, record.waves_untold(network.tables) or "There are not yet two waves to follow.")
    networks = [at(network, wave) for wave in shown]
    values = [catalogue.whole(figures, FIGURES) for figures in networks]
    em = size.text
    left, top, right, bottom = sheet.box
    wide, high = (right - left) / 3, (bottom - top) / 2
    sentences = []
    for place, figure in enumerate(FIGURES):
        measure = catalogue.find(figure, "network")
        words = [
            measure_value(measure, figures[figure], catalogue.base(measure, n))
            for n, figures in zip(networks, values, strict=True)
        ]
        x, y = left + place % 3 * wide, top + place // 3 * high
        box = (x + em, y + 3.6 * em, x + wide - 3 * em, y + high - 3.6 * em)
        known = [figures[figure] for figures in values if figures[figure] is not None]
        most = max(known, default=1.0) or 1.0
        sheet.say(x, y + 1.2 * em, measure.label, 1.2, weight=700)
        sheet.shapes.append(
            Shape(line(box[0] - 0.6 * em, box[3], box[2] + 0.6 * em, box[3]), line=QUIET["light"], wide=0.08 * em)
        )
        before: tuple[float, float] | None = None
        for step, (wave, figures) in enumerate(zip(shown, values, strict=True)):
            across = box[0] + (box[2] - box[0]) * step / (len(shown) - 1)
            anchor = "start" if step == 0 else "end" if step == len(shown) - 1 else "middle"
            few = len(shown) <= 5 or step in (0, len(shown) - 1)
            if few:
                sheet.say(across, box[3] + 1.6 * em, names[wave][:16], 0.95, anchor=anchor, colour=SOFT)
            if figures[figure] is None:
                before = None
                continue
            up = box[3] - (box[3] - box[1]) * max(0.0, float(figures[figure])) / most
            if before:
                sheet.shapes.append(Shape(line(*before, across, up), line="#3A43C4", wide=0.22 * em))
            sheet.shapes.append(Shape(circle(across, up, 0.42 * em), "#3A43C4"))
            if few:
                sheet.say(across, up - 0.9 * em, words[step], weight=600, anchor=anchor, colour=INK)
            before = (across, up)
        sentences.append(f"{measure.label}: " + ", ".join(words))
    return sheet.done(f"Figures at {', '.join(names[wave] for wave in shown)}. {'. '.join(sentences)}.")
