"""Small numbers are withheld, and nothing that is shown gives them away."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl
import pytest

from wtnet.measures.impact import progress, tallies
from wtnet.measures.impact.suppression import THRESHOLD, for_audience, suppress
from wtnet.tables import Tables, schema

WAVES = [{"id": "w0", "name": "Baseline"}, {"id": "w1", "name": "End"}]
PERCENT = {"unit": "% of participants", "instrument": "register"}
MEAN = {"unit": "mean, 0 to 100", "instrument": "self-rating"}
PEOPLE = {"unit": "people", "instrument": "count"}
PILOTS = ("p", "q", "r", "s", "t")


def tables(results: list[dict[str, Any]], about: dict[str, Any], target: float | None = None) -> Tables:
    given = {
        "indicators": [{"id": "i", "theme": "care", "name": "I", "better": "higher", "target": target, **about}],
        "pilots": [{"id": pilot, "name": pilot.upper()} for pilot in PILOTS],
        "waves": WAVES,
        "results": [{"indicator": "i", "wave": "w1", "evidence": "Register", **row} for row in results],
    }
    frames = {}
    for name, rows in given.items():
        declared = schema.SCHEMAS[name].polars()
        frames[name] = pl.DataFrame([{key: row.get(key) for key in declared} for row in rows], schema=declared, strict=False)
    return Tables(frames)


def people(**n: int | None) -> list[dict[str, Any]]:
    """A figure in each pilot, resting on n people."""
    return [{"pilot": pilot, "value": 40.0 + place, "n": number} for place, (pilot, number) in enumerate(n.items())]


def shown(frame: pl.DataFrame) -> dict[str, str | None]:
    return dict(frame.select("pilot", "shown").iter_rows())


def test_an_empty_frame_and_one_with_nothing_small_stay_as_they_are() -> None:
    """Same columns, same rows, nothing withheld; a value nobody knows is not small."""
    assert suppress(progress.cells(Tables())).is_empty()
    cells = progress.cells(tables([*people(p=5, q=60), {"pilot": "r", "value": None, "n": 2}], MEAN))
    assert suppress(cells).equals(cells)


def test_a_small_row_takes_the_next_smallest_with_it() -> None:
    """4 people: withheld as "fewer than 5"; the pilot with 8, not those with 20 and 30, is withheld beside it."""
    cells = suppress(progress.cells(tables(people(p=30, q=4, r=20, s=8), MEAN)))
    assert shown(cells) == {"p": None, "q": "fewer than 5", "r": None, "s": "withheld"}
    hidden = cells.filter("suppressed")
    assert hidden.select("value", "n", "evidence").null_count().row(0) == (2, 2, 2)
    assert hidden["block_n"].to_list() == [12, 12]


def test_small_rows_together_smaller_than_the_threshold_take_a_third() -> None:
    """1 and 2 people are two rows but only three people."""
    assert shown(suppress(progress.cells(tables(people(p=1, q=2, r=9, s=30), MEAN)))) == {
        "p": "fewer than 5",
        "q": "fewer than 5",
        "r": "withheld",
        "s": None,
    }


def test_the_threshold_can_be_chosen_and_the_words_follow() -> None:
    """At 10, nine people are few; at 0 nothing is withheld."""
    cells = progress.cells(tables(people(p=9, q=30), MEAN))
    assert shown(suppress(cells, 10)) == {"p": "fewer than 10", "q": "withheld"}
    assert suppress(cells, 0).equals(cells)


def test_a_count_of_people_is_its_own_n() -> None:
    """Three people who spoke are three people, on however many that rests; three sessions are not."""
    rows = [{"pilot": "p", "value": 3.0}, {"pilot": "q", "value": 9.0}, {"pilot": "r", "value": 12.0}]
    assert shown(suppress(progress.cells(tables(rows, PEOPLE)))) == {"p": "fewer than 5", "q": "withheld", "r": None}
    assert not suppress(progress.cells(tables(rows, {"unit": "sessions", "instrument": "count"})))["suppressed"].any()
    assert shown(suppress(progress.cells(tables([{**rows[0], "n": 40}], PEOPLE)))) == {"p": "fewer than 5"}
    assert shown(suppress(progress.cells(tables([{**rows[1], "n": 3}], PEOPLE)))) == {"q": "fewer than 5"}
    log = {"unit": "referrals", "instrument": "referral log", "aggregation": "sum"}
    assert shown(suppress(progress.cells(tables(rows, log)))) == {"p": "fewer than 5", "q": "withheld", "r": None}


@pytest.mark.parametrize(
    ("value", "n", "words"),
    [
        (10.0, 40, "withheld"),  # 4 people
        (12.5, 40, None),  # 5
        (90.0, 40, "withheld"),  # all but 4
        (87.5, 40, None),
        (0.0, 400, "withheld"),
        (100.0, 400, "withheld"),
        (33.3, 15, None),  # 4.995 is 5 people, written as a percentage
        (29.0, 15, "withheld"),  # 4.35 is 4
        (50.0, 9, "withheld"),  # 4 or 5 of 9: one of the two sides is 4
    ],
)
def test_a_share_with_fewer_than_five_people_in_it_or_out_of_it_is_withheld(value: float, n: int, words: str | None) -> None:
    """Also none and all. A mean of the same size is shown, and so is a change in per cent."""
    row = {"pilot": "p", "value": value, "n": n}
    assert shown(suppress(progress.cells(tables([row], PERCENT)))) == {"p": words}
    for about in (MEAN, {"unit": "% change since last year"}):
        assert shown(suppress(progress.cells(tables([row], about)))) == {"p": None}


def test_what_is_withheld_with_a_small_share_has_five_people_on_both_sides() -> None:
    """3 of 30 goes with 2 of 40 (5 of 70 in all); 1 of 30 needs a third row. Where there is none, no total takes them in."""
    rows = [{"pilot": p, "value": 100 * part / n, "n": n} for p, part, n in (("p", 3, 30), ("q", 2, 40), ("r", 30, 60))]
    cells = suppress(progress.cells(tables(rows, PERCENT)))
    assert shown(cells) == {"p": "withheld", "q": "withheld", "r": None}
    assert progress.total(cells)["value"][0] == pytest.approx(100 * 35 / 130)
    fewer = [{**rows[0], "value": 100 / 30}, *rows[1:]]
    assert shown(suppress(progress.cells(tables(fewer, PERCENT)))) == {"p": "withheld", "q": "withheld", "r": "withheld"}
    two = suppress(progress.cells(tables(fewer[:2], PERCENT)))
    assert progress.total(two).select("value", "shown").row(0) == (None, "withheld")


@pytest.mark.parametrize("target", [1.0, 45.0, 99.0])
@pytest.mark.parametrize("better", ["higher", "lower"])
def test_whether_something_is_withheld_does_not_depend_on_whether_it_is_good(target: float, better: str) -> None:
    """The same cells, and the same states, whatever the target is."""
    rows = [{**row, "wave": wave, "n": n} for wave, n in (("w0", 3), ("w1", 30)) for row in people(p=0, q=0)]
    rows += [{"pilot": "r", "wave": wave, "value": 50.0, "n": 30} for wave in ("w0", "w1")]
    given = tables(rows, {**MEAN, "better": better}, target)
    seen = progress.progress(given, seen=suppress(progress.cells(given)))
    assert (seen["state"] == "withheld").to_list() == [True, True, False]


@pytest.mark.parametrize(
    "unit",
    ["students", "service users", "families", "referrals", "women", "museum newcomers", "16 to 25 year olds", "knitters", ""],
)
def test_any_count_but_one_of_things_is_its_own_n(unit: str) -> None:
    """Nobody can list all words for people, so what is not known to be a thing may be some: two knitters are withheld. It does
    not matter whether the instrument says that it is a count."""
    rows = [{"pilot": "p", "value": 2.0}, {"pilot": "q", "value": 9.0}, {"pilot": "r", "value": 12.0}]
    for instrument in ("count", None):
        found = shown(suppress(progress.cells(tables(rows, {"unit": unit or None, "instrument": instrument}))))
        assert found == {"p": "fewer than 5", "q": "withheld", "r": None}


@pytest.mark.parametrize(
    "unit",
    ["objects", "hours given by volunteers", "£", "of 5 documents", "policies", "providers", "written agreements", "session"],
)
def test_a_count_of_things_is_shown_however_small(unit: str) -> None:
    """Two documents are nobody in particular."""
    rows = [{"pilot": "p", "value": 2.0}, {"pilot": "q", "value": 9.0}]
    assert not suppress(progress.cells(tables(rows, {"unit": unit, "instrument": "count"})))["suppressed"].any()


@pytest.mark.parametrize("about", [PERCENT, {"unit": "mean, 0 to 10", "instrument": "ONS4 happy"}, {"unit": "1 to 5"}])
def test_a_mean_of_which_nobody_says_n_is_withheld_by_itself(about: dict[str, Any]) -> None:
    """It may rest on two people; those beside it are shown, and the total is withheld: without it, it would be another."""
    cells = suppress(progress.cells(tables([*people(p=30, q=20), {"pilot": "r", "value": 4.0}], about)))
    assert shown(cells) == {"p": None, "q": None, "r": "withheld"}
    found = progress.total(cells).row(0, named=True)
    assert (found["value"], found["n"], found["shown"], found["pilots"], found["left_out"]) == (None, None, "withheld", 3, 1)


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_everything_is_shown_to_the_lead_and_to_nobody_else(audience: str) -> None:
    """The lead sees the small row; every other audience does not."""
    cells = progress.cells(tables(people(p=30, q=4), PERCENT))
    assert for_audience(cells, "lead").equals(cells)
    assert for_audience(cells, audience)["suppressed"].to_list() == [True, True]


def test_the_total_of_all_is_the_same_for_every_audience() -> None:
    """A whole block is taken in, so the programme's own figure does not change; a total with part of a block is withheld."""
    cells = progress.cells(tables(people(p=30, q=4, r=20, s=8), MEAN))
    hidden = suppress(cells)
    for one in (cells, hidden):
        assert progress.total(one)["value"][0] == pytest.approx((30 * 40 + 4 * 41 + 20 * 42 + 8 * 43) / 62)
        assert progress.total(one)["n"][0] == 62
    assert progress.total(hidden)["hidden"][0] == 2
    part = progress.total(progress.cut(hidden, pilots=["p", "q"])).row(0, named=True)
    assert (part["value"], part["n"], part["shown"], part["pilots"], part["left_out"]) == (None, None, "withheld", 2, 1)


