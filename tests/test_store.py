"""The store: what goes in comes out the same, and whatever goes wrong, nothing is lost."""

import os
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from wtnet.errors import InvalidRequest, StoreError
from wtnet.store import Programme, Store, differences, sentences
from wtnet.store.layout import METADATA, RECORDS
from wtnet.store.records import GAP, placed
from wtnet.tables import Tables, schema

HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|'/C calc'!A0",
    "مرحبا بالعالم",
    "🎭🫶🏽 Theatre",
    "x" * 300,
    "O'Brien; DROP TABLE ratings;--",
    "%s {0}",
]
ONE = Programme("one", "Programme One", "About it", True, "A source", "CC BY 4.0")


def frame(table: str, *rows: dict) -> pl.DataFrame:
    types = schema.SCHEMAS[table].polars()
    return pl.DataFrame([{name: row.get(name) for name in types} for row in rows], schema=types)


def partners(*names: str) -> pl.DataFrame:
    return frame(
        "organisations", *[{"id": f"o{at}", "name": name, "kind": "museum", "sharing": "public"} for at, name in enumerate(names)]
    )


def whole() -> Tables:
    """Tables with every column of every type filled once and null once."""
    return Tables(
        {
            "organisations": frame(
                "organisations",
                {"id": "b", "name": "B", "kind": "freelancer", "sharing": "partners"},
                {"id": "a", "name": "A", "kind": "museum", "latitude": -54.970001, "longitude": 0.1 + 0.2, "sharing": "public"},
                *[{"id": f"h{at}", "name": name, "kind": "other", "description": name} for at, name in enumerate(HOSTILE)],
            ),
            "pilots": frame(
                "pilots", {"id": "p", "name": "P", "lead": "a", "starts": date(2024, 2, 29), "ends": date(2025, 1, 1)}
            ),
            "involvements": frame("involvements", {"pilot": "p", "organisation": "b", "role": "leads"}),
            "waves": frame("waves", {"id": "w2", "name": "End", "date": date(2025, 1, 1)}, {"id": "w1", "name": "Start"}),
            "partnerships": frame(
                "partnerships",
                {"id": "t1", "source": "a", "target": "b", "level": 0, "before_programme": True, "continues_after": False},
                {
                    "id": "t2",
                    "source": "b",
                    "target": "a",
                    "level": None,
                    "before_programme": None,
                    "started": date(1999, 12, 31),
                },
            ),
            "ratings": frame(
                "ratings",
                {
                    "wave": "w1",
                    "rater": "a",
                    "partner": "b",
                    "level": 5,
                    "contact": "daily",
                    "reliability": 4,
                    "comment": "Line\nbreak",
                },
                {"wave": "w1", "rater": "b", "partner": "a"},
            ),
            "indicators": frame("indicators", {"id": "i", "theme": "care", "name": "I", "better": "lower", "target": 1e-300}),
            "results": frame("results", {"indicator": "i", "pilot": "p", "wave": "w1", "value": 0.0, "n": 2**40}),
            "quotes": frame("quotes", {"id": "q", "text": "“Thank you”", "theme": "care", "sharing": "private"}),
        }
    )


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'a folder' / 'store.db'}"


@pytest.fixture
def store(url: str):
    with Store(url, wait=0.2) as opened:
        yield opened


def versions(store: Store, table: str) -> list[tuple]:
    records = RECORDS[table]
    with store._engine.connect() as connection:
        return [
            tuple(row) for row in connection.execute(sa.select(records.c.record, records.c.revision_from, records.c.revision_to))
        ]


# -- what goes in comes out -------------------------------------------------------------------------------------


def test_a_new_store_makes_its_folder_and_holds_nothing(store):
    assert store.programmes() == []
    assert store.head("one") is None


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
    assert back.results["value"].to_list() == [0.0]
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


def test_an_unknown_programme_is_refused_with_a_sentence_naming_what_there_is(store):
    with pytest.raises(InvalidRequest, match="there are none yet"):
        store.programme("two")
    store.create(ONE, Tables(), "me", "why")
    for ask in (store.programme, store.load, store.history):
        with pytest.raises(InvalidRequest, match=r'no programme "two"; there are: one \(Programme One\)'):
            ask("two")


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


# -- revisions --------------------------------------------------------------------------------------------------


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


