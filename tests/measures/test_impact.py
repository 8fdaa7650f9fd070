"""Each indicator's way from baseline to target: hand-worked cases, unknowns first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from wtnet.measures.impact import progress, tally
from wtnet.tables import Tables, schema

DATES = {"w0": dt.date(2024, 1, 1), "w1": dt.date(2024, 7, 1), "w2": dt.date(2025, 1, 1)}


def frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    declared = schema.SCHEMAS[table].polars()
    return pl.DataFrame([{name: row.get(name) for name in declared} for row in rows], schema=declared, strict=False)


def programme(results: list[dict[str, Any]], waves: list[str] | None = None, **indicator: Any) -> Tables:
    about = {"id": "i", "theme": "care", "name": "I", "unit": "points", "better": "higher", **indicator}
    return Tables(
        {
            "indicators": frame("indicators", [about]),
            "pilots": frame("pilots", [{"id": "p", "name": "P"}]),
            "waves": frame("waves", [{"id": w, "name": w, "date": DATES[w]} for w in (waves or list(DATES))]),
            "results": frame("results", [{"indicator": "i", "pilot": "p", **row} for row in results]),
        }
    )


def only(tables: Tables, wave: str | None = None) -> dict[str, Any]:
    found = progress(tables, wave)
    assert found.height == 1
    return found.row(0, named=True)


def test_no_indicators_give_an_empty_frame_with_all_columns() -> None:
    """An empty programme has no progress, and does not fail."""
    assert progress(Tables()).height == 0 and "state" in progress(Tables()).columns


def test_an_indicator_nobody_measured_shows_as_such_and_not_as_nought() -> None:
    """One row without a pilot, all figures null, state no_data."""
    row = only(programme([]))
    assert row["pilot"] is None and row["latest"] is None and row["progress"] is None and row["state"] == "no_data"


def test_a_result_without_a_value_is_no_data() -> None:
    """A row with an empty value says nothing."""
    assert only(programme([{"wave": "w2", "value": None}]))["state"] == "no_data"


def test_only_a_baseline_is_no_data_since() -> None:
    """The baseline is shown; nothing is claimed about progress."""
    row = only(programme([{"wave": "w0", "value": 4.0, "n": 12}], target=8.0))
    assert (row["baseline"], row["latest"], row["n"], row["progress"], row["state"]) == (4.0, None, 12, None, "no_data")


@pytest.mark.parametrize(
    ("better", "baseline", "latest", "target", "share", "state"),
    [
        ("higher", 4.0, 6.0, 8.0, 0.5, "behind"),
        ("higher", 4.0, 8.0, 8.0, 1.0, "met"),
        ("higher", 4.0, 9.0, 8.0, 1.25, "met"),
        ("higher", 4.0, 3.0, 8.0, -0.25, "behind"),
        ("lower", 6.0, 4.0, 3.0, 2 / 3, "behind"),
        ("lower", 6.0, 2.0, 3.0, 4 / 3, "met"),
        (None, 6.0, 2.0, 3.0, 4 / 3, "met"),
        ("neither", 6.0, 2.0, 3.0, 4 / 3, "no_target"),
        ("higher", 8.0, 8.5, 8.0, None, "met"),
        ("higher", 4.0, 6.0, None, None, "no_target"),
    ],
)
def test_progress_and_state_at_the_last_wave(
    better: str | None, baseline: float, latest: float, target: float | None, share: float | None, state: str
) -> None:
    """(latest − baseline) / (target − baseline), in whichever direction is better."""
    row = only(programme([{"wave": "w0", "value": baseline}, {"wave": "w2", "value": latest}], better=better, target=target))
    assert row["progress"] == (None if share is None else pytest.approx(share))
    assert row["state"] == state


def test_half_way_through_half_the_way_is_on_track() -> None:
    """At the middle wave 182 of 366 days have passed: progress 0.5 is on track, 0.4 is behind."""
    for value, state in ((6.0, "on_track"), (5.6, "behind")):
        row = only(programme([{"wave": "w0", "value": 4.0}, {"wave": "w1", "value": value}], target=8.0), "w1")
        assert row["elapsed"] == pytest.approx(182 / 366) and row["state"] == state


def test_looking_at_an_earlier_wave_leaves_later_values_out() -> None:
    """What was not known then is not shown then; a target given for the pilot holds at every wave."""
    tables = programme(
        [{"wave": "w0", "value": 4.0}, {"wave": "w1", "value": 5.0}, {"wave": "w2", "value": 9.0, "target": 6.0}], target=8.0
    )
    assert only(tables, "w1")["latest"] == 5.0
    assert only(tables)["target"] == 6.0


def test_with_one_wave_its_value_is_the_latest_and_there_is_no_baseline() -> None:
    """A single reporting date can meet a target but has nothing to progress from."""
    row = only(programme([{"wave": "w0", "value": 8.0}], waves=["w0"], target=8.0))
    assert (row["baseline"], row["latest"], row["state"]) == (None, 8.0, "met")


def test_the_tally_counts_every_state_also_those_at_nought() -> None:
    """Five states, in order."""
    found = tally(progress(programme([{"wave": "w2", "value": 9.0}], target=8.0)))
    assert found == {"met": 1, "on_track": 0, "behind": 0, "no_target": 0, "no_data": 0}
