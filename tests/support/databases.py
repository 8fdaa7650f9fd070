"""The databases that the store is tested on: SQLite files, and a real PostgreSQL server.

The server is the one named by WTNET_TEST_POSTGRES (an address whose user may create databases; theirs are dropped
again), else a private one, started from Debian's package in a folder of its own and reached by a socket there.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from wtnet.store import Store

KINDS = ("sqlite", "postgresql")
NAMED, REQUIRED = "WTNET_TEST_POSTGRES", "WTNET_REQUIRE_POSTGRES"
_SMALL = {"shared_buffers": "32MB", "max_connections": "60", "listen_addresses": ""}
_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class Missing(Exception):
    """Why there is no PostgreSQL to test on, as a sentence."""


class Server:
    """A PostgreSQL server with as many fresh databases as tests ask for."""

    def __init__(self, url: str) -> None:
        self._url = sa.make_url(url).set(drivername="postgresql+psycopg")
        self._engine = sa.create_engine(self._url, isolation_level="AUTOCOMMIT")
        self._model: sa.URL | None = None
        self._kept = contextlib.ExitStack()
        self._made = (f"wtnet_test_{os.getpid()}_{number}" for number in itertools.count())

    @contextlib.contextmanager
    def fresh(self, options: str = "") -> Iterator[str]:
        """The address of a new, empty database, dropped at the end; `options` as for CREATE DATABASE."""
        name = next(self._made)
        with self._engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} {options}")
        try:
            yield self._url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
        finally:
            with self._engine.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")

    def prepared(self) -> contextlib.AbstractContextManager[str]:
        """The address of a new database with the tables of the store and no rows, dropped at the end."""
        if self._model is None:
            self._model = sa.make_url(self._kept.enter_context(self.fresh()))
            Store(self._model.render_as_string(hide_password=False)).close()
        return self.fresh(f"TEMPLATE {self._model.database}")

    def close(self) -> None:
        """Let go of the server."""
        self._kept.close()
        self._engine.dispose()


@contextlib.contextmanager
def server(quick: bool = True) -> Iterator[Server]:
    """The named server, else a private one for as long as the block lasts; Missing if there is neither.

    A `quick` private server may lose its data in a crash of the machine; another writes as safely as it is shipped.
    """
    named = os.environ.get(NAMED, "").strip()
    with contextlib.nullcontext(named) if named else _private(quick) as url:
        running = Server(url)
        try:
            yield running
        finally:
            running.close()


@contextlib.contextmanager
def _private(quick: bool) -> Iterator[str]:
    tools = _tools()
    as_whom = _as_whom()
    folder = Path(tempfile.mkdtemp(prefix="wtnet-pg-"))  # short: the path of a socket may have 107 bytes
    try:
        if as_whom:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        _run(*as_whom, tools / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        chosen = {**_SMALL, **(_QUICK if quick else {}), "unix_socket_directories": folder}
        settings = [f"-c {name}={value or repr('')}" for name, value in chosen.items()]
        control = [*as_whom, tools / "pg_ctl", "-D", data, "-w", "-t", "60"]
        _run(*control, "-l", folder / "log", "-o", " ".join(settings), "start")
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            _run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tools() -> Path:
    """The folder of initdb and pg_ctl: on the path, else the newest of Debian's."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: float(one.parent.name), reverse=True)
    for folder in [*folders, *debian]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise Missing(f"no PostgreSQL on this machine, and none is named in {NAMED}; the store is tested on SQLite only")


def _as_whom() -> list[str]:
    """What to put before a command so that it does not run as root, as which PostgreSQL refuses to start."""
    if not hasattr(os, "getuid") or os.getuid() != 0:
        return []
    with contextlib.suppress(ImportError, KeyError):
        import pwd

        pwd.getpwnam("postgres")
        if runuser := shutil.which("runuser"):
            return [runuser, "-u", "postgres", "--"]
    raise Missing("PostgreSQL does not start as root, and there is no user postgres to start it as; tested on SQLite only")


def _run(*command: object) -> None:
    # A server that goes on holds what it was given to write to, so that goes to a file and not to a pipe.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [str(part) for part in command], stdout=said, stderr=said, stdin=subprocess.DEVNULL, cwd="/", check=False
        )
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{command[-1]} failed: {said.read()[-2000:]}")


@contextlib.contextmanager
def required() -> Iterator[None]:
    """A server that is missing skips the test with the reason, or fails it where WTNET_REQUIRE_POSTGRES is set."""
    try:
        yield
    except Missing as reason:
        if os.environ.get(REQUIRED):
            pytest.fail(f"{REQUIRED} is set, but: {reason}")
        pytest.skip(str(reason))
