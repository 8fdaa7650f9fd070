"""Bringing in a file in a real browser: wrong, then right, then on the map."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser

WRONG = b"id,name,kind\na,A,zoo\na,,museum\n"
PARTNERS = b"id,name,kind\nnew-one,<b>New</b> =cmd() One,museum\nnew-two,Two,freelancer\n"
TIES = b"source,target,level\nnew-one,new-two,4\n"


def file(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def opened(browser: Any, app: str) -> Any:
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(f"{app}/data")
    page.get_by_text("Start from a blank workbook").wait_for(timeout=60_000)
    return page


def test_a_wrong_file_is_answered_row_by_row_and_nothing_can_be_accepted(browser: Any, app: str) -> None:
    """Unknown kind, empty name, repeated id: three sentences with their rows, and no button to store them."""
    page = opened(browser, app)
    page.locator("input[type=file]").set_input_files([file("organisations.csv", WRONG)])
    page.get_by_text("3 problems to mend first").wait_for()
    said = page.inner_text("[data-testid=stMain]")
    assert "row 2" in said and "zoo" in said and "row 3" in said
    assert page.get_by_role("button", name="Accept and store").count() == 0
    page.close()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.csv", b"", "empty"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xls"),
        ("paper.xlsx", b"%PDF-1.7\n%%EOF", "PDF"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(browser: Any, app: str, name: str, data: bytes, words: str) -> None:
    """Empty, an old .xls, a PDF in disguise: what it is and what to do, never a traceback."""
    page = opened(browser, app)
    page.locator("input[type=file]").set_input_files([file(name, data)])
    alert = page.locator("[data-testid=stAlert]").first
    alert.wait_for()
    assert name in alert.inner_text() and words in alert.inner_text()
    assert page.locator(".stException").count() == 0
    page.close()


def test_a_right_file_is_shown_as_a_change_accepted_and_seen_on_the_map(browser: Any, app: str) -> None:
    """Two CSVs become a new programme: what would change is said first; then it is stored, and its name is only text."""
    page = opened(browser, app)
    page.locator("input[type=file]").set_input_files([file("organisations.csv", PARTNERS), file("partnerships.csv", TIES)])
    page.get_by_label("Name of the new programme").fill("My programme")
    page.keyboard.press("Enter")
    page.get_by_text("2 partners added").wait_for()
    page.get_by_role("button", name="Accept and store").click()
    page.get_by_text("See it on the map").click()
    page.wait_for_selector(".map[data-drawn='true']")
    assert page.locator(".map").get_attribute("data-partners") == "2"
    assert page.evaluate("window.wtnetMaps.map.names.get('new-one')") == "<b>New</b> =cmd() One"
    assert "programme=my-programme" in page.url
    page.close()


def test_the_blank_workbook_is_there_to_download(browser: Any, app: str) -> None:
    """One click gives an XLSX file."""
    page = opened(browser, app)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the blank workbook").click()
    assert download.value.suggested_filename == "wtnet-template.xlsx"
    assert download.value.path().read_bytes()[:2] == b"PK"
    page.close()
