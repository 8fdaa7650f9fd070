"""Each indicator's way from baseline to target: hand-worked cases, unknowns first."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.support.frames import frame
from wtnet.errors import InvalidRequest
from wtnet.measures.impact.progress import STATES, band, cells, cut, late, overview, progress, total
from wtnet.measures.impact.tallies import Tally, by_state, tally
from wtnet.tables import Tables

DATES = {"w0": dt.date(2024, 1, 1), "w1": dt.date(2024, 7, 1), "w2": dt.date(2025, 1, 1)}


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
        ("higher", 4.0, 6.0, 8.0, 0.5, "not_met"),
        ("higher", 4.0, 7.8, 8.0, 0.95, "nearly"),
        ("higher", 4.0, 7.79, 8.0, 0.9475, "not_met"),
        ("higher", 4.0, 4.0, 8.0, 0.0, "not_met"),
        ("higher", 4.0, 8.0, 8.0, 1.0, "met"),
        ("higher", 4.0, 9.0, 8.0, 1.25, "met"),
        ("higher", 4.0, 3.0, 8.0, -0.25, "fell"),
        ("lower", 6.0, 7.0, 3.0, -1 / 3, "fell"),
        ("lower", 6.0, 4.0, 3.0, 2 / 3, "not_met"),
        ("lower", 6.0, 2.0, 3.0, 4 / 3, "met"),
        (None, 6.0, 2.0, 3.0, 4 / 3, "met"),
        ("neither", 6.0, 2.0, 3.0, 4 / 3, "no_target"),
        ("higher", 8.0, 8.5, 8.0, None, "met_from_start"),
        ("higher", 9.0, 8.5, 8.0, None, "met_from_start"),
        ("lower", 2.0, 3.0, 3.0, None, "met_from_start"),
        ("higher", 9.0, 7.0, 8.0, None, "fell"),
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
    """In the order of the states."""
    found = by_state(progress(programme([{"wave": "w2", "value": 9.0}], target=8.0)))
    assert found == dict.fromkeys(STATES, 0) | {"met": 1} and tuple(found) == STATES


def test_without_a_baseline_nothing_below_its_target_is_behind() -> None:
    """A first value at the middle wave: how far it came is not known while there is time. At the target it is met."""
    rows = [{"wave": "w1", "value": 90.0}]
    tables = programme(rows, target=100.0)
    assert only(tables, "w1")["state"] == "no_baseline" and only(programme(rows, target=90.0), "w1")["state"] == "met"
    assert overview(tables, "w1")["state"].to_list() == ["no_baseline"]
    assert tally(progress(tables, "w1")) == Tally(0, 1)
    held = programme([{"wave": "w0", "value": 8.0}, {"wave": "w1", "value": 7.5}], target=8.0)
    assert only(held, "w1")["state"] == "behind"


def test_after_the_end_a_target_is_missed_whether_or_not_there_was_a_baseline() -> None:
    """Nothing is behind or on track at the last wave, nor in the only one."""
    for rows, waves in (([{"wave": "w2", "value": 90.0}], None), ([{"wave": "w0", "value": 90.0}], ["w0"])):
        tables = programme(rows, waves, target=100.0)
        assert only(tables)["state"] == "not_met" and overview(tables)["state"].to_list() == ["not_met"]


def test_what_was_last_measured_while_there_was_time_does_not_tell_how_it_ended() -> None:
    """A value of the middle wave, at the end: no data, not "not met"; at the target it is met, and late all the same."""
    pilots = frame("pilots", [{"id": "p", "name": "P"}, {"id": "q", "name": "Q"}])
    rows = [("p", "w0", 4.0), ("p", "w1", 7.0), ("q", "w0", 4.0), ("q", "w2", 7.0)]
    results = frame("results", [{"indicator": "i", "pilot": p, "wave": w, "value": v} for p, w, v in rows])
    tables = programme([], target=8.0).with_(results=results, pilots=pilots)
    assert progress(tables)["state"].to_list() == ["no_data", "not_met"]
    assert progress(tables, "w1")["state"].to_list() == ["on_track", "no_data"]


@pytest.mark.parametrize(
    ("ends", "wave", "state"),
    [
        (dt.date(2024, 6, 30), "w1", "not_met"),
        (dt.date(2024, 7, 2), "w1", "behind"),
        (dt.date(2026, 1, 1), "w2", "behind"),
        (dt.date(2025, 2, 1), "w2", "not_met"),
        (dt.date(2025, 2, 2), "w2", "behind"),
        (None, "w1", "on_track"),
        (None, "w2", "not_met"),
    ],
)
def test_a_pilot_is_over_on_its_last_day_or_at_the_last_reporting_date(ends: dt.date | None, wave: str, state: str) -> None:
    """A last day up to 31 days after the last reporting date (1 January 2025) is reported on at that date."""
    rows = [{"wave": "w0", "value": 4.0}, {"wave": wave, "value": 7.5 if wave == "w1" else 5.0}]
    tables = programme(rows, target=8.0)
    tables = tables.with_(pilots=frame("pilots", [{"id": "p", "name": "P", "ends": ends}]))
    assert only(tables, wave)["state"] == state


def test_a_new_round_of_the_survey_changes_no_outcome() -> None:
    """A wave for the survey alone, with a later date: same state, same share of time, nobody late. One that says nothing and
    has answers and no results is a round of the survey too."""
    rows = [{"wave": "w0", "value": 4.0}, {"wave": "w1", "value": 6.2}]
    pilots = frame("pilots", [{"id": "p", "name": "P", "ends": dt.date(2025, 1, 1)}])
    before = programme(rows, ["w0", "w1"], target=8.0).with_(pilots=pilots)
    for purpose in ("survey", None):
        third = {"id": "w2", "name": "w2", "date": dt.date(2025, 3, 1), "purpose": purpose}
        waves = frame("waves", [*before.waves.to_dicts(), third])
        people = frame("organisations", [{"id": n, "name": n, "kind": "museum"} for n in "ab"])
        ratings = frame("ratings", [{"wave": "w2", "rater": "a", "partner": "b", "level": 3}])
        after = before.with_(waves=waves, ratings=ratings, organisations=people)
        assert progress(after).equals(progress(before)) and only(after)["state"] == "on_track"
        assert late(progress(after), after).is_empty()


def test_a_state_does_not_change_without_a_new_result() -> None:
    """On track when it was measured; at a later reporting date without a value it is late, and still as far as it was."""
    rows = [{"wave": "w0", "value": 4.0}, {"wave": "w1", "value": 6.2}]
    tables = programme(rows, target=8.0).with_(pilots=frame("pilots", [{"id": "p", "name": "P", "ends": dt.date(2026, 1, 1)}]))
    assert [only(tables, wave)["state"] for wave in ("w1", "w2")] == ["on_track", "on_track"]
    assert late(progress(tables), tables)["pilot"].to_list() == ["p"]


# -- uncertainty --------------------------------------------------------------------------------------------------------


def spread(
    before: tuple[float, int | None, float | None], after: tuple[float, int | None, float | None], **more: Any
) -> dict[str, Any]:
    """A mean with n and standard deviation at both ends, target 5."""
    rows = [{"wave": w, "value": v, "n": n, "sd": sd} for w, (v, n, sd) in (("w0", before), ("w2", after))]
    about = {"unit": "mean, 1 to 5", "instrument": "self-rating", "target": 5.0} | more
    return only(programme(rows, **about))


def test_within_its_own_uncertainty_is_nearly_met_and_outside_it_is_not() -> None:
    """4.5 ± t·1/√25 = 4.5 ± 0.413 leaves 5 out; with 16 people, ± 0.533, it does not. Whatever share of the way that is."""
    assert spread((3.0, 25, 1.0), (4.5, 25, 1.0))["state"] == "not_met"
    row = spread((3.0, 16, 1.0), (4.5, 16, 1.0))
    assert row["state"] == "nearly" and row["progress"] == 0.75
    assert (row["low"], row["high"]) == (pytest.approx(4.5 - 2.13145 / 4, abs=1e-3), pytest.approx(4.5 + 2.13145 / 4, abs=1e-3))
    assert spread((3.0, 25, 1.0), (4.95, 2_500_000, 0.1))["state"] == "not_met"  # 97.5 % of the way, but certainly not there


def test_a_fall_within_the_noise_is_no_fall_and_no_near_miss() -> None:
    """From 3.0 to 2.9: with a spread of 1 it may be none; with a spread of 0.1 it is one; unknown, it is what it is."""
    assert spread((3.0, 25, 1.0), (2.9, 25, 1.0))["state"] == "not_met"
    assert spread((3.0, 25, 0.1), (2.9, 25, 0.1))["state"] == "fell"
    assert spread((3.0, 25, None), (2.9, 25, None))["state"] == "fell"
    assert spread((3.0, 6, 3.0), (2.9, 6, 3.0))["state"] == "not_met"  # its interval holds 5, but it is no nearer than before
    assert spread((3.0, 6, 3.0), (3.9, 6, 3.0))["state"] == "not_met"  # nor nearer to it than to where it began
    assert spread((3.0, 6, 3.0), (4.1, 6, 3.0))["state"] == "nearly"
    assert spread((5.0, 25, 1.0), (4.9, 25, 1.0))["state"] == "nearly"  # started at the target, still within reach of it


def test_a_share_has_its_interval_from_n_alone() -> None:
    """Wilson 1927: 8 of 10 is 49.0 to 94.3 %; without n there is none, and a count has none."""
    rows = [{"wave": "w0", "value": 40.0, "n": 10}, {"wave": "w2", "value": 80.0, "n": 10}]
    row = only(programme(rows, unit="% of participants", target=90.0))
    assert (row["low"], row["high"]) == (pytest.approx(49.016, abs=1e-3), pytest.approx(94.332, abs=1e-3))
    assert row["state"] == "nearly"
    assert only(programme([{**each, "n": None} for each in rows], unit="%", target=90.0))["low"] is None
    assert only(programme([{**each, "sd": 2.0} for each in rows], unit="sessions", instrument="count"))["low"] is None


def test_a_change_has_the_interval_of_newcombe() -> None:
    """56 of 70 against 48 of 80 (Newcombe 1998, table II, method 10): 20 points, 5.24 to 33.39."""
    rows = [{"wave": "w0", "value": 60.0, "n": 80}, {"wave": "w2", "value": 80.0, "n": 70}]
    row = only(programme(rows, unit="%", target=90.0))
    assert (row["change"], row["change_low"], row["change_high"]) == (
        20.0, pytest.approx(5.24, abs=0.01), pytest.approx(33.39, abs=0.01)
    )  # fmt: skip


def test_people_are_the_same_only_where_every_wave_since_the_first_says_so() -> None:
    """Yes and yes: yes; yes and unknown: unknown; a no: no. What the first wave says is of nothing before it."""
    for said, same in (
        ([None, True, True], True),
        ([None, None, True], None),
        ([None, False, True], False),
        ([True, True], True),
    ):
        rows = [{"wave": f"w{at}", "value": 4.0, "same_people": each} for at, each in enumerate(said)]
        assert only(programme(rows, target=8.0))["same_people"] is same
    assert only(programme([{"wave": "w2", "value": 4.0, "same_people": True}], target=8.0))["same_people"] is None


def test_a_pilot_target_needs_a_pilot_and_a_target() -> None:
    """An indicator nobody measured, or measured without a target, is none, whatever its state."""
    assert tally(progress(programme([], target=8.0))).aimed == 0
    baseline_only = programme([{"wave": "w0", "value": 4.0}], target=None)
    assert only(baseline_only)["state"] == "no_data" and tally(progress(baseline_only)).aimed == 0
    assert tally(progress(programme([{"wave": "w0", "value": 4.0}], target=8.0))) == Tally(0, 1)


# -- totals -------------------------------------------------------------------------------------------------------------

MEAN = {"unit": "mean, 1 to 5", "instrument": "self-rating"}
PERCENT = {"unit": "% of participants", "instrument": "share of registrations"}
COUNT = {"unit": "sessions", "instrument": "count"}
ONS4 = {"unit": "mean, 0 to 10", "instrument": "ONS4 life satisfaction"}


def several(results: list[dict[str, Any]], about: dict[str, Any], **more: list[dict[str, Any]]) -> Tables:
    """Three pilots in two places, for two groups; results of indicator "i" unless they say otherwise."""
    pilots = [
        {"id": "p", "name": "P", "place": "North", "target_group": "carers", "lead": "m"},
        {"id": "q", "name": "Q", "place": "North", "target_group": "elders"},
        {"id": "r", "name": "R", "place": "South", "target_group": "carers"},
    ]
    indicators = [{"id": "i", "theme": "care", "name": "I", "better": "higher", **about}]
    base = {
        "indicators": indicators,
        "pilots": pilots,
        "organisations": [{"id": "m", "name": "M", "kind": "museum"}, {"id": "h", "name": "H", "kind": "health_provider"}],
        "involvements": [{"pilot": "p", "organisation": "h"}, {"pilot": "r", "organisation": "h"}],
        "waves": [{"id": w, "name": w, "date": DATES[w]} for w in DATES],
        "results": [{"indicator": "i", "wave": "w2", **row} for row in results],
    }
    return Tables({name: frame(name, rows) for name, rows in {**base, **more}.items()})


def one(tables: Tables, by: tuple[str, ...] = ()) -> dict[str, Any]:
    found = total(cells(tables), by)
    assert found.height == 1
    return found.row(0, named=True)


THREE = [{"pilot": "p", "value": 2.0, "n": 10}, {"pilot": "q", "value": 4.0, "n": 30}, {"pilot": "r", "value": 5.0, "n": 20}]


@pytest.mark.parametrize(
    ("about", "value", "n"),
    [(COUNT, 11.0, 60), (MEAN, 4.0, 60), (PERCENT, 4.0, 60), (ONS4, 4.0, 60), ({"unit": "x", "aggregation": "mean"}, 4.0, 60)],
)
def test_counts_add_and_everything_else_is_weighted_by_n(about: dict[str, Any], value: float, n: int) -> None:
    """2 of 10 people, 4 of 30, 5 of 20: added 11; weighted (20 + 120 + 100) / 60 = 4."""
    found = one(several(THREE, about))
    assert (found["value"], found["n"], found["pilots"], found["reason"]) == (pytest.approx(value), n, 3, None)


def test_a_mean_of_means_without_n_is_refused_with_a_reason() -> None:
    """The pilot that gives no n is named; a count does not ask for it; one cell alone is itself."""
    rows = [THREE[0], {"pilot": "q", "value": 4.0}]
    found = one(several(rows, MEAN))
    assert found["value"] is None and found["n"] is None and "n is missing for Q." in found["reason"]
    assert one(several(rows, COUNT))["value"] == 6.0
    assert one(several(rows[1:], MEAN))["value"] == 4.0


@pytest.mark.parametrize(
    ("about", "value"),
    [
        ({"unit": "referrals"}, 47.0),
        ({"unit": "referrals", "instrument": "referral log"}, 47.0),
        ({"name": "Number of volunteers trained"}, 47.0),
        ({"unit": "hours", "instrument": "diary"}, 47.0),
        ({"unit": "hours"}, 47.0),
        ({"unit": "referrals per month", "instrument": "log"}, 23.5),
        ({"unit": "mean, participants", "instrument": "log"}, 23.5),
        ({"unit": "referrals", "aggregation": "mean"}, 23.5),
        ({"unit": "mean, 1 to 5", "aggregation": "sum"}, 47.0),
        ({"unit": "days waiting"}, None),
        ({"unit": "points"}, None),
        ({"unit": "referrals", "aggregation": "none"}, None),
    ],
)
def test_what_is_counted_is_added_unless_the_lead_says_otherwise(about: dict[str, Any], value: float | None) -> None:
    """22 and 25 referrals, each of 10 people, are 47; per month they are 23.5; where nothing says, there is no figure, and why.
    Targets go together in the same way."""
    rows = [{"pilot": "p", "value": 22.0, "n": 10, "target": 30.0}, {"pilot": "q", "value": 25.0, "n": 10, "target": 40.0}]
    found = one(several(rows, {"name": "I", **about}))
    assert found["value"] == value and (found["reason"] is None) == (value is not None)
    assert found["target"] == {47.0: 70.0, 23.5: 35.0, None: None}[value]


def test_an_unknown_value_is_counted_and_never_taken_for_nought() -> None:
    """Two pilots known, one not."""
    found = one(several([*THREE[:2], {"pilot": "r", "value": None}], COUNT))
    assert (found["value"], found["pilots"], found["unknown"]) == (6.0, 2, 1)


def test_values_of_different_waves_are_never_added() -> None:
    """The last known one of each pilot is taken, unless the cut is by wave."""
    rows = [{"pilot": "p", "value": 2.0, "wave": "w1"}, {"pilot": "p", "value": 7.0}, {"pilot": "q", "value": 3.0, "wave": "w1"}]
    assert one(several(rows, COUNT))["value"] == 10.0
    by_wave = total(cells(several(rows, COUNT)), ["wave"])
    assert dict(by_wave.select("wave", "value").iter_rows()) == {"w1": 5.0, "w2": 7.0}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("pilot", {"p": 2.0, "q": 4.0, "r": 5.0}),
        ("place", {"North": 6.0, "South": 5.0}),
        ("target_group", {"carers": 7.0, "elders": 4.0}),
        ("kind", {"museum": 2.0, "health_provider": 7.0}),
        ("theme", {"care": 11.0}),
        ("wave", {"w2": 11.0}),
    ],
)
def test_any_cut(by: str, expected: dict[str, float]) -> None:
    """By pilot, place, group, wave and theme; by kind, where a pilot counts under every kind involved in it."""
    assert dict(total(cells(several(THREE, COUNT)), [by]).select(by, "value").iter_rows()) == expected


def test_a_result_of_one_partner_is_of_that_partners_kind() -> None:
    """Not of everyone's in its pilot."""
    found = total(cells(several([{**THREE[0], "organisation": "m"}], COUNT)), ["kind"])
    assert found["kind"].to_list() == ["museum"]


