"""Ranks of numbers, ties sharing their mean rank; without the library of statistics, which takes seconds to load."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


def ranks(values: Any, axis: int | None = None) -> Numbers:
    """The rank of each number, from 1, equals sharing the mean of theirs: of all of them, or along an axis.

    As `scipy.stats.rankdata` gives them; infinite numbers are ranked, and numbers that are none (NaN) must not be among them.
    """
    given = np.asarray(values, dtype=np.float64)
    if axis is None:
        return _along_rows(given.reshape(1, -1))[0]
    return np.moveaxis(_along_rows(np.moveaxis(given, axis, -1)), -1, axis)


def _along_rows(given: Numbers) -> Numbers:
    """The ranks along the last axis."""
    number = given.shape[-1]
    order = np.argsort(given, axis=-1, kind="stable")
    ascending = np.take_along_axis(given, order, axis=-1)
    begins = np.ones(given.shape, dtype=bool)
    begins[..., 1:] = ascending[..., 1:] != ascending[..., :-1]
    ends = np.ones(given.shape, dtype=bool)
    ends[..., :-1] = begins[..., 1:]
    places = np.arange(number)
    first = np.maximum.accumulate(np.where(begins, places, 0), axis=-1)
    last = np.minimum.accumulate(np.where(ends, places, number)[..., ::-1], axis=-1)[..., ::-1]
    result = np.empty(given.shape)
    np.put_along_axis(result, order, (first + last) / 2 + 1, axis=-1)
    return result
