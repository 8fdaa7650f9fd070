"""No answer that somebody gave is replaced without being said: which, by whom, what it was and would be."""

from __future__ import annotations

import polars as pl

from tests.support.frames import frame
from wtnet.survey.answers import added
from wtnet.survey.overwritten import overwritten, sentence
from wtnet.tables import Tables


def _tables() -> Tables:
    rows = [
        {"wave": "w", "rater": "a", "partner": "b", "level": 3, "contact": "weekly", "own_fields": '{"hours":"2"}'},
        {"wave": "w", "rater": "b", "partner": "a", "level": 1},
    ]
    partners = frame("organisations", [{"id": id, "name": id.upper(), "kind": "museum"} for id in "abc"])
    return Tables({"organisations": partners, "ratings": frame("ratings", rows)})


def test_new_answers_and_the_same_ones_replace_nothing() -> None:
    before = _tables()
    for answers in ({}, {"b": {"level": 3}}, {"b": {"reliability": 4}}, {"c": {"level": 1}}):
        changes = overwritten(before, added(before, "w", "a", answers))
        assert changes.is_empty() and sentence(changes) == ""


def test_each_answer_that_would_be_another_or_none_is_said_with_what_it_was() -> None:
    before = _tables()
    changes = overwritten(before, added(before, "w", "a", {"b": {"level": 4, "contact": "weekly"}}))
    assert changes.rows() == [("A", "B", "How closely you work together", "3 Coordination", "4 Coalition")]
    assert sentence(changes) == "1 answer that 1 partner gave before would be replaced."
    gone = overwritten(before, before.with_(ratings=before.ratings.filter(pl.col("rater") == "b")))
    assert {row["question"]: row["would be"] for row in gone.iter_rows(named=True)} == {
        "How closely you work together": "–",
        "How often you are in touch": "–",
        "hours": "–",
    }
    assert sentence(gone, done=True) == "3 answers that 1 partner gave before were replaced."
