"""A funder's journey in a real browser: a shared link, a cut, the sentence, the rows, the download; and the way back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.support.paths import EXAMPLE
from wtnet.importing import check_files
from wtnet.measures.impact import progress, suppression


@pytest.mark.thorough
def test_a_funder_cuts_reads_opens_and_downloads_what_the_page_says(window: Any) -> None:
    """Opened by link as everybody; one place and target group chosen; the rows downloaded are those of the measures."""
    one = window("/impact?audience=public")
    one.says("48 of 85 pilot targets are met")
    for label, choice in (("Place", "Kelderwick"), ("Target group", "Unpaid carers")):
        one.page.get_by_label(label, exact=True).fill(choice)  # a list moves when another closes, so no click to open it
        one.page.get_by_role("option", name=choice).click()
        one.page.keyboard.press("Escape")
        one.quiet()
    one.says("Kelderwick and Unpaid carers:")
    one.page.get_by_role("button", name="Participants who had never used the museum before").click()
    one.page.wait_for_url("**indicator=first-time**")
    with one.page.expect_download() as kept:
        one.page.get_by_role("button", name="Download 3 rows").click()
    rows = pl.read_csv(io.BytesIO(Path(kept.value.path()).read_bytes()))
    tables = check_files([EXAMPLE]).tables
    seen = suppression.for_audience(progress.cells(tables), "public")
    cut = progress.cut(seen, places=["Kelderwick"], target_groups=["Unpaid carers"], indicators=["first-time"])
    expected = [words or f"{value:g}" for value, words in cut.select("value", "shown").iter_rows()]
    assert [str(value) for value in rows["value"]] == expected
    assert expected[:2] == ["withheld", "fewer than 5"]
    again = window(one.link())
    again.says("Kelderwick and Unpaid carers:")
    again.says("Download 3 rows")
    again.quiet()
    again.page.get_by_role("button", name="Close").click()
    again.page.wait_for_url(lambda address: "indicator=" not in address)


def test_an_indicator_is_opened_from_the_keyboard_and_keeps_the_focus(window: Any) -> None:
    one = window("/impact")
    one.quiet()
    opener = one.page.get_by_role("button", name="Loneliness of participants")
    opener.focus()
    one.page.keyboard.press("Enter")
    one.page.get_by_role("button", name="Close").wait_for()
    one.quiet()
    assert opener.get_attribute("aria-expanded") == "true"
    assert opener.evaluate("each => each.getRootNode().activeElement === each")


@pytest.mark.thorough
def test_a_framework_is_chosen_and_its_link_shows_it_again(window: Any) -> None:
    one = window("/impact?picture=grid")
    one.page.get_by_label("Grouped by", exact=True).click()
    one.page.get_by_role("option", name="Creative Health Quality Framework").click()
    one.page.wait_for_url("**framework=Creative**")
    one.says("what an outcome means is in its source")
    one.page.get_by_role("rowheader", name="Person-Centred").wait_for()


@pytest.mark.parametrize(
    "path",
    [
        "/impact?picture=grid",
        "/impact?indicator=belonging",
        *(pytest.param(path, marks=pytest.mark.thorough) for path in ("/impact", "/impact?picture=steps")),
    ],
)
def test_nothing_is_wider_than_a_phone_in_the_dark(look: Any, path: str) -> None:
    """390 px wide, dark: only the grid scrolls, by itself."""
    one = look(path, color_scheme="dark", viewport={"width": 390, "height": 844})
    one.says("Illustrative")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 390
