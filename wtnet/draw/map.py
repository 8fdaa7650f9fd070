"""The map as a pyvis network: partners with colour, shape and size, ties with width and dashes, at fixed positions.

Two outputs come from this one object: the message for the live map on the page (`message`), and a file that works
offline. Names are data and stay data: no HTML is made here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyvis.network import Network as PyvisNetwork

from wtnet.draw.palette import LOOKS, RAMP, strength_class
from wtnet.network import Network

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
) -> PyvisNetwork:
    """The network as a pyvis network.

    `positions` holds x and y per partner id; `sizes` a value per partner, drawn as area between the smallest and the
    largest circle (unknown: smallest; without `sizes` all are alike). A tie is wider the stronger it is; dashed where
    only one side rated it, or nobody did.
    """
    picture = PyvisNetwork(directed=True)
    radii = _radii(network.graph.nodes, sizes)
    for partner, about in network.graph.nodes(data=True):
        x, y = positions[partner]
        look = LOOKS[about["kind"]]
        picture.add_node(
            partner,
            label=about["name"],
            shape="custom",
            color=look.colour,
            group=about["kind"],
            x=round(x),
            y=round(y),
            size=radii[partner],
        )
    # pyvis adds ties one by one in quadratic time and drops a second tie of a pair: its list is filled directly
    picture.edges = [
        {
            "from": source,
            "to": target,
            "width": tie_width(tie["strength"]),
            "dashes": tie["basis"] != "both",
            "strength": tie["strength"],
        }
        for source, target, tie in network.graph.edges(data=True)
    ]
    picture.options = OPTIONS
    return picture


def tie_width(strength: float | None) -> float:
    """Width of a tie in layout units: 1.2 where the strength is unknown or 0, up to 8."""
    return round(1.2 + 6.8 * (strength or 0.0) ** 1.5, 1)


def _radii(partners: Any, sizes: Mapping[str, float | None] | None) -> dict[str, float]:
    known = {partner: value for partner, value in (sizes or {}).items() if value is not None}
    low, high = min(known.values(), default=0.0), max(known.values(), default=0.0)
    if not known or high <= low:
        middle = SMALL if known and high == low == 0 else (SMALL + LARGE) / 2.4
        return dict.fromkeys(partners, round(middle, 1))
    share = {partner: (value - low) / (high - low) for partner, value in known.items()}
    return {partner: round(SMALL + (LARGE - SMALL) * share.get(partner, 0.0) ** 0.5, 1) for partner in partners}


def message(picture: PyvisNetwork) -> dict[str, Any]:
    """What the live map receives: short rows instead of named fields, since it is sent over the network.

    `kinds`: label, colour, points per kind in use · `nodes`: id, name, kind (index), x, y, radius · `edges`: source and
    target (index of the node), width, class of strength (null unknown), dashed (0/1).
    """
    kinds = list(dict.fromkeys(node["group"] for node in picture.nodes))
    kinds.sort(key=list(LOOKS).index)
    at = {node["id"]: index for index, node in enumerate(picture.nodes)}
    return {
        "options": picture.options,
        "ramp": RAMP,
        "kinds": [[LOOKS[kind].label, LOOKS[kind].colour, LOOKS[kind].points] for kind in kinds],
        "nodes": [[n["id"], n["label"], kinds.index(n["group"]), n["x"], n["y"], n["size"]] for n in picture.nodes],
        "edges": [
            [at[e["from"]], at[e["to"]], e["width"], strength_class(e["strength"]), int(e["dashes"])] for e in picture.edges
        ],
    }
