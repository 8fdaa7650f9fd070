"""Texts as they are compared and cleaned, and who takes part in a pilot."""

from __future__ import annotations

import polars as pl
import pytest

from tests.support.frames import frame
from wtnet.tables import Tables
from wtnet.tables.pilots import members, members_by_pilot
from wtnet.tables.text import caseless, folded, free_id, one_line, slug, without_controls


@pytest.mark.parametrize("text", ["Café Ōlelo", "CAFE\u0301 o\u0304lelo", "ca\u00adfé o\u200dlelo", "Cafe\ufe0f Olelo"])
def test_every_way_to_write_a_name_folds_to_the_same(text: str) -> None:
    assert folded(text) == "cafe olelo"


def test_folding_keeps_the_vowels_of_scripts_that_write_them_as_marks() -> None:
    assert folded("कुमार") != folded("कमार")


def test_a_text_is_compared_without_capitals_and_with_one_space_between_words() -> None:
    assert caseless("  Straße \n Nord ") == "strasse nord"
    assert caseless(None) == ""


def test_an_id_is_made_from_a_name_and_is_free() -> None:
    assert slug("St Mary's Hospital", "partner") == "st-mary-s-hospital"
    assert slug("!!", "partner") == "partner"
    assert free_id("Autumn 2026", {"autumn-2026", "autumn-2026-2"}, "wave") == "autumn-2026-3"


def test_controls_go_and_line_breaks_stay_or_become_a_space() -> None:
    assert without_controls("a\x00b\x85c\td\ne") == "abc\td\ne"
    assert one_line(" a\x00b\n c\ud800 ") == "a b c"


def test_a_pilots_members_are_its_lead_and_everyone_involved_each_once() -> None:
    tables = Tables(
        {
            "organisations": frame("organisations", [{"id": one, "name": one.upper(), "kind": "museum"} for one in "abc"]),
            "pilots": frame("pilots", [{"id": "p", "name": "P", "lead": "c"}, {"id": "q", "name": "Q"}]),
            "involvements": frame("involvements", [{"pilot": "p", "organisation": one, "role": "r"} for one in "cab"]),
        }
    )
    assert members(tables).rows() == [("p", "c"), ("p", "a"), ("p", "b")]
    assert members(tables).schema == {"pilot": pl.String, "organisation": pl.String}
    assert members_by_pilot(tables) == {"p": ["a", "b", "c"], "q": []}
    assert tables.names("organisations") == {"a": "A", "b": "B", "c": "C"}
