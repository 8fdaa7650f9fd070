"""A partner among those it works with: it in the middle, each kind together, of many the strongest nearest."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import networkx as nx

from wtnet.layout.ego import APART, ONE_RING, around, ego
from wtnet.tables.schema import KINDS


def star(number: int) -> nx.Graph:
    """A museum, "x", with so many partners of kinds in turn, tied among one another in a row."""
    graph = nx.Graph()
    graph.add_node("x", kind="museum", name="X")
    for at in range(number):
        graph.add_node(f"p{at:02}", kind=list(KINDS)[at % 3], name=f"Partner {at:02}")
        graph.add_edge("x", f"p{at:02}")
    graph.add_edges_from(pairwise(f"p{at:02}" for at in range(number)))
    return graph


def far(place: tuple[float, float]) -> float:
    return math.hypot(*place)


def test_who_is_alone_stands_in_the_middle_and_who_has_no_tie_to_it_furthest_out() -> None:
    """No partner, one, and one more that works with that one alone."""
    assert ego(star(0), "x") == {"x": (0.0, 0.0)}
    graph = star(1)
    graph.add_node("z", kind="other", name="Z")
    graph.add_edge("p00", "z")
    places = ego(graph, "x")
    assert places["x"] == (0.0, 0.0) and 0 < far(places["p00"]) < far(places["z"])


def test_partners_stand_by_kind_on_one_ring_and_never_closer_than_names_need() -> None:
    """Clockwise from the top kinds come one after the other; the same network gives the same places, whatever its order."""
    graph = star(ONE_RING)
    places = ego(graph, "x")
    ring = [partner for partner in places if partner != "x"]
    assert len({round(far(places[partner])) for partner in ring}) == 1
    turns = sorted(ring, key=lambda partner: (math.atan2(places[partner][1], places[partner][0]) + math.pi / 2) % (2 * math.pi))
    kinds = [list(KINDS).index(graph.nodes[partner]["kind"]) for partner in turns]
    assert kinds == sorted(kinds)
    assert min(math.dist(places[a], places[b]) for a, b in combinations(places, 2)) > 0.9 * APART
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(graph.edges)
    assert ego(turned, "x") == places
    assert around([]) == [] and len(set(around(["museum"] * 4))) == 4


def test_of_many_the_strongest_stand_nearest_and_unknown_ones_furthest() -> None:
    """Without strengths that the reader may see nothing is told by who stands where."""
    graph = star(3 * ONE_RING)
    strengths = {f"p{at:02}": None if at < 5 else at / 100 for at in range(3 * ONE_RING)}
    places = ego(graph, "x", strengths)
    nearest = min(far(places[partner]) for partner in strengths)
    inner = [partner for partner in strengths if far(places[partner]) <= nearest + 1]
    weakest = min(strengths[partner] or 0.0 for partner in inner)
    assert all((strengths[partner] or 0.0) <= weakest for partner in strengths if partner not in inner)
    assert all(far(places[f"p{at:02}"]) > max(map(far, places.values())) - 1 for at in range(5))
    assert ego(graph, "x") == ego(graph, "x", dict.fromkeys(strengths))
    assert min(math.dist(places[a], places[b]) for a, b in combinations(places, 2)) > 0.9 * APART
