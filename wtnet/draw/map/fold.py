"""The quotient map: each group of partners as one bubble, its ties to other groups taken together."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import networkx as nx

from wtnet.draw.categories import Categories
from wtnet.strength import mean_known

GROUP = "group"
"""The kind of a bubble; its id begins with the same word, so that it can never be taken for a partner's."""


def bubble(category: str) -> str:
    """The id of a group's bubble."""
    return f"\x1f{GROUP}:{category}"


def fold(graph: nx.Graph, groups: Categories, opened: Collection[str], kept_back: bool = False) -> nx.Graph:
    """The graph with every group that is not opened drawn as one node.

    Nodes: partners of opened groups as they are, and a bubble per folded group with `name`, `kind` ("group"),
    `members` (how many). Edges between bubbles carry `strength` (mean of the known ones, None if none is) and `basis`
    ("both" if any is; "withheld" where the strengths are `kept_back`, that of a tie between two opened partners aside).
    """
    home = {
        partner: partner if groups.used[groups.of[partner]].id in opened else bubble(groups.used[groups.of[partner]].id)
        for partner in graph
    }
    folded = nx.Graph()
    for partner, node in home.items():
        if node == partner:
            folded.add_node(node, **graph.nodes[partner])
        elif node in folded:
            folded.nodes[node]["members"] += 1
        else:
            folded.add_node(node, name=groups.used[groups.of[partner]].label, kind=GROUP, place=None, members=1)
    for one, other, tie in graph.edges(data=True):
        a, b = home[one], home[other]
        if a == b:
            continue
        if not folded.has_edge(a, b):
            folded.add_edge(a, b, strengths=[], basis="none")
        if kept_back:
            own = ("word", "basis", "direction")
            word = {name: tie[name] for name in own} if (a, b) == (one, other) else {"basis": "withheld"}
            folded.edges[a, b].update(word)
            continue
        edge = folded.edges[a, b]
        if (a, b) == (one, other):
            edge |= {name: tie[name] for name in ("direction", "forward", "backward")}
        edge["strengths"].append(tie["strength"])
        edge["basis"] = "both" if "both" in (edge["basis"], tie["basis"]) else tie["basis"]
    for _, _, edge in folded.edges(data=True):
        edge["strength"] = mean_known(edge.pop("strengths"))
    return folded


def middle(
    groups: Categories, positions: Mapping[str, tuple[float, float]], shown: Collection[str]
) -> dict[str, tuple[float, float]]:
    """Where each group's bubble stands: in the middle of its partners that are shown."""
    middles: dict[str, tuple[float, float]] = {}
    for place, category in enumerate(groups.used):
        spots = [positions[partner] for partner in shown if groups.of.get(partner) == place]
        if spots:
            middles[bubble(category.id)] = (sum(x for x, _ in spots) / len(spots), sum(y for _, y in spots) / len(spots))
    return middles
