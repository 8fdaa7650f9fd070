"""Names beside marks, in one way for every picture: the most important first, none over another name or another mark.

A picture offers for each mark the boxes its name could stand in, best first (`beside` makes one); `place` takes the first
that is free. Where every name must stand, `place_all` takes the one that covers least. y runs downwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, Protocol, TypeVar

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Side = Literal[
    "right", "below", "left", "above", "below right", "below left", "above right", "above left"
]  # fmt: skip


class Label(Protocol):
    """What a picture makes of a name in one place."""

    @property
    def box(self) -> Box: ...


L = TypeVar("L", bound=Label)


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


class Boxes:
    """What is on a picture already, found by squares of `cell` units; a mark is no obstacle to its own name."""

    def __init__(self, cell: float) -> None:
        self._cell = cell
        self._boxes: dict[tuple[int, int], list[tuple[Box, int | None]]] = defaultdict(list)

    def _squares(self, box: Box) -> Iterator[tuple[int, int]]:
        for across in range(int(box[0] // self._cell), int(box[2] // self._cell) + 1):
            for down in range(int(box[1] // self._cell), int(box[3] // self._cell) + 1):
                yield across, down

    def add(self, box: Box, mark: int | None = None) -> None:
        """Take the room of a mark (by its number), or of a name."""
        for square in self._squares(box):
            self._boxes[square].append((box, mark))

    def free(self, box: Box, mark: int) -> bool:
        """Whether a box for the name of a mark touches nothing but that mark."""
        near = (other for square in self._squares(box) for other in self._boxes.get(square, ()))
        return not any(owner != mark and overlap(box, other) for other, owner in near)


def overlap(box: Box, other: Box) -> float:
    """The area two boxes share."""
    across, down = min(box[2], other[2]) - max(box[0], other[0]), min(box[3], other[3]) - max(box[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


def place(offers: Iterable[tuple[int, Iterable[L]]], boxes: Boxes, within: Box) -> list[L]:
    """For each mark, in this order, the first label offered that is free and wholly within the picture; none where none is."""
    placed = []
    for mark, labels in offers:
        for label in labels:
            box = label.box
            inside = within[0] <= box[0] and within[1] <= box[1] and box[2] <= within[2] and box[3] <= within[3]
            if inside and boxes.free(box, mark):
                boxes.add(box)
                placed.append(label)
                break
    return placed


def place_all(
    offers: Iterable[tuple[int, Sequence[L]]], taken: Sequence[tuple[Box, int | None]], cost: Callable[[Box], float]
) -> dict[int, L]:
    """For each mark, in this order, the label that covers least of what is `taken` (a box, and the mark it is) and of the
    labels before it; `cost` is added to what a box covers. Compares every pair: for few marks."""
    there = list(taken)
    placed = {}
    for mark, labels in offers:
        best = min(labels, key=lambda label: sum(overlap(label.box, box) for box, of in there if of != mark) + cost(label.box))
        there.append((best.box, None))
        placed[mark] = best
    return placed
