"""Attendance registers as leads keep them come in as activities and who took part, and what is none of them is left alone."""

import pytest

from wtnet.importing.files import bring
from wtnet.tables import Tables


def tables(text: str, name: str = "attendance 2024.csv", known: Tables | None = None) -> Tables:
    """What a CSV is read as, with nothing wrong in it."""
    result = bring([(name, text.encode())], known)
    assert result.unreadable is None and not result.checked.problems, [p.sentence for p in result.checked.problems]
    return result.checked.tables


def test_a_row_a_session_with_a_number():
    register = (
        "Date,Session,Venue,Project,Number attending,Notes\n"
        "04/03/2024,Clay morning,Museum café,Tidelines,12,went well\n"
        "18/03/2024,Clay morning,Museum café,Tidelines,,cancelled buses\n"
        "Total,,,,12,\n"
    )
    seen = tables(register)
    rows = seen.activities.select("name", "starts", "place", "people", "kind").rows()
    assert [(name, str(day), where, people, kind) for name, day, where, people, kind in rows] == [
        ("Clay morning", "2024-03-04", "Museum café", 12, "session"),
        ("Clay morning", "2024-03-18", "Museum café", None, "session"),
    ]
    assert seen.pilots["name"].to_list() == ["Tidelines"] and seen.activities["pilot"].n_unique() == 1
    assert seen.activities["id"].n_unique() == 2


def test_sessions_without_a_title_and_with_a_partner_each():
    seen = tables("Day,Partner,Attendees\n2024-05-01,Harbour Arts,9\n2024-05-08,City Clinic,4\n2024-05-15,Harbour Arts,7\n")
    assert seen.activities["people"].to_list() == [9, 4, 7] and seen.attendances.height == 3
    assert sorted(seen.organisations["name"]) == ["City Clinic", "Harbour Arts"]


@pytest.mark.parametrize(("mark", "people"), [("x", None), ("✓", None), ("3", 3)])
def test_organisations_by_events_with_crosses_or_numbers(mark, people):
    headings = "Organisation,Network day 4 June 2024,Training (12/09/2024)"
    register = f"{headings}\nHarbour Arts,{mark},\nCity Clinic,{mark},{mark}\nThe Mill,,{mark}\n"
    seen = tables(register)
    assert [(name, str(day)) for name, day in seen.activities.select("name", "starts").rows()] == [
        ("Network day", "2024-06-04"), ("Training", "2024-09-12"),
    ]  # fmt: skip
    assert seen.attendances.height == 4 and set(seen.attendances["people"]) == {people}
    assert seen.pilots.is_empty() and seen.involvements.is_empty()


def test_who_takes_part_in_which_pilot_is_no_register():
    seen = tables("Organisation,Tidelines,Loom and Leaf\nHarbour Arts,x,\nCity Clinic,x,x\n", "who.csv")
    assert seen.activities.is_empty() and seen.involvements.height == 3


def test_indicators_with_a_target_are_no_register():
    result = bring([("numbers.csv", b"Date,Indicator,Participants,Target\n2024-01-01,Sessions,12,20\n")])
    assert result.checked.tables.activities.is_empty()
