"""The panel that asks whether a figure can be trusted: on the pages that say something moved, for whoever looks."""

from __future__ import annotations

import pytest

from tests.support.app import opened, shown

pytestmark = pytest.mark.usefixtures("database")
TITLE = "**Can I trust this?**"


def panel(page: str, **choices: str) -> str:
    """The panel's sentence on a page of the shipped example, as it reads."""
    app = opened(f"pages/{page}.py", **choices)
    assert not app.exception
    told = [each.value for each in app.markdown if each.value.startswith(TITLE)]
    assert len(told) == 1
    return told[0].replace("\\", "")


def test_home_and_change_weigh_the_same_change_in_the_same_words() -> None:
    """From the first wave to the one looked at."""
    home = panel("side_by_side")
    assert home == panel("change")
    assert "from Baseline to End mean strength rose by" in home and "124 grew stronger and 2 weaker" in home


def test_in_the_first_wave_nothing_is_said_of_change() -> None:
    """There is nothing before it."""
    assert panel("side_by_side", wave="baseline").endswith("With one wave nothing can be said of change.")


def test_change_weighs_the_two_waves_that_are_chosen() -> None:
    """Not always the first and the last."""
    assert "from Midpoint to End" in panel("change", before="midpoint", after="end")


def test_reach_weighs_what_crosses_kinds_and_impact_the_results() -> None:
    """Each page its own figure."""
    assert "the share of partnerships that cross kinds" in panel("reach")
    assert "This is a record, not a proof" in panel("impact")


@pytest.mark.parametrize("page", ["side_by_side", "change", "reach", "impact"])
def test_a_record_without_answers_has_no_answers_to_weigh(page: str) -> None:
    """The public record of the real programme: documents alone."""
    words = [each.value for each in opened(f"pages/{page}.py", programme="working-together").markdown]
    told = [each for each in words if each.startswith(TITLE)]
    assert all("rose" not in each and "fell" not in each and "holds" not in each for each in told)


def test_the_lead_opens_what_it_rests_on_and_others_read_that_it_is_withheld() -> None:
    """The lines; and for others no figure of some partnerships alone."""
    lines = opened("pages/change.py", {"trust_lines": True})
    assert "Without any one partner" in shown(lines)
    public = opened("pages/change.py", {"trust_lines": True}, audience="public")
    assert not public.exception and "Without any one partner" not in shown(public)
