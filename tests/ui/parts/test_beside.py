"""What stands beside figures so that nobody takes them for more than they are: unknowns as gaps, answers, one-sided ties."""

from __future__ import annotations

from urllib.parse import unquote

import polars as pl
import pytest

from tests.support.app import opened, shown
from tests.support.stories import example
from wtnet.draw.charts.spark import spark
from wtnet.store import Programme, Store
from wtnet.tables import Tables
from wtnet.ui.parts.trend import moved


def test_what_is_not_known_is_a_gap_in_the_small_picture_and_a_word_beside_it() -> None:
    """Four waves, the second unknown: three points, one line between neighbours that are known, one dotted mark; never a 0."""
    drawn = unquote(spark([1.0, None, 2.0, 4.0], 4.0))
    assert drawn.count("<circle") == 3 and drawn.count("stroke-dasharray") == 1 and drawn.count('stroke-width="2"') == 1
    assert unquote(spark([0.0, 4.0], 4.0)).count("<circle") == 2  # a known 0 is a point
    assert spark([None, None], 4.0) == ""
    assert moved([1.0, None, 2.0, 4.0]) == "from 1.00 to 4.00, 1 not known"
    assert moved([None, 2.0, 2.0]) == "2.00, 1 not known" and moved([2.0, 3.0]) == "from 2.00 to 3.00" and moved([None]) == "–"


@pytest.mark.parametrize("page", ["partners", "change"])
def test_the_small_pictures_of_a_table_keep_the_gaps(page: str, database: str) -> None:
    """Nobody was asked at the midpoint and no document gives a level: a dotted mark there, and words that say so."""
    tables = example()
    asked = tables.ratings.filter(pl.col("wave") != "midpoint")
    known = tables.partnerships.with_columns(level=pl.lit(None, dtype=pl.Int64).cast(tables.partnerships.schema["level"]))
    with Store(database) as store:
        changed = Tables(tables.frames | {"ratings": asked, "partnerships": known})
        store.create(Programme("gap", "With a gap"), changed, author="t", reason="t")
    app = opened(f"pages/{page}.py", programme="gap")
    table = next(one.value for one in app.dataframe if "line" in one.value)
    unsure = table[table["in words"].str.contains("not known")]
    assert len(unsure) and all("dasharray" in line for line in unsure["line"].dropna())
    assert "dasharray" not in "".join(table[~table["in words"].str.contains("not known|–")]["line"])


@pytest.mark.parametrize(("page", "times"), [("reach", 1), ("strength_and_impact", 1), ("change", 2), ("programmes", 6)])
def test_beside_intervals_stand_answers_one_sided_ties_and_unknown_ones(page: str, times: int) -> None:
    """On every page with intervals; for each wave or pilot where it shows several."""
    said = shown(opened(f"pages/{page}.py", programme="example"))
    assert said.count("partners answered; of") == times and said.count("rest on one side's word") == times


def test_the_ties_of_a_profile_say_how_far_other_weights_would_move_them() -> None:
    """Rank, its range under other weights, and stability, in the tables of the profile."""
    app = opened("pages/partners.py", programme="example", partner="robin-larkmead")
    app.session_state["open_profile_rows"] = True
    app.run()
    app.button_group(key="which_profile_rows").set_value("partnerships").run()
    table = next(one.value for one in app.dataframe if "stability" in one.value)
    assert (table["rank low"] <= table["rank high"]).all() and table["stability"].between(0, 1).all() and len(table) > 3
