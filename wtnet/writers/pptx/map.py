"""The map of a slide: native shapes and glued connectors; of more partners than anybody would edit, a picture."""

from __future__ import annotations

import io
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from PIL import Image, ImageDraw

from wtnet.draw.categories import Category
from wtnet.draw.labels import Boxes, Side, beside, first_named, place
from wtnet.draw.map.picture import Node, Tie
from wtnet.draw.print.fonts import width
from wtnet.draw.safe import printable
from wtnet.draw.style import WAYS, Spot, arrow_heads, tie_width
from wtnet.draw.tie_kinds import colour, middles, number
from wtnet.palette import LOOKS, rgb
from wtnet.sentences.format import count
from wtnet.stories.slide_map import SlideMap
from wtnet.tables.text import clean
from wtnet.writers.pptx.names import LABEL, Name, broken, column
from wtnet.writers.pptx.pane import WIDER, Pane
from wtnet.writers.pptx.type import LINE
from wtnet.writers.pptx.type import lines as rows_of
from wtnet.writers.pptx.xml import INCH, POINT, connector, glyph, group, leader, words

MOST_SHAPES = 300
"""With more partners in view than this, the map is a picture."""
CROWD = 90
"""Where more ties than this stand out, they are drawn thinner and paler."""
_SHADE = 0.16
_HUBS, _COLUMN = 7, 3.3
"""How many are named in a column beside the map, and how wide that is in inches."""
_ABOVE = 0.15
"""The room above the line that says how many are named, in inches."""
_NAMED = 40
"""At most so many names are tried, the best connected first."""
_SIDES: dict[Side, str] = {"right": "l", "left": "r", "below": "ctr", "above": "ctr"}
"""Where a name may stand, in this order, and how its lines are aligned there."""


@dataclass(frozen=True)
class MapElement:
    """A map as it goes on the slide: an element (the group), or a picture (PNG bytes) with labels above; `note` says so and
    `place` is where it goes."""

    shapes: Any
    picture: bytes | None = None
    note: str = ""
    place: Pane | None = None


@dataclass(frozen=True)
class _Spot:
    """A partner on the slide: where and how large in EMU."""

    node: Node
    x: float
    y: float
    r: float

    @property
    def points(self) -> tuple[float, float, float]:
        """The same in points."""
        return self.x / POINT, self.y / POINT, self.r / POINT


def _spots(scene: SlideMap, pane: Pane) -> dict[int, _Spot]:
    """The partners within the pane, by their place in the scene."""
    scale, across, down = pane.fit(scene.box)
    alone = sum(node.focus for node in scene.nodes) == 1
    spots: dict[int, _Spot] = {}
    for at, node in enumerate(scene.nodes):
        x, y = across + scale * node.x, down + scale * node.y
        r = 0.085 * INCH * (1.5 if node.focus and alone else 1.0 if node.lit else 0.75)
        if _inside(pane, x, y, r):
            spots[at] = _Spot(node, x, y, r)
    return spots


def picture_note(scene: SlideMap, pane: Pane) -> str:
    """A sentence where the map is a picture; else ""."""
    number = len(_spots(scene, pane))
    return f"{count(number, 'partner')}: drawn as a picture, not as shapes that can be moved." if number > MOST_SHAPES else ""


def draw(scene: SlideMap, whole: Pane, first_id: int) -> MapElement:
    """The map in a pane; ids of its shapes are counted from `first_id`. Where one stands out, names are beside their marks; else
    those with most partnerships are named in a column beside the map, with a line from each name to its mark."""
    alone = sum(node.focus for node in scene.nodes) == 1
    many = sum(node.lit for node in scene.nodes) - alone
    note = _note(_HUBS, many, alone, whole) if many > _HUBS else []
    above = replace(whole, high=whole.high - len(note) * LINE * LABEL / 72 - (_ABOVE if note else 0))
    beside = not alone and whole.wide > 2 * _COLUMN
    pane = replace(above, wide=whole.wide - _COLUMN) if beside else above
    spots = _spots(scene, pane)
    lines = [line for line in scene.ties if line.source in spots and line.target in spots]
    labels = [] if beside else _labels(spots, lines, pane, alone)
    hubs = _hubs(spots, lines, above) if beside else []
    named = len(hubs) + len(labels) - sum(label.own for label in labels)
    labels += _numbers(spots, lines, pane, labels, scene.kinds)
    labels += [_noted(_note(named, many, alone, whole), whole)] if note and named < many else []
    box = (whole.left * INCH, whole.top * INCH, whole.wide * INCH, whole.high * INCH)
    if len(spots) > MOST_SHAPES:
        names = [_label(first_id + 1 + at, label) for at, label in enumerate(labels)]
        names += _leaders(hubs, spots, first_id + 1 + len(names))
        says = "Names of partners on the map."
        return MapElement(
            group(first_id, "Names on the map", says, *box, names), _png(scene, pane), picture_note(scene, pane), pane
        )
    thin = sum(line.lit for line in lines) > CROWD
    ids = {at: first_id + 1 + number for number, at in enumerate(spots)}
    free = first_id + 1 + len(ids)
    inside: list[Any] = []
    led = {at for at, _ in hubs}
    for lit in (False, True):
        inside += [_tie(free + at, line, spots, ids, thin, scene.kinds) for at, line in enumerate(lines) if line.lit == lit]
        inside += [_shape(ids[at], spot, alone, at in led) for at, spot in spots.items() if spot.node.lit == lit]
    free += len(lines)
    inside += [_label(free + at, label) for at, label in enumerate(labels)]
    inside += _leaders(hubs, spots, free + len(labels))
    return MapElement(group(first_id, "Map", clean(scene.alt), *box, inside))


