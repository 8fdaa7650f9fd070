"""The survey round trip in a real browser, with real files: forms out, answers back, who is missing, a link on a phone."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from tests.support.browser import done, fresh, settled
from wtnet.store import Store

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAVE = "Autumn 2026"
PARTNER = "Sam Tidewell"
FORMS = ("robin-larkmead-autumn-2026.xlsx", "jo-ambercroft-autumn-2026.xlsx", "eli-merrowdale-autumn-2026.xlsx")


def quiet(page: Any) -> None:
    """Wait until Streamlit has finished the run a click began."""
    settled(page, 400)
    done(page)


def downloaded(page: Any, name: str) -> bytes:
    settled(page)  # a button that is drawn anew a moment later still holds the file of before
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return Path(download.value.path()).read_bytes()


def filled(data: bytes, level: Any) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Your answers"]
    sheet["C6"], sheet["D6"], sheet["E6"] = level, "About once a month", 3
    sheet.cell(sheet.max_row, 1).value = "Harbour Radio"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_forms_go_out_come_back_and_the_rest_answer_by_link(browser: Any, house: tuple[str, str]) -> None:
    """A new wave; 66 forms; three come back, a cell of one is put right; accepted; 63 missing; one of them answers on a phone."""
    address, database = house
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(f"{address}/survey?programme=example")
    page.get_by_role("button", name="New wave").click()
    page.get_by_label("Its name").fill(WAVE)
    page.get_by_role("button", name="Name it").click()
    page.get_by_text(f"Nobody has been asked for {WAVE} yet").wait_for()
    page.get_by_role("button", name="Make forms for 66 partners").click()
    page.get_by_text("66 forms are ready").wait_for()
    with zipfile.ZipFile(io.BytesIO(downloaded(page, "Download 66 forms"))) as packed:
        forms = {name: packed.read(name) for name in FORMS}
    page.get_by_text(f"66 partners were asked for {WAVE}; nobody has answered yet").wait_for()

    answers = (4, "3 Coordination: we share resources and decide some things together", "lots")
    files = [
        {"name": f"returned {name}", "mimeType": XLSX, "buffer": filled(forms[name], level)}
        for name, level in zip(FORMS, answers, strict=True)
    ]
    page.locator("input[type=file][multiple]").set_input_files(files)
    page.get_by_text("3 forms recognised").wait_for()
    put_right(page)
    page.get_by_label("Your name").fill("Test lead")
    page.get_by_role("button", name="Accept and store").click()
    page.get_by_text(f"3 of 66 partners asked have answered for {WAVE} (5%); 63 are still missing").wait_for()
    with Store(database) as store:
        last = store.history("example")[0]
        assert (last.author, last.kind) == ("Test lead", "survey")
        said_now = store.load("example").ratings.filter(pl.col("wave") == "autumn-2026")
        assert sorted(said_now.select("rater", "level").rows()) == [
            ("eli-merrowdale", 1),
            ("jo-ambercroft", 3),
            ("robin-larkmead", 4),
        ]
        assert store.load("example").organisations.height == 66
    page.get_by_text("Remind 63 partners").click()
    missing = list(csv.DictReader(io.StringIO(downloaded(page, "63 messages as CSV").decode("utf-8-sig"))))
    assert len(missing) == 63 and "Robin Larkmead" not in {row["name"] for row in missing}
    assert "Partners that forms say are missing" in page.inner_text("[data-testid=stMain]")

    page.get_by_role("radio", name="Some").click()
    page.get_by_role("combobox", name="Partners").fill(PARTNER)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Make personal links for 1 partner").click()
    page.get_by_text("1 personal link.").wait_for()
    (made,) = csv.DictReader(io.StringIO(downloaded(page, "Download 1 link").decode("utf-8-sig")))
    assert made["partner"] == PARTNER and made["link"].startswith(f"{address}/form?token=")
    answer_on_a_phone(browser, made["link"], database)
    page.reload()
    page.get_by_text("4 of 66 partners asked have answered").wait_for()
    page.get_by_role("button", name="Take links back").click()
    quiet(page)
    other = browser.new_page()
    other.goto(made["link"])
    other.get_by_text("This link is not valid, or not any more").wait_for()
    other.close()
    page.close()


def put_right(page: Any) -> None:
    """A cell that holds no answer is set aside and named; the lead chooses what it should be."""
    quiet(page)
    assert "1 cell is set aside; what else it answers is taken" in page.inner_text("[data-testid=stMain]")
    box = page.get_by_role("combobox", name="“How closely you work together” holds “lots”")
    box.scroll_into_view_if_needed()
    quiet(page)  # a list that opens while the page scrolls closes again
    box.click()
    page.get_by_role("option", name="1 Networking").click()
    page.get_by_text("3 ratings added: Robin Larkmead on").wait_for()
    assert "Jo Ambercroft named “Harbour Radio”" in page.inner_text("[data-testid=stMain]")


def answer_on_a_phone(browser: Any, link: str, database: str) -> None:
    """390 px wide, by keyboard alone: only the own form is there; what is saved is a revision by the partner."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    phone = context.new_page()
    frames: list[str] = []
    phone.on("websocket", lambda ws: ws.on("framereceived", lambda frame: frames.append(str(frame))))
    phone.goto(link)
    phone.get_by_role("heading", name="How you work with others").wait_for()
    quiet(phone)
    assert phone.locator("[data-testid=stSidebarNav]").count() == 0
    assert phone.get_by_label("Programme").count() == 0
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert "you agree" in phone.inner_text("body")
    assert all("Harbour Radio" not in frame and "Side by side" not in frame for frame in frames)
    first = phone.locator(".st-key-form_part h3").first.inner_text()
    level = phone.get_by_text("3 Coordination").first
    level.locator("xpath=ancestor::button").focus()
    phone.keyboard.press("Space")
    quiet(phone)
    for _ in range(400):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.innerText").strip().endswith(("Save and go on", "Save my answers")):
            break
    phone.keyboard.press("Enter")
    phone.get_by_text("Saved so far: answers about 1 of").wait_for()
    with Store(database) as store:
        last = store.history("example")[0]
        assert last.author == PARTNER and "by the partner themselves" in last.reason
        tables = store.load("example")
        mine = tables.ratings.filter((pl.col("wave") == "autumn-2026") & (pl.col("rater") == "sam-tidewell"))
        names = dict(tables.organisations.select("id", "name").iter_rows())
        assert [(names[row["partner"]], row["level"]) for row in mine.iter_rows(named=True)] == [(first, 3)]
    phone.goto(link)
    phone.get_by_text("Saved so far: answers about 1 of").wait_for()
    quiet(phone)
    phone.get_by_text("Part 2 of").wait_for()  # where it was left
    phone.get_by_role("button", name="Save and go back").click()
    phone.get_by_text("Part 1 of").wait_for()
    quiet(phone)
    again = phone.get_by_text("3 Coordination").first.locator("xpath=ancestor::button")
    assert "true" in (again.get_attribute("aria-checked"), again.get_attribute("aria-pressed"))
    assert phone.locator(".stException").count() == 0
    context.close()


@pytest.fixture(scope="module")
def phone(browser: Any) -> Iterator[Any]:
    """A small window."""
    page = fresh(browser, viewport={"width": 390, "height": 844})
    yield page
    page.context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/form?token=nonsense",
        "/survey?token=x",
        *(pytest.param(path, marks=pytest.mark.thorough) for path in ("/form", "/form?token=", "/?token=x")),
    ],
)
def test_without_a_right_link_there_is_one_sentence_and_nothing_else(phone: Any, house: tuple[str, str], path: str) -> None:
    """No menu, no programme, no partner: whatever page the link names."""
    page = phone
    page.goto(house[0] + path)
    page.get_by_text("This link is not valid, or not any more").wait_for()
    assert page.locator("[data-testid=stSidebarNav] a").count() == 0
    assert "Shared Light" not in page.inner_text("body")
