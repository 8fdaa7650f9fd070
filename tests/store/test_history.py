"""Undo, redo, restore and compare: every step is a new revision, and nobody undoes what they have not seen."""

import pytest

from tests.support.frames import frame
from tests.support.stored import ONE, partners, whole
from wtnet.errors import InvalidRequest, StoreError
from wtnet.store import MINE, THEIRS, ConflictError, Programme, Store, resolve
from wtnet.tables import Tables

pytestmark = pytest.mark.on_postgresql("thorough")


@pytest.fixture
def store(store_url: str):
    with Store(store_url, wait=0.2) as opened:
        yield opened


def named(*names: str) -> Tables:
    return Tables({"organisations": partners(*names)})


def save(store: Store, tables: Tables, base: int | None = None, author: str = "Ada", **more):
    base = store.head("one") if base is None else base
    return store.commit("one", tables, base=base, author=author, reason="why", kind="edit", **more)


def names(store: Store) -> list[str]:
    return store.load("one").organisations["name"].to_list()


# -- undo and redo ----------------------------------------------------------------------------------------------


def test_a_programme_with_one_revision_has_nothing_to_undo_or_redo(store):
    store.create(ONE, named("A"), "me", "why")
    assert store.steps("one").undo is None
    assert store.steps("one").redo is None
    for step in (store.undo, store.redo):
        with pytest.raises(InvalidRequest, match=r"nothing to (un|re)do"):
            step("one", "me")
    assert len(store.history("one")) == 1


def test_steps_of_an_unknown_programme_are_refused(store):
    for step in (lambda: store.undo("two", "me"), lambda: store.redo("two", "me"), lambda: store.restore("two", 1, "me")):
        with pytest.raises(InvalidRequest, match='no programme "two"'):
            step()
    with pytest.raises(InvalidRequest, match='no programme "two"'):
        store.steps("two")


def test_undo_brings_the_state_before_back_as_a_new_revision(store):
    first = store.create(ONE, named("A"), "me", "why")
    second = save(store, named("A", "B"))
    undone = store.undo("one", "Ben")
    assert store.load("one") == named("A")
    assert (undone.kind, undone.author, undone.parent, undone.restores) == ("undo", "Ben", second.id, first.id)
    assert undone.reason == f"Undo of revision {second.id} by Ada: 1 partner added"
    assert len(store.history("one")) == 3
    assert store.load("one", second.id) == named("A", "B")


def test_undo_again_and_again_goes_back_and_redo_comes_forward_the_same_way(store):
    states = [named("A"), named("A", "B"), named("Anna", "B"), whole()]
    store.create(ONE, states[0], "me", "why")
    for state in states[1:]:
        save(store, state)
    for state in states[-2::-1]:
        store.undo("one", "me")
        assert store.load("one") == state
    assert store.steps("one").undo is None
    for state in states[1:]:
        store.redo("one", "me")
        assert store.load("one") == state
    assert store.steps("one").redo is None
    store.undo("one", "me", "my reason")
    assert store.load("one") == states[-2]
    assert store.history("one")[0].reason == "my reason"


def test_a_change_after_an_undo_ends_the_chance_to_redo(store):
    store.create(ONE, named("A"), "me", "why")
    save(store, named("A", "B"))
    store.undo("one", "me")
    assert store.steps("one").redo is not None
    save(store, named("A", "C"))
    assert store.steps("one").redo is None
    store.undo("one", "me")
    assert store.load("one") == named("A")


def test_steps_tell_which_change_would_be_undone_and_redone(store):
    first = store.create(ONE, named("A"), "me", "why")
    second = save(store, named("A", "B"))
    third = save(store, named("A", "B", "C"))
    assert (store.steps("one").undo.change, store.steps("one").undo.to) == (third, second.id)
    store.undo("one", "me")
    found = store.steps("one")
    assert (found.undo.change, found.undo.to) == (second, first.id)
    assert (found.redo.change, found.redo.to) == (third, third.id)


