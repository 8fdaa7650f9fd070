"""Tables as they are printed: every row and column, or how many are left; words from data are never markup."""

from __future__ import annotations

import ast

import polars as pl
import streamlit as st

from tests.support.paths import ROOT
from wtnet.ui.parts.paper_table import LINE, ROWS, in_words, markup, side_by_side


def test_an_empty_table_has_its_headings_alone() -> None:
    words = markup(pl.DataFrame({"partner": []}, schema={"partner": pl.String}), {"partner": "Partner"})
    assert "<th" in words and "Partner" in words and "<td" not in words and "not printed" not in words
    assert markup(pl.DataFrame(), {}).count("<tr>") == 1


def test_unknown_is_a_dash_none_is_nought_and_markup_is_words() -> None:
    frame = pl.DataFrame({"a": ["<b>x</b>", None], "n": [0, None], "share": [0.5, None], "open": [True, None]})
    words = markup(frame, {}, "<i>")
    assert "&lt;b&gt;x&lt;/b&gt;" in words and "<b>" not in words and "<caption>&lt;i&gt;</caption>" in words
    assert '<td class="n">0</td>' in words and '<td class="n">0.50</td>' in words and "<td>yes</td>" in words
    assert words.count(">–</td>") == 4


def test_a_long_table_is_printed_as_far_as_is_said_and_says_how_many_rows_are_left() -> None:
    for more, said in ((0, ""), (1, "1 more row not printed"), (1_200, "1,200 more rows not printed")):
        words = markup(pl.DataFrame({"row": [f"r{at}." for at in range(ROWS + more)]}), {})
        assert f"r{ROWS - 1}." in words and f"r{ROWS}." not in words
        assert said in words and ("not printed" in words) == bool(more)


def test_columns_that_do_not_fit_stand_below_behind_what_says_which_row_it_is() -> None:
    frame = pl.DataFrame({"row": [1], "name": ["Saltmere"]} | {f"field{at}": ["eighteen letters .."] for at in range(20)})
    tables = markup(frame, {}).split("<table>")[1:]
    assert len(tables) > 1 and all("Saltmere" in table and ">1</td>" in table for table in tables)
    assert sorted(table.count("field") for table in tables)[0] > 0 and sum(table.count("field") for table in tables) == 20
    assert side_by_side([LINE * 2, 5, 5], 1) == [[0, 1], [0, 2]] and side_by_side([], 1) == [[]] and side_by_side([9], 1) == [[0]]
    assert "<wbr>" in markup(pl.DataFrame({"website": ["https://" + "x" * 60]}), {})


def test_a_grid_is_printed_with_the_words_of_its_choices() -> None:
    config = {
        "partner": st.column_config.SelectboxColumn(
            "Partner", options=["a", "b"], format_func={"a": "Ash", "b": "Bay"}.__getitem__
        ),
        "level": st.column_config.SelectboxColumn(options=[0, 1], format_func=["0 none", "1 networking"].__getitem__),
        "who": st.column_config.TextColumn("Who"),
    }
    frame = pl.DataFrame({"partner": ["b", None, "gone"], "level": [0, 1, None], "who": ["x", "y", "z"]})
    assert in_words(frame, config).rows() == [("Bay", "0 none", "x"), (None, "1 networking", "y"), ("gone", None, "z")]


def test_every_grid_that_is_edited_has_its_rows_for_the_paper() -> None:
    """Where a module draws grids, it puts as many on paper; tables are put there by `show_table`."""
    drawn = 0
    for path in (ROOT / "wtnet" / "ui").rglob("*.py"):
        calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        grids = sum(isinstance(call, ast.Attribute) and call.attr == "data_editor" for call in calls)
        printed = sum(isinstance(call, ast.Name) and call.id in ("paper_grid", "markup") for call in calls)
        assert grids <= printed, path.name
        drawn += grids
    assert drawn >= 5
