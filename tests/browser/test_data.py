"""Looking after data in a real browser: wrong, marked, corrected, accepted, edited in place, taken back; and two at once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import TimeoutError, expect

from tests.support.browser import TABS, arrived, done, settled

WRONG = b"id,name,kind\na,A,zoo\na,,museum\n"
PARTNERS = b"id,name,kind\nnew-one,<b>New</b> =cmd() One,museum\nnew-two,Two,freelancer\n"
TIES = b"source,target,level\nnew-one,new-two,4\n"


def file(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def opened(browser: Any, app: str, path: str = "/data", **more: Any) -> Any:
    page = TABS.take(browser, {"width": 1280, "height": 1000}, **more)
    page.goto(f"{app}{path}")
    page.locator("h1").filter(has_text="History" if "history" in path else "Data").wait_for()
    return page


@pytest.fixture
def page(browser: Any, app: str) -> Iterator[Any]:
    """The part of the data page that brings in; it must stay unbroken."""
    one = opened(browser, app)
    one.get_by_text("Start from a blank workbook").wait_for()
    yield one
    left(one)


def left(page: Any) -> None:
    """Leave a page, which must be unbroken; its window is there for the next."""
    assert page.locator(".stException").count() == 0
    TABS.give_back(page)


def bring(page: Any, *files: dict[str, Any]) -> None:
    page.locator("input[type=file]").set_input_files(list(files))


def accept(page: Any, who: str = "Anna") -> None:
    page.get_by_label("Your name").fill(who)
    page.get_by_role("button", name="Accept and store").click()


def started(page: Any, name: str, *files: dict[str, Any]) -> None:
    """A new programme from files."""
    bring(page, *files)
    page.get_by_label("Name of the new programme").fill(name)
    page.keyboard.press("Enter")
    accept(page)
    page.get_by_text("See it on the map").wait_for()


def test_a_wrong_file_is_answered_row_by_row_and_nothing_can_be_accepted(page: Any) -> None:
    """The blank workbook is there to download. Unknown kind, empty name, repeated id: three sentences with their rows, and no
    button to store them."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the blank workbook").click()
    assert download.value.suggested_filename == "wtnet-template.xlsx"
    assert download.value.path().read_bytes()[:2] == b"PK"
    bring(page, file("organisations.csv", WRONG))
    page.get_by_text("3 problems to mend first").wait_for()
    done(page)
    said = page.inner_text("[data-testid=stMain]")
    assert "row 2" in said and "zoo" in said and "row 3" in said
    assert page.get_by_role("button", name="Accept and store").count() == 0


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        pytest.param("empty.csv", b"", "empty", marks=pytest.mark.thorough),
        pytest.param("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xls", marks=pytest.mark.thorough),
        ("paper.xlsx", b"%PDF-1.7\n%%EOF", "PDF"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(page: Any, name: str, data: bytes, words: str) -> None:
    """Empty, an old .xls, a PDF in disguise: what it is and what to do, never a traceback."""
    bring(page, file(name, data))
    alert = page.locator("[data-testid=stAlert]").first
    alert.wait_for()
    assert name in alert.inner_text() and words in alert.inner_text()


@pytest.mark.thorough
def test_a_right_file_is_shown_as_a_change_accepted_and_seen_on_the_map(page: Any) -> None:
    """Two CSVs become a new programme: what would change is said first; then it is stored, and its name is only text."""
    bring(page, file("organisations.csv", PARTNERS), file("partnerships.csv", TIES))
    page.get_by_label("Name of the new programme").fill("My programme")
    page.keyboard.press("Enter")
    page.get_by_text("2 partners added").wait_for()
    page.get_by_role("button", name="Accept and store").click()
    page.get_by_text("Say who you are first").wait_for()
    accept(page)
    page.get_by_text("See it on the map").click()
    page.wait_for_selector(".map[data-drawn='true']")
    assert page.locator(".map").get_attribute("data-partners") == "2"
    assert page.evaluate("window.wtnetMaps.map.names.get('new-one')") == "<b>New</b> =cmd() One"
    arrived(page, "programme=my-programme")


def test_from_a_wrong_file_to_a_corrected_cell_and_back_again(browser: Any, app: str, page: Any) -> None:
    """Bring in, download the marked workbook, correct it, bring it back, accept, correct a cell in place, undo it."""
    bring(page, file("organisations.csv", b"id,name,kind\nharbour,Harbour Arts,zoo\ncity,City Hospital,health_provider\n"))
    page.get_by_text("1 problem to mend first").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="marked.xlsx").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert "is not one of the words" in book["organisations"]["C2"].comment.text
    book["organisations"]["C2"] = "community_group"
    held = io.BytesIO()
    book.save(held)
    page.reload()
    page.get_by_text("Start from a blank workbook").wait_for()
    started(page, "Journey", file(download.value.suggested_filename, held.getvalue()))
    left(page)

    page = opened(browser, app, "/data?programme=journey&do=correct")
    change(page, "Harbour Arts", 1, "Harbour Arts Trust")
    page.get_by_text("Harbour Arts: name").wait_for()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Say who you are first").wait_for()
    save(page, "Anna", "They changed their name")
    page.get_by_text("Saved as revision").wait_for()
    left(page)

    page = opened(browser, app, "/history?programme=journey")
    page.get_by_text("2 revisions by Anna").wait_for()
    page.get_by_text("Harbour Arts: name “Harbour Arts” → “Harbour Arts Trust”").wait_for()
    page.get_by_role("button", name="Undo").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("name “Harbour Arts Trust” → “Harbour Arts”").wait_for()
    dialog.get_by_label("Your name").fill("Ben")
    dialog.get_by_role("button", name="Undo revision").click()
    page.get_by_text("Saved as revision").wait_for()
    page.get_by_text("3 revisions by Ben and Anna").wait_for()
    expect(page.get_by_role("button", name="Redo")).to_be_enabled()
    left(page)


