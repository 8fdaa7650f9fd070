"""Where the partners are on paper: the outline that comes with the program, partnerships between places, partners by kind."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import networkx as nx
import polars as pl

from wtnet.draw.places import ground
from wtnet.draw.places.figure import called
from wtnet.draw.places.ground import Ground, Mark
from wtnet.draw.print.drawing import (
    SOFT,
    Drawing,
    Shape,
    Sheet,
    Size,
    begin,
    circle,
    line,
    mark,
    n,
    nothing,
    text_width,
)
from wtnet.draw.print.labels import Disc, place, write_all
from wtnet.draw.print.shown import Shown, wave_name
from wtnet.draw.style import QUIET
from wtnet.measures import absence
from wtnet.measures.disclosure import everything
from wtnet.measures.distance import distances, lengths_withheld
from wtnet.palette import LOOKS
from wtnet.places import located
from wtnet.sentences import places as sentences
from wtnet.sentences.format import count

_LAND, _COAST, _TIE = "#EEF0F4", "#A9B1C0", "#6B7A90"
_WIDER = "line: partnerships between two places, wider with more"
_CREDIT = "Outline: Natural Earth. Towns: © GeoNames, CC BY 4.0. Postcodes: Code-Point Open, OGL v3."
Spot = tuple[float, float]


def _ground(shown: Shown) -> Ground:
    return ground.ground(located(shown.tables).filter(pl.col("id").is_in(list(shown.network.graph))))


def sentence(shown: Shown) -> str:
    """How many partners are on the map, in how many places, and how far their partnerships reach."""
    network, land = shown.network, _ground(shown).partners
    partners = len(network.graph)
    if not partners:
        return ""
    placed = set(land["id"])
    hidden = sum(partner in network.tables.lead_ids and partner not in placed for partner in network.graph)
    kilometres = distances(everything(network))["km"].to_list()
    where = land["place"].drop_nulls().n_unique()
    return sentences.headline(land.height, partners, where, kilometres, hidden, absence.ties(network), lengths_withheld(network))


def places(shown: Shown, size: Size, name: str, source: str) -> Drawing:
    """The map of places: every partner in the shape of its kind, lines between places, the names of the largest first."""
    network, land = shown.network, _ground(shown)
    sheet = begin(size, f"Where the partners are: {name}", wave_name(network), f"{source} · {_CREDIT}")
    if not land.partners.filter(~pl.col("far")).height:
        return nothing(sheet, sentence(shown) or "No partner is in view.")
    marks = ground.marks(land, land.frame)
    _key(sheet, network.graph, [partner for each in marks for partner in each.ids])
    project = _Projection(sheet, land, marks)
    if land.outline:
        _coast(sheet, project)
    _ties(sheet, network.graph, marks, project)
    at = {partner: project(spot) for each in marks for partner, spot in ground.spread(each, land.frame).items()}
    r = max(0.32 * sheet.size.text, 0.42 * ground.MARK * land.frame.span * project.scale)
    for each in marks:
        if each.bubble:
            x, y = project((each.x, each.y))
            sheet.shapes.append(Shape(circle(x, y, 1.1 * sheet.size.text), "#566178", says=called(each)))
            sheet.say(x, y + 0.35 * sheet.size.text, f"{len(each.ids)}", weight=700, anchor="middle", colour="#FFFFFF")
        for partner in () if each.bubble else each.ids:
            about = network.graph.nodes[partner]
            sheet.shapes.append(
                mark(about["kind"], *at[partner], r, says=f"{about['name']}, {LOOKS[about['kind']].label.lower()}")
            )
    note = _names(sheet, marks, project, r)
    far = land.partners.filter("far").height
    largest = ", ".join(f"{called(each)} {len(each.ids)}" for each in marks[:12])
    rest = f" and {count(len(marks) - 12, 'smaller place')}" if len(marks) > 12 else ""
    beyond = f" {count(far, 'partner')} farther away {'is' if far == 1 else 'are'} not drawn." if far else ""
    return sheet.done(f"Map of where partners are, by place: {largest}{rest}.{beyond}", note)


class _Projection:
    """From km east and north of the middle to points on the sheet: all marks fill the box, alike in both directions."""

    def __init__(self, sheet: Sheet, land: Ground, marks: Sequence[Mark]) -> None:
        left, top, right, bottom = self.box = sheet.box
        em = sheet.size.text
        room = 0.06 * land.frame.span
        xs = [each.x + way * max(each.radius, room) for each in marks for way in (-1, 1)]
        ys = [each.y + way * max(each.radius, room) for each in marks for way in (-1, 1)]
        self.wide, self.high = right - left, bottom - top
        across, up = max(max(xs) - min(xs), ground.LEAST), max(max(ys) - min(ys), ground.LEAST)
        self.scale = min((self.wide - 16 * em) / across, (self.high - 1.5 * em) / up)
        self.middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2

    def __call__(self, spot: Spot) -> Spot:
        """The place of a spot on the sheet."""
        return (
            (self.box[0] + self.box[2]) / 2 + (spot[0] - self.middle[0]) * self.scale,
            (self.box[1] + self.box[3]) / 2 - (spot[1] - self.middle[1]) * self.scale,
        )


def _coast(sheet: Sheet, project: _Projection) -> None:
    """Land as far as it is in view, ring by ring."""
    ring: list[Spot] = []
    for x, y in zip(*(axis.tolist() for axis in ground.outline()), strict=True):
        if not math.isnan(x):
            spot = project((x, y))
            if not ring or math.dist(spot, ring[-1]) > 0.35:
                ring.append(spot)
            continue
        _land(sheet, ring)
        ring = []
    _land(sheet, ring)


def _land(sheet: Sheet, ring: Sequence[Spot]) -> None:
    inside = _clipped(list(ring), sheet.box)
    if len(inside) > 2:
        path = "M" + "L".join(f"{n(x)} {n(y)}" for x, y in inside) + "z"
        sheet.shapes.append(Shape(path, _LAND))
    for run in _runs(ring, sheet.box):
        sheet.shapes.append(Shape("M" + "L".join(f"{n(x)} {n(y)}" for x, y in run), line=_COAST, wide=0.5))


def _clipped(ring: list[Spot], box: tuple[float, float, float, float]) -> list[Spot]:
    """A ring cut at the edges of a box (Sutherland and Hodgman 1974)."""
    for axis, edge, least in ((0, box[0], True), (1, box[1], True), (0, box[2], False), (1, box[3], False)):
        kept: list[Spot] = []
        for start, end in zip([ring[-1], *ring[:-1]] if ring else [], ring, strict=True):
            inside = [point[axis] >= edge if least else point[axis] <= edge for point in (start, end)]
            if inside[0] != inside[1]:
                share = (edge - start[axis]) / (end[axis] - start[axis])
                kept.append((start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share))
            if inside[1]:
                kept.append(end)
        ring = kept
    return ring


def _runs(ring: Sequence[Spot], box: tuple[float, float, float, float]) -> Iterator[list[Spot]]:
    """The parts of a coast whose points are inside a box."""
    run: list[Spot] = []
    for x, y in [*ring, *ring[:1]]:
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            run.append((x, y))
            continue
        if len(run) > 1:
            yield run
        run = []
    if len(run) > 1:
        yield run


def _ties(sheet: Sheet, graph: nx.Graph, marks: Sequence[Mark], project: _Projection) -> None:
    home = {partner: number for number, each in enumerate(marks) for partner in each.ids}
    between = Counter(
        (min(home[a], home[b]), max(home[a], home[b])) for a, b in graph.edges if a in home and b in home and home[a] != home[b]
    )
    for (a, b), number in sorted(between.items(), key=lambda each: each[1]):
        ends = line(*project((marks[a].x, marks[a].y)), *project((marks[b].x, marks[b].y)))
        wide = sheet.size.text * (0.1 if number < 3 else 0.2 if number < 10 else 0.36)
        sheet.shapes.append(Shape(ends, line=_TIE, wide=wide, opacity=0.45))


def _key(sheet: Sheet, graph: nx.Graph, shown: Sequence[str]) -> None:
    """Kinds with how many of them are on the map, and what a line is, at the foot of the box, which shrinks by it."""
    em = sheet.size.text
    left, top, right, bottom = sheet.box
    number = Counter(graph.nodes[partner]["kind"] for partner in shown)
    entries = [(kind, f"{LOOKS[kind].label} {number[kind]:,}") for kind in LOOKS if number[kind]] + [("", _WIDER)]
    rows: list[list[tuple[str, str, float]]] = [[]]
    x = left
    for kind, words in entries:
        wide = 3.4 * em + text_width(words, em)
        if rows[-1] and x + wide - 1.8 * em > right:
            rows.append([])
            x = left
        rows[-1].append((kind, words, x))
        x += wide
    y = bottom - (len(rows) - 1) * 1.7 * em
    sheet.box = (left, top, right, y - 2.2 * em)
    sheet.shapes.append(Shape(line(left, y - 1.5 * em, right, y - 1.5 * em), line=QUIET["light"], wide=0.06 * em))
    for row in rows:
        for kind, words, x in row:
            if kind:
                sheet.shapes.append(mark(kind, x + 0.55 * em, y - 0.33 * em, 0.55 * em))
                sheet.say(x + 1.5 * em, y, words)
            else:
                sheet.say(x, y, words, colour=SOFT)
        y += 1.7 * em


def _names(sheet: Sheet, marks: Sequence[Mark], project: _Projection, r: float) -> str:
    """The names of places, the largest first, as far as there is room; what is left out in words."""
    em = sheet.size.text
    named = [each for each in marks if each.label is not None]
    discs = [Disc(*project((each.x, each.y)), max(each.radius * project.scale, r), called(each)) for each in named]
    labels = place(discs, range(len(discs)), sheet.box, em, sheet.size.least)
    write_all(sheet, labels, _TIE, 0.7)
    missing = len(named) - len(labels)
    if not missing:
        return ""
    return sheet.remark(f"{len(labels):,} of {count(len(named), 'place')} named, the largest first; all are in the tables.", 0.0)