def test_a_cut_by_something_else_is_refused() -> None:
    """The sentence names the choices."""
    with pytest.raises(InvalidRequest, match="pilot, place, target_group"):
        total(cells(Tables()), ["colour"])


def test_a_cut_keeps_what_is_looked_at() -> None:
    """Places, groups and kinds narrow one another."""
    frame_ = cells(several(THREE, COUNT))
    assert cut(frame_, places=["North"], target_groups=["carers"])["pilot"].to_list() == ["p"]
    assert cut(frame_, kinds=["health_provider"])["pilot"].to_list() == ["p", "r"]
    assert cut(frame_).height == 3


def test_the_unit_of_documents_grows_with_the_pilots() -> None:
    """Three counts "of 5 documents" are a count "of 15 documents"."""
    assert one(several(THREE, {"unit": "of 5 documents", "instrument": "count"}))["unit"] == "of 15 documents"


@pytest.mark.parametrize(("about", "target"), [(COUNT, 18.0), (MEAN, 4.5)])
def test_the_target_of_a_total(about: dict[str, Any], target: float) -> None:
    """Targets 4, 5, 9 of counts add up to 18; 3, 4, 6 of means, weighted by n, are (30 + 120 + 120) / 60 = 4.5."""
    own = (4.0, 5.0, 9.0) if about is COUNT else (3.0, 4.0, 6.0)
    rows = [{**row, "target": aim} for row, aim in zip(THREE, own, strict=True)]
    assert one(several(rows, about))["target"] == pytest.approx(target)
    assert one(several([*rows[:2], THREE[2]], about))["target"] is None


