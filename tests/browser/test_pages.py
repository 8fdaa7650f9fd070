"""Time, change, two views, partners and a profile on paper, in a real browser: one journey each."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import arrived

MAPS = "() => window.wtnetMaps?.left_map?.network && window.wtnetMaps?.right_map?.network"
SPOTS = """id => ['left_map', 'right_map'].map((key) => { const map = window.wtnetMaps[key], at = map.where(id),
    box = map.canvas.getBoundingClientRect(); return [at.x - box.left, at.y - box.top]; })"""
ENDS = (
    "all => all.map(e => [e.getBoundingClientRect().top, e.querySelector('svg').getBoundingClientRect().bottom].map(Math.round))"
)


def ends_in_line(pictures: Any) -> None:
    """Names of one and of two lines do not push small pictures out of line: those of one row end at the same height."""
    pictures.nth(13).wait_for()
    ends = pictures.evaluate_all(ENDS)
    rows: dict[int, set[int]] = {}
    for top, bottom in ends:
        rows.setdefault(top, set()).add(bottom)
    assert len(ends) >= 14 and all(len(bottoms) == 1 for bottoms in rows.values()), rows


def test_from_the_change_page_to_what_moved_and_to_the_partner_behind_it(window: Any) -> None:
    """The later half of the programme is chosen; the sentence follows; a mover leads to its profile, its tie to the map."""
    one = window("/change")
    one.says("Between Baseline and End, 106 partnerships are new")
    one.page.locator(".js-plotly-plot .sankey-link").first.wait_for()
    ends_in_line(one.page.locator("figure.multiple"))
    one.choose("From", "Midpoint")
    one.says("Between Midpoint and End")
    arrived(one.page, "before=midpoint")
    other = window(one.link())
    other.says("Between Midpoint and End")
    other.quiet()
    other.page.locator("[class*='st-key-mover_'] a").first.click()
    other.says("What both sides say")
    arrived(other.page, "/partners", "partner=")
    one.page.locator("[class*='st-key-mover_'] a[href*='select=tie']").first.click()
    one.page.wait_for_selector(".map[data-selected^='tie:']")


@pytest.mark.thorough
def test_the_leads_view_beside_one_partners_and_the_other_way_round(window: Any) -> None:
    """Chosen by keyboard, kept in the link, swapped; a partner stands at the same spot on both sides."""
    two = window("/two_views")
    two.page.wait_for_function(MAPS)
    two.choose("Left side", "What the lead")
    two.choose("Right side", "What one partner")
    two.choose("Which", "Robin Larkmead")
    two.says("Only the partnerships of Robin Larkmead are compared")
    arrived(two.page, "left=documented", "right=said:robin-larkmead")
    two.page.wait_for_function(MAPS)
    left, right = two.page.evaluate(SPOTS, "robin-larkmead")
    assert left == pytest.approx(right, abs=0.5)
    two.page.get_by_role("button", name="Swap sides").click()
    two.says("“What Robin Larkmead says” shows")
    two.quiet()
    arrived(two.page, "right=documented")


@pytest.mark.thorough
def test_pilots_beside_one_another_and_a_link_to_one_that_has_gone(window: Any) -> None:
    """Pilot against pilot from a link; a pilot nobody knows is named and the usual view shown."""
    window("/two_views?left=pilot:slate-songs&right=pilot:lantern-hours").says("“Slate Songs” shows")
    gone = window("/two_views?left=pilot:no-such-pilot")
    gone.says("no-such-pilot")
    gone.says("“Baseline” shows")


def test_a_partner_is_searched_for_opened_and_put_on_paper(window: Any) -> None:
    """Words nobody has are undone; a row opens the profile; in print there is no menu, on white, with every indicator."""
    one = window("/partners", color_scheme="dark")
    one.says("66 partners: 6 museums")
    search = one.page.get_by_role("textbox", name="Search")
    search.fill("zzzz")
    search.press("Enter")
    one.says("No partner matches")
    one.page.get_by_role("button", name="Undo all filters").click()
    one.page.get_by_text("No partner matches").wait_for(state="hidden")
    one.quiet()
    search.fill("lighthouse")
    search.press("Enter")
    one.says("1 of 66 partners")
    one.quiet()
    box = one.page.locator("[data-testid='stDataFrame'] canvas").first.bounding_box()
    one.page.mouse.click(box["x"] + 16, box["y"] + 54)
    one.says("What both sides say")
    one.quiet()
    arrived(one.page, "partner=harrowmouth-lighthouse-museum")
    one.page.emulate_media(media="print", color_scheme="dark")
    shown = one.page.evaluate(
        """() => ({ menu: getComputedStyle(document.querySelector('[data-testid=stSidebar]')).display,
            paper: getComputedStyle(document.body).backgroundColor, ink: getComputedStyle(document.querySelector('h2')).color,
            programme: getComputedStyle(document.querySelector('.on-paper')).display,
            buttons: [...document.querySelectorAll('button:not(.st-key-figures *)')].filter(b => b.offsetParent).length })"""
    )
    assert shown == {
        "menu": "none",
        "paper": "rgb(255, 255, 255)",
        "ink": "rgb(20, 24, 31)",
        "programme": "block",
        "buttons": 0,
    }
    assert one.page.pdf(format="A4")[:5] == b"%PDF-"


@pytest.mark.thorough
def test_nothing_is_wider_than_a_phone_in_the_dark(window: Any) -> None:
    """390 px wide, dark: change, two views, the directory and a profile."""
    one = window("/change", color_scheme="dark", viewport={"width": 390, "height": 844})
    for path in ("/change", "/two_views", "/partners", "/partners?partner=robin-larkmead"):
        one.page.goto(one.address + path)
        one.says("Illustrative")
        one.quiet()
        assert one.page.evaluate("document.documentElement.scrollWidth") <= 390, path
