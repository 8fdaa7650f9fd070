"""The charts on paper: who works with whom, what changed, and how far each pilot is on its way to its targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl

from wtnet.draw.print.drawing import (
    INK,
    SOFT,
    Drawing,
    Shape,
    Sheet,
    Size,
    begin,
    circle,
    fitted,
    line,
    mark,
    nothing,
    rectangle,
    text_width,
    wrapped,
)
from wtnet.draw.print.waves import levels, trends
from wtnet.draw.style import QUIET
from wtnet.measures import absence, change, reach
from wtnet.measures.impact import progress as impact
from wtnet.measures.impact import tallies
from wtnet.network import Network, at, waves_in_order
from wtnet.palette import STATES
from wtnet.sentences import record
from wtnet.sentences.format import count, result_text, verb
from wtnet.sentences.targets import met_text
from wtnet.sentences.waves import names as wave_names
from wtnet.tables import coverage as coverage_of
from wtnet.tables.columns import THEMES
from wtnet.tables.coverage import Unknown
from wtnet.tables.schema import CORE_KINDS, KINDS

_HUE = "#4049FF"
_BEYOND = 1.12
"""Where a mark stands that is far beyond its target."""
_CHANGED = {
    "new": "#4C54E0",
    "stronger": "#8088F5",
    "unchanged": QUIET["light"],
    "weaker": "#E0B27A",
    "ended": "#9A5B00",
    "unknown": "#EEF0F4",
}


@dataclass(frozen=True)
class Chart:
    """One kind of chart: its name, and what draws it from a network, a size, the programme's name, a source line and the
    indicators' standing (`impact.progress`)."""

    label: str
    draw: Callable[[Network, Size, str, str, pl.DataFrame], Drawing]


def _wave(network: Network) -> str:
    names = wave_names(network.tables)
    return names.get(network.wave or "", "documented partnerships")


def coverage(network: Network, size: Size, name: str, source: str, progress: pl.DataFrame) -> Drawing:
    """Which museum works with which of the four core kinds: a square with the number of ties, empty where there is none."""
    museums = reach.coverage(network).sort(pl.col("missing") == "none", maintain_order=True)
    sheet = begin(size, f"Which museum works with whom: {name}", f"{_wave(network)} · number of partnerships", source)
    heads = [(kind, label) for kind, label in CORE_KINDS.items()]
    gaps = absence.unknown_kinds(network)
    rows = [(row["name"], [_ties(row, kind, gaps) for kind in CORE_KINDS]) for row in museums.iter_rows(named=True)]
    if not rows:
        return nothing(sheet, "No museum is in view.")
    left_out = _matrix(sheet, heads, [(None, label, values) for label, values in rows], lambda value: f"{value:,}")
    lacking = museums.filter(pl.any_horizontal(pl.col(*CORE_KINDS) == 0)).height
    untold = museums.filter(pl.col("unknown") != "").height
    lack = f"{lacking} {verb(lacking, 'lacks', 'lack')} at least one"
    if untold:
        lack = f"of {untold} it is not told by the record with which of them they work"
    return sheet.done(f"Matrix of {count(len(rows), 'museum')} by the four core kinds; {lack}.", left_out)


def mixing(network: Network, size: Size, name: str, source: str, progress: pl.DataFrame) -> Drawing:
    """Ties between each two kinds of partner; the fuller a square, the more."""
    mixed = reach.mixing(network)
    cells = {}
    for row in mixed.iter_rows(named=True):
        cells[row["kind_a"], row["kind_b"]] = cells[row["kind_b"], row["kind_a"]] = row["ties"]
    kinds = [kind for kind in KINDS if (kind, kind) in cells]
    sheet = begin(size, f"Who works with whom, kind by kind: {name}", f"{_wave(network)} · number of partnerships", source)
    if not kinds:
        return nothing(sheet, "No partner is in view.")
    rows = [(row_kind, KINDS[row_kind], [_number(cells[row_kind, other]) for other in kinds]) for row_kind in kinds]
    left_out = _matrix(sheet, [(kind, KINDS[kind]) for kind in kinds], rows, lambda value: f"{value:,}")
    most = mixed.sort("ties", descending=True, nulls_last=True, maintain_order=True).row(0, named=True)
    most_said = f"Most partnerships: {KINDS[most['kind_a']].lower()} and {KINDS[most['kind_b']].lower()}, {most['ties'] or 0:,}."
    return sheet.done(f"Matrix of partnerships between {count(len(kinds), 'kind')} of partner. {most_said}", left_out)


def _ties(row: dict[str, Any], kind: str, gaps: Mapping[str, Unknown]) -> int | str | None:
    """How many ties a museum has with a kind, or why that is not told."""
    return gaps[kind].words_of_one if kind in row["unknown"].split(", ") else row[kind]


def _number(ties: int | None) -> int | str | None:
    return coverage_of.WORDS["partial"] if ties is None else ties


