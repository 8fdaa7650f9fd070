"""The history page and correcting in place, through app.py: steps are asked for, made as revisions, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from tests.support import prepared
from tests.support.app import opened as opened_page
from tests.support.app import press, shown
from tests.support.frames import frame
from wtnet.access import Person
from wtnet.importing import Edits
from wtnet.store import Programme, Store
from wtnet.tables import Tables, schema
from wtnet.ui.frame import sign_in
from wtnet.ui.pages.data.columns import column_config, editable, rows_with
from wtnet.ui.pages.data.correct import edits_of

LOCAL, OF_ONE = sign_in.LOCAL, Person("lead", "signed in", "Ann", ("one",), everywhere=False)
HOSTILE = "<script>alert(1)</script> **x** :red[y] =cmd()"


def partners(*names: str) -> Tables:
    rows = [{"id": f"p{at}", "name": name, "kind": "museum", "sharing": "public"} for at, name in enumerate(names)]
    return Tables({"organisations": frame("organisations", *rows)})


@pytest.fixture(autouse=True)
def store(no_database: str) -> Iterator[Store]:
    """A database with one programme of three revisions, by Ada, Ben and Cleo."""
    with prepared.copied(Path(no_database.removeprefix("sqlite:///")), three_revisions) as opened_:
        yield opened_


def three_revisions(store: Store) -> None:
    made = store.create(Programme("one", "One"), partners("A", "B"), "Ada", "to begin")
    made = store.commit("one", partners("A", "Bee"), base=made.id, author="Ben", reason="renamed", kind="edit")
    store.commit("one", partners("A", "Bee", HOSTILE), base=made.id, author="Cleo", reason=HOSTILE, kind="import")
    store.identity()


def opened(page: str, **params: str) -> AppTest:
    """A page on the programme of three revisions."""
    return opened_page(f"pages/{page}.py", **{"programme": "one", **params})


def test_every_change_is_told_with_who_when_why_and_what() -> None:
    """The list has a row per revision, and the last one is open with its words."""
    app = opened("history")
    frame_ = app.dataframe[0].value
    assert list(frame_["who"]) == ["Cleo", "Ben", "Ada"] and list(frame_["how"]) == ["brought in", "corrected", "started"]
    assert "3 revisions by Cleo, Ben and Ada" in shown(app) and "1 partner added" in shown(app)


def test_hostile_names_and_reasons_stay_text() -> None:
    """Markup in a name, an author or a reason is escaped wherever it is told."""
    app = opened("history")
    for one in [*app.markdown, *app.caption, *app.header, *app.subheader]:
        assert "<script>" not in str(one.value) and ":red[" not in str(one.value) and "**x**" not in str(one.value)


def test_a_link_opens_a_revision_and_one_that_is_not_there_is_said() -> None:
    """`revision=` opens it, told against the one before; a strange number is a sentence."""
    assert "B: name “B” → “Bee”" in shown(opened("history", revision="2"))
    assert "not here: “99”" in shown(opened("history", revision="99"))
    assert "not here: “x”" in shown(opened("history", revision="x", versus="-1"))


def test_any_two_revisions_are_compared_from_the_earlier_to_the_later() -> None:
    """Whichever is opened first."""
    for params in ({"revision": "1", "versus": "3"}, {"revision": "3", "versus": "1"}):
        said = shown(opened("history", **params))
        assert "From revision 1 to revision 3" in said and "B: name “B” → “Bee”" in said and "1 partner added" in said
    assert "All that revision 2 holds" in shown(opened("history", revision="2", versus="0"))


@pytest.mark.parametrize(
    ("button", "revision", "words"),
    [("Undo", "3", "1 partner removed"), ("Bring this revision back", "1", "B: name “Bee” → “B”".replace("B:", "Bee:"))],
)
def test_a_step_back_says_what_would_change_and_does_nothing_until_it_is_confirmed(
    store: Store, button: str, revision: str, words: str
) -> None:
    """The question names the change; the confirming itself is done in the browser's tests."""
    app = press(opened("history", revision=revision), button)
    assert words in shown(app) and "It becomes a revision of its own" in shown(app)
    assert len(store.history("one")) == 3


def test_what_cannot_be_undone_or_redone_is_not_offered(store: Store) -> None:
    """The first revision of a programme is its beginning."""
    store.create(Programme("new", "New"), partners("A"), "Ada", "to begin")
    app = opened("history", programme="new")
    assert [one.disabled for one in app.button if one.label in ("Undo", "Redo")] == [True, True]
    assert "nothing to undo yet" in shown(app) and "This is how the programme is now" in shown(app)