def _note(named: int, many: int, alone: bool, pane: Pane) -> list[str]:
    """The lines that say how many of those that stand out are named, and which: of the partners of one, the strongest."""
    return rows_of(f"{named:,} of {many:,} named, the {'strongest' if alone else 'best connected'} first.", pane.wide, LABEL)


def _noted(rows: list[str], pane: Pane) -> Name:
    """They stand at the foot of a pane."""
    left, below, high = pane.left * 72, pane.below * 72, len(rows) * LINE * LABEL
    return Name(tuple(rows), (left, below - high, left + pane.wide * 72, below), "l", False, bare=True)


def _inside(pane: Pane, x: float, y: float, r: float) -> bool:
    across, down = x / INCH - pane.left, y / INCH - pane.top
    edge = r / INCH
    return edge <= across <= pane.wide - edge and edge <= down <= pane.high - edge


def _shape(id: int, spot: _Spot, alone: bool, hub: bool = False) -> Any:
    dot, look = spot.node, LOOKS[spot.node.kind]
    says = f"{dot.name}: {look.label.lower()}" + (", whom this slide is about" if dot.focus else "")
    ring = "#14181F" if hub or (dot.focus and alone) else None
    return glyph(id, clean(dot.name), clean(says), look.points, spot.x, spot.y, spot.r, look.colour, 1 if dot.lit else 0.25, ring)


def _tie(id: int, line: Tie, spots: dict[int, _Spot], ids: dict[int, int], thin: bool, kinds: Sequence[Category]) -> Any:
    source, target = spots[line.source], spots[line.target]
    wide = tie_width(line.strength, "slide") * (0.5 if thin else 1.0) if line.lit else 0.6
    shade = (0.5 if thin else 1.0) if line.lit else _SHADE
    name = clean(f"{source.node.name} – {target.node.name}")
    ends = (ids[line.source], ids[line.target])
    start, stop = _ends(line, source, target)
    return connector(id, name, ends, start, stop, colour(line, kinds), wide, line.basis, shade, WAYS[line.way])


def _ends(line: Tie, source: _Spot, target: _Spot) -> tuple[Spot, Spot]:
    """Where the line of a tie begins and ends: in the middles of its partners, or at their rims where it has arrows."""
    start, stop = (source.x, source.y), (target.x, target.y)
    length = math.hypot(stop[0] - start[0], stop[1] - start[1])
    if not WAYS[line.way] or length <= 1.2 * (source.r + target.r):
        return start, stop
    x, y = (stop[0] - start[0]) / length, (stop[1] - start[1]) / length
    near, far = 1.28 * source.r, 1.28 * target.r  # clear of the corners of a square
    return (start[0] + x * near, start[1] + y * near), (stop[0] - x * far, stop[1] - y * far)


def _labels(spots: dict[int, _Spot], ties: list[Tie], pane: Pane, alone: bool) -> list[Name]:
    """Names of those that stand out: the slide's own, the strongest and museums first, so that none covers a name or partner."""
    weight: dict[int, float] = defaultdict(float)
    for tie in ties:
        for end in (tie.source, tie.target) if tie.lit else ():
            weight[end] += 0.2 + (tie.strength or 0.0)
    lit = [at for at, spot in spots.items() if spot.node.lit]
    own = [at for at in lit if spots[at].node.focus and alone]
    order = sorted((at for at in lit if at not in own), key=lambda at: -weight[at])
    others = first_named(order, lambda at: spots[at].node.kind == "museum")[: _NAMED - len(own)]
    edges = (pane.left * 72, pane.top * 72, (pane.left + pane.wide) * 72, (pane.top + pane.high) * 72)
    boxes = Boxes(6 * LABEL)
    names = place(((at, _candidates(spots[at], True)) for at in own), boxes, edges)  # the slide's own may cover a partner
    for at in lit:
        x, y, r = spots[at].points
        boxes.add((x - r, y - r, x + r, y + r), at)
    return names + place(((at, _candidates(spots[at], False)) for at in others), boxes, edges)


