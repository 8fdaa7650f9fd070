"""The browser's own Back, and the menu, on the choices that every page shares."""

from __future__ import annotations

from typing import Any

from tests.support.browser import arrived


def test_back_goes_through_every_wave_and_the_menu_keeps_the_one_chosen(window: Any) -> None:
    """End, Midpoint, Baseline, and back again; then to Change by the menu, and back to the map in the same wave."""
    one = window("/impact?theme=care")
    for wave in ("Midpoint", "Baseline"):
        one.page.get_by_role("radio", name=wave, exact=True).click()
        arrived(one.page, f"wave={wave.lower()}")
    one.quiet()
    for wave, address in (("Midpoint", "wave=midpoint"), ("End", "theme=care")):
        one.page.go_back()
        arrived(one.page, address)
        one.quiet()
        assert one.page.get_by_role("radio", name=wave, exact=True).get_attribute("aria-checked") == "true"
    assert "wave=" not in one.page.url
    one.page.go_forward()
    arrived(one.page, "wave=midpoint")
    one.quiet()
    one.page.get_by_test_id("stSidebarNav").get_by_role("link", name="Cross-sector reach").click()
    arrived(one.page, "/reach", "wave=midpoint", "theme=care")
    one.quiet()
    assert one.page.get_by_role("radio", name="Midpoint", exact=True).get_attribute("aria-checked") == "true"
    for _ in range(2):  # the menu opens the bare page, which then writes what it shows
        one.page.go_back()
        one.quiet()
        assert one.page.get_by_role("radio", name="Midpoint", exact=True).get_attribute("aria-checked") == "true"
    arrived(one.page, "/impact", "wave=midpoint", "theme=care")
    one.page.go_back()
    one.quiet()
    assert (
        "wave=" not in one.page.url
        and one.page.get_by_role("radio", name="End", exact=True).get_attribute("aria-checked") == "true"
    )
    one.page.get_by_test_id("stSidebarNav").get_by_role("link", name="Impact", exact=True).click()  # the page one is on already
    one.quiet()
    assert "theme=care" in one.page.url
