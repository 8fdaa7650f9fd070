"""Databases that are made once and copied for each test, and what the app may keep in memory from one test to the next."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from wtnet import access
from wtnet.importing import first_start
from wtnet.store import Store
from wtnet.store.sql_schema import programmes

_WRITES = ("INSERT", "UPDATE", "DELETE", "ALTER", "CREATE", "DROP")
_written = False


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
    """Let the app keep what it worked out from the shipped programmes for the next test, unless this one writes anything.

    The app tells what it keeps apart by programme and revision; the copies of one file have the same.
    """
    global _written
    _let_go()
    _written = False
    yield
    if _written:
        forget()
    _let_go()


def _let_go() -> None:
    """Close the database that the app has open."""
    cached = sys.modules.get("wtnet.ui.frame.cached")
    if cached:
        cached.unguarded_store.clear()
