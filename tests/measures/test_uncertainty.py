"""Uncertainty: the vertex bootstrap and stability."""

import itertools

import numpy as np
import pytest

from tests.support.networks import lines, net, reference
from wtnet.measures import catalogue, uncertainty
from wtnet.measures.engine.bootstrap import resampled
from wtnet.measures.measure import Ratio
from wtnet.network import Network


def density_of(network: Network) -> dict[str, Ratio]:
    return {"density": catalogue.find("density", "network").ratio(network)}


def test_a_complete_network_of_one_strength_is_certain():
    """Every resample has density 1 and strength 0.6."""
    names = "abcdefgh"
    found = uncertainty.intervals(net(" ".join(names), [(a, b, 3) for a, b in itertools.combinations(names, 2)]))
    assert found.select("value", "low", "high").rows() == [pytest.approx((1, 1, 1)), pytest.approx((0.6, 0.6, 0.6)), (0, 0, 0)]


def test_without_ties_density_is_0_and_the_rest_null():
    """Nothing to draw from."""
    rows = uncertainty.intervals(net("a b c")).rows()
    assert rows == [
        ("density", 0, None, None, 0),
        ("mean_strength", None, None, None, 0),
        ("cross_sector_share", None, None, None, 0),
    ]


def test_a_tie_value_of_a_partner_with_itself_is_drawn_from_all_pairs():
    """So the mean density over draws is the density, and its spread is the vertex bootstrap's, not that of single ties."""
    _, network = reference("indiana_tobacco_collaboration")
    density = resampled(network, density_of(network), 4000, 7)["density"]
    n, d = 25, 161 / 300
    assert density.mean() == pytest.approx(d, abs=4 * density.std() / np.sqrt(4000))
    assert density.std() > 1.5 * np.sqrt(d * (1 - d) / (n * (n - 1) / 2))


def test_one_draw_at_a_time_gives_the_same_distribution():
    """Against the method written out pair by pair, within the error of 1,500 draws."""
    _, network = reference("disconnected8")
    ids = list(network.graph)
    generator = np.random.default_rng(3)
    dyads = list(itertools.combinations(ids, 2))
    slow = []
    for _ in range(1500):
        drawn = generator.choice(len(ids), len(ids))
        ties = 0
        for i, j in itertools.combinations(drawn, 2):
            pair = (ids[i], ids[j]) if i != j else dyads[generator.integers(len(dyads))]
            ties += network.graph.has_edge(*pair)
        slow.append(ties / len(dyads))
    fast = resampled(network, density_of(network), 1500, 3)["density"]
    assert fast.mean() == pytest.approx(np.mean(slow), abs=0.015)
    assert fast.std() == pytest.approx(np.std(slow), rel=0.1)


def test_intervals_hold_the_value_and_do_not_depend_on_row_order():
    """Fixed seed, partners by id."""
    ties = [
        ("a", "b", 1),
        ("b", "c", 5),
        ("c", "d", 3),
        ("a", "d", 2),
        ("d", "e", 4),
        ("e", "f", 2),
        ("f", "g", 1),
        ("g", "h", 5),
    ]
    kinds = {"a": "museum", "b": "funder", "c": "museum", "d": "other"} | dict.fromkeys("efgh", "museum")
    one = uncertainty.intervals(net(kinds, ties))
    two = uncertainty.intervals(net(dict(reversed(kinds.items())), ties[::-1]))
    assert one.rows()[0] == two.rows()[0]
    assert all(low <= value <= high for _, value, low, high, _ in one.rows())
    assert one["value"].to_list() == [catalogue.whole(net(kinds, ties))[name] for name in one["measure"]]


def test_stability_is_of_the_ties_in_view():
    """A filter on strength leaves the others out of the ranking."""
    found = uncertainty.stability(net("a b c", [("a", "b", 1), ("b", "c", 5)]))
    assert found.pairs.select("source", "rank", "stability").rows() == [("a", 2, 1), ("b", 1, 1)]
    assert uncertainty.stability(net("a b", lines("a-b", None))).pairs.height == 0
