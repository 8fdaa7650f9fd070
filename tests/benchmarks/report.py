"""How long everything that is taken away takes, and how large it is: `python -m tests.benchmarks.report`.

The whole report of 70 partners must be there in 10 seconds, the offline map of 300 within 2 MB.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl

from tests.support import exports, made
from wtnet import writers
from wtnet.tables import Tables

REPORT_SECONDS, MAP_BYTES = 10.0, 2_000_000


def seventy() -> Tables:
    """A survey of 70 partners with the pilots, indicators and results of the example programme."""
    _, example = exports.shipped("example")
    survey = made.survey(70, 0.12)
    waves = survey["waves"]["id"].to_list()
    results = example["results"].filter(pl.col("wave") == "end")
    pilots = example["pilots"].with_columns(lead=None).cast(dict(example["pilots"].schema))
    return survey.with_(
        pilots=pilots,
        indicators=example["indicators"],
        results=results.with_columns(wave=pl.lit(waves[0]), organisation=None).cast(dict(results.schema)),
    )


def timed(label: str, make: Callable[[], bytes]) -> tuple[float, int]:
    """Seconds and bytes of one file."""
    start = time.perf_counter()
    data = make()
    took = time.perf_counter() - start
    print(f"{label:<44} {took:6.2f} s {len(data) / 1000:>9,.0f} KB")
    return took, len(data)


def main() -> int:
    """Print the figures; 1 if a floor is missed."""
    example, many = exports.export("example"), exports.of(made.sector(300, 900))
    large = exports.of(made.sector(2_000, 6_000))
    write: Callable[..., Any] = writers.write
    report, _ = timed("report, example (66 partners), first", lambda: write("report", example))
    timed("report, example, again", lambda: write("report", example))
    other, _ = timed("report, 70 partners", lambda: write("report", exports.of(seventy())))
    timed("report, one partner", lambda: write("report", replace(example, partner="robin-larkmead")))
    timed("report, 2,000 partners", lambda: write("report", large))
    timed("offline map, 66 partners", lambda: write("html", example))
    _, size = timed("offline map, 300 partners", lambda: write("html", many))
    timed("offline map, 2,000 partners", lambda: write("html", large))
    for sheet in ("slide", "print", "a1", "a0"):
        for form in ("svg", "png", "pdf"):
            timed(f"map, {sheet}, {form}", lambda form=form, sheet=sheet: write(form, replace(example, size=sheet)))  # type: ignore[misc]
    timed("map of 2,000 partners, A0, pdf", lambda: write("pdf", replace(large, size="a0")))
    timed("give back, 66 partners", lambda: write("give-back", example))
    return int(max(report, other) > REPORT_SECONDS or size > MAP_BYTES)


if __name__ == "__main__":
    sys.exit(main())
