"""Pictures of impact: words beside every mark, nothing from the data as markup, nothing drawn that was not measured."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from wtnet.draw.charts.impact import Cell, Row, WaveStep, grid, lines, quotes, section, state, steps, way
from wtnet.palette import STATES
from wtnet.sentences.impact import IndicatorLine, scale

NASTY = '<script>alert("x")</script>'


def line(**more: object) -> IndicatorLine:
    given = {
        "id": "i", "name": "Belonging", "about": "mean", "baseline": 3.0, "latest": 4.0, "target": 4.5, "ends": (1.0, 5.0),
        "from_to": "3 → 4", "aim": "target 4.5", "n": "n 8 → 9", "state": "behind",
    }  # fmt: skip
    return IndicatorLine(**(given | more))  # type: ignore[arg-type]


def test_an_indicator_with_nothing_measured_has_a_scale_and_no_marks() -> None:
    drawn = way(line(baseline=None, latest=None, target=None, from_to="–", aim="no target", state="no_data"))
    assert 'class="now"' not in drawn and 'class="base"' not in drawn and 'class="aim"' not in drawn
    assert "scale 1 to 5" in drawn


@pytest.mark.parametrize(
    ("rule", "unit", "values", "expected"),
    [
        ("percent", "% of people", [20.0, None], (0, 100)),
        ("ons4", "mean", [5.0], (0, 10)),
        ("ucla3", None, [], (3, 9)),
        ("mean", "mean, 1 to 5", [3.0], (1, 5)),
        ("count", "of 5 documents", [2.0, 4.0], (0, 4)),
        ("count", "sessions", [], (0, 1)),
        ("count", "people", [-2.0], (-2, 0)),
        ("percent", "% change", [140.0], (0, 140)),
        ("mean", None, [None], (0, 1)),
    ],
)
def test_the_scale_is_that_of_the_instrument_or_begins_at_nought(
    rule: str, unit: str | None, values: list[float | None], expected: tuple[float, float]
) -> None:
    assert scale(rule, unit, values) == expected


def test_marks_stand_where_their_values_are() -> None:
    """On a scale from 1 to 5 the value 3 is in the middle, 4 at three quarters."""
    drawn = way(line())
    assert re.search(r'class="base" style="left:50\.00%', drawn)
    assert re.search(r'class="now" style="left:75\.00%', drawn)
    assert re.search(r'class="span" style="left:50\.00%;width:25\.00%', drawn)


@pytest.mark.parametrize("name", STATES)
def test_a_state_is_a_word_and_a_sign_before_it_is_a_colour(name: str) -> None:
    words, icon, *_ = STATES[name]
    assert words in state(name) and icon in state(name)


def test_words_from_the_data_are_never_markup() -> None:
    drawn = [
        lines([line(id=NASTY, name=NASTY, about=NASTY, notes=(NASTY,))]),
        grid(NASTY, [NASTY], [(NASTY, [Row(NASTY, NASTY, False, [Cell("met", NASTY, NASTY)])])]),
        steps(NASTY, [WaveStep(NASTY, 1.0, NASTY)], 2.0, (0, 3), "", NASTY),
        section(NASTY, NASTY, "", quotes([(NASTY, NASTY)])),
    ]
    for each in drawn:
        assert "<script" not in each and 'alert("' not in each
        assert "&lt;script" in each


def test_the_grid_is_a_real_table_that_reads_its_states_out() -> None:
    """A heading per column and row, and in every cell the word of the state; what was not measured is a dash."""
    cells = [Cell("met", "120%", "All: 1 → 2"), Cell(None, "–", "P: not measured")]
    table = ET.fromstring(grid("States", ["All", "P"], [("Care", [Row("i", "Belonging", True, cells)])]).replace("&", "&amp;"))
    assert len(table.findall(".//thead/tr/th[@scope='col']")) == 2
    assert table.find(".//tbody/tr[2]/th[@scope='row']/button").get("aria-expanded") == "true"
    told = ["".join(cell.itertext()) for cell in table.findall(".//tbody/tr[2]/td")]
    assert told == ["✓ met 120%", "–"]


def _path(drawn: str) -> str:
    found = re.search(r'class="line" d="([^"]+)"', drawn)
    return found[1] if found else ""


def test_steps_hold_until_the_next_is_known_and_stop_at_the_last() -> None:
    """Three waves, the last without a value: the line ends where the second wave does, two thirds of the way."""
    full = _path(steps("t", [WaveStep("a", 1, "1"), WaveStep("b", 2, "2"), WaveStep("c", 3, "3")], None, (0, 4), "", ""))
    part = _path(steps("t", [WaveStep("a", 1, "1"), WaveStep("b", 2, "2"), WaveStep("c", None, "–")], None, (0, 4), "", ""))
    right = [float(path.rpartition("H")[2]) for path in (full, part)]
    assert right[1] == pytest.approx(8 + (right[0] - 8) * 2 / 3, abs=0.1)


def test_steps_without_a_value_draw_no_line_and_say_so() -> None:
    drawn = steps("Tidelines", [WaveStep("Baseline", None, "withheld"), WaveStep("End", None, "–")], 6.0, (0, 10), "", "6")
    assert _path(drawn) == ""
    assert 'aria-label="Tidelines. Baseline: withheld; End: –; target 6"' in drawn
