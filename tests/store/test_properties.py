"""What must hold whatever the data: hypothesis draws programmes and changes of them and looks for one for which it does not."""

import itertools
import os
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import drawn
from tests.support.stored import everything
from wtnet.errors import InvalidRequest
from wtnet.store import MINE, THEIRS, Difference, Programme, Store, diff, differences, merge, resolve
from wtnet.tables import Raw, RawTable, Tables, check, from_survey, own, schema

TIMES = int(os.environ.get("WTNET_TEST_EXAMPLES", "1"))
"""How many times as many examples to draw: 1 in the suite, more on demand."""
FEW = settings(
    max_examples=2 * TIMES,
    deadline=None,
    derandomize=TIMES == 1,  # the suite draws the same every time; on demand others are drawn
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
MORE = settings(FEW, max_examples=4 * TIMES)
numbers = itertools.count()
pytestmark = pytest.mark.on_postgresql("thorough")


@pytest.fixture
def store(store_url: str):
    with Store(store_url) as opened:
        yield opened


def programme() -> Programme:
    name = f"p{next(numbers)}"
    return Programme(name, name)


def raw(tables: Tables) -> Raw:
    """The tables as a file would give them: text in every cell."""
    parts = []
    for name, frame in tables.frames.items():
        text = [
            pl.Series(column, [None if one is None else _written(one) for one in frame[column]], pl.String)
            for column in frame.columns
        ]
        rows = pl.Series("_row", range(2, frame.height + 2), pl.Int64)
        parts.append(RawTable(name, pl.DataFrame([*text, rows]), "drawn.csv"))
    return Raw("CSV", tuple(parts))


def _written(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def rows(tables: Tables) -> dict[str, set]:
    return {name: set(tables[name].iter_rows()) for name in tables}


@FEW
@given(tables=drawn.tables())
def test_what_was_checked_and_stored_is_loaded_the_same(store, tables):
    checked = check(raw(tables))
    name = programme()
    store.create(name, checked.tables, "me", "why")
    loaded = store.load(name.id)
    assert loaded == from_survey.worked_out(checked.tables)  # results that answers make are made where they are stored
    if checked.ok:
        assert check(raw(loaded)).tables == loaded


@pytest.mark.on_postgresql("always")
@FEW
@given(states=st.lists(drawn.tables(), min_size=1, max_size=5), data=st.data())
def test_every_revision_is_loaded_as_it_was_stored_whatever_came_after(store, states, data):
    name = programme()
    made = [(store.create(name, states[0], "me", "why").id, states[0])]
    for state in states[1:]:
        revision = store.commit(name.id, state, base=store.head(name.id), author="me", reason="why")
        made.append((revision.id, state))
    back = data.draw(st.sampled_from(made))
    made.append((store.restore(name.id, back[0], "me").id, back[1]))
    for revision, state in made:
        assert store.load(name.id, revision) == state
    assert store.load(name.id) == back[1]


@pytest.mark.thorough
@FEW
@given(states=st.lists(drawn.tables(), min_size=2, max_size=5), back=st.integers(1, 4))
def test_as_many_redos_as_undos_lead_to_the_same_state(store, states, back):
    name = programme()
    store.create(name, states[0], "me", "why")
    for state in states[1:]:
        store.commit(name.id, state, base=store.head(name.id), author="me", reason="why")
    steps = min(back, len(store.history(name.id)) - 1)
    for _ in range(steps):
        store.undo(name.id, "me")
    for _ in range(steps):
        store.redo(name.id, "me")
    assert store.load(name.id) == states[-1]


@settings(FEW, max_examples=2 * TIMES)
@given(states=st.lists(drawn.tables(), min_size=1, max_size=4))
def test_a_restored_backup_is_the_same_store(empty_database, tmp_path: Path, states):
    name = programme()
    with Store(empty_database("sqlite")) as store, Store(empty_database("sqlite")) as other:
        store.create(name, states[0], "me", "why")
        for state in states[1:]:
            store.commit(name.id, state, base=store.head(name.id), author="me", reason="why")
        store.backup(tmp_path / "all.zip")
        other.restore_backup(tmp_path / "all.zip")
        assert everything(other) == everything(store)


def applied_to(before: pl.DataFrame, change: Difference) -> pl.DataFrame:
    """What the difference makes of the frame it was found for."""
    gone = pl.concat([change.removed, change.was])
    kept = before.join(gone, on=list(schema.keys(change.table)), how="anti", nulls_equal=True)
    return pl.concat([kept, change.changed, change.added])


@MORE
@given(before=drawn.tables(), after=drawn.tables())
def test_a_difference_applied_to_what_was_gives_what_is(before, after):
    changes = differences(before, after)
    applied = Tables({name: applied_to(before[name], changes[name]) for name in schema.NAMES})
    assert rows(applied) == rows(after)
    again = differences(applied, after)
    assert not any(change.any for change in again.values())
    for name, change in changes.items():
        counts = change.counts()
        assert counts["unchanged"] + counts["changed"] + counts["removed"] == before[name].height
        assert counts["unchanged"] + counts["changed"] + counts["new"] == after[name].height


@pytest.mark.thorough
@MORE
@given(before=drawn.tables(), after=drawn.tables())
def test_a_difference_has_words_if_and_only_if_something_differs(before, after):
    told = diff(before, after)
    assert bool(told) == (before != after)
    assert all(sentence == " ".join(sentence.splitlines()) for sentence in told)


@MORE
@given(data=st.data())
def test_changes_of_different_rows_merge_the_same_whoever_saves_first(data):
    base = data.draw(drawn.tables())
    left, right = data.draw(drawn.edits(base, 0)), data.draw(drawn.edits(base, 1))
    one, other = merge(base, left, right), merge(base, right, left)
    assert one.conflicts == other.conflicts == ()
    assert rows(one.tables) == rows(other.tables)
    for name in schema.NAMES:
        was, first, second = (rows(state)[name] for state in (base, left, right))
        assert rows(one.tables)[name] == (first & second) | (first - was) | (second - was)


@pytest.mark.thorough
@MORE
@given(data=st.data())
def test_a_saved_change_of_different_rows_is_never_lost(data):
    base = data.draw(drawn.tables())
    left, right = data.draw(drawn.edits(base, 0)), data.draw(drawn.edits(base, 1))
    merged = merge(base, left, right).tables
    assert merge(base, left, merged).tables == merged
    assert merge(left, merged, left).tables == merged


@pytest.mark.thorough
@MORE
@given(base=drawn.tables(3), theirs=drawn.tables(3), mine=drawn.tables(3))
def test_any_two_changes_merge_into_tables_that_hold_together_and_can_be_decided_either_way(base, theirs, mine):
    one, other = merge(base, theirs, mine), merge(base, mine, theirs)
    assert {conflict.place for conflict in one.conflicts} == {conflict.place for conflict in other.conflicts}
    assert _decided(one, MINE) == _decided(other, THEIRS)
    assert _decided(one, THEIRS) == _decided(other, MINE)


@MORE
@given(data=st.data())
def test_whatever_two_did_to_one_state_each_cell_is_as_one_of_them_left_it(data):
    base = data.draw(drawn.tables(4))
    theirs, mine = data.draw(drawn.changes(base)), data.draw(drawn.changes(base))
    one, other = merge(base, theirs, mine), merge(base, mine, theirs)
    assert {conflict.place for conflict in one.conflicts} == {conflict.place for conflict in other.conflicts}
    assert _decided(one, MINE) == _decided(other, THEIRS)
    assert _decided(one, THEIRS) == _decided(other, MINE)
    open_rows = {(conflict.table, conflict.key) for conflict in one.conflicts}
    for name in schema.NAMES:
        was, stored, meant, found = (_by_key(name, state) for state in (base, theirs, mine, one.tables))
        for key in was.keys() | stored.keys() | meant.keys():
            if (name, key) not in open_rows:
                assert found.get(key) == _joined(was.get(key), stored.get(key), meant.get(key)), (name, key)


def _by_key(name: str, tables: Tables) -> dict:
    return {tuple(row[key] for key in schema.keys(name)): row for row in tables[name].iter_rows(named=True)}


def _joined(was, stored, meant):
    """A row on which two agree, by the rule of the merge, worked out the slow way."""
    if stored in (was, meant):
        return meant
    if meant == was:
        return stored
    before = was or dict.fromkeys(meant)
    return {column: _cell(column, before[column], stored[column], meant[column]) for column in meant}


def _cell(column, was, stored, meant):
    """A cell of such a row; own fields are cells of their own."""
    if column != schema.OWN:
        return meant if stored == was else stored
    before, there, here = map(own.decode, (was, stored, meant))
    taken = {field: here.get(field) if there.get(field) == before.get(field) else there.get(field) for field in {**there, **here}}
    return own.encode(taken)


def _decided(merged, choice):
    """The rows with every conflict decided one way; null if the choices are refused."""
    try:
        return rows(resolve(merged, {conflict.place: choice for conflict in merged.conflicts}))
    except InvalidRequest:
        return None