def test_the_four_ons_questions_are_never_averaged_together() -> None:
    """Asked for one figure of a theme: refused with the reason; two counts in one unit are added."""
    two = [
        {"id": "i", "theme": "care", "name": "Satisfied", "better": "higher", **ONS4},
        {"id": "j", "theme": "care", "name": "Anxious", "better": "lower", "unit": "mean, 0 to 10", "instrument": "ONS4 anxiety"},
    ]
    rows = [{**THREE[0]}, {**THREE[1], "indicator": "j"}]
    found = total(cells(several(rows, {}, indicators=[dict(one) for one in two])), ["theme"], together=True).row(0, named=True)
    assert found["value"] is None and "never averaged together" in found["reason"]
    counts = [{**row, **COUNT} for row in two]
    added = total(cells(several(rows, {}, indicators=counts)), ["theme"], together=True).row(0, named=True)
    assert added["value"] == 6.0 and added["unit"] == "sessions"
    mixed = [two[0], {**two[1], **PERCENT}]
    assert "Different things" in total(cells(several(rows, {}, indicators=mixed)), ["theme"], together=True)["reason"][0]


@pytest.mark.parametrize(
    ("question", "bands"),
    [
        (
            "satisfaction",
            {0: "low", 4.4: "low", 4.5: "medium", 6: "medium", 7: "high", 8.4: "high", 8.5: "very high"},
        ),
        ("anxiety", {0: "very low", 1: "very low", 1.5: "low", 3: "low", 3.5: "medium", 5: "medium", 5.5: "high", 10: "high"}),
    ],
)
def test_ons4_bands(question: str, bands: dict[float, str]) -> None:
    """The published bands, anxiety the other way round; a mean is read as the nearest answer."""
    assert {value: band(value, question) for value in bands} == bands
    about = {"unit": "mean", "instrument": f"ONS4 {question}"}
    for value, name in bands.items():
        assert one(several([{"pilot": "p", "value": float(value), "n": 9}], about))["band"] == name


