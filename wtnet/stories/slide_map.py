"""What a slide shows of the network: who stands where, which ties stand out, and how close the map is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx

from wtnet.draw.categories import Categories, Category
from wtnet.draw.labels import Box
from wtnet.draw.map.picture import Node, Picture, Tie, ties_of
from wtnet.draw.tie_kinds import key
from wtnet.network import Network
from wtnet.sentences.format import count, cut, listed
from wtnet.stories.model import SlideView
from wtnet.tables.schema import KINDS

MARGIN = 60.0


@dataclass(frozen=True)
class SlideMap(Picture):
    """The map of a slide. `box` is what is in view: left, top, right, bottom; `alt` says it in words; `kinds` are those of the
    categories of its ties, where they are coloured by kind."""

    box: Box
    alt: str
    kinds: tuple[Category, ...] = ()


def slide_map(
    view: SlideView,
    network: Network,
    positions: Mapping[str, tuple[float, float]],
    near: set[str],
    when: str,
    kinds: Categories | None = None,
) -> SlideMap:
    """The map of a view. `near` are the partners the map moves close to where the view asks for it (of a circle it shows no
    others); `kinds` the kind of each tie where ties are coloured by it."""
    graph = network.graph
    if view.circle:
        graph = graph.copy()
        graph.remove_nodes_from([partner for partner in network.graph if partner not in near])
    focus = {partner for partner in view.focus if partner in graph}
    ties = _ties(graph, focus, kinds)
    lit = {end for tie in ties if tie.lit for end in (tie.source, tie.target)}
    nodes = tuple(
        Node(
            partner,
            about["name"],
            about["kind"],
            *positions.get(partner, (0.0, 0.0)),
            lit=not focus or place in lit or partner in focus,
            focus=partner in focus,
        )
        for place, (partner, about) in enumerate(graph.nodes(data=True))
    )
    close = [node for node in nodes if node.id in near] if view.near else []
    used = kinds.used if kinds else ()
    return SlideMap(nodes, ties, box(close or nodes), _alt(nodes, ties, when) + _kinds_alt(ties, used), used)


def _ties(graph: nx.Graph, focus: set[str], kinds: Categories | None) -> tuple[Tie, ...]:
    """The ties, those that stand out last: of one partner in focus its own, of several those among them, of none all."""
    partners = list(graph)
    ties = []
    for tie in ties_of(graph, {partner: place for place, partner in enumerate(partners)}, kinds):
        ends = (partners[tie.source] in focus) + (partners[tie.target] in focus)
        ties.append(replace(tie, lit=not focus or ends == 2 or (ends == 1 and len(focus) == 1)))
    return tuple(sorted(ties, key=lambda tie: tie.lit))


def _kinds_alt(ties: Sequence[Tie], kinds: Sequence[Category]) -> str:
    """How many of the ties that stand out are of each kind."""
    counts = [f"{cut(kind.label, 40)} {many}" for _, kind, many in key((tie for tie in ties if tie.lit), kinds)]
    return f" By kind of partnership: {listed(counts, 12)}." if kinds and counts else ""


def box(nodes: Sequence[Node]) -> Box:
    """The smallest box around some partners, with a margin; of nobody, one around the middle."""
    if not nodes:
        return (-200.0, -150.0, 200.0, 150.0)
    xs, ys = [node.x for node in nodes], [node.y for node in nodes]
    return (min(xs) - MARGIN, min(ys) - MARGIN, max(xs) + MARGIN, max(ys) + MARGIN)


def _alt(nodes: Sequence[Node], ties: Sequence[Tie], when: str) -> str:
    """The map in words: how much there is, and who stands out with whom."""
    of = f" at {when}" if when else " of documented partnerships"
    text = f"Map{of}: {count(len(nodes), 'partner')}, {count(len(ties), 'partnership')}."
    focus = [node for node in nodes if node.focus]
    lit = [tie for tie in ties if tie.lit]
    if not focus:
        number = Counter(node.kind for node in nodes)
        kinds = [f"{number[kind]} {label.lower()}" for kind, label in KINDS.items() if number[kind]]
        return f"{text} By kind: {listed(kinds, 12)}." if kinds else text
    if len(focus) > 1:
        return f"{text} {count(len(focus), 'partner')} stand out, with {count(len(lit), 'partnership')} among them."
    name = focus[0].name
    others = [nodes[end].name for tie in lit for end in (tie.source, tie.target) if not nodes[end].focus]
    if not others:
        return f"{text} {name} stands out; it has no known partnership here."
    return f"{text} {name} stands out with {count(len(others), 'partnership')}: to {listed(others, 12)}."
