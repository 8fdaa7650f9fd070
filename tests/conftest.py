"""What tests of several rooms share: databases, the log, the command line. What one room shares is in its own `conftest.py`."""

from __future__ import annotations

import contextlib
import gc
import itertools
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

# Tables of tests are small: to wake other threads for them takes more than the work.
os.environ.setdefault("POLARS_MAX_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import polars as pl
from polars._plr import PyDataFrame

from tests.support import databases, forked, prepared
from tests.support.paths import ROOT

os.environ.setdefault("WTNET_READ_APART", "0")  # a process for each file would take most of the tests' time
if sys.dont_write_bytecode:  # else every server and command that a test starts would compile each of its modules anew
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(ROOT / ".pytest_cache" / "compiled")
    os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": sys.pycache_prefix}


def _no_objects(kind: type[Any]) -> None:
    """Let no test make a frame or series of Python objects.

    polars' own threads need the interpreter to copy them; where the thread that has it waits for those threads, as
    `to_pandas` does, the server stands still for ever.
    """
    make = kind.__init__

    def checked(self: Any, *args: Any, **more: Any) -> None:
        make(self, *args, **more)
        columns = self._df if isinstance(self, pl.DataFrame) else PyDataFrame([self._s])
        assert "object" not in columns.dtype_strings(), "a column of Python objects: keep such values in tuples, not in a frame"

    kind.__init__ = checked  # type: ignore[misc]


_no_objects(pl.DataFrame)
_no_objects(pl.Series)


_NO_CASE = SimpleNamespace(params={})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What stands in `tests/browser` has a browser, and comes first: it takes longest, and short files fill up the end.

    Where SQLite stands for both databases, the case of PostgreSQL is a thorough one.
    """
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(900))  # on a busy machine; each wait has its own limit
        when = item.get_closest_marker("on_postgresql")
        if when and when.args == ("thorough",) and "postgresql" in getattr(item, "callspec", _NO_CASE).params.values():
            item.add_marker(pytest.mark.thorough)
    items.sort(key=lambda item: "browser" not in item.path.parts)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays for the whole run: thousands of tests and all modules."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_sessionfinish() -> None:
    """Count the process of which others were copies with the work of the tests."""
    forked.end()


@pytest.fixture(scope="session")
def postgres() -> Iterator[databases.Server]:
    """A PostgreSQL server; skipped where there is none, unless WTNET_REQUIRE_POSTGRES is set."""
    with databases.required(), databases.server() as running:
        yield running


Maker = Callable[[str], str]
"""Makes databases of a kind and gives the address of each."""


@pytest.fixture
def bare_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Maker]:
    """Makes databases without tables of a kind, `sqlite` (a file to be made) or `postgresql`, and gives the address of each."""
    with contextlib.ExitStack() as stack:
        numbers = itertools.count(1)

        def make(kind: str) -> str:
            if kind == "sqlite":
                return f"sqlite:///{tmp_path / 'a folder' / f'store {next(numbers)}.db'}"
            return stack.enter_context(request.getfixturevalue("postgres").fresh())

        yield make


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, bare_database: Maker) -> Iterator[Maker]:
    """Makes databases with tables but no rows in them, copied of one of their kind, and gives the address of each."""
    with contextlib.ExitStack() as stack:

        def make(kind: str) -> str:
            if kind == "postgresql":
                return stack.enter_context(request.getfixturevalue("postgres").prepared())
            address = bare_database(kind)
            path = Path(address.removeprefix("sqlite:///"))
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(prepared.without_rows())
            return address

        yield make


@pytest.fixture(params=databases.KINDS)
def store_url(request: pytest.FixtureRequest, empty_database: Maker) -> str:
    """The address of an empty database, once of each kind."""
    return empty_database(request.param)


@pytest.fixture
def database(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of one test's own database, which the app and the command line use: the shipped programmes are in it."""
    path = tmp_path_factory.mktemp("shipped") / "app.db"
    path.write_bytes(prepared.shipped())
    monkeypatch.setenv("WTNET_DATABASE_URL", f"sqlite:///{path}")
    with prepared.kept_in_memory():
        yield f"sqlite:///{path}"


@pytest.fixture
def no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of one test's own database that is not there yet, which the app and the command line use."""
    address = f"sqlite:///{tmp_path}/app.db"
    monkeypatch.setenv("WTNET_DATABASE_URL", address)
    with prepared.kept_in_memory():
        yield address


@pytest.fixture
def every_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word wherever both rated: nobody who answered is without (`measures.doubles`), as a small example needs it."""
    import importlib

    monkeypatch.setattr(importlib.import_module("wtnet.access.redact"), "doubles", lambda tables: {})


@pytest.fixture
def app_log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What the app writes to its log."""
    from wtnet.ui.frame import log

    log.log_event("test", logging.INFO)
    logging.getLogger("wtnet").addHandler(caplog.handler)
    yield caplog
    logging.getLogger("wtnet").removeHandler(caplog.handler)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command line with some arguments: its exit code, what it prints and what it complains of."""
    from wtnet.cli import main

    def go(*arguments: Any) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return go