@pytest.mark.parametrize(("value", "question"), [(None, "happy"), (10.1, "happy"), (5.0, None), (5.0, "UCLA-3")])
def test_no_band_where_there_is_none(value: float | None, question: str | None) -> None:
    """Unknown values, impossible ones, and every other instrument, UCLA-3 among them."""
    assert band(value, question) is None


# -- a cut from baseline to target --------------------------------------------------------------------------------------


def both(*pairs: tuple[str, float | None, int | None, float | None, int | None]) -> list[dict[str, Any]]:
    """(pilot, baseline, its n, latest, its n); a null value leaves the row out."""
    rows = [(pilot, wave, value, n) for pilot, b, bn, late_, ln in pairs for wave, value, n in (("w0", b, bn), ("w2", late_, ln))]
    return [{"pilot": pilot, "wave": wave, "value": value, "n": n} for pilot, wave, value, n in rows if value is not None]


def test_an_overview_of_nothing_is_empty_and_of_the_unmeasured_says_so() -> None:
    """No indicators: no rows. An indicator nobody measured: one row, all unknown, no_data, 0 pilots."""
    assert overview(Tables()).height == 0
    row = overview(several([], MEAN)).row(0, named=True)
    assert (row["latest"], row["state"], row["pilots"]) == (None, "no_data", 0)