def _numbers(spots: dict[int, _Spot], ties: list[Tie], pane: Pane, labels: list[Name], kinds: Sequence[Category]) -> list[Name]:
    """The numbers of the kinds of those ties that stand out, each on its tie, as far as there is room."""
    boxes = Boxes(6 * LABEL)
    for at, spot in spots.items():
        x, y, r = spot.points
        boxes.add((x - r, y - r, x + r, y + r), at if spot.node.lit else None)
    for label in labels:
        boxes.add(label.box)

    def candidates(tie: Tie, words: str) -> Iterator[Name]:
        ends = [spots[end].points[:2] for end in (tie.source, tie.target)]
        wide, high = width(words, LABEL, 700) * WIDER / 2 + 1, 0.59 * LABEL
        for x, y in middles(*ends):
            yield Name((words,), (x - wide, y - high, x + wide, y + high), "ctr", True)

    numbered = [(tie, number(kinds, tie.category)) for tie in ties if tie.lit]
    offers = ((-1 - at, candidates(tie, words)) for at, (tie, words) in enumerate(numbered) if words)
    edges = (pane.left * 72, pane.top * 72, (pane.left + pane.wide) * 72, (pane.top + pane.high) * 72)
    return place(offers, boxes, edges)


def _hubs(spots: dict[int, _Spot], ties: list[Tie], pane: Pane) -> list[tuple[int, Name]]:
    """Name those that stand out with most partnerships in a column at the right of the pane, from above to below."""
    degree = Counter(end for tie in ties if tie.lit for end in (tie.source, tie.target))
    most = sorted((at for at in degree if spots[at].node.lit), key=lambda at: (-degree[at], spots[at].node.name))[:_HUBS]
    box = ((pane.left + pane.wide - _COLUMN + 0.35) * 72, pane.top * 72, (pane.left + pane.wide) * 72, pane.below * 72)
    return column([(at, spots[at].node.name, spots[at].points[:2]) for at in most], box)


def _leaders(hubs: list[tuple[int, Name]], spots: dict[int, _Spot], id: int) -> list[Any]:
    """The names of the column, and a thin line from each to its mark."""
    shapes: list[Any] = []
    for row, (at, name) in enumerate(hubs):
        spot, (left, top, _, bottom) = spots[at], name.box
        start = ((left - 5) * POINT, (top + bottom) / 2 * POINT)
        away = math.hypot(start[0] - spot.x, start[1] - spot.y) or 1.0
        stop = (spot.x + (start[0] - spot.x) * spot.r / away, spot.y + (start[1] - spot.y) * spot.r / away)
        label = _label(id + 2 * row + 1, name)
        shapes += [leader(id + 2 * row, start, stop), label]
    return shapes


def _candidates(spot: _Spot, own: bool) -> Iterator[Name]:
    """Right, left, below and above; in one line, or a longer name in two."""
    x, y, r = spot.points
    reach = r + (5 if own else 3)
    for lines in broken(printable(clean(spot.node.name), 56)):
        wide = max(width(line, LABEL, 700 if own else 500) for line in lines) * WIDER + 2
        for side, anchor in _SIDES.items():
            box = beside(side, x, y, wide, 1.18 * LABEL * len(lines), reach, reach)
            yield Name(lines, box, anchor, own)


def _label(id: int, name: Name) -> Any:
    left, top, right, bottom = (edge * POINT for edge in name.box)
    return words(
        id, name.lines, left, top, right - left, bottom - top, LABEL, name.own, name.anchor, ground=0 if name.bare else 0.72
    )


@lru_cache(maxsize=4)
def _png(scene: SlideMap, pane: Pane) -> bytes:
    """The same map in dots: 200 to the inch, drawn at twice that. Slides often share one."""
    spots = _spots(scene, pane)
    alone = sum(node.focus for node in scene.nodes) == 1
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
        ends = (at(spots[line.source]), at(spots[line.target]))
        ink = (*rgb(colour(line, scene.kinds)), shade)
        pen.line(ends, ink, max(1, round(wide * 400 / 72)))
        gaps = (spots[line.source].r * grain, spots[line.target].r * grain)
        for head in arrow_heads(line.way, *ends, gaps, 18 + wide * 6):
            pen.polygon(head, ink)
    for spot in spots.values():
        look, (x, y) = LOOKS[spot.node.kind], at(spot)
        r = spot.r * grain * (0.55 if len(spots) > 800 and not (spot.node.focus and alone) else 0.8)
        fill = (*rgb(look.colour), 255 if spot.node.lit else 70)
        if look.points:
            pen.polygon([(x + px * r, y + py * r) for px, py in look.points], fill)
        else:
            pen.ellipse([x - r, y - r, x + r, y + r], fill)
    buffer = io.BytesIO()
    sheet.resize((sheet.width // 2, sheet.height // 2), Image.Resampling.BOX).save(buffer, "PNG")
    return buffer.getvalue()
