"""What is said of activities: nothing is nought that is unknown, nobody is absent whom the record does not tell of."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.support.impact import made
from wtnet.analysis.meeting import MeetingTest
from wtnet.analysis.qap import Qap
from wtnet.measures import activities as measures
from wtnet.sentences import activities as sentences
from wtnet.tables import Tables


def programme(people: tuple[int | None, ...], attended: tuple[str, ...] = (), **more: list[dict[str, Any]]) -> Tables:
    activities = [{"id": f"a{at}", "name": f"Day {at}", "kind": "training", "people": number} for at, number in enumerate(people)]
    return made(
        organisations=[{"id": "m", "name": "Museum", "kind": "museum"}, {"id": "n", "name": "Mill", "kind": "museum"}],
        activities=activities,
        attendances=[{"activity": "a0", "organisation": partner} for partner in attended],
        **more,
    )


def test_without_activities_nothing_is_said() -> None:
    assert sentences.headline(programme(()), None) == ""


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ((None,), "How many people they reached is not recorded."),
        ((0,), "They reached 0 people, whoever came to several counted in each."),
        ((12, None), "The 1 that counted their people reached 12; of the others it is not recorded."),
    ],
)
def test_people_that_nobody_counted_are_not_nought(people: tuple[int | None, ...], words: str) -> None:
    assert words in sentences.headline(programme(people), None)


def test_nobody_is_said_never_to_have_come_where_no_attendance_is_recorded() -> None:
    unknown = measures.attendance(programme((1,)))
    assert sentences.took_part(unknown) == "Who took part is not recorded."
    assert sentences.never(unknown, "museum") == "not recorded"
    assert sentences.took_part_cell(unknown, 0, 2) == "not recorded"
    some = measures.attendance(programme((1,), ("m",), coverage=[{"subject": "attendances", "state": "partial"}]))
    assert "recorded as having taken part" in sentences.took_part(some) and sentences.never(some, "museum") == "not recorded"
    assert sentences.took_part_cell(some, 1, 2) == "1 on record"


def test_who_never_came_is_named_where_the_record_tells_of_all() -> None:
    taking = measures.attendance(programme((1,), ("m",)))
    assert sentences.took_part(taking) == "1 of 2 partners took part in at least one."
    assert sentences.never(taking, "museum") == "Mill"
    assert sentences.never(measures.attendance(programme((1,), ("m", "n"))), "museum") == "–"


def test_an_activity_of_several_days_says_both_and_one_without_says_so() -> None:
    day = dt.date(2024, 3, 4)
    assert sentences.days({"starts": day, "ends": day}) == "4 March 2024"
    assert sentences.days({"starts": day, "ends": dt.date(2024, 6, 1)}) == "4 March 2024 to 1 June 2024"
    assert sentences.days({"starts": None, "ends": None}) == "day not recorded"


def test_meeting_is_never_said_to_have_made_partners_and_chance_is_called_chance() -> None:
    test = Qap(20, 0.2, 0.4, 0.2, 0.8, -0.3, 0.3, 100)
    words = sentences.meeting_sentence(MeetingTest(40, 60, 8, 6, 3, test), "Start", "End")
    assert "8 (20%) had one at End; of 60 that did not meet, 6 (10%)" in words and "within what chance would give" in words
    assert "It does not say that meeting made the difference" in words and "more often" not in words
    less = MeetingTest(40, 60, 1, 30, 0, Qap(20, -0.4, 0.001, 1.0, 0.001, -0.2, 0.2, 1000))
    assert "less often than chance" in sentences.meeting_sentence(less, "Start", "End")


def test_where_there_is_a_reason_not_to_test_it_stands_in_the_place_of_the_verdict() -> None:
    words = sentences.meeting_sentence(MeetingTest(4, 60, 1, 6, 0, Qap(9), "Too few."), "Start", "End")
    assert words.endswith("Too few.") and "chance" not in words
    assert sentences.meeting_sentence(MeetingTest(reason="Withheld."), "Start", "End") == "Withheld."
