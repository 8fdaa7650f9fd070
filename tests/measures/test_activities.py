"""What was done, whom it reached, who took part, and who met whom; with what others than the lead are not told."""

from datetime import date

import polars as pl
import pytest

from tests.support.frames import frame
from wtnet.access import redact
from wtnet.measures import activities as done
from wtnet.measures import catalogue
from wtnet.network import build
from wtnet.tables import Tables, waves

WAVES = frame(
    "waves", {"id": "w1", "name": "One", "date": date(2024, 1, 1)}, {"id": "w2", "name": "Two", "date": date(2025, 1, 1)}
)


def programme(*activities: dict, came: str = "", **more: pl.DataFrame) -> Tables:
    """Partners a–d and these activities; `came` such as "0a 0b 1a" says who took part in which."""
    rows = [{"id": str(at), "name": f"A{at}"} | row for at, row in enumerate(activities)]
    kinds = ["museum", "museum", "freelancer", "health_provider"]
    partners = [{"id": x, "name": x.upper(), "kind": kind, "sharing": "public"} for x, kind in zip("abcd", kinds, strict=True)]
    attended = [{"activity": word[0], "organisation": word[1], "people": 2} for word in came.split()]
    return Tables(
        {
            "organisations": frame("organisations", partners),
            "waves": WAVES,
            "activities": frame("activities", rows),
            "attendances": frame("attendances", attended),
            **more,
        }
    )


def test_without_activities_nothing_was_reached_and_nobody_is_said_never_to_have_taken_part():
    tables = programme()
    assert done.reached(tables) == (None, 0, 0, False)
    part = done.attendance(tables)
    assert part.gap is not None and part.partners["activities"].null_count() == part.kinds["never"].null_count() + 1 == 4
    assert done.met_at(tables).is_empty() and done.outputs(tables, "kind").is_empty()


def test_unknown_numbers_of_people_are_counted_as_unknown_and_never_as_none():
    tables = programme({"kind": "training", "people": 10}, {"kind": "training"}, {"kind": "film"}, {"people": 0})
    assert done.outputs(tables, "kind").rows() == [
        ("training", 2, 10, 1, 1, False), ("film", 1, None, 0, 1, False), (None, 1, 0, 1, 0, False),
    ]  # fmt: skip
    assert done.reached(tables) == (10, 2, 2, False)


@pytest.mark.parametrize(
    ("days", "wave"),
    [
        ({"starts": date(2023, 5, 1)}, "w1"), ({"starts": date(2024, 1, 1)}, "w1"), ({"starts": date(2024, 1, 2)}, "w2"),
        ({"starts": date(2023, 5, 1), "ends": date(2024, 5, 1)}, "w2"), ({"starts": date(2025, 1, 2)}, None), ({}, None),
    ],
)  # fmt: skip
def test_an_activity_belongs_to_the_first_wave_on_or_after_its_end(days, wave):
    tables = programme(days)
    assert waves.of_activities(tables)["wave"].to_list() == [wave]
    undated = not days
    assert done.activities(tables, "w1").height == (wave == "w1" or undated)
    assert done.activities(tables, "w2").height == (wave is not None or undated)


def test_who_took_part_and_who_never_has_by_kind():
    tables = programme({"starts": date(2023, 5, 1)}, {}, came="0a 0b 1a 1c")
    part = done.attendance(tables)
    assert part.gap is None
    assert part.partners.select("organisation", "activities", "met").rows() == [
        ("a", 2, 2),
        ("b", 1, 1),
        ("c", 1, 1),
        ("d", 0, 0),
    ]
    assert part.kinds.rows() == [("museum", 2, 2, 0), ("freelancer", 1, 1, 0), ("health_provider", 1, 0, 1)]


def test_where_the_register_is_not_complete_nobody_is_said_never_to_have_taken_part():
    gap = frame("coverage", {"subject": "attendances", "state": "partial"})
    part = done.attendance(programme({}, came="0a", coverage=gap))
    assert part.kinds["never"].to_list() == [None] * 3
    assert part.partners["activities"].to_list() == [1, None, None, None]


def test_partners_met_is_the_projection_of_the_two_mode_network():
    """A₂ = AᵀA off its diagonal, worked out by hand for the register of three activities."""
    tables = programme({}, {}, {}, came="0a 0b 1b 1a 1c 2d")
    assert done.met_at(tables).rows() == [("a", "b", 2), ("a", "c", 1), ("b", "c", 1)]


def test_a_timeline_is_in_the_order_of_days_with_the_part_taken():
    days = [{"starts": date(2024, 3, 1)}, {"starts": date(2023, 3, 1)}, {}]
    line = done.timeline(programme(*days, came="0a 1a 2a 0b"), "a")
    assert (
        line["id"].to_list() == ["1", "0", "2"] and set(line["role"]) == {"takes_part"} and line["from_it"].to_list() == [2] * 3
    )


def test_small_numbers_of_people_are_withheld_from_others_and_no_sum_gives_them_away():
    tables = programme(
        {"kind": "training", "people": 3}, {"kind": "training", "people": 30}, {"kind": "film", "people": 2}, {"people": 9},
        {"people": 0}, came="0a 0b",
    )  # fmt: skip
    for audience in ("partners", "public"):
        seen = redact(tables, audience)
        assert seen.activities["people"].to_list() == [None, 30, None, 9, 0]
        assert done.activities(seen)["withheld"].to_list() == [True, False, True, False, False]
        assert seen.attendances["people"].null_count() == 2
        by_kind = done.outputs(seen, "kind").select("group", "people", "withheld").rows()
        assert by_kind == [("training", None, True), ("film", None, True), (None, 9, False)]
        assert done.reached(seen) == (44, 5, 0, False)


def test_one_small_number_alone_is_in_no_sum_that_others_are_told():
    seen = redact(programme({"kind": "film", "people": 3}, {"kind": "film", "people": 30}), "public")
    assert done.reached(seen) == (None, 2, 0, True)
    assert done.outputs(seen, "kind").row(0) == ("film", 2, None, 2, 0, True)
    assert done.reached(redact(programme({"people": 1}, {"people": 3}), "public")).people is None


def test_measures_of_attending_are_the_degrees_of_the_two_mode_network_and_its_projection():
    """Known by hand; null for everybody where the register is empty or not complete."""
    tables = programme({}, {}, {}, came="0a 0b 1b 1a 1c 2d")

    def values(id: str, of: Tables) -> list[int | None]:
        return list(catalogue.find(id, "partner").compute(build(of)).values())

    assert values("activities_attended", tables) == [2, 2, 1, 1] and values("partners_met", tables) == [2, 2, 2, 0]
    assert values("partners_met", redact(tables, "public")) == [2, 2, 2, 0]
    for gap in (programme({}), tables.with_(coverage=frame("coverage", {"subject": "attendances", "state": "partial"}))):
        assert values("activities_attended", gap) == values("partners_met", gap) == [None] * 4
