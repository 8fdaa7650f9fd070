"""Names on the map of a slide: in how many lines they stand, and how much of a long one."""

from __future__ import annotations

from dataclasses import dataclass

from wtnet.draw.labels import Box, halves
from wtnet.draw.print.fonts import width
from wtnet.draw.safe import printable
from wtnet.tables.text import clean
from wtnet.writers.pptx.pane import WIDER

LABEL = 20.0
"""Their size in points."""


@dataclass(frozen=True)
class Name:
    """A name beside its partner: lines, box (points), alignment, and whether it is the slide's own."""

    lines: tuple[str, ...]
    box: Box
    anchor: str
    own: bool


def column_lines(name: str, room: float) -> tuple[str, ...]:
    """A name in at most two lines of so many points."""
    for rows in broken(printable(clean(name), 56)):
        if all(width(row, LABEL, 500) * WIDER <= room for row in rows):
            return rows
    rows = halves(name, len) or (name, "")
    return tuple(row for row in (_cut(each, room) for each in rows) if row)


def _cut(text: str, room: float) -> str:
    if width(text, LABEL, 500) * WIDER <= room:
        return text
    while text and width(f"{text}…", LABEL, 500) * WIDER > room:
        text = text[:-1]
    return f"{text}…"


def broken(name: str) -> list[tuple[str, ...]]:
    """A name in one line unless it is long, and in two of about the same length."""
    two = halves(name, len)
    return ([(name,)] if len(name) <= 30 or two is None else []) + ([two] if two and len(name) > 16 else [])
