"""Sectors: worked by hand."""

import pytest

from tests.support.networks import lines, net
from wtnet.measures import catalogue

KINDS = {
    "m": "museum",
    "n": "museum",
    "f": "freelancer",
    "g": "community_group",
    "h": "health_provider",
    "u": "funder",
    "i": "other",
}


def test_a_museum_with_four_ties_of_three_kinds():
    """m: n (own kind), f, u, h: 4 kinds reached, 3 of 4 outside, P = 1 − 4/16; community group missing."""
    row = catalogue.partners(net(KINDS, lines("m-n m-f m-u m-h"))).row(0, named=True)
    assert (row["sectors_reached"], row["cross_sector_share"], row["ei_index"]) == (4, 0.75, 0.5)
    assert row["participation"] == pytest.approx(0.75)
    assert row["participation_normalised"] == pytest.approx(0.75 * 6 / 5)
    assert row["missing_sectors"] == "Community group"


def test_evenly_over_all_kinds_is_1_when_normalised():
    """Two kinds in scope, one tie to each."""
    row = catalogue.partners(net({"a": "museum", "b": "museum", "c": "funder"}, lines("a-b a-c"))).row(0, named=True)
    assert (row["participation"], row["participation_normalised"]) == (0.5, 1)


def test_with_one_kind_in_scope_normalised_participation_is_null():
    """There is nothing to spread over."""
    row = catalogue.partners(net("a b", lines("a-b"))).row(0, named=True)
    assert (row["participation"], row["participation_normalised"], row["ei_index"]) == (0, None, -1)


def test_none_is_missing_where_all_four_are_partners():
    """Its own kind counts when it works with one of them."""
    network = net(KINDS, lines("m-n m-f m-g m-h"))
    assert catalogue.partners(network)["missing_sectors"][0] == "none"
