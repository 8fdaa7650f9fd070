"""Small numbers are withheld, and nothing that is shown gives them away."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import numpy as np
import polars as pl
import pytest

from wtnet.measures.impact import progress
from wtnet.measures.impact.suppression import THRESHOLD, for_audience, suppress
from wtnet.tables import Tables, schema

WAVES = [{"id": "w0", "name": "Baseline"}, {"id": "w1", "name": "End"}]
PERCENT = {"unit": "% of participants", "instrument": "register"}
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
    """A percentage in each pilot, resting on n people."""
    return [{"pilot": pilot, "value": 40.0 + place, "n": number} for place, (pilot, number) in enumerate(n.items())]


def shown(frame: pl.DataFrame) -> dict[str, str | None]:
    return dict(frame.select("pilot", "shown").iter_rows())


def test_an_empty_frame_and_one_with_nothing_small_stay_as_they_are() -> None:
    """Same columns, same rows, nothing withheld; a value nobody knows is not small."""
    assert suppress(progress.cells(Tables())).is_empty()
    cells = progress.cells(tables([*people(p=5, q=60), {"pilot": "r", "value": None, "n": 2}], PERCENT))
    assert suppress(cells).equals(cells)


def test_a_small_row_takes_the_next_smallest_with_it() -> None:
    """4 people: withheld as "fewer than 5"; the pilot with 8, not those with 20 and 30, is withheld beside it."""
    cells = suppress(progress.cells(tables(people(p=30, q=4, r=20, s=8), PERCENT)))
    assert shown(cells) == {"p": None, "q": "fewer than 5", "r": None, "s": "withheld"}
    hidden = cells.filter("suppressed")
    assert hidden.select("value", "n", "evidence").null_count().row(0) == (2, 2, 2)
    assert hidden["block_n"].to_list() == [12, 12]


def test_small_rows_together_smaller_than_the_threshold_take_a_third() -> None:
    """1 and 2 people are two rows but only three people."""
    assert shown(suppress(progress.cells(tables(people(p=1, q=2, r=9, s=30), PERCENT)))) == {
        "p": "fewer than 5",
        "q": "fewer than 5",
        "r": "withheld",
        "s": None,
    }


def test_the_threshold_can_be_chosen_and_the_words_follow() -> None:
    """At 10, nine people are few; at 0 nothing is withheld."""
    cells = progress.cells(tables(people(p=9, q=30), PERCENT))
    assert shown(suppress(cells, 10)) == {"p": "fewer than 10", "q": "withheld"}
    assert suppress(cells, 0).equals(cells)


def test_a_count_of_people_is_its_own_n() -> None:
    """Three people who spoke are three people; three sessions are not; with an n given, that counts."""
    rows = [{"pilot": "p", "value": 3.0}, {"pilot": "q", "value": 9.0}, {"pilot": "r", "value": 12.0}]
    assert shown(suppress(progress.cells(tables(rows, PEOPLE)))) == {"p": "fewer than 5", "q": "withheld", "r": None}
    assert not suppress(progress.cells(tables(rows, {"unit": "sessions", "instrument": "count"})))["suppressed"].any()
    assert not suppress(progress.cells(tables([{**rows[0], "n": 40}], PEOPLE)))["suppressed"].any()


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
    """It may rest on two people; those beside it are shown, and the total leaves it out."""
    cells = suppress(progress.cells(tables([*people(p=30, q=20), {"pilot": "r", "value": 4.0}], about)))
    assert shown(cells) == {"p": None, "q": None, "r": "withheld"}
    found = progress.total(cells).row(0, named=True)
    assert (found["n"], found["pilots"], found["left_out"]) == (50, 2, 1)


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_everything_is_shown_to_the_lead_and_to_nobody_else(audience: str) -> None:
    """The lead sees the small row; every other audience does not."""
    cells = progress.cells(tables(people(p=30, q=4), PERCENT))
    assert for_audience(cells, "lead").equals(cells)
    assert for_audience(cells, audience)["suppressed"].to_list() == [True, True]


def test_the_total_of_all_is_the_same_for_every_audience() -> None:
    """A whole block is taken in, so the programme's own figure does not change; part of a block is left out and counted."""
    cells = progress.cells(tables(people(p=30, q=4, r=20, s=8), PERCENT))
    hidden = suppress(cells)
    for one in (cells, hidden):
        assert progress.total(one)["value"][0] == pytest.approx((30 * 40 + 4 * 41 + 20 * 42 + 8 * 43) / 62)
        assert progress.total(one)["n"][0] == 62
    assert progress.total(hidden)["hidden"][0] == 2
    part = progress.total(progress.cut(hidden, pilots=["p", "q"])).row(0, named=True)
    assert (part["value"], part["n"], part["pilots"], part["left_out"]) == (40.0, 30, 1, 1)


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


def test_a_withheld_baseline_does_not_make_a_pilot_late() -> None:
    """Not met, and how far it came is not told: "withheld", not "behind"; met is met, whatever the baseline was."""
    baseline = [{"pilot": "p", "value": 20.0, "n": 3, "wave": "w0"}, {"pilot": "q", "value": 20.0, "n": 30, "wave": "w0"}]
    given = tables([*baseline, {"pilot": "p", "value": 30.0, "n": 30}, {"pilot": "q", "value": 70.0, "n": 30}], PERCENT, 60.0)
    assert progress.progress(given, seen=suppress(progress.cells(given)))["state"].to_list() == ["withheld", "met"]


def test_different_targets_are_not_weighted_by_an_n_that_is_withheld() -> None:
    """Σ n·target and Σ n together would give two people's n away."""
    rows = [{**row, "target": 50.0 + place} for place, row in enumerate(people(p=4, q=8, r=30))]
    cells = progress.cells(tables(rows, PERCENT))
    assert progress.total(cells)["target"][0] is not None
    assert progress.total(suppress(cells))["target"][0] is None


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("about", [PERCENT, PEOPLE])
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
