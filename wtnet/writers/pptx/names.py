"""Names on the map of a slide: in how many lines they stand, and how much of a long one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from wtnet.draw.labels import Box, halves
from wtnet.draw.print.fonts import width
from wtnet.draw.safe import printable
from wtnet.draw.style import Spot
from wtnet.tables.text import clean
from wtnet.writers.pptx.pane import WIDER
from wtnet.writers.pptx.type import lines

LABEL = 20.0
"""Their size in points."""


@dataclass(frozen=True)
class Name:
    """A name beside its partner: lines, box (points), alignment; whether it is the slide's own, and whether nothing is behind."""

    lines: tuple[str, ...]
    box: Box
    anchor: str
    own: bool
    bare: bool = False


_STEP = 1.2 * LABEL


def column(marks: Sequence[tuple[int, str, Spot]], box: Box) -> list[tuple[int, Name]]:
    """Names one under another in a box (points), the first of them as far as there is room, each with the number of its mark; in
    the order in which the lines from the names to the marks are shortest together, so that none crosses another."""
    left, top, right, bottom = box
    spots = {at: spot for at, _, spot in marks}
    rows = {at: column_lines(name, right - left) for at, name, _ in marks}
    while sum(len(lines) for lines in rows.values()) * _STEP > bottom - top and len(rows) > 1:
        rows.popitem()
    gap = (bottom - top - sum(len(lines) for lines in rows.values()) * _STEP) / max(1, len(rows))

    def placed(order: Sequence[int]) -> list[tuple[int, Name]]:
        y, names = top + gap / 2, []
        for at in order:
            high = _STEP * len(rows[at])
            names.append((at, Name(rows[at], (left, y, right, y + high), "l", False, bare=True)))
            y += high + gap
        return names

    def length(order: Sequence[int]) -> float:
        middles = ((spots[at], (name.box[1] + name.box[3]) / 2) for at, name in placed(order))
        return sum(math.hypot(spot[0] - left, spot[1] - y) for spot, y in middles)

    order = sorted(rows, key=lambda at: spots[at][1])
    better = True
    while better:
        better = False
        for one, other in combinations(range(len(order)), 2):
            turned = list(order)
            turned[one], turned[other] = order[other], order[one]
            if length(turned) < length(order) - 0.01:
                order, better = turned, True
    return placed(order)


def column_lines(name: str, room: float) -> tuple[str, ...]:
    """A name in at most three lines of so many points."""
    whole = printable(clean(name), 56)
    for rows in broken(whole):
        if all(width(row, LABEL, 500) * WIDER <= room for row in rows):
            return rows
    several = lines(whole, room / 72, LABEL)
    return (*several[:2], f"{several[2]}…") if len(several) > 3 else tuple(several)


def broken(name: str) -> list[tuple[str, ...]]:
    """A name in one line unless it is long, and in two of about the same length."""
    two = halves(name, len)
    return ([(name,)] if len(name) <= 30 or two is None else []) + ([two] if two and len(name) > 16 else [])
