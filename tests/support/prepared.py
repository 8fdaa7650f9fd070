"""Databases that are made once and copied for each test, and what the app may keep in memory from one test to the next."""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.util import LRUCache

from tests.support.paths import DATA
from wtnet import access
from wtnet.cli import source
from wtnet.importing import first_start
from wtnet.store import Store
from wtnet.store.sql_schema import programmes
from wtnet.tables import CheckResult, Tables

_WRITES = ("INSERT", "UPDATE", "DELETE", "ALTER", "CREATE", "DROP")
_written = False
_numbers = itertools.count()
_SHIPPED = ("example", "working-together")


@sa.event.listens_for(sa.engine.Engine, "before_cursor_execute")
def _note(*arguments: Any) -> None:
    global _written
    _written = _written or arguments[2].lstrip().upper().startswith(_WRITES)


def file(fill: Callable[[Store], object]) -> bytes:
    """The SQLite file of a new database that was filled so."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "app.db"
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


def forget() -> None:
    """Let the app forget all that it worked out."""
    if "streamlit" in sys.modules:
        import streamlit as st

        st.cache_resource.clear()
        st.cache_data.clear()


@contextmanager
def kept_in_memory() -> Iterator[None]:
    """Let the app keep what it worked out from the shipped programmes for the next test, but for what it did once this one wrote.

    The app tells what it keeps apart by database, programme and revision; the copies of one file have the same, until one of
    them is written to, which then is another database.
    """
    global _written
    _let_go()
    _written = False
    cached, number = sys.modules.get("wtnet.ui.frame.cached"), next(_numbers)
    with pytest.MonkeyPatch.context() as patch:
        if cached:
            usual = cached.store_id
            patch.setattr(cached, "store_id", lambda: f"{usual()} of test {number}" if _written else usual())
        yield
    if _written and not cached:
        forget()
    _let_go()


_known: deque[Tables] = deque(maxlen=6)
_read: dict[tuple[str, ...], CheckResult] = {}


@contextmanager
def known_again(*more: str) -> Iterator[None]:
    """Let commands know the tables of the shipped programmes, and of more that nobody changes, again.

    Read from files or loaded, the same tables are one object: what is worked out of them, and kept with them, is worked out
    once and not in every test. Their files are read once.
    """
    load, check = Store.load, source.check_files

    def loaded(store: Store, programme: str, revision: int | None = None) -> Tables:
        tables = load(store, programme, revision)
        return _again(tables) if programme in (*_SHIPPED, *more) else tables

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
