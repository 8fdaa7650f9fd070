"""Cuts of a network by place, target group and pilot, by hand."""

import pytest

from tests.support.networks import lines, net
from wtnet.measures import by_group
from wtnet.network import Scope, build

KINDS = {"m": "museum", "n": "museum", "f": "freelancer", "h": "health_provider", "c": "community_group"}
PILOTS = {
    "pilots": [
        {"id": "p", "name": "Same", "lead": "m", "place": "Here", "target_group": "Carers"},
        {"id": "q", "name": "Same", "lead": "n", "place": "Here", "target_group": "Elders"},
        {"id": "r", "name": "Other", "lead": "n"},
    ],
    "involvements": [{"pilot": p, "organisation": o} for p, o in [("p", "f"), ("p", "h"), ("q", "f"), ("q", "c"), ("r", "c")]],
}


def test_reach_in_each_place_counts_the_partners_there_and_the_ties_among_them():
    """Pilots p and q are Here: five partners, all four core kinds; r has no place and is in no group."""
    network = net(KINDS, [("m", "f", 5), ("m", "h", 3), ("n", "f"), ("m", "n", 2)], **PILOTS)
    (row,) = by_group.by_group(network, "place").rows(named=True)
    assert (row["group"], row["partners"], row["museum"], row["core_kinds"], row["ties"]) == ("Here", 5, 2, 4, 4)
    assert row["mean_strength"] == pytest.approx((1 + 0.6 + 0.4) / 3)
    assert (row["cross_sector_share"], row["museum_health"]) == (0.75, 1)
    groups = by_group.by_group(network, "target_group")
    assert groups.select("group", "partners", "core_kinds").rows() == [("Carers", 3, 3), ("Elders", 3, 3)]


def test_two_pilots_of_one_name_stay_two_and_a_filter_leaves_the_others_out():
    """Their ids tell them apart."""
    network = net(KINDS, **PILOTS)
    assert by_group.by_group(network, "pilot")["group"].to_list() == ["Same (p)", "Same (q)", "Other"]
    some = build(network.tables, Scope(pilots=("q", "r")))
    assert by_group.by_group(some, "pilot").select("group", "partners", "mean_strength").rows() == [
        ("Same", 3, None),
        ("Other", 2, None),
    ]


def test_pilots_are_found_by_place_and_target_group_together():
    """Each choice narrows; none means any; nothing may match."""
    tables = net(KINDS, **PILOTS).tables
    assert by_group.pilots_of(tables) == ("p", "q", "r")
    assert by_group.pilots_of(tables, places=["Here"], groups=["Elders"]) == ("q",)
    assert by_group.pilots_of(tables, groups=["Carers"], pilots=["q"]) == ()


def test_groups_without_places_or_partners_are_empty_and_no_error():
    """No organisations, no pilots: no rows, the same columns."""
    for by in by_group.BY:
        assert by_group.by_group(net({}), by).is_empty()
    assert by_group.kinds_reached(net({})) is None
    assert by_group.museum_health(net({})).is_empty() and by_group.brokers(net({})).is_empty()


def test_museum_health_ties_say_whether_they_are_new_and_whether_they_go_on():
    """m–h was there in wave one and goes on; n–h is new; of the freelancer nothing is asked."""
    network = net(
        KINDS,
        [("h", "m", {"level": 3, "continues_after": True})],
        [
            ("one", "m", "h", 3),
            ("one", "n", "m", 2),
            ("one", "h", "m", 3),
            ("two", "m", "h", 4),
            ("two", "h", "n", 2),
            ("two", "m", "f", 1),
        ],
        waves=[("one", "2024-01-01"), ("two", "2025-01-01")],
    )
    found = by_group.museum_health(network).select("museum", "since", "afterwards").rows()
    assert sorted(found) == [("m", "there before", "continues"), ("n", "new", "not documented")]
    first = build(network.tables, Scope(wave="one"))
    assert by_group.museum_health(first)["since"].to_list() == [None]


def test_kinds_reached_is_the_mean_over_museums():
    """m reaches three of the four kinds, n one."""
    assert by_group.kinds_reached(net(KINDS, lines("m-f m-h m-n"))) == 2


def test_brokers_count_each_pair_once_and_keep_those_level_with_the_last():
    """f joins museum m and health provider h (liaison, one pair); museums m and n through f: itinerant."""
    found = by_group.brokers(net(KINDS, lines("f-m f-n f-h")), top=1)
    assert found.filter(role="liaison").select("id", "pairs").rows() == [("f", 2)]
    assert found.filter(role="itinerant").select("id", "pairs").rows() == [("f", 1)]
    assert found.filter(role="gatekeeper").is_empty()
