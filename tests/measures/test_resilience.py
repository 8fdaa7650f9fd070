"""Resilience: what hangs on one partner."""

from tests.support.networks import lines, net
from wtnet.measures import catalogue, resilience


def test_who_would_be_cut_off():
    """A triangle a-b-c, with d and e hanging on c, f on e, and a pair x-y apart; isolate i."""
    network = net("a b c d e f x y i", lines("a-b b-c a-c c-d c-e e-f x-y"))
    assert [partner for partner, yes in resilience.only_link(network).items() if yes] == ["c", "e"]
    assert {partner: lost for partner, lost in resilience.cut_off(network).items() if lost} == {"c": 3, "e": 1}
    assert catalogue.whole(network, ["articulation_points", "bridges"]) == {"articulation_points": 2, "bridges": 4}
    ids = list(network.graph)
    bridges = [(ids[one], ids[other]) for one, other in resilience.cuts(network).bridges]
    assert bridges == [("c", "d"), ("c", "e"), ("e", "f"), ("x", "y")]


def test_the_largest_piece_left_is_the_rest_wherever_the_walk_begins():
    """A star's centre cuts off all leaves but one, first or last in the table."""
    for order in ("c w x y z", "z y x w c"):
        assert resilience.cut_off(net(order, lines("c-w c-x c-y c-z")))["c"] == 3


def test_a_ring_has_neither_cut_points_nor_bridges():
    """Any one may go."""
    network = net("a b c d", lines("a-b b-c c-d d-a"))
    assert (resilience.articulation_points(network), resilience.bridges(network)) == (0, 0)
