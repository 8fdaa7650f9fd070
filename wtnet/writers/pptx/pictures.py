"""Pictures of one message: a circle of partners, the way of each outcome, the four sectors, one big number; native shapes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtnet.draw import tie_kinds
from wtnet.draw.categories import Category
from wtnet.draw.map.picture import Node
from wtnet.draw.style import tie_colour, tie_width
from wtnet.layout.ego import around as turns
from wtnet.palette import LOOKS
from wtnet.stories.chart import MARKS, SideChart
from wtnet.stories.slide_map import SlideMap
from wtnet.tables.rounding import fixed
from wtnet.tables.schema import CORE_KINDS
from wtnet.tables.text import clean
from wtnet.writers.pptx.pane import Pane
from wtnet.writers.pptx.template import BLUE, BODY, INK, PALE, TITLE
from wtnet.writers.pptx.type import LINE, lines, wide
from wtnet.writers.pptx.xml import INCH, connector, glyph, group, words

_ROW = BODY * LINE / 72
"""The height of a line of text, in inches."""
_MARK = 0.15
_ROOM = 0.45
"""The height of a row between two circles, in inches."""


MARKED = "   ".join(f"{sign} {words}" for sign, (_, words) in zip("○●▏", MARKS, strict=True))
"""What the marks of `ways` stand for."""


class _Ids:
    """Ids of shapes, one after another."""

    def __init__(self, first: int) -> None:
        self.next = first

    def take(self) -> int:
        self.next += 1
        return self.next


def _text(
    id: int, rows: Sequence[str], x: float, y: float, room: float, size: float = BODY, bold: bool = False, anchor: str = "l"
) -> Any:
    """Lines from x, y (inches) in so much room."""
    return words(id, rows, x * INCH, y * INCH, room * INCH, size * LINE / 72 * len(rows) * INCH, size, bold, anchor, INK)


def _group(first: int, name: str, says: str, pane: Pane, inside: list[Any]) -> Any:
    """A picture as one group in its pane, with its alternative text."""
    return group(first, name, says, pane.left * INCH, pane.top * INCH, pane.wide * INCH, pane.high * INCH, inside)


def members(*scenes: SlideMap) -> list[Node]:
    """Who stands on the circle in any of some maps: those that stand out, but a single one in the middle; by kind and name."""
    there: dict[str, Node] = {}
    for scene in scenes:
        alone = sum(node.focus for node in scene.nodes) == 1
        there |= {node.id: node for node in scene.nodes if node.lit and not (alone and node.focus)}
    order = list(LOOKS)
    return sorted(there.values(), key=lambda node: (order.index(node.kind), node.name))


def circle(scene: SlideMap, around: Sequence[Node], pane: Pane, first: int) -> Any:
    """Partners on a circle by kind; `around` are all that have a place on it (`members`), so that two circles can be compared."""
    ids, inside = _Ids(first), []
    places = _round(around, pane)
    spots = {at: places[node.id] for at, node in enumerate(scene.nodes) if node.id in places and node.lit}
    alone = _alone(scene)
    spots |= dict.fromkeys(alone, (pane.left + pane.wide / 2, pane.top + pane.high / 2))
    ties = [tie for tie in scene.ties if tie.lit and tie.source in spots and tie.target in spots]
    linked = {end for tie in ties for end in (tie.source, tie.target)} | set(alone)
    own = {at: ids.take() for at in spots if at in linked}
    for tie in ties:
        ends = [(spots[end][0] * INCH, spots[end][1] * INCH) for end in (tie.source, tie.target)]
        name = clean(f"{scene.nodes[tie.source].name} – {scene.nodes[tie.target].name}")
        glued, colour = (own[tie.source], own[tie.target]), tie_colour(tie.strength)
        inside.append(connector(ids.take(), name, glued, ends[0], ends[1], colour, tie_width(tie.strength, "slide"), tie.basis))
    for at, id in own.items():
        node, (x, y) = scene.nodes[at], spots[at]
        look, r = LOOKS[node.kind], _MARK * (1.7 if at in alone else 1.0)
        ring, says = "#14181F" if at in alone else None, clean(f"{node.name}: {look.label.lower()}")
        inside.append(glyph(id, clean(node.name), says, look.points, x * INCH, y * INCH, r * INCH, look.colour, 1, ring))
    return _group(first, "Circle", clean(scene.alt), pane, inside)


def _alone(scene: SlideMap) -> list[int]:
    """The place of the only partner in focus; of several, none."""
    focus = [at for at, node in enumerate(scene.nodes) if node.focus]
    return focus if len(focus) == 1 else []


def _round(around: Sequence[Node], pane: Pane) -> dict[str, tuple[float, float]]:
    """Where each stands, as in every picture of one partner: clockwise from above, with a gap between kinds."""
    radius = max(0.5, min(pane.high, pane.wide) / 2 - 1.6 * _MARK)
    places = {}
    for node, angle in zip(around, turns([node.kind for node in around]), strict=True):
        places[node.id] = (
            pane.left + pane.wide / 2 + radius * math.cos(angle),
            pane.top + pane.high / 2 + radius * math.sin(angle),
        )
    return places


def then_and_now(start: SlideMap, now: SlideMap, pane: Pane, first: int) -> Any:
    """Between two circles: the kinds there are on either, with their marks and how many there were and are; the rest together."""
    counts = [_by_kind(scene) for scene in (start, now)]
    kinds = [kind for kind in LOOKS if any(count[kind] for count in counts)]
    most = max(2, int(pane.high / _ROOM))
    shown = kinds if len(kinds) <= most else kinds[: most - 1]
    ids, inside = _Ids(first), []
    top = pane.top + (pane.high - _ROOM * min(len(kinds), most)) / 2
    rows = [(kind, f"{counts[0][kind]:,} → {named(kind, counts[1][kind])}") for kind in shown]
    rest = [sum(count[kind] for kind in kinds[len(shown) :]) for count in counts]
    for at, (kind, label) in enumerate([*rows, ("", f"{rest[0]:,} → {rest[1]:,} others")] if any(rest) else rows):
        y = top + _ROOM * at
        if kind:
            look, spot = LOOKS[kind], ((pane.left + 0.14) * INCH, (y + 0.17) * INCH, 0.13 * INCH)
            inside.append(glyph(ids.take(), look.label, "", look.points, *spot, look.colour))
        inside.append(_text(ids.take(), [_one(label, pane.wide - 0.42)], pane.left + 0.42, y, pane.wide - 0.42))
    alt = "; ".join(f"{counts[0][kind]:,} → {named(kind, counts[1][kind])}" for kind in kinds)
    return _group(first, "Kinds then and now", alt, pane, inside)


def _by_kind(scene: SlideMap) -> Counter[str]:
    """How many of each kind a circle shows around its middle."""
    alone = _alone(scene)
    linked = {end for tie in scene.ties if tie.lit for end in (tie.source, tie.target)}
    return Counter(scene.nodes[at].kind for at in linked if at not in alone and scene.nodes[at].lit)


_PLURALS = {"education": "education", "other": "others"}


def named(kind: str, number: int) -> str:
    """A number of partners of a kind: "5 museums", "2 local authorities"."""
    noun = LOOKS[kind].label.partition(" or ")[0].lower()
    several = _PLURALS.get(noun, f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s")
    return f"{number:,} {noun if number == 1 else several}"


def ways(chart: SideChart, pane: Pane, first: int) -> Any:
    """A row an outcome: its name and figures in words, and the way from where it began (hollow) to now (full)."""
    ids, inside = _Ids(first), []
    high = min(1.15, pane.high / len(chart.categories))
    room = pane.wide * 0.62
    start, end = pane.left + pane.wide * 0.66, pane.left + pane.wide - 0.2
    for at, (name, figures, places) in enumerate(zip(chart.categories, chart.row_words, chart.places, strict=True)):
        top = pane.top + high * at
        rows = [_one(clean(name), room), _one(clean(figures), room)]
        inside.append(_text(ids.take(), rows[:1], pane.left, top, room, bold=True))
        inside.append(_text(ids.take(), rows[1:], pane.left, top + _ROW, room))
        x = [start + (end - start) * place for place in places]
        y = top + _ROW
        ends = (ids.take(), ids.take())
        inside.append(connector(ids.take(), "Way", ends, (x[0] * INCH, y * INCH), (x[1] * INCH, y * INCH), f"#{BLUE}", 3, 0))
        bar = ((-0.18, -1.6), (0.18, -1.6), (0.18, 1.6), (-0.18, 1.6))
        inside.append(glyph(ids.take(), "Target", "Target", bar, x[2] * INCH, y * INCH, 0.14 * INCH, f"#{PALE}"))
        inside.append(
            glyph(ends[0], "At the start", "At the start", (), x[0] * INCH, y * INCH, 0.11 * INCH, "#FFFFFF", 1, f"#{BLUE}")
        )
        inside.append(glyph(ends[1], "Now", "Now", (), x[1] * INCH, y * INCH, 0.14 * INCH, f"#{BLUE}"))
    return _group(first, "Outcomes", clean(chart.alt), pane, inside)


def _one(text: str, room: float) -> str:
    """A text in one line, cut where it has to be; what stands last (the state) is kept."""
    if wide(text) <= room:
        return text
    head, mark, tail = text.rpartition("; target")
    head, tail = (head, mark + tail) if mark else (text, "")
    while head and wide(f"{head}…{tail}") > room:
        head = head[:-1]
    return f"{head.rstrip()}…{tail}"


def sectors(chart: SideChart, pane: Pane, first: int) -> Any:
    """The four sectors, a square each: with its number where it is reached, hollow where it is not."""
    ids, inside = _Ids(first), []
    side = min((pane.wide - 0.3) / 2, (pane.high - 0.3) / 2, 2.3)
    longest = max(wide(word) for label in CORE_KINDS.values() for word in label.partition(" or ")[0].split())
    r = max(0.25, min(0.7, (pane.wide / 2 - 0.45 - longest) / 2))  # in a narrow template the words need the room
    for at, (kind, label) in enumerate(CORE_KINDS.items()):
        value, word = chart.series[0][1][at], chart.row_words[at]
        x, y = pane.left + (pane.wide / 2) * (at % 2), pane.top + (side + 0.3) * (at // 2)
        look = LOOKS[kind]
        full = bool(value) or word == "ourselves"
        fill = (look.colour, 1, None) if full else ("#FFFFFF", 1, look.colour)
        spot = ((x + r) * INCH, (y + r) * INCH, r * INCH)
        inside.append(glyph(ids.take(), label, f"{label}: {word or chart.shown(value)}", look.points, *spot, *fill))
        room = pane.wide / 2 - 2 * r - 0.4
        number = word or fixed(value or 0)
        rows = lines(number, room, TITLE) if not word else lines(number, room)
        size = BODY if word else TITLE
        inside.append(_text(ids.take(), rows, x + 2 * r + 0.2, y, room, size, True))
        inside.append(
            _text(ids.take(), lines(label.partition(" or ")[0], room), x + 2 * r + 0.2, y + size * LINE / 72 * len(rows), room)
        )
    return _group(first, "Sectors", clean(chart.alt), pane, inside)


def _kinds_of_ties(scene: SlideMap) -> list[tuple[str, Category, int]]:
    return tie_kinds.key((tie for tie in scene.ties if tie.lit), scene.kinds) if scene.kinds else []


def tie_key_height(scene: SlideMap) -> float:
    """How high the key of ties by kind is, in inches; 0 where they are not coloured by it."""
    return 0.4 * len(_kinds_of_ties(scene))


def tie_key(scene: SlideMap, pane: Pane, first: int) -> Any:
    """The kinds of those ties that stand out: colour, number and name, and how many ties are of it."""
    kinds = _kinds_of_ties(scene)
    ids, inside = _Ids(first), []
    bar = ((-1.6, -0.25), (1.6, -0.25), (1.6, 0.25), (-1.6, 0.25))
    for at, (number, kind, many) in enumerate(kinds):
        y = pane.top + 0.4 * at
        inside.append(glyph(ids.take(), "Kind", "", bar, (pane.left + 0.2) * INCH, (y + 0.17) * INCH, 0.12 * INCH, kind.light))
        words = _one(clean(f"{number} {kind.label}".strip()), pane.wide - 0.55 - wide(f": {many:,}")) + f": {many:,}"
        inside.append(_text(ids.take(), [words], pane.left + 0.55, y, pane.wide - 0.55))
    alt = "; ".join(f"{kind.label}: {many:,}" for _, kind, many in kinds)
    return _group(first, "Kinds of partnership", clean(alt), replace(pane, high=tie_key_height(scene)), inside)


def key(scene: SlideMap, pane: Pane, first: int) -> Any | None:
    """How many partners there are of each kind that stands out, with its mark, as far as there is room; the rest together."""
    lit = [node.kind for node in scene.nodes if node.lit]
    kinds = [kind for kind in LOOKS if kind in lit]
    most = int(pane.high / 0.4)
    if not kinds or most < 2:
        return None
    shown = kinds if len(kinds) <= most else kinds[: most - 1]
    ids, inside = _Ids(first), []
    for at, kind in enumerate(shown):
        y, look = pane.top + 0.4 * at, LOOKS[kind]
        inside.append(
            glyph(ids.take(), look.label, "", look.points, (pane.left + 0.14) * INCH, (y + 0.17) * INCH, 0.13 * INCH, look.colour)
        )
        inside.append(_text(ids.take(), [named(kind, lit.count(kind))], pane.left + 0.42, y, pane.wide - 0.42))
    rest = sum(lit.count(kind) for kind in kinds[len(shown) :])
    if rest:
        inside.append(_text(ids.take(), [f"{rest:,} others"], pane.left + 0.42, pane.top + 0.4 * len(shown), pane.wide - 0.42))
    alt = "; ".join(named(kind, lit.count(kind)) for kind in kinds)
    return _group(first, "Kinds", alt, pane, inside)
