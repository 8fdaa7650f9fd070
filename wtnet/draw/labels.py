"""Names beside marks, in one way for every picture: the most important first, none over another name or another mark, none
nearer to another mark than to its own.

A picture offers for each mark the boxes its name could stand in, best first (`beside` makes one; `apart_from` those with a line
to the mark); `place` takes the first that is free. Where every name must stand, `place_all` takes the one that covers least. y
runs downwards.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, Protocol, TypeVar

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Line = tuple[float, float, float, float]
"""From x, y to x, y."""
Side = Literal["right", "below", "left", "above", "below right", "below left", "above right", "above left"]


class Label(Protocol):
    """What a picture makes of a name in one place."""

    @property
    def box(self) -> Box: ...


L = TypeVar("L", bound=Label)
HUBS = 10
"""So many of the best connected are named before all others."""


def first_named(order: Sequence[int], museum: Callable[[int], bool]) -> list[int]:
    """The marks in the order in which they are named, as in `labels.js`: of `order` (the best connected first) the first few,
    museums before others; then the other museums; then the rest."""
    rank = {mark: (2 if at >= HUBS else 0) + (not museum(mark)) for at, mark in enumerate(order)}
    return sorted(order, key=rank.__getitem__)


def beside(side: Side, x: float, y: float, wide: float, high: float, across: float, down: float) -> Box:
    """The box of a name on one side of a point, `across` and `down` away from it."""
    left = x + across if "right" in side else x - across - wide if "left" in side else x - wide / 2
    top = y + down if "below" in side else y - down - high if "above" in side else y - high / 2
    return (left, top, left + wide, top + high)


def halves(name: str, width: Callable[[str], float]) -> tuple[str, str] | None:
    """A name in two lines as equal in width as its words allow; None for a single word."""
    words = name.split(" ")
    breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return min(breaks, key=lambda lines: max(map(width, lines)), default=None)


NEAR, FAR = (1.0, 2.0, 3.5), (1.0, 2.0, 3.5, 5.5, 8.0, 11.0)
"""How far a name may be led from its mark, in heights of its letters: of any partner, and of a hub."""


def apart_from(
    x: float, y: float, r: float, wide: float, high: float, step: float, rings: Sequence[float] = NEAR
) -> Iterator[tuple[Box, Line]]:
    """Boxes of a name further and further from a mark, in steps of its letters' height, each with the line to the mark's rim."""
    for ring in rings:
        for turn in range(12):
            across, down = math.cos(turn * math.pi / 6), math.sin(turn * math.pi / 6)
            middle = (x + across * (r + ring * step + wide / 2), y + down * (r + ring * step + high / 2))
            box = (middle[0] - wide / 2, middle[1] - high / 2, middle[0] + wide / 2, middle[1] + high / 2)
            end = (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]))
            length = math.hypot(end[0] - x, end[1] - y) or 1.0
            rim = (x + (end[0] - x) * r / length, y + (end[1] - y) * r / length)
            yield box, (*rim, *end)


class Boxes:
    """What is on a picture already, found by squares of `cell` units; a mark is no obstacle to its own name, but another must be
    further from the name than its own, by `clear` units."""

    def __init__(self, cell: float, clear: float = 0.0) -> None:
        self._cell, self._clear = cell, clear
        self._marks: dict[int, Box] = {}
        self._boxes: dict[tuple[int, int], list[tuple[Box, int | None]]] = defaultdict(list)

    def _squares(self, box: Box) -> Iterator[tuple[int, int]]:
        for across in range(int(box[0] // self._cell), int(box[2] // self._cell) + 1):
            for down in range(int(box[1] // self._cell), int(box[3] // self._cell) + 1):
                yield across, down

    def add(self, box: Box, mark: int | None = None) -> None:
        """Take the room of a mark (by its number), or of a name."""
        if mark is not None:
            self._marks[mark] = box
        for square in self._squares(box):
            self._boxes[square].append((box, mark))

    def _near(self, box: Box) -> Iterator[tuple[Box, int | None]]:
        return (other for square in self._squares(box) for other in self._boxes.get(square, ()))

    def free(self, box: Box, mark: int) -> bool:
        """Whether a box for the name of a mark touches nothing but that mark."""
        return not any(owner != mark and overlap(box, other) for other, owner in self._near(box))

    def nearest(self, box: Box, mark: int, led: bool = False) -> bool:
        """Whether no other mark is nearer to a box than its own, to which a line leads where it is `led`."""
        own = 2 * self._clear if led else gap(box, self._marks[mark]) if mark in self._marks else 0.0
        reach = own + self._clear
        around = (box[0] - reach, box[1] - reach, box[2] + reach, box[3] + reach)
        return not any(owner not in (None, mark) and gap(box, other) < reach for other, owner in self._near(around))

    def open(self, line: Line, mark: int) -> bool:
        """Whether a line to a mark crosses no other mark and no name."""
        steps = max(2, int(math.hypot(line[2] - line[0], line[3] - line[1]) / max(self._cell / 24, 0.01)))
        for at in range(steps + 1):
            x, y = (line[axis] + (line[axis + 2] - line[axis]) * at / steps for axis in (0, 1))
            dot = (x - 0.3, y - 0.3, x + 0.3, y + 0.3)
            if not self.free(dot, mark):
                return False
        return True


def overlap(box: Box, other: Box) -> float:
    """The area two boxes share."""
    across, down = min(box[2], other[2]) - max(box[0], other[0]), min(box[3], other[3]) - max(box[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


def gap(box: Box, other: Box) -> float:
    """How far two boxes are apart; 0 where they touch."""
    across = max(0.0, other[0] - box[2], box[0] - other[2])
    return math.hypot(across, max(0.0, other[1] - box[3], box[1] - other[3]))


def place(
    offers: Iterable[tuple[int, Iterable[L]]],
    boxes: Boxes,
    within: Box,
    leader: Callable[[L], Line | None] = lambda label: None,
) -> list[L]:
    """Give each mark, in this order, the first label offered that is free, nearest to its own mark and wholly within the picture;
    none where none is. `leader` gives the line from a name to its mark where it does not stand beside it: it crosses no other
    mark and no name."""
    placed = []
    for mark, labels in offers:
        for label in labels:
            box = label.box
            inside = within[0] <= box[0] and within[1] <= box[1] and box[2] <= within[2] and box[3] <= within[3]
            if not (inside and boxes.free(box, mark) and boxes.nearest(box, mark, leader(label) is not None)):
                continue
            line = leader(label)
            if line is None or boxes.open(line, mark):
                for taken in (box, *(_along(line) if line else ())):
                    boxes.add(taken)
                placed.append(label)
                break
    return placed


def _along(line: Line) -> Iterator[Box]:
    """A line as small boxes."""
    steps = max(1, int(math.hypot(line[2] - line[0], line[3] - line[1]) / 2))
    for at in range(steps + 1):
        x, y = (line[axis] + (line[axis + 2] - line[axis]) * at / steps for axis in (0, 1))
        yield (x - 0.5, y - 0.5, x + 0.5, y + 0.5)


def place_all(
    offers: Iterable[tuple[int, Sequence[L]]], taken: Sequence[tuple[Box, int | None]], cost: Callable[[Box], float]
) -> dict[int, L]:
    """Give each mark, in this order, the label that covers least of what is `taken` (a box, and the mark it is) and of the
    labels before it; `cost` is added to what a box covers. Compares every pair: for few marks."""
    there = list(taken)
    placed = {}
    for mark, labels in offers:
        best = min(labels, key=lambda label: sum(overlap(label.box, box) for box, of in there if of != mark) + cost(label.box))
        there.append((best.box, None))
        placed[mark] = best
    return placed
