"""The home page in a real browser: the map is drawn, a click on either side moves both, and a link is the view."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser

MAP = ".map[data-drawn='true']"
BRIDGE = "robin-larkmead"


class Visit:
    """One person's browser window on the app: what it received, asked for and broke."""

    def __init__(self, browser: Any, address: str, path: str = "/", **context: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, **context)
        self.page = self.context.new_page()
        self.received: list[int] = []
        self.strayed: list[str] = []
        self.errors: list[str] = []
        self.page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: self.received.append(len(frame))))
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(address + path)
        self.page.wait_for_selector(MAP, timeout=60_000)
        self.quiet()

    def _asked(self, request: Any) -> None:
        if request.url.startswith(("http", "ws")) and "//127.0.0.1" not in request.url:
            self.strayed.append(request.url)

    def quiet(self) -> None:
        """Wait until nothing has arrived for a second."""
        seen, still = -1, 0
        while still < 10:
            self.page.wait_for_timeout(100)
            still = still + 1 if len(self.received) == seen else 0
            seen = len(self.received)

    def where(self, partner: str) -> dict[str, float]:
        """Where a partner is drawn in the window."""
        return self.page.evaluate("id => window.wtnetMaps.map.where(id)", partner)

    def on_map(self, partner: str) -> tuple[float, float]:
        """Where a partner is drawn within the map, wherever the page is scrolled to."""
        at, box = self.where(partner), self.page.locator(".map").bounding_box()
        return at["x"] - box["x"], at["y"] - box["y"]

    def click_partner(self, partner: str) -> int:
        """Click a partner on the map; returns the bytes that came back."""
        self.page.locator(".map").scroll_into_view_if_needed()
        at = self.where(partner)
        before = sum(self.received)
        self.page.mouse.click(at["x"], at["y"])
        self.quiet()
        return sum(self.received) - before

    def title(self) -> str:
        """The heading of the impact side."""
        return self.page.locator(".panel h3").inner_text()


@pytest.fixture
def visit(browser: Any, app: str) -> Iterator[Any]:
    """Open the app in a new window, as many times as a test asks; every one must stay on this machine and unbroken."""
    opened: list[Visit] = []

    def open_(path: str = "/", **context: Any) -> Visit:
        opened.append(Visit(browser, app, path, **context))
        return opened[-1]

    yield open_
    for one in opened:
        assert one.strayed == [], "a request left the machine"
        assert one.errors == [], "a script failed"
        assert one.page.locator(".stException").count() == 0
        one.context.close()


def test_the_map_of_the_example_is_drawn_with_every_partner_and_tie(visit: Any) -> None:
    """Home opens on the example programme with its 66 partners on the map and the indicators beside it."""
    home = visit()
    assert home.page.locator(MAP).get_attribute("data-partners") == "66"
    assert int(home.page.locator(MAP).get_attribute("data-ties")) > 200
    assert int(home.page.locator(MAP).get_attribute("data-labels")) >= 6
    assert home.page.locator(".ind").count() == 15
    assert "Illustrative" in home.page.inner_text("body")


def test_a_click_on_a_partner_changes_the_right_side_in_a_small_message_without_moving_the_map(visit: Any) -> None:
    """The impact side shows the partner's own pilots; the server sends under 8 KB; no partner moves; nothing reloads."""
    home = visit()
    before = home.on_map(BRIDGE)
    marked = home.page.evaluate("window.stillHere = 1")
    sent = home.click_partner(BRIDGE)
    assert home.title() == "Robin Larkmead"
    assert sent < 8_000, f"{sent} bytes"
    assert home.on_map(BRIDGE) == pytest.approx(before, abs=0.01)
    assert home.page.evaluate("window.stillHere") == marked == 1
    assert f"partner%3A{BRIDGE}" in home.page.url or f"partner:{BRIDGE}" in home.page.url


