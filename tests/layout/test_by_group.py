"""Grouped, the partners of a group stand together, apart from every other group, and in the same place every time."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest

from wtnet.layout.by_group import gathered
from wtnet.layout.force import LEAST


def drawn(number: int, groups: int) -> tuple[dict[str, tuple[float, float]], dict[str, int]]:
    spots = np.random.default_rng(5).normal(0, 400, (number, 2))
    places = {f"p{at}": (float(x), float(y)) for at, (x, y) in enumerate(spots)}
    return places, {id: at % groups for at, id in enumerate(places)}


def test_nobody_and_one_partner() -> None:
    """Nothing to place; one partner in a group of its own; somebody without a group is left where it is."""
    assert gathered({}, {}) == {} == gathered({"a": (1.0, 2.0)}, {})
    assert set(gathered({"a": (1.0, 2.0), "b": (0.0, 0.0)}, {"a": "x"})) == {"a"}


@pytest.mark.parametrize(("number", "groups"), [(12, 3), (66, 10), (300, 8)])
def test_groups_stand_apart_and_their_partners_together(number: int, groups: int) -> None:
    """Each is nearer to the middle of its own group than to that of any other; no two stand on one another."""
    places, of = drawn(number, groups)
    found = gathered(places, of)
    middles = {group: np.mean([found[id] for id in found if of[id] == group], axis=0) for group in range(groups)}
    for id, spot in found.items():
        away = {group: math.dist(spot, middle) for group, middle in middles.items()}
        assert min(away, key=away.__getitem__) == of[id]
    assert min(math.dist(a, b) for a, b in combinations(found.values(), 2)) > LEAST * 0.8
    assert gathered(places, of) == found


def test_all_on_one_spot_are_spread() -> None:
    """Six partners on the same place, in two groups."""
    found = gathered(dict.fromkeys("abcdef", (0.0, 0.0)), dict(zip("abcdef", "xxyyyx", strict=True)))
    assert len(set(found.values())) == 6
