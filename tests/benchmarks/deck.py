"""How long a story takes: drafted, held against changed data, as a deck. Run: python -m tests.benchmarks.deck

Three programmes: the shipped one (66 partners, three waves), a dense survey of 70 and a sector of 2,000, whose maps are pictures.
The promise is a deck of 70 partners in under 5 seconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.support.made import sector, survey
from wtnet import importing, stories
from wtnet.store import Programme
from wtnet.stories.draft import again
from wtnet.stories.outdated import outdated_slides
from wtnet.tables import Tables
from wtnet.writers import prepare
from wtnet.writers.pptx import deck as pptx


def best(work: Callable[[], Any], runs: int = 5) -> float:
    """The shortest of some runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def one(label: str, programme: Programme, tables: Tables, partner: str | None, runs: int = 5) -> None:
    """A line for one story."""
    export = replace(prepare(programme, tables), partner=partner)
    story = stories.draft(tables, partner=partner)
    drafted = best(lambda: stories.draft(tables, partner=partner), runs)
    checked = best(lambda: outdated_slides(story, again(story, tables, programme.name, export.cells), tables), runs)
    deck = best(lambda: pptx.deck(story, export), runs)
    size = len(pptx.deck(story, export)) / 1000
    print(f"{label:34} draft {drafted:6.2f} s   stale {checked:6.2f} s   deck {deck:6.2f} s   {size:7,.0f} KB")


def main() -> None:
    """Every programme, a line each."""
    about, tables = next(each for each in importing.shipped() if each[0].id == "example")
    one("66 partners, of a museum", about, tables, "northcliff-museum-of-the-sea")
    one("66 partners, of the programme", about, tables, None)
    dense = survey(70, 0.12)
    one("70 partners, dense survey", Programme("dense", "Dense"), dense, None)
    wide = sector(2_000, 6_000)
    one("2,000 partners, as pictures", Programme("wide", "Wide"), wide, None, 2)
    one("one of 2,000 partners", Programme("wide", "Wide"), wide, wide.organisations["id"][5], 2)


if __name__ == "__main__":
    main()
