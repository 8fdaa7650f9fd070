"""How long any cut of 100,000 results takes: python tests/benchmarks/impact.py [--page]

With --page the whole Impact page, as the server runs it for one person who changes the cut. A programme of 50
indicators (counts, percentages, means, ONS4), 500 pilots in 40 places and 4 waves, seeded.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

sys.path.insert(0, str(Path(__file__).parents[2]))

from wtnet.measures.impact import progress, suppression
from wtnet.tables import Tables
from wtnet.tables.columns import THEMES
from wtnet.tables.schema import SCHEMAS

ROUNDS = 7


def programme(indicators: int = 50, pilots: int = 500, waves: int = 4, seed: int = 1) -> Tables:
    """Results of every indicator in every pilot and wave."""
    draw = np.random.default_rng(seed)
    how = [
        ("sessions", "count"), ("% of participants", "register"), ("mean, 1 to 5", "self-rating"), ("mean", "ONS4 happy")
    ]  # fmt: skip
    kinds = ["museum", "freelancer", "community_group", "health_provider"]
    rows = indicators * pilots * waves
    i, p, w = (part.ravel() for part in np.meshgrid(range(indicators), range(pilots), range(waves), indexing="ij"))
    value = np.round(draw.uniform(1, 5, rows) + w, 1)
    given = {
        "organisations": {
            "id": [f"o{k}" for k in range(2 * pilots)],
            "name": [f"Partner {k}" for k in range(2 * pilots)],
            "kind": [kinds[k % 4] for k in range(2 * pilots)],
        },
        "pilots": {
            "id": [f"p{k}" for k in range(pilots)],
            "name": [f"Pilot {k}" for k in range(pilots)],
            "lead": [f"o{k}" for k in range(pilots)],
            "place": [f"Place {k % 40}" for k in range(pilots)],
            "target_group": [f"Group {k % 12}" for k in range(pilots)],
        },
        "involvements": {
            "pilot": [f"p{k % pilots}" for k in range(4 * pilots)],
            "organisation": [f"o{(7 * k + k // pilots) % (2 * pilots)}" for k in range(4 * pilots)],
        },
        "waves": {
            "id": [f"w{k}" for k in range(waves)],
            "name": [f"Wave {k}" for k in range(waves)],
            "date": [dt.date(2022 + k, 1, 1) for k in range(waves)],
        },
        "indicators": {
            "id": [f"i{k}" for k in range(indicators)],
            "theme": [list(THEMES)[k % 5] for k in range(indicators)],
            "name": [f"Indicator {k}" for k in range(indicators)],
            "unit": [how[k % 4][0] for k in range(indicators)],
            "instrument": [how[k % 4][1] for k in range(indicators)],
            "better": ["higher"] * indicators,
            "target": [8.0] * indicators,
        },
        "results": {
            "indicator": [f"i{k}" for k in i],
            "pilot": [f"p{k}" for k in p],
            "wave": [f"w{k}" for k in w],
            "value": value,
            "n": draw.integers(2, 60, rows),
            "evidence": ["Register"] * rows,
        },
    }
    return Tables({name: _frame(name, columns) for name, columns in given.items()})


def _frame(table: str, columns: dict[str, object]) -> pl.DataFrame:
    declared = SCHEMAS[table].polars()
    frame = pl.DataFrame(columns)
    missing = [pl.lit(None, kind).alias(name) for name, kind in declared.items() if name not in frame.columns]
    return frame.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in declared.items())


def timed(make: Callable[[], object]) -> float:
    """The median time in milliseconds, after one run to warm up."""
    make()
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        make()
        took.append(1000 * (time.perf_counter() - start))
    return float(np.median(took))


def main() -> None:
    tables = programme()
    cells = progress.cells(tables)
    print(f"{cells.height:,} results")
    print(f"{timed(lambda: progress.cells(tables)):7.0f} ms  cells, once a revision")
    print(f"{timed(lambda: suppression.suppress(cells)):7.0f} ms  suppressed, once a revision and audience")
    for audience in ("lead", "public"):
        seen = suppression.for_audience(cells, audience)
        place = progress.cut(seen, places=["Place 3"], target_groups=["Group 3"])
        cuts: dict[str, Callable[[], object]] = {
            "progress, all": lambda seen=seen: progress.progress(tables, None, seen),
            "progress, one place and group": lambda place=place: progress.progress(tables, None, place),
            "overview, all": lambda seen=seen: progress.overview(tables, None, seen),
            "overview, one place and group": lambda place=place: progress.overview(tables, None, place),
            "what the page needs, one place": lambda seen=seen: progress.summarise(tables, None, seen, {"places": ["Place 3"]}),
            "what the page needs, all": lambda seen=seen: progress.summarise(tables, None, seen, {}),
            "overview, museums": lambda seen=seen: progress.overview(tables, None, progress.cut(seen, kinds=["museum"])),
        }
        cuts |= {f"total by {by}": lambda by=by, seen=seen: progress.total(seen, [by]) for by in progress.CUTS}
        cuts["total by place, wave and theme"] = lambda seen=seen: progress.total(seen, ["place", "wave", "theme"])
        for name, make in cuts.items():
            print(f"{timed(make):7.0f} ms  {audience}: {name}")


CHOICES: tuple[tuple[str, str, object], ...] = (
    ("multiselect", "pilot_place", ["Place 3"]),
    ("multiselect", "target_group", ["Group 3"]),
    ("multiselect", "pilot_place", []),
    ("multiselect", "target_group", []),
    ("multiselect", "kind", ["museum"]),
    ("multiselect", "theme", ["care"]),
    ("button_group", "picture", "grid"),
    ("multiselect", "theme", []),
    ("selectbox", "split", "place"),
    ("button_group", "picture", "steps"),
    ("multiselect", "kind", []),
    ("link", "audience", "public"),
    ("multiselect", "pilot_place", ["Place 5"]),
)


def page() -> None:
    """Each choice made for the first time on a page that is open, from click to the last message."""
    import tempfile

    from streamlit.testing.v1 import AppTest

    from wtnet.store import Programme, Store

    with tempfile.TemporaryDirectory() as folder:
        os.environ["WTNET_DATABASE_URL"] = f"sqlite:///{folder}/bench.db"
        with Store(os.environ["WTNET_DATABASE_URL"]) as store:
            store.create(Programme("bench", "Benchmark"), programme(), author="benchmark", reason="benchmark")
        app = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=120)
        app.query_params["programme"] = "bench"
        app.run()
        app.switch_page("pages/impact.py").run()
        for widget, name, value in CHOICES:
            start = time.perf_counter()
            if widget == "link":
                app.query_params[name] = str(value)
                app.run()
            else:
                next(one for one in getattr(app, widget) if one.key == f"in_{name}").set_value(value).run()
            took = 1000 * (time.perf_counter() - start)
            assert not app.exception, app.exception
            print(f"{took:7.0f} ms  page: {name} = {value or 'all'}")


if __name__ == "__main__":
    page() if "--page" in sys.argv else main()
