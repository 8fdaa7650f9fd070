"""Several processes that save to one programme at once, and whether anything of any of them is lost.

Each opens the store, waits for a word, then saves again and again: a row of its own each time, and its own cell of a row
that all of them change. It says `base` or `merged` for every save.
"""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

import polars as pl

from tests.support import forked
from tests.support.frames import frame
from wtnet.store import Programme, Store
from wtnet.tables import Tables, schema

CELLS = ("level", "reliability", "mission", "openness", "influence", "involvement", "resources", "comment")
"""The cells of the one rating that all change, a process each."""


@dataclass
class Outcome:
    """How many revisions there are after the first, how many rows and cells are as they were last saved, and seconds taken."""

    revisions: int
    rows: int
    cells: int
    merged: int
    seconds: float


def start() -> Tables:
    """Two partners, a wave and a rating."""
    return Tables(
        {
            "organisations": frame(
                "organisations", {"id": "a", "name": "A", "kind": "museum"}, {"id": "b", "name": "B", "kind": "museum"}
            ),
            "waves": frame("waves", {"id": "w", "name": "W"}),
            "ratings": frame("ratings", {"wave": "w", "rater": "a", "partner": "b"}),
        }
    )


def save_at_once(url: str, processes: int, commits: int) -> Outcome:
    """Let so many processes save so many times each, all at once, and look at what is there after."""
    with Store(url) as store:
        store.create(Programme("one", "One"), start(), "me", "first")
        lines = [forked.CONTEXT.Pipe() for _ in range(processes)]
        crowd = [forked.start(_save, url, number, commits, end) for number, (_, end) in enumerate(lines)]
        for _, end in lines:
            end.close()
        try:
            for line, _ in lines:
                assert line.recv() == "ready"
            began = time.perf_counter()
            for line, _ in lines:
                line.send("begin")
            said = Counter(word for line, _ in lines for word in _words(line))
            seconds = time.perf_counter() - began
            for process in crowd:
                process.join(60)
        finally:
            for process in crowd:
                process.kill()
                process.join()
        assert all(process.exitcode == 0 for process in crowd)
        there = store.load("one")
        history = store.history("one")
        assert Counter(one.author for one in history) == Counter({f"process {at}": commits for at in range(processes)}) + Counter(
            ["me"]
        )
        assert all(one.parent == before.id for one, before in itertools.pairwise(history))
        kept = {f"{at}-{nth}" for at in range(processes) for nth in range(commits)} & set(there.organisations["id"])
        rating = there.ratings.row(0, named=True)
        cells = sum(rating[CELLS[at]] == _value(CELLS[at], commits - 1) for at in range(min(processes, len(CELLS))))
        return Outcome(len(history) - 1, len(kept), cells, said["merged"], seconds)


def _value(column: str, nth: int) -> int | str:
    """What a process's cell is after its save of this number; never the same twice in a row."""
    return 1 + nth % 4 if column != "comment" else str(nth)


def _words(line: Connection) -> Iterator[str]:
    """What a process says until it ends."""
    with suppress(EOFError):
        while line.poll(600):
            yield line.recv()


def _save(url: str, number: int, commits: int, line: Connection) -> None:
    column = CELLS[number % len(CELLS)]
    with Store(url, wait=120) as store:
        store.head("one")
        line.send("ready")
        line.recv()
        base = store.head("one")
        tables = store.load("one", base)
        for nth in range(commits):
            row = {"id": f"{number}-{nth}", "name": f"{nth} of {number}", "kind": "museum"}
            value = pl.lit(_value(column, nth)).cast(schema.SCHEMAS["ratings"].polars()[column])
            tables = tables.with_(
                organisations=pl.concat([tables.organisations, frame("organisations", row)]),
                ratings=tables.ratings.with_columns(value.alias(column)),
            )
            made = store.commit("one", tables, base=base, author=f"process {number}", reason=f"{nth}", kind="edit")
            line.send("base" if made.parent == base else "merged")
            tables, base = store.load("one", made.id), made.id
