"""Databases that are made once and copied for each test, and what the app may keep in memory from one test to the next."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import random
import sqlite3
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, wraps
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.util import LRUCache

from tests.support.paths import DATA
from wtnet import access
from wtnet.access import pseudonyms
from wtnet.cli import source
from wtnet.importing import first_start
from wtnet.store import Store, writing
from wtnet.store.sql_schema import RECORDS, programmes
from wtnet.tables import CheckResult, Tables

_WRITES = ("INSERT", "UPDATE", "DELETE", "ALTER", "CREATE", "DROP")
_LISTS = (
    "SELECT id, illustrative, secret FROM programmes ORDER BY id",
    "SELECT id, programme FROM revisions ORDER BY id",
    "SELECT name, value FROM settings WHERE name LIKE 'numbers:%' ORDER BY name",
)
_ROWS = "SELECT * FROM {} WHERE revision_from > {after} OR revision_to IS NOT NULL ORDER BY record"
_written = 0
_SHIPPED = ("example", "working-together")


@sa.event.listens_for(sa.engine.Engine, "before_cursor_execute")
def _note(*arguments: Any) -> None:
    global _written
    _written += arguments[2].lstrip().upper().startswith(_WRITES)


@sa.event.listens_for(sa.engine.Engine, "commit")
def _note_end(*arguments: Any) -> None:
    global _written
    _written += _written > 0


def file(fill: Callable[[Store], object], before: bytes = b"") -> bytes:
    """The SQLite file of a new database, or of a copy of one, that was filled so."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "app.db"
        path.write_bytes(before)
        with Store(f"sqlite:///{path}") as store:
            fill(store)
        return path.read_bytes()


_file = cache(file)


def _compiled_once() -> None:
    """Let all SQLite databases of the tests share the statements that one of them compiled, as one database does in a server."""
    begin, kept = sa.Engine.__init__, LRUCache[Any, Any](2000)

    def begin_with_them(self: sa.Engine, *args: Any, **more: Any) -> None:
        begin(self, *args, **more)
        if isinstance(self.dialect, SQLiteDialect):
            self._compiled_cache = kept

    sa.Engine.__init__ = begin_with_them  # type: ignore[method-assign]
    SQLiteDialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]
    SQLiteDialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]


_compiled_once()


def copied(place: Path, fill: Callable[[Store], object]) -> Store:
    """A store in a file of its own at that place, filled by a function of a module once, and copied from then on."""
    place.write_bytes(_file(fill))
    return Store(f"sqlite:///{place}")


@cache
def without_rows() -> bytes:
    """A database that was opened once."""
    return file(lambda store: None)


@cache
def shipped() -> bytes:
    """A database that was visited once: the shipped programmes, the numbers of their hidden partners, a welcome seen."""

    def fill(store: Store) -> None:
        first_start(store)
        with store._database.writing() as connection:  # so that the same partners have no word in every run
            connection.execute(sa.update(programmes).values(secret="the same in every run"))
        store.identity()
        store.remember("first_visit", {"welcome": True, "start": True})
        for programme in store.programmes():
            access.stored_numbers(store, programme.id, store.load(programme.id))

    return file(fill)


@cache
def _shipped_with(fill: Callable[[Store], object]) -> bytes:
    return file(fill, shipped())


def add(address: str, fill: Callable[[Store], object]) -> None:
    """Put into a copy of the shipped programmes what a function of a module adds to them; it is called once."""
    global _written
    Path(address.removeprefix("sqlite:///")).write_bytes(_shipped_with(fill))
    _written += 1


def forget() -> None:
    """Let the app forget all that it worked out."""
    if "streamlit" in sys.modules:
        import streamlit as st

        st.cache_resource.clear()
        st.cache_data.clear()


