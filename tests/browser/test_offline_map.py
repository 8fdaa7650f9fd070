"""The offline map in a real browser with the network off: every journey, by pointer and by keyboard, and odd programmes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import exports
from wtnet.writers.html_map import page as html_map


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Open an export's map from a file with the network off; nothing may be asked for and no script may fail."""
    asked: list[str] = []
    broken: list[str] = []
    contexts = []

    def open_(export: Any, **more: Any) -> Any:
        path = tmp_path / f"map {len(contexts)}.html"
        path.write_bytes(html_map.write(export))
        context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda one: asked.append(one.url) if not one.url.startswith("file:") else None)
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)
        page.on("dialog", lambda box: broken.append(f"dialog {box.message}"))
        page.goto(path.as_uri())
        page.wait_for_selector("#map[data-drawn]")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert asked == [] and broken == []


def test_search_focus_waves_filters_and_tables_work_offline(opened: Any) -> None:
    """One journey with the network off: find, look at the card, step back a wave, hide a kind, raise the bar, open a table."""
    page = opened(exports.export("example"))
    whole = int(page.locator("#map").get_attribute("data-ties"))
    assert whole == 303
    page.fill("#find", "robin")
    page.press("#find", "Enter")
    assert page.locator("#map").get_attribute("data-chosen") == "robin-larkmead"
    assert page.locator("#card h2").inner_text() == "Robin Larkmead"
    assert "Works with 22 partners" in page.locator("#card").inner_text()
    page.select_option("#colour", "kind")
    assert "1 Works with: " in page.locator("#ramp").inner_text() and "kind not recorded: " in page.locator("#ramp").inner_text()
    page.wait_for_function("document.getElementById('map').dataset.numbers > 2")
    page.select_option("#colour", "")
    assert "Works with" not in page.locator("#ramp").inner_text()
    page.locator("#card li button").first.click()
    assert page.locator("#card h2").inner_text() != "Robin Larkmead"
    page.get_by_role("button", name="Baseline", exact=True).click()
    assert "Baseline" in page.locator("#under").inner_text()
    assert int(page.locator("#map").get_attribute("data-ties")) < whole
    page.get_by_role("button", name="Freelancer 14").click()
    assert "52 partners" in page.locator("#under").inner_text()
    page.locator("#least").evaluate("one => { one.value = 0.8; one.dispatchEvent(new Event('input')); }")
    few = int(page.locator("#map").get_attribute("data-ties"))
    page.locator("#ties summary").click()
    page.wait_for_selector("#ties tbody tr")
    assert page.locator("#ties tbody tr").count() == few > 0
    page.locator("#reset").click()
    page.locator("#partners summary").click()
    page.wait_for_selector("#partners tbody tr")
    assert page.locator("#partners tbody tr").count() == 66
    assert page.locator("#partners thead th[scope=col]").count() == 5


def test_it_can_be_used_by_keyboard_alone(opened: Any) -> None:
    """Tab reaches the map, arrows walk, brackets change the wave, Escape shows everything."""
    page = opened(exports.export("example"))
    page.focus("#map")
    page.keyboard.press("ArrowRight")
    first = page.locator("#map").get_attribute("data-chosen")
    page.keyboard.press("ArrowRight")
    assert first and page.locator("#map").get_attribute("data-chosen") not in ("", first)
    page.keyboard.press("[")
    assert "Midpoint" in page.locator("#under").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#map").get_attribute("data-chosen") == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_machine_and_the_button(opened: Any, scheme: str) -> None:
    """The page starts as the machine is set, and turns."""
    page = opened(exports.export("alone"), color_scheme=scheme)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    page.click("#theme")
    assert page.evaluate("document.documentElement.dataset.theme") != scheme


@pytest.mark.parametrize("which", ["hostile", "empty", "working-together"])
def test_odd_programmes_open_without_a_failure(opened: Any, which: str) -> None:
    """Hostile names are text; nobody to show is said by the count; cards and tables open."""
    page = opened(exports.export(which))
    number = page.evaluate("wtnetMap.nodes.length")
    for at in range(min(number, 20)):
        page.evaluate("at => wtnetMap.choose(at, true)", at)
        assert page.locator("#card h2").inner_text().strip()
    page.locator("#partners summary").click()
    page.wait_for_selector("#partners table")
    assert page.locator("#partners tbody tr").count() == number
    assert page.locator("#card script, #card b, #partners b").count() == 0


def test_it_fits_a_phone(browser: Any, tmp_path: Path) -> None:
    """At 390 pixels nothing is cut off to the side."""
    path = tmp_path / "map.html"
    path.write_bytes(html_map.write(exports.export("example")))
    context = browser.new_context(viewport={"width": 390, "height": 844}, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("#map[data-drawn]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
