"""Dots on a common scale on paper: a value, its interval and what chance would give, one row each, with the figures in words."""

from __future__ import annotations

from collections.abc import Sequence

from wtnet.draw.charts.dots import Dot
from wtnet.draw.print.drawing import INK, SOFT, Shape, Sheet, fitted, line, rectangle, text_width, wrapped
from wtnet.draw.print.matrix import more
from wtnet.draw.safe import printable

_HUE, _SPAN, _PANE, _AXIS = "#4049FF", "#6F77FF", "#E3E6EE", "#C9CED9"


def dots(
    sheet: Sheet, rows: Sequence[Dot], low: float, high: float, ticks: Sequence[tuple[float, str]], zero: float | None = None
) -> str:
    """Draw the rows on a scale from `low` to `high`, with `ticks` (place, words) below and a line at `zero`; what had no room, in
    words ("" for nothing)."""
    em = sheet.size.text
    left, top, right, bottom = sheet.box
    names, said = 0.3 * (right - left), 0.27 * (right - left)
    start, end = left + names + em, right - said - em
    room = max(1, int((bottom - top - 2.6 * em) / (2.9 * em)))
    shown = rows[: room if len(rows) <= room else max(1, room)]
    step = min((bottom - top - 2.6 * em) / max(1, len(shown)), 6.0 * em)
    top += max(0.0, bottom - top - 2.6 * em - step * len(shown)) / 3

    def at(value: float) -> float:
        return start + (end - start) * min(1.0, max(0.0, (value - low) / (high - low)))

    foot = top + step * len(shown)
    if zero is not None:
        sheet.shapes.append(Shape(line(at(zero), top, at(zero), foot), line=_AXIS, wide=0.09 * em))
    for number, row in enumerate(shown):
        y = top + (number + 0.5) * step
        sheet.shapes.append(Shape(line(start, y, end, y), line="#EDEFF4", wide=0.08 * em))
        if row.chance:
            x, to = at(row.chance[0]), at(row.chance[1])
            sheet.shapes.append(Shape(rectangle(x, y - 0.75 * em, max(to - x, 0.2 * em), 1.5 * em), _PANE))
        if row.low is not None and row.high is not None:
            sheet.shapes.append(Shape(line(at(row.low), y, at(row.high), y), line=_SPAN, wide=0.26 * em))
        if row.value is not None:
            side = 0.46 * em
            sheet.shapes.append(Shape(rectangle(at(row.value) - side, y - side, 2 * side, 2 * side), _HUE, "#FFFFFF", 0.08 * em))
        labels = wrapped(printable(row.label), names, em, 1 if row.note else 2, 500)
        for place, words in enumerate(labels):
            sheet.say(
                left, y + (0.35 + 1.15 * (place - (len(labels) - 1) / 2) - (0.5 if row.note else 0)) * em, words, weight=500
            )
        if row.note:
            sheet.say(left, y + 0.95 * em, fitted(printable(row.note), names, 0.9 * em), 0.9, colour=SOFT)
        parts = wrapped(printable(row.in_words), said, em, 2)
        for place, words in enumerate(parts):
            sheet.say(end + em, y + (0.35 + 1.15 * (place - (len(parts) - 1) / 2)) * em, words, colour=INK)
    for value, words in ticks:
        anchor = "start" if value <= low else "end" if value >= high else "middle"
        wide = text_width(words, 0.9 * em)
        x = at(value)
        x = min(max(x, start), end) if anchor != "middle" else min(max(x, start + wide / 2), end - wide / 2)
        sheet.say(x, foot + 1.3 * em, words, 0.9, anchor=anchor, colour=SOFT)
    return more(sheet, len(rows) - len(shown), "row")


def alt_text(rows: Sequence[Dot], most: int = 12) -> str:
    """The rows in words, for who does not see them: each with its value as it is written, at most so many."""
    told = "; ".join(f"{row.label}: {row.in_words}" for row in rows[:most])
    return f"{told}{f'; and {len(rows) - most} more' if len(rows) > most else ''}." if rows else "Nothing is known."