def test_an_overview_goes_from_weighted_baseline_to_weighted_latest() -> None:
    """Baseline (2·10 + 4·30)/40 = 3.5; latest (3·20 + 5·20)/40 = 4; target 5: a third of the way."""
    row = overview(several(both(("p", 2.0, 10, 3.0, 20), ("q", 4.0, 30, 5.0, 20)), {**MEAN, "target": 5.0})).row(0, named=True)
    assert (row["baseline"], row["latest"], row["target"], row["n"]) == (3.5, 4.0, 5.0, 40)
    assert row["progress"] == pytest.approx(1 / 3) and row["state"] == "not_met" and row["compared"] == 2


def test_progress_compares_the_pilots_known_at_both_points() -> None:
    """A pilot without a baseline is in the latest total and not in the progress."""
    row = overview(several(both(("p", 2.0, None, 6.0, None), ("q", None, None, 50.0, None)), {**COUNT, "target": 10.0})).row(
        0, named=True
    )
    assert (row["baseline"], row["latest"], row["target"]) == (2.0, 56.0, 20.0)
    assert row["progress"] == 0.5 and (row["pilots"], row["compared"]) == (2, 1)


def test_a_refused_total_has_no_state() -> None:
    """It is not "no data": the reason says what it is."""
    row = overview(several(both(("p", 2.0, 10, 3.0, None), ("q", 4.0, 30, 5.0, 20)), {**MEAN, "target": 5.0})).row(0, named=True)
    assert row["state"] is None and row["latest"] is None and "n is missing for P" in row["reason"]


