"""A process that accepts one import after another and is killed in the middle (`kill -9`), and what it leaves behind.

The process to kill opens the store, waits for a word, then accepts imports for ever, or until it has come to the SQL
statement of the given number in an import, where it kills itself (-1: as soon as one is stored).
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import sqlalchemy as sa

from tests.support import forked
from tests.support.frames import frame
from wtnet.importing import propose
from wtnet.store import Programme, Store
from wtnet.tables import Tables

_STATEMENTS = 45  # with their ends: about those of one import
_STORED = -1  # instead of a statement: as soon as the import is stored, before the process can say so


def state(number: int, partners: int = 120) -> Tables:
    """What the programme is after so many imports: every row of every import is another."""
    ids = [f"o{at}" for at in range(partners - number % 3)]
    pairs = [(one, ids[at - 7]) for at, one in enumerate(ids)]
    return Tables(
        {
            "organisations": frame(
                "organisations",
                *[{"id": one, "name": f"{one} in {number}", "kind": "museum", "sharing": "public"} for one in ids],
            ),
            "waves": frame("waves", {"id": "w", "name": f"Wave {number}"}),
            "partnerships": frame(
                "partnerships",
                *[{"id": f"t-{one}", "source": one, "target": other, "evidence": f"{number}"} for one, other in pairs],
            ),
            "ratings": frame(
                "ratings", *[{"wave": "w", "rater": one, "partner": other, "comment": f"{number}"} for one, other in pairs]
            ),
        }
    )


@dataclass
class Outcome:
    """Trials, and stores that survived; of those that died inside an import, how many were as before it and as after.

    `revisions` is how many the store holds at the end.
    """

    trials: int = 0
    survived: int = 0
    before: int = 0
    after: int = 0
    revisions: int = 0


def trials(url: str, number: int, seed: int = 1) -> Outcome:
    """Kill so many processes in an import, at a statement, at a moment or just after it is stored; look at the store after.

    A store survived if its file is sound, every revision is exactly as it was accepted, every import that the process was
    told is stored is there, and the one it was at is there wholly or not at all; anything else is an AssertionError.
    """
    draw = random.Random(seed)
    with Store(url) as store:
        usual = min(_created(store, name) for name in ("one", "two", "three"))
        found = Outcome(revisions=1)
        points = [(0, draw.randint(1, _STATEMENTS), 0, _STORED)[trial % 4] for trial in range(number)]
        for (process, line), point in zip(_ready(url, points), points, strict=True):
            line.send_bytes(b"begin")
            said = [line.recv_bytes()]
            if not point:
                time.sleep(draw.uniform(0.0, 2 * usual))
                process.kill()
            with suppress(EOFError, ConnectionResetError):
                while True:
                    said.append(line.recv_bytes())
            process.join(60)
            assert process.exitcode == -signal.SIGKILL, process.exitcode
            found.trials += 1
            _look(store, url, said, found)
    return found


def _created(store: Store, name: str) -> float:
    """Seconds to store the first state of a programme, about as many as an import takes."""
    began = time.perf_counter()
    store.create(Programme(name, name), state(0), "me", "first")
    return time.perf_counter() - began


def _ready(url: str, points: list[int]) -> Iterator[tuple[BaseProcess, Connection]]:
    """A process for each point that has opened the store and waits, with the line to it."""
    for point in points:
        line, end = forked.CONTEXT.Pipe()
        process = forked.start(_accept_for_ever, url, point, end)
        end.close()
        try:
            assert line.recv_bytes() == b"ready"
            yield process, line
        finally:
            process.kill()
            process.join()
            line.close()


def _look(store: Store, url: str, said: list[bytes], found: Outcome) -> None:
    """The store after a kill, compared with what the process said: each number once when at it, once when stored."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(sa.make_url(url).database)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    else:  # the server may need a moment to find its client gone; until then it holds the programme
        with store._database.engine.begin() as connection:
            connection.exec_driver_sql("SELECT id FROM programmes FOR UPDATE")
    history = list(reversed(store.history("one")))
    for number in range(found.revisions, len(history)):
        assert store.load("one", history[number].id) == state(number)
    assert store.load("one") == state(len(history) - 1)
    stored = found.revisions + len(said) // 2
    if len(said) % 2:
        assert len(history) in (stored, stored + 1)
        found.before += len(history) == stored
        found.after += len(history) == stored + 1
    else:
        assert len(history) == stored
    found.revisions = len(history)
    found.survived += 1


def _accept_for_ever(url: str, point: int, line: Connection) -> None:
    with Store(url) as store:
        line.send_bytes(b"ready")
        line.recv_bytes()
        number = len(store.history("one"))
        left = point

        def counts(*_: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        moments = ("checkin",) if point == _STORED else ("before_cursor_execute", "after_cursor_execute", "commit")
        while True:
            base = store.head("one")
            proposal = propose(store.load("one", base), state(number), replace=True).emptied
            line.send_bytes(b"%d" % number)
            if point and left == point:
                left = abs(point)
                for moment in moments:
                    sa.event.listen(store._database.engine, moment, counts)
            store.commit("one", proposal.tables, base=base, author="me", reason="file", kind="import")
            line.send_bytes(b"%d" % number)
            number += 1
