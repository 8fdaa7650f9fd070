"""From the command to the first picture: `python -m tests.benchmarks.cold_start [FOLDER …]`.

Starts the app in this folder and in each other one named (another version of it), each with an empty database, in turn and
several times. Prints seconds from the command until `/ready` answers, from there until the map is drawn in Chromium, both
together, and how much of the first one's time the others take.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.support.browser import FLAGS, binary

TURNS = 3
_DRAWN = """() => [...document.querySelectorAll('*')].some(e => e.shadowRoot?.querySelector('.map')?.dataset.partners)"""


def start(folder: Path, browser: Any) -> tuple[float, float]:
    """Seconds until it is ready, and from there until the map is drawn."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as data:
        env = {**os.environ, "WTNET_DATABASE_URL": f"sqlite:///{data}/cold.db"}
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true"]
        begun = time.perf_counter()
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
    return ready - begun, drawn - ready


def main() -> None:
    from playwright.sync_api import sync_playwright

    folders = [Path.cwd(), *map(Path, sys.argv[1:])]
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=binary(), args=FLAGS)
        times: dict[Path, list[tuple[float, float]]] = {folder: [] for folder in folders}
        for _ in range(TURNS):
            for folder in folders:
                times[folder].append(start(folder, browser))
        browser.close()
    medians = {folder: [statistics.median(part) for part in zip(*runs, strict=True)] for folder, runs in times.items()}
    whole = sum(medians[folders[0]])
    for folder, (ready, drawn) in medians.items():
        share = (ready + drawn) / whole
        print(f"{folder.name}: ready {ready:.1f} s, drawn {drawn:.1f} s, together {ready + drawn:.1f} s ({share:.2f})")


if __name__ == "__main__":
    main()
