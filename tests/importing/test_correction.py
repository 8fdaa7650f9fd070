"""A table corrected by hand: checked as a file is, nothing else touched, references followed."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.frames import frame
from wtnet.importing import Edits, corrected, shipped
from wtnet.store import require_references
from wtnet.tables import Tables, schema

BEFORE = Tables(
    {
        "organisations": frame(
            "organisations",
            {"id": "a", "name": " Odd  space ", "kind": "museum", "sharing": "public", "latitude": 0.1 + 0.2},
            {"id": "b", "name": "B", "kind": "museum", "sharing": "private"},
            {"id": "c", "name": "C", "kind": "freelancer", "sharing": "partners"},
        ),
        "pilots": frame("pilots", {"id": "p", "name": "P", "lead": "b", "starts": date(2024, 1, 1), "ends": date(2024, 2, 1)}),
        "waves": frame("waves", {"id": "w", "name": "W"}),
        "ratings": frame("ratings", {"wave": "w", "rater": "a", "partner": "b", "level": 3, "contact": "weekly"}),
        "partnerships": frame("partnerships", {"id": "t", "source": "a", "target": "b", "before_programme": True}),
    }
)


def test_nothing_done_is_nothing_changed() -> None:
    """No edit, or a row added without a value: exactly the same tables."""
    assert not Edits().any and not Edits({0: {}}, [{"name": None, "kind": " "}]).any
    assert corrected(BEFORE, "organisations", Edits({0: {}}, [{}])).tables == BEFORE


def test_a_cell_is_changed_and_every_other_value_stays_to_the_last_digit() -> None:
    """Rows that were not touched are not read anew: odd spaces and long decimals stay."""
    after = corrected(BEFORE, "organisations", Edits({1: {"name": "Bee", "place": "York"}})).tables
    assert after is not None
    assert after.organisations.rows()[0] == BEFORE.organisations.rows()[0]
    assert after.organisations.row(1, named=True) == {**BEFORE.organisations.row(1, named=True), "name": "Bee", "place": "York"}


@pytest.mark.parametrize(
    ("table", "edit", "words"),
    [
        ("organisations", {"kind": "zoo"}, "is not one of the words"),
        ("organisations", {"name": None}, "is empty but needed"),
        ("organisations", {"latitude": 91}, "out of range"),
        ("organisations", {"id": "c"}, "stands in row"),
        ("pilots", {"ends": "2023-01-01"}, "before the row's"),
        ("pilots", {"lead": "nobody"}, "is not an id on the organisations sheet"),
        ("ratings", {"level": 7}, "between 0 and 5"),
        ("partnerships", {"target": "a"}, "Two different partners are meant"),
    ],
)
def test_the_checks_are_those_of_a_file_and_say_the_row(table: str, edit: dict, words: str) -> None:
    """The first row is row 1; with a problem there is nothing to store."""
    position = 1 if edit == {"id": "c"} else 0
    found = corrected(BEFORE, table, Edits({position: edit}))
    assert found.tables is None
    assert any(words in one.sentence and f'sheet "{table}", row' in one.sentence for one in found.problems), found.problems


def test_rows_are_added_with_an_id_from_their_name_and_removed() -> None:
    """A new partner needs no code; one whose name gives a taken id gets a number."""
    added = [{"name": "New One", "kind": "museum"}, {"name": "New one!", "kind": "freelancer", "id": None}]
    after = corrected(BEFORE, "organisations", Edits(added=added, removed=[2])).tables
    assert after is not None
    assert after.organisations["id"].to_list() == ["a", "b", "new-one", "new-one-2"]
    assert after.organisations["sharing"].to_list() == ["public", "private", "public", "partners"]
    ties = corrected(BEFORE, "partnerships", Edits(added=[{"source": "b", "target": "c"}])).tables
    assert ties is not None and ties.partnerships["id"].to_list() == ["t", "b--c"]


def test_a_changed_id_is_changed_wherever_it_is_referred_to() -> None:
    """The lead of the pilot and both ends of the tie follow."""
    after = corrected(BEFORE, "organisations", Edits({1: {"id": "bee"}})).tables
    assert after is not None
    require_references(after)
    assert after.pilots["lead"][0] == after.ratings["partner"][0] == after.partnerships["target"][0] == "bee"


def test_a_removed_row_others_refer_to_is_a_question_and_with_a_yes_they_go_too() -> None:
    """Ties and ratings go; the pilot stays, without a lead."""
    found = corrected(BEFORE, "organisations", Edits(removed=[1]))
    assert found.tables is None and found.lost and "no longer there" in found.problems[0].sentence
    after = corrected(BEFORE, "organisations", Edits(removed=[1]), follow=True).tables
    assert after is not None
    assert after.counts() == {"organisations": 2, "pilots": 1, "waves": 1} and after.pilots["lead"][0] is None


def test_what_was_wrong_already_stands_in_nobodys_way() -> None:
    """A row stored before a rule was made is kept as it is while another is corrected; touched, it has to be right."""
    odd = BEFORE.with_(
        pilots=pl.concat(
            [BEFORE.pilots, frame("pilots", {"id": "q", "name": "Q", "starts": date(2024, 3, 1), "ends": date(2024, 1, 1)})]
        )
    )
    after = corrected(odd, "pilots", Edits({0: {"name": "Pea"}}, [{"name": "New"}])).tables
    assert after is not None and after.pilots["name"].to_list() == ["Pea", "Q", "New"]
    assert after.pilots.row(1) == odd.pilots.row(1)
    assert corrected(odd, "pilots", Edits({1: {"name": "Cue"}})).tables is None


CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.integers(-3, 9), st.booleans(), st.floats(allow_nan=True), st.just("museum")
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.sampled_from(schema.NAMES),
    st.dictionaries(st.integers(0, 2), st.dictionaries(st.integers(0, 8), CELLS, max_size=3), max_size=2),
    st.lists(st.dictionaries(st.integers(0, 8), CELLS, max_size=4), max_size=2),
    st.sets(st.integers(0, 2), max_size=1),
)
def test_whatever_is_typed_is_stored_whole_or_answered_in_sentences(table: str, changed: dict, added: list, removed: set) -> None:
    """Any value in any cell: either tables that hold together and fit the declaration, or problems; never an error."""
    names = schema.SCHEMAS[table].column_names()
    there = BEFORE[table].height
    edits = Edits(
        {at: {names[i % len(names)]: value for i, value in cells.items()} for at, cells in changed.items() if at < there},
        [{names[i % len(names)]: value for i, value in cells.items()} for cells in added],
        {at for at in removed if at < there},
    )
    found = corrected(BEFORE, table, edits)
    if found.tables is None:
        assert found.problems
    else:
        require_references(found.tables)
        assert all(schema.SCHEMAS[name].is_valid(found.tables[name]) for name in schema.NAMES)


def test_every_table_of_the_programmes_that_ship_can_be_corrected() -> None:
    """Changing nothing in the first row of each table leaves everything as it was."""
    for _, tables in shipped():
        for name in tables.counts():
            row = tables[name].row(0, named=True)
            assert corrected(tables, name, Edits({0: row})).tables == tables
