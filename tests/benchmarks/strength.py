"""How long strength takes, beside a plain Python loop in the same run: `python tests/benchmarks/strength.py [RATINGS …]`.

Ratings between 20,000 organisations at random, four in five pairs rated from both sides, one component in five left
out. Times are the best of three; the loop is timed on 20,000 ratings and scaled up.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

sys.path.insert(0, str(Path(__file__).parents[2]))

from wtnet.strength import directed, pairs
from wtnet.tables.schema import CONTACT, SCHEMAS, TRUST, VALUE

SIZES = (100_000, 1_000_000)
LOOPED = 20_000


def ratings(count: int, seed: int = 1) -> pl.DataFrame:
    """So many ratings of one wave."""
    draw = np.random.default_rng(seed)
    ends = np.unique(np.sort(draw.integers(20_000, size=(count, 2)), axis=1), axis=0)
    ends = ends[ends[:, 0] != ends[:, 1]]
    ends = np.concatenate([ends, ends[draw.random(len(ends)) < 0.8][:, ::-1]])
    ends = ends[draw.permutation(len(ends))[:count]]
    ids = np.array([f"organisation-{i:05d}" for i in range(20_000)])

    def scale(low: int, high: int) -> pl.Series:
        drawn = pl.Series(draw.integers(low, high + 1, size=len(ends)), dtype=pl.Int8)
        return drawn.zip_with(pl.Series(draw.random(len(ends)) > 0.2), pl.Series([None] * len(ends), dtype=pl.Int8))

    columns = {name: scale(1, 4) for name in (*TRUST, *VALUE)}
    return pl.DataFrame(
        {
            "wave": pl.repeat("w", len(ends), eager=True),
            "rater": ids[ends[:, 0]],
            "partner": ids[ends[:, 1]],
            "level": scale(0, 5),
        }
        | {"contact": pl.Series(np.array(CONTACT)[draw.integers(6, size=len(ends))], dtype=pl.Enum(CONTACT))}
        | columns
    )


def loop(rows: list[dict]) -> list[float | None]:
    """Directed strength, one rating at a time."""
    found = []
    for row in rows:
        parts = [] if row["level"] is None else [row["level"] / 5]
        if row["contact"] is not None:
            parts.append(CONTACT.index(row["contact"]) / 5)
        for items in (TRUST, VALUE):
            given = [row[item] for item in items if row[item] is not None]
            if given:
                parts.append((sum(given) / len(given) - 1) / 3)
        found.append(sum(parts) / len(parts) if parts else None)
    return found


def best(work: Callable[[], object], runs: int = 3) -> float:
    """Seconds of the fastest run."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def report(count: int) -> None:
    """Print one line."""
    frame = ratings(count)
    documents = pl.DataFrame(schema=SCHEMAS["partnerships"].polars())
    rows = frame.head(LOOPED).to_dicts()
    one, both = best(lambda: directed(frame)), best(lambda: pairs(frame, documents))
    slow = best(lambda: loop(rows), 1) * frame.height / len(rows)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{frame.height:10,} {one:14.3f} s {both:14.3f} s {slow:12.3f} s {slow / one:8.0f} × {memory:9.0f} MB", flush=True)


if __name__ == "__main__":
    print(f"{'ratings':>10} {'directed':>16} {'pairs':>16} {'loop (directed)':>14} {'ratio':>8} {'memory':>13}")
    for size in [int(word.replace(",", "")) for word in sys.argv[1:]] or SIZES:
        report(size)
