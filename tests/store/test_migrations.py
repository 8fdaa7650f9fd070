"""A database of any earlier shape is brought to the present one, once, with everything that was in it."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.store.shapes.make import declared, sample
from tests.support.databases import KINDS
from tests.support.stored import everything
from wtnet.errors import StoreError
from wtnet.store import Programme, Store, connect, migrations
from wtnet.store.sql_schema import METADATA, SHAPE, schema_versions

SHAPES = sorted({int(path.name.split(".")[0]) for path in (Path(__file__).parent / "shapes").glob("*.sql")})
FIRST, ANSWERS, BEFORE = SHAPES[0], 5, SHAPES[-2]
"""A database of the first shape goes through all steps, of the fifth through all that make tables and keys anew, of the one
before the present through the last."""


def _cases(*always: tuple[int, str]) -> list[Any]:
    """Every shape on every kind of database, and which of them are tried always."""
    cases = [(shape, kind) for shape in SHAPES for kind in KINDS]
    return [case if case in always else pytest.param(*case, marks=pytest.mark.thorough) for case in cases]


EACH = _cases(*[(shape, "sqlite") for shape in (FIRST, ANSWERS, BEFORE)], (FIRST, "postgresql"), (BEFORE, "postgresql"))
FEW = _cases((FIRST, "sqlite"), (BEFORE, "sqlite"), (FIRST, "postgresql"))

pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")


def engine(url: str) -> sa.Engine:
    return connect.engine(url, 5)[0]


def earlier(shape: int, kind: str, url: str) -> str:
    """Make the database as that shape was, with the rows that were kept with it."""
    statements = (Path(__file__).parent / "shapes" / f"{shape}.{kind}.sql").read_text(encoding="utf-8").split(";\n")
    made = engine(url)
    with made.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            for statement in filter(None, map(str.strip, statements)):
                connection.exec_driver_sql(statement)
            if kind == "postgresql":  # rows that came with their numbers do not move the counters, as they did when first stored
                for table in [*METADATA.sorted_tables]:
                    column = table.autoincrement_column
                    if column is not None and sa.inspect(connection).has_table(table.name):
                        counter = sa.func.pg_get_serial_sequence(table.name, column.name)
                        highest = sa.select(sa.func.max(column)).scalar_subquery()
                        connection.execute(sa.select(sa.func.setval(counter, highest)))
    made.dispose()
    return url


def built(url: str) -> dict:
    """What the database is made of, without the order of columns, which a step cannot choose."""
    made = engine(url)
    with made.connect() as connection:
        there = sa.inspect(connection)
        columns, indexes, keys = there.get_multi_columns(), there.get_multi_indexes(), there.get_multi_foreign_keys()
        found = {
            table[1]: (
                sorted((one["name"], str(one["type"]), one["nullable"]) for one in columns[table]),
                sorted((one["name"], tuple(one["column_names"]), bool(one["unique"])) for one in indexes[table]),
                sorted(str(sorted(one.items(), key=str)) for one in keys[table]),
                primary["constrained_columns"],
            )
            for table, primary in there.get_multi_pk_constraint().items()
        }
    made.dispose()
    return found


@pytest.fixture(scope="module")
def present(request, tmp_path_factory):
    """What a new database of a kind is made of."""

    def of(kind: str) -> dict:
        with contextlib.ExitStack() as stack:
            fresh = (
                f"sqlite:///{tmp_path_factory.mktemp('present')}/a.db"
                if kind == "sqlite"
                else stack.enter_context(request.getfixturevalue("postgres").fresh())
            )
            Store(fresh).close()
            return built(fresh)

    return cache(of)


def steps_recorded(url: str) -> list[int]:
    made = engine(url)
    with made.connect() as connection:
        found = list(connection.scalars(sa.select(schema_versions.c.version).order_by(schema_versions.c.version)))
    made.dispose()
    return found


def test_every_shape_there_has_been_is_kept_for_both_databases():
    assert list(range(1, SHAPE + 1)) == SHAPES
    assert set(migrations.STEPS) == set(SHAPES)
    for shape in SHAPES:
        assert all((Path(__file__).parent / "shapes" / f"{shape}.{kind}.sql").exists() for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_kept_present_shape_is_the_declared_one(kind):
    """If this fails, the declarations changed without a new number: raise SHAPE and run `python -m tests.store.shapes.make`."""
    kept = (Path(__file__).parent / "shapes" / f"{SHAPE}.{kind}.sql").read_text(encoding="utf-8")
    for statement in declared(kind):
        assert f"{statement};\n" in kept


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_database_gets_the_present_shape_and_every_step_on_record(kind, bare_database):
    url = bare_database(kind)
    Store(url).close()
    assert steps_recorded(url) == SHAPES
    assert set(built(url)) == set(METADATA.tables)


@pytest.mark.parametrize(("shape", "kind"), EACH)
def test_a_database_of_an_earlier_shape_has_all_its_revisions_and_the_present_shape(shape, kind, bare_database, present):
    url = earlier(shape, kind, bare_database(kind))
    with Store(url) as store:
        assert [store.load("kept", one.id) for one in reversed(store.history("kept"))] == sample()
        assert store.programmes() == [Programme("kept", "Kept", illustrative=True)]
        assert [one.author for one in store.history("kept")] == ["Ben", "Ben", "Ada"]
    assert built(url) == present(kind)
    assert steps_recorded(url) == SHAPES


@pytest.mark.parametrize(("shape", "kind"), FEW)
def test_a_migrated_database_can_be_written_undone_and_backed_up(shape, kind, bare_database, empty_database, tmp_path):
    url = earlier(shape, kind, bare_database(kind))
    with Store(url) as store:
        store.undo("kept", "Cleo")
        assert store.load("kept") == sample()[1]
        store.arrange("kept", {"a": (1.0, 2.0)})
        store.backup(tmp_path / "all.zip")
        with Store(empty_database("sqlite")) as other:
            other.restore_backup(tmp_path / "all.zip")
            assert everything(other) == everything(store)


@pytest.mark.parametrize("kind", KINDS)
def test_the_steps_are_done_once_however_often_the_database_is_opened(kind, bare_database):
    url = earlier(1, kind, bare_database(kind))
    for _ in range(3):
        with Store(url) as store:
            before = everything(store)
    with Store(url) as store:
        assert everything(store) == before
    assert steps_recorded(url) == SHAPES


@pytest.mark.parametrize("kind", KINDS)
def test_of_many_that_open_an_earlier_shape_at_once_one_does_the_steps(kind, bare_database):
    url = earlier(1, kind, bare_database(kind))
    at_once = threading.Barrier(6)

    def opens(_: int) -> bool:
        at_once.wait()
        with Store(url) as store:
            return store.load("kept") == sample()[-1]

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(opens, range(6)))
    assert steps_recorded(url) == SHAPES


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_that_fails_leaves_the_database_in_its_earlier_shape(kind, bare_database, monkeypatch):
    url = earlier(1, kind, bare_database(kind))
    before = built(url)

    def fails(connection: sa.Connection) -> None:
        migrations._complete(connection)
        connection.exec_driver_sql("SELECT * FROM no_such_table")

    with monkeypatch.context() as changed:
        changed.setitem(migrations.STEPS, SHAPE, fails)
        with pytest.raises(StoreError):
            Store(url)
    assert built(url) == before
    assert steps_recorded(url) == [1]
    with Store(url) as store:
        assert store.load("kept") == sample()[-1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_database_of_a_newer_version_is_refused_and_left_alone(kind, bare_database):
    url = bare_database(kind)
    with Store(url) as store, store._database.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO schema_versions VALUES (999, '2030-01-01 00:00:00')")
    with pytest.raises(StoreError, match="newer version of this program"):
        Store(url)
    assert steps_recorded(url) == [*SHAPES, 999]


@pytest.mark.parametrize("kind", KINDS)
def test_a_database_of_another_program_is_refused_and_left_alone(kind, bare_database):
    url = bare_database(kind)
    made = engine(url)
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE results (score INTEGER)")
    made.dispose()
    with pytest.raises(StoreError, match="belongs to another program: it has tables of its own named results"):
        Store(url)
    assert set(built(url)) == {"results"}
