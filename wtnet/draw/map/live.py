"""The message for the live map on the page, built through pyvis: partners with shape and size, ties with width and dashes.

Names are data and stay data: no HTML is made here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import networkx as nx

from wtnet.draw.categories import REST, Categories, Category
from wtnet.draw.map.picture import Picture, Tie, ties_of
from wtnet.draw.style import Voice, tie_width
from wtnet.palette import LOOKS, RAMP, strength_class

if TYPE_CHECKING:
    from pyvis.network import Network as PyvisNetwork

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


def to_pyvis(picture: Picture) -> PyvisNetwork:
    """The picture as a pyvis network at fixed positions, of which the message is made."""
    from pyvis.network import Network as PyvisNetwork  # loaded where it is needed: it takes its time

    network = PyvisNetwork()
    for node in picture.nodes:
        look = LOOKS.get(node.kind)
        network.add_node(
            node.id,
            label=node.name,
            shape="custom",
            color=look.colour if look else REST,
            group=node.kind,
            x=round(node.x),
            y=round(node.y),
            size=node.radius,
            category=node.category,
            members=node.members,
        )
    # pyvis adds ties one by one in quadratic time and drops a second tie of a pair: its list is filled directly
    network.edges = [_edge(tie, picture) for tie in picture.ties]
    network.options = OPTIONS
    return network


def box(spots: Iterable[tuple[float, float]], least: float = 0.0) -> list[list[float]]:
    """The range of x and y; at least so wide and high, so that a few partners are not drawn as giants."""
    xs, ys = zip(*spots, strict=True) if (spots := list(spots)) else ((0.0, 1.0), (0.0, 1.0))
    spans = [(min(each), max(each)) for each in (xs, ys)]
    room = [max(0.0, least - (high - low)) / 2 for low, high in spans]
    return [[round(low - more), round(high + more)] for (low, high), more in zip(spans, room, strict=True)]


def message(
    picture: Picture,
    *,
    legend: Categories | None = None,
    off: Collection[str] = (),
    film: Sequence[tuple[str, nx.Graph]] = (),
    panes: Sequence[tuple[Category, Sequence[str]]] = (),
    field: Collection[tuple[float, float]] = (),
    voice: Voice = "numbers",
    tie_legend: Categories | None = None,
) -> dict[str, Any]:
    """What the live map receives: short rows instead of named fields, since it is sent over the network.

    `kinds`: label, points, number shown, per kind in use · `cats`: id, label, colour on light and on dark, number of
    partners, whether shown (0/1), per category of `legend`, those in `off` switched off · `nodes`: id, name, kind (index),
    x, y, radius, category (index, null without), members (of a folded group, else null) · `edges`: source and target (index
    of the node), width, class of strength (null unknown), basis (its place in `style.BASES`), and where there is any: which way
    it goes (its place in `style.WAYS`), its category of `tie_legend` · `tints`: label, colours of each category of ties ·
    `voice`: how strength is told · `film`: name and edges per wave, to be played ·
    `hulls`: label, colours and nodes (indices) per group of `panes` · `field`: the `box` of the positions `field`, of the whole
    programme if what is shown is a part of it (the map is pulled to its shape), else of what is shown.
    """
    network = to_pyvis(picture)
    kinds = list(dict.fromkeys(node["group"] for node in network.nodes))
    kinds.sort(key=lambda kind: list(LOOKS).index(kind) if kind in LOOKS else len(LOOKS))
    number = Counter(node["group"] for node in network.nodes)
    places = {node["id"]: place for place, node in enumerate(network.nodes)}
    return {
        "options": network.options,
        "ramp": RAMP,
        "voice": voice,
        "kinds": [[LOOKS[kind].label if kind in LOOKS else "Group of partners", _points(kind), number[kind]] for kind in kinds],
        "tints": [[category.label, category.light, category.dark] for category in tie_legend.used] if tie_legend else [],
        "cats": _legend(legend, off) if legend else [],
        "nodes": [
            [n["id"], n["label"], kinds.index(n["group"]), n["x"], n["y"], n["size"], n["category"], n["members"]]
            for n in network.nodes
        ],
        "edges": [_row(edge, places) for edge in network.edges],
        "film": [
            [name, [_row(_edge(tie, picture), places) for tie in ties_of(graph, places, tie_legend)]] for name, graph in film
        ],
        "field": box(field or [(node["x"], node["y"]) for node in network.nodes]),
        "hulls": [[pane.label, pane.light, pane.dark, [places[id] for id in inside if id in places]] for pane, inside in panes],
    }


def _edge(tie: Tie, picture: Picture) -> dict[str, Any]:
    ends = {"from": picture.nodes[tie.source].id, "to": picture.nodes[tie.target].id}
    look = {"width": tie_width(tie.strength), "basis": tie.basis, "strength": tie.strength}
    return {**ends, **look, "way": tie.way, "category": tie.category}


def _row(edge: Mapping[str, Any], places: Mapping[str, int]) -> list[Any]:
    row = [places[edge["from"]], places[edge["to"]], edge["width"], strength_class(edge["strength"]), edge["basis"]]
    more = [edge["way"]] if edge["category"] is None else [edge["way"], edge["category"]]
    return row + more if any(more) or len(more) > 1 else row


def _points(kind: str) -> Sequence[tuple[float, float]]:
    return LOOKS[kind].points if kind in LOOKS else ()


def _legend(legend: Categories, off: Collection[str]) -> list[list[Any]]:
    return [
        [category.id, category.label, category.light, category.dark, number, int(category.id not in off)]
        for category, number in zip(legend.used, legend.counts(), strict=True)
    ]
