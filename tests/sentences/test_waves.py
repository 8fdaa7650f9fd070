"""Waves in words: an open one is marked and says how many have answered; a closed one says nothing more."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.support.frames import frame
from tests.support.networks import tables
from wtnet.sentences.waves import after_closing, dated, names, open_note, plain_names, sentence, state
from wtnet.tables import Tables
from wtnet.tables.model import Audience


def programme(asked: str, raters: str, status: str = "open") -> Tables:
    """One wave, who was asked and who rated somebody, as letters."""
    data = tables(
        "a b c d e f",
        ratings=[("w", rater, "a" if rater != "a" else "b", 3) for rater in raters],
        asked=[{"wave": "w", "organisation": partner} for partner in asked],
    )
    day = dt.date(2026, 10, 1)
    return data.with_(
        waves=frame("waves", {"id": "w", "name": "Autumn", "date": day, "status": status}, {"id": "v", "name": "V"})
    )


def test_without_a_wave_and_in_a_closed_one_there_is_nothing_to_say() -> None:
    """An empty status is closed."""
    assert [open_note(Tables(), None), open_note(Tables(), "w"), open_note(programme("ab", "a"), "v")] == ["", "", ""]
    assert open_note(programme("ab", "a", "closed"), "w") == ""


@pytest.mark.parametrize(
    ("asked", "raters", "note"),
    [
        ("", "", "open: answers may still come in"),
        ("a", "", "open: none of 1 has answered"),
        ("abcdef", "b", "open: 1 of 6 has answered"),
        ("abcdef", "abcdef", "open: 6 of 6 have answered"),
        ("ab", "c", "open: 1 of 3 has answered"),
    ],
)
def test_an_open_wave_says_how_many_of_those_asked_have_answered(asked: str, raters: str, note: str) -> None:
    """Whoever answered counts as asked; where nobody is known to have been, no number is made up."""
    assert open_note(programme(asked, raters), "w") == note


@pytest.mark.parametrize(
    ("asked", "audience", "number"), [("abcd", "public", False), ("abcde", "public", True), ("abcd", "lead", True)]
)
def test_of_few_asked_others_than_the_lead_are_told_no_number(asked: str, audience: Audience, number: bool) -> None:
    """Of four, one could work out who has not."""
    seen = replace(programme(asked, "a"), audience=audience)
    assert ("of" in open_note(seen, "w").split()) == number


def test_open_waves_are_marked_with_a_word_in_a_choice_and_dated_in_a_file() -> None:
    """In their order, undated first."""
    data = programme("abcdef", "a")
    assert names(data) == {"v": "V", "w": "Autumn (open)"}
    assert (dated(data, "w"), dated(data, "v")) == ("Autumn, 1 October 2026, open: 1 of 6 has answered", "V")


def named(**waves: dict[str, object]) -> Tables:
    """Waves by id, from first to last, with what is said of them; each is called by its id in capitals."""
    return Tables({"waves": frame("waves", [{"id": id, "name": id.upper(), **cells} for id, cells in waves.items()])})


@pytest.mark.parametrize(
    ("data", "wave", "words"),
    [
        (named(a={}), "a", "A is closed, and shown first everywhere, as the latest closed wave."),
        (named(a={}, b={}), "a", "A is closed. B is shown first."),
        (named(a={"current": True}, b={}), "a", "A is closed, and shown first everywhere, because you named it."),
        (
            named(a={}, b={"status": "open"}),
            "b",
            "B is open: nobody but you sees it, and no page shows it unless it is chosen.",
        ),
        (named(b={"status": "open"}), "b", "B is open: nobody but you sees it, and it is shown first."),
        (
            named(a={}, b={"status": "open", "shown": True}),
            "b",
            "B is open: everybody who may look sees it, with how many have answered, and no page shows it unless it is chosen.",
        ),
    ],
)
def test_the_lead_reads_who_sees_a_wave_and_where(data: Tables, wave: str, words: str) -> None:
    """Named, by itself, or not at all."""
    assert state(data, wave) == words


def test_what_follows_from_closing_is_said_before_it_is_done() -> None:
    """It comes first only where it is the latest and no other is named; links stop."""
    alone = named(a={}, b={"status": "open"})
    assert after_closing(alone, "b", 2) == (
        "Then everybody who may look sees its figures, and it is shown first everywhere. 2 personal links stop working. "
        "You can open it again."
    )
    other = named(a={"current": True}, b={"status": "open"})
    assert "and A stays the wave shown first. You can" in after_closing(other, "b")
    earlier = named(a={"status": "open"}, b={})
    assert "B stays the wave shown first" in after_closing(earlier, "a")


def test_a_date_of_reporting_says_that_nobody_was_asked_and_which_survey_was_the_last() -> None:
    """A survey that is closed needs no sentence, nor does a programme that has none."""
    data = named(a={"purpose": "survey"}, r={"purpose": "reporting"}, z={"purpose": "survey", "status": "open"})
    assert sentence(data, "r") == (
        "R is a date of reporting: nobody was asked, so its partnerships are those that are documented. "
        "The last survey before it is A."
    )
    assert (sentence(data, "a"), sentence(data, "z")) == ("", "Z is open: answers may still come in.")
    assert sentence(named(r={"purpose": "reporting"}), "r") == sentence(Tables(), None) == ""


def test_no_two_waves_are_called_the_same() -> None:
    """Their day tells them apart, or where that is not known or the same, their id."""
    day = dt.date(2026, 10, 1)
    rows = [
        {"id": "a", "name": "Survey", "date": day},
        {"id": "b", "name": "Survey", "date": dt.date(2027, 3, 1)},
        {"id": "c", "name": "Survey"},
        {"id": "d", "name": "Twice", "date": day},
        {"id": "e", "name": "Twice", "date": day},
        {"id": "f", "name": "Alone", "date": day},
    ]
    called = plain_names(tables("a b").with_(waves=frame("waves", *rows)))
    assert called["a"] == "Survey, 1 October 2026" and called["b"] == "Survey, 1 March 2027" and called["f"] == "Alone"
    assert len(set(called.values())) == len(rows) and called["d"] == "Twice, 1 October 2026 (d)"