def test_a_small_row_alone_is_in_no_total() -> None:
    """One pilot, three people: there is nothing to hide it among, so the total is unknown too."""
    found = progress.total(suppress(progress.cells(tables(people(p=3), PERCENT)))).row(0, named=True)
    assert (found["value"], found["n"], found["left_out"]) == (None, None, 1)


def test_progress_and_state_tell_nothing_of_a_withheld_value() -> None:
    """Values, n, progress and evidence are null, the words stand in their place, and the state is "withheld"."""
    given = tables([{"pilot": "p", "value": 20.0, "n": 30, "wave": "w0"}, *people(p=4, q=30, r=40)], PERCENT, 60.0)
    seen = suppress(progress.cells(given))
    row = progress.progress(given, seen=seen).row(0, named=True)
    assert (row["latest"], row["n"], row["progress"]) == (None, None, None)
    assert row["latest_shown"] == "fewer than 5" and row["state"] == "withheld"


def test_a_withheld_baseline_withholds_the_state_whether_the_target_is_met_or_not() -> None:
    """Met or met from the start, not met or fallen: the baseline decides, so nothing is said. No other figure tells either."""
    baseline = [{"pilot": "p", "value": 20.0, "n": 3, "wave": "w0"}, {"pilot": "q", "value": 20.0, "n": 30, "wave": "w0"}]
    given = tables([*baseline, {"pilot": "p", "value": 30.0, "n": 30}, {"pilot": "q", "value": 70.0, "n": 30}], MEAN, 60.0)
    found = progress.progress(given, seen=suppress(progress.cells(given)))
    assert found["state"].to_list() == ["withheld", "withheld"]
    assert found.select("progress", "change", "change_low", "change_high", "same_people").null_count().row(0) == (2,) * 5
    assert tallies.tally(found) == tallies.Tally(None, None)


