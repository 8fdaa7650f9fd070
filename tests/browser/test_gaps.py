"""Gaps and places in a real browser: a scenario is a link, the map opens a place, and nothing leaves the machine."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import arrived


@pytest.mark.thorough
def test_an_introduction_is_tried_and_its_address_shows_another_person_the_same(window: Any) -> None:
    """Meet, try the first introduction, then open the address elsewhere; undo empties it."""
    one = window("/gaps?show=meet")
    one.says("Who should meet")
    one.page.get_by_role("button", name="Try it").first.click()
    one.says("partnerships 303 → 304")
    arrived(one.page, "scenario=")
    other = window("/" + one.page.url.split("/", 3)[3])
    other.says("partnerships 303 → 304")
    other.page.get_by_role("button", name="Undo", exact=True).click()
    other.says("Nothing is changed yet")
    one.says("partnerships 303 → 304")


def test_the_map_is_drawn_and_a_click_on_a_partner_tells_its_ties_by_distance(window: Any) -> None:
    """Every kind in the legend; the first symbol is clicked; the address holds who is selected."""
    places = window("/places")
    places.page.locator(".js-plotly-plot .scatterlayer .points path").first.wait_for()
    places.page.locator(".js-plotly-plot .legendtext").nth(3).wait_for()
    points = places.page.locator(".js-plotly-plot .scatterlayer .points path")
    box = points.nth(0).bounding_box()
    places.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    places.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    places.says("in this wave. The nearest is")
    places.page.wait_for_url("**select=partner**")


def test_a_place_is_opened_from_the_keyboard_and_the_whole_map_comes_back(window: Any) -> None:
    """Type a place's name, press Enter: its partners are listed and the address holds the part looked at."""
    places = window("/places")
    places.page.get_by_label("Find a place or a partner").click()
    places.page.keyboard.type("Saltmere: 9")
    places.page.keyboard.press("Enter")
    places.says("9 partners here")
    places.page.wait_for_url("**at=**")
    places.page.get_by_role("button", name="Whole map").click()
    places.says("10 places")


@pytest.mark.parametrize(
    "path",
    [
        "/places",
        "/gaps?show=meet",
        *(pytest.param(path, marks=pytest.mark.thorough) for path in ("/gaps", "/gaps?show=depend", "/gaps?show=what_if")),
    ],
)
def test_nothing_is_wider_than_a_phone_in_the_dark(look: Any, path: str) -> None:
    """390 px wide, dark."""
    one = look(path, color_scheme="dark", viewport={"width": 390, "height": 844})
    one.says("Illustrative")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 390
