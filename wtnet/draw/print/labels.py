"""Names beside partners on paper: none covers another name or another partner; the most important are placed first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wtnet.draw.print.drawing import fitted
from wtnet.draw.print.fonts import width
from wtnet.draw.safe import printable

Box = tuple[float, float, float, float]
_LONGEST = 15.0
"""A name is broken in two where one line of it would be wider than so many times its letters' height."""
_HIGH = 1.16


@dataclass(frozen=True)
class Disc:
    """A partner as it is drawn: where, how large, and its name."""

    x: float
    y: float
    r: float
    name: str


@dataclass(frozen=True)
class Label:
    """The name of a disc (by its place in the list): lines, their common anchor, and x and y of the first baseline."""

    disc: int
    lines: tuple[str, ...]
    anchor: str
    x: float
    y: float
    size: float
    box: Box


class _Taken:
    """Boxes that are taken, found quickly."""

    def __init__(self, cell: float) -> None:
        self.cell = cell
        self.held: dict[tuple[int, int], list[tuple[Box, int]]] = defaultdict(list)

    def _cells(self, box: Box) -> Iterator[tuple[int, int]]:
        for across in range(int(box[0] // self.cell), int(box[2] // self.cell) + 1):
            for down in range(int(box[1] // self.cell), int(box[3] // self.cell) + 1):
                yield across, down

    def add(self, box: Box, owner: int) -> None:
        for cell in self._cells(box):
            self.held[cell].append((box, owner))

    def free(self, box: Box, owner: int) -> bool:
        return not any(
            of != owner and box[0] < b[2] and box[2] > b[0] and box[1] < b[3] and box[3] > b[1]
            for cell in self._cells(box)
            for b, of in self.held.get(cell, ())
        )


def place(discs: Sequence[Disc], order: Iterable[int], inside: Box, size: float) -> list[Label]:
    """Labels for as many discs as have room, in this order; smaller letters are tried before a name is left out."""
    taken = _Taken(6 * size)
    for at, disc in enumerate(discs):
        taken.add((disc.x - disc.r, disc.y - disc.r, disc.x + disc.r, disc.y + disc.r), at)
    found = []
    for at in order:
        for label in _candidates(at, discs[at], size):
            b = label.box
            within = b[0] >= inside[0] and b[1] >= inside[1] and b[2] <= inside[2] and b[3] <= inside[3]
            if within and taken.free(b, at):
                taken.add(b, -1)
                found.append(label)
                break
    return found


def _candidates(at: int, disc: Disc, size: float) -> Iterator[Label]:
    """Beside a disc, below it, above it and at its corners, in letters of full and then of smaller size."""
    name = printable(disc.name, 60)
    for scale in (1.0, 0.86, 0.76):
        height = size * scale
        for lines in _broken(name, height):
            wide, high = max(width(each, height, 500) for each in lines) + 0.3 * height, _HIGH * height * len(lines)
            gap = 0.22 * height
            side, near = disc.r + gap, disc.r * 0.7 + gap
            for anchor, x, y in (
                ("start", disc.x + side, disc.y - high / 2),
                ("middle", disc.x, disc.y + side),
                ("end", disc.x - side, disc.y - high / 2),
                ("middle", disc.x, disc.y - side - high),
                ("start", disc.x + near, disc.y + near - 0.2 * height),
                ("end", disc.x - near, disc.y + near - 0.2 * height),
                ("start", disc.x + near, disc.y - near - high + 0.2 * height),
                ("end", disc.x - near, disc.y - near - high + 0.2 * height),
            ):
                left = x if anchor == "start" else x - wide if anchor == "end" else x - wide / 2
                yield Label(at, lines, anchor, x, y + 0.87 * height, height, (left, y, left + wide, y + high))


def _broken(name: str, size: float) -> Iterator[tuple[str, ...]]:
    """The name in one line, or balanced in two (the other way round for a long one)."""
    words = name.split(" ")
    one = (fitted(name, 2 * _LONGEST * size, size, 500),)
    if len(words) == 1:
        yield one
        return
    cuts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    best = min(cuts, key=lambda two: max(width(each, size, 500) for each in two))
    two = tuple(fitted(each, 1.4 * _LONGEST * size, size, 500) for each in best)
    yield from (two, one) if width(name, size, 500) > 0.62 * _LONGEST * size else (one, two)
