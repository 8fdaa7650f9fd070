"""Position, by hand where the reference programs have no say."""

import math
from itertools import pairwise

import pytest

from tests.support.networks import lines, net
from wtnet.measures import catalogue
from wtnet.measures.engine.arrays import arrays
from wtnet.measures.engine.communities import communities
from wtnet.measures.engine.eigen import DENSE, eigenvector
from wtnet.measures.engine.paths import STRINGY, paths


def column(network, measure):
    return dict(zip(network.graph, catalogue.partners(network, [measure])[measure], strict=True))


def test_strength_leaves_out_what_is_unknown():
    """a: 0.4 and 0.8 and one unknown: total 1.2, mean 0.6, one tie without strength."""
    network = net("a b c d e", [("a", "b", 2), ("a", "c", 4), ("a", "d"), ("d", "e")])
    assert column(network, "total_strength") == pytest.approx({"a": 1.2, "b": 0.4, "c": 0.8, "d": None, "e": None})
    assert column(network, "mean_strength")["a"] == pytest.approx(0.6)
    assert column(network, "ties_without_strength") == {"a": 1, "b": 0, "c": 0, "d": 2, "e": 1}


def test_betweenness_and_closeness_of_a_star_with_a_tail():
    """Centre h with leaves x, y and a tail h-s-t: 5 of the 6 pairs pass h, 3 pass s; leaves and tail are folded rightly."""
    network = net("h x y s t", lines("h-x h-y h-s s-t"))
    assert column(network, "betweenness") == pytest.approx({"h": 5 / 6, "x": 0, "y": 0, "s": 3 / 6, "t": 0})
    assert column(network, "closeness") == pytest.approx(
        {
            "h": 3.5 / 4,
            "x": (1 + 1 / 2 * 2 + 1 / 3) / 4,
            "y": (1 + 1 / 2 * 2 + 1 / 3) / 4,
            "s": 3 / 4,
            "t": (1 + 1 / 2 + 2 / 3) / 4,
        }
    )
    assert catalogue.whole(network, ["mean_distance"])["mean_distance"] == pytest.approx(18 / 10)


def test_a_long_chain_takes_the_other_way_to_the_same_numbers():
    """Position k of n in a chain is between k(n − 1 − k) pairs."""
    n = 2 * STRINGY + 20
    names = [f"{i:03d}" for i in range(n)]
    network = net(" ".join(names), [(a, b, 5) for a, b in pairwise(names)])
    assert paths(network).betweenness.tolist() == [k * (n - 1 - k) for k in range(n)]
    assert paths(network).distance[0] == n * (n - 1) / 2
    assert paths(network).harmonic[0] == pytest.approx(sum(1 / d for d in range(1, n)))


def test_eigenvector_is_of_the_largest_part_and_settles_on_two_modes():
    """A star of strengths 3 : 4 has centre 1/√2 and leaves 0.6/√2, 0.8/√2; the pair beside it is null."""
    network = net("c x y p q", [("c", "x", 3), ("c", "y", 4), ("p", "q", 5)])
    half = math.sqrt(0.5)
    assert column(network, "eigenvector") == pytest.approx({"c": half, "x": 0.6 * half, "y": 0.8 * half, "p": None, "q": None})


def test_of_two_equally_large_parts_the_stronger_counts():
    """Eigenvalue 1 against 0.4."""
    assert column(net("a b c d", [("a", "b", 2), ("c", "d", 5)]), "eigenvector") == pytest.approx(
        {"a": None, "b": None, "c": math.sqrt(0.5), "d": math.sqrt(0.5)}
    )


def test_eigenvector_leaves_out_unknown_ties():
    """A partner with only unknown ties is null, though it is in the same part."""
    assert column(net("a b c", [("a", "b", 4), ("b", "c")]), "eigenvector")["c"] is None


def test_eigenvector_of_a_large_network_equals_the_closed_form():
    """A chain of n has sin(kπ/(n + 1)) · √(2/(n + 1)), however small the entries."""
    n = DENSE + 101
    names = [f"{i:03d}" for i in range(n)]
    network = net(" ".join(names), [(a, b, 5) for a, b in pairwise(names)])
    exact = [math.sin(k * math.pi / (n + 1)) * math.sqrt(2 / (n + 1)) for k in range(1, n + 1)]
    assert eigenvector(network).tolist() == pytest.approx(exact, rel=1e-9)


def test_communities_do_not_depend_on_the_order_of_rows():
    """Two cliques and a bridge; the larger is 1; the isolate has none."""
    ties = lines("a-b a-c b-c c-x x-y y-z z-w x-z x-w y-w")
    one = net("a b c x y z w i", ties)
    two = net("i w z y x c b a", [(b, a, w) for a, b, w in ties[::-1]])
    assert column(one, "community") == dict.fromkeys("abc", "2") | dict.fromkeys("xyzw", "1") | {"i": None}
    assert column(one, "community") == column(two, "community")
    assert communities(one).count == 2


def test_arrays_are_made_once_per_network():
    """The same object for the same network, another for another."""
    network = net("a b", lines("a-b"))
    assert arrays(network) is arrays(network)
    assert arrays(network) is not arrays(net("a b", lines("a-b")))
