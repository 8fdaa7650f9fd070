"""What is said of how far results can be trusted: a record, with its people and intervals, and never a proof."""

from __future__ import annotations

import polars as pl

from wtnet.sentences.trust_results import NO_COMPARISON, lines, sentence

COLUMNS = {
    "pilot": pl.String,
    "better": pl.String,
    "baseline": pl.Float64,
    "latest": pl.Float64,
    "n": pl.Int64,
    "change_low": pl.Float64,
    "change_high": pl.Float64,
    "same_people": pl.Boolean,
    "baseline_shown": pl.String,
    "latest_shown": pl.String,
    "evidence": pl.String,
    "source_url": pl.String,
}


def progress(*rows: dict) -> pl.DataFrame:
    """Rows of `impact.progress`: measured twice on 40 people unless said otherwise."""
    base = {"pilot": "p", "baseline": 1.0, "latest": 2.0, "n": 40}
    return pl.DataFrame([dict.fromkeys(COLUMNS) | base | row for row in rows], schema=COLUMNS)


def test_nothing_shown_and_nothing_measured_twice_are_told() -> None:
    """No result; all withheld; baselines alone."""
    assert "nothing to weigh" in sentence(progress()) and lines(progress()) == []
    assert "nothing to weigh" in sentence(progress({"latest_shown": "withheld"}))
    assert "none was measured both" in sentence(progress({"latest": None}))


def test_results_are_a_record_with_what_chance_alone_would_move() -> None:
    """Forty intervals of which three leave out no change: two would by chance."""
    rows = [{"change_low": 0.1, "change_high": 0.4}] * 2 + [{"change_low": -0.4, "change_high": -0.1}]
    rows += [{"change_low": -0.1, "change_high": 0.4}] * 37 + [{"latest": None}]
    told = sentence(progress(*rows))
    assert told.startswith("This is a record, not a proof: 40 of 41 results were measured both")
    assert "3 of the 40 with a 95% interval moved clearly (about 2 would by chance alone)" in told and NO_COMPARISON in told
    none = sentence(progress(*[{"change_low": -0.1, "change_high": 0.1}] * 4))
    assert "none of the 4 with a 95% interval moved clearly (hardly any would by chance alone)" in none
    assert "none has an interval" in sentence(progress({}))


def test_what_moved_clearly_for_the_worse_is_not_counted_as_a_success() -> None:
    """A fall where higher is better, a rise where lower is; where neither is better nothing is said."""
    fall, rise = {"change_low": -0.4, "change_high": -0.1}, {"change_low": 0.1, "change_high": 0.4}
    told = sentence(progress(fall | {"better": "higher"}, rise | {"better": "lower"}, rise | {"better": "higher"}))
    assert "3 of the 3 with a 95% interval moved clearly, 2 of them for the worse (" in told
    good = [rise | {"better": "higher"}, fall | {"better": "lower"}, fall | {"better": "neither"}]
    assert "worse" not in sentence(progress(*good))


def test_lines_tell_people_evidence_and_whom_nothing_is_known_of() -> None:
    """Fewer than thirty people are counted; n that is not recorded is not few."""
    told = dict(lines(progress({"n": 12}, {"n": 40, "evidence": "report"}, {"n": None}, {"same_people": True})))
    assert told["On how many people"] == "12 to 40 people, fewer than 30 in 1 of 3; of 1 it is not recorded."
    assert told["Evidence"].startswith("1 of 4") and told["The same people"].endswith("1 of 4.")
    assert dict(lines(progress({"n": None})))["On how many people"] == "Not recorded for any."


def test_where_a_result_is_withheld_no_count_of_results_is_told() -> None:
    """Of those that are shown it would be another number than the lead's."""
    rows = [{"change_low": 0.1, "change_high": 0.4}, {}, {"baseline": None, "latest": None, "latest_shown": "withheld"}]
    told = [sentence(progress(*rows)), *(words for _, words in lines(progress(*rows)))]
    assert "withheld" in told[0] and NO_COMPARISON in told[0]
    assert not any(letter.isdigit() for words in told for letter in words)
    assert "2 of 2 results" in sentence(progress(*rows[:2]))
