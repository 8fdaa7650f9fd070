"""Text that looks like a formula: harmless in a CSV, and the same again when the CSV is read."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wtnet.readers import read_bytes
from wtnet.writers.tables import formula

RISKY = ("=1+1", "+44 20", "-5 degrees", "@home", "＝1+1", "-", "=cmd|' /C calc'!A0")


def _read(data: bytes) -> list[str | None]:
    return read_bytes("organisations.csv", data).tables[0].frame["name"].to_list()


def _written(*names: str) -> bytes:
    return formula.csv(
        pl.DataFrame({"id": [f"i{at}" for at in range(len(names))], "name": names, "kind": ["museum"] * len(names)})
    )


@pytest.mark.parametrize(("cell", "meant"), [("'=1+1", "=1+1"), ("''=1+1", "'=1+1"), ("'-", "-"), ("=1", "=1"), ("'tis", "'tis")])
def test_the_reader_takes_one_apostrophe_away_before_what_starts_like_a_formula(cell: str, meant: str) -> None:
    """Any other apostrophe stays, as does a formula that came without one."""
    assert _read(f"id,name,kind\na,{cell},museum\n".encode()) == [meant]


def test_no_cell_that_is_written_starts_like_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(_written(*RISKY).decode())))
    assert [row[1] for row in rows[1:]] == [f"'{text}" for text in RISKY]


@pytest.mark.parametrize("separator", [";", "\t", "|", "\n", "\r\n"])
@pytest.mark.parametrize("risky", RISKY)
def test_nothing_starts_like_a_formula_behind_what_another_spreadsheet_takes_for_the_end_of_a_cell(
    separator: str, risky: str
) -> None:
    """Where the comma is the decimal mark, Excel parts cells at semicolons, in quotation marks or not."""
    text = _written(f"x{separator}{risky}").decode()
    assert f"{separator}'{risky}" in text and f"{separator}{risky}" not in text
    assert _read(text.encode()) == [f"x{separator}{risky}"]


def test_numbers_and_answers_stay_what_they_are() -> None:
    frame = pl.DataFrame({"n": [-1.5, None], "yes": [True, False]})
    assert formula.csv(frame) == b"n,yes\n-1.5,yes\n,no\n"


def test_an_apostrophe_that_was_there_before_is_kept() -> None:
    texts = ("'=1+1", "''=1+1", "'@", "'quoted'", "it's", "'")
    assert _read(_written(*texts)) == list(texts)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text("'=+-@\t\r\nab,;\"|＝ \u202e", min_size=1), min_size=1, max_size=8))
def test_every_text_comes_back_as_it_was(texts: list[str]) -> None:
    assert _read(_written(*texts)) == texts
