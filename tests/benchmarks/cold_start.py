"""From the command to the first picture: `python -m tests.benchmarks.cold_start [FOLDER or REVISION …]`.

Starts the app in this folder and in each other one named (another version of it, or a revision of git, which is laid out
beside for the time being), each with an empty database, in turn and several times. Prints seconds from the command until
`/ready` answers, from there until the map is drawn in Chromium, both together, the server's processor time until then (waits
of a busy machine left out), and how much of the first one's the others take. Modules are compiled before, by a start that
does not count, as they are from the second start on.
"""

from __future__ import annotations

import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.support.browser import FLAGS, binary

TURNS = 3
_DRAWN = """() => [...document.querySelectorAll('*')].some(e => e.shadowRoot?.querySelector('.map')?.dataset.partners)"""


def start(folder: Path, browser: Any, compiled: str) -> tuple[float, float, float]:
    """Seconds until it is ready, from there until the map is drawn, and of the server's processor time for both."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as data:
        env = {**os.environ, "WTNET_DATABASE_URL": f"sqlite:///{data}/cold.db", "PYTHONPYCACHEPREFIX": compiled}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true"]
        begun, used = time.perf_counter(), _processor()
        server = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while time.perf_counter() - begun < 120:
                with suppress(OSError):
                    if urllib.request.urlopen(f"{address}/ready", timeout=5).status == 200:
                        break
                time.sleep(0.02)
            ready = time.perf_counter()
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.goto(address)
            page.wait_for_function(_DRAWN, timeout=120_000)
            drawn = time.perf_counter()
            page.context.close()
        finally:
            server.terminate()
            server.wait(20)
    return ready - begun, drawn - ready, _processor() - used


def _processor() -> float:
    """Seconds of processor time of the servers that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


@contextmanager
def laid_out(named: str) -> Iterator[Path]:
    """The folder of this name, or one with the revision of this name in it."""
    if Path(named).is_dir():
        yield Path(named)
        return
    with tempfile.TemporaryDirectory() as beside:
        folder = Path(beside) / named
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(folder), named], check=True)
        try:
            yield folder
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(folder)], check=True)


def main() -> None:
    from playwright.sync_api import sync_playwright

    with ExitStack() as others, sync_playwright() as running, tempfile.TemporaryDirectory() as compiled:
        folders = [Path.cwd(), *(others.enter_context(laid_out(named)) for named in sys.argv[1:])]
        browser = running.chromium.launch(executable_path=binary(), args=FLAGS)
        times: dict[Path, list[tuple[float, float, float]]] = {folder: [] for folder in folders}
        for turn in range(TURNS + 1):
            for folder in folders:
                measured = start(folder, browser, compiled)
                if turn:
                    times[folder].append(measured)
        browser.close()
    medians = {folder: [statistics.median(part) for part in zip(*runs, strict=True)] for folder, runs in times.items()}
    first = medians[folders[0]]
    for folder, (ready, drawn, used) in medians.items():
        share, of_processor = (ready + drawn) / (first[0] + first[1]), used / first[2]
        print(
            f"{folder.name}: ready {ready:.1f} s, drawn {drawn:.1f} s, together {ready + drawn:.1f} s ({share:.2f}); "
            f"processor {used:.1f} s ({of_processor:.2f})"
        )


if __name__ == "__main__":
    main()
