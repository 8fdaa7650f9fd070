"""Where partners are: coordinates, towns, and what is left out."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.frames import frame
from wtnet.places import find_postcode, find_town, kilometres, located, same_place
from wtnet.tables import Tables


def tables(*rows: dict) -> Tables:
    return Tables({"organisations": frame("organisations", [{"name": row["id"], "kind": "museum"} | row for row in rows])})


def where(**one: object) -> dict:
    return located(tables({"id": "a"} | one)).row(0, named=True)


def test_no_partners_give_no_rows() -> None:
    """An empty programme has nobody to place."""
    assert located(Tables()).height == 0


def test_coordinates_that_are_given_are_used_as_they_are() -> None:
    """Also where the place names a town."""
    found = where(latitude=54.97, longitude=-1.61, place="York")
    assert (found["latitude"], found["longitude"], found["by"], found["why_not"]) == (54.97, -1.61, "coordinates", None)


def test_nothing_known_is_null_with_a_reason() -> None:
    """No coordinates and no place: nobody guesses."""
    found = where()
    assert (found["latitude"], found["longitude"], found["by"]) == (None, None, None)
    assert found["why_not"] == "it has no coordinates and no place"


def test_zero_zero_is_missing_and_says_so() -> None:
    """A point in the Atlantic is what an empty cell turns into."""
    found = where(latitude=0.0, longitude=0.0, place="Nowhere at all")
    assert found["latitude"] is None and "0, 0" in found["why_not"] and "Nowhere at all" in found["why_not"]


def test_zero_zero_with_a_town_is_placed_by_the_town() -> None:
    """The town is better than the Atlantic."""
    assert where(latitude=0.0, longitude=0.0, place="York")["by"] == "town"


def test_greenwich_may_lie_on_the_meridian() -> None:
    """Only both at 0 are missing: 0 degrees east is a real place."""
    assert where(latitude=51.48, longitude=0.0)["by"] == "coordinates"


def test_half_a_position_is_none() -> None:
    """Latitude without longitude is said, not guessed."""
    assert "only one of latitude and longitude" in where(latitude=54.0)["why_not"]


def test_a_town_is_found_by_its_name_whatever_the_spelling_of_case_accents_hyphens_and_saint() -> None:
    """York, YORK; St Andrews, Saint Andrews; Bury-St-Edmunds."""
    assert find_town("York") == find_town(" YORK ") == pytest.approx((53.96, -1.08), abs=0.05)
    assert find_town("St Andrews") == find_town("Saint Andrews") != None  # noqa: E711
    assert find_town("Bury-St-Edmunds") == find_town("Bury St. Edmunds") != None  # noqa: E711


def test_a_name_that_several_towns_share_needs_its_nation() -> None:
    """There are several Newports and two Bangors."""
    assert find_town("Bangor") is None
    assert find_town("Bangor, Wales") == pytest.approx((53.23, -4.13), abs=0.05)
    assert find_town("Bangor, Northern Ireland") == pytest.approx((54.66, -5.67), abs=0.05)


@pytest.mark.parametrize("place", ["", None, "UK-wide", "Greenwich, London", "near York", "=1+1", "<b>York</b>", "'"])
def test_only_a_whole_name_is_a_town(place: str | None) -> None:
    """Parts of a name, two towns in one cell, a nation or mischief find nothing."""
    assert find_town(place) is None


@pytest.mark.parametrize("place", ["LS1", "ls1 4ap", "LS14AP", "12 Some Street, Leeds LS1 4AP", "Leeds,LS1 4AP"])
def test_a_postcode_stands_in_its_district_however_it_is_written(place: str) -> None:
    """A district alone, a whole postcode, or an address that ends in one."""
    assert find_postcode(place) == pytest.approx((53.797, -1.55), abs=0.01)
    assert where(place=place)["by"] == "postcode"


@pytest.mark.parametrize("place", ["", None, "ZZ9 9ZZ", "Room LS1", "BT1 5GS", "LS1 4AP Leeds", "=LS1", "12345"])
def test_what_is_no_postcode_of_the_table_finds_nothing(place: str | None) -> None:
    """Districts that do not exist, Northern Ireland (not in the open table), a room that looks like a district."""
    assert find_postcode(place) is None


def test_districts_are_where_their_towns_are() -> None:
    """Two tables of different owners agree within a few kilometres."""
    for town, district in (("York", "YO1"), ("Cardiff", "CF10"), ("Lerwick", "ZE1"), ("Penzance", "TR18")):
        (a, b), (c, d) = find_town(town), find_postcode(district)  # type: ignore[misc]
        assert float(kilometres(*(np.array([x]) for x in (a, b, c, d)))[0]) < 5


def test_distance_is_the_great_circle_and_unknown_where_a_coordinate_is() -> None:
    """London to Edinburgh is about 534 km; to itself 0."""
    got = kilometres(np.array([51.5074, 51.5074, np.nan]), np.array([-0.1278, -0.1278, 0]), np.array([55.9533, 51.5074, 51]),
                     np.array([-3.1883, -0.1278, 0]))  # fmt: skip
    assert got[0] == pytest.approx(534, abs=1) and got[1] == 0 and np.isnan(got[2])


def test_the_same_place_is_the_same_name_and_unknown_where_one_is_not_given() -> None:
    """Case and hyphens aside."""
    assert same_place("Stoke-on-Trent", "stoke on trent") is True
    assert same_place("York", "Leeds") is False
    assert same_place("York", None) is None
