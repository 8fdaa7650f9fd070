"""The app as a server of its own on this machine."""

from __future__ import annotations

import contextlib
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.support import forked, prepared
from tests.support.paths import ROOT
from wtnet.store.settings import STORE_ID


class House(NamedTuple):
    """A running app: its address and that of its database."""

    address: str
    database: str


@contextlib.contextmanager
def serving(
    database: str, log: Path, script: Path = ROOT / "app.py", as_shipped: bool = False, **environment: str
) -> Iterator[str]:
    """The app (or another script) on a free port, with its own database; yields its address.

    With `as_shipped` it gets no setting but the port beside those that ship.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["run", str(script), "--server.port", str(port)]
    if not as_shipped:
        command += ["--server.headless", "true", "--server.address", "127.0.0.1", "--server.fileWatcherType", "none"]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "WTNET_DATABASE_URL": database, "PYTHONPATH": path, **environment}
    log.write_bytes(b"")
    with (_started if as_shipped else _copied)(command, env, log) as ended:
        _wait_for(ended, port, log)
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def _started(command: list[str], env: dict[str, str], log: Path) -> Iterator[Callable[[], bool]]:
    """Streamlit as a shell starts it; yields whether it has ended."""
    with log.open("w") as out:
        app = subprocess.Popen([sys.executable, "-m", "streamlit", *command], env=env, stdout=out, stderr=out, cwd=ROOT)
        try:
            yield lambda: app.poll() is not None
        finally:
            app.terminate()
            app.wait(20)


@contextlib.contextmanager
def _copied(command: list[str], env: dict[str, str], log: Path) -> Iterator[Callable[[], bool]]:
    """The same by a copy of a process that has loaded the app, which is most of the work of a start."""
    app = forked.start(forked.as_program, command, env, log)
    try:
        yield lambda: not app.is_alive()
    finally:
        app.terminate()
        app.join(20)


def _wait_for(ended: Callable[[], bool], port: int, log: Path) -> None:
    """Wait until the app answers."""
    until = time.monotonic() + 120
    while time.monotonic() < until and not ended():
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.1)  # between two questions: there is nothing else to wait for
    raise RuntimeError(f"the app did not start:\n{log.read_text()[-2000:]}")


class Houses:
    """The app for one file of tests after another: the same server goes on while nobody has written to its database."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._number = folder, 0
        self._stack: contextlib.ExitStack | None = None
        self._house: House | None = None
        self._content: list[str] = []

    def clean(self) -> House:
        """The app with the shipped programmes and nothing else."""
        if self._house is None or content(self._house.database) != self._content:
            self.close()
            self._number += 1
            path = self._folder / f"app {self._number}.db"
            path.write_bytes(prepared.shipped())
            self._content = content(f"sqlite:///{path}")
            self._stack = contextlib.ExitStack()
            address = self._stack.enter_context(serving(f"sqlite:///{path}", path.with_suffix(".log")))
            self._house = House(address, f"sqlite:///{path}")
        return self._house

    def close(self) -> None:
        """Stop the server."""
        if self._stack is not None:
            self._stack.close()
        self._stack = self._house = None


def content(database: str) -> list[str]:
    """All that an SQLite database holds, as the statements that would make it; without its own name, drawn at the first visit."""
    with contextlib.closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
        return [statement for statement in connection.iterdump() if f"'{STORE_ID}'" not in statement]
