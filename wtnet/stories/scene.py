"""What a slide shows of the network: who stands where, which ties stand out, and how close the map is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from wtnet.network import Network
from wtnet.sentences.format import count, listed
from wtnet.stories.model import View
from wtnet.tables.schema import KINDS

Box = tuple[float, float, float, float]
MARGIN = 60.0


@dataclass(frozen=True)
class Dot:
    """One partner: where it stands (y downwards), whether it stands out (`lit`) and whether the slide is about it (`focus`)."""

    id: str
    name: str
    kind: str
    x: float
    y: float
    lit: bool
    focus: bool


@dataclass(frozen=True)
class Line:
    """One tie between two dots (by their place in the list); `strength` None if unknown, `dashed` unless both sides rated."""

    source: int
    target: int
    strength: float | None
    dashed: bool
    lit: bool


@dataclass(frozen=True)
class Scene:
    """The map of a slide. `box` is what is in view: left, top, right, bottom; `alt` says it in words."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    box: Box
    alt: str


def scene(view: View, network: Network, positions: Mapping[str, tuple[float, float]], near: set[str], when: str) -> Scene:
    """The map of a view. `near` are the partners the map moves close to where the view asks for it."""
    graph = network.graph
    focus = [each for each in view.focus if each in graph]
    lines = _lines(graph, focus)
    lit = {each for line in lines if line.lit for each in (line.source, line.target)}
    dots = tuple(
        Dot(
            each,
            about["name"],
            about["kind"],
            *positions.get(each, (0.0, 0.0)),
            lit=not focus or at in lit or each in focus,
            focus=each in focus,
        )
        for at, (each, about) in enumerate(graph.nodes(data=True))
    )
    close = [dot for dot in dots if dot.id in near] if view.near else []
    return Scene(dots, tuple(lines), box(close or list(dots)), _alt(dots, lines, when))


def _lines(graph: nx.Graph, focus: list[str]) -> list[Line]:
    at = {each: number for number, each in enumerate(graph)}
    inside = set(focus)
    found = []
    for one, other, tie in graph.edges(data=True):
        ends = (one in inside) + (other in inside)
        lit = not focus or ends == 2 or (ends == 1 and len(focus) == 1)
        found.append(Line(at[one], at[other], tie["strength"], tie["basis"] != "both", lit))
    return sorted(found, key=lambda line: line.lit)


def box(dots: list[Dot]) -> Box:
    """The smallest box around some partners, with a margin; of nobody, one around the middle."""
    if not dots:
        return (-200.0, -150.0, 200.0, 150.0)
    xs, ys = [dot.x for dot in dots], [dot.y for dot in dots]
    return (min(xs) - MARGIN, min(ys) - MARGIN, max(xs) + MARGIN, max(ys) + MARGIN)


def _alt(dots: tuple[Dot, ...], lines: list[Line], when: str) -> str:
    """The map in words: how much there is, and who stands out with whom."""
    said = f"Map{' at ' + when if when else ' of documented ties'}: {count(len(dots), 'partner')}, {count(len(lines), 'tie')}."
    focus = [dot for dot in dots if dot.focus]
    lit = [line for line in lines if line.lit]
    if not focus:
        kinds = [f"{sum(dot.kind == kind for dot in dots)} {label.lower()}" for kind, label in KINDS.items()]
        kinds = [each for each in kinds if not each.startswith("0 ")]
        return f"{said} By kind: {listed(kinds, 12)}." if kinds else said
    if len(focus) > 1:
        return f"{said} {count(len(focus), 'partner')} stand out, with {count(len(lit), 'tie')} among them."
    name = focus[0].name
    others = [dots[end].name for line in lit for end in (line.source, line.target) if not dots[end].focus]
    if not others:
        return f"{said} {name} stands out; it has no tie here."
    return f"{said} {name} stands out with {count(len(others), 'tie')}: to {listed(others, 12)}."
