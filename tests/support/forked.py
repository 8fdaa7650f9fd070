"""Processes beside a test's own: copies of one that has loaded the app, each of which begins at once and not in seconds."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
CONTEXT: Any = multiprocessing.get_context(_METHOD)
"""How such processes and the pipes to them are made."""
CONTEXT.set_forkserver_preload(["tests.support.loaded"])


def start(work: Callable[..., object], *arguments: object) -> BaseProcess:
    """Begin a process that does some work and ends; whatever this process has open, works out or listens to is not in it."""
    with _settings(POLARS_ALLOW_FORKING_THREAD="1", OPENBLAS_NUM_THREADS="1"):  # a thread would not be in the copies
        process = CONTEXT.Process(target=work, args=arguments, daemon=True)
        process.start()
    return process


def as_program(command: list[str], environment: Mapping[str, str], log: Path) -> None:
    """Be `streamlit` with some arguments, as if started from a shell with these settings and its output in a file."""
    import sys

    from streamlit.web.cli import main

    with log.open("ab", buffering=0) as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["streamlit", *command]
    main(prog_name="streamlit")


def end() -> None:
    """Let the process go of which the others are copies."""
    with suppress(AttributeError):
        forkserver._forkserver._stop()  # type: ignore[attr-defined]


class _settings:
    """Some environment variables, for what begins meanwhile."""

    def __init__(self, **values: str) -> None:
        self._values = values

    def __enter__(self) -> None:
        self._before = {name: os.environ.get(name) for name in self._values}
        os.environ.update(self._values)

    def __exit__(self, *_: object) -> None:
        for name, value in self._before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
