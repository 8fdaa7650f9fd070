"""The app as a server of its own on this machine."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.support.paths import ROOT


@contextlib.contextmanager
def serving(database: str, log: Path, script: Path = ROOT / "app.py", **environment: str) -> Iterator[str]:
    """The app (or another script) on a free port, with its own database; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.address", "127.0.0.1"]
    env = {
        **os.environ,
        "WTNET_DATABASE_URL": database,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        **environment,
    }
    with log.open("w") as out:
        app = subprocess.Popen(command, env=env, stdout=out, stderr=out, cwd=ROOT)
        try:
            for _ in range(300):
                with (
                    contextlib.suppress(OSError),
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as answer,
                ):
                    if answer.status == 200:
                        break
                time.sleep(0.2)
            else:
                raise RuntimeError(f"the app did not start:\n{log.read_text()[-2000:]}")
            yield f"http://127.0.0.1:{port}"
        finally:
            app.terminate()
            app.wait(20)
