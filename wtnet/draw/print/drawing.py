"""A picture on paper: shapes and words at places in points, the same for every kind of file it is written as.

Nothing here is markup: a `Drawing` is what the writers make SVG, PNG and PDF of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wtnet.draw.print.fonts import width as text_width
from wtnet.draw.safe import printable
from wtnet.palette import LOOKS, Point

INK, SOFT, PAPER = "#14181F", "#5A6578", "#FFFFFF"
"""Text, quieter text, and the ground of every picture."""
_POINT = 72 / 25.4


@dataclass(frozen=True)
class Size:
    """A sheet: `wide` and `high` in points, `text` the size of its words in points, `ppi` the dots of its PNG; no word of it is
    smaller than `least` points."""

    id: str
    label: str
    wide: float
    high: float
    text: float
    ppi: int
    least: float = 0.0


SIZES: dict[str, Size] = {
    size.id: size
    for size in (
        Size("slide", "Slide, 16:9", 960.0, 540.0, 14.0, 144, 12.0),
        Size("card", "Card, 1200 × 630", 600.0, 315.0, 7.6, 144, 6.5),
        Size("square", "Card, square", 540.0, 540.0, 9.0, 144, 7.7),
        Size("print", "Print, A4", round(297 * _POINT, 2), round(210 * _POINT, 2), 8.0, 300, 8.0),
        Size("a1", "Poster, A1", round(841 * _POINT, 2), round(594 * _POINT, 2), 17.0, 150),
        Size("a0", "Poster, A0", round(1189 * _POINT, 2), round(841 * _POINT, 2), 24.0, 110),
    )
}
"""The sizes pictures come in."""


@dataclass(frozen=True)
class Shape:
    """An area or a line: `path` as SVG has it (points), colours as hex or None, `dash` lengths drawn and left out in turn;
    `says` what it stands for."""

    path: str
    fill: str | None = None
    line: str | None = None
    wide: float = 0.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    says: str = ""


@dataclass(frozen=True)
class Words:
    """One line of text: its left end, middle or right end (`anchor`) at x, its baseline at y."""

    x: float
    y: float
    text: str
    size: float
    weight: int = 400
    anchor: str = "start"
    colour: str = INK


@dataclass(frozen=True)
class Drawing:
    """A picture: shapes first, words above them. `alt` says it to who does not see it; `note` what it leaves out, or ""."""

    wide: float
    high: float
    title: str
    alt: str
    shapes: Sequence[Shape] = ()
    words: Sequence[Words] = ()
    note: str = ""


@dataclass
class Sheet:
    """A drawing in the making, with its head and foot: the title above, legend and source line below, `box` between."""

    size: Size
    title: str
    shapes: list[Shape] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    def say(self, x: float, y: float, text: str, size: float = 1.0, **look: object) -> None:
        """Words; `size` in multiples of the sheet's text, but never under its `least`."""
        self.words.append(Words(x, y, text, max(size * self.size.text, self.size.least), **look))  # type: ignore[arg-type]

    def remark(self, note: str, down: float = 0.2) -> str:
        """Say at the right foot of the box, `down` below it (in heights of its text), what is left out; the words said."""
        self.say(self.box[2], self.box[3] + down * self.size.text, note, 0.86, anchor="end", colour=SOFT)
        return note

    def done(self, alt: str, note: str = "") -> Drawing:
        """The drawing as it is now."""
        return Drawing(self.size.wide, self.size.high, self.title, alt, tuple(self.shapes), tuple(self.words), note)


def begin(size: Size, title: str, under: str, source: str) -> Sheet:
    """A sheet with its title, the line under it, and the source line; `box` is what is left (left, top, right, bottom)."""
    em = size.text
    margin = 2.6 * em
    sheet = Sheet(size, printable(title))
    sheet.shapes.append(Shape(rectangle(0, 0, size.wide, size.high), PAPER))
    room = size.wide - 2 * margin
    y = margin + 1.4 * em
    sheet.words.append(Words(margin, y, fitted(printable(title), room, 2.1 * em, 700), 2.1 * em, 700))
    for line in wrapped(printable(under), room, 1.15 * em, 2):
        y += 1.7 * em
        sheet.words.append(Words(margin, y, line, 1.15 * em, 400, colour=SOFT))
    foot = size.high - margin
    lines = wrapped(printable(source), room, 0.86 * em, 3)
    for place, line in enumerate(lines):
        at = foot - (len(lines) - 1 - place) * 1.15 * em
        sheet.words.append(Words(margin, at, line, 0.86 * em, 400, colour=SOFT))
    sheet.box = (margin, y + 1.2 * em, size.wide - margin, foot - len(lines) * 1.15 * em - 0.6 * em)
    return sheet


def nothing(sheet: Sheet, words: str) -> Drawing:
    """A sheet on which there is nothing to draw, and why."""
    left, top, right, bottom = sheet.box
    em = 1.4 * sheet.size.text
    lines = wrapped(printable(words), right - left, em, 4)
    for at, each in enumerate(lines):
        y = (top + bottom) / 2 + (at - (len(lines) - 1) / 2) * 1.3 * em
        sheet.say((left + right) / 2, y, each, 1.4, anchor="middle", colour=SOFT)
    return sheet.done(f"{sheet.title}. {words}")


# -- paths ---------------------------------------------------------------------------------------------------------


def rectangle(x: float, y: float, wide: float, high: float) -> str:
    """The path of a rectangle."""
    return f"M{n(x)} {n(y)}h{n(wide)}v{n(high)}h{n(-wide)}z"


def line(x: float, y: float, to_x: float, to_y: float) -> str:
    """The path of a line."""
    return f"M{n(x)} {n(y)}L{n(to_x)} {n(to_y)}"


def circle(x: float, y: float, r: float) -> str:
    """The path of a circle."""
    return f"M{n(x - r)} {n(y)}a{n(r)} {n(r)} 0 1 0 {n(2 * r)} 0a{n(r)} {n(r)} 0 1 0 {n(-2 * r)} 0z"


def polygon(points: Sequence[Point], x: float, y: float, r: float) -> str:
    """The path of a shape of the palette around x, y; a circle where it has no points."""
    if not points:
        return circle(x, y, r)
    return "M" + "L".join(f"{n(x + r * px)} {n(y + r * py)}" for px, py in points) + "z"


def mark(kind: str, x: float, y: float, r: float, says: str = "") -> Shape:
    """A partner of a kind: its shape in its colour, set off from what is behind it."""
    look = LOOKS[kind]
    return Shape(polygon(look.points, x, y, r), look.colour, PAPER, max(0.5, r * 0.14), says=says)


def n(value: float) -> str:
    """A number as it stands in a path: two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


# -- words ---------------------------------------------------------------------------------------------------------


def fitted(text: str, room: float, size: float, weight: int = 400) -> str:
    """The text, cut with an ellipsis where it is wider than `room`."""
    if text_width(text, size, weight) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(f"{text[:middle].rstrip()}…", size, weight) <= room:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}…" if low else ""


def wrapped(text: str, room: float, size: float, most: int, weight: int = 400) -> list[str]:
    """The text in lines no wider than `room`; what does not fit in `most` lines is cut with an ellipsis."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        so_far = words.pop(0)
        while words and text_width(f"{so_far} {words[0]}", size, weight) <= room and len(lines) < most:
            so_far += f" {words.pop(0)}"
        lines.append(so_far)
    if words:
        lines[-1] += " " + " ".join(words)
    return [fitted(each, room, size, weight) for each in lines]
