"""A database that cannot be opened, read or written: a sentence each, and nothing that was stored is lost."""

import sqlite3
import sys
import tempfile
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from tests.support import mishaps
from tests.support.frames import frame
from tests.support.stored import ONE, partners, whole
from wtnet.errors import StoreError
from wtnet.store import Programme, Store
from wtnet.tables import Tables


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'a folder' / 'store.db'}"


@pytest.fixture
def store(url: str):
    with Store(url, wait=0.2) as opened:
        yield opened


def test_a_failure_in_the_middle_of_a_commit_leaves_everything_as_it_was(store):
    made = store.create(ONE, whole(), "me", "why")
    with store._database.engine.begin() as connection:
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
    assert mishaps.ended(mishaps.die_in_a_commit, url, made.id)[0] == 9
    assert store.load("one") == whole()
    with store._database.engine.connect() as connection:
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

    @sa.event.listens_for(store._database.engine, "begin")
    def _small(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count = {connection.exec_driver_sql('PRAGMA page_count').scalar() + 2}")

    big = whole().with_(organisations=pl.concat([whole().organisations, partners(*["y" * 2000] * 500)]))
    with pytest.raises(StoreError, match="disk is full"):
        store.commit("one", big, base=made.id, author="me", reason="why")
    assert store.load("one") == whole()


def test_a_disk_that_takes_no_more_is_a_sentence_and_nothing_is_half_stored(store, url):
    """The system itself refuses to let the files grow, as a full disk does, at many sizes."""
    resource = pytest.importorskip("resource", reason="this system has no limits on the size of a file")
    made = store.create(ONE, whole(), "me", "why")
    store.close()
    code, said = mishaps.ended(mishaps.fill_the_disk, url, made.id)
    assert code == 0 and len(said) == 10
    assert all("free some space and try again." in line for line in said), said
    assert resource and store.load("one") == whole()
    with store._database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_file_that_may_only_be_read_can_be_read_but_not_written(store, url):
    store.create(ONE, whole(), "me", "why")
    path = sa.make_url(url).database
    with Store(f"sqlite:///file:{path}?mode=ro&uri=true") as reader:
        assert reader.load("one") == whole()
        with pytest.raises(StoreError, match="may only be read"):
            reader.create(Programme("two", "Two"), Tables(), "me", "why")


RIGHTS = [
    (0o444, 0o777, ["same", "may only be read"]),
    (0o444, 0o555, ["same", "Nothing was stored: here the database is only looked at"]),
    (0o000, 0o777, ["cannot be opened"]),
]
"""Of a file and its folder, and what somebody without others is told of each."""


@pytest.mark.skipif(sys.platform == "win32", reason="rights to files are given otherwise on Windows")
def test_rights_that_are_missing_are_a_sentence():
    """Opened by somebody who is not the one who made the file, and not root."""
    with tempfile.TemporaryDirectory() as top:  # not tmp_path, whose folders nobody else may enter
        Path(top).chmod(0o755)
        places = [Path(top) / f"store {at}" / "store.db" for at in range(len(RIGHTS))]
        urls = [f"sqlite:///{place}" for place in places]
        for url, place, (file, folder, _) in zip(urls, places, RIGHTS, strict=True):
            with Store(url) as store:
                store.create(ONE, whole(), "me", "why")
            place.chmod(file)
            place.parent.chmod(folder)
        code, lines = mishaps.ended(mishaps.open_without_rights, *urls)
        for place in places:
            place.parent.chmod(0o755)
            place.chmod(0o644)
        assert code == 0
        said = [words for _, _, told in RIGHTS for words in told]
        for line, words in zip(lines, said, strict=True):
            assert words in line
        for url in urls:
            with Store(url) as store:
                assert store.load("one") == whole()


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


def test_the_address_comes_from_the_environment_else_from_the_persons_own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WTNET_DATABASE_URL", f"sqlite:///{tmp_path / 'named.db'}")
    Store().close()
    assert (tmp_path / "named.db").exists()
    monkeypatch.delenv("WTNET_DATABASE_URL")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    Store().close()
    assert (tmp_path / "own" / "wtnet" / "wtnet.db").exists()
