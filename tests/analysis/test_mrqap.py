"""Regression by QAP: the values of R's sna, and the cases where nothing can be said."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.support import mrqap_waves
from tests.support.mrqap import FILE, cases
from wtnet.analysis.mrqap import regress

CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_coefficients_and_p_are_those_of_sna(name: str) -> None:
    """Coefficients to a millionth; the statistic; p within four standard errors of the two Monte Carlo runs."""
    case, expected = CASES[name], json.loads(FILE.read_text(encoding="utf-8"))["values"][name]
    draws = 400
    fit = regress(case.response, case.predictors, case.kind == "logistic", case.directed, draws)
    assert fit.cells == expected["cells"]
    assert fit.intercept == pytest.approx(expected["coefficients"][0], rel=1e-6, abs=1e-6)
    for found, value, statistic, p in zip(
        fit.coefficients, expected["coefficients"][1:], expected["statistics"][1:], expected["p"][1:], strict=True
    ):
        assert found.value == pytest.approx(value, rel=1e-6, abs=1e-6)
        assert found.statistic == pytest.approx(statistic, rel=1e-4)
        error = np.sqrt(max(p * (1 - p), 0.005) * (1 / draws + 1 / expected["draws"]))
        assert found.p == pytest.approx(p, abs=4 * error)


@pytest.mark.parametrize("name", mrqap_waves.NETWORKS)
def test_what_begins_over_several_waves_has_the_coefficients_of_glm(name: str) -> None:
    """Each wave with its own level, pairs followed from each in which they had no tie, those of the silent left out."""
    response, predictors = mrqap_waves.followed(name)
    expected = json.loads(mrqap_waves.FILE.read_text(encoding="utf-8"))["values"][name]
    fit = regress(response, predictors, logistic=True, draws=19)
    assert fit.cells == expected["cells"] and expected["began"] > 0
    assert fit.intercept == pytest.approx(expected["coefficients"][0], rel=1e-6, abs=1e-6)
    for at, found in enumerate(fit.coefficients, 1):
        assert found.value == pytest.approx(expected["coefficients"][at], rel=1e-6, abs=1e-6)
        assert found.statistic == pytest.approx(expected["statistics"][at], rel=1e-5)


def relations(n: int = 14, seed: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Three symmetric relations at random: numbers, yes or no, yes or no."""
    draw = np.random.default_rng(seed)
    numbers = draw.random((n, n))
    words = [(draw.random((n, n)) < 0.4).astype(float) for _ in range(2)]
    return tuple(np.tril(each, -1) + np.tril(each, -1).T for each in (numbers, *words))  # type: ignore[return-value]


def test_a_predictor_that_does_not_vary_or_repeats_another_has_no_figure() -> None:
    """And the others keep theirs."""
    y, x, _ = relations()
    fit = regress(y, {"x": x, "same": x, "all": np.ones_like(x)}, logistic=False, draws=50)
    assert fit.coefficients[0].value is not None and fit.coefficients[0].p is not None
    assert [each.value for each in fit.coefficients[1:]] == [None, None]


def test_a_response_that_does_not_vary_or_is_not_known_has_no_figures() -> None:
    """Every pair tied, none known, one partner, nobody."""
    _, x, _ = relations()
    for y in (np.ones_like(x), np.full_like(x, np.nan)):
        for logistic in (True, False):
            fit = regress(y, {"x": x}, logistic, draws=20)
            assert fit.coefficients[0].value is None and fit.intercept is None
    for n in (0, 1):
        assert regress(np.zeros((n, n)), {"x": np.zeros((n, n))}, logistic=False, draws=5).cells == 0


def test_a_predictor_that_parts_ties_without_rest_has_no_figure() -> None:
    """A logistic regression would run away; nothing is said instead of a huge number."""
    _, x, _ = relations()
    assert regress(x, {"x": x}, logistic=True, draws=20).coefficients[0].value is None


def test_unknown_pairs_are_left_out_and_are_not_pairs_without_a_tie() -> None:
    """The same figures as of the known pairs alone; with 0 in their place they differ."""
    y, x, z = relations()
    hidden = y.copy()
    hidden[0, :] = hidden[:, 0] = np.nan
    known = regress(hidden, {"x": x, "z": z}, logistic=False, draws=20)
    alone = regress(y[1:, 1:], {"x": x[1:, 1:], "z": z[1:, 1:]}, logistic=False, draws=20)
    assert [each.value for each in known.coefficients] == pytest.approx([each.value for each in alone.coefficients])
    zero = regress(np.nan_to_num(hidden), {"x": x, "z": z}, logistic=False, draws=20)
    assert zero.coefficients[0].value != pytest.approx(known.coefficients[0].value)


def test_pairs_unknown_in_a_predictor_are_left_out_too() -> None:
    """A partner without a place has no pair in the same place."""
    y, x, z = relations()
    unplaced = z.copy()
    unplaced[3, :] = unplaced[:, 3] = np.nan
    fit = regress(y, {"x": x, "z": unplaced}, logistic=False, draws=30)
    assert fit.cells == 13 * 12 / 2 and all(0 < each.p <= 1 for each in fit.coefficients)


def test_under_chance_p_is_below_a_twentieth_about_one_time_in_twenty() -> None:
    """Relations that have nothing to do with each other, 60 times: not more than 9, which chance gives once in 500 times."""
    low = 0
    for seed in range(60):
        y, x, z = relations(10, seed)
        low += regress(y, {"x": x, "z": z}, logistic=False, draws=99, seed=seed).coefficients[0].p <= 0.05
    assert low <= 9