@pytest.mark.on_postgresql("always")
def test_nobody_undoes_redoes_or_restores_what_they_have_not_seen(store):
    first = store.create(ONE, named("A"), "me", "why")
    second = save(store, named("A", "B"))
    save(store, named("A", "B", "C"))
    for step in (
        lambda: store.undo("one", "me", base=second.id),
        lambda: store.redo("one", "me", base=second.id),
        lambda: store.restore("one", first.id, "me", base=second.id),
    ):
        with pytest.raises(StoreError, match=r"Ada saved a newer version meanwhile \(1 partner added\)"):
            step()
    assert len(store.history("one")) == 3


# -- restore ----------------------------------------------------------------------------------------------------


@pytest.mark.on_postgresql("always")
def test_restore_brings_any_earlier_revision_back_and_can_itself_be_undone(store):
    first = store.create(ONE, whole(), "me", "why")
    save(store, named("A"))
    save(store, named("A", "B"))
    back = store.restore("one", first.id, "Ben")
    assert store.load("one") == whole()
    assert (back.kind, back.restores, back.reason) == ("restore", first.id, f"Back to revision {first.id}")
    store.undo("one", "Ben")
    assert store.load("one") == named("A", "B")
    store.redo("one", "Ben")
    assert store.load("one") == whole()


def test_restoring_the_state_there_is_makes_no_revision(store):
    made = store.create(ONE, whole(), "me", "why")
    assert store.restore("one", made.id, "me") == made
    assert len(store.history("one")) == 1


def test_a_revision_the_programme_does_not_have_cannot_be_restored_or_compared(store):
    store.create(ONE, Tables(), "me", "why")
    other = store.create(Programme("two", "Two"), Tables(), "me", "why")
    for revision in (other.id, 0, -1, 2**70):
        with pytest.raises(InvalidRequest, match="has no revision"):
            store.restore("one", revision, "me")
        with pytest.raises(InvalidRequest, match="has no revision"):
            store.diff("one", revision)


# -- compare ----------------------------------------------------------------------------------------------------


def test_any_two_revisions_are_compared_in_words_in_either_direction(store):
    first = store.create(ONE, named("A"), "me", "why")
    second = save(store, named("Anna", "B"))
    save(store, named("Anna"))
    assert store.diff("one", first.id, second.id) == ["1 partner added: B", "A: name “A” → “Anna”"]
    assert store.diff("one", second.id, first.id) == ["1 partner removed: B", "Anna: name “Anna” → “A”"]
    assert store.diff("one", first.id) == ["A: name “A” → “Anna”"]
    assert store.diff("one", None, first.id) == ["1 partner added: A"]
    assert store.diff("one", second.id, second.id) == []


# -- two editors ------------------------------------------------------------------------------------------------


@pytest.mark.on_postgresql("always")
def test_two_editors_of_different_rows_both_keep_their_change(store):
    made = store.create(ONE, named("A", "B", "C"), "me", "why")
    theirs = save(store, named("Anna", "B", "C"), made.id, "Ada")
    mine = save(store, named("A", "B", "Carl"), made.id, "Ben")
    assert names(store) == ["Anna", "B", "Carl"]
    assert (mine.parent, mine.base, mine.summary) == (theirs.id, made.id, "1 partner changed")
    assert store.diff("one", theirs.id, mine.id) == ["C: name “C” → “Carl”"]


def test_the_same_change_saved_by_two_editors_is_one_revision(store):
    made = store.create(ONE, named("A"), "me", "why")
    first = save(store, named("Anna"), made.id, "Ada")
    assert save(store, named("Anna"), made.id, "Ben") == first
    assert len(store.history("one")) == 2


def test_the_same_cell_is_put_before_the_second_with_both_values_and_both_names(store):
    made = store.create(ONE, named("A", "B"), "me", "why")
    theirs = save(store, named("Anna", "B"), made.id, "Ada")
    save(store, named("Anna", "Bea"), theirs.id, "Cleo")
    with pytest.raises(ConflictError) as found:
        save(store, named("Alan", "B", "D"), made.id, "Ben")
    conflicted = found.value
    assert conflicted.author == "Ben"
    assert conflicted.head == store.head("one")
    assert [one.author for one in conflicted.merged.conflicts] == ["Ada"]
    assert conflicted.sentences() == ["Anna: name was “A”; Ada made it “Anna”, Ben made it “Alan”."]
    assert str(conflicted).startswith("Ada changed the same meanwhile, so nothing of yours was stored. Anna: name was")
    assert names(store) == ["Anna", "Bea"]


