"""A story in a real browser: drafted, edited, saved, presented by keyboard and clicker, overtaken by new data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import expect

from tests.support.browser import BINARIES, WHOLE, Visit, Window, windows
from tests.support.exports import hostile
from tests.support.server import serving
from wtnet import importing
from wtnet.store import Programme, Store

MUSEUM = "northcliff-museum-of-the-sea"
STORY = f"story=partner-{MUSEUM}"


MEASURED = """(root) => {
  const sizeOf = (e) => Math.round(10 * parseFloat(getComputedStyle(e).fontSize)) / 10;
  const sizes = (names) => {
    const leaves = [...root.querySelectorAll(names)].filter((e) => !e.children.length && e.textContent.trim());
    return [...new Set(leaves.map(sizeOf))];
  };
  const box = root.getBoundingClientRect(), words = root.querySelector('.words');
  const outside = (e) => {
    const b = e.getBoundingClientRect();
    return b.bottom > innerHeight + 1 || b.right > innerWidth + 1 || b.left < 0;
  };
  const map = root.querySelector('svg.net').getBoundingClientRect();
  return {
    title: sizes('h2'), body: sizes('.words *, .map text:not(.note)'), small: sizes('.foot *, .legend *, .map .note'),
    full: box.width === innerWidth && box.height === innerHeight, over: words.scrollHeight - words.clientHeight,
    cut: [...root.querySelectorAll('h2, .foot > *, .legend:not(.spare) > *')].filter(outside).length,
    wide: [...root.querySelectorAll('h2, .foot *, .bars')].filter((e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1)
      .map((e) => `${e.className} ${e.textContent}`).join(),
    under: root.querySelector('h2').getBoundingClientRect().bottom - map.top,
    map: [map.left, map.top, map.width, map.height].map(Math.round).join(' '),
  };
}"""
"""How large the letters on the stage are, where the map stands, whether the stage fills the window, and what is cut off."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of the app and of its database, which also has a programme of hostile names."""
    folder = tmp_path_factory.mktemp("present")
    database = f"sqlite:///{folder}/app.db"
    with serving(database, folder / "app.log") as address:
        with Store(database) as store:
            importing.first_start(store)
            store.create(Programme("hostile", "Hostile <i>names</i>"), hostile(), author="t", reason="t")
        yield address, database


class Talk(Window):
    """One browser window on Present."""

    SIZE = Visit.SIZE

    def ready(self) -> None:
        """Wait until the page is there."""
        self.page.locator("h1").filter(has_text="Present").wait_for()

    def draft(self) -> None:
        self.page.get_by_role("button", name="Draft our story").click()
        self.stage().wait_for()

    def stage(self) -> Any:
        return self.page.locator(".preview .slide h2")

    def start(self) -> None:
        self.page.get_by_role("button", name="Present full screen").click()
        self.page.locator("dialog.show[open] .slide").wait_for()

    def shown(self) -> str:
        return str(self.page.locator("dialog .count").inner_text())

    def where(self) -> str:
        """The slide, and which part of it where it has several."""
        return f"{self.shown()} {self.page.locator('dialog .part').inner_text()}"

    def press(self, key: str) -> str:
        self.page.keyboard.press(key)
        return self.shown()


@pytest.fixture
def talk(browser: Any, place: tuple[str, str]) -> Iterator[Any]:
    """Open Present as often as a test asks, as the lead makes a talk for herself unless it says for whom."""
    with windows(partial(opened, browser, place[0])) as open_:
        yield open_


@pytest.fixture(params=[BINARIES, pytest.param(WHOLE, marks=pytest.mark.thorough)], ids=["window", "screen"])
def talk_on_screen(
    request: pytest.FixtureRequest, open_browser: Callable[[tuple[str, ...]], Any], place: tuple[str, str]
) -> Iterator[Any]:
    """The same where the stage fills a window that has no full screen, as on some telephones; with `-m thorough` also in a
    browser that has one, which is much more work: for the last tests of this file."""

    def make(query: str, **context: Any) -> Talk:
        one = opened(open_browser(request.param), place[0], query, **context)
        if request.param is BINARIES:
            one.page.evaluate("() => { delete Element.prototype.requestFullscreen; }")
        return one

    with windows(make) as open_:
        yield open_


def opened(browser: Any, address: str, query: str = "", **context: Any) -> Talk:
    """A window on Present."""
    for_whom = "" if "made_for" in query else "made_for=lead&"
    return Talk(browser, address, f"/present?{for_whom}{query}", **context)


def test_a_story_is_drafted_edited_saved_presented_and_overtaken(talk: Any, place: tuple[str, str]) -> None:
    """The whole journey: the person's own words stay; after a data change the slide says which figure changed, from old to new,
    and takes the new sentence."""
    one = talk(f"about=partner:{MUSEUM}")
    one.draft()
    page = one.page
    heading = page.get_by_label("Heading")
    heading.fill("Who we are, by the sea")
    heading.press("Tab")
    expect(page.locator(".preview h2")).to_have_text("Who we are, by the sea")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved with the programme.").wait_for()

    again = talk(STORY)
    expect(again.page.locator(".preview h2")).to_have_text("Who we are, by the sea")
    assert again.page.get_by_text("what is in the data").count() == 0
    again.start()
    assert again.shown() == "1 of 10"
    assert again.press("PageDown") == "2 of 10"
    assert again.press("End") == "10 of 10"
    again.page.keyboard.press("Escape")
    expect(again.page.locator("dialog.show[open]")).to_have_count(0)
    expect(again.page.locator(".preview .count")).to_have_text("10 of 10")

    with Store(place[1]) as store:
        tables = store.load("example")
        left = tables.ratings.filter(
            (pl.col("rater") != MUSEUM) | (pl.col("partner") != "jo-ambercroft") | (pl.col("wave") != "end")
        )
        assert left.height < tables.ratings.height
        changed = tables.with_(
            ratings=left,
            partnerships=tables.partnerships.filter(~((pl.col("source") == MUSEUM) & (pl.col("target") == "jo-ambercroft"))),
        )
        store.commit("example", changed, base=store.head("example"), author="t", reason="t")
    later = talk(STORY)
    stale = later.page.locator(".st-key-stale")
    stale.wait_for()
    assert "20 partners → 19 partners" in stale.inner_text()
    later.page.get_by_role("button", name="Use all the new sentences").click()
    expect(stale.get_by_text("20 partners → 19 partners")).to_have_count(0)
    later.page.get_by_text(re.compile("^3 · ")).click()
    expect(later.page.locator(".preview h2")).to_contain_text("19 partners")


def test_hostile_names_are_text_on_the_stage(talk: Any) -> None:
    one = talk("programme=hostile&about=partner:markup")
    one.draft()
    one.start()
    assert one.page.locator("dialog script, dialog img, dialog .slide b:not(.bars b)").count() == 0
    assert "<script>alert('x')</script>" in one.page.locator("dialog .slide").inner_text()


def test_a_story_for_everybody_is_drawn_from_what_everybody_may_see(talk: Any) -> None:
    """Hidden partners under their other names, on the map as in the words."""
    one = talk(f"made_for=public&about=partner:{MUSEUM}")
    one.draft()
    one.start()
    one.press("End")
    one.quiet()
    said = one.page.locator("dialog").inner_text() + str(one.page.locator("dialog svg.net").get_attribute("aria-label"))
    assert "Sam Tidewell" not in said and "Freelancer " in said


def test_the_frame_moves_within_the_time_it_may_take_and_under_reduced_motion_not_at_all(talk: Any) -> None:
    """Half a second later the map is where it belongs, names and all. From start to now every partner stands where it stood; with
    reduced motion the frame is there at once."""
    one = talk(f"about=partner:{MUSEUM}")
    one.draft()
    one.start()
    one.quiet()
    far = one.page.locator(f"dialog .dot[data-id='{MUSEUM}']").get_attribute("transform")
    one.press("ArrowRight")
    one.quiet()
    near = one.page.locator(f"dialog .dot[data-id='{MUSEUM}']").get_attribute("transform")
    assert far != near
    assert one.page.locator("dialog text.own").text_content() == "Northcliff Museum of the Sea"
    one.page.emulate_media(reduced_motion="reduce")
    where = "els => Object.fromEntries(els.map((e) => [e.dataset.id, e.getAttribute('transform').split(')')[0]]))"
    before = one.page.locator("dialog .dot").evaluate_all(where)
    one.press("PageDown")
    after = one.page.locator("dialog .dot").evaluate_all(where)
    both = set(before) & set(after)
    assert len(both) > 15 and all(before[each] == after[each] for each in both)
    label = str(one.page.locator("dialog svg.net").get_attribute("aria-label"))
    assert f"stands out with {one.page.locator('dialog line.lit').count()} partnerships" in label


def the_deck_is_made(one: Talk, file: Path) -> None:
    """Under the name of whom it is about and for whom."""
    from pptx import Presentation

    with one.page.expect_download() as got:
        one.page.get_by_role("button", name="PowerPoint").click()
    got.value.save_as(file)
    assert len(Presentation(str(file)).slides) > 8 and got.value.suggested_filename == "pilot-tidelines-for-lead.pptx"


def test_keys_and_clicker_turn_the_slides_and_notes_come_and_go(talk_on_screen: Any, tmp_path: Path) -> None:
    """Arrows, page keys, space, home, end, back; n for notes, b for darkness, a click at either side; all said aloud. The deck is
    made when it is asked for."""
    one = talk_on_screen("about=pilot:tidelines")
    one.draft()
    the_deck_is_made(one, tmp_path / "deck.pptx")
    one.start()
    for key, said in [
        ("ArrowRight", "2"), ("PageDown", "3"), ("Space", "4"), ("ArrowLeft", "3"), ("PageUp", "2"), ("Shift+Space", "1"),
        ("PageUp", "1"), ("End", "11"), ("ArrowRight", "11"), ("Home", "1"), ("Enter", "2"), ("Backspace", "1"),
    ]:  # fmt: skip
        assert one.press(key) == f"{said} of 11", key
    live = one.page.locator("dialog [aria-live=polite]")
    assert live.inner_text().startswith("Slide 1 of 11: ") and "Tidelines" in live.inner_text()
    assert one.page.locator("dialog .notes").is_hidden()
    one.page.keyboard.press("n")
    assert "why this work matters" in one.page.locator("dialog .notes").inner_text()
    one.page.keyboard.press("b")
    assert one.page.locator("dialog.dimmed").count() == 1
    assert one.press("ArrowRight") == "2 of 11" and one.page.locator("dialog.dimmed").count() == 0
    one.page.mouse.click(1200, 400)
    assert one.shown() == "3 of 11"
    one.page.mouse.click(60, 400)
    assert one.shown() == "2 of 11"
    with one.page.expect_popup() as opened:
        one.page.keyboard.press("w")
    aside = opened.value
    words = aside.inner_text("body")
    assert re.search(r"^\d\d:\d\d · \d+:\d\d since the start", words)
    following = re.search("Next: (.+)", words)
    assert "2 of 11" in words and following
    coming = aside.locator(".next .stage")
    assert coming.locator("h2").inner_text() == following[1].strip() and coming.locator("svg.net .dot").count() > 20
    box, map_box = coming.bounding_box(), coming.locator("svg.net").bounding_box()
    assert box and map_box and box["width"] > 300 and map_box["height"] > 80
    aside.keyboard.press("PageDown")
    assert one.page.locator("dialog h2").first.inner_text() == following[1].strip()
    assert one.shown() == "3 of 11" and "3 of 11" in aside.inner_text("body")


def test_on_a_projector_of_1024_type_has_two_sizes_and_the_map_stands_still(talk_on_screen: Any) -> None:
    """A title and a body of 18 pixels or more, sources and the key of the map smaller; nothing cut off: words without room go on
    in further parts. The map has one place on all slides. T makes both sizes larger."""
    one = talk_on_screen(f"about=partner:{MUSEUM}", viewport={"width": 1024, "height": 768}, reduced_motion="reduce")
    one.draft()
    one.start()
    places, larger = set(), []
    for key in (None, "t"):
        if key:
            one.press("Home")
            one.press(key)
        seen = [""]
        while seen[-1] != (now := one.where()):
            seen.append(now)
            found = one.page.locator("dialog").evaluate(MEASURED)
            assert found["full"] and found["cut"] == 0 and found["over"] <= 1, (now, found)
            assert not found["wide"] and found["under"] <= 1, (now, found)
            (title,), (body,), (small,) = found["title"], found["body"], found["small"]
            assert title >= 36 and 18 <= body < title and small < body, (now, found)
            places.add((key, found["map"]))
            one.page.keyboard.press("PageDown")
        assert seen[-1].startswith("10 of 10")
        larger.append((title, body, len(seen)))
    assert len(places) == 2
    assert all(after > before for before, after in zip(*larger, strict=True))
    for width, height in ((1280, 720), (390, 844)):
        one.page.set_viewport_size({"width": width, "height": height})
        for key in ("Home", *["PageDown"] * 24):
            one.press(key)
            found = one.page.locator("dialog").evaluate(MEASURED)
            assert not found["cut"] and not found["wide"] and found["under"] <= 1 and found["over"] <= 1, (width, found)
