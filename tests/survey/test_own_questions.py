"""Questions of the lead's own on the forms: asked after the standard ones, read back, and kept where they belong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from tests.support.frames import frame
from wtnet import survey
from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.survey import about_itself
from wtnet.survey.form_workbook import SHEET
from wtnet.survey.questionnaire import every_question, questionnaire, switched_off
from wtnet.survey.questions import Question, parse_answer
from wtnet.tables import Tables, own

ONE = Programme("p", "P")
HOSTILE = "=cmd|' /C calc'!A0"
QUESTIONS = frame(
    "questions",
    {"id": "openness", "asked": False},
    {"id": "fair", "wording": "Is the work shared fairly?", "about": "partner", "type": "scale", "choices": "never; always"},
    {"id": "what", "wording": HOSTILE, "about": "partner", "type": "several", "choices": "money; space; time"},
    {"id": "voice", "wording": "Does your organisation have an equal voice?", "person_wording": "Do you have an equal voice?",
     "type": "yes_no", "indicator": "equal"},
    {"id": "hours", "wording": "Hours given", "type": "number"},
    {"id": "old", "wording": "No longer asked", "type": "text", "asked": False},
)  # fmt: skip


@pytest.fixture
def tables() -> Tables:
    """A museum and a freelancer that rated each other, and a wave."""
    return Tables(
        {
            "organisations": frame(
                "organisations",
                {"id": "m", "name": "Museum", "kind": "museum"},
                {"id": "f", "name": "Fay", "kind": "freelancer", "sharing": "public"},
            ),
            "waves": frame("waves", {"id": "w", "name": "W", "date": date(2025, 1, 1), "purpose": "survey", "status": "open"}),
            "ratings": frame(
                "ratings",
                {"wave": "w", "rater": "m", "partner": "f", "openness": 4},
                {"wave": "w", "rater": "f", "partner": "m", "level": 1},
            ),
            "indicators": frame("indicators", {"id": "equal", "theme": "care", "name": "With an equal voice", "unit": "%"}),
            "questions": QUESTIONS,
            "answers": frame("answers", {"wave": "w", "organisation": "m", "question": "old", "value": "once"}),
        }
    )


def forms(tables: Tables) -> dict[str, bytes]:
    made = survey.forms(ONE, survey.Roster(tables), survey.find("w", survey.waves(tables)), tables=tables)
    with zipfile.ZipFile(io.BytesIO(made.data)) as packed:
        return {whose.partner: packed.read(name) for whose, name in made.files.items()}


def filled(data: bytes, *fills: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for fill in fills:
        fill(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def says(about: str, title: str, answer: Any) -> Callable[[Any], None]:
    """Answer under a heading about a partner."""

    def fill(book: Any) -> None:
        sheet = book[SHEET]
        column = next(at for at in range(1, sheet.max_column + 1) if title in str(sheet.cell(5, at).value))
        row = next(row for row in range(6, sheet.max_row + 1) if sheet.cell(row, 1).value == about)
        sheet.cell(row, column).value = answer

    return fill


def tells(words: str, answer: Any) -> Callable[[Any], None]:
    """Answer about the own organisation."""

    def fill(book: Any) -> None:
        sheet = book[about_itself.SHEET]
        sheet.cell(next(row for row in range(2, 9) if words in str(sheet.cell(row, 1).value)), 2).value = answer

    return fill


def collected(tables: Tables, data: bytes) -> survey.FormCollection:
    return survey.collect(ONE, tables, [("back.xlsx", data)], survey.waves(tables))


def test_a_programme_without_questions_asks_the_standard_ones(tables: Tables) -> None:
    """Nothing of ours, no sheet, every standard one; a switched-off one is asked nowhere and its answers stay."""
    plain = tables.with_(questions=QUESTIONS.clear(), answers=tables.answers.clear())
    assert questionnaire(plain).columns == survey.questions.COLUMNS and not questionnaire(plain).itself
    assert about_itself.SHEET not in openpyxl.load_workbook(io.BytesIO(forms(plain)["m"])).sheetnames
    asked = questionnaire(tables, "m")
    assert switched_off(tables) == ("openness",) and "openness" not in asked.columns
    assert asked.columns[-2:] == ("fair", "what") and [each.column for each in asked.itself] == ["voice", "hours"]
    back = collected(tables, filled(forms(tables)["m"], says("Fay", "How closely", 3)))
    row = back.proposal.tables.ratings.row(0, named=True)
    assert (row["level"], row["openness"]) == (3, 4), "what was answered before the question was switched off"


def test_a_person_is_asked_as_a_person_and_an_organisation_as_one(tables: Tables) -> None:
    """In the lead's words and in the standard ones, on the sheet and behind the cells."""
    words = {
        partner: str([*openpyxl.load_workbook(io.BytesIO(data))[about_itself.SHEET].values])
        for partner, data in forms(tables).items()
    }
    assert "Do you have" in words["f"] and "Does your organisation have" in words["m"]
    level = questionnaire(tables).partner[0]
    sheets = {whose: str([*openpyxl.load_workbook(io.BytesIO(data))[SHEET].values]) for whose, data in forms(tables).items()}
    assert "your name" in sheets["f"] and "your organisation’s name" in sheets["m"]
    assert level.words("Fay") == "How closely does your organisation work with Fay?"
    assert level.words("Fay", is_person=True) == "How closely do you work with Fay?"


