"""Pilots and programmes beside one another on the command line: the same figures as of each alone."""

import json

import pytest

from tests.support.paths import EXAMPLE


def test_compare_sets_pilots_beside_one_another(run):
    """Every pilot a column, the same figures as measures of that pilot alone; in words by what may be compared."""
    code, out, _ = run("compare", EXAMPLE, "--pilots", "--json")
    assert code == 0
    rows = {row["id"]: row for row in json.loads(out)}
    alone = json.loads(run("measures", EXAMPLE, "--of", "network", "--pilot", "tidelines", "--json")[1])
    for measure in ("mean_strength", "cross_sector_share", "ties", "density"):
        assert rows[measure]["Tidelines"] == pytest.approx(alone[measure], rel=1e-12)
    words = run("compare", EXAMPLE, "--pilots")[1]
    assert words.index("May be compared") < words.index("With care") < words.index("Not between sizes")


def test_compare_sets_programmes_beside_one_another(run):
    """The two that ship: one has a survey, the other documents without levels."""
    code, out, _ = run("compare", "--programme", "example", "--beside", "working-together", "--csv")
    assert code == 0
    head, first, *_ = out.splitlines()
    assert head.startswith("id,measure,compared,why,kind,unit,Shared Light (illustrative example),Working Together")
    assert first.startswith("mean_strength,Mean strength,may be compared,") and first.endswith(",")


def test_compare_without_anything_to_compare_is_one_sentence(run):
    """No waves and no sides; one side; both at once."""
    for more, said in (
        ((), "Say which waves to compare"),
        (("--pilots", "--pilot", "tidelines"), "There is only one to look at"),
        (("--pilots", "--beside", "example"), "Compare either two waves"),
    ):
        code, _, error = run("compare", EXAMPLE, *more)
        assert code == 2 and error.startswith(said) and error.count("\n") == 1
