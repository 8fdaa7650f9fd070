"""The map as one plain value: partners with place, size and category, ties with strength; every medium draws from it.

Names are data and stay data: no markup is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from wtnet.draw.categories import Categories
from wtnet.draw.style import drawn_basis, drawn_strength, drawn_way
from wtnet.network import Network

SMALL, LARGE = 9.0, 24.0
"""Radius of a partner on the map, in the units of the layout, from the smallest to the largest value."""


@dataclass(frozen=True, slots=True)
class Node:
    """A partner, or a group folded into a bubble with so many `members`: where it stands (y downwards) and its radius in the
    units of the layout; `category` its place among the categories; `lit` whether it stands out, `focus` whether it is what
    the picture is about."""

    id: str
    name: str
    kind: str
    x: float
    y: float
    radius: float = SMALL
    category: int | None = None
    members: int | None = None
    lit: bool = True
    focus: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two nodes, by their places in the picture; `strength` it is drawn by (`style.drawn_strength`), None if
    unknown, `lit` whether it stands out, `basis` how it is drawn by what its strength rests on (its place in `style.BASES`),
    `way` which way it goes (its place in `style.WAYS`), `category` its place among the categories of ties."""

    source: int
    target: int
    strength: float | None
    lit: bool = True
    basis: int = 0
    way: int = 0
    category: int | None = None


@dataclass(frozen=True)
class Picture:
    """What is drawn: partners and ties, those in front last."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


def draw(
    network: Network,
    positions: Mapping[str, tuple[float, float]],
    sizes: Mapping[str, float | None] | None = None,
    *,
    size_range: tuple[float, float] | None = None,
    colours: Categories | None = None,
    tie_colours: Categories | None = None,
    graph: nx.Graph | None = None,
) -> Picture:
    """The picture of a network; a partner without a position is a KeyError.

    `sizes` holds a value per partner, drawn as area between the smallest and the largest circle (unknown: smallest; without
    `sizes` all are alike), on the scale `size_range` or else from the least to the greatest of them. `colours` gives each
    partner its category, `tie_colours` each tie (by `tie_id`). `graph` may stand in
    for the network's own: the same with groups folded into bubbles (`draw.map.fold`).
    """
    shown = network.graph if graph is None else graph
    radii = _radii(network.graph.nodes, sizes, size_range)
    nodes = tuple(
        Node(
            id,
            about["name"],
            about["kind"],
            *positions[id],
            radius=radii[id] if id in radii else round(16 + 5 * about["members"] ** 0.5, 1),
            category=colours.of.get(id) if colours else None,
            members=about.get("members"),
        )
        for id, about in shown.nodes(data=True)
    )
    return Picture(nodes, tuple(ties_of(shown, {node.id: place for place, node in enumerate(nodes)}, tie_colours)))


def tie_id(source: str, target: str) -> str:
    """What a tie is called in categories of ties, from whichever end."""
    return f"{min(source, target)}\n{max(source, target)}"


def ties_of(graph: nx.Graph, places: Mapping[str, int], colours: Categories | None = None) -> list[Tie]:
    """The ties of a graph between the partners that have a place in the picture."""
    categories = colours.of if colours else {}
    rest = len(colours.used) - 1 if colours else None
    return [
        Tie(
            places[source],
            places[target],
            drawn_strength(tie),
            basis=drawn_basis(tie),
            way=drawn_way(tie, source > target),
            category=categories.get(tie_id(source, target), rest) if colours else None,
        )
        for source, target, tie in graph.edges(data=True)
        if source in places and target in places
    ]


def _radii(
    partners: Iterable[str], sizes: Mapping[str, float | None] | None, size_range: tuple[float, float] | None
) -> dict[str, float]:
    known = {partner: value for partner, value in (sizes or {}).items() if value is not None}
    low, high = size_range or (min(known.values(), default=0.0), max(known.values(), default=0.0))
    if not known or high <= low:
        middle = SMALL if known and high == low == 0 else (SMALL + LARGE) / 2.4
        return dict.fromkeys(partners, round(middle, 1))
    share = {partner: (value - low) / (high - low) for partner, value in known.items()}
    return {partner: round(SMALL + (LARGE - SMALL) * share.get(partner, 0.0) ** 0.5, 1) for partner in partners}
