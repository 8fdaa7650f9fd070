"""The map as a pyvis network: partners with colour, shape and size, ties with width and dashes, at fixed positions.

Two outputs come from this one object: the message for the live map on the page (`message`), and a file that works
offline. Names are data and stay data: no HTML is made here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import networkx as nx
from pyvis.network import Network as PyvisNetwork

from wtnet.draw.categories import REST, Categories, Category
from wtnet.draw.style import tie_width
from wtnet.network import Network
from wtnet.palette import LOOKS, RAMP, strength_class

SMALL, LARGE = 9.0, 24.0
"""Radius of a partner on the map, in the units of the layout, from the smallest to the largest value."""

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0, "chosen": False},
    "nodes": {"chosen": False},
    "interaction": {
        "hover": True,
        "dragNodes": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "hideEdgesOnZoom": False,
        "zoomSpeed": 0.6,
        "keyboard": {"enabled": False, "bindToWindow": False},
    },
}
"""What vis-network is told: nothing moves by itself; hovering and selecting are drawn by the live map."""


def draw(
    network: Network,
    positions: Mapping[str, tuple[float, float]],
    sizes: Mapping[str, float | None] | None = None,
    *,
    colours: Categories | None = None,
    graph: nx.Graph | None = None,
) -> PyvisNetwork:
    """The network as a pyvis network.

    `positions` holds x and y per partner id; `sizes` a value per partner, drawn as area between the smallest and the
    largest circle (unknown: smallest; without `sizes` all are alike). A tie is wider the stronger it is; dashed where
    only one side rated it, or nobody did. `colours` gives each partner its category (by kind, if left out). `graph` may
    stand in for the network's own: the same with groups folded into bubbles (`draw.fold`).
    """
    picture = PyvisNetwork(directed=True)
    shown = network.graph if graph is None else graph
    radii = _radii(network.graph.nodes, sizes)
    for node, about in shown.nodes(data=True):
        x, y = positions[node]
        look = LOOKS.get(about["kind"])
        picture.add_node(
            node,
            label=about["name"],
            shape="custom",
            color=look.colour if look else REST,
            group=about["kind"],
            x=round(x),
            y=round(y),
            size=radii[node] if look else round(16 + 5 * about["members"] ** 0.5, 1),
            category=colours.of.get(node) if colours else None,
            members=about.get("members"),
        )
    # pyvis adds ties one by one in quadratic time and drops a second tie of a pair: its list is filled directly
    picture.edges = [_edge(source, target, tie) for source, target, tie in shown.edges(data=True)]
    picture.options = OPTIONS
    return picture


def _edge(source: str, target: str, tie: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "from": source,
        "to": target,
        "width": tie_width(tie["strength"]),
        "dashes": tie["basis"] != "both",
        "strength": tie["strength"],
    }


def _radii(partners: Any, sizes: Mapping[str, float | None] | None) -> dict[str, float]:
    known = {partner: value for partner, value in (sizes or {}).items() if value is not None}
    low, high = min(known.values(), default=0.0), max(known.values(), default=0.0)
    if not known or high <= low:
        middle = SMALL if known and high == low == 0 else (SMALL + LARGE) / 2.4
        return dict.fromkeys(partners, round(middle, 1))
    share = {partner: (value - low) / (high - low) for partner, value in known.items()}
    return {partner: round(SMALL + (LARGE - SMALL) * share.get(partner, 0.0) ** 0.5, 1) for partner in partners}


def box(spots: Iterable[tuple[float, float]], least: float = 0.0) -> list[list[float]]:
    """From the least to the greatest x and y; at least so wide and high, so that a few partners are not drawn as giants."""
    xs, ys = zip(*spots, strict=True) if (spots := list(spots)) else ((0.0, 1.0), (0.0, 1.0))
    spans = [(min(each), max(each)) for each in (xs, ys)]
    room = [max(0.0, least - (high - low)) / 2 for low, high in spans]
    return [[round(low - more), round(high + more)] for (low, high), more in zip(spans, room, strict=True)]


def message(
    picture: PyvisNetwork,
    *,
    legend: Categories | None = None,
    off: Collection[str] = (),
    film: Sequence[tuple[str, nx.Graph]] = (),
    panes: Sequence[tuple[Category, Sequence[str]]] = (),
    field: Collection[tuple[float, float]] = (),
) -> dict[str, Any]:
    """What the live map receives: short rows instead of named fields, since it is sent over the network.

    `kinds`: label, points, number shown, per kind in use · `cats`: id, label, colour on light and on dark, number of
    partners, whether shown (0/1), per category of `legend`, those in `off` switched off · `nodes`: id, name, kind (index),
    x, y, radius, category (index, null without), members (of a folded group, else null) · `edges`: source and target (index
    of the node), width, class of strength (null unknown), dashed (0/1) · `film`: name and edges per wave, to be played ·
    `hulls`: label, colours and nodes (indices) per group of `panes` · `field`: the `box` of the positions `field`, of the whole
    programme if what is shown is a part of it (the map is pulled to its shape), else of what is shown.
    """
    kinds = list(dict.fromkeys(node["group"] for node in picture.nodes))
    kinds.sort(key=lambda kind: list(LOOKS).index(kind) if kind in LOOKS else len(LOOKS))
    number = Counter(node["group"] for node in picture.nodes)
    at = {node["id"]: index for index, node in enumerate(picture.nodes)}
    return {
        "options": picture.options,
        "ramp": RAMP,
        "kinds": [[LOOKS[kind].label if kind in LOOKS else "Group of partners", _points(kind), number[kind]] for kind in kinds],
        "cats": _legend(legend, off) if legend else [],
        "nodes": [
            [n["id"], n["label"], kinds.index(n["group"]), n["x"], n["y"], n["size"], n["category"], n["members"]]
            for n in picture.nodes
        ],
        "edges": _rows(picture.edges, at),
        "film": [
            [name, _rows([_edge(*tie) for tie in graph.edges(data=True) if tie[0] in at and tie[1] in at], at)]
            for name, graph in film
        ],
        "field": box(field or [(node["x"], node["y"]) for node in picture.nodes]),
        "hulls": [[pane.label, pane.light, pane.dark, [at[p] for p in inside if p in at]] for pane, inside in panes],
    }


def _points(kind: str) -> Sequence[tuple[float, float]]:
    return LOOKS[kind].points if kind in LOOKS else ()


def _rows(edges: Sequence[Mapping[str, Any]], at: Mapping[str, int]) -> list[list[Any]]:
    return [[at[e["from"]], at[e["to"]], e["width"], strength_class(e["strength"]), int(e["dashes"])] for e in edges]


def _legend(legend: Categories, off: Collection[str]) -> list[list[Any]]:
    return [
        [category.id, category.label, category.light, category.dark, number, int(category.id not in off)]
        for category, number in zip(legend.found, legend.counts(), strict=True)
    ]
