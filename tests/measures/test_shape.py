"""Shape: what the reference programs define otherwise, by hand."""

import pytest

from tests.support.networks import lines, net
from wtnet.measures import shape, structure


def test_mean_distance_is_within_the_largest_part():
    """A chain of three (4/3) beside a pair; of two equally large parts that of the first partner counts."""
    assert shape.mean_distance(net("p q a b c", lines("p-q a-b b-c"))) == pytest.approx(4 / 3)
    assert shape.mean_distance(net("a b c x y z", lines("a-b b-c a-c x-y y-z"))) == 1
    assert shape.mean_distance(net("x y z a b c", lines("a-b b-c a-c x-y y-z"))) == pytest.approx(4 / 3)


def test_closure_is_null_where_nobody_has_two_ties():
    """0 where there are open triples only, 1 in a triangle."""
    assert shape.transitivity(net("a b c d", lines("a-b c-d"))) is None
    assert shape.transitivity(net("a b c", lines("a-b b-c"))) == 0
    assert shape.transitivity(net("a b c", lines("a-b b-c a-c"))) == 1


def test_a_star_is_as_centralised_as_can_be():
    """Both centralisations 1; a ring 0."""
    star, ring = net("c x y z", lines("c-x c-y c-z")), net("a b c d", lines("a-b b-c c-d d-a"))
    assert (structure.degree_centralisation(star), structure.betweenness_centralisation(star)) == (1, 1)
    assert (structure.degree_centralisation(ring), structure.betweenness_centralisation(ring)) == (0, 0)


def test_mean_strength_leaves_out_unknown_and_keeps_zero():
    """(0.4 + 0) / 2."""
    rows = [("w", "a", "b", 2), ("w", "b", "c", {"level": 0, "openness": 1}), ("w", "c", "d", {})]
    assert shape.mean_strength(net("a b c d", ratings=rows)) == pytest.approx(0.2)


def test_levels_are_of_pairs_and_of_reports():
    """a–b 2 and 3 (2.5 rounds up), c–d said to be none, a–c documented at 5, a–d without a level."""
    network = net("a b c d", [("a", "c", 5), ("a", "d")], [("w", "a", "b", 2), ("w", "b", "a", 3), ("w", "c", "d", 0)])
    found = shape.levels(network)
    assert found["relationships"].to_list() == [1, 0, 0, 1, 0, 1]
    assert found["share"].to_list() == pytest.approx([1 / 3, 0, 0, 1 / 3, 0, 1 / 3])
    assert found["reports"].to_list() == [1, 0, 1, 1, 0, 0]


def test_levels_of_nothing_have_no_shares():
    """Null, not a division by zero."""
    assert shape.levels(net("a b"))["share"].to_list() == [None] * 6
