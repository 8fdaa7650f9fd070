"""Two editors on one cell, through app.py: both values with both names, a choice each, and nothing lost whichever is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import opened, press, shown
from tests.support.frames import frame
from wtnet.store import ConflictError, Programme, Store
from wtnet.tables import Tables, schema
from wtnet.ui.parts.conflict import PendingChange

HOSTILE = "<script>alert(1)</script> **x** :red[y]"
TYPES = schema.SCHEMAS["organisations"].polars()


def partners(*names: str, place: str | None = None) -> Tables:
    rows = [
        {**dict.fromkeys(TYPES), "id": f"p{at}", "name": name, "kind": "museum", "sharing": "public", "place": place}
        for at, name in enumerate(names)
    ]
    return Tables({"organisations": pl.DataFrame(rows, schema=TYPES)})


@pytest.fixture
def store(no_database: str) -> Iterator[Store]:
    """The app's database."""
    with Store(no_database) as store:
        yield store


def met(store: Store, before: Tables, theirs: Tables, mine: Tables, page: str = "correct", them: str = "Ann") -> AppTest:
    """The data page of Ben, whose change met theirs."""
    base = store.create(Programme("one", "One"), before, "Ada", "to begin").id
    store.commit("one", theirs, base=base, author=them, reason="theirs", kind="edit")
    with pytest.raises(ConflictError) as found:
        store.commit("one", mine, base=base, author="Ben", reason="mine", kind="edit")
    conflict = PendingChange("one", found.value, "Ben", "mine", "edit", page)
    return opened(f"pages/{'survey' if page == 'survey' else 'data'}.py", {"conflict": conflict}, programme="one", do=page)


@pytest.mark.parametrize(
    ("page", "choice", "name"),
    [
        ("correct", "theirs", "A of Ann"),
        ("bring-in", "mine", "A of Ben"),
        pytest.param("correct", "mine", "A of Ben", marks=pytest.mark.thorough),
        pytest.param("bring-in", "theirs", "A of Ann", marks=pytest.mark.thorough),
    ],
)
def test_whichever_is_chosen_is_stored_and_the_rest_of_both_is_kept(store: Store, page: str, choice: str, name: str) -> None:
    """The same name changed by both, and another cell by each: the choice decides one cell only."""
    app = met(store, partners("A", "B", "C"), partners("A of Ann", "B of Ann", "C"), partners("A of Ben", "B", "C of Ben"), page)
    assert "Ann changed the same as you" in shown(app) and "It was “A”" in shown(app)
    options = [one.replace("\\", "") for one in app.radio[0].options]
    assert options == ["“A of Ann” – Ann", "“A of Ben” – Ben (you)"]
    app.radio[0].set_value(choice)
    press(app, "Save with these choices")
    assert store.load("one").organisations["name"].to_list() == [name, "B of Ann", "C of Ben"]
    assert store.history("one")[0].author == ("Ben")
    assert "conflict" not in app.session_state


def test_leaving_ones_own_out_stores_nothing(store: Store) -> None:
    """What they saved stays as it is."""
    app = met(store, partners("A"), partners("X"), partners("Y"))
    press(app, "Leave mine out")
    assert store.load("one").organisations["name"].to_list() == ["X"] and len(store.history("one")) == 2


def test_a_row_one_removed_and_the_other_changed_is_a_choice_too(store: Store) -> None:
    """Removed by Ann, renamed by Ben: Ben's row can come back."""
    app = met(store, partners("A", "B"), partners("A"), partners("A", "Bee"))
    assert "the whole row of organisations" in shown(app)
    app.radio[0].set_value("mine")
    press(app, "Save with these choices")
    assert store.load("one").organisations["name"].to_list() == ["A", "Bee"]


@pytest.mark.parametrize(("choice", "said"), [("mine", True), ("theirs", False)])
def test_answers_of_a_survey_that_a_choice_replaces_are_said_after_it(store: Store, choice: str, said: bool) -> None:
    """Two forms of one partner met: taking mine replaces an answer, keeping theirs replaces none."""
    levels = [frame("ratings", {"wave": "w", "rater": "p0", "partner": "p1", "level": level}) for level in (1, 2, 5)]
    wave = frame("waves", {"id": "w", "name": "W"})
    before, theirs, mine = (partners("A", "B").with_(waves=wave, ratings=each) for each in levels)
    app = met(store, before, theirs, mine, "survey")
    app.radio[0].set_value(choice)
    app = press(app, "Save with these choices")
    assert ("1 answer that 1 partner gave before was replaced." in shown(app)) is said


def test_many_are_decided_at_once(store: Store) -> None:
    """Forty cells: the first are shown one by one, all follow the choice for all."""
    many = [f"P{at}" for at in range(40)]
    app = met(store, partners(*many), partners(*[f"{one} A" for one in many]), partners(*[f"{one} B" for one in many]))
    assert len(app.radio) == 25 and "other 15 follow" in shown(app)
    app.get("button_group")[-1].set_value("mine").run()
    app.radio[0].set_value("theirs")
    press(app, "Save with these choices")
    assert store.load("one").organisations["name"].to_list() == ["P0 A", *[f"{one} B" for one in many[1:]]]


def test_somebody_saving_again_meanwhile_is_asked_about_again(store: Store) -> None:
    """Between the question and the answer Ann changes the cell once more: a new question, nothing overwritten."""
    app = met(store, partners("A"), partners("X"), partners("Y"))
    head = store.head("one")
    store.commit("one", partners("X again"), base=head or 0, author="Ann", reason="again", kind="edit")
    app.radio[0].set_value("mine")
    press(app, "Save with these choices")
    app.run()
    assert store.load("one").organisations["name"].to_list() == ["X again"]
    assert "changed the same as you" in shown(app) and any("X again" in one for one in app.radio[0].options)


def test_hostile_names_in_both_values_stay_text(store: Store) -> None:
    """Values, names of rows and of people are escaped in every place they are told."""
    app = met(store, partners("A"), partners(HOSTILE), partners(HOSTILE + "2"), them=HOSTILE)
    for one in [*app.markdown, *app.caption, *app.subheader]:
        assert "<script>" not in str(one.value) and ":red[" not in str(one.value)
    assert not [one for one in app.radio[0].options if "<script>" in one]


@pytest.mark.parametrize(("pressed", "kept"), [("Save with these choices", {"names:one": ["Radio"]}), ("Leave mine out", {})])
def test_what_belongs_to_a_change_is_kept_once_it_is_saved_and_not_before(
    store: Store, pressed: str, kept: dict[str, Any]
) -> None:
    """Such as names that were missed on survey forms: with the revision, or not at all."""
    app = met(store, partners("A"), partners("A of Ann"), partners("A of Ben"))
    waiting = app.session_state["conflict"]
    app.session_state["conflict"] = replace(waiting, also={"names:one": lambda _: ["Radio"]})
    app.run()
    assert store.settings("names:") == {}
    press(app, pressed)
    assert store.settings("names:") == kept
