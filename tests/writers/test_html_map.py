"""The offline map: one file, nothing fetched, nothing run that is not ours, everything reachable by keyboard and as a table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.support import exports, made
from wtnet import writers
from wtnet.network import Scope
from wtnet.tables import Tables
from wtnet.writers.html_map import page as html_map


def data_of(page: bytes) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.decode(), re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize("which", ["empty", "alone", "hostile", "example", "working-together"])
def test_every_programme_becomes_one_file_with_its_data_as_data(which: str) -> None:
    """Whatever names hold, the page has its three scripts and no other, and nothing of the data is markup."""
    export = exports.export(which)
    page = html_map.write(export)
    assert page.count(b"<script") - page.count(b'"<script') == 3
    assert len(data_of(page)["nodes"]) == export.tables["organisations"].height
    head = page[: page.index(b'id="data"')]
    assert b"alert(" not in head and b"<b>S" not in page


def test_nothing_is_linked_or_fetched() -> None:
    """No address is loaded: no link, no src, no import, no CDN; the file's own policy forbids it too."""
    page = html_map.write(exports.export("example")).decode()
    shell = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"<link|\bsrc=|@import|url\(|cdn|<iframe|<form|<object", shell)
    assert "default-src 'none'" in page and "sourceMappingURL" not in page


def test_three_hundred_partners_stay_under_two_megabytes() -> None:
    """300 partners with 900 ties, library included."""
    assert len(html_map.write(exports.of(made.sector(300, 900)))) < 2_000_000


def test_the_same_export_gives_the_same_bytes() -> None:
    """Nothing hangs on the clock."""
    export = exports.export("example")
    assert html_map.write(export) == html_map.write(export)


def test_ties_and_strengths_are_those_of_the_network_in_every_wave() -> None:
    """As many ties per wave as the network has, each with its strength."""
    export = exports.export("example")
    data = data_of(html_map.write(export))
    last = data["waves"][-1][1]
    assert len(data["waves"]) == export.tables["waves"].height
    assert len(last) == export.network.graph.number_of_edges()
    known = [tie[5] for tie in last if tie[5] is not None]
    assert abs(sum(known) / len(known) - export.network.ties["strength"].mean()) < 1e-5


def test_what_one_partner_says_of_another_is_not_in_the_file() -> None:
    """No comment, no answer of one side, no quote that is private."""
    programme, tables = exports.shipped("example")
    quotes = tables["quotes"].with_columns(
        sharing=pl.lit("private").cast(tables["quotes"]["sharing"].dtype), text=pl.lit("SECRET")
    )
    ratings = tables["ratings"].with_columns(comment=pl.lit("WHISPERED"))
    page = html_map.write(writers.prepare(programme, tables.with_(quotes=quotes, ratings=ratings), made=exports.DAY))
    assert b"SECRET" not in page and b"WHISPERED" not in page


def test_for_the_public_hidden_names_are_not_in_the_file() -> None:
    """Freelancers who are not shared in public are numbered."""
    programme, tables = exports.shipped("example")
    page = html_map.write(writers.prepare(programme, tables, made=exports.DAY, audience="public"))
    assert b"Robin Larkmead" not in page and b"Freelancer " in page


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
        page.wait_for_selector("#map[data-drawn]", timeout=20_000)
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
    number = page.evaluate("DATA.nodes.length")
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


def test_a_scope_narrows_the_map() -> None:
    """A partner in focus: it and those it works with."""
    programme, tables = exports.shipped("example")
    export = writers.prepare(programme, tables, Scope(focus=("robin-larkmead",)), exports.DAY)
    assert len(data_of(html_map.write(export))["nodes"]) == 23
    assert isinstance(export.tables, Tables)
