"""Gaps and places in a real browser: a scenario is a link, the map opens a place, and nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser


class Visit:
    """One window on a page: what it asked for and broke."""

    def __init__(self, browser: Any, address: str, path: str, **context: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 1000}} | context)
        self.page = self.context.new_page()
        self.strayed: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(address + path)
        self.page.get_by_role("heading", level=1).wait_for(timeout=60_000)

    def _asked(self, request: Any) -> None:
        if request.url.startswith(("http", "ws")) and "//127.0.0.1" not in request.url:
            self.strayed.append(request.url)

    def says(self, text: str) -> None:
        """Wait until some words are on the page."""
        self.page.get_by_text(text).first.wait_for(timeout=60_000)


@pytest.fixture
def visit(browser: Any, app: str) -> Iterator[Any]:
    """Open a page as often as a test asks; every one must stay on this machine and unbroken."""
    opened: list[Visit] = []

    def open_(path: str, **context: Any) -> Visit:
        opened.append(Visit(browser, app, path, **context))
        return opened[-1]

    yield open_
    for one in opened:
        assert one.strayed == [], "a request left the machine"
        assert one.errors == [], "a script failed"
        assert one.page.locator(".stException").count() == 0
        one.context.close()


def test_an_introduction_is_tried_and_its_address_shows_another_person_the_same(visit: Any) -> None:
    """Meet, try the first introduction, then open the address elsewhere; undo empties it."""
    one = visit("/gaps?show=meet")
    one.says("Who should meet")
    one.page.get_by_role("button", name="Try it").first.click()
    one.says("ties 303 → 304")
    one.page.wait_for_url("**scenario=**")
    other = visit("/" + one.page.url.split("/", 3)[3])
    other.says("ties 303 → 304")
    other.page.get_by_role("button", name="Undo", exact=True).click()
    other.says("Nothing is changed yet")
    one.says("ties 303 → 304")


def test_the_map_is_drawn_and_a_click_on_a_partner_tells_its_ties_by_distance(visit: Any) -> None:
    """Every kind in the legend; the first symbol is clicked; the address holds who is selected."""
    places = visit("/places")
    places.page.locator(".js-plotly-plot .scatterlayer .points path").first.wait_for(timeout=60_000)
    assert places.page.locator(".js-plotly-plot .legendtext").count() >= 4
    points = places.page.locator(".js-plotly-plot .scatterlayer .points path")
    box = points.nth(0).bounding_box()
    places.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    places.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    places.says("in this wave. The nearest is")
    places.page.wait_for_url("**select=partner**")


def test_a_place_is_opened_from_the_keyboard_and_the_whole_map_comes_back(visit: Any) -> None:
    """Type a place's name, press Enter: its partners are listed and the address holds the part looked at."""
    places = visit("/places")
    places.page.get_by_label("Find a place or a partner").click()
    places.page.keyboard.type("Saltmere: 9")
    places.page.keyboard.press("Enter")
    places.says("9 partners here")
    places.page.wait_for_url("**at=**")
    places.page.get_by_role("button", name="Whole map").click()
    places.says("10 places")


@pytest.mark.parametrize("path", ["/places", "/gaps", "/gaps?show=meet", "/gaps?show=depend", "/gaps?show=what_if"])
def test_nothing_is_wider_than_a_phone_in_the_dark(visit: Any, path: str) -> None:
    """390 px wide, dark."""
    one = visit(path, color_scheme="dark", viewport={"width": 390, "height": 844})
    one.says("Illustrative")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 390
