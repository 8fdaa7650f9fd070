"""How long the store takes, and whether it loses anything: `python tests/benchmarks/store.py [PART …] [sqlite|postgresql]`.

Parts (all of them but `kill` if none is named), on both kinds of database if none is named:

accept      check, propose and accept 100,000 ties between 10,000 partners into a new programme; open them; one change more
revisions   opening the last revision after 1,000 revisions, beside the same rows as a first one
crowd       8 processes that save 50 times each, at once
kill        200 processes killed while they accept imports (SQLite; 40 on PostgreSQL)
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.support import databases
from tests.support.crowd import save_at_once
from tests.support.killed import trials
from tests.support.made import sector
from wtnet.importing import check_files, propose
from wtnet.store import Programme, Store
from wtnet.tables import Tables

ONE = Programme("one", "One")


def accept(url: str, partners: int = 10_000, ties: int = 100_000) -> None:
    """A folder of CSV files, as it is brought in."""
    made = sector(partners, ties)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("organisations", "partnerships"):
            made[name].write_csv(Path(folder) / f"{name}.csv")
        began = time.perf_counter()
        checked = check_files([folder])
        assert checked.ok, checked.problems[:3]
    read = time.perf_counter() - began
    with Store(url) as store:
        proposal, proposed = _timed(lambda: propose(Tables(), checked.tables).emptied)
        revision, stored = _timed(lambda: store.create(ONE, proposal.tables, "me", "first"))
        loaded, opened = _timed(lambda: store.load("one"))
        assert loaded == checked.tables
        level = pl.when(pl.int_range(pl.len()) == 7).then(0).otherwise("level").cast(pl.Int8).alias("level")
        changed = loaded.with_(partnerships=loaded.partnerships.with_columns(level))
        _, again = _timed(lambda: store.commit("one", changed, base=revision.id, author="me", reason="one cell"))
        _, undone = _timed(lambda: store.undo("one", "me"))
        assert store.load("one") == loaded
    print(
        f"  {ties:,} ties, {partners:,} partners: read and checked {read:.1f} s, proposed {proposed:.1f}, accepted {stored:.1f}"
    )
    print(f"  in all {read + proposed + stored:.1f} s; opened {opened:.2f} s; one cell more {again:.1f} s; undone {undone:.1f} s")


def revisions(url: str, other: str, number: int = 1_000, partners: int = 1_000, ties: int = 3_000) -> None:
    """Each revision changes ten partners and ten ties, and every tenth adds and removes some.

    The last revision is opened in turn with the same rows in another database, where they are the first revision, so that
    whatever else the machine does weighs on both.
    """
    tables = sector(partners, ties)
    with Store(url) as store, Store(other) as fresh:
        head = store.create(ONE, tables, "me", "first").id
        for nth in range(number - 1):
            tables = _changed(tables, nth)
            head = store.commit("one", tables, base=head, author="me", reason=f"{nth}", kind="edit").id
        fresh.create(ONE, tables, "me", "first")
        assert store.load("one") == fresh.load("one") == tables
        assert len(store.history("one")) == number
        took = [(_timed(lambda: fresh.load("one"))[1], _timed(lambda: store.load("one"))[1]) for _ in range(40)]
        history = _timed(lambda: store.history("one"))[1]
    for what, of in (("median", statistics.median), ("quickest", min)):
        first, last = (of(side) * 1e3 for side in zip(*took, strict=True))
        print(f"  opening the last of 1: {first:.1f} ms, of {number:,}: {last:.1f} ms ({what} of 40), ratio {last / first:.2f}")
    print(f"  listing {number:,} revisions: {history * 1e3:.1f} ms")


def _changed(tables: Tables, nth: int) -> Tables:
    hit = (pl.int_range(pl.len()) - nth * 10) % pl.len() < 10
    tables = tables.with_(
        organisations=tables.organisations.with_columns(
            pl.when(hit).then(pl.lit(f"place {nth}")).otherwise("place").alias("place")
        ),
        partnerships=tables.partnerships.with_columns(
            pl.when(hit).then(pl.lit(f"seen {nth}")).otherwise("evidence").alias("evidence")
        ),
    )
    if nth % 10:
        return tables
    new = tables.partnerships[:3].with_columns(pl.format("n{}-{}", pl.lit(nth), pl.int_range(pl.len())).alias("id"))
    return tables.with_(partnerships=pl.concat([tables.partnerships[3:], new]))


def crowd(url: str) -> None:
    """Eight at once."""
    print(f"  {save_at_once(url, 8, 50)}")


def kill(url: str) -> None:
    """Many trials, from another seed than the suite's."""
    print(f"  {trials(url, 200 if url.startswith('sqlite') else 40, seed=2)}")


def _timed(run: Callable) -> tuple:
    began = time.perf_counter()
    return run(), time.perf_counter() - began


def _run(part: str, url: str, other: str) -> None:
    if part == "revisions":
        revisions(url, other)
    else:
        PARTS[part](url)


PARTS = {"accept": accept, "crowd": crowd, "kill": kill}


def main(asked: list[str]) -> None:
    """The parts asked for, on the kinds of database asked for."""
    kinds = [one for one in asked if one in databases.KINDS] or list(databases.KINDS)
    for part in [one for one in asked if one not in databases.KINDS] or ["accept", "revisions", "crowd"]:
        if "sqlite" in kinds:
            with tempfile.TemporaryDirectory() as folder:
                print(f"{part}, SQLite", flush=True)
                _run(part, f"sqlite:///{folder}/store.db", f"sqlite:///{folder}/other.db")
        if "postgresql" in kinds:
            try:
                with databases.server(quick=False) as server, server.fresh() as url, server.fresh() as other:
                    print(f"{part}, PostgreSQL", flush=True)
                    _run(part, url, other)
            except databases.Missing as reason:
                print(f"  {reason}")


if __name__ == "__main__":
    main(sys.argv[1:])
