"""Several processes that save to one programme at once, and whether anything of any of them is lost.

Run as a program it is one of the processes: it opens the store, waits for a line, then saves again and again: a row of its
own each time, and its own cell of a row that all of them change. It says `base` or `merged` for every save.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass

import polars as pl

from tests.support.frames import frame
from tests.support.paths import ROOT
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
        command = [sys.executable, "-m", "tests.support.crowd", url]
        crowd = [
            subprocess.Popen(
                [*command, str(number), str(commits)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for number in range(processes)
        ]
        try:
            for one in crowd:
                assert one.stdout.readline() == "ready\n"
            began = time.perf_counter()
            for one in crowd:
                one.stdin.write("\n")
                one.stdin.flush()
            said = Counter(word for one in crowd for word in one.communicate(timeout=600)[0].split())
            seconds = time.perf_counter() - began
        finally:
            for one in crowd:
                one.kill()
                one.wait()
        assert all(one.returncode == 0 for one in crowd)
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


def _save(url: str, number: int, commits: int) -> None:
    column = CELLS[number % len(CELLS)]
    with Store(url, wait=120) as store:
        store.head("one")
        print("ready", flush=True)
        sys.stdin.readline()
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
            print("base" if made.parent == base else "merged", flush=True)
            tables, base = store.load("one", made.id), made.id


if __name__ == "__main__":
    _save(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
