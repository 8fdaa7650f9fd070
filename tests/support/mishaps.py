"""Processes to which something happens while they use a store: they die, their disk is full, they may not read or write."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from tests.support import forked
from tests.support.stored import ONE, partners, whole
from wtnet.errors import StoreError
from wtnet.store import Programme, Store, records
from wtnet.tables import Tables

Say = Callable[[str], object]


def ended(work: Callable[..., None], *arguments: object) -> tuple[int | None, list[str]]:
    """The exit code of a process that did some work, and what it said, line by line."""
    line, end = forked.CONTEXT.Pipe(duplex=False)
    process = forked.start(_begin, work, end, *arguments)
    end.close()
    said = []
    with line, suppress(EOFError):
        while True:
            said.append(line.recv())
    process.join(60)
    return process.exitcode, said


def _begin(work: Callable[..., None], end: object, *arguments: object) -> None:
    sys.dont_write_bytecode = True  # a compiled module cut off would stay for all others
    work(end.send, *arguments)  # type: ignore[attr-defined]


def die_in_a_commit(say: Say, url: str, base: int) -> None:
    """Come to an end, as by a power cut, once the ratings of a commit are written."""
    write = records.write

    def dying(connection: object, name: str, *rest: object, **frames: object) -> None:
        write(connection, name, *rest, **frames)  # type: ignore[arg-type]
        if name == "ratings":
            os._exit(9)

    records.write = dying  # type: ignore[assignment]
    Store(url).commit("one", Tables(), base=base, author="x", reason="x")


def fill_the_disk(say: Say, url: str, base: int) -> None:
    """Commit where files may grow by ever more bytes and never enough, and say what is told of each."""
    import resource

    store = Store(url, wait=0.2)
    big = whole().with_(organisations=partners(*["y" * 2000] * 300))
    for more in range(0, 400_000, 40_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (more, resource.RLIM_INFINITY))
        try:
            store.commit("one", big, base=base, author="x", reason="x")
        except StoreError as error:
            say(str(error))
        assert store.load("one") == whole()


def open_without_rights(say: Say, *urls: str) -> None:
    """Load and create as somebody who is not root, and say what came of each."""
    if os.getuid() == 0:
        with Store(urls[0].replace("store.db", "other.db")) as other:  # loads what only root may read
            other.create(ONE, whole(), "me", "why")
            other.load("one")
        os.setuid(65534)
    for url in urls:
        try:
            store = Store(url, wait=0.2)
            say("same" if store.load("one") == whole() else "other")
            store.create(Programme("two", "Two"), Tables(), "me", "why")
        except StoreError as error:
            say(str(error))
