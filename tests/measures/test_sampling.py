"""Betweenness of thousands of partners from a sample: its bound holds, distances stay exact, and it is said."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_array

from tests.support.networks import tables
from wtnet.measures import catalogue, notices, position, structure
from wtnet.measures.engine import communities, paths, sampling
from wtnet.measures.engine.arrays import parts
from wtnet.network import Scope, build

GRAPHS = {
    "nobody tied": nx.empty_graph(5),
    "a path": nx.path_graph(9),
    "a ring": nx.cycle_graph(8),
    "a star with a hub of more ties than a word has bits": nx.star_graph(200),
    "everybody tied": nx.complete_graph(4),
    "in parts": nx.disjoint_union(nx.gnp_random_graph(60, 0.03, seed=1), nx.grid_2d_graph(5, 5)),
    "hubs": nx.barabasi_albert_graph(300, 3, seed=2),
}


def _links(graph: nx.Graph) -> csr_array:
    links = csr_array(nx.to_scipy_sparse_array(graph, dtype=float))
    links.sort_indices()
    return links


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
def test_the_bound_holds_for_every_partner_and_distances_are_exact(graph):
    links = _links(graph)
    found = paths.estimated(links, parts(links).label, draws=4_000)
    exact = paths.shortest(links, parts(links).largest, parts(links).label)
    assert found.low is not None and found.high is not None and found.draws == 4_000
    assert (found.low <= exact.betweenness + 1e-9).all() and (found.high >= exact.betweenness - 1e-9).all()
    assert found.harmonic == pytest.approx(exact.harmonic) and found.distance.tolist() == exact.distance.tolist()


def test_estimates_scatter_around_the_truth_as_binomial_counts_do():
    """Paths drawn unevenly would lie beside the truth by more than chance: each of two equally short ways half the time."""
    links = _links(GRAPHS["hubs"])
    exact = paths.shortest(links, 0, parts(links).label).betweenness
    n = links.shape[0]
    share = exact / (n * (n - 1) / 2)
    counts, often = sampling.passed(links, parts(links).label, 10_000), share > 0.002
    score = (counts / 10_000 - share)[often] / np.sqrt(share * (1 - share) / 10_000)[often]
    assert len(score) > 50 and 0.8 < score.std() < 1.2 and abs(score.mean()) < 0.3


def test_bounds_of_no_and_of_all_paths_are_one_sided():
    low, high = sampling.bounds(np.array([0, 50, 100]), 100)
    assert low[0] == 0 and 0 < high[0] < 0.1 and low[1] < 0.5 < high[1] and high[2] == 1 and 0.9 < low[2] < 1


@pytest.fixture(scope="module")
def large(request):
    """A network just beyond the limit, which is set low here."""
    patch = pytest.MonkeyPatch()
    patch.setattr(paths, "EXACT", 100)
    graph = nx.connected_watts_strogatz_graph(120, 6, 0.2, seed=4)
    data = tables({f"p{i:03d}": "museum" for i in graph}, [(f"p{a:03d}", f"p{b:03d}", 3) for a, b in graph.edges])
    yield data
    patch.undo()


def test_beyond_the_limit_the_screen_says_what_is_estimated_and_how_far_it_can_be_off(large):
    network, every = build(large), build(large, Scope(every_path=True))
    assert not any("estimated" in sentence for sentence in notices.notices(network)), "before anybody asked for it"
    value, truth = (catalogue.partners(each, ["betweenness"])["betweenness"].to_numpy() for each in (network, every))
    assert np.abs(value - truth).max() > 0, "it is an estimate"
    sentence = next(each for each in notices.notices(network) if "estimated" in each)
    off = float(sentence.partition("by more than ")[2].split(",")[0])
    assert np.abs(value - truth).max() <= off < 0.05
    within = position.betweenness_within(network)
    assert all(low <= true <= high for (low, high), true in zip(within.values(), truth, strict=True))
    low, high = structure.betweenness_centralisation_within(network)
    assert low <= structure.betweenness_centralisation(every) <= high


def test_every_path_on_request_and_below_the_limit_nothing_is_estimated(large):
    network = build(large, Scope(every_path=True))
    catalogue.partners(network, ["betweenness"])
    assert notices.estimated(network) is None and not any("estimated" in sentence for sentence in notices.notices(network))
    small = build(tables({"a": "museum", "b": "museum", "c": "museum"}, [("a", "b", 1)]))
    assert position.betweenness_within(small) is structure.betweenness_centralisation_within(small) is None


def test_the_quick_louvain_finds_what_was_planted_whatever_the_order_of_the_ties():
    planted = nx.planted_partition_graph(12, 40, 0.4, 0.005, seed=3)
    ends = np.array(planted.edges)
    weight = np.random.default_rng(1).random(len(ends)) + 0.5
    assert len(ends) > communities.TIES
    label = communities._quick(480, ends, weight, 1)
    assert len({tuple(sorted(set(label[40 * at : 40 * at + 40]))) for at in range(12)}) == label.max() + 1 == 12
    mixed = np.random.default_rng(2).permutation(len(ends))
    assert (communities._quick(480, ends[mixed][:, ::-1], weight[mixed], 1) == label).all()
