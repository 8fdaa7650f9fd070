"""Chips under the title: reached and pressed by keyboard, named for who hears them, and wrapped on a telephone."""

from __future__ import annotations

from typing import Any

NAMES = "pilot=slate-songs&kind=museum&kind=freelancer&hide=saltmere-museum-and-gallery&weights=0.2-1-1-1"


def test_chips_wrap_on_a_telephone_and_one_is_taken_away_by_keyboard(visit: Any) -> None:
    """None is wider than the page, and what is said below begins under the last of them; each says what it does."""
    home = visit(f"/?{NAMES}", viewport={"width": 390, "height": 844})
    chips = [each.bounding_box() for each in home.page.locator(".st-key-chips button").all()]
    assert len(chips) > 4 and all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in chips)
    below = home.page.locator(".st-key-sentence").first.bounding_box()["y"]
    assert all(box["y"] + box["height"] <= below for box in chips)
    assert home.page.evaluate("document.documentElement.scrollWidth") <= 390
    chip = home.page.get_by_role("button", name="Take away the filter Pilot: Slate Songs")
    chip.focus()
    home.page.keyboard.press("Enter")
    chip.wait_for(state="hidden")
    home.quiet()
    assert "pilot=" not in home.page.url and "hide=saltmere-museum-and-gallery" in home.page.url
