"""What to do next: the first thing that is missing, late or waited for, and never something a viewer may not do."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.networks import tables
from wtnet.analysis.next_steps import added
from wtnet.sentences.what_next import Advice, advice
from wtnet.tables import Tables

NOW = date(2026, 1, 1)
RATED = tables("a b", ratings=[("w1", "a", "b", 3)])
OPEN = tables(
    "a b c",
    ratings=[("w1", "a", "b", 3)],
    waves=[("w1", "2025-01-01")],
    asked=[{"wave": "w1", "organisation": partner} for partner in "abc"],
)


def next_for(data: Tables, leads: bool = True, illustrative: bool = False) -> Advice:
    return advice(data, illustrative, leads, NOW)


def test_a_programme_without_partners_asks_for_a_spreadsheet() -> None:
    """Nothing else can be done before; not even if it is the example."""
    assert next_for(Tables()).page == "data" == next_for(Tables(), illustrative=True).page


@pytest.mark.parametrize("data", [Tables(), RATED, OPEN])
def test_whoever_looks_is_never_told_to_bring_in_or_to_ask(data: Tables) -> None:
    """Whatever the programme lacks, a viewer is led to what may be seen."""
    assert next_for(data, leads=False).page == "reach"


def test_late_steps_come_before_answers_that_are_waited_for() -> None:
    """One late step; without it the open wave, in which two of three have not answered; with nothing open, who should meet."""
    opened = OPEN.with_(waves=OPEN.waves.with_columns(status=OPEN.waves["status"].fill_null("open")))
    late = added(opened, "next_steps", {"what": "Call", "due": date(2025, 12, 31)})
    assert next_for(late).words == "1 next step should be done by now"
    assert next_for(opened).words == "2 partners asked for w1 have not answered yet"
    assert next_for(OPEN).choices == (("show", "meet"),)
    assert next_for(added(OPEN, "next_steps", {"what": "Call", "due": date(2026, 1, 1)})).words == "1 next step to do"


def test_a_programme_nobody_rated_in_asks_to_ask_and_the_example_to_bring_in_ones_own() -> None:
    """Partners and no ratings; ratings in an invented programme."""
    assert next_for(tables("a b", [("a", "b")])).page == "survey"
    assert next_for(RATED, illustrative=True).page == "data"