def test_different_targets_are_not_weighted_by_an_n_that_is_withheld() -> None:
    """Σ n·target and Σ n together would give two people's n away."""
    rows = [{**row, "target": 50.0 + place} for place, row in enumerate(people(p=4, q=8, r=30))]
    cells = progress.cells(tables(rows, MEAN))
    assert progress.total(cells).select("target", "target_shown").row(0) == (pytest.approx(51.619, abs=1e-3), None)
    assert progress.total(suppress(cells)).select("target", "target_shown").row(0) == (None, "withheld")
    given = tables([*rows, *[{**row, "wave": "w0"} for row in rows]], MEAN)
    assert progress.overview(given, None, suppress(progress.cells(given)))["state"].to_list() == ["withheld"]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(1, 6))])
@pytest.mark.parametrize("about", [MEAN, PEOPLE])
def test_no_combination_of_totals_gives_a_small_number_away(about: dict[str, Any], seed: int) -> None:
    """Every total of every choice of pilots, and everything shown, as one system of equations in the withheld numbers: it
    determines none of them."""
    draw = random.Random(seed)
    n = [draw.choice([1, 2, 3, 4, 6, 8, 11, 15, 30]) for _ in PILOTS]
    values = [float(number) for number in n] if about is PEOPLE else [draw.uniform(10, 90) for _ in PILOTS]
    rows = [{"pilot": p, "value": v, "n": None if about is PEOPLE else k} for p, v, k in zip(PILOTS, values, n, strict=True)]
    cells = suppress(progress.cells(tables(rows, about)))
    hidden = cells.filter("suppressed")["pilot"].to_list()
    small = [pilot for pilot, number in zip(PILOTS, n, strict=True) if number < THRESHOLD]
    assert set(small) <= set(hidden)
    equations = []
    truth = dict(zip(PILOTS, n, strict=True))
    for size in range(1, len(PILOTS) + 1):
        for chosen in combinations(PILOTS, size):
            found = progress.total(progress.cut(cells, pilots=chosen)).row(0, named=True)
            told = found["value"] if about is PEOPLE else found["n"]
            if told is None:
                continue
            inside = [pilot for pilot in chosen if pilot in hidden] if found["hidden"] else []
            assert told == pytest.approx(sum(truth[pilot] for pilot in chosen if pilot in inside or pilot not in hidden))
            equations.append([float(pilot in inside) for pilot in hidden])
    known = np.array(equations).reshape(-1, len(hidden)) if equations else np.zeros((1, len(hidden)))
    for place in range(len(hidden)):
        alone = np.eye(len(hidden))[place]
        assert np.linalg.matrix_rank(np.vstack([known, alone])) > np.linalg.matrix_rank(known), hidden[place]
