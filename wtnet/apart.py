"""Work in a process of its own, with a limit of time and memory: a file that takes much of either holds up nobody else.

The process is this program's Python; what it is given and what it gives back goes through its standard input and output.
Memory is limited where the system can do that (not on Windows and macOS); where no process can be started, work is done here.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Any, TypeVar

from wtnet.errors import UnreadableFile, WtnetError

T = TypeVar("T")

SECONDS, MEMORY = 180, 3_000_000_000
"""How long one reading may take, and how many bytes it may take beside what Python itself takes."""
SETTING = "WTNET_READ_APART"
"""The environment variable that, set to 0, has files read in the server itself."""
_AT_ONCE = threading.Semaphore(2)
_ROOT = Path(__file__).parents[1]
_WAIT = 0.2
_listeners: list[Callable[[str], None]] = []
_spare: list[subprocess.Popen[bytes]] = []
_lock = threading.Lock()


class WorkFailed(Exception):
    """The work broke in a way that is no fault of the file; the words name the kind of error and the places, never contents."""


def at(words: str) -> None:
    """Say, in a process apart, what is being done: "Reading partners.xlsx (1 of 3)"; elsewhere nobody listens."""
    for tell in _listeners:
        tell(words)


def prepare(*modules: str) -> None:
    """Start a process that has loaded some modules and waits for work, if none does: loading takes longer than most files."""
    with _lock:
        if _is_wanted() and not any(process.poll() is None for process in _spare):
            with contextlib.suppress(OSError):
                _spare[:] = [_start(modules)]


def run(work: Callable[..., T], *given: Any, tell: Callable[[str], None] = lambda words: None, name: str = "The file") -> T:
    """What `work` (a function of a module) makes of `given`, done apart; `tell` hears, every so often, what it is at.

    If `tell` raises, the work is ended and the error goes on: so a person cancels it. Work that takes too long or too much
    memory, and a process that dies of a file, are an UnreadableFile; a `WtnetError` of the work is raised here.
    """
    if not _is_wanted():
        return work(*given)
    while not _AT_ONCE.acquire(timeout=_WAIT):
        tell("Waiting until another file is read")
    try:
        try:
            process = _taken()
        except OSError:
            return work(*given)
        try:
            return _awaited(process, (work, given, MEMORY), tell, name)
        finally:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    stream.close()  # type: ignore[union-attr]
    finally:
        _AT_ONCE.release()


def _is_wanted() -> bool:
    return os.environ.get(SETTING, "1") != "0"


def _taken() -> subprocess.Popen[bytes]:
    with _lock:
        while _spare:
            process = _spare.pop()
            if process.poll() is None:
                return process
    return _start()


def _start(modules: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    path = os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-c", f"from wtnet.apart import serve; serve({tuple(modules)!r})"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path, "POLARS_MAX_THREADS": "2"},
    )


def _awaited(process: subprocess.Popen[bytes], task: Any, tell: Callable[[str], None], name: str) -> Any:
    messages: queue.Queue[tuple[str, Any]] = queue.Queue()
    threading.Thread(target=_exchange, args=(process, task, messages), daemon=True).start()
    until, words = time.monotonic() + SECONDS, "Starting to read"
    while True:
        try:
            kind, value = messages.get(timeout=_WAIT)
        except queue.Empty:
            kind, value = "at", words
        if kind == "done":
            return value
        if kind == "refused":
            raise value
        if kind == "broken":
            raise WorkFailed(value)
        if kind == "memory":
            raise UnreadableFile(
                f"{name} takes more memory to read than {MEMORY / 1e9:.0f} GB and was put aside. Leave out what is not needed, "
                "or split it."
            )
        if kind == "ended":
            raise UnreadableFile(
                f"{name} could not be read: reading it broke off. It may be damaged: save it again, or split it."
            )
        words = value
        tell(words)
        if time.monotonic() > until:
            raise UnreadableFile(
                f"{name} took longer than {SECONDS // 60} minutes to read and was put aside. Leave out what is not needed, "
                "or split it."
            )


def _exchange(process: subprocess.Popen[bytes], task: Any, messages: queue.Queue[tuple[str, Any]]) -> None:
    """Give a process its task and pass on what it says, until it has done or is gone."""
    try:
        assert process.stdin and process.stdout
        _write(process.stdin, task)
        while True:
            message = _read(process.stdout)
            messages.put(message)
            if message[0] != "at":
                return
    except (OSError, EOFError, ValueError, struct.error, pickle.UnpicklingError):
        code = process.wait()
        messages.put(("memory" if code in (-6, 77) else "ended", None))  # a library without memory aborts


def serve(loaded: Sequence[str] = ()) -> None:
    """Serve in the process apart: load some modules, wait for one task, do it, and say what came of it."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    for module in loaded:
        import_module(module)
    work, given, memory = _read(sys.stdin.buffer)
    _limit_memory(memory)
    _listeners[:] = [lambda words: _write(out, ("at", words))]
    try:
        answer: tuple[str, Any] = ("done", work(*given))
    except WtnetError as error:
        answer = ("refused", error)
    except MemoryError:
        os._exit(77)
    except BaseException as error:
        answer = ("broken", _places(error))
    _write(out, answer)


def _places(error: BaseException) -> str:
    """The kind of an error and where in the program it was raised."""
    import traceback

    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_ROOT)]
    return " ".join(
        [type(error).__name__, *(f"{frame.filename.removeprefix(f'{_ROOT}/')}:{frame.lineno}" for frame in frames[-5:])]
    )


def _limit_memory(most: int) -> None:
    """Let this process take at most so many bytes more than it has, where the system can limit it."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + most, resource.RLIM_INFINITY))


def _write(stream: IO[bytes], value: Any) -> None:
    data = pickle.dumps(value, protocol=5)
    stream.write(struct.pack(">Q", len(data)))
    stream.write(data)
    stream.flush()


def _read(stream: IO[bytes]) -> Any:
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    return pickle.loads(stream.read(struct.unpack(">Q", head)[0]))