def _matrix(
    sheet: Sheet,
    heads: list[tuple[str, str]],
    rows: Sequence[tuple[str | None, str, list[int | str | None]]],
    write: Callable[[int], str],
) -> str:
    """Squares in a grid, headed by kinds, "–" where nothing is possible, words as they are; returns what had no room."""
    em = sheet.size.text
    left, top, right, bottom = sheet.box
    wide_names = min(max(text_width(label, 1.1 * em) for _, label, _ in rows) + 4.5 * em, (right - left) * 0.4)
    cell = min((right - left - wide_names) / len(heads), 15 * em)
    titles = [wrapped(label, cell - 0.5 * em, em, 2) for _, label in heads]
    if all(kind for kind, *_ in rows) and any("…" in line for lines in titles for line in lines):
        titles = [[] for _ in heads]  # the rows say what each mark stands for
    head = (4.6 if any(titles) else 2.2) * em
    room = int((bottom - top - head) / (1.9 * em))
    shown = rows[:room]
    high = min((bottom - top - head) / len(shown), 5.6 * em)
    highest = max((value for _, _, values in shown for value in values if isinstance(value, int)), default=1) or 1
    for at_, ((kind, label), lines) in enumerate(zip(heads, titles, strict=True)):
        x = left + wide_names + (at_ + 0.5) * cell
        sheet.shapes.append(mark(kind, x, top + 0.8 * em, 0.6 * em, says=label))
        for row, words in enumerate(lines):
            sheet.say(x, top + (2.6 + 1.15 * row) * em, words, anchor="middle")
    for down, (row_kind, label, values) in enumerate(shown):
        y = top + head + down * high
        x = left
        if row_kind:
            sheet.shapes.append(mark(row_kind, x + 0.6 * em, y + high / 2, 0.55 * em))
            x += 1.8 * em
        sheet.say(x, y + high / 2 + 0.38 * em, fitted(label, wide_names - 2 * em - (x - left), 1.1 * em), 1.1)
        for at_, value in enumerate(values):
            box = rectangle(left + wide_names + at_ * cell + 1, y + 1, cell - 2, high - 2)
            sheet.shapes.append(Shape(box, "#F3F4F8"))
            number = value if isinstance(value, int) else 0
            if number:
                sheet.shapes.append(Shape(box, _HUE, opacity=0.12 + 0.4 * number / highest))
            words = value if isinstance(value, str) else write(value) if value else "–" if value is None else "0"
            middle = left + wide_names + (at_ + 0.5) * cell
            size = 1.1 if number else 0.9
            for row, part in enumerate(wrapped(words, cell - 0.5 * em, size * em, 2)):
                sheet.say(
                    middle, y + high / 2 + (0.38 + 1.1 * row) * em, part, size, anchor="middle", colour=INK if number else SOFT
                )
    return _more(sheet, len(rows) - len(shown), "row")


def changed(network: Network, size: Size, name: str, source: str, progress: pl.DataFrame) -> Drawing:
    """What became of the partnerships from each wave to the next, as bars of pairs."""
    tables = network.tables
    names = wave_names(tables)
    steps = list(pairwise(waves_in_order(tables)))
    sheet = begin(size, f"What became of the partnerships: {name}", "Pairs of partners, from each wave to the next", source)
    if not steps:
        return nothing(sheet, record.waves_untold(tables) or "There are not yet two waves to compare.")
    em = size.text
    left, top, right, bottom = sheet.box
    counted = [(f"{names[a]} → {names[b]}", change.counts(at(network, a), at(network, b))) for a, b in steps]
    x = left
    for state, colour in _CHANGED.items():
        sheet.shapes.append(Shape(rectangle(x, top, 1.1 * em, 1.1 * em), colour, "#8A94A6", 0.05 * em))
        sheet.say(x + 1.6 * em, top + 0.95 * em, state)
        x += 3.4 * em + text_width(state, em)
    top += 3 * em
    wide_names = min(max(text_width(label, 1.2 * em) for label, _ in counted) + 2 * em, (right - left) * 0.35)
    most = max(1, *(sum(values.values()) for _, values in counted))
    high = min((bottom - top) / len(counted), 9 * em)
    for row, (label, values) in enumerate(counted):
        y, x = top + row * high, left + wide_names
        sheet.say(left, y + high / 2, fitted(label, wide_names - em, 1.2 * em), 1.2)
        for state, colour in _CHANGED.items():
            wide = (right - left - wide_names) * values[state] / most
            if not wide:
                continue
            sheet.shapes.append(Shape(rectangle(x, y + 0.15 * high, wide, 0.6 * high), colour, "#8A94A6", 0.05 * em))
            if text_width(str(values[state]), em) + 0.4 * em < wide:
                dark = state in {"new", "ended"}
                sheet.say(x + wide / 2, y + 0.5 * high, f"{values[state]:,}", anchor="middle", colour="#FFFFFF" if dark else INK)
            x += wide
    step_words = ". ".join(
        f"{label}: " + ", ".join(f"{state} {values[state]}" for state in _CHANGED) for label, values in counted
    )
    return sheet.done(f"Pairs of partners by what became of them. {step_words}.")


