"""A funder's journey: a shared link, one place and one target group, the sentence, the rows, the files; and every figure agrees.

On the page, in the rows and the workbook that leave it, and on the command line: of the programme as it is stored, and of the
workbook of all its tables.
"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import fastexcel
import polars as pl
import pytest

from tests.support.browser import Window, done, settled, windows
from tests.support.paths import ROOT

PLACE, GROUP = "Harrowmouth", "Adults recovering from stroke"


@pytest.fixture
def visit(browser: Any, app: str) -> Iterator[Any]:
    """Open a link in a window of its own; nothing may leave the machine and nothing may break."""
    with windows(lambda path, **context: Window(browser, app, path, **context)) as open_:
        yield lambda path, **context: open_(path, **context).page


def command(database: str, *arguments: str) -> str:
    """What the command line says about the same database."""
    env = {**os.environ, "WTNET_DATABASE_URL": database}
    run = [sys.executable, "-m", "wtnet", *arguments]
    return subprocess.run(
        run, cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=True, timeout=240
    ).stdout


def choose(page: Any, label: str, option: str) -> None:
    """Choose one option of a list of several."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()
    page.keyboard.press("Escape")
    page.get_by_role("heading", level=1).click()  # away from the list, which then takes less room


def metric(page: Any, label: str) -> str:
    """A headline figure as it is read."""
    return str(page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue").inner_text())


def kept(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def downloaded(page: Any, button: str | re.Pattern[str], to: Path) -> Path:
    done(page)
    with page.expect_download() as found:
        page.get_by_role("button", name=button).first.click()
    path = to / found.value.suggested_filename
    found.value.save_as(path)
    return path


def test_a_funder_cuts_reads_opens_and_downloads_and_every_figure_agrees(
    visit: Any, house: tuple[str, str], tmp_path: Path
) -> None:
    """Harrowmouth and its target group: the page, the rows, its workbook, the stored programme, the workbook of all tables."""
    page = visit("/reach?programme=example&wave=end")
    page.get_by_text("The whole programme").wait_for()
    choose(page, "Place", PLACE)
    page.get_by_text(f"{PLACE}, at the wave").wait_for()
    choose(page, "Target group", GROUP)
    page.get_by_text(f"{PLACE} and {GROUP}").wait_for()
    page.wait_for_url("**target_group=**")
    assert kept(page)["pilot_place"] == [PLACE] and kept(page)["target_group"] == [GROUP]

    sentences = page.locator(".st-key-headline li").all_inner_texts()
    assert len(sentences) >= 4 and any("health" in one for one in sentences)
    ties = int(metric(page, "Partnerships"))
    done(page)
    page.locator(".st-key-headline a[href='#health']").click()  # a sentence leads to its figure
    page.wait_for_url("**#health")
    assert page.locator("#health").is_visible()
    done(page)

    page.locator(".st-key-show_ties button:visible").first.click()
    rows_file = downloaded(page, re.compile("Download .* rows"), tmp_path)
    page.keyboard.press("Escape")
    with rows_file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == ties

    book = fastexcel.read_excel(downloaded(page, "Download this page as a workbook", tmp_path))
    figures = {row["id"]: row["value"] for row in book.load_sheet("Figures").to_polars().iter_rows(named=True)}
    assert [row["sentence"] for row in book.load_sheet("Sentences").to_polars().iter_rows(named=True)] == [
        one.removesuffix("See it").strip() for one in sentences
    ]
    assert book.load_sheet("Partnerships").to_polars().height == ties

    asked = ("--of", "network", "--wave", "end", "--place", PLACE, "--target-group", GROUP, "--json")
    stored = json.loads(command(house[1], "measures", "--programme", "example", *asked))
    whole = tmp_path / "all tables.xlsx"
    command(house[1], "export", "--programme", "example", "--format", "workbook", "--out", str(whole))
    brought = json.loads(command(house[1], "measures", str(whole), *asked))
    assert brought == stored
    numbers = {name: value for name, value in stored.items() if isinstance(value, int | float)}
    assert numbers.keys() == {name for name, value in figures.items() if value is not None}
    for name, value in numbers.items():
        assert figures[name] == pytest.approx(value, rel=1e-12, abs=1e-12), name

    assert numbers["ties"] == ties
    assert metric(page, "Cross-sector share") == f"{100 * numbers['cross_sector_share']:.0f}%"
    assert metric(page, "Mean strength") == f"{numbers['mean_strength']:.2f}"
    assert metric(page, "New since the first wave") == str(numbers["new_ties"])
    assert metric(page, "Continuing after the programme") == str(numbers["continuing_ties"])
    known = [float(row["strength"]) for row in rows if row["strength"]]
    assert sum(known) / len(known) == pytest.approx(numbers["mean_strength"], abs=1e-6)

    other = visit("/" + page.url.split("/", 3)[3].partition("#")[0])  # the link is the view
    other.get_by_text(f"{PLACE} and {GROUP}").wait_for()
    assert metric(other, "Partnerships") == str(ties)


@pytest.mark.thorough
def test_a_point_beside_its_result_opens_the_map_with_that_pilot(visit: Any) -> None:
    """A click on a point, and the link with its name: home, with the pilot selected in the address."""
    page = visit("/strength_and_impact?programme=example&indicator=policies")
    page.get_by_text("6 points are too few to settle it.").wait_for()
    points = page.locator(".js-plotly-plot .scatterlayer .points path")
    points.first.wait_for()
    settled(page)  # the chart settles into its column
    box = points.nth(3).bounding_box()  # Loom and Leaf, apart from the others
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**select=pilot**")
    assert kept(page)["select"] == ["pilot:loom-and-leaf"]
    page.get_by_text("Loom and Leaf").first.wait_for()

    again = visit("/strength_and_impact?programme=example&indicator=policies")
    again.get_by_role("link", name="Slate Songs").click()
    again.wait_for_url("**select=pilot**")
    assert kept(again)["select"] == ["pilot:slate-songs"]


def test_pilots_beside_one_another_leave_as_the_command_line_has_them(visit: Any, house: tuple[str, str], tmp_path: Path) -> None:
    """Every measure of every pilot, in the workbook of the page and in `compare --pilots`."""
    page = visit("/programmes?programme=example")
    page.get_by_text("Mean strength lies between").wait_for()
    book = fastexcel.read_excel(downloaded(page, "Download this page as a workbook", tmp_path))
    kept_ = book.load_sheet("Measures").to_polars()
    told = pl.DataFrame(
        json.loads(command(house[1], "compare", "--programme", "example", "--pilots", "--json")), infer_schema_length=None
    )
    assert kept_.columns == told.columns and kept_["id"].to_list() == told["id"].to_list()
    for name in told.columns[6:]:
        for measure, one, other in zip(told["id"], kept_[name], told[name], strict=True):
            assert (one is None) == (other is None) and (one is None or one == pytest.approx(other, abs=1e-12)), (name, measure)


@pytest.mark.thorough
def test_the_evidence_pages_fit_a_telephone(visit: Any) -> None:
    """390 pixels wide: nothing is wider than the screen."""
    for path in ("/reach", "/strength_and_impact", "/programmes"):
        page = visit(path, viewport={"width": 390, "height": 844})
        page.get_by_role("button", name="Download this page as a workbook").wait_for()
        done(page)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390
