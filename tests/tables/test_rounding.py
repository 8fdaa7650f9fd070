"""Numbers are rounded to be read by one rule, the same for a number and for a column."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from wtnet.sentences.format import figure, share
from wtnet.tables.rounding import fixed, rounded, rounded_column

HALVES = {0.475: 0.48, 0.005: 0.01, 1.005: 1.01, 2.675: 2.68, -0.005: -0.01, -0.475: -0.48, 0.285: 0.29}
NEAR = {0.4749: 0.47, 0.6499999999999999: 0.65, 0.30000000000000004: 0.3, -0.0049: 0.0, 0.0: 0.0, 1234.5678: 1234.57}


@pytest.mark.parametrize(("value", "near"), [*HALVES.items(), *NEAR.items()])
def test_a_number_and_a_column_are_rounded_alike_and_from_the_middle_away_from_zero(value: float, near: float) -> None:
    column = pl.DataFrame({"a": [value, None]}).select(rounded_column("a", 2))["a"].to_list()
    assert rounded(value, 2) == near and column == [near, None]
    assert fixed(value, 2) == fixed(near, 2) == figure(value, digits=2)
    assert share(value) == f"{fixed(100 * near)}%"


def test_nothing_is_less_than_nothing_and_what_is_no_number_stays() -> None:
    assert fixed(-0.001, 2) == "0.00" and str(rounded(-0.001, 2)) == "0.0"
    assert fixed(-1234.5, 1) == "−1,234.5"
    assert str(rounded(float("nan"), 2)) == "nan" and rounded(1e300, 2) == 1e300
    assert str(pl.DataFrame({"a": [-0.001]}).select(rounded_column("a", 2)).item()) == "0.0"


def test_a_mean_worked_out_in_another_order_reads_the_same() -> None:
    """0.1 + 0.7 + … is a little more or less by the order in which it is added; the page shows one figure."""
    parts = [0.1, 0.7, 0.35, 0.75]
    sums = {sum(parts) / 4, sum(reversed(parts)) / 4, 0.475, 0.47500000000000003, 0.4749999999999999}
    assert {figure(value, digits=2) for value in sums} == {"0.48"}


def test_sentences_write_no_decimals_by_another_rule() -> None:
    """What Python's own formatting makes of 0.475 is another figure than a table's."""
    other = re.compile(r":,?\.\d[f%]|(?<![\w.])round\(100")
    rooms = [path for room in ("sentences", "stories", "analysis") for path in Path("wtnet", room).rglob("*.py")]
    assert len(rooms) > 60
    assert [
        f"{path}: {line}" for path in rooms for line in path.read_text().splitlines() if other.search(line) and " MB" not in line
    ] == []