def test_rows_put_first_or_between_leave_the_others_untouched(store):
    state = partners("A", "B", "C")
    made = store.create(ONE, Tables({"organisations": state}), "me", "why")
    fresh = partners(*"ABCDEF")[3:]
    mixed = pl.concat([fresh[0], state[0], fresh[1], state[1], state[2], fresh[2]])
    store.commit("one", Tables({"organisations": mixed}), base=made.id, author="me", reason="why")
    assert store.load("one").organisations.equals(mixed)
    assert [end for _, _, end in versions(store, "organisations")] == [None] * 6


def test_another_order_of_rows_is_kept_and_only_what_moved_is_written(store):
    state = partners(*"ABCDE")
    made = store.create(ONE, Tables({"organisations": state}), "me", "why")
    moved = pl.concat([state[4], state[:4]])
    again = store.commit("one", Tables({"organisations": moved}), base=made.id, author="me", reason="why")
    assert store.load("one").organisations.equals(moved)
    assert store.load("one", made.id).organisations.equals(state)
    assert again.summary == "order of rows changed"
    assert len(versions(store, "organisations")) == 6


def test_nothing_changed_makes_no_revision(store):
    made = store.create(ONE, whole(), "me", "why")
    assert store.commit("one", whole(), base=made.id, author="me", reason="again") == made
    assert len(store.history("one")) == 1


def test_a_row_can_go_and_come_back(store):
    made = store.create(ONE, Tables({"organisations": partners("A", "B")}), "me", "why")
    gone = store.commit("one", Tables({"organisations": partners("A")}), base=made.id, author="me", reason="why")
    back = store.commit(
        "one", store.load("one", made.id), base=gone.id, author="me", reason="undo", kind="restore", restores=made.id
    )
    assert store.load("one") == store.load("one", made.id)
    assert back.restores == made.id


def test_without_merging_a_commit_on_an_old_base_is_refused_and_names_who_saved(store, url):
    made = store.create(ONE, Tables({"organisations": partners("A")}), "me", "why")
    with Store(url) as other:
        other.commit("one", Tables({"organisations": partners("A", "B")}), base=made.id, author="Ada", reason="why")
    with pytest.raises(StoreError, match=r"Ada saved a newer version meanwhile \(1 partner added\)"):
        store.commit("one", Tables(), base=made.id, author="me", reason="why", merge=False)
    assert store.load("one").organisations.height == 2


def test_a_revision_of_another_programme_or_of_none_is_refused(store):
    store.create(ONE, Tables(), "me", "why")
    other = store.create(Programme("two", "Two"), Tables(), "me", "why")
    for revision in (other.id, 99, -1):
        with pytest.raises(InvalidRequest, match="has no revision"):
            store.load("one", revision)
    with pytest.raises(InvalidRequest, match="has no revision"):
        store.commit("one", Tables(), base=99, author="me", reason="why")


def test_a_key_that_stands_twice_is_refused(store):
    twice = pl.concat([partners("A"), partners("B")])
    with pytest.raises(InvalidRequest, match='"o0" more than once'):
        store.create(ONE, Tables({"organisations": twice}), "me", "why")
    assert store.programmes() == []


def test_many_revisions_leave_the_current_state_one_index_away(store):
    made = store.create(ONE, Tables({"organisations": partners(*"ABC")}), "me", "why")
    for nth in range(40):
        made = store.commit(
            "one", Tables({"organisations": partners("A", f"B{nth}", "C")}), base=made.id, author="me", reason="why"
        )
    assert store.load("one").organisations["name"].to_list() == ["A", "B39", "C"]
    query = "EXPLAIN QUERY PLAN SELECT * FROM organisations WHERE programme = 'one' AND revision_to IS NULL"
    with store._engine.connect() as connection:
        assert "USING INDEX" in str(connection.exec_driver_sql(query).fetchall())


# -- differences and order --------------------------------------------------------------------------------------


def test_differences_are_counted_and_said_in_words():
    before = Tables({"organisations": partners(*"ABC")})
    after = Tables({"organisations": partners("A", "Bea")})
    changes = differences(before, after)
    assert changes["organisations"].counts() == {"new": 0, "changed": 1, "unchanged": 1, "removed": 1}
    assert changes["organisations"].was["name"].to_list() == ["B"]
    assert changes["organisations"].changed["name"].to_list() == ["Bea"]
    assert sentences(changes) == ["1 partner changed", "1 partner removed"]
    assert sentences(differences(before, before)) == []


