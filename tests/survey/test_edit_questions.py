"""What the lead may write as a question, and what becomes of one that was answered."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.support.frames import frame
from wtnet.errors import InvalidRequest
from wtnet.survey.edit_questions import MOST, moved, switched, with_question, with_standard, without_question
from wtnet.survey.questionnaire import own_rows, questionnaire
from wtnet.tables import Tables, own

VOICE = {"wording": "Do you have an equal voice?", "type": "yes_no", "indicator": "equal"}
FAIR = {"wording": "Is the work shared fairly?", "about": "partner", "type": "scale", "choices": "never; always"}


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Two partners, a wave, a share and a count."""
    return Tables(
        {
            "organisations": frame("organisations", [{"id": id, "name": id, "kind": "museum"} for id in "ab"]),
            "waves": frame("waves", {"id": "w", "name": "W", "date": date(2025, 1, 1)}),
            "ratings": frame("ratings", {"wave": "w", "rater": "a", "partner": "b", "level": 2}),
            "indicators": frame(
                "indicators",
                {"id": "equal", "theme": "care", "name": "Equal voice", "unit": "%"},
                {"id": "sessions", "theme": "care", "name": "Sessions held", "unit": "sessions", "instrument": "count"},
            ),
        }
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"wording": "  "}, "Write the question in full"),
        ({"wording": "x" * 2_001}, "at most 2,000 letters"),
        ({"wording": "they share our aims", "about": "partner"}, "is asked already"),
        ({"wording": "Which?", "type": "choice", "choices": "one"}, "Write 2 to 40 choices"),
        ({"wording": "Which?", "type": "several", "choices": "a|b; c"}, "without the sign |"),
        ({"wording": "How?", "type": "scale", "choices": "low"}, "a word at each end"),
        ({**FAIR, "indicator": "equal"}, "about the own organisation"),
        ({**VOICE, "type": "text"}, "about the own organisation"),
        ({**VOICE, "indicator": "gone"}, "not in the programme any more"),
        ({**VOICE, "indicator": "sessions", "type": "scale"}, "“Sessions held” is none"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(tables: Tables, row: dict[str, Any], words: str) -> None:
    """Each with why and what to do."""
    with pytest.raises(InvalidRequest, match=words.replace("|", r"\|")):
        with_question(tables, row)


def test_questions_are_added_changed_moved_and_taken_out(tables: Tables) -> None:
    """An id that a file's heading reads back to; a field of the ratings for one about partners, gone with it."""
    both = with_question(with_question(tables, VOICE), FAIR)
    assert [row["id"] for row in own_rows(both)] == ["do_you_have_an_equal_voice", "is_the_work_shared_fairly"]
    assert own.field_id("is_the_work_shared_fairly") == "is_the_work_shared_fairly"
    (field,) = both.fields.iter_rows(named=True)
    assert (field["table"], field["id"], field["sharing"]) == ("ratings", "is_the_work_shared_fairly", "private")
    first = moved(both, "is_the_work_shared_fairly", -1)
    assert [row["wording"] for row in own_rows(first)] == [FAIR["wording"], VOICE["wording"]]
    reworded = with_question(first, {**FAIR, "wording": "Fair?"}, "is_the_work_shared_fairly")
    assert [row["wording"] for row in own_rows(reworded)] == ["Fair?", VOICE["wording"]] and reworded.fields["label"][
        0
    ] == "Fair?"
    with pytest.raises(InvalidRequest, match="feeds “Equal voice” already"):
        with_question(both, {**VOICE, "wording": "Another?"})
    less = without_question(both, "is_the_work_shared_fairly")
    assert less.fields.is_empty() and [row["wording"] for row in own_rows(less)] == [VOICE["wording"]]
    many = both.with_(questions=frame("questions", [{"id": f"q{n}", "wording": f"Q{n}"} for n in range(MOST)]))
    with pytest.raises(InvalidRequest, match="At most 60"):
        with_question(many, {"wording": "One more?"})


def test_an_answered_question_keeps_its_meaning_and_its_answers(tables: Tables) -> None:
    """Not taken out, not of another type; its words may change, and it can be switched off and on."""
    asked = with_question(with_question(tables, VOICE), FAIR)
    voice, fair = (row["id"] for row in own_rows(asked))
    given = frame("answers", {"wave": "w", "organisation": "a", "question": voice, "value": "yes"})
    rated = asked.ratings.with_columns(own_fields=pl.lit(own.encode({fair: "4"})))
    asked = asked.with_(answers=given, ratings=rated)
    for id in (voice, fair):
        with pytest.raises(InvalidRequest, match="1 answer to this question stay"):
            without_question(asked, id)
    with pytest.raises(InvalidRequest, match="so it stays “yes or no”"):
        with_question(asked, {**VOICE, "type": "scale", "indicator": None}, voice)
    quiet = switched(asked, voice, asked=False)
    assert not questionnaire(quiet).itself and quiet.answers.equals(given)
    assert questionnaire(switched(quiet, voice, asked=True)).itself


def test_standard_questions_are_switched_off_and_on(tables: Tables) -> None:
    """Whatever is left out is not asked; switching all on again leaves no trace."""
    few = with_standard(with_question(tables, FAIR), ["level", "comment"])
    assert questionnaire(few).columns == ("level", "comment", "is_the_work_shared_fairly")
    assert with_standard(few, questionnaire(tables).columns).questions.equals(with_question(tables, FAIR).questions)