def progressed(network: Network, size: Size, name: str, source: str, progress: pl.DataFrame) -> Drawing:
    """Each indicator with its pilots on their way from baseline (left) to target (right)."""
    frame = progress.filter(pl.col("pilot").is_not_null())
    sheet = begin(
        size, f"What came of it: {name}", f"Up to {_wave(network)} · each mark is one pilot, from baseline to target", source
    )
    if frame.is_empty():
        return nothing(sheet, record.results_untold(network.tables) or "No indicator has been measured in a pilot yet.")
    em = size.text
    left, top, right, bottom = sheet.box
    secret = tallies.withheld(frame)
    used = [state for state in impact.STATES if (frame["state"] == state).any()]
    x = left
    for state in used:
        words, icon, colour, _ = STATES[state]
        # Where states are withheld, those that are shown are not all.
        state_words = words if secret and state != "withheld" else f"{words} ({(frame['state'] == state).sum()})"
        if x > left and x + 1.7 * em + text_width(state_words, em) > right:
            x, top = left, top + 1.7 * em
        _sign(sheet, x + 0.6 * em, top + 0.6 * em, icon, colour)
        sheet.say(x + 1.7 * em, top + 0.95 * em, state_words)
        x += 3.2 * em + text_width(state_words, em)
    top += 2.6 * em
    names = 0.36 * (right - left)
    axis = (left + names + 3 * em, right - em - 0.13 * (right - left - names))
    for place, words in ((0.0, "baseline"), (1.0, "target")):
        at_ = axis[0] + place * (axis[1] - axis[0])
        sheet.shapes.append(Shape(line(at_, top + 0.9 * em, at_, bottom - 1.2 * em), line=QUIET["light"], wide=0.06 * em))
        sheet.say(at_, top + 0.5 * em, words, anchor="middle", colour=SOFT)
    lines: list[tuple[str, str | None]] = []
    for theme, label in THEMES.items():
        inside = frame.filter(pl.col("theme") == theme)["indicator"].unique(maintain_order=True).to_list()
        lines += [(label, None), *((row_label, theme) for row_label in inside)] if inside else []
    room = int((bottom - top - 2.4 * em) / (1.6 * em))
    high = min((bottom - top - 2.4 * em) / min(len(lines), room), 2.6 * em)
    for row, (row_label, under) in enumerate(lines[:room]):
        y = top + 2.2 * em + row * high
        if under is None:
            sheet.say(left, y + 0.35 * em, row_label, 1.05, weight=700)
            continue
        inside_ = frame.filter(pl.col("indicator") == row_label)
        sheet.say(left + em, y + 0.35 * em, fitted(str(inside_["name"][0]), names, em))
        sheet.shapes.append(Shape(line(axis[0], y, axis[1], y), line="#E4E7EE", wide=0.08 * em))
        for each in inside_.sort("progress", nulls_last=True).iter_rows(named=True):
            if each["progress"] is None:
                continue
            on = min(_BEYOND, max(-0.04, each["progress"]))
            _, icon, colour, _ = STATES[each["state"]]
            _sign(sheet, axis[0] + on * (axis[1] - axis[0]), y, icon, colour)
    met = met_text(tallies.tally(frame))
    alt = f"Progress of {count(frame['indicator'].n_unique(), 'indicator')}{f': {met}' if met else ''}."
    where = ", ".join(
        f"{row['name']} in {row['pilot_name']} {result_text(row, 'latest')}" for row in frame.head(3).iter_rows(named=True)
    )
    return sheet.done(f"{alt} Among them: {where}.", _more(sheet, len(lines) - min(len(lines), room), "line"))


def _sign(sheet: Sheet, x: float, y: float, icon: str, colour: str) -> None:
    em = sheet.size.text
    sheet.shapes.append(Shape(circle(x, y, 0.62 * em), colour, "#FFFFFF", 0.08 * em, opacity=0.9))
    sheet.say(x, y + 0.3 * em, icon, 0.85, weight=700, anchor="middle", colour="#FFFFFF")


def _more(sheet: Sheet, number: int, what: str) -> str:
    if number <= 0:
        return ""
    note = f"{count(number, f'more {what}')} had no room here; a larger size and the tables have all."
    sheet.say(sheet.box[2], sheet.box[3] + 0.2 * sheet.size.text, note, 0.86, anchor="end", colour=SOFT)
    return note


CHARTS: dict[str, Chart] = {
    "coverage": Chart("Which museum works with whom", coverage),
    "mixing": Chart("Who works with whom, kind by kind", mixing),
    "change": Chart("What became of the partnerships", changed),
    "levels": Chart("From level to level", levels),
    "waves": Chart("From wave to wave", trends),
    "progress": Chart("What came of it", progressed),
}
"""The charts that can be had as pictures, beside the map."""