@pytest.mark.parametrize(("choice", "name"), [(THEIRS, "Anna"), (MINE, "Alan")])
def test_what_was_chosen_is_stored_with_everything_else_of_both(store, choice, name):
    made = store.create(ONE, named("A", "B"), "me", "why")
    save(store, named("Anna", "Bea"), made.id, "Ada")
    with pytest.raises(ConflictError) as found:
        save(store, named("Alan", "B", "D"), made.id, "Ben")
    merged = found.value.merged
    save(store, resolve(merged, {one.place: choice for one in merged.conflicts}), found.value.head, "Ben")
    assert names(store) == [name, "Bea", "D"]


def test_a_third_who_saves_while_the_second_is_choosing_is_not_lost(store):
    made = store.create(ONE, named("A", "B"), "me", "why")
    save(store, named("Anna", "B"), made.id, "Ada")
    with pytest.raises(ConflictError) as found:
        save(store, named("Alan", "B"), made.id, "Ben")
    save(store, named("Anna", "Bea"), author="Cleo")
    merged = found.value.merged
    save(store, resolve(merged, {one.place: MINE for one in merged.conflicts}), found.value.head, "Ben")
    assert names(store) == ["Alan", "Bea"]


def test_a_partner_removed_and_rated_meanwhile_is_put_before_the_second_with_who_removed_it(store):
    state = named("A", "B").with_(waves=frame("waves", {"id": "w", "name": "W"}))
    made = store.create(ONE, state, "me", "why")
    save(store, state.with_(organisations=partners("A")), made.id, "Ada")
    rated = state.with_(ratings=frame("ratings", {"wave": "w", "rater": "o0", "partner": "o1", "level": 3}))
    with pytest.raises(ConflictError) as found:
        save(store, rated, made.id, "Ben")
    assert found.value.sentences() == ["B: Ada removed it, but Ben still refers to it."]
    merged = found.value.merged
    save(store, resolve(merged, {one.place: MINE for one in merged.conflicts}), found.value.head, "Ben")
    assert store.load("one") == rated


def test_every_conflict_names_the_one_who_made_that_change(store):
    made = store.create(ONE, named("A", "B", "C", "D", "E"), "me", "why")
    save(store, named("A1", "B", "C", "D", "E"), author="Ada")
    save(store, named("A1", "B1", "C", "D", "E"), author="Bob")
    save(store, named("A1", "B1", "C1", "D", "E"), author="Cleo")
    save(store, named("A1", "B1", "C1", "D", "E").with_(), author="Dan")
    with pytest.raises(ConflictError) as found:
        save(store, named("A2", "B2", "C2", "D", "E"), made.id, "Eve")
    assert [one.author for one in found.value.merged.conflicts] == ["Ada", "Bob", "Cleo"]
    assert str(found.value).startswith("Ada, Bob and Cleo changed the same meanwhile")


def test_more_conflicts_than_fit_a_sentence_are_counted(store):
    letters = [str(number) for number in range(30)]
    made = store.create(ONE, named(*letters), "me", "why")
    save(store, named(*[f"a{one}" for one in letters]), made.id, "Ada")
    with pytest.raises(ConflictError, match="And 27 more"):
        save(store, named(*[f"b{one}" for one in letters]), made.id, "Ben")


def test_merged_rows_that_refer_to_nothing_are_never_stored(store):
    made = store.create(ONE, named("A", "B"), "me", "why")
    save(store, named("A"), made.id, "Ada")
    bad = named("A", "B").with_(partnerships=frame("partnerships", {"id": "t", "source": "o0", "target": "zz"}))
    with pytest.raises(InvalidRequest, match="zz"):
        save(store, bad, made.id, "Ben")
    assert names(store) == ["A"]
