"""What tests share: the running app, and a real browser to drive it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
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
    env = {**os.environ, "WTNET_DATABASE_URL": database, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
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
