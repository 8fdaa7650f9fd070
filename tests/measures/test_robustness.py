"""Robustness and dependence: what is left as partners go, and what hangs on each."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from tests.support.networks import lines, net
from wtnet.analysis.dependence import cut_off_by, without
from wtnet.errors import InvalidRequest
from wtnet.measures import robustness as rob
from wtnet.measures.robustness import robustness
from wtnet.network import Network


def of(graph: nx.Graph) -> Network:
    return net(" ".join(f"n{i}" for i in graph), [(f"n{i}", f"n{j}", 5) for i, j in graph.edges])


def test_no_partners_have_no_robustness() -> None:
    """Null, not 0, and an empty curve."""
    found = robustness(net(""))
    assert (found.r, found.r_chance, found.curve.height) == (None, None, 0)


def test_one_partner_leaves_nothing_when_it_goes() -> None:
    """R is 0: after the one has gone nobody is left."""
    found = robustness(net("a"))
    assert found.r == 0 and found.curve["share"].to_list() == [1.0, 0.0]


def test_without_ties_the_largest_part_is_one_partner_until_the_last_has_gone() -> None:
    """Three isolates: a third, a third, nothing."""
    assert robustness(net("a b c")).curve["share"].to_list() == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0])


def test_everyone_with_everyone_comes_near_to_one_half() -> None:
    """R of a complete network of n is (n − 1) / 2n, whoever goes."""
    found = robustness(of(nx.complete_graph(10)))
    assert found.r == pytest.approx(9 / 20) and found.r_chance == pytest.approx(9 / 20)


def test_a_star_falls_apart_when_its_centre_goes() -> None:
    """The centre goes first; one in six is then the largest part; by chance more is left."""
    found = robustness(of(nx.star_graph(5)))
    assert found.curve["partner"][1] == "n0"
    assert found.r == pytest.approx(5 / 36) and found.r_chance is not None and found.r_chance > found.r


def test_the_order_and_the_shares_are_those_of_networkx() -> None:
    """Betweenness worked out anew after each by an independent program gives the same order of values and the same curve."""
    graph = nx.gnm_random_graph(30, 55, seed=8)
    found = robustness(of(graph))
    left = graph.copy()
    for gone, partner in enumerate(found.curve["partner"].to_list()[1:], start=1):
        between = nx.betweenness_centrality(left, normalized=False)
        node = int(partner[1:])
        assert between[node] == pytest.approx(max(between.values()))
        left.remove_node(node)
        largest = max((len(part) for part in nx.connected_components(left)), default=0)
        assert found.curve["share"][gone] == pytest.approx(largest / 30)
    assert found.r == pytest.approx(found.curve["share"][1:].mean())
    assert found.r < found.r_chance <= 0.5


def test_chance_is_the_same_every_time_and_lies_within_its_band() -> None:
    """A fixed seed; the mean between the 5th and the 95th of a hundred orders."""
    graph = nx.gnm_random_graph(20, 40, seed=2)
    one, other = robustness(of(graph)), robustness(of(graph))
    assert one.curve.equals(other.curve) and one.draws == 100
    assert ((one.curve["low"] <= one.curve["chance"] + 1e-9) & (one.curve["chance"] <= one.curve["high"] + 1e-9)).all()


def test_larger_networks_are_worked_out_less_often_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Betweenness a limited number of times, 50 orders; the sentence says so; never below the exact value, and near it."""
    graph = nx.connected_watts_strogatz_graph(100, 6, 0.2, seed=1)
    exact = robustness(of(graph))
    monkeypatch.setattr(rob, "SMALL", 60)
    monkeypatch.setattr(rob, "TIMES", 50)
    monkeypatch.setattr(rob, "DRAWS", {60: 100, 1_000: 50})
    found = robustness(of(graph))
    assert (found.every, found.draws, found.by) == (2, 50, "betweenness") and "every 2 (this is a large network" in found.how()
    assert sorted(found.curve["partner"].to_list()[1:]) == sorted(f"n{i}" for i in graph)
    assert exact.every == 1 and exact.r <= found.r <= exact.r + 0.05


def test_very_large_networks_lose_those_with_most_ties_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit the order is by ties left, 20 orders are drawn, and the sentence says so."""
    monkeypatch.setattr(rob, "LARGE", 20)
    monkeypatch.setattr(rob, "DRAWS", {10: 100, 20: 50})
    graph = nx.gnm_random_graph(30, 60, seed=4)
    found = robustness(of(graph))
    assert (found.by, found.draws) == ("ties", 20) and "most partnerships" in found.how()
    left = graph.copy()
    for partner in found.curve["partner"].to_list()[1:]:
        node = int(partner[1:])
        assert left.degree[node] == max(dict(left.degree).values())
        left.remove_node(node)


def test_without_a_partner_of_an_empty_or_single_network_nothing_is_known() -> None:
    """No rows, or one with null for what would be left of nobody."""
    assert without(net("")).height == 0
    row = without(net("a")).row(0, named=True)
    assert (row["cut_off"], row["largest_before"], row["largest_after"], row["change"]) == (0, 1.0, None, None)


def test_what_is_lost_without_each_partner_is_what_networkx_loses() -> None:
    """Cut off, ties, and the largest part, by taking each out of random networks in several parts."""
    for seed in range(6):
        graph = nx.gnm_random_graph(24, 26, seed=seed)
        for row in without(of(graph)).iter_rows(named=True):
            node = int(row["id"][1:])
            left = graph.copy()
            part = nx.node_connected_component(graph, node)
            left.remove_node(node)
            pieces = [len(piece) for piece in nx.connected_components(left.subgraph(part - {node}))]
            largest = max(len(piece) for piece in nx.connected_components(left))
            assert row["cut_off"] == sum(pieces) - max(pieces, default=0)
            assert row["only_link"] == (len(pieces) > 1)
            assert row["ties"] == graph.degree[node]
            assert row["largest_after"] == pytest.approx(largest / 23)


def test_cross_sector_ties_are_those_to_another_kind() -> None:
    """A museum with a group and a museum: two ties lost, one of them across sectors."""
    row = without(net({"m": "museum", "g": "community_group", "m2": "museum"}, lines("m-g m-m2"))).row(0, named=True)
    assert (row["ties"], row["cross_sector_ties"], row["cut_off"], row["only_link"]) == (2, 1, 1, True)


def test_who_is_cut_off_is_named() -> None:
    """The smaller pieces of the part; nobody for a leaf; an unknown partner is refused in words."""
    network = net("a b c d e x", lines("a-b b-c c-d c-e"))
    assert cut_off_by(network, "c") == ["d", "e"]
    assert cut_off_by(network, "a") == [] and cut_off_by(network, "x") == []
    with pytest.raises(InvalidRequest, match="no partner"):
        cut_off_by(network, "zz")


def test_shares_left_of_an_order_are_checked_by_taking_them_out_one_by_one() -> None:
    """The backward count equals the plain forward one for random orders."""
    graph = nx.gnm_random_graph(25, 30, seed=9)
    order = np.random.default_rng(0).permutation(25).tolist()
    left, forward = graph.copy(), [max(len(part) for part in nx.connected_components(graph)) / 25]
    for node in order:
        left.remove_node(node)
        forward.append(max((len(part) for part in nx.connected_components(left)), default=0) / 25)
    assert rob.shares_left(rob.arrays(of(graph)), order) == pytest.approx(forward)
