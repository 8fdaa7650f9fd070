"""What came of it on paper: a line an indicator, from where it was to where it is, with its target, and the figures beside it."""

from __future__ import annotations

import polars as pl

from wtnet.draw.print.drawing import (
    INK,
    PAPER,
    SOFT,
    Drawing,
    Shape,
    Sheet,
    Size,
    circle,
    fitted,
    line,
    rectangle,
    text_width,
    wrapped,
)
from wtnet.draw.safe import printable
from wtnet.palette import STATES
from wtnet.sentences.impact import IndicatorLine, indicator_line

_HUE, _WAY, _AXIS = "#4049FF", "#A9AEFF", "#D5D9E2"
_NAMES, _TRACK = 0.36, 0.33
"""Shares of the width for names, and for the way from start to now; the rest is for figures."""
_ROW = 3.5
"""The height of a line, in heights of its letters."""


def outcomes(overview: pl.DataFrame, size: Size, title: str, *, key: bool = True) -> Drawing:
    """Each indicator of `impact.overview` as a line from its baseline (ring) to its latest figure (dot) with its target (bar), on
    the scale of its instrument; the sheet is as high as it takes. Without a figure the words that stand for it are there alone.
    """
    em = size.text
    lines = [indicator_line(row, (), False) for row in overview.iter_rows(named=True)]
    top = 2.4 * em if key else 0.6 * em
    high = top + max(len(lines), 1) * _ROW * em
    sheet = Sheet(Size(size.id, size.label, size.wide, high, em, size.ppi), printable(title))
    sheet.shapes.append(Shape(rectangle(0, 0, size.wide, high), PAPER))
    if key:
        _key(sheet)
    for at, each in enumerate(lines):
        _row(sheet, top + at * _ROW * em, each)
    return sheet.done(f"{title}. {' '.join(map(in_words, lines))}")


def in_words(each: IndicatorLine) -> str:
    """A line in words, for who does not see it: "Life satisfaction (mean, 0 to 10): 5.7 → 7.0, target 7.0, met."."""
    unit = each.about.partition(" · ")[0]
    parts = [each.from_to, each.aim, STATES[each.state][0] if each.state else ""]
    return f"{each.name}{f' ({unit})' if unit else ''}: {', '.join(filter(None, parts))}."


def _key(sheet: Sheet) -> None:
    """What ring, dot and bar mean, once above the first line."""
    em = sheet.size.text
    x, y = sheet.size.wide * _NAMES, 1.1 * em
    for mark, words in (("ring", "at the start"), ("dot", "now"), ("bar", "target")):
        _mark(sheet, mark, x + 0.5 * em, y - 0.33 * em)
        sheet.say(x + 1.4 * em, y, words, colour=SOFT)
        x += 3 * em + text_width(words, em)


def _row(sheet: Sheet, top: float, each: IndicatorLine) -> None:
    em, wide = sheet.size.text, sheet.size.wide
    room = wide * _NAMES - 1.2 * em
    unit = each.about.partition(" · ")[0]
    names = wrapped(printable(each.name), room, em, 2, 500)
    for at, words in enumerate(names):
        sheet.say(0, top + (1 + 1.15 * at) * em, words, weight=500)
    if len(names) == 1 and unit:
        sheet.say(0, top + 2.15 * em, fitted(printable(unit), room, em), colour=SOFT)
    _way(sheet, top + 1.2 * em, each)
    x = wide * (_NAMES + _TRACK) + 1.4 * em
    rest = wide - x
    sheet.say(x, top + em, fitted(" · ".join(filter(None, (each.from_to, each.aim))), rest, em, 500), weight=500)
    if each.state:
        words, icon, colour, _ = STATES[each.state]
        sheet.say(x, top + 2.15 * em, fitted(f"{icon} {words}", rest, em), colour=colour)
    sheet.shapes.append(Shape(line(0, top + (_ROW - 0.55) * em, wide, top + (_ROW - 0.55) * em), line="#EDEFF4", wide=0.5))


def _way(sheet: Sheet, y: float, each: IndicatorLine) -> None:
    """The line of the scale, with ends written below, the way on it and the marks."""
    em, wide = sheet.size.text, sheet.size.wide
    left, right = wide * _NAMES + 0.5 * em, wide * (_NAMES + _TRACK) - 0.5 * em
    low, high = each.ends
    sheet.shapes.append(Shape(line(left, y, right, y), line=_AXIS, wide=0.12 * em))

    def place(value: float) -> float:
        return left + (right - left) * min(1.0, max(0.0, (value - low) / (high - low)))

    if each.baseline is not None and each.latest is not None:
        ends = (place(each.baseline), place(each.latest))
        sheet.shapes.append(Shape(line(ends[0], y, ends[1], y), line=_WAY, wide=0.42 * em))
    for value, mark in ((each.target, "bar"), (each.baseline, "ring"), (each.latest, "dot")):
        if value is not None:
            _mark(sheet, mark, place(value), y)
    for value, x, anchor in ((low, left, "start"), (high, right, "end")):
        sheet.say(x, y + 1.6 * em, f"{value:,.4g}", anchor=anchor, colour=SOFT)


def _mark(sheet: Sheet, mark: str, x: float, y: float) -> None:
    em = sheet.size.text
    if mark == "bar":
        sheet.shapes.append(Shape(rectangle(x - 0.12 * em, y - 0.75 * em, 0.24 * em, 1.5 * em), INK))
    elif mark == "ring":
        sheet.shapes.append(Shape(circle(x, y, 0.42 * em), PAPER, _HUE, 0.16 * em))
    else:
        sheet.shapes.append(Shape(circle(x, y, 0.5 * em), _HUE, PAPER, 0.08 * em))
