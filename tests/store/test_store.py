"""The store on either database: what goes in comes out the same, and whatever goes wrong, nothing is lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from tests.support.databases import KINDS
from tests.support.frames import frame
from tests.support.stored import HOSTILE, ONE, partners, versions, whole
from wtnet.errors import InvalidRequest, StoreError
from wtnet.store import Programme, Store
from wtnet.tables import Tables, schema


@pytest.fixture
def url(store_url: str) -> str:
    return store_url


@pytest.fixture
def store(url: str):
    with Store(url, wait=0.2) as opened:
        yield opened


# -- what goes in comes out --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_store_makes_its_folder_and_holds_nothing(kind, bare_database):
    with Store(bare_database(kind)) as store:
        assert store.programmes() == []
        assert store.head("one") is None


@pytest.mark.on_postgresql("thorough")
def test_a_programme_without_rows_can_be_stored(store):
    made = store.create(ONE, Tables(), "me", "why")
    assert store.load("one") == Tables()
    assert made.summary == "started with no rows"


def test_load_gives_back_exactly_what_was_stored(store):
    tables = whole()
    store.create(ONE, tables, "me", "why")
    back = store.load("one")
    assert back == tables
    for name in schema.NAMES:
        assert back[name].schema == tables[name].schema
    assert back.organisations["name"].to_list()[2:] == HOSTILE
    assert back.results["value"].to_list() == [0.0, 1.0, 2.0, 3.0]
    assert back.partnerships["before_programme"].to_list() == [True, None]


def test_a_second_store_on_the_same_file_sees_what_the_first_stored(store, url):
    store.create(ONE, whole(), "me", "why")
    with Store(url) as other:
        assert other.load("one") == whole()
        assert other.programmes() == [ONE]


def test_a_programme_is_found_by_id_or_name_in_any_capitals(store):
    store.create(ONE, Tables(), "me", "why")
    assert store.programme("ONE") == store.programme(" programme one ") == ONE
    assert store.find("two") is None


@pytest.mark.on_postgresql("thorough")
def test_an_unknown_programme_is_refused_with_a_sentence_naming_what_there_is(store):
    with pytest.raises(InvalidRequest, match="there are none yet"):
        store.programme("two")
    store.create(ONE, Tables(), "me", "why")
    for ask in (store.programme, store.load, store.history):
        with pytest.raises(InvalidRequest, match=r'no programme "two"; there are: one \(Programme One\)'):
            ask("two")


@pytest.mark.on_postgresql("thorough")
def test_an_id_or_name_that_is_taken_is_refused(store):
    store.create(ONE, Tables(), "me", "why")
    for taken in (Programme("one", "Other"), Programme("two", "PROGRAMME ONE"), Programme("two", "one")):
        with pytest.raises(InvalidRequest, match="already"):
            store.create(taken, Tables(), "me", "why")


def test_programmes_do_not_see_each_other(store):
    store.create(ONE, whole(), "me", "why")
    store.create(Programme("two", "Two"), Tables({"organisations": partners("X")}), "me", "why")
    assert store.load("one") == whole()
    assert store.load("two").counts() == {"organisations": 1}


# -- revisions ---------------------------------------------------------------------------------------------------------


@pytest.mark.on_postgresql("thorough")
def test_each_commit_is_a_revision_that_can_be_opened_again(store):
    states = [partners("A"), partners("A", "B"), partners("Anna", "B"), partners("Anna")]
    made = [store.create(ONE, Tables({"organisations": states[0]}), "me", "first")]
    for state in states[1:]:
        made.append(
            store.commit("one", Tables({"organisations": state}), base=made[-1].id, author="you", reason="then", kind="edit")
        )
    for revision, state in zip(made, states, strict=True):
        assert store.load("one", revision.id).organisations.equals(state)
    assert store.head("one") == made[-1].id
    assert store.history("one") == made[::-1]
    assert [one.summary for one in made] == ["1 partner added", "1 partner added", "1 partner changed", "1 partner removed"]
    assert [one.parent for one in made] == [None, *[one.id for one in made[:-1]]]
    assert made[1].author == "you" and made[1].reason == "then" and made[1].kind == "edit"
    assert datetime.now(UTC) - made[0].made_at < timedelta(minutes=1)


def test_unchanged_rows_keep_their_version(store):
    first = store.create(ONE, Tables({"organisations": partners("A", "B", "C")}), "me", "why")
    second = store.commit(
        "one", Tables({"organisations": partners("A", "Bea", "C", "D")}), base=first.id, author="me", reason="why"
    )
    assert versions(store, "organisations") == [
        (1, first.id, None),
        (2, first.id, second.id),
        (3, first.id, None),
        (4, second.id, None),
        (5, second.id, None),
    ]


@pytest.mark.on_postgresql("thorough")
def test_rows_put_first_or_between_leave_the_others_untouched(store):
    state = partners("A", "B", "C")
    made = store.create(ONE, Tables({"organisations": state}), "me", "why")
    fresh = partners(*"ABCDEF")[3:]
    mixed = pl.concat([fresh[0], state[0], fresh[1], state[1], state[2], fresh[2]])
    store.commit("one", Tables({"organisations": mixed}), base=made.id, author="me", reason="why")
    assert store.load("one").organisations.equals(mixed)
    assert [end for _, _, end in versions(store, "organisations")] == [None] * 6


@pytest.mark.on_postgresql("thorough")
def test_another_order_of_rows_is_kept_and_only_what_moved_is_written(store):
    state = partners(*"ABCDE")
    made = store.create(ONE, Tables({"organisations": state}), "me", "why")
    moved = pl.concat([state[4], state[:4]])
    again = store.commit("one", Tables({"organisations": moved}), base=made.id, author="me", reason="why")
    assert store.load("one").organisations.equals(moved)
    assert store.load("one", made.id).organisations.equals(state)
    assert again.summary == "order of rows changed"
    assert len(versions(store, "organisations")) == 6


@pytest.mark.on_postgresql("thorough")
def test_nothing_changed_makes_no_revision(store):
    made = store.create(ONE, whole(), "me", "why")
    assert store.commit("one", whole(), base=made.id, author="me", reason="again") == made
    assert len(store.history("one")) == 1


@pytest.mark.on_postgresql("thorough")
def test_a_row_can_go_and_come_back(store):
    made = store.create(ONE, Tables({"organisations": partners("A", "B")}), "me", "why")
    gone = store.commit("one", Tables({"organisations": partners("A")}), base=made.id, author="me", reason="why")
    back = store.restore("one", made.id, "me", base=gone.id)
    assert store.load("one") == store.load("one", made.id)
    assert back.restores == made.id


def test_going_back_from_an_old_base_is_refused_and_names_who_saved(store, url):
    made = store.create(ONE, Tables({"organisations": partners("A")}), "me", "why")
    with Store(url) as other:
        other.commit("one", Tables({"organisations": partners("A", "B")}), base=made.id, author="Ada", reason="why")
    with pytest.raises(StoreError, match=r"Ada saved a newer version meanwhile \(1 partner added\)"):
        store.restore("one", made.id, "me", base=made.id)
    assert store.load("one").organisations.height == 2


@pytest.mark.on_postgresql("thorough")
def test_a_revision_of_another_programme_or_of_none_is_refused(store):
    store.create(ONE, Tables(), "me", "why")
    other = store.create(Programme("two", "Two"), Tables(), "me", "why")
    for revision in (other.id, 99, -1):
        with pytest.raises(InvalidRequest, match="has no revision"):
            store.load("one", revision)
    with pytest.raises(InvalidRequest, match="has no revision"):
        store.commit("one", Tables(), base=99, author="me", reason="why")


@pytest.mark.on_postgresql("thorough")
def test_a_key_that_stands_twice_is_refused(store):
    twice = pl.concat([partners("A"), partners("B")])
    with pytest.raises(InvalidRequest, match='"o0" more than once'):
        store.create(ONE, Tables({"organisations": twice}), "me", "why")
    assert store.programmes() == []


def test_a_failure_in_the_middle_of_a_commit_leaves_everything_as_it_was(store):
    made = store.create(ONE, whole(), "me", "why")
    with store._database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE UNIQUE INDEX stop ON quotes (text)")
    quotes = frame("quotes", {"id": "q2", "text": "stop"}, {"id": "q3", "text": "stop"})
    with pytest.raises(StoreError, match="refused the change"):
        bad = whole().with_(organisations=partners("new"), quotes=quotes)
        store.commit("one", bad, base=made.id, author="me", reason="why")
    assert store.load("one") == whole()
    assert store.history("one") == [made]


def test_many_revisions_leave_the_current_state_one_index_away(store):
    made = store.create(ONE, Tables({"organisations": partners(*"ABC")}), "me", "why")
    for nth in range(12):
        made = store.commit(
            "one", Tables({"organisations": partners("A", f"B{nth}", "C")}), base=made.id, author="me", reason="why"
        )
    assert store.load("one").organisations["name"].to_list() == ["A", "B11", "C"]
    query = "SELECT * FROM organisations WHERE programme = 'one' AND revision_to IS NULL"
    with store._database.engine.connect() as connection:
        if store._database.engine.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").fetchall()
        else:
            connection.exec_driver_sql("SET enable_seqscan = off")  # a table this small is read whole otherwise
            plan = connection.exec_driver_sql(f"EXPLAIN {query}").fetchall()
    assert any(index in str(plan) for index in ("uq_organisations_current", "ix_organisations_ended"))


@pytest.mark.on_postgresql("thorough")
def test_a_row_can_be_put_in_the_same_spot_again_and_again(store):
    """The room between two rows is used up after about thirty times; everything then moves once."""
    rows = partners(*[str(nth) for nth in range(36)])
    made = store.create(ONE, Tables({"organisations": rows[:2]}), "me", "why")
    for count in range(3, 36):
        state = pl.concat([rows[0], rows[2:count].reverse(), rows[1]])
        made = store.commit("one", Tables({"organisations": state}), base=made.id, author="me", reason="why")
    assert store.load("one").organisations.equals(state)


def test_text_that_no_database_can_hold_is_made_right_or_refused_in_a_sentence(store):
    store.create(Programme("one", "On\0e\ud800"), Tables(), "m\0e\ud800", "wh\0y")
    assert store.programme("one").name == "One?"
    assert store.history("one")[0].author == "me?"
    for partner in ("\ud800", "a\ud800b"):
        with pytest.raises(StoreError):
            store.arrange("one", {partner: (0.0, 0.0)})
    nul = Tables({"organisations": partners("A\0")})
    with pytest.raises(InvalidRequest, match="NUL character"):
        store.commit("one", nul, base=store.head("one"), author="me", reason="why")
    assert store.arrangement("one") == {}


# -- several at once ---------------------------------------------------------------------------------------------------


def test_threads_may_read_and_write_one_store(url):
    with Store(url) as store:
        made = store.create(ONE, whole(), "me", "why")
        stop = threading.Event()

        def reads() -> int:
            seen = 0
            while not stop.is_set() or not seen:
                assert store.load("one", made.id) == whole()
                seen += 1
            return seen

        with ThreadPoolExecutor(4) as pool:
            readers = [pool.submit(reads) for _ in range(2)]
            for nth in range(4):
                head = store.head("one")
                store.commit("one", whole().with_(organisations=partners(str(nth))), base=head, author="me", reason="why")
            stop.set()
            assert all(reader.result() for reader in readers)
        assert len(store.history("one")) == 5


def test_of_two_commits_on_the_same_base_one_wins(url):
    with Store(url) as store:
        made = store.create(ONE, Tables(), "me", "why")

        def commit(name: str) -> bool:
            try:
                store.commit("one", Tables({"organisations": partners(name)}), base=made.id, author=name, reason="why")
                return True
            except StoreError:
                return False

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(commit, "ABCDEFGH")) == 1
        assert len(store.history("one")) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_several_first_starts_at_once_make_one_database(kind, bare_database):
    url = bare_database(kind)

    def start(_: int) -> bool:
        with Store(url) as store:
            return store.seed([(ONE, whole()), (Programme("two", "Two"), Tables())], "me", "first start")

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(start, range(6))) == 1
    with Store(url) as store:
        assert [one.id for one in store.programmes()] == ["one", "two"]
        assert len(store.history("one")) == 1


def test_what_several_arrange_and_remember_at_once_is_all_there(url):
    with Store(url) as store:
        store.create(ONE, Tables(), "me", "why")

        def keeps(nth: int) -> None:
            for again in range(5):
                store.arrange("one", {"shared": (nth, again), f"own {nth}": (nth, again)})
                store.remember("shared", [nth, again])
                store.remember(f"own {nth}", again)

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(keeps, range(6)))
        placed = store.arrangement("one")
        assert {place: at for place, at in placed.items() if place != "shared"} == {f"own {nth}": (nth, 4) for nth in range(6)}
        assert placed["shared"][1] == 4
        assert store.settings("own") == {f"own {nth}": 4 for nth in range(6)}
        store.remember("shared", None)
        assert store.settings("shared") == {}
