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
from typing import Any, ClassVar

import polars as pl
import pytest
from streamlit.runtime.pages_manager import PagesManager

from tests.support import databases
from tests.support.browsing import Window, windows
from wtnet.cli import main

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


def _no_objects(kind: type[Any]) -> None:
    """Let no test make a frame or series of Python objects.

    polars' own threads need the interpreter to copy them; where whoever holds it waits for those threads, as its `to_pandas`
    does, the server stands still for ever.
    """
    make = kind.__init__

    def checked(self: Any, *args: Any, **more: Any) -> None:
        make(self, *args, **more)
        types = self.dtypes if isinstance(self, pl.DataFrame) else [self.dtype]
        assert pl.Object not in types, "a column of Python objects: keep such values in tuples, not in a frame"

    kind.__init__ = checked  # type: ignore[misc]


_no_objects(pl.DataFrame)
_no_objects(pl.Series)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with a browser first: they take longest, and the short ones fill up what is left at the end."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(autouse=True)
def through_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run of an `AppTest` goes through `app.py`, as it does in a server once it has started.

    By itself it would take the folder `pages/` for an app of the older kind at each run and, from the second on, run the page
    alone: without the frame, the menu and the address.
    """
    begun = PagesManager.__init__

    def begin(self: PagesManager, *args: Any, **more: Any) -> None:
        begun(self, *args, **more)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", begin)


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
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The app, started on a fresh database for the tests of one file: (address, database)."""
    folder = tmp_path_factory.mktemp("app")
    database = f"sqlite:///{folder}/app.db"
    with serving(database, folder / "app.log") as address:
        yield address, database


@pytest.fixture(scope="module")
def app(house: tuple[str, str]) -> str:
    """The address of the app, started on a fresh database for the tests of one file."""
    return house[0]


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


class Visit(Window):
    """One person's window on the app's map."""

    SIZE: ClassVar[dict[str, int]] = {"width": 1280, "height": 900}
    STILL = 10

    def __init__(self, browser: Any, address: str, path: str = "/", **context: Any) -> None:
        super().__init__(browser, address, path, **context)

    def ready(self) -> None:
        """Wait until the map is drawn and nothing more arrives."""
        self.page.wait_for_selector(MAP, timeout=60_000)
        self.quiet()

    def where(self, partner: str) -> dict[str, float]:
        """Where a partner is drawn in the window."""
        return self.page.evaluate("id => window.wtnetMaps.map.where(id)", partner)

    def on_map(self, partner: str) -> tuple[float, float]:
        """Where a partner is drawn within the map, wherever the page is scrolled to."""
        at, box = self.where(partner), self.page.locator(".map").bounding_box()
        return at["x"] - box["x"], at["y"] - box["y"]

    def click_partner(self, partner: str) -> int:
        """Click a partner on the map; returns the bytes that came back."""
        return self.click_at(partner)

    def title(self) -> str:
        """The heading of the impact side."""
        return self.page.locator(".panel h3").inner_text()


@pytest.fixture
def visit(browser: Any, app: str) -> Iterator[Any]:
    """Open the app in a new window, as many times as a test asks; every one must stay on this machine and unbroken."""
    with windows(lambda path="/", **context: Visit(browser, app, path, **context)) as open_:
        yield open_


@pytest.fixture
def window(browser: Any, app: str) -> Iterator[Callable[..., Window]]:
    """Open a page as often as a test asks; every one must stay on this machine and unbroken."""
    with windows(lambda path, **context: Window(browser, app, path, **context)) as open_:
        yield open_


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command line with some arguments: its exit code, what it prints and what it complains of."""

    def go(*arguments: Any) -> tuple[int, str, str]:
        code = main([str(one) for one in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go
