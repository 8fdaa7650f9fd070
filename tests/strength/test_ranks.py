"""Ranks are those of scipy, for none, for one, for equals, and along either axis."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import rankdata

from wtnet.strength.ranks import ranks


@pytest.mark.parametrize("values", [[], [3.0], [1.0, 1.0, 1.0], [2.0, -1.0, 2.0, np.inf, np.inf, 0.0], [3.0, 2.0, 1.0]])
def test_a_line_of_numbers_is_ranked_as_scipy_ranks_it(values: list[float]) -> None:
    """Equals, infinite ones and none at all."""
    assert ranks(values).tolist() == rankdata(values).tolist()


@pytest.mark.parametrize("axis", [0, 1])
def test_a_table_is_ranked_along_either_axis(axis: int) -> None:
    """Numbers with many equals among them, drawn with a fixed seed."""
    drawn = np.random.default_rng(3).integers(0, 5, (7, 9)).astype(float)
    assert (ranks(drawn, axis) == rankdata(drawn, axis=axis)).all()
