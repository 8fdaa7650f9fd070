"""A database that is damaged, cannot be written, or was left in the middle: a sentence, and nothing left behind."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import prepared
from tests.support.databases import KINDS
from tests.support.stored import ONE, whole
from wtnet.errors import StoreError
from wtnet.store import Store, connect, scratch

RO = """
import sys
from wtnet.errors import StoreError
from wtnet.store import Store
store = Store(sys.argv[1])
assert [programme.id for programme in store.programmes()] == ["one"] and store.load("one").organisations.height
assert store.identity() in ("", sys.argv[2])
try:
    store.remember("a", 1)
except StoreError as error:
    print(error)
"""


def _fill(store: Store) -> None:
    store.create(ONE, whole(), "a", "b")
    store.identity()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one programme."""
    prepared.copied(tmp_path / "a.db", _fill).close()
    return tmp_path / "a.db"


DAMAGES = {
    "text that is none": "UPDATE programmes SET name = CAST(x'ff00fe' AS TEXT)",
    "a day that is none": "UPDATE revisions SET made_at = 'yesterday'",
    "a setting that is none": "UPDATE settings SET value = '{'",
    "a table that is gone": "ALTER TABLE programmes RENAME TO gone",
    "a number that is none": "UPDATE records_waves SET ordinal = 'x'",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_is_damaged_is_said_in_a_sentence(path: Path, damage: str) -> None:
    """Never a bare error of a library: every one would be a page without a word of what to do."""
    with Store(f"sqlite:///{path}") as store:
        with closing(sqlite3.connect(path)) as connection, connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            waves = next(name for name in tables if name.endswith("waves"))
            connection.execute(DAMAGES[damage].replace("records_waves", waves))
        for ask in (store.programmes, lambda: store.history("one"), lambda: store.settings(""), lambda: store.load("one")):
            try:
                ask()
            except StoreError as error:
                assert str(error).startswith("The database file") and str(error).endswith("."), error


def test_some_damage_is_found(path: Path) -> None:
    with Store(f"sqlite:///{path}") as store:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(DAMAGES["text that is none"])
        with pytest.raises(StoreError, match="is damaged"):
            store.programmes()


def test_a_fault_of_the_program_is_not_taken_for_one_of_the_database() -> None:
    with pytest.raises(ValueError, match="invalid literal"), connect.as_store_errors("The database"):
        int("x")


def test_a_database_that_cannot_be_written_is_opened_for_looking(path: Path, tmp_path: Path) -> None:
    """On a medium that is read only no file can be made beside it, as a file with a write-ahead log needs."""
    with Store(f"sqlite:///{path}") as store:
        known = store.identity()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    place = tmp_path / "medium"
    place.mkdir()
    (tmp_path / "ask.py").write_text(RO)
    root = Path(__file__).parents[2]
    steps = f"""mount -t tmpfs none '{place}' && cp '{path}' '{place}/a.db' && mount -o remount,ro '{place}' || exit 77
        PYTHONPATH='{root}' '{sys.executable}' '{tmp_path}/ask.py' 'sqlite:///{place}/a.db' {known}"""
    done = (
        subprocess.run(["unshare", "-m", "sh", "-c", steps], capture_output=True, text=True, check=False)
        if os.name != "nt"
        else None
    )
    if done is None or (done.returncode in (1, 77) and "rror" not in done.stderr):
        pytest.skip("no medium can be made read only here")
    assert done.returncode == 0, done.stderr
    assert "Nothing was stored" in done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_killed_backup_left_is_gone_with_the_next(kind: str, empty_database, tmp_path: Path) -> None:
    old, fresh, other = (tmp_path / name for name in (".all.zip.1.part", ".all.zip.2.part", "letter.part"))
    for file in (old, fresh, other):
        file.write_bytes(b"x")
    for file in (old, other):
        os.utime(file, (time.time() - 7_200,) * 2)
    with Store(empty_database(kind)) as store:
        store.backup(tmp_path / "all.zip")
    assert not old.exists() and fresh.exists() and other.exists()


def test_what_is_made_on_the_way_stands_in_one_place_and_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "data_folder", lambda: tmp_path)
    with scratch.folder() as place:
        assert place.parent == tmp_path / "temporary" and place.is_dir()
    assert not place.exists()
    for name, age in (("wtnet-left", 7_200), ("wtnet-used", 10), ("another", 7_200)):
        folder = tmp_path / "temporary" / name
        folder.mkdir()
        (folder / "backup.zip").write_bytes(b"x")
        os.utime(folder, (time.time() - age,) * 2)
    scratch.sweep()
    assert sorted(path.name for path in (tmp_path / "temporary").iterdir()) == ["another", "wtnet-used"]
