"""A PostgreSQL server that refuses, waits, ends or is no longer there: a sentence each, and nothing that was stored is lost."""

import pytest
import sqlalchemy as sa

from tests.support.stored import ONE, partners, whole
from wtnet.errors import StoreError
from wtnet.store import Programme, Store
from wtnet.tables import Tables


@pytest.fixture
def url(empty_database) -> str:
    return empty_database("postgresql")


@pytest.fixture
def store(url):
    with Store(url, wait=0.3) as opened:
        yield opened


@pytest.fixture
def other(url):
    """Somebody else's connection to the same database."""
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_a_database_that_is_not_there_is_a_sentence(url):
    with pytest.raises(StoreError, match=r'"nowhere" at this machine is not there or not complete'):
        Store(sa.make_url(url).set(database="nowhere").render_as_string(hide_password=False))


def test_a_user_who_is_not_known_is_a_sentence_that_hides_the_password(url):
    with pytest.raises(StoreError) as found:
        Store(sa.make_url(url).set(username="nobody", password="secret").render_as_string(hide_password=False))
    assert "secret" not in str(found.value)
    assert str(found.value).endswith(".")


def test_a_database_that_cannot_hold_every_letter_is_refused(postgres):
    with (
        postgres.fresh("ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'") as url,
        pytest.raises(StoreError, match="keeps text as SQL_ASCII, which cannot hold every name"),
    ):
        Store(url)


def test_a_programme_that_somebody_holds_is_a_sentence_and_reading_goes_on(store, url):
    made = store.create(ONE, whole(), "me", "why")
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
    with engine.begin() as holding:
        holding.exec_driver_sql("SELECT * FROM programmes FOR UPDATE")
        with pytest.raises(StoreError, match="in use by another program"):
            store.commit("one", Tables(), base=made.id, author="me", reason="why")
        assert store.load("one") == whole()
    engine.dispose()
    store.commit("one", Tables(), base=made.id, author="me", reason="why")


def test_writers_of_other_programmes_do_not_wait_for_one_that_is_held(store, url):
    store.create(ONE, whole(), "me", "why")
    two = store.create(Programme("two", "Two"), Tables(), "me", "why")
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
    with engine.begin() as holding:
        holding.exec_driver_sql("SELECT * FROM programmes WHERE id = 'one' FOR UPDATE")
        store.commit("two", Tables({"organisations": partners("A")}), base=two.id, author="me", reason="why")
    engine.dispose()


def test_a_database_that_may_only_be_read_can_be_read_but_not_written(store, url, other):
    store.create(ONE, whole(), "me", "why")
    other.exec_driver_sql(f"ALTER DATABASE {sa.make_url(url).database} SET default_transaction_read_only = on")
    with Store(url) as reader:
        assert reader.load("one") == whole()
        with pytest.raises(StoreError, match="may only be read"):
            reader.create(Programme("two", "Two"), Tables(), "me", "why")


def test_a_user_without_the_right_to_write_is_a_sentence(store, url, other):
    store.create(ONE, whole(), "me", "why")
    name = f"reader_{sa.make_url(url).database}"
    other.exec_driver_sql(f"CREATE ROLE {name} LOGIN")
    other.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
    try:
        with Store(sa.make_url(url).set(username=name).render_as_string(hide_password=False)) as reader:
            assert reader.load("one") == whole()
            with pytest.raises(StoreError, match="does not allow this user to do that"):
                reader.create(Programme("two", "Two"), Tables(), "me", "why")
    finally:
        other.exec_driver_sql(f"DROP OWNED BY {name}")
        other.exec_driver_sql(f"DROP ROLE {name}")


def test_a_connection_that_ended_while_nobody_used_it_is_opened_again(store, other):
    store.create(ONE, whole(), "me", "why")
    other.exec_driver_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    assert store.load("one") == whole()


def test_a_connection_that_ends_in_the_middle_of_a_commit_leaves_everything_as_it_was(store, other):
    made = store.create(ONE, whole(), "me", "why")

    def ends(connection, *_):
        sa.event.remove(store._database.engine, "after_cursor_execute", ends)
        pid = connection.connection.driver_connection.info.backend_pid
        other.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")

    with store._database.engine.connect() as connection:  # so that the next connection is pinged already
        connection.exec_driver_sql("SELECT 1")
    sa.event.listen(store._database.engine, "after_cursor_execute", ends)
    with pytest.raises(StoreError, match="cannot be reached or written just now"):
        store.commit("one", Tables(), base=made.id, author="me", reason="why")
    assert store.load("one") == whole()
    assert store.history("one") == [made]


def test_a_database_without_a_connection_left_is_a_sentence(store, url, other):
    other.exec_driver_sql(f"ALTER DATABASE {sa.make_url(url).database} CONNECTION LIMIT 0")
    name = f"one_more_{sa.make_url(url).database}"
    other.exec_driver_sql(f"CREATE ROLE {name} LOGIN")
    try:
        with pytest.raises(StoreError, match="has no connection left"):
            Store(sa.make_url(url).set(username=name).render_as_string(hide_password=False))
    finally:
        other.exec_driver_sql(f"DROP ROLE {name}")