def test_answers_on_a_form_come_back_as_fields_and_as_results(tables: Tables, tmp_path: Path) -> None:
    """About a partner: fields of the rating, declared for the lead. About itself: answers, and the share they make."""
    data = filled(
        forms(tables)["m"],
        says("Fay", "Is the work shared fairly?", "4"),
        says("Fay", "=cmd", "Time; money"),
        tells("equal voice", "Yes"),
        tells("Hours", 12.5),
    )
    back = collected(tables, data)
    assert not back.problems
    with Store(f"sqlite:///{tmp_path}/s.db") as store:
        base = store.create(ONE, tables, "A", "r").id
        survey.accept(store, "p", back, base, "A")
        kept = store.load("p")
    assert own.decode(kept.ratings.row(0, named=True)["own_fields"]) == {"fair": "4", "what": "money; time"}
    fields = kept.fields.filter(table="ratings").select("id", "type", "sharing").rows()
    assert fields == [("fair", "number", "private"), ("what", "several", "private")]
    answers = dict(kept.answers.select("question", "value").iter_rows())
    assert answers == {"old": "once", "voice": "yes", "hours": "12.5"}
    assert kept.results.select("indicator", "pilot", "value", "n", "question").rows() == [("equal", None, 100.0, 1, "voice")]


def test_an_answer_that_is_none_of_the_choices_is_set_aside_alone(tables: Tables) -> None:
    """On both sheets, with its place; the rest is taken, and the lead can put it right, within what the question allows."""
    data = filled(forms(tables)["m"], says("Fay", "fairly", "6"), tells("Hours", "some"), tells("equal voice", "no"))
    back = collected(tables, data)
    (form,) = back.forms
    assert not back.problems and dict(form.itself) == {"voice": "no"}
    assert "“6” is not one of the choices" in form.sentences[0] and "“some” is no number" in form.sentences[1]
    fair, hours = form.spoilt
    with pytest.raises(InvalidRequest, match="is no number"):
        back.put_right({hours.id: "many"})
    right = back.put_right({fair.id: "5", hours.id: "7"})
    assert dict(right.proposal.tables.answers.select("question", "value").iter_rows())["hours"] == "7"
    assert own.decode(right.proposal.tables.ratings.row(0, named=True)["own_fields"]) == {"fair": "5"}


def test_a_form_sent_before_a_question_was_changed_is_still_read(tables: Tables) -> None:
    """Reworded since, switched off since, added since; a question taken out is left out."""
    data = filled(forms(tables)["m"], says("Fay", "fairly", "2"), tells("equal voice", "no"), tells("Hours", "3"))
    since = QUESTIONS.filter(pl.col("id") != "hours").with_columns(
        wording=pl.when(pl.col("id") == "fair").then(pl.lit("Fair?")).otherwise("wording"),
        asked=pl.when(pl.col("id") == "voice").then(pl.lit(False)).otherwise("asked"),
    )
    later = tables.with_(
        questions=pl.concat([since, frame("questions", {"id": "new", "wording": "New?", "about": "partner", "type": "text"})])
    )
    back = collected(later, data)
    assert not back.problems and own.decode(back.proposal.tables.ratings.row(0, named=True)["own_fields"]) == {"fair": "2"}
    assert dict(back.proposal.tables.answers.select("question", "value").iter_rows()) == {"old": "once", "voice": "no"}
    assert {each.column for each in every_question(later).itself} == {"voice", "old"}


def test_the_link_saves_answers_and_takes_back_what_was_emptied(tables: Tables, tmp_path: Path) -> None:
    """Only what was asked: an answer to a question that is not asked any more stays."""
    with Store(f"sqlite:///{tmp_path}/s.db") as store:
        store.create(ONE, tables, "A", "r")
        until = date.today() + timedelta(days=2)
        token = survey.make(store, "p", "w", "m", until)
        form = survey.open_form(store, survey.open_link(store, token))
        survey.save(store, form, {"f": {"level": 2, "fair": "5"}}, itself={"voice": "no", "hours": "1"})
        form = survey.open_form(store, survey.open_link(store, token))
        assert form.answers["f"] == {"level": 2, "openness": 4, "fair": "5"} and form.itself["hours"] == "1"
        survey.save(store, form, {"f": {"level": 2}}, itself={"voice": "no"})
        kept = store.load("p")
        assert dict(kept.answers.select("question", "value").iter_rows()) == {"old": "once", "voice": "no"}
        assert kept.ratings.row(0, named=True)["own_fields"] is None
        survey.save(store, survey.open_form(store, survey.open_link(store, token)), {"f": {"level": 3}})
        assert store.load("p").answers.equals(kept.answers), "a part of the form that does not ask leaves them"


@pytest.mark.parametrize(
    ("kind", "choices", "typed", "value"),
    [
        ("yes_no", "", "YES", "yes"),
        ("scale", "never; always", "1 never", "1"),
        ("scale", "", "5.0", "5"),
        ("choice", "a; b", "B", "b"),
        ("several", "a; b; c", "c;a", "a; c"),
        ("number", "", "1,250", "1250"),
        ("text", "", " words ", "words"),
        ("yes_no", "", "  ", None),
    ],
)
def test_answers_are_read_as_people_write_them(kind: str, choices: str, typed: str, value: str | None) -> None:
    """Whatever the capitals; of several in the order of the choices."""
    rows = frame("questions", {"id": "q", "wording": "Q", "type": kind, "choices": choices})
    (question,) = questionnaire(Tables({"questions": rows})).itself
    assert isinstance(question, Question) and parse_answer(question, typed) == value
