"""The map of a slide: native shapes and glued connectors; of more partners than anybody would edit, a picture."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw

from wtnet.draw.map.picture import Node, Tie
from wtnet.draw.print.fonts import width
from wtnet.draw.safe import printable
from wtnet.draw.style import tie_colour, tie_width
from wtnet.palette import LOOKS, rgb
from wtnet.sentences.format import count
from wtnet.stories.slide_map import Box, SlideMap
from wtnet.tables.text import clean
from wtnet.writers.pptx.xml import INCH, POINT, glyph, group, tie, words

MOST_SHAPES = 300
"""With more partners in view than this, the map is a picture."""
CROWD = 90
"""Where more ties than this stand out, they are drawn thinner and paler."""
WIDER = 1.14
"""The font of the deck runs wider than the one widths are measured in."""
_LABEL = 12.0
_SHADE = 0.16


@dataclass(frozen=True)
class Pane:
    """Where the map goes on the slide (inches), and how its plane is brought there."""

    left: float
    top: float
    wide: float
    high: float

    def fit(self, box: Box) -> tuple[float, float, float]:
        """Scale (EMU per unit) and offsets."""
        edge = 0.22
        across, down = max(1.0, box[2] - box[0]), max(1.0, box[3] - box[1])
        scale = min((self.wide - 2 * edge) / across, (self.high - 2 * edge) / down) * INCH
        x = (self.left + self.wide / 2) * INCH - scale * (box[0] + box[2]) / 2
        y = (self.top + self.high / 2) * INCH - scale * (box[1] + box[3]) / 2
        return scale, x, y


@dataclass(frozen=True)
class Drawn:
    """A map as it goes on the slide: an element (the group), or a picture (PNG bytes) with labels above; `note` says so."""

    element: Any
    picture: bytes | None = None
    note: str = ""


@dataclass(frozen=True)
class _Spot:
    dot: Node
    x: float
    y: float
    r: float


def _spots(scene: SlideMap, pane: Pane) -> dict[int, _Spot]:
    """The partners within the pane, by their place in the scene."""
    scale, across, down = pane.fit(scene.box)
    alone = sum(dot.focus for dot in scene.nodes) == 1
    found: dict[int, _Spot] = {}
    for at, dot in enumerate(scene.nodes):
        x, y = across + scale * dot.x, down + scale * dot.y
        r = 0.075 * INCH * (1.5 if dot.focus and alone else 1.0 if dot.lit else 0.75)
        if _inside(pane, x, y, r):
            found[at] = _Spot(dot, x, y, r)
    return found


def said_of(scene: SlideMap, pane: Pane) -> str:
    """That the map is a picture, where it is one; else ""."""
    number = len(_spots(scene, pane))
    return f"{count(number, 'partner')}: drawn as a picture, not as shapes that can be moved." if number > MOST_SHAPES else ""


def draw(scene: SlideMap, pane: Pane, first_id: int) -> Drawn:
    """The map in a pane; ids of its shapes are counted from `first_id`."""
    spots = _spots(scene, pane)
    alone = sum(dot.focus for dot in scene.nodes) == 1
    lines = [line for line in scene.ties if line.source in spots and line.target in spots]
    labels = _labels(spots, lines, pane, alone)
    box = (pane.left * INCH, pane.top * INCH, pane.wide * INCH, pane.high * INCH)
    if len(spots) > MOST_SHAPES:
        names = [_label(first_id + 1 + at, label) for at, label in enumerate(labels)]
        says = "Names of partners on the map."
        return Drawn(group(first_id, "Names on the map", says, *box, names), _png(scene, pane), said_of(scene, pane))
    thin = sum(line.lit for line in lines) > CROWD
    ids = {at: first_id + 1 + number for number, at in enumerate(spots)}
    free = first_id + 1 + len(ids)
    inside: list[Any] = []
    for lit in (False, True):
        inside += [_tie(free + at, line, spots, ids, thin) for at, line in enumerate(lines) if line.lit == lit]
        inside += [_shape(ids[at], spot, alone) for at, spot in spots.items() if spot.dot.lit == lit]
    free += len(lines)
    inside += [_label(free + at, label) for at, label in enumerate(labels)]
    return Drawn(group(first_id, "Map", clean(scene.alt), *box, inside))


def _inside(pane: Pane, x: float, y: float, r: float) -> bool:
    across, down = x / INCH - pane.left, y / INCH - pane.top
    edge = r / INCH
    return edge <= across <= pane.wide - edge and edge <= down <= pane.high - edge


def _shape(id: int, spot: _Spot, alone: bool) -> Any:
    dot, look = spot.dot, LOOKS[spot.dot.kind]
    says = f"{dot.name}: {look.label.lower()}" + (", whom this slide is about" if dot.focus else "")
    ring = "#14181F" if dot.focus and alone else None
    return glyph(id, clean(dot.name), clean(says), look.points, spot.x, spot.y, spot.r, look.colour, 1 if dot.lit else 0.25, ring)


def _tie(id: int, line: Tie, spots: dict[int, _Spot], ids: dict[int, int], thin: bool) -> Any:
    one, other = spots[line.source], spots[line.target]
    wide = tie_width(line.strength, "slide") * (0.5 if thin else 1.0) if line.lit else 0.6
    shade = (0.5 if thin else 1.0) if line.lit else _SHADE
    name = clean(f"{one.dot.name} – {other.dot.name}")
    ends = (ids[line.source], ids[line.target])
    return tie(id, name, ends, (one.x, one.y), (other.x, other.y), tie_colour(line.strength), wide, line.dashed, shade)


@dataclass(frozen=True)
class _Name:
    """A name beside its partner: lines, where (points), how wide, and whether it is the slide's own."""

    lines: tuple[str, ...]
    left: float
    top: float
    wide: float
    anchor: str
    own: bool

    @property
    def high(self) -> float:
        return 1.18 * _LABEL * len(self.lines)

    @property
    def box(self) -> Box:
        return (self.left, self.top, self.left + self.wide, self.top + self.high)


