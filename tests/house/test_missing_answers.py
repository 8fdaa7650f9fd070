"""Answers that are drawn for partners who kept silent, for the table of docs/methods.md."""

from __future__ import annotations

import numpy as np

from tools.missing_answers import draws, figures, imputed, put_together

N, SILENT = 12, np.array([2, 7])


def ring(mutual: bool) -> tuple[np.ndarray, np.ndarray]:
    """Strengths and reports of partners that each report the next two; with `mutual` these report them too. Of the silent ones
    nothing is known."""
    said = np.zeros((N, N))
    for partner in range(N):
        for step in (1, 2):
            said[partner, (partner + step) % N] = 1
    said = np.maximum(said, said.T) if mutual else said
    directed = np.where(said > 0, 0.6, np.nan)
    directed[SILENT], said[SILENT] = np.nan, np.nan
    return directed, said


def test_what_was_answered_stays_and_every_silent_answer_is_filled_in() -> None:
    directed, said = ring(mutual=True)
    answered = ~np.isin(np.arange(N), SILENT)
    off = ~np.eye(N, dtype=bool)
    for strength, full in draws(directed, said, np.array(["museum"] * N), SILENT, np.random.default_rng(1)):
        assert np.array_equal(full[answered], said[answered])
        assert np.array_equal(strength[answered], directed[answered], equal_nan=True)
        assert set(np.unique(full[off])) <= {0.0, 1.0}
        drawn = ~answered[:, None] & (full == 1) & off
        assert np.isfinite(strength[drawn]).all()


def test_silent_partners_are_drawn_to_answer_as_those_who_answered_do() -> None:
    """Where all reports are mutual a drawn answer gives a report back; where none is, hardly ever. Pairs of which one side is
    silent count, which available cases leave out."""
    everybody = ~np.eye(N, dtype=bool)
    kind = np.array(["museum"] * N)
    for mutual, least, most in ((True, 0.8, 1.0), (False, 0.0, 0.2)):
        directed, said = ring(mutual)
        before = figures(*put_together(directed, said), said, everybody)
        mean, between = imputed(directed, said, kind, SILENT, np.random.default_rng(2))
        assert least <= mean[2] <= most, f"reciprocity {mean[2]:.2f} where reports are {'' if mutual else 'not '}mutual"
        assert before[2] == float(mutual)
        assert between[2] > 0 or mean[2] == before[2], "what is drawn is not known, so reciprocity spreads between draws"
