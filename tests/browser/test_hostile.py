"""Hostile names in a real browser: nothing runs, nothing is made from them, nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.app import PATHS
from tests.support.browser import arrived, settled
from tests.support.hostile import ELSEWHERE, HOSTILE, made
from tests.support.listening import Listener
from tests.support.server import serving
from wtnet.importing import first_start
from wtnet.store import Programme, Store
from wtnet.writers import prepare, write

MADE = (
    "img[src='x'], img[src*='203.0.113.9'], [onerror], [onload], [onclick], iframe[srcdoc], a[href^='javascript:'], form[action]"
)
FROM_NAMES = """wanted => {
  const found = [], look = root => {
    found.push(...root.querySelectorAll(wanted));
    for (const one of root.querySelectorAll('*')) if (one.shadowRoot) look(one.shadowRoot);
  };
  look(document);
  return found.map(one => one.outerHTML.slice(0, 200));
}"""


class Watched:
    """A window in which nothing may run, be asked for elsewhere, or be made from a name."""

    def __init__(self, page: Any) -> None:
        self.page, self.wrong = page, []
        page.on("dialog", lambda dialog: (self.wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.wrong.append(request.url) if ELSEWHERE in request.url else None)
        page.on("pageerror", lambda error: self.wrong.append(f"error {error}"))

    def holds(self, where: str) -> None:
        """Nothing happened so far, and nothing stands in the page that a name brought."""
        assert self.page.evaluate("window.pwned ?? null") is None, where
        assert self.page.evaluate(FROM_NAMES, MADE) == [], where
        assert self.page.evaluate("getComputedStyle(document.body).display") != "none", where
        assert self.wrong == [], where


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with the hostile programme."""
    folder = tmp_path_factory.mktemp("hostile")
    database = f"sqlite:///{folder}/app.db"
    with Store(database) as store:
        first_start(store)
        store.create(Programme("hostile", HOSTILE[0], HOSTILE[4], source=HOSTILE[1]), made(), HOSTILE[0], HOSTILE[4])
    with serving(database, folder / "log") as address:
        yield address
    assert "page_failed" not in (folder / "log").read_text()


@pytest.mark.thorough
def test_no_name_runs_or_draws_anything_on_any_page(browser: Any, place: str) -> None:
    """Every page as the lead sees it, with a partner chosen, the pointer over it, and the talk on full screen."""
    who = made().organisations["id"][1]
    one = Listener(browser, place)
    watched = Watched(one.page)
    for name in PATHS:
        one.open(f"/{'' if name == 'side_by_side' else name}?programme=hostile")
        watched.holds(name)
        assert one.page.locator(".stException").count() == 0, name
        if name == "side_by_side":
            one.page.locator(".map[data-drawn='true']").wait_for()
            at = one.page.evaluate("id => window.wtnetMaps.map.where(id)", who)
            one.page.mouse.move(at["x"], at["y"])
            settled(one.page)
            watched.holds("tooltip")
            one.page.mouse.click(at["x"], at["y"])
            one.quiet()
            watched.holds("chosen")
        elif name == "partners":
            one.page.evaluate("id => { location.search = '?programme=hostile&partner=' + encodeURIComponent(id) }", who)
            arrived(one.page, "partner=")
            one.quiet()
            watched.holds("profile")
        elif name == "present":
            one.draft()
            one.page.get_by_role("button", name="Present full screen").click()
            for _ in range(4):
                settled(one.page)
                one.page.keyboard.press("ArrowRight")
            watched.holds("stage")
    one.context.close()


@pytest.mark.parametrize("format", ["html", "svg"])
def test_no_name_runs_or_draws_anything_in_a_file(browser: Any, tmp_path: Path, format: str) -> None:
    """The offline map and the picture, opened from the disk."""
    file = tmp_path / f"file.{format}"
    file.write_bytes(write(format, prepare(Programme("hostile", HOSTILE[0], HOSTILE[4], source=HOSTILE[1]), made())))
    page = browser.new_page()
    watched = Watched(page)
    page.goto(file.as_uri())
    page.wait_for_load_state("networkidle")
    settled(page, 500)
    assert page.evaluate("window.pwned ?? null") is None and watched.wrong == []
    assert page.evaluate(FROM_NAMES, MADE) == []
    page.close()