def _labels(spots: dict[int, _Spot], lines: list[Tie], pane: Pane, alone: bool) -> list[_Name]:
    """Names of those that stand out, the slide's own and the strongest first, as far as none covers a name or a partner."""
    weight: dict[int, float] = {}
    for line in lines:
        if line.lit:
            for end in (line.source, line.target):
                weight[end] = weight.get(end, 0.0) + 0.2 + (line.strength or 0.0)
    known = [at for at, spot in spots.items() if spot.dot.lit]
    own = {at for at in known if spots[at].dot.focus and alone}
    order = sorted(known, key=lambda at: (at not in own, -weight.get(at, 0.0)))[:140]
    edges = tuple(edge * 72 for edge in (pane.left, pane.top, pane.left + pane.wide, pane.top + pane.high))
    discs = {at: _disc(spots[at]) for at in known}
    taken: list[Box] = []
    found: list[_Name] = []
    for at in order:
        for name in _candidates(spots[at], at in own):
            box = name.box
            inside = box[0] >= edges[0] and box[1] >= edges[1] and box[2] <= edges[2] and box[3] <= edges[3]
            if inside and not any(_meet(box, other) for other in taken):
                if at not in own and any(_meet(box, disc) for other, disc in discs.items() if other != at):
                    continue
                taken.append(box)
                found.append(name)
                break
    return found


def _disc(spot: _Spot) -> Box:
    x, y, r = spot.x / POINT, spot.y / POINT, spot.r / POINT
    return (x - r, y - r, x + r, y + r)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _candidates(spot: _Spot, own: bool) -> Iterator[_Name]:
    """Right, left, below and above; in one line, or a longer name in two."""
    x, y, r = spot.x / POINT, spot.y / POINT, spot.r / POINT + (5 if own else 3)
    for lines in _broken(printable(clean(spot.dot.name), 56)):
        wide = max(width(line, _LABEL, 700 if own else 500) for line in lines) * WIDER + 2
        high = 1.18 * _LABEL * len(lines)
        for left, top, anchor in (
            (x + r, y - high / 2, "l"),
            (x - r - wide, y - high / 2, "r"),
            (x - wide / 2, y + r, "ctr"),
            (x - wide / 2, y - r - high, "ctr"),
        ):
            yield _Name(lines, left, top, wide, anchor, own)


def _broken(name: str) -> list[tuple[str, ...]]:
    """A name in one line unless it is long, and in two of about the same length."""
    parts = name.split(" ")
    cuts = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
    two = min(cuts, key=lambda pair: max(map(len, pair)), default=None)
    return ([(name,)] if len(name) <= 30 or two is None else []) + ([two] if two and len(name) > 16 else [])


def _label(id: int, name: _Name) -> Any:
    place = (name.left * POINT, name.top * POINT, name.wide * POINT, name.high * POINT)
    return words(id, name.lines, *place, _LABEL, name.own, name.anchor, ground=0.72)


@lru_cache(maxsize=4)
def _png(scene: SlideMap, pane: Pane) -> bytes:
    """The same map in dots: 200 to the inch, drawn at twice that. Slides often share one."""
    spots = _spots(scene, pane)
    alone = sum(dot.focus for dot in scene.nodes) == 1
    lines = [line for line in scene.ties if line.source in spots and line.target in spots]
    grain = 400 / INCH
    sheet = Image.new("RGB", (round(pane.wide * 400), round(pane.high * 400)), "white")
    pen = ImageDraw.Draw(sheet, "RGBA")

    def at(spot: _Spot) -> tuple[float, float]:
        return spot.x * grain - pane.left * 400, spot.y * grain - pane.top * 400

    many = len(lines) > 1_500
    for line in lines:
        wide = tie_width(line.strength, "slide") * (0.45 if many else 1.0) if line.lit else 0.4
        shade = round(255 * ((0.45 if many else 0.9) if line.lit else 0.1))
        ends = [at(spots[line.source]), at(spots[line.target])]
        pen.line(ends, (*rgb(tie_colour(line.strength)), shade), max(1, round(wide * 400 / 72)))
    for spot in spots.values():
        look, (x, y) = LOOKS[spot.dot.kind], at(spot)
        r = spot.r * grain * (0.55 if len(spots) > 800 and not (spot.dot.focus and alone) else 0.8)
        fill = (*rgb(look.colour), 255 if spot.dot.lit else 70)
        if look.points:
            pen.polygon([(x + px * r, y + py * r) for px, py in look.points], fill)
        else:
            pen.ellipse([x - r, y - r, x + r, y + r], fill)
    held = io.BytesIO()
    sheet.resize((sheet.width // 2, sheet.height // 2), Image.Resampling.BOX).save(held, "PNG")
    return held.getvalue()
