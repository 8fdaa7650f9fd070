"""Headings of tables are words, and numbers stand as on the screen."""

from __future__ import annotations

import polars as pl

from wtnet.sentences.headings import plain


def test_headings_are_said_in_words_and_no_two_are_the_same() -> None:
    """Names of columns have no underscores; two that would be called alike keep their own words."""
    frame = pl.DataFrame({"source_kind": ["a"], "source": ["b"], "source_name": ["c"], "ties": [1]})
    shown = plain(frame).columns
    assert shown == ["its kind", "partner", "source name", "partnerships"]
    assert plain(pl.DataFrame()).columns == []


def test_numbers_have_two_decimals_and_small_ones_are_not_made_nothing() -> None:
    """0.6499999999999999 is 0.65, 0.0042 stays; what is not known stays so; coordinates keep their decimals."""
    frame = pl.DataFrame({"strength": [0.6499999999999999, 0.00423, None, 12.3456], "latitude": [54.97131, None, None, None]})
    assert plain(frame)["strength"].to_list() == [0.65, 0.0042, None, 12.35]
    assert plain(frame)["latitude"][0] == 54.97131


def test_numbers_to_count_with_keep_six_decimals() -> None:
    """A mean over the rows of a download is the mean of the page; noise of the machine is not in it."""
    frame = pl.DataFrame({"strength": [0.6499999999999999, 1 / 3, None]})
    assert plain(frame, to_count_with=True)["strength"].to_list() == [0.65, 0.333333, None]


def test_kinds_of_partnership_stand_in_words_and_none_stays_unknown() -> None:
    frame = pl.DataFrame({"relationship": ["peer_learning;shares_space", None, ""]})
    assert plain(frame)["relationship"].to_list() == ["peer learning; shares space", None, None]