def selected(page: Any, column: int) -> Any:
    """The cell of the first row in this column, if it is the one that keys go to."""
    return page.locator(f"[data-testid=glide-cell-{column}-0][aria-selected=true]")


def change(page: Any, find: str, column: int, text: str) -> None:
    """Type into a cell of the one row found; the column by its place (0 is the row's number)."""
    page.get_by_label("Find rows with").fill(find)
    page.keyboard.press("Enter")
    page.get_by_text("1 row of").wait_for()
    grid = page.locator(".stDataFrameGlideDataEditor").first
    grid.wait_for()
    expect(page.locator("[data-testid=glide-cell-2-0]")).to_contain_text(find)
    settled(page)
    for _ in range(5):  # on a busy machine a key may come too early and be lost
        grid.click(position={"x": 60, "y": 52})
        with suppress(TimeoutError):
            for at in range(1, column + 1):
                selected(page, at).wait_for(state="attached", timeout=3_000)
                page.keyboard.press("ArrowRight")
            selected(page, column + 1).wait_for(state="attached", timeout=3_000)
            break
    expect(selected(page, column + 1)).to_be_attached()
    page.keyboard.press("Enter")
    editor = page.locator("#portal textarea, #portal input").first
    expect(editor).to_be_focused()
    editor.fill(text)
    expect(editor).to_have_value(text)
    page.keyboard.press("Enter")
    page.get_by_text("What would change").wait_for()


def save(page: Any, who: str, why: str) -> None:
    page.get_by_label("Your name").fill(who)
    page.get_by_label("Why", exact=True).fill(why)
    page.get_by_role("button", name="Save", exact=True).click()


@pytest.mark.thorough
def test_two_windows_that_change_the_same_cell_are_asked_and_different_cells_are_joined(
    browser: Any, app: str, page: Any
) -> None:
    """The second to save sees both values with both names, and chooses; a change to another cell is joined and said."""
    started(page, "Together", file("organisations.csv", b"id,name,kind,place\nh,Harbour,museum,York\nc,City,museum,Hull\n"))
    left(page)
    one, two = (opened(browser, app, "/data?programme=together&do=correct") for _ in range(2))
    change(one, "Harbour", 1, "Harbour Arts")
    change(two, "Harbour", 1, "The Harbour")
    save(one, "Anna", "Their new name")
    one.get_by_text("Saved as revision").wait_for()
    save(two, "Ben", "As on their website")
    two.get_by_text("Anna changed the same as you").wait_for()
    two.get_by_text("It was “Harbour”").wait_for()
    two.get_by_text("“Harbour Arts” – Anna").wait_for()
    two.get_by_text("“The Harbour” – Ben (you)").click()
    two.get_by_role("button", name="Save with these choices").click()
    two.get_by_text("Saved as revision").wait_for()
    change(one, "Harbour", 3, "Whitby")
    change(two, "City", 3, "Leeds")
    save(two, "Ben", "They moved")
    two.get_by_text("Saved as revision").wait_for()
    save(one, "Anna", "They moved too")
    one.get_by_text("Both changes are in this revision").wait_for()
    for each in (one, two):
        left(each)
    last = opened(browser, app, "/history?programme=together")
    last.get_by_text("5 revisions").or_(last.get_by_text("4 revisions")).first.wait_for()
    last.get_by_text("City: place “Hull” → “Leeds”").or_(last.get_by_text("Harbour: place")).first.wait_for()
    left(last)