@contextmanager
def kept_in_memory() -> Iterator[None]:
    """Let the app keep what it worked out for the next test, as long as it is of the same rows.

    The app tells what it keeps apart by database, programme and revision; the copies of one file have the same. One that was
    written to is told from the others by what its revisions hold. What is drawn at random is drawn the same in each.
    """
    global _written
    _let_go()
    _written = 0
    cached = sys.modules.get("wtnet.ui.frame.cached")
    with pytest.MonkeyPatch.context() as patch:
        if cached:
            usual, known, rule = cached.store_id, {0: _contents_at_first()}, sys.modules["wtnet.access.redact"]

            @wraps(usual)
            def store_id() -> str:
                own, at = usual(), _written
                if at not in known:
                    known[at] = _contents(os.environ["WTNET_DATABASE_URL"])
                return f"{own} {known[at]} {rule.doubles.__module__}"  # a fixture may have another in its place

            patch.setattr(cached, "store_id", store_id)
            patch.setattr(writing, "secrets", SimpleNamespace(token_hex=_token(itertools.count())))
            patch.setattr(pseudonyms, "secrets", SimpleNamespace(SystemRandom=lambda: random.Random(0)))
        yield
    if _written and not cached:
        forget()
    _let_go()


def _token(numbers: Iterator[int]) -> Callable[[int], str]:
    """A maker of what is as long as a secret and the same in every run: the first, the second …"""
    return lambda length: hashlib.shake_256(str(next(numbers)).encode()).hexdigest(length)


@cache
def _last_shipped() -> int:
    """The last revision of the shipped programmes, whose rows are the same in every copy."""
    with _copy() as path, contextlib.closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT max(id) FROM revisions").fetchone()[0])


@cache
def _contents_at_first() -> str:
    with _copy() as path:
        return _contents(f"sqlite:///{path}")


@contextmanager
def _copy() -> Iterator[str]:
    """The path of a copy of the shipped programmes, for as long as the block lasts."""
    with tempfile.NamedTemporaryFile() as copy:
        copy.write(shipped())
        copy.flush()
        yield copy.name


def _contents(address: str) -> str:
    """What tells apart what the revisions of a database hold: all rows, but not who wrote them when, nor what is beside them."""
    if not address.startswith("sqlite:///"):
        return f"{address} {_written}"
    told = hashlib.blake2b(digest_size=16)
    with contextlib.closing(sqlite3.connect(address.removeprefix("sqlite:///"))) as database:
        counts = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in RECORDS)
        queries = [*_LISTS, counts, *(_ROWS.format(table, after=_last_shipped()) for table in RECORDS)]
        for query in queries:
            told.update(repr(database.execute(query).fetchall()).encode())
    return told.hexdigest()


_known: deque[Tables] = deque(maxlen=6)
_loaded: dict[tuple[bytes, str, int | None], Tables] = {}
_read: dict[tuple[str, ...], CheckResult] = {}


@contextmanager
def known_again(*more: str) -> Iterator[None]:
    """Let commands know the tables of the shipped programmes, and of more that nobody changes, again.

    Read from files or loaded, the same tables are one object: what is worked out of them, and kept with them, is worked out
    once and not in every test. Their files are read once, and what is in a database of the same bytes is loaded once.
    """
    load, check = Store.load, source.check_files

    def loaded(store: Store, programme: str, revision: int | None = None) -> Tables:
        if programme not in (*_SHIPPED, *more) or store._database.engine.dialect.name != "sqlite":
            return load(store, programme, revision)
        key = _bytes(store), programme, revision
        if key not in _loaded:
            while len(_loaded) >= 12:
                del _loaded[next(iter(_loaded))]
            _loaded[key] = _again(load(store, programme, revision))
        return _loaded[key]

    def checked(files: Sequence[str]) -> CheckResult:
        if not all(Path(file).is_relative_to(DATA) for file in files):
            return check(files)
        named = tuple(map(str, files))
        if named not in _read:
            result = check(files)
            _read[named] = replace(result, tables=_again(result.tables))
        return _read[named]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "load", loaded)
        patch.setattr(source, "check_files", checked)
        yield


def _bytes(store: Store) -> bytes:
    """What tells the bytes of a SQLite database, and those that wait in its log, from any others."""
    path = Path(str(store._database.engine.url.database))
    log = path.with_name(path.name + "-wal")
    return hashlib.blake2b(path.read_bytes() + (log.read_bytes() if log.exists() else b"")).digest()


def _again(tables: Tables) -> Tables:
    """The tables met first among those that are the same."""
    for known in _known:
        if known.secret == tables.secret and known == tables:
            return known
    _known.append(tables)
    return tables


def _let_go() -> None:
    """Close the database that the app has open."""
    cached = sys.modules.get("wtnet.ui.frame.cached")
    if cached:
        cached.unguarded_store.clear()
