"""What a partner is given back of findings, of what it said of them, and of activities: its own, and what partners may read."""

import io
from dataclasses import replace

import openpyxl
import pytest

from tests.support import exports
from tests.support.frames import frame
from wtnet import writers
from wtnet.store import Programme
from wtnet.tables import Tables
from wtnet.writers.tables import give_back

KEPT = "Kept private: its words are not passed on."


@pytest.fixture(scope="module")
def tables() -> Tables:
    """A museum and a surgery in one pilot, and Jo, who is hidden; findings with every sharing about each of them."""
    told = [
        ("own", "About us", "m", None, None, "public"),
        ("own-private", "SECRET of us", "m", None, None, "private"),
        ("tie", "Of us and Jo Marsh", "jo", "m", None, "partners"),
        ("tie-private", "SECRET of us and the surgery", "s", "m", None, "private"),
        ("pilot", "Of our pilot", None, None, "p", None),
        ("pilot-private", "SECRET of our pilot", None, None, "p", "private"),
        ("theirs", "Of the surgery alone", "s", None, None, "public"),
        ("theirs-private", "SECRET of theirs", "s", None, None, "private"),
        ("elsewhere", "Of another pilot", None, None, "q", "public"),
    ]
    findings = [
        {
            "id": id, "theme": "care", "statement": statement, "organisation": organisation, "other": other, "pilot": pilot,
            "sharing": sharing, "voice": "leaders", "standing": "disputed", "contribution": f"{statement}: help",
            "evidence": f"{statement}: proof", "confirmed_by": "A role",
        }
        for id, statement, organisation, other, pilot, sharing in told
    ]  # fmt: skip
    said = [
        {"finding": "own", "organisation": "m", "answer": "partly", "comment": "Nearly"},
        {"finding": "own-private", "organisation": "m", "answer": "no", "comment": "Ours to say"},
        {"finding": "tie-private", "organisation": "s", "answer": "no", "comment": "SECRET answer of theirs"},
        {"finding": "own", "organisation": "s", "answer": "fully", "comment": "SECRET comment of theirs"},
    ]
    return Tables(
        {
            "organisations": frame(
                "organisations",
                exports.partner("m", "Museum"),
                exports.partner("s", "Surgery"),
                {**exports.partner("jo", "Jo Marsh", "freelancer"), "sharing": "private"},
            ),
            "pilots": frame("pilots", {"id": "p", "name": "Tides", "lead": "m"}, {"id": "q", "name": "Sands", "lead": "s"}),
            "findings": frame("findings", findings),
            "confirmations": frame("confirmations", said),
            "activities": frame("activities", {"id": "day", "name": "Day"}, {"id": "talk", "name": "Talk", "people": 3}),
            "attendances": frame(
                "attendances",
                {"activity": "day", "organisation": "m", "role": "host", "people": 2},
                {"activity": "day", "organisation": "s", "people": 4},
                {"activity": "talk", "organisation": "s", "people": 3},
            ),
        }
    )


@pytest.fixture(scope="module")
def sheets(tables: Tables) -> dict[str, list[tuple]]:
    """The rows of each sheet that the museum gets, without headings."""
    export = writers.prepare(Programme(id="p", name="P"), tables, made=exports.DAY)
    _, workbook = next(give_back.each(replace(export, partner="m")))
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}


def test_findings_that_name_it_come_first_private_ones_without_words_then_those_of_its_pilots(sheets):
    rows = sheets["Findings"]
    assert [row[1] for row in rows[:2]] == ["About us", "Of us and Freelancer 1"]
    assert [row[1] for row in rows[2:4]] == [KEPT, KEPT]
    assert [row[1] for row in rows[4:]] == ["Of our pilot"]
    assert rows[0] == (
        "Care", "About us", "Leaders", "disputed", "Museum", "About us: help", "About us: proof", "everybody",
    )  # fmt: skip
    assert rows[1][4] == "Museum ↔ Freelancer 1" or rows[1][4] == "Freelancer 1 ↔ Museum"
    assert [row[-1] for row in rows] == ["everybody", "partners", "nobody", "nobody", "partners"]


def test_of_a_private_finding_nothing_stands_there_but_its_theme_and_that_it_is_kept(sheets):
    for row in [row for row in sheets["Findings"] if row[1] == KEPT]:
        assert row[0] == "Care" and row[2] == "Voice not recorded" and row[4:7] == ("Museum", None, None)
        assert row[3] == "claimed"  # how it stands is not told either: an empty standing reads as claimed


def test_its_own_answers_are_there_and_no_answer_of_another(sheets):
    assert sheets["What you said of findings"] == [
        ("About us", "Agrees partly", "Nearly"),
        (KEPT, "Does not agree", "Ours to say"),
    ]


def test_activities_it_took_part_in_with_how_many_came_from_it_and_no_other(sheets):
    assert sheets["Your activities"] == [("Day", None, None, 2, "Host")]


def test_nothing_secret_and_no_hidden_name_is_in_any_sheet(sheets):
    said = str(sheets)
    assert "SECRET" not in said and "Jo Marsh" not in said
    assert "Of the surgery alone" not in said and "Of another pilot" not in said