@pytest.mark.thorough
def test_changes_left_unsaved_are_still_there_on_coming_back(browser: Any, app: str, page: Any) -> None:
    """Another page, and back: what was typed is told, and saved with one click."""
    started(page, "Left", file("organisations.csv", b"id,name,kind\nh,Harbour,museum\n"))
    left(page)
    page = opened(browser, app, "/data?programme=left&do=correct")
    change(page, "Harbour", 1, "Harbour Arts")
    page.get_by_role("link", name="Guide").click()
    page.locator("h1").filter(has_text="Guide").wait_for()
    page.get_by_role("link", name="Data", exact=True).click()
    page.get_by_text("You left changes to the organisations unsaved").wait_for()
    page.get_by_text("Harbour: name “Harbour” → “Harbour Arts”").wait_for()
    save(page, "Anna", "New name")
    page.get_by_text("Saved as revision").wait_for()
    left(page)


def test_a_list_with_headings_of_its_own_is_mapped_once_and_read_the_next_time(browser: Any, app: str, page: Any) -> None:
    """The suggestion is taken with one click; a second file with the same headings is read so, and says it."""
    data = b"Partner name,Type of organisation,Town\nHarbour Arts,Community group,Hull\nHarbor Arts,community group,Hull\n"
    bring(page, file("our list.csv", data))
    page.get_by_role("button", name="Read it this way").click()
    page.get_by_text("Read without problems: 2 rows of organisations").wait_for()
    page.get_by_text("1 partner may be the same as another").wait_for()
    page.get_by_text("The same: keep “Harbour Arts”").click()
    page.get_by_text("1 partner added: Harbour Arts").wait_for()
    again = opened(browser, app)
    bring(again, file("next year.csv", data.replace(b"Harbor", b"Quiet")))
    again.get_by_text("the way its headings were mapped before").wait_for()
    again.get_by_text("Read without problems").wait_for()
    left(again)


def test_a_word_that_is_none_of_ours_is_explained_once(page: Any) -> None:
    """ "Charity" is given one of our kinds; the file is read so, and says it."""
    bring(page, file("organisations.csv", b"id,name,kind\na,A,Charity\nb,B,museum\n"))
    page.get_by_text("1 problem to mend first").wait_for()
    page.get_by_label("“Charity” as kind").click()
    page.get_by_role("option", name="Community group").click()
    page.get_by_role("button", name="Use these meanings").click()
    page.get_by_text("Read without problems: 2 rows of organisations").wait_for()
    page.get_by_text("read the way you said").wait_for()


@pytest.mark.thorough
def test_a_revision_is_opened_from_the_list_taken_away_and_brought_back(browser: Any, app: str, page: Any) -> None:
    """Tick the first revision: the link holds it; its workbook is downloaded; brought back, it is a third revision."""
    started(page, "Ago", file("organisations.csv", b"id,name,kind\nh,Harbour,museum\n"))
    left(page)
    page = opened(browser, app, "/data?programme=ago&do=correct")
    change(page, "Harbour", 1, "Harbour Arts")
    save(page, "Anna", "New name")
    page.get_by_text("Saved as revision").wait_for()
    left(page)
    page = opened(browser, app, "/history?programme=ago")
    grid = page.locator(".stDataFrameGlideDataEditor").first
    grid.wait_for()
    settled(page)
    grid.click(position={"x": 17, "y": 38 + 35 + 17})
    page.get_by_role("button", name="Bring this revision back").wait_for()
    arrived(page, "revision=")
    page.get_by_text("The tables as they were").click()
    page.get_by_role("button", name="Make a workbook of all tables").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download revision").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert book["organisations"]["B2"].value == "Harbour"
    page.get_by_role("button", name="Bring this revision back").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("name “Harbour Arts” → “Harbour”").wait_for()
    dialog.get_by_label("Your name").fill("Ben")
    dialog.get_by_role("button", name="Bring back revision").click()
    page.get_by_text("3 revisions by Ben and Anna").wait_for()
    left(page)
