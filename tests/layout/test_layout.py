"""Where partners stand: every network gets a place for everybody, the same each time, with nobody on top of another."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import networkx as nx
import numpy as np
import pytest
from scipy.spatial import cKDTree

from tests.support.networks import tables
from wtnet.importing import shipped
from wtnet.layout.force import LEAST
from wtnet.layout.kept import kept
from wtnet.layout.positions import of_programme, positions
from wtnet.measures import position
from wtnet.network import build, together

Places = dict[str, tuple[float, float]]


def named(graph: nx.Graph) -> nx.Graph:
    return nx.relabel_nodes(graph, {node: f"org-{node}" for node in graph})


def planted(groups: int, size: int, inside: float, across: float, seed: int = 3) -> nx.Graph:
    return named(nx.planted_partition_graph(groups, size, inside, across, seed=seed))


def nearest(places: Places) -> float:
    return float(cKDTree(list(places.values())).query(list(places.values()), k=2)[0][:, 1].min())


def box(places: Places, of: list[str] | None = None) -> np.ndarray:
    points = np.array([places[node] for node in (of or places)])
    return np.array([points.min(0), points.max(0)])


def same_share(places: Places, community: dict[str, int], neighbours: int = 10) -> float:
    label = np.array([community[node] for node in places])
    points = np.array(list(places.values()))
    near = cKDTree(points).query(points, k=neighbours + 1)[1][:, 1:]
    return float((label[near] == label[:, None]).mean())


def test_an_empty_network_has_no_places() -> None:
    assert positions(nx.Graph()) == {}


def test_one_partner_stands_in_the_middle() -> None:
    graph = nx.Graph()
    graph.add_node("a")
    assert positions(graph) == {"a": (0.0, 0.0)}


def test_two_partners_stand_side_by_side_a_tie_apart() -> None:
    places = positions(nx.Graph([("a", "b")]))
    (ax, ay), (bx, by) = places["a"], places["b"]
    assert ay == by == 0
    assert 100 <= abs(ax - bx) <= 150


def test_a_tie_to_oneself_is_not_a_tie() -> None:
    assert positions(nx.Graph([("a", "a")])) == {"a": (0.0, 0.0)}


def test_without_ties_partners_stand_in_even_rows() -> None:
    """Thirty partners without ties: at most six rows and columns each evenly spaced, wider than tall."""
    graph = named(nx.empty_graph(30))
    places = positions(graph)
    across, down = (sorted({place[axis] for place in places.values()}) for axis in (0, 1))
    assert len(across) * len(down) - len(places) < len(across)
    assert len(set(np.diff(across).round(1))) == len(set(np.diff(down).round(1))) == 1
    low, high = box(places)
    assert (high - low)[0] >= (high - low)[1]


def test_unknown_or_senseless_strengths_count_as_weak() -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", strength=None)
    graph.add_edge("b", "c", strength=float("nan"))
    graph.add_edge("c", "d", strength=-1.0)
    graph.add_edge("d", "a", strength=0.8)
    plain = nx.Graph()
    plain.add_edges_from([("a", "b"), ("b", "c"), ("c", "d")])
    plain.add_edge("d", "a", strength=0.8)
    assert positions(graph) == positions(plain)


def test_direction_and_repeated_ties_make_no_difference() -> None:
    ties = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]
    assert positions(nx.MultiDiGraph([*ties, ("b", "a"), ("a", "b")])) == positions(nx.Graph(ties))


NETWORKS = {
    "survey": planted(3, 10, 0.6, 0.15),
    "seventy": planted(5, 14, 0.32, 0.025),
    "clique": named(nx.complete_graph(60)),
    "large clique": named(nx.complete_graph(200)),
    "ring": named(nx.cycle_graph(20)),
    "chain": named(nx.path_graph(400)),
    "tree": named(nx.random_labeled_tree(300, seed=3)),
    "star": named(nx.star_graph(3000)),
    "two funders of the same partners": named(nx.complete_bipartite_graph(2, 700)),
    "hubs in a row": named(
        nx.Graph([(i, i + 1) for i in range(9)] + [(i, 100 * i + j) for i in range(10) for j in range(50, 80)])
    ),
    "no structure": named(nx.gnm_random_graph(800, 2000, seed=1)),
    "communities": planted(12, 50, 0.15, 0.003),
    "pieces": named(nx.disjoint_union_all([nx.path_graph(2 + i % 4) for i in range(60)] + [nx.empty_graph(25)])),
}


@cache
def placed(name: str) -> Places:
    """Where the partners of one of these stand, worked out once for all tests."""
    return positions(NETWORKS[name])


LARGE = ("large clique", "no structure")


def more(*cases: object) -> list[Any]:
    """Further cases of the same kind."""
    return [pytest.param(case, marks=pytest.mark.thorough) for case in cases]


@pytest.mark.parametrize("name", [*(name for name in NETWORKS if name not in LARGE), *more(*LARGE)])
def test_no_two_partners_overlap_and_everyone_has_a_place(name: str) -> None:
    """Whatever the shape, everybody has finite coordinates and no two stand closer than the least distance."""
    places = placed(name)
    assert set(places) == set(NETWORKS[name])
    assert np.isfinite(list(places.values())).all()
    assert nearest(places) >= LEAST


@pytest.mark.parametrize("name", ["seventy", "communities", "pieces", *more("survey", "tree", "star")])
def test_the_same_network_in_any_order_gets_the_same_places(name: str) -> None:
    graph, chance = NETWORKS[name], random.Random(7)
    nodes, ties = list(graph), [tuple(chance.sample(tie, 2)) for tie in graph.edges]
    chance.shuffle(nodes)
    chance.shuffle(ties)
    other = nx.Graph()
    other.add_nodes_from(nodes)
    other.add_edges_from(ties)
    assert positions(other) == placed(name)


@pytest.mark.parametrize("name", ["survey", "seventy", "communities", "star", "pieces", *more("no structure")])
def test_the_picture_is_centred(name: str) -> None:
    low, high = box(placed(name))
    assert np.abs(low + high).max() <= 0.1


@pytest.mark.parametrize("name", ["survey", "seventy", "ring", "communities", *more("no structure")])
def test_the_picture_is_wider_than_tall(name: str) -> None:
    wide, high = np.ptp(box(placed(name)), axis=0)
    assert wide > high


@pytest.mark.parametrize("name", ["survey", *more("seventy", "communities")])
def test_a_tie_less_mostly_leaves_the_picture_as_it_was(name: str) -> None:
    """Whichever tie goes, partners usually move by under half of the picture's spread; turned over, by more than it."""
    graph = NETWORKS[name]
    before = placed(name)
    points = np.array(list(before.values()))
    moves = []
    for tie in list(graph.edges)[:: len(graph.edges) // 9]:
        less = graph.copy()
        less.remove_edge(*tie)
        after = positions(less)
        moves.append(np.median(np.hypot(*(np.array([after[node] for node in before]) - points).T)))
    assert np.median(moves) < 0.4 * np.hypot(*points.std(0))


def test_a_stronger_tie_is_shorter() -> None:
    graph = nx.cycle_graph(8)
    nx.set_edge_attributes(graph, 0.2, "strength")
    graph.edges[0, 1]["strength"] = 1.0
    places = positions(named(graph))
    length = {tie: np.hypot(*np.subtract(places[f"org-{tie[0]}"], places[f"org-{tie[1]}"])) for tie in graph.edges}
    assert length[0, 1] == min(length.values())


def test_isolates_and_components_are_packed_and_not_flung_out() -> None:
    """Isolates stand in rows below the rest, inside its width; small components inside the picture; no gap beyond a pitch."""
    main = planted(5, 14, 0.32, 0.025)
    graph = nx.compose(main, nx.relabel_nodes(nx.empty_graph(15), lambda i: f"alone-{i}"))
    graph.add_edges_from([("p", "q"), ("r", "s"), ("s", "t")])
    places = positions(graph)
    alone = [node for node in graph if node.startswith("alone")]
    others = [node for node in graph if not node.startswith("alone")]
    low, high = box(places, others)
    left, right = box(places, alone)
    assert left[1] > high[1], "rows stand at the foot"
    assert left[1] - high[1] < 2.5 * 115
    assert left[0] >= low[0] - 1 and right[0] <= max(high[0], low[0] + 15 * 110)
    wide, tall = np.ptp(box(places), axis=0)
    main_wide, main_tall = np.ptp(box(places, list(main)), axis=0)
    assert wide * tall < 2 * main_wide * main_tall


def test_leaves_of_a_funder_stand_in_one_full_disc_round_it() -> None:
    """Three thousand partners of one funder fill a disc: its radius is that of an even packing, with the funder in the middle."""
    places = placed("star")
    hub = np.array(places["org-0"])
    far = np.hypot(*(np.array(list(places.values())) - hub).T)
    assert far.max() < 0.65 * LEAST * np.sqrt(3000) + LEAST


def test_communities_show_in_a_large_network() -> None:
    """Of a partner's ten nearest on the plane at least eight are in its own planted community, found without being told."""
    graph = NETWORKS["communities"]
    community = {node: int(node[4:]) // 50 for node in graph}
    assert same_share(placed("communities"), community) >= 0.8


def test_given_communities_are_the_ones_that_show() -> None:
    graph = NETWORKS["communities"]
    community = {node: int(node[4:]) // 100 for node in graph}
    assert same_share(positions(graph, community), community) >= 0.8


@pytest.mark.parametrize("given", ["half", *more({}, "one", "each its own")])
def test_poor_communities_do_no_harm(given: object) -> None:
    """None given, all in one, each alone, or half of the partners left out: everybody still gets a place of their own."""
    graph = NETWORKS["communities"]
    nodes = sorted(graph)
    communities = {
        "one": dict.fromkeys(nodes, 1),
        "each its own": {node: i for i, node in enumerate(nodes)},
        "half": {node: i % 3 for i, node in enumerate(nodes[:300])},
    }.get(str(given), {})
    places = positions(graph, communities)
    assert set(places) == set(graph)
    assert nearest(places) >= LEAST


def test_another_seed_gives_another_picture_of_the_same_kind() -> None:
    graph = NETWORKS["seventy"]
    other = positions(graph, seed=2)
    assert other != placed("seventy")
    assert nearest(other) >= LEAST


def test_partners_of_one_colour_stand_together_on_a_large_map() -> None:
    """Two waves of 300 partners: places follow the communities of the latest wave, which colour the map; those who are in
    none of them, since their only tie is of the first wave, stand with the partner they had."""
    graph, earlier = planted(6, 50, 0.15, 0.004), [("w1", f"org-{i}", f"old-{i}", 3) for i in range(0, 300, 30)]
    ratings = [("w2", *tie, 3) for tie in graph.edges] + earlier
    partners = " ".join([*graph, *(tie[2] for tie in earlier)])
    network = build(tables(partners, ratings=ratings, waves=[("w1", "2024-01-01"), ("w2", "2025-01-01")]))
    colours = {partner: number for partner, number in position.community(network).items() if number is not None}
    places = of_programme(network)
    assert set(places) == set(network.graph) and places == of_programme(build(network.tables))
    assert places == positions(together(network.tables), colours | {tie[2]: colours[tie[1]] for tie in earlier})
    assert same_share({partner: places[partner] for partner in colours}, {p: int(number) for p, number in colours.items()}) >= 0.8


def test_a_small_map_does_not_depend_on_communities() -> None:
    graph = NETWORKS["seventy"]
    network = build(tables(" ".join(graph), ratings=[("w", *tie, 3) for tie in graph.edges]))
    assert of_programme(network) == positions(together(network.tables))


def test_without_any_known_strength_there_are_no_colours_to_follow() -> None:
    """A register of 200 partners and one funder, ties without level."""
    network = build(tables(" ".join(f"p{i}" for i in range(201)), [("p0", f"p{i}") for i in range(1, 201)]))
    assert of_programme(network) == positions(together(network.tables))


def test_the_places_kept_for_the_samples_are_those_worked_out_and_of_nothing_else() -> None:
    """Where this fails, `python tools/kept_places.py` keeps them anew."""
    for _, sample in shipped():
        graph = together(sample)
        places = kept(graph)
        assert places and places == {partner: pytest.approx(place, abs=0.5) for partner, place in positions(graph).items()}
        assert of_programme(build(sample)) == places
        source, target = next(iter(graph.edges))
        graph.remove_edge(source, target)
        assert kept(graph) is None
        graph.add_edge(source, target, strength=0.123)
        assert kept(graph) is None