def test_swemwbs_with_fewer_than_thirty_at_either_point_is_too_few_to_conclude() -> None:
    """30 and 30 conclude, 29 at one of the points does not, for a pilot as for a total."""
    about = {"unit": "mean converted score", "instrument": "SWEMWBS converted score", "target": 22.0}
    tables = several(both(("p", 20.0, 30, 23.0, 30), ("q", 20.0, 29, 23.0, 40)), about)
    assert progress(tables)["state"].to_list() == ["met", "too_few"]
    assert "at least 30" in progress(tables)["caution"][1]
    row = overview(tables).row(0, named=True)
    assert row["state"] == "met" and row["caution"] is None
    few = overview(several(both(("p", 20.0, 12, 23.0, 30)), about)).row(0, named=True)
    assert few["state"] == "too_few" and few["latest"] == 23.0 and "too few to conclude" in few["caution"]


def test_late_and_missing_values_are_named() -> None:
    """A value of an earlier wave than the one looked at, and none at all."""
    tables = several(
        [{"pilot": "p", "value": 3.0}, {"pilot": "q", "value": 2.0, "wave": "w1"}, {"pilot": "r", "value": None}], COUNT
    )
    assert late(progress(tables), tables)["pilot"].to_list() == ["q", "r"]
    assert late(progress(tables, "w1"), tables, "w1")["pilot"].to_list() == ["p", "r"]