# -- every page as it was -----------------------------------------------------------------------------------------


def test_every_page_can_be_looked_at_as_it_was_and_says_so() -> None:
    """`asof=` shows revision 1 with its name and a way back to now; the pages that change things show the last one."""
    app = opened("partners", asof="1")
    assert "As it was: revision 1" in shown(app) and "by Ada" in shown(app)
    press(app, "Back to now")
    assert "As it was" not in shown(app)
    assert "As it was" not in shown(opened("history", asof="1"))


def test_a_revision_that_is_not_there_is_said_and_the_last_is_shown() -> None:
    """A number of nobody's, or no number at all."""
    for asked in ("99", "x", "-1"):
        app = opened("partners", asof=asked)
        assert f"not here: “{asked}”" in shown(app) and "As it was" not in shown(app)


def test_whoever_does_not_lead_never_sees_what_was_taken_out_since(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a server that is read only the link is answered with the last revision, and a sentence."""
    monkeypatch.setenv("WTNET_READ_ONLY", "1")
    app = opened("partners", asof="1")
    assert "As it was" not in shown(app) and "not here: “1”" in shown(app)


# -- correcting in place ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "edits"),
    [
        (None, Edits()),
        ({"edited_rows": {}, "added_rows": [], "deleted_rows": []}, Edits()),
        ({"edited_rows": {0: {"row": 9, "name": "X"}, "1": {"row": 1}}}, Edits({7: {"name": "X"}})),
        ({"edited_rows": {0: {"name": "X"}}, "deleted_rows": [0, 1, 5]}, Edits({}, (), (7, 9))),
        ({"added_rows": [{"row": None, "_index": 3, "name": "New"}]}, Edits({}, [{"name": "New"}])),
    ],
)
def test_what_was_typed_into_the_grid_is_told_by_place_in_the_whole_table(typed: Any, edits: Edits) -> None:
    """Rows of the page shown are the 8th and 10th of the table; the column of numbers is nobody's edit."""
    found = edits_of(typed, [7, 9])
    assert (dict(found.changed), list(found.added), list(found.removed)) == (
        dict(edits.changed),
        list(edits.added),
        list(edits.removed),
    )


def test_the_grid_is_there_with_the_rows_and_what_to_do() -> None:
    """The table, a way to find rows, and that nothing is stored until saved."""
    app = opened("data", do="correct")
    assert "Nothing is stored until you save" in shown(app)
    assert "organisations 3" in str(app.get("button_group"))


def test_a_page_for_each_table_of_a_programme_without_rows(store: Store) -> None:
    """Every table can be started in the grid."""
    store.create(Programme("empty", "Empty"), Tables(), "Ada", "to begin")
    for table in schema.NAMES:
        opened("data", programme="empty", do="correct", table=table)


def test_rows_are_found_by_their_text_and_by_the_names_behind_their_ids() -> None:
    """A rating is found by the name of the partner it is about, in any capitals."""
    tables = partners("Anna", "Bee").with_(
        waves=frame("waves", {"id": "w", "name": "W"}),
        ratings=frame(
            "ratings", {"wave": "w", "rater": "p0", "partner": "p1", "level": 3}, {"wave": "w", "rater": "p1", "partner": "p0"}
        ),
    )
    assert rows_with(tables.ratings, "ratings", tables, "  ") == [0, 1]
    assert rows_with(tables.ratings, "ratings", tables, "BEE") == [0, 1]
    assert rows_with(tables.organisations, "organisations", tables, "bee") == [1]
    assert rows_with(tables.ratings, "ratings", tables, "nobody") == []
    assert rows_with(tables.pilots, "pilots", tables, "x") == []
    assert editable(tables, "ratings", [1])["row"].to_list() == [2]


def test_more_partners_than_a_list_can_offer_are_typed_as_ids() -> None:
    """Beyond some thousands a reference is a text, checked on saving."""
    tables = partners(*(f"P{at}" for at in range(3_001)))
    assert column_config("partnerships", tables)["source"]["type_config"]["type"] == "text"
    assert column_config("partnerships", partners("A"))["source"]["type_config"]["type"] == "selectbox"


def left(store: Store, edits: Edits, table: str = "organisations") -> AppTest:
    """The page of somebody who comes back to changes they left unsaved."""
    correcting = {"round": 0, "draft": ("one", store.head("one"), table, edits)}
    return opened_page("pages/data.py", {"correcting": correcting}, programme="one", do="correct")


def fill(app: AppTest, **words: str) -> None:
    for label, text in words.items():
        next(one for one in app.text_input if one.label == label.replace("_", " ")).set_value(text)


def test_a_correction_needs_a_name_and_a_reason_and_is_then_a_revision(store: Store) -> None:
    """Without either nothing is stored and the changes stay; with both it is one revision of kind edit."""
    app = left(store, Edits({0: {"place": "York"}}))
    assert "A: place – → “York”" in shown(app)
    press(app, "Save")
    assert "Say who you are first" in shown(app)
    fill(app, Your_name="Gil")
    press(app, "Save")
    assert "Say why" in shown(app) and len(store.history("one")) == 3
    fill(app, Why="Told on the phone")
    press(app, "Save")
    made = store.history("one")[0]
    assert (made.author, made.reason, made.kind) == ("Gil", "Told on the phone", "edit")
    assert store.load("one").organisations["place"].to_list() == ["York", None, None]
    assert "Saved as revision 4" in shown(app)


def test_what_fails_the_check_is_said_by_row_and_nothing_typed_is_lost(store: Store) -> None:
    """The problem names row and column; the changes are still there after trying to save."""
    app = left(store, Edits({1: {"name": None}, 2: {"latitude": 95}}))
    fill(app, Your_name="Gil", Why="x")
    press(app, "Save")
    said = shown(app)
    assert "Row 2, column" in said and "Row 3, column" in said and "your changes are still in the table" in said
    assert len(store.history("one")) == 3 and app.session_state["correcting"]["draft"] is not None


def test_removing_what_others_refer_to_asks_whether_they_go_too(store: Store) -> None:
    """The tie of a removed partner goes only with a tick."""
    tie = frame("partnerships", {"id": "t", "source": "p0", "target": "p1"})
    head = store.head("one") or 0
    store.commit("one", store.load("one").with_(partnerships=tie), base=head, author="Ada", reason="tie")
    app = left(store, Edits(removed=[0]))
    assert "no longer there" in shown(app)
    next(one for one in app.checkbox if "refers to" in one.label).check().run()
    fill(app, Your_name="Gil", Why="closed")
    press(app, "Save")
    assert store.load("one").counts() == {"organisations": 2}


def test_changes_are_dropped_on_a_word(store: Store) -> None:
    """Nothing is stored, and the grid is there again."""
    app = left(store, Edits({0: {"name": "X"}}))
    press(app, "Drop my changes")
    assert "Nothing is stored until you save" in shown(app) and len(store.history("one")) == 3


def test_somebody_elses_change_to_another_cell_is_joined_and_said(store: Store) -> None:
    """The correction names the revision it was made from."""
    app = left(store, Edits({0: {"place": "York"}}))
    other = partners("A", "Bee", HOSTILE)
    other = other.with_(organisations=other.organisations.with_columns(website=pl.lit("https://a.example")))
    store.commit("one", other, base=store.head("one") or 0, author="Fay", reason="sites")
    fill(app, Your_name="Gil", Why="moved")
    press(app, "Save")
    assert "Fay saved while you were at it" in shown(app)
    row = store.load("one").organisations.row(0, named=True)
    assert (row["place"], row["website"]) == ("York", "https://a.example")


@pytest.mark.parametrize(("person", "held"), [(LOCAL, "2 programmes and 4 revisions"), (OF_ONE, "1 programme and 3 revisions")])
def test_whoever_leads_takes_a_backup_of_all_they_lead(
    store: Store, monkeypatch: pytest.MonkeyPatch, person: Person, held: str
) -> None:
    """Everywhere: all programmes; in one: that one."""
    store.create(Programme("two", "Two"), partners("C"), "Ada", "to begin")
    monkeypatch.setattr(sign_in, "identify", lambda came, programme=None: person)
    app = press(opened("history"), "Make a backup")
    assert f"It holds {held}." in shown(app) and "restore-backup" in shown(app)


def test_a_backup_is_not_made_for_whoever_lost_the_right_since_the_page_was_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The button was drawn for the lead; when it is pressed nobody leads any more."""
    app = opened("history")
    monkeypatch.setenv("WTNET_READ_ONLY", "1")
    assert not press(app, "Make a backup").get("download_button")