def test_a_cell_emptied_is_a_change_and_two_empty_cells_are_none():
    full = frame("organisations", {"id": "a", "name": "A", "kind": "museum", "place": "York"})
    empty = frame("organisations", {"id": "a", "name": "A", "kind": "museum"})
    assert differences(Tables({"organisations": full}), Tables({"organisations": empty}))["organisations"].changed.height == 1
    assert not differences(Tables({"organisations": empty}), Tables({"organisations": empty}))["organisations"].any


@pytest.mark.parametrize(
    "ordinals",
    [
        [],
        [None],
        [None, None],
        [5, 3, 1],
        [1, 2],
        [1, None, 2],
        [None, GAP, None, 2 * GAP, None],
        [3, 1, 2, None],
        [1, 2, None, None, 3],
    ],
)
def test_places_always_increase_and_never_repeat(ordinals):
    found = placed(ordinals)
    assert len(found) == len(ordinals)
    assert found == sorted(set(found))


def test_a_row_can_be_put_in_the_same_spot_again_and_again(store):
    """The room between two rows is used up after about thirty times; everything then moves once."""
    rows = partners(*[str(nth) for nth in range(60)])
    made = store.create(ONE, Tables({"organisations": rows[:2]}), "me", "why")
    for count in range(3, 60):
        state = pl.concat([rows[0], rows[2:count].reverse(), rows[1]])
        made = store.commit("one", Tables({"organisations": state}), base=made.id, author="me", reason="why")
    assert store.load("one").organisations.equals(state)


# -- what goes wrong --------------------------------------------------------------------------------------------


def test_a_failure_in_the_middle_of_a_commit_leaves_everything_as_it_was(store):
    made = store.create(ONE, whole(), "me", "why")
    with store._engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER stop BEFORE INSERT ON quotes WHEN NEW.text = 'stop' BEGIN SELECT RAISE(ABORT, 'power cut'); END"
        )
    bad = whole().with_(organisations=partners("new"), quotes=frame("quotes", {"id": "q2", "text": "stop"}))
    with pytest.raises(StoreError):
        store.commit("one", bad, base=made.id, author="me", reason="why")
    assert store.load("one") == whole()
    assert store.history("one") == [made]


def test_a_process_killed_in_the_middle_of_a_commit_leaves_everything_as_it_was(store, url):
    made = store.create(ONE, whole(), "me", "why")
    script = (
        "import os, sys; import wtnet.store.records as records; from wtnet.store import Store; from wtnet.tables import Tables\n"
        "write = records.write\n"
        "def dying(connection, name, *rest, **frames):\n"
        "    write(connection, name, *rest, **frames)\n"
        "    if name == 'ratings': os._exit(9)\n"
        "records.write = dying\n"
        "store = Store(sys.argv[1]); store.commit('one', Tables(), base=int(sys.argv[2]), author='x', reason='x')\n"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", script, url, str(made.id)], cwd=root, check=False)
    assert done.returncode == 9
    assert store.load("one") == whole()
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_locked_file_is_a_sentence_and_reading_goes_on(store, url):
    store.create(ONE, whole(), "me", "why")
    path = sa.make_url(url).database
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="in use by another program"):
        store.create(Programme("two", "Two"), Tables(), "me", "why")
    assert store.load("one") == whole()
    other.execute("ROLLBACK")
    other.close()
    store.create(Programme("two", "Two"), Tables(), "me", "why")