def test_a_link_shows_the_same_view_in_another_browser(visit: Any) -> None:
    """Copying the URL after choosing a wave and clicking a partner gives another person the same wave and selection."""
    home = visit()
    home.page.get_by_role("radio", name="Midpoint").click()
    home.quiet()
    home.click_partner(BRIDGE)
    ties = home.page.locator(MAP).get_attribute("data-ties")
    other = visit(home.page.url.split("/", 3)[3].join(["/", ""]))
    assert other.title() == home.title() == "Robin Larkmead"
    assert other.page.locator(MAP).get_attribute("data-ties") == ties
    assert other.page.locator(MAP).get_attribute("data-selected") == f"partner:{BRIDGE}"
    assert other.on_map(BRIDGE) == pytest.approx(home.on_map(BRIDGE), abs=1)


def test_a_click_on_a_tie_shows_what_both_sides_say(visit: Any) -> None:
    """The middle of a tie is clicked: the right side names both partners and sets their ratings side by side."""
    home = visit()
    tie = home.page.evaluate(
        """() => { const m = window.wtnetMaps.map; for (const t of m.ties.values()) { if (t.dashed || t.level < 3) continue;
             const a = m.where(t.from), b = m.where(t.to), x = (a.x + b.x) / 2, y = (a.y + b.y) / 2;
             const box = m.canvas.getBoundingClientRect(), at = { x: x - box.left, y: y - box.top };
             if (m.network.getNodeAt(at) === undefined && m.network.getEdgeAt(at) === t.id)
               return { x, y, names: [m.names.get(t.from), m.names.get(t.to)] }; } }"""
    )
    home.page.mouse.click(tie["x"], tie["y"])
    home.quiet()
    assert all(name in home.title() for name in tie["names"])
    assert home.page.locator(".sides tbody tr").count() == 8


def test_a_pilot_or_an_indicator_on_the_right_lights_its_partners_on_the_left(visit: Any) -> None:
    """Selecting on the right lights some, not all, partners on the map; selecting again lets all shine."""
    home = visit()
    home.page.get_by_role("button", name="Slate Songs").first.click()
    home.quiet()
    lit = int(home.page.locator(MAP).get_attribute("data-lit"))
    assert 5 < lit < 40
    assert home.title() == "Slate Songs"
    home.page.get_by_role("button", name="Show everything").click()
    home.quiet()
    assert home.page.locator(MAP).get_attribute("data-lit") == ""
    home.page.locator(".ind > button").first.click()
    home.quiet()
    assert int(home.page.locator(MAP).get_attribute("data-lit")) > lit
    assert home.page.locator(".rows tbody tr").count() == 6


def test_finding_a_partner_by_name_selects_it_and_a_focus_shows_only_its_neighbours(visit: Any) -> None:
    """Typing a name selects the partner; "1 step" leaves it and those it works with; the others keep their places."""
    home = visit()
    home.page.get_by_label("Find a partner").click()
    home.page.keyboard.type("Robin")
    home.page.keyboard.press("Enter")
    home.quiet()
    assert home.title() == "Robin Larkmead"
    home.page.get_by_role("radio", name="1 step").click()
    home.quiet()
    left = int(home.page.locator(MAP).get_attribute("data-partners"))
    assert 3 < left < 40
    assert f"focus={BRIDGE}" in home.page.url and "hops=1" in home.page.url


def test_a_link_to_a_partner_that_has_gone_says_so_and_shows_the_rest(visit: Any) -> None:
    """An unknown partner and wave in a link are named; the map is there all the same."""
    home = visit("/?select=partner:nobody&wave=nineteenth")
    said = home.page.inner_text("body")
    assert "nobody" in said and "nineteenth" in said
    assert home.page.locator(MAP).get_attribute("data-partners") == "66"


def test_the_page_works_in_the_dark_and_on_a_phone(visit: Any) -> None:
    """Dark theme, 390 px wide: the map is drawn in full and nothing is wider than the screen."""
    home = visit("/", color_scheme="dark")
    home.page.set_viewport_size({"width": 390, "height": 844})
    home.quiet()
    assert home.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert home.page.evaluate("window.wtnetMaps.map.dark") is True
