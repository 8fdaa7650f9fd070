"""Next steps: kept under ids of their own, and beside what became of those they are about at the last wave, if that is known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.networks import tables
from wtnet.analysis import next_steps
from wtnet.errors import InvalidRequest
from wtnet.sentences import next_steps as words
from wtnet.store import Programme, Store
from wtnet.tables import Tables

WAVES = [("w1", "2024-01-01"), ("w2", "2025-01-01")]
NOW = date(2025, 6, 1)


def step(base: Tables, **cells: Any) -> Tables:
    return next_steps.added(base, "next_steps", {"what": "Meet", "wave": "w1", **cells})


@pytest.fixture
def base() -> Tables:
    """a–b moves from 0.4 to 0.8; a–c and d–b begin; d and e are silent in the second wave."""
    return tables(
        "a b c d e",
        ratings=[
            ("w1", "a", "b", 2), ("w1", "b", "a", 2), ("w1", "c", "a", 0), ("w1", "d", "e", 3), ("w1", "e", "d", 3),
            ("w2", "a", "b", 4), ("w2", "b", "a", 4), ("w2", "c", "a", 3), ("w2", "a", "c", 3), ("w2", "c", "b", 0),
        ],
        waves=WAVES,
        asked=[{"wave": wave, "organisation": partner} for wave in ("w1", "w2") for partner in "abcde"],
    )  # fmt: skip


def test_without_steps_there_is_nothing_to_say_but_that() -> None:
    """No step: no row, and a sentence."""
    assert words.rows(Tables()).is_empty() and words.headline(Tables(), NOW) == "No next step has been written down yet."


def test_a_step_or_note_without_words_is_refused(base: Tables) -> None:
    """Blanks are no words."""
    with pytest.raises(InvalidRequest, match="needs a few words"):
        step(base, what="  ")
    with pytest.raises(InvalidRequest, match="needs a few words"):
        next_steps.added(base, "notes", {"organisation": "a", "text": ""})


def test_ids_are_never_given_twice_and_a_removed_one_leaves_the_others(base: Tables) -> None:
    """Three steps, the middle one taken out, a fourth added."""
    three = step(step(step(base)))
    first, second, third = three.next_steps["id"]
    two = next_steps.changed(three, "next_steps", {first: {"done": True}}, gone=[second])
    four = step(two)
    assert four.next_steps["id"].to_list()[:2] == [first, third] and four.next_steps["id"].n_unique() == 3
    assert four.next_steps["done"].to_list() == [True, None, None]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"organisation": "a", "partner": "b"}, "Stronger at w2: 0.40 → 0.80"),
        ({"organisation": "c", "partner": "a"}, "They work together since (at w2)"),
        ({"organisation": "b", "partner": "c"}, "They do not work together yet (at w2)"),
        ({"organisation": "d", "partner": "e"}, "Not known: not everybody answered (at w2)"),
        ({"organisation": "b", "partner": "e"}, "Not known: not everybody answered (at w2)"),
        ({"organisation": "a"}, "1 partnership then, 2 at w2"),
        ({"organisation": "a", "partner": "b", "wave": "w2"}, "no later wave yet"),
        ({"organisation": "a", "wave": None}, "no later wave yet"),
        ({}, "–"),
    ],
)
def test_what_became_of_it_is_said_only_where_it_is_known(base: Tables, cells: dict[str, Any], sentence: str) -> None:
    """A silent partner makes it unknown, never ended or none."""
    assert words.rows(step(base, **cells))["Since then"].to_list() == [sentence]


def test_the_sentence_counts_what_is_to_do_late_and_done(base: Tables) -> None:
    """Of four: one done, one late, one due later, one without a day."""
    four = step(step(step(step(base, done=True, due=date(2025, 1, 1)), due=date(2025, 1, 1)), due=date(2026, 1, 1)))
    assert words.headline(four, NOW) == "3 next steps to do, 1 of them late; 1 done."
    assert words.rows(four)["By when"].to_list() == ["1 January 2025", "1 January 2026", "–", "1 January 2025"]


def test_steps_are_undone_merged_and_backed_up_with_the_programme(base: Tables, tmp_path: Path) -> None:
    """Two leads each write one down from the same revision: both are there; a backup brings them back; undo takes one away."""
    store = Store(f"sqlite:///{tmp_path / 'a.db'}")
    first = store.create(Programme("p", "P"), base, "Ada", "start")
    for who in ("Ada", "Ben"):
        store.commit(
            "p",
            next_steps.added(base, "next_steps", {"what": f"{who} calls"}),
            base=first.id,
            author=who,
            reason="step",
            kind="edit",
        )
    assert sorted(store.load("p").next_steps["what"]) == ["Ada calls", "Ben calls"]
    store.backup(tmp_path / "b.zip")
    other = Store(f"sqlite:///{tmp_path / 'b.db'}")
    other.restore_backup(tmp_path / "b.zip")
    assert other.load("p").next_steps.equals(store.load("p").next_steps)
    store.undo("p", "Ada")
    assert store.load("p").next_steps["what"].to_list() == ["Ada calls"]
