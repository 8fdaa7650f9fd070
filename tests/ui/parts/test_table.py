"""Tables write their numbers as the sentences beside them do, on the screen and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from wtnet.sentences.format import figure
from wtnet.sentences.headings import readable
from wtnet.ui.parts.paper_table import markup
from wtnet.ui.parts.table import column_settings


@pytest.mark.parametrize("value", [0.475, 0.005, 1.005, 2.675, -0.005, -0.001, 0.5, 0.6499999999999999, 12.345])
def test_a_cell_reads_as_a_sentence_does(value: float) -> None:
    """The grid writes the rounded number with the format of its column; so does paper."""
    shown = readable(pl.DataFrame({"strength": [value, 0.25, None]}))
    form = column_settings(shown, {})["strength"]["type_config"]["format"]
    cell = shown["strength"][0]
    if abs(value) >= 0.005:
        assert (form % cell).replace("-", "−") == figure(value, digits=2)
        assert f">{figure(value, digits=2)}</td>" in markup(shown, {})
    else:  # what would read as nothing keeps figures that count
        assert form is None and cell == value and ">−0.001</td>" in markup(shown, {})


def test_a_column_of_whole_numbers_has_no_decimals_and_one_that_needs_them_has_them_on_every_row() -> None:
    shown = readable(pl.DataFrame({"whole": [12.0, None], "half": [0.5, 3.0], "words": ["a", "b"], "none": [None, None]}))
    settings = column_settings(shown, {"half": "How much"})
    assert settings["whole"]["type_config"]["format"] == "%.0f"
    assert settings["half"]["type_config"]["format"] == "%.2f" and settings["half"]["label"] == "How much"
    assert "words" not in settings
    assert ">3.00</td>" in markup(shown, {}) and ">12</td>" in markup(shown, {})


def test_rows_are_shown_by_the_one_function_that_rounds_them() -> None:
    """A table drawn past it would show what a computer adds. Those that are named here hold words and whole numbers alone."""
    words_alone = {"page.py", "revisions.py"}
    past = {path.name for path in Path("wtnet/ui").rglob("*.py") if re.search(r"st\.(dataframe|table)\(", path.read_text())}
    assert past == {"table.py", *words_alone}
