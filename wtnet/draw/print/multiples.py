"""Small multiples on paper: a figure from wave to wave, each on its scale, its interval as a bar behind the points."""

from __future__ import annotations

import math
from collections.abc import Sequence

from wtnet.draw.charts.change import Point
from wtnet.draw.print.drawing import INK, PAPER, SOFT, Shape, Sheet, circle, fitted, line, rectangle, text_width
from wtnet.draw.print.matrix import more
from wtnet.draw.safe import printable
from wtnet.draw.style import QUIET

_LINE, _SPAN = "#3A43C4", "#9AA0F2"
Multiple = tuple[str, Sequence[Point], float | None]
"""Its title, a point a wave, and the top of its scale (None: its largest value)."""
MOST = 9


def multiples(sheet: Sheet, drawn: Sequence[Multiple], aims: Sequence[tuple[float, str] | None] = ()) -> str:
    """Draw the pictures beside one another, at most `MOST`, with the targets `aims` dashed; what had no room, in words."""
    em = sheet.size.text
    left, top, right, bottom = sheet.box
    shown = drawn[: min(MOST, 3 * max(1, int((bottom - top) / (10.5 * em))))]
    bottom -= 1.6 * em if len(drawn) > len(shown) else 0.0  # the line that says so
    columns = min(3, len(shown))
    rows = math.ceil(len(shown) / columns)
    wide, high = (right - left) / columns, (bottom - top) / rows
    for place, each in enumerate(shown):
        x, y = left + place % columns * wide, top + place // columns * high
        _one(sheet, each, (x, y, x + wide - 2.4 * em, y + high), aims[place] if place < len(aims) else None)
    return more(sheet, len(drawn) - len(shown), "picture")


def _one(sheet: Sheet, multiple: Multiple, box: tuple[float, float, float, float], aim: tuple[float, str] | None) -> None:
    title, points, most = multiple
    em = sheet.size.text
    left, top, right, bottom = box
    sheet.say(left, top + 1.2 * em, fitted(printable(title), right - left, 1.15 * em, 700), 1.15, weight=700)
    foot, head = bottom - 2.6 * em, top + 3.4 * em
    ends = [value for point in points for value in (point.value, point.low, point.high) if value is not None]
    ends += [aim[0]] if aim else []
    high, low = most if most is not None else max(ends, default=1.0) or 1.0, min(0.0, *ends, 0.0)

    def up(value: float) -> float:
        return foot - (foot - head) * (min(value, high) - low) / ((high - low) or 1.0)

    sheet.shapes.append(Shape(line(left, up(0), right, up(0)), line=QUIET["light"], wide=0.08 * em))
    if aim:
        sheet.shapes.append(Shape(line(left, up(aim[0]), right, up(aim[0])), line=INK, wide=0.1 * em, dash=(0.5 * em, 0.4 * em)))
    few = len(points) <= 4
    inset = min(2.4 * em, (right - left) * 0.16)
    before: tuple[float, float] | None = None
    for step, point in enumerate(points):
        first, last = step == 0, step == len(points) - 1
        x = left + inset + (right - left - 2 * inset) * (step / (len(points) - 1) if len(points) > 1 else 0.5)
        told = few or first or last
        room = (right - left - 2 * inset) / max(1, min(len(points), 4) - 1) if len(points) > 1 else right - left
        if told:
            sheet.say(x, foot + 1.6 * em, fitted(printable(point.wave), room, 0.95 * em), 0.95, anchor="middle", colour=SOFT)
        if point.low is not None and point.high is not None:
            sheet.shapes.append(Shape(line(x, up(point.low), x, up(point.high)), line=_SPAN, wide=0.5 * em, opacity=0.7))
        spot = None
        if point.value is not None:
            spot = (x, up(point.value))
            if before:
                sheet.shapes.append(Shape(line(*before, *spot), line=_LINE, wide=0.2 * em))
            fill = "#FFFFFF" if point.quiet else _LINE
            sheet.shapes.append(Shape(circle(*spot, 0.42 * em), fill, _LINE, 0.12 * em))
        if told:
            above = max(value for value in (point.value, point.high, 0.0) if value is not None)
            wide = text_width(point.in_words, em, 600) / 2
            middle = min(max(x, left + wide), right - wide)
            if aim:
                plate = rectangle(middle - wide, up(above) - 1.7 * em, 2 * wide, 1.1 * em)
                sheet.shapes.append(Shape(plate, PAPER, opacity=0.85))
            sheet.say(middle, up(above) - 0.8 * em, point.in_words, 1.0, weight=600, anchor="middle")
        before = spot


def alt_text(drawn: Sequence[Multiple]) -> str:
    """The pictures in words: every value of every wave as it is written, with its interval or why there is none."""
    told = []
    for title, points, _ in drawn:
        values = (f"{point.wave} {point.in_words}{f' ({point.note})' if point.note else ''}" for point in points)
        told.append(f"{title}: {', '.join(values)}")
    return f"{'. '.join(told)}." if told else "Nothing is known."