def test_a_full_disk_is_a_sentence_and_nothing_is_half_stored(store):
    made = store.create(ONE, whole(), "me", "why")

    @sa.event.listens_for(store._engine, "begin")
    def _small(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count = {connection.exec_driver_sql('PRAGMA page_count').scalar() + 2}")

    big = whole().with_(organisations=pl.concat([whole().organisations, partners(*["y" * 2000] * 500)]))
    with pytest.raises(StoreError, match="disk is full"):
        store.commit("one", big, base=made.id, author="me", reason="why")
    assert store.load("one") == whole()


def test_a_file_that_may_only_be_read_can_be_read_but_not_written(store, url):
    store.create(ONE, whole(), "me", "why")
    path = sa.make_url(url).database
    with Store(f"sqlite:///file:{path}?mode=ro&uri=true") as reader:
        assert reader.load("one") == whole()
        with pytest.raises(StoreError, match="may only be read"):
            reader.create(Programme("two", "Two"), Tables(), "me", "why")


def test_a_file_that_is_no_database_is_a_sentence(tmp_path):
    path = tmp_path / "letter.db"
    path.write_text("Dear all, " * 200)
    with pytest.raises(StoreError, match=r'letter\.db" is not a database'):
        Store(f"sqlite:///{path}")
    assert path.read_text().startswith("Dear all")


def test_a_folder_in_the_place_of_the_file_is_a_sentence(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(f"sqlite:///{tmp_path}")


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="its folder cannot"):
        Store(f"sqlite:///{tmp_path / 'file' / 'x' / 'store.db'}")


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "secret-in-no-url",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://user:secret@host/base",
        "oracle://x",
        "postgresql+nodriver://user:secret@host/base",
        "postgresql+pg8000://user:secret@host/base",
        "postgresql+psycopg2cffi://user:secret@host/base",
        "postgresql://user:secret@host:notaport/base",
    ],
)
def test_an_unusable_address_is_a_sentence_that_hides_the_password(address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError) as found:
        Store(address)
    assert "secret" not in str(found.value)
    assert str(found.value).endswith(".")


def test_a_server_that_is_not_there_is_a_sentence_that_hides_the_password():
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as found:
        Store("postgresql://user:secret@127.0.0.1:1/base")
    assert "secret" not in str(found.value)


def test_a_database_of_a_newer_version_is_refused(store, url):
    with store._engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO schema_versions VALUES (999, '2030-01-01 00:00:00')")
    with pytest.raises(StoreError, match="newer version of this program"):
        Store(url)


def test_the_address_comes_from_the_environment_else_from_the_persons_own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WTNET_DATABASE_URL", f"sqlite:///{tmp_path / 'named.db'}")
    Store().close()
    assert (tmp_path / "named.db").exists()
    monkeypatch.delenv("WTNET_DATABASE_URL")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    Store().close()
    assert (tmp_path / "own" / "wtnet" / "wtnet.db").exists()


# -- several at once --------------------------------------------------------------------------------------------


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
            readers = [pool.submit(reads) for _ in range(3)]
            for nth in range(5):
                head = store.head("one")
                store.commit("one", whole().with_(organisations=partners(str(nth))), base=head, author="me", reason="why")
            stop.set()
            assert all(reader.result() for reader in readers)
        assert len(store.history("one")) == 6


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


def test_several_first_starts_at_once_make_one_database(url):
    def start(_: int) -> bool:
        with Store(url) as store:
            return store.seed([(ONE, whole()), (Programme("two", "Two"), Tables())], "me", "first start")

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(start, range(6))) == 1
    with Store(url) as store:
        assert [one.id for one in store.programmes()] == ["one", "two"]
        assert len(store.history("one")) == 1


def test_the_tables_can_also_be_made_on_postgresql():
    """The same declarations compile for both databases, with one current version of a row at most."""
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateIndex, CreateTable

    for table in METADATA.sorted_tables:
        assert str(CreateTable(table).compile(dialect=postgresql.dialect()))
    unique = next(index for index in RECORDS["ratings"].indexes if index.unique)
    assert "WHERE revision_to IS NULL" in str(CreateIndex(unique).compile(dialect=postgresql.dialect()))


@pytest.mark.skipif(
    not os.environ.get("WTNET_TEST_POSTGRESQL"), reason="name an empty PostgreSQL database in WTNET_TEST_POSTGRESQL"
)
def test_postgresql_gives_back_exactly_what_was_stored():
    with Store(os.environ["WTNET_TEST_POSTGRESQL"]) as store:
        name = f"test {datetime.now(UTC).timestamp()}"
        made = store.create(Programme(name, name), whole(), "me", "why")
        assert store.load(name) == whole()
        store.commit(name, Tables({"organisations": partners("A")}), base=made.id, author="me", reason="why")
        assert store.load(name, made.id) == whole()
        assert store.load(name).counts() == {"organisations": 1}
