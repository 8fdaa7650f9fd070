"""What tests share: the running app, and a real browser to drive it."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import databases

ROOT = Path(__file__).parents[1]
MAP = ".map[data-drawn='true']"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.contextmanager
def serving(database: str, log: Path, script: Path = ROOT / "app.py") -> Iterator[str]:
    """The app (or another script) on a free port of this machine, with its own database; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.address", "127.0.0.1"]
    env = {
        **os.environ,
        "WTNET_DATABASE_URL": database,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    with log.open("w") as out:
        app = subprocess.Popen(command, env=env, stdout=out, stderr=out, cwd=ROOT)
        try:
            for _ in range(300):
                with (
                    contextlib.suppress(OSError),
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as said,
                ):
                    if said.status == 200:
                        break
                time.sleep(0.2)
            else:
                raise RuntimeError(f"the app did not start:\n{log.read_text()[-2000:]}")
            yield f"http://127.0.0.1:{port}"
        finally:
            app.terminate()
            app.wait(20)


@pytest.fixture(scope="session")
def postgres() -> Iterator[databases.Server]:
    """A PostgreSQL server; skipped where there is none, unless WTNET_REQUIRE_POSTGRES is set."""
    with databases.required(), databases.server() as running:
        yield running


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Makes empty databases of a kind, `sqlite` (a file to be made) or `postgresql`, and gives the address of each."""
    with contextlib.ExitStack() as made:
        numbers = itertools.count(1)

        def make(kind: str) -> str:
            if kind == "sqlite":
                return f"sqlite:///{tmp_path / 'a folder' / f'store {next(numbers)}.db'}"
            return made.enter_context(request.getfixturevalue("postgres").fresh())

        yield make


@pytest.fixture(params=databases.KINDS)
def store_url(request: pytest.FixtureRequest, empty_database: Callable[[str], str]) -> str:
    """The address of an empty database, once of each kind."""
    return empty_database(request.param)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, started on a fresh database for the tests of one file."""
    folder = tmp_path_factory.mktemp("app")
    with serving(f"sqlite:///{folder}/app.db", folder / "app.log") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Chromium; skipped where there is none, unless WTNET_REQUIRE_BROWSER is set."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        if os.environ.get("WTNET_REQUIRE_BROWSER"):
            pytest.fail("WTNET_REQUIRE_BROWSER is set, but there is no chromium on this machine")
        pytest.skip("no chromium on this machine; browser journeys are not run")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield running
        running.close()


class Visit:
    """One person's browser window on the app: what it received, asked for and broke."""

    def __init__(self, browser: Any, address: str, path: str = "/", **context: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, **context)
        self.page = self.context.new_page()
        self.received: list[int] = []
        self.strayed: list[str] = []
        self.errors: list[str] = []
        self.page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: self.received.append(len(frame))))
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(address + path)
        self.page.wait_for_selector(MAP, timeout=60_000)
        self.quiet()

    def _asked(self, request: Any) -> None:
        if request.url.startswith(("http", "ws")) and "//127.0.0.1" not in request.url:
            self.strayed.append(request.url)

    def quiet(self) -> None:
        """Wait until nothing has arrived for a second and a half."""
        seen, still = -1, 0
        while still < 16:
            self.page.wait_for_timeout(100)
            still = still + 1 if len(self.received) == seen else 0
            seen = len(self.received)

    def where(self, partner: str) -> dict[str, float]:
        """Where a partner is drawn in the window."""
        return self.page.evaluate("id => window.wtnetMaps.map.where(id)", partner)

    def on_map(self, partner: str) -> tuple[float, float]:
        """Where a partner is drawn within the map, wherever the page is scrolled to."""
        at, box = self.where(partner), self.page.locator(".map").bounding_box()
        return at["x"] - box["x"], at["y"] - box["y"]

    def click_partner(self, partner: str) -> int:
        """Click a partner on the map; returns the bytes that came back."""
        self.page.locator(".map").scroll_into_view_if_needed()
        at = self.where(partner)
        before = sum(self.received)
        self.page.mouse.click(at["x"], at["y"])
        self.quiet()
        return sum(self.received) - before

    def title(self) -> str:
        """The heading of the impact side."""
        return self.page.locator(".panel h3").inner_text()


@pytest.fixture
def visit(browser: Any, app: str) -> Iterator[Any]:
    """Open the app in a new window, as many times as a test asks; every one must stay on this machine and unbroken."""
    opened: list[Visit] = []

    def open_(path: str = "/", **context: Any) -> Visit:
        opened.append(Visit(browser, app, path, **context))
        return opened[-1]

    yield open_
    for one in opened:
        assert one.strayed == [], "a request left the machine"
        assert one.errors == [], "a script failed"
        assert one.page.locator(".stException").count() == 0
        one.context.close()
