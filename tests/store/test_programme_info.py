"""What a programme is called, its source and its licence: changed by revisions, undone, kept apart from its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import opened
from tests.support.stored import ONE, partners
from wtnet.cli import main
from wtnet.errors import InvalidRequest
from wtnet.store import Programme, Store
from wtnet.tables import Tables


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store(store_url, wait=0.2) as opened:
        opened.create(ONE, named("A"), "Ada", "why")
        yield opened


def named(*names: str) -> Tables:
    return Tables({"organisations": partners(*names)})


def said(store: Store) -> tuple[str | None, ...]:
    one = store.programme("one")
    return one.name, one.description, one.source, one.licence


def test_a_description_is_a_revision_that_is_undone_and_made_again(store: Store) -> None:
    """With author and reason; rows stay; undoing an earlier change of rows takes the name of then along."""
    made = store.describe("one", {"name": " New  name ", "licence": "CC0 1.0", "source": ""}, author="Ben", reason="asked")
    assert said(store) == ("New name", "About it", None, "CC0 1.0")
    assert (made.kind, made.author, made.reason) == ("describe", "Ben", "asked")
    assert made.summary == 'name: "Programme One" → "New name"; source: "A source" → –; licence: "CC BY 4.0" → "CC0 1.0"'
    store.commit("one", named("A", "B"), base=made.id, author="Ada", reason="more")
    store.undo("one", "Ada")
    assert said(store)[0] == "New name" and store.load("one") == named("A")
    store.undo("one", "Ada")
    assert said(store) == (ONE.name, ONE.description, ONE.source, ONE.licence)
    again = store.redo("one", "Ada")
    assert said(store)[0] == "New name" and again.summary.startswith("name: ")
    assert store.diff("one", 1, None) == made.summary.split("; ")
    assert store.diff("one", made.id, again.id) == [] and store.load("one", 1) == named("A")


@pytest.mark.on_postgresql("thorough")
def test_nothing_new_is_no_revision_and_what_cannot_be_is_refused(store: Store) -> None:
    """An empty name, one that is taken (by then, when an undo would bring it back), a text without end."""
    assert store.describe("one", {"name": ONE.name}, author="Ben", reason="x").id == store.head("one")
    for changes, words in ((({"name": " "}), "needs a name"), ({"licence": "x" * 501}, "at most 500")):
        with pytest.raises(InvalidRequest, match=words):
            store.describe("one", changes, author="Ben", reason="x")
    store.describe("one", {"name": "Other"}, author="Ben", reason="x")
    store.create(Programme("two", ONE.name), Tables(), "Ada", "why")
    with pytest.raises(InvalidRequest, match="already"):
        store.undo("one", "Ada")
    with pytest.raises(InvalidRequest, match="already"):
        store.describe("two", {"name": "other"}, author="Ada", reason="x")
    assert said(store)[0] == "Other" and len(store.history("one")) == 2


@pytest.mark.on_postgresql("thorough")
def test_two_who_describe_at_once_keep_both_changes_but_never_the_same_one_unseen(store: Store) -> None:
    """Different words are joined; the same one is said, and nothing of the second is stored. Rows saved meanwhile stay."""
    base = store.head("one") or 0
    store.describe("one", {"licence": "CC0 1.0"}, author="Ann", reason="x", saw=ONE)
    store.describe("one", {"source": "Survey"}, author="Ben", reason="x", saw=ONE)
    assert said(store)[2:] == ("Survey", "CC0 1.0")
    with pytest.raises(InvalidRequest, match="Somebody else changed the licence"):
        store.describe("one", {"licence": "All rights reserved"}, author="Ben", reason="x", saw=ONE)
    store.commit("one", named("A", "B"), base=base, author="Cleo", reason="rows")
    assert said(store)[2:] == ("Survey", "CC0 1.0") and store.load("one") == named("A", "B")


@pytest.fixture
def here(no_database: str) -> Iterator[Store]:
    """The app's database with one programme."""
    with Store(no_database) as opened:
        opened.create(ONE, named("A"), "Ada", "why")
        yield opened


def test_the_command_says_and_changes_the_words(here: Store, capsys: Any) -> None:
    assert main(["describe", "one"]) == 0 and "CC BY 4.0" in capsys.readouterr().out
    assert main(["describe", "one", "--name", "Renamed", "--licence", "", "--reason", "asked"]) == 0
    assert "Stored as revision 2" in capsys.readouterr().out
    assert said(here)[0] == "Renamed" and said(here)[3] is None and here.history("one")[0].reason == "asked"
    assert main(["describe", "one", "--name", "Renamed"]) == 0 and "nothing was stored" in capsys.readouterr().out


def page(**params: str) -> AppTest:
    """The page of the data with the box open."""
    return opened("pages/data.py", {"describe_one": True}, **{"programme": "one", **params})


def test_the_data_page_has_a_form_for_it(here: Store) -> None:
    """Only what was changed is written; it needs a name, as every change does; what is stored is said."""
    app = page()
    next(one for one in app.text_area if one.label == "Licence").set_value("**CC0** <b>1.0</b>")
    save = next(one for one in app.button if one.label == "Save")
    save.click().run()
    assert any("Say who you are" in one.value for one in app.warning) and len(here.history("one")) == 1
    app.text_input(key="who_describe").set_value("Ben")
    next(one for one in app.text_area if one.label == "Licence").set_value("**CC0** <b>1.0</b>")
    next(one for one in app.button if one.label == "Save").click().run()
    assert not app.exception and said(here) == (ONE.name, ONE.description, ONE.source, "**CC0** <b>1.0</b>")
    assert any("Saved as revision 2" in one.value and "<b>" not in one.value for one in app.success)
