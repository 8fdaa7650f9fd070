"""Work for a process apart: it lasts for ever, takes all memory, dies, breaks off."""

from __future__ import annotations

import os
import time


def for_ever() -> None:
    """A file that never ends."""
    while True:
        time.sleep(0.05)


def take_memory() -> int:
    """A file that fills memory."""
    return len([bytearray(50_000_000) for _ in range(1_000)])


def die() -> None:
    """A library that falls over a file."""
    os._exit(3)


def break_off() -> None:
    """A fault of the program."""
    raise KeyError("Jo Marsh")


def where() -> int:
    """The process in which the work is done."""
    print("a library prints this")
    return os.getpid()
