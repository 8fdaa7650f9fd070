"""The sentences of impact are claims: with data that would make them false if they were careless."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.impact import small
from wtnet.measures.impact import progress
from wtnet.sentences.impact import change_text, first_wave_headline, same_people, together
from wtnet.sentences.targets import tally_text

ROW: dict[str, Any] = {
    "aggregation": "mean", "about_people": True, "pilots": 2, "n": 126, "baseline_n": 88, "reason": None, "same_people": None,
    "change": 1.3, "change_low": 0.9, "change_high": 1.7,
}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "not all the same people"),
        ({"same_people": True}, "not all the same people"),  # 126 cannot all have been among 88, whatever was written
        ({"same_people": False}, "not the same people"),
        ({"baseline_n": 126, "n": 88}, "not known whether the same people"),
        ({"baseline_n": 126, "n": 88, "same_people": True}, "the same people"),
        ({"about_people": False}, ""),
        ({"aggregation": "sum"}, ""),
        ({"change": None}, ""),  # not of the same pilots at both points
    ],
)
def test_n_before_and_after_says_whether_they_are_the_same_people(more: dict[str, Any], words: str) -> None:
    assert same_people(ROW | more) == words


def test_a_change_of_the_same_people_says_what_its_interval_assumes() -> None:
    assert change_text(ROW) == "Change +1.30, 95% interval +0.90 to +1.70: not all the same people."
    assert change_text(ROW | {"baseline_n": 126, "same_people": True}).endswith("so rather too wide.")
    assert change_text(ROW | {"change_low": None, "change_high": None}) == ""


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"pilots": 1}, ""),
        ({"aggregation": "sum"}, "added over 2 pilots"),
        ({}, "mean over 2 pilots, weighted by n"),
        ({"aggregation": "share"}, "share of all 126 in 2 pilots"),
        ({"aggregation": "none"}, "2 pilots, not put together"),
        ({"reason": "n is missing for Q."}, "2 pilots, not put together"),
    ],
)
def test_how_a_total_is_put_together_stands_beside_it(more: dict[str, Any], words: str) -> None:
    assert together(ROW | more) == words


def test_states_are_not_counted_where_one_is_withheld() -> None:
    """Three met of those that are shown is not how many are met."""
    assert tally_text(["met", "met", "not_met"]) == "2 met, 1 not met"
    assert tally_text(["met", "withheld", "met"]) == "withheld, small numbers: 1"


def test_a_row_without_a_value_is_no_baseline() -> None:
    """Two of three pilots have one; where none has, nothing has been measured."""
    tables = small()
    cells = progress.cells(tables)
    first = cells.filter(cells["at"] == 0)
    bare = first.with_columns(value=first["value"].set(first["pilot"] == "a", None))
    assert "a baseline of 1 indicator in 2 pilots" in first_wave_headline(bare, "", "First")
    none = first.with_columns(value=first["value"].set(first["pilot"] != "", None))
    assert first_wave_headline(none, "", "First") == "At the first wave, “First”, nothing has been measured."
