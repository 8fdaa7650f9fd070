"""Every page before axe (WCAG 2.0 to 2.2, A and AA), in both themes: nothing serious that is ours; what is not ours is named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.app import PATHS
from tests.support.browser import settled
from tests.support.paths import ROOT
from wtnet.importing import first_start
from wtnet.store import Store
from wtnet.survey.links import make

ALWAYS = ("side_by_side", "change", "data")
"""The pages of every run; the others, and what opens behind choices, with `-m thorough`."""
STATES = [
    "partners?partner=robin-larkmead",
    "?select=partner:robin-larkmead",
    "gaps?show=meet",
    "gaps?show=what_if",
    "data?do=correct",
]
"""Parts of pages that stand behind a choice."""
STATEMENT = (ROOT / "wtnet" / "ui" / "pages" / "accessibility.md").read_text(encoding="utf-8")
EVERY = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The rules that ask for colours, which alone are others in another theme."""


@dataclass(frozen=True)
class Theirs:
    """A violation in a part of Streamlit's own: axe's rule, the closest data-testid, why, and the words of the statement."""

    rule: str
    part: str
    why: str
    said: str


MENU, DATES = "the menu is marked up as a list", "the day, month and year are targets of 18 by 20 pixels"
THEIRS = (
    Theirs("list", "stSidebarNavItems", "the menu's list holds its sections in something else than list items", MENU),
    Theirs("listitem", "stSidebarNavItems", "a section's items stand in something else than a list", MENU),
    Theirs("target-size", "stDateInputFieldsScroller", "the parts of a date stand close together and are small", DATES),
)

CLOSEST = """targets => { let at = document, found = null;
    for (const one of targets) { found = at.querySelector(one); at = found?.shadowRoot ?? at; }
    while (found && !found.dataset?.testid) found = found.parentElement ?? found.getRootNode().host;
    return found?.dataset.testid ?? ""; }"""
GROUND = "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"


def violations(page: Any, rules: dict[str, Any] = EVERY) -> list[str]:
    """What axe finds serious or critical and is not in the table above: rule, part, where, and what it saw."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    known = {(one.rule, one.part) for one in THEIRS}
    ours = []
    for rule in found.response["violations"]:
        if rule["impact"] not in ("serious", "critical"):
            continue
        for node in rule["nodes"]:
            first = node["target"][0]
            part = page.evaluate(CLOSEST, first if isinstance(first, list) else node["target"])
            if (rule["id"], part) not in known:
                ours.append(f"{rule['id']} in {part}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}")
    return ours


@pytest.mark.parametrize(
    "page", [*ALWAYS, *(pytest.param(one, marks=pytest.mark.thorough) for one in [*PATHS, *STATES] if one not in ALWAYS)]
)
def test_axe_finds_nothing_serious_that_is_ours(look: Any, page: str) -> None:
    """In light and, when the device turns dark while the page is open, in dark."""
    one = look("/" if page == "side_by_side" else f"/{page}", color_scheme="light")
    assert in_both_themes(one) == []


@pytest.mark.parametrize(
    ("page", "button"),
    [
        ("/survey", "New wave"),
        *(
            pytest.param(page, button, marks=pytest.mark.thorough)
            for page, button in (
                ("/", "Look"),
                ("/", "Strength"),
                ("/", "Filters"),
                ("/places", "Filters"),
                ("/reach", re.compile("Show me")),
                ("/change", "What each figure means"),
            )
        ),
    ],
)
def test_nor_in_what_a_button_opens(window: Any, page: str, button: Any) -> None:
    """A pop-over that stays open while the theme changes."""
    one = window(page, color_scheme="light")
    one.quiet()
    one.page.get_by_role("button", name=button).first.click()
    one.page.get_by_test_id("stPopoverBody").wait_for()
    one.quiet()
    assert in_both_themes(one) == []


def test_nor_in_a_talk(window: Any) -> None:
    """Full screen, with its notes; a talk has colours of its own, whatever the theme."""
    one = window("/present?about=pilot:tidelines", color_scheme="light")
    one.quiet()
    one.page.get_by_role("button", name="Draft our story").click()
    one.page.locator(".preview .slide h2").wait_for()
    one.quiet()
    one.page.get_by_role("button", name="Present full screen").click()
    one.page.locator("dialog.show[open]").wait_for()
    found = []
    for key in ("n", "ArrowRight", "ArrowRight"):
        one.page.keyboard.press(key)
        settled(one.page)
        found += violations(one.page)
    assert found == [], "\n".join(found)


def test_nor_in_a_partners_own_form(window: Any, house: tuple[str, str]) -> None:
    """What opens behind a personal link, on a phone."""
    with Store(house[1]) as store:
        first_start(store)
        wave = store.load("example").waves["id"][-1]
        token = make(store, "example", wave, "robin-larkmead", date.today() + timedelta(days=7))
    one = window(f"/form?token={token}", color_scheme="light", viewport={"width": 390, "height": 844})
    one.quiet()
    assert in_both_themes(one) == []


def in_both_themes(one: Any) -> list[str]:
    """What axe finds in light and, when the device turns dark while the page is open, of its colours; light again at the end."""
    found = [f"light: {each}" for each in violations(one.page)]
    light = one.page.evaluate(GROUND)
    one.page.emulate_media(color_scheme="dark")
    one.page.wait_for_function(f"light => ({GROUND})() !== light", arg=light)
    one.quiet()
    found += [f"dark: {each}" for each in violations(one.page, COLOURS)]
    one.page.emulate_media(color_scheme="light")
    one.page.wait_for_function(f"light => ({GROUND})() === light", arg=light)
    return found


def test_what_is_not_ours_stands_in_the_statement() -> None:
    """Each exception of the table above is told to whoever reads the accessibility page."""
    told = " ".join(STATEMENT.split())
    assert [one for one in THEIRS if one.said not in told] == []
