"""What stands out is said with the others held equal, and allowing for how many things were asked about."""

from __future__ import annotations

from dataclasses import replace

from wtnet.analysis.mrqap import Coefficient, Regression
from wtnet.analysis.reasons import Reasons
from wtnet.sentences.reasons import sentences

NAMES = {"pilot": "share a pilot", "kind": "are of the same kind"}
BOTH = Reasons(
    NAMES,
    Regression((Coefficient("pilot", 3.0, 9.0, 0.001), Coefficient("kind", 0.1, 0.5, 0.6)), -2.0, 1469, 999),
    Regression((Coefficient("pilot", -0.01, -0.2, 0.8), Coefficient("kind", 0.08, 3.0, 0.004)), 0.5, 223, 999),
)


def test_existence_and_strength_are_told_apart() -> None:
    """Sharing a pilot says whether, not how strongly."""
    first, second, last = sentences(BOTH)
    assert "the odds are 20 times as high for those that share a pilot (p = 0.002)" in first
    assert "no clear difference for those that are of the same kind" in first
    assert "0.08 stronger for those that are of the same kind (p = 0.008)" in second and "share a pilot" in second
    assert "none of them says what brought a partnership about" in last


def test_a_p_that_is_clear_alone_and_not_among_many_is_not_told_as_clear() -> None:
    """0.03 as one of two is 0.06."""
    many = replace(
        BOTH,
        existence=replace(
            BOTH.existence, coefficients=(Coefficient("pilot", 3.0, 2.0, 0.03), Coefficient("kind", 0.1, 0.5, 0.6))
        ),
    )
    assert "no clear difference for those that share a pilot or are of the same kind" in sentences(many)[0]


def test_fewer_is_told_as_a_figure_below_one_and_weaker_as_weaker() -> None:
    """Odds of 0.4 and 0.1 less strength."""
    less = Reasons(
        {"kind": "are of the same kind"},
        Regression((Coefficient("kind", -0.92, -4.0, 0.001),), 0.0, 100, 999),
        Regression((Coefficient("kind", -0.1, -4.0, 0.001),), 0.0, 50, 999),
    )
    told = sentences(less)
    assert "the odds are 0.40 times as high" in told[0] and "0.10 weaker" in told[1]


def test_nothing_to_compare_and_withheld_are_sentences() -> None:
    """No figure is made up."""
    empty = Reasons(NAMES, Regression((Coefficient("pilot"), Coefficient("kind")), None, 0, 99), None)
    assert "too little to compare" in sentences(empty)[0] and "too few" in sentences(empty)[1]
    assert sentences(Reasons({}, why="Withheld: so.")) == ["Withheld: so."]
