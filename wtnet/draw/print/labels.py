"""Names beside partners on paper: in one line or two, in letters of full and then of smaller size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wtnet.draw.labels import FAR, NEAR, Box, Boxes, Line, Side, apart_from, beside, halves
from wtnet.draw.labels import place as place_free
from wtnet.draw.print.drawing import INK, PAPER, Shape, Sheet, fitted, line, rectangle
from wtnet.draw.print.fonts import width
from wtnet.draw.safe import printable

_LONGEST = 15.0
"""A name is broken in two where one line of it would be wider than so many times its letters' height."""
_HIGH = 1.16
_CLEAR = 0.3
"""How much further another mark must be than a name's own, in heights of its letters."""
_LED, _HUBS = 100, 12
"""So many of the first names may stand further away, with a line; and so many as far as it takes, for they are the hubs."""
_STRAIGHT: tuple[Side, ...] = ("right", "below", "left", "above")
_CORNERS: tuple[Side, ...] = ("below right", "below left", "above right", "above left")


@dataclass(frozen=True)
class Disc:
    """A partner as it is drawn: where, how large, its name, and the sides the name is tried on first."""

    x: float
    y: float
    r: float
    name: str
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True)
class PrintedLabel:
    """The name of a disc (by its place in the list): its lines, how they are aligned, the first baseline, the size of its
    letters, and its box."""

    disc: int
    lines: tuple[str, ...]
    anchor: str
    y: float
    size: float
    box: Box
    leader: Line | None = None


def write(sheet: Sheet, label: PrintedLabel, inset: float = 0.0) -> None:
    """Write the lines of a name in its box, `inset` from its edge (in heights of its letters)."""
    left, _, right, _ = label.box
    x = {"start": left + inset * label.size, "end": right - inset * label.size, "middle": (left + right) / 2}[label.anchor]
    for row, words in enumerate(label.lines):
        sheet.say(x, label.y + row * _HIGH * label.size, words, label.size / sheet.size.text, weight=500, anchor=label.anchor)


def write_all(sheet: Sheet, labels: Iterable[PrintedLabel], leader: str = INK, ground: float = 0.85) -> None:
    """Write names, each on a pane of paper (`ground`: how opaque) and where it needs one with a line to its mark."""
    for label in labels:
        if label.leader is not None:
            sheet.shapes.append(Shape(line(*label.leader), line=leader, wide=0.08 * sheet.size.text))
        left, top, right, bottom = label.box
        sheet.shapes.append(Shape(rectangle(left, top, right - left, bottom - top), PAPER, opacity=ground))
        write(sheet, label)


def place(discs: Sequence[Disc], order: Iterable[int], inside: Box, size: float, least: float = 0.0) -> list[PrintedLabel]:
    """Labels for as many discs as have room, in this order; before a name is left out, it is tried in smaller letters, of `least`
    height, and further away with a line to its mark. None is nearer to another mark than to its own."""
    boxes = Boxes(6 * size, _CLEAR * size)
    for at, disc in enumerate(discs):
        boxes.add((disc.x - disc.r, disc.y - disc.r, disc.x + disc.r, disc.y + disc.r), at)
    return place_free(
        ((at, _candidates(at, discs[at], size, least, _rings(rank))) for rank, at in enumerate(order)),
        boxes,
        inside,
        lambda label: label.leader,
    )


def _rings(rank: int) -> tuple[float, ...]:
    return FAR if rank < _HUBS else NEAR if rank < _LED else ()


def _candidates(at: int, disc: Disc, size: float, least: float, rings: tuple[float, ...]) -> Iterator[PrintedLabel]:
    """The places of a label: beside a disc, below it, above it and at its corners; then further away, where `rings` let it be
    led to."""
    name = printable(disc.name, 60)
    for scale in (1.0, 0.86, 0.76):
        height = size * scale
        if height < min(least, size):
            continue
        for lines in _broken(name, height):
            wide, high = max(width(line, height, 500) for line in lines) + 0.3 * height, _HIGH * height * len(lines)
            gap = 0.22 * height
            near = disc.r * 0.7 + gap
            reaches = dict.fromkeys(_STRAIGHT, (disc.r + gap, disc.r + gap)) | dict.fromkeys(
                _CORNERS, (near, near - 0.2 * height)
            )
            for side, reach in sorted(reaches.items(), key=lambda each: each[0] not in disc.sides):
                box = beside(side, disc.x, disc.y, wide, high, *reach)
                anchor = "start" if "right" in side else "end" if "left" in side else "middle"
                yield PrintedLabel(at, lines, anchor, box[1] + 0.87 * height, height, box)
    for lines in list(_broken(name, size))[:1] if rings else ():
        wide, high = max(width(line, size, 500) for line in lines) + 0.3 * size, _HIGH * size * len(lines)
        for box, leader in apart_from(disc.x, disc.y, disc.r, wide, high, size, rings):
            yield PrintedLabel(at, lines, "middle", box[1] + 0.87 * size, size, box, leader)


def _broken(name: str, size: float) -> Iterator[tuple[str, ...]]:
    """The name in one line, or balanced in two (the other way round for a long one)."""
    one_line = (fitted(name, 2 * _LONGEST * size, size, 500),)
    two = halves(name, lambda line: width(line, size, 500))
    if two is None:
        yield one_line
        return
    two_lines = tuple(fitted(line, 1.4 * _LONGEST * size, size, 500) for line in two)
    yield from (two_lines, one_line) if width(name, size, 500) > 0.62 * _LONGEST * size else (one_line, two_lines)