_BY_HAND = """
question      pilot  before  n    after  n
satisfaction  p      5.0     10   6.2    10
satisfaction  q      6.0     20   7.4    30
satisfaction  r      4.0     10   5.0    20
anxiety       p      6.0     10   4.0    10
anxiety       q      5.0     20   2.5    30
anxiety       r      7.0     10   6.0    20
"""


@pytest.mark.parametrize(
    ("question", "better", "target", "before", "after", "label", "along"),
    [
        # before (50 + 120 + 40) / 40; after (62 + 222 + 100) / 60; (6.4 − 5.25) / (7 − 5.25)
        ("satisfaction", "higher", 7.0, 5.25, 6.4, "medium", 0.65714),
        # before (60 + 100 + 70) / 40; after (40 + 75 + 120) / 60; (3.91667 − 5.75) / (3 − 5.75)
        ("anxiety", "lower", 3.0, 5.75, 3.91667, "medium", 0.66667),
    ],
)
def test_ons4_totals_and_bands_worked_out_by_hand(
    question: str, better: str, target: float, before: float, after: float, label: str, along: float
) -> None:
    """Each question by itself, weighted by n at both waves; the sums stand beside the case."""
    rows = []
    for line in _BY_HAND.split("\n")[2:-1]:
        of, pilot, *numbers = line.split()
        for wave, value, n in (("w0", *numbers[:2]), ("w2", *numbers[2:])):
            rows += (
                [{"indicator": "i", "pilot": pilot, "wave": wave, "value": float(value), "n": int(n)}] if of == question else []
            )
    tables = programme([], unit="mean, 0 to 10", instrument=f"ONS4 {question}", better=better, target=target)
    tables = tables.with_(results=frame("results", rows), pilots=frame("pilots", [{"id": p, "name": p} for p in "pqr"]))
    row = overview(tables).row(0, named=True)
    assert (row["baseline"], row["latest"]) == (pytest.approx(before), pytest.approx(after, abs=1e-5))
    assert (row["baseline_n"], row["n"], row["band"], row["state"]) == (40, 60, label, "not_met")
    assert row["progress"] == pytest.approx(along, abs=1e-5)
