"""Large networks and stars: what is recognised, what is linked, and what is sent."""

from __future__ import annotations

import base64
import zlib

import numpy as np
import pytest

from tests.support.made import grants, sector, survey
from tests.support.networks import net
from wtnet.draw.map import large
from wtnet.draw.map import live as draw_map
from wtnet.draw.map.picture import draw
from wtnet.layout import positions
from wtnet.measures import stars
from wtnet.network import build


def test_a_grant_list_is_a_star_and_a_survey_or_sector_map_is_not() -> None:
    """The three shapes that networks of partners have in life."""
    star = stars.star(build(grants(1_000)))
    assert star is not None and star.hubs[0] == "p000000" and star.single >= 0.9 and star.share_of_ties >= 0.4
    assert stars.star(build(survey())) is None
    assert stars.star(build(sector(1_000, 3_000))) is None


def test_a_small_star_is_drawn_as_any_network() -> None:
    """Under fifty partners a map can be read."""
    ids = [f"p{n}" for n in range(30)]
    assert stars.star(net(" ".join(ids), [("p0", each, 3) for each in ids[1:]])) is None


@pytest.mark.parametrize("partners", ["", "a", "a b"])
def test_next_to_nothing_is_no_star_and_shares_nothing(partners: str) -> None:
    """No partner, one, two without a tie."""
    found = net(partners)
    assert stars.star(found) is None
    assert stars.shared(found).network.graph.number_of_nodes() == 0


def test_the_list_of_a_funder_has_everyone_tied_to_it() -> None:
    """With how many ties each has besides; of a partner that is not there, nobody."""
    found = net("f a b c", [("f", "a", 5), ("f", "b", 3), ("a", "b", 1)])
    rows = stars.around(found, "f")
    assert rows.select("id", "other_ties").rows() == [("a", 1), ("b", 1)]
    assert stars.around(found, "nobody").height == 0


def test_partners_are_linked_by_the_pilots_and_places_they_share() -> None:
    """A lead counts; a pilot and a place shared make one link of two."""
    found = stars.shared(
        net(
            "a b c d",
            pilots=[{"id": "t", "name": "T", "lead": "a"}],
            involvements=[{"pilot": "t", "organisation": "b"}, {"pilot": "t", "organisation": "c"}],
        )
    )
    assert sorted(found.network.graph.edges) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found.alone == 1


def test_a_place_with_too_many_partners_links_nobody_and_is_named() -> None:
    """Sixty-one in one pilot would be 1,830 links that say nothing."""
    ids = [f"p{n}" for n in range(61)]
    found = stars.shared(
        net(" ".join(ids), pilots=[{"id": "t", "name": "T"}], involvements=[{"pilot": "t", "organisation": each} for each in ids])
    )
    assert found.network.graph.number_of_edges() == 0 and found.left_out == (("T", 61),)


def test_a_packed_message_holds_the_same_partners_and_ties() -> None:
    """Unpacked as the browser does it: places within a rounding, ties, strengths and names the same."""
    network = build(survey(30))
    message = draw_map.message(draw(network, positions.positions(network.graph), dict(network.graph.degree)))
    packed = large.pack(message)
    raw = zlib.decompress(base64.b64decode(packed["packed"]))
    n, m = packed["count"]
    assert (n, m) == (len(message["nodes"]), len(message["edges"]))
    ends = np.frombuffer(raw, "<u4", 2 * m).reshape(2, m)
    assert ends.T.tolist() == [edge[:2] for edge in message["edges"]]
    xs = np.frombuffer(raw, "<u2", n, 8 * m) / 65_535 * (packed["box"][0][1] - packed["box"][0][0]) + packed["box"][0][0]
    assert xs == pytest.approx([node[3] for node in message["nodes"]], abs=1)
    classes = np.frombuffer(raw, "u1", m, 8 * m + 8 * n + m)
    assert [None if c & 7 == 7 else int(c & 7) for c in classes] == [edge[3] for edge in message["edges"]]
    lines = raw[11 * m + 8 * n :].decode().split("\n")
    assert lines == [node[0] for node in message["nodes"]] + [node[1] for node in message["nodes"]]


def test_nothing_packs_into_nothing() -> None:
    """An empty map is a message like any other."""
    assert large.pack(draw_map.message(draw(net(""), {})))["count"] == [0, 0]


@pytest.mark.parametrize(("partners", "most"), [(1_000, 50_000), pytest.param(10_000, 500_000, marks=pytest.mark.thorough)])
def test_ten_thousand_partners_are_under_half_a_megabyte_and_a_tenth_of_them_under_a_tenth(partners: int, most: int) -> None:
    """With three times as many ties, places and names included."""
    network = build(sector(partners, 3 * partners))
    spots = {partner: (float(at % 100) * 60, float(at // 100) * 60) for at, partner in enumerate(network.graph)}
    assert len(large.pack(draw_map.message(draw(network, spots)))["packed"]) < most
