"""Large networks, stars and two views in a real browser: drawn, explained, clicked, folded, kept alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support import prepared
from tests.support.browser import MAP, Window, arrived, settled, windows
from tests.support.made import grants, sector
from tests.support.server import serving
from wtnet.store import Programme, Store


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with sector maps of 2,000 and 300 partners and a grant list of 300 beside the shipped programmes."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "app.db").write_bytes(prepared.shipped())
    with Store(f"sqlite:///{folder}/app.db") as store:
        store.create(Programme("sector", "Sector map"), sector(2_000, 6_000), "test", "generated")
        store.create(Programme("three", "Three hundred"), sector(300, 900), "test", "generated")
        store.create(Programme("grants", "Grant list"), grants(300, 2, 10), "test", "generated")
    with serving(f"sqlite:///{folder}/app.db", folder / "app.log") as address:
        yield address


@pytest.fixture
def visit(browser: Any, app: str) -> Iterator[Any]:
    """Open the app as often as a test asks, and wait for what it waits for; no script may fail."""

    def make(path: str, ready: str = MAP) -> Window:
        one = Window(browser, app, path)
        one.page.wait_for_selector(ready)
        one.quiet()
        return one

    with windows(make) as open_:
        yield open_


def test_two_thousand_partners_are_drawn_on_the_wide_map_which_says_why(visit: Any) -> None:
    """All of them, with names, and a sentence on which map this is; a click selects in a small message. Dragging and the wheel
    move it; arrows walk from partner to partner and say where they are. Folded there are far fewer shapes than partners."""
    home = visit("/?programme=sector")
    frame = home.page.locator(MAP)
    assert frame.get_attribute("data-partners") == "2000" and int(frame.get_attribute("data-labels")) > 10
    assert "wide map" in home.page.inner_text("body")
    partner = home.page.evaluate("window.wtnetMaps.map.order[0]")
    sent = home.click_at(partner)
    assert frame.get_attribute("data-selected") == f"partner:{partner}"
    assert int(frame.get_attribute("data-lit")) > 5
    assert sent < 16_000, f"{sent} bytes"
    is_moved_zoomed_and_walked(home)
    home.page.get_by_role("button", name="Fold communities into bubbles").click()
    home.page.wait_for_function("window.wtnetMaps.map?.data?.nodes.length < 500")
    home.quiet()
    assert "wide map" not in home.page.inner_text("body")


@pytest.mark.thorough
def test_three_hundred_partners_answer_a_click_in_a_small_message_and_stand_alike_whatever_was_filtered_first(visit: Any) -> None:
    """Opened with one kind, then with all: partners stand to one another as on a map opened with everybody."""
    apart = """two => {
      const at = window.wtnetMaps.map.network.getPositions(two), [a, b] = two.map((id) => at[id]);
      return [b.x - a.x, b.y - a.y];
    }"""
    home = visit("/?programme=three&kind=museum")
    two = home.page.evaluate("window.wtnetMaps.map.order.slice(0, 2)")
    before = home.page.evaluate(apart, two)
    home.page.get_by_role("button", name="Take away the filter Kind").click()
    home.quiet()
    assert home.page.locator(MAP).get_attribute("data-partners") == "300"
    assert home.page.evaluate(apart, two) == before == visit("/?programme=three").page.evaluate(apart, two)
    sent = home.click_at(home.page.evaluate("window.wtnetMaps.map.order[0]"))
    assert home.page.locator(MAP).get_attribute("data-selected") and sent < 16_000, f"{sent} bytes"


def is_moved_zoomed_and_walked(home: Window) -> None:
    """By hand and by keyboard."""
    canvas = home.page.locator(".canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    before = home.page.evaluate("[window.wtnetMaps.map.network.x, window.wtnetMaps.map.network.k]")
    home.page.mouse.move(box["x"] + 200, box["y"] + 200)
    home.page.mouse.down()
    home.page.mouse.move(box["x"] + 260, box["y"] + 230, steps=4)
    home.page.mouse.up()
    home.page.mouse.wheel(0, -300)
    home.page.wait_for_function("k => window.wtnetMaps.map.network.k > k", arg=before[1])
    after = home.page.evaluate("[window.wtnetMaps.map.network.x, window.wtnetMaps.map.network.k]")
    assert after[0] != before[0] and after[1] > before[1]
    canvas.focus()
    home.page.keyboard.press("Home")
    assert "works with" in home.page.locator(".says").inner_text()


def test_a_grant_list_is_told_to_be_a_star_and_shown_as_a_list_or_by_what_partners_share(visit: Any) -> None:
    """The funder's list first; linked by pilots and places on request; the map all the same too."""
    home = visit("/?programme=grants", "[data-testid='stDataFrame']")
    said = home.page.inner_text("body")
    assert "This is a star" in said and "Funder 0 works with" in said
    home.page.get_by_role("radio", name="Linked by pilots and places").click()
    home.page.wait_for_selector(MAP)
    home.quiet()
    assert "not a partnership" in home.page.inner_text("body")
    arrived(home.page, "large=shared")
    home.page.get_by_role("radio", name="The map anyway").click()
    home.page.wait_for_function(
        "document.querySelector('body').innerText.includes('This is a star') && window.wtnetMaps.map?.data.nodes.length === 300"
    )


def test_two_views_look_from_the_same_spot_and_select_together(visit: Any) -> None:
    """A partner stands at the same place of both panes, before and after a zoom, and a click on one side lights both."""
    two = visit("/two_views")
    two.page.wait_for_function("window.wtnetMaps?.left_map?.network && window.wtnetMaps?.right_map?.network")
    spots = """() => ['left_map', 'right_map'].map((key) => { const map = window.wtnetMaps[key], at = map.where('robin-larkmead'),
        box = map.canvas.getBoundingClientRect(); return [at.x - box.left, at.y - box.top]; })"""
    one, other = two.page.evaluate(spots)
    assert one == pytest.approx(other, abs=0.5)
    sent = two.click_at("robin-larkmead", "left_map")
    assert sent < 18_000, f"{sent} bytes"
    for key in ("left_map", "right_map"):
        assert two.page.evaluate("k => window.wtnetMaps[k].frame.dataset.selected", key) == "partner:robin-larkmead"
    assert "Robin Larkmead has" in two.page.inner_text("body")
    two.page.mouse.wheel(0, -400)
    settled(two.page)
    zoomed, too = two.page.evaluate(spots)
    assert zoomed == pytest.approx(too, abs=0.5)
