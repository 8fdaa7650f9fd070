"""The waves of a programme: order, open and closed, who sees which, the one shown first, and what each is for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.support.frames import frame
from tests.support.networks import tables
from wtnet.tables import Tables, waves

TWO = [("w1", "a", "b", 3), ("w2", "a", "b", 3), ("w2", "b", "a", 2)]


def programme(*rows: dict[str, Any], results: tuple[str, ...] = (), asked: tuple[str, ...] = ()) -> Tables:
    """Partners a and b, ratings in w1 and w2, the waves given, and one result and one partner asked in the waves named."""
    data = tables("a b", (), [rating for rating in TWO if rating[0] in {row["id"] for row in rows}])
    return data.with_(
        waves=frame("waves", [{"name": row["id"], **row} for row in rows]),
        results=frame("results", [{"indicator": "i", "pilot": "p", "wave": wave, "value": 1.0} for wave in results]),
        asked=frame("asked", [{"wave": wave, "organisation": "a"} for wave in asked]),
    )


def test_without_waves_there_is_none_to_see_and_none_is_current() -> None:
    """Nothing is invented."""
    nothing = Tables()
    lists = (waves.in_order, waves.opened, waves.closed, waves.survey_waves, waves.reporting_waves)
    assert [find(nothing) for find in lists] == [[]] * 5
    assert (waves.visible(nothing, "public"), waves.current(nothing, "lead"), waves.is_open(nothing, None)) == ([], None, False)


def test_waves_go_by_date_then_by_row_undated_ones_first() -> None:
    """A wave without a date is not last by accident."""
    undated = programme({"id": "w1"}, {"id": "w2"})
    assert (waves.in_order(undated), waves.current(undated)) == (["w1", "w2"], "w2")
    mixed = programme({"id": "w2", "date": dt.date(2025, 1, 1)}, {"id": "w1"})
    assert (waves.in_order(mixed), waves.current(mixed)) == (["w1", "w2"], "w2")


def test_a_wave_that_does_not_say_is_closed() -> None:
    """Data from before waves had a state are as they were."""
    data = programme({"id": "w1"}, {"id": "w2", "status": "closed"})
    assert (waves.opened(data), waves.closed(data), waves.visible(data, "public")) == ([], ["w1", "w2"], ["w1", "w2"])


def test_an_open_wave_is_not_the_one_shown_first() -> None:
    """A few answers to a new survey do not become what everybody reads."""
    data = programme({"id": "w1"}, {"id": "w2", "status": "open"})
    assert [waves.current(data, audience) for audience in ("lead", "partners", "public")] == ["w1"] * 3


def test_where_all_are_open_the_lead_reads_the_latest_and_others_none() -> None:
    """Others see an open wave only if it is shown."""
    data = programme({"id": "w1", "status": "open"}, {"id": "w2", "status": "open"})
    assert (waves.current(data), waves.current(data, "public"), waves.visible(data, "partners")) == ("w2", None, [])
    shown = programme({"id": "w1", "status": "open", "shown": True}, {"id": "w2", "status": "open", "shown": False})
    assert (waves.current(shown), waves.current(shown, "public")) == ("w2", "w1")


@pytest.mark.parametrize(("state", "public"), [({}, "w1"), ({"status": "open"}, "w2"), ({"status": "open", "shown": True}, "w1")])
def test_the_wave_the_lead_names_is_first_for_all_who_may_see_it(state: dict[str, Any], public: str) -> None:
    """Naming a hidden open wave tells nobody else of it."""
    data = programme({"id": "w1", "current": True, **state}, {"id": "w2"})
    assert (waves.current(data), waves.current(data, "public")) == ("w1", public)


def test_of_two_named_current_the_last_counts() -> None:
    """Such data cannot be stored by a file, but a merge must not break a page."""
    assert waves.current(programme({"id": "w1", "current": True}, {"id": "w2", "current": True})) == "w2"


def test_what_belongs_to_a_hidden_wave_goes_with_it() -> None:
    """Its ratings, roster, results and row; the lead keeps all."""
    data = programme({"id": "w1"}, {"id": "w2", "status": "open"}, results=("w1", "w2"), asked=("w1", "w2"))
    seen = waves.without_hidden(data, "public")
    assert [set(seen[name]["wave"]) for name in ("ratings", "results", "asked")] == [{"w1"}] * 3
    assert seen.waves["id"].to_list() == ["w1"] and waves.without_hidden(data, "lead") is data


@pytest.mark.parametrize(
    ("purpose", "results", "asked", "survey", "reporting"),
    [
        ("survey", (), (), True, False),
        ("survey", ("w3",), (), True, False),
        ("reporting", (), (), False, True),
        ("reporting", (), ("w3",), False, True),
        (None, (), (), True, True),
        (None, ("w3",), (), False, True),
        (None, (), ("w3",), True, False),
        (None, ("w3",), ("w3",), True, True),
    ],
)
def test_what_a_wave_is_for_is_what_it_says_else_what_it_holds(
    purpose: str | None, results: tuple[str, ...], asked: tuple[str, ...], survey: bool, reporting: bool
) -> None:
    """A new round of the survey without results is no date at which results are due."""
    data = programme({"id": "w3", "purpose": purpose}, results=results, asked=asked)
    assert (waves.survey_waves(data) == ["w3"], waves.reporting_waves(data) == ["w3"]) == (survey, reporting)


def test_answers_alone_make_a_wave_a_round_of_the_survey() -> None:
    """Five answers to a wave of no said purpose make no outcome late."""
    data = programme({"id": "w1"}, {"id": "w2"}, results=("w1",))
    assert (waves.survey_waves(data), waves.reporting_waves(data)) == (["w1", "w2"], ["w1"])


def test_naming_another_current_wave_unnames_the_first() -> None:
    """Other cells of other waves stay."""
    data = programme({"id": "w1", "current": True, "status": "open"}, {"id": "w2"})
    after = waves.changed(data, "w2", current=True, shown=True)
    assert after.waves.select("status", "current", "shown").rows() == [("open", None, None), (None, True, True)]
    assert waves.changed(after, "w2", current=None).waves["current"].to_list() == [None, None]
