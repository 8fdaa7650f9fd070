"""Tables as they are printed: every row, or how many are left; words from data are never markup."""

from __future__ import annotations

import polars as pl

from wtnet.ui.parts.paper_table import ROWS, markup


def test_an_empty_table_has_its_headings_alone() -> None:
    words = markup(pl.DataFrame({"partner": []}, schema={"partner": pl.String}), {"partner": "Partner"})
    assert "<th" in words and "Partner" in words and "<td" not in words and "not printed" not in words


def test_unknown_is_a_dash_none_is_nought_and_markup_is_words() -> None:
    frame = pl.DataFrame({"a": ["<b>x</b>", None], "n": [0, None], "share": [0.5, None], "open": [True, None]})
    words = markup(frame, {})
    assert "&lt;b&gt;x&lt;/b&gt;" in words and "<b>" not in words
    assert '<td class="n">0</td>' in words and '<td class="n">0.50</td>' in words and "<td>yes</td>" in words
    assert words.count(">–</td>") == 4


def test_a_long_table_is_printed_as_far_as_is_said_and_says_how_many_rows_are_left() -> None:
    for more, said in ((0, ""), (1, "1 more row not printed"), (1_200, "1,200 more rows not printed")):
        words = markup(pl.DataFrame({"row": [f"r{at}." for at in range(ROWS + more)]}), {})
        assert f"r{ROWS - 1}." in words and f"r{ROWS}." not in words
        assert said in words and ("not printed" in words) == bool(more)
