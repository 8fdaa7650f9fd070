"""How far apart two sides' answers are."""

from __future__ import annotations

import pytest

from wtnet.strength import far_apart, mean_known, steps_apart


@pytest.mark.parametrize(
    ("column", "answer", "other", "steps"),
    [
        ("level", 1, 3, 2),
        ("level", 4, 4, 0),
        ("trust", 4, 1, 3),
        ("contact", "never", "monthly", 3),
        ("contact", "daily", "weekly", 1),
    ],
)
def test_steps_are_those_of_the_scale_whichever_side_comes_first(column: str, answer: object, other: object, steps: int) -> None:
    assert steps_apart(column, answer, other) == steps_apart(column, other, answer) == steps  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("column", "answer", "other", "far"),
    [
        ("level", 1, 3, True),
        ("level", 1, 2, False),
        ("openness", 1, 4, True),
        ("contact", "yearly", "weekly", True),
        ("contact", "monthly", "weekly", False),
        ("level", None, 5, False),
        ("contact", "never", None, False),
    ],
)
def test_two_steps_are_far_apart_words_as_well_as_numbers_and_a_missing_answer_never_is(
    column: str, answer: object, other: object, far: bool
) -> None:
    assert far_apart(column, answer, other) is far_apart(column, other, answer) is far  # type: ignore[arg-type]


def test_the_mean_is_that_of_what_is_known() -> None:
    assert mean_known([0.2, None, 0.6]) == pytest.approx(0.4)
    assert mean_known([None, None]) is None
    assert mean_known([]) is None
