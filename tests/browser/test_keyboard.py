"""Whole journeys by keyboard alone, and nothing that moves for people whose device asks for less motion."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.support.browser import arrived, spell

MAP = ".map[data-drawn='true']"
PRESENT = "/present?about=partner:northcliff-museum-of-the-sea"
FOCUSED = """() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const named = at.getAttribute('aria-label') || (at.matches('button, a, summary') ? at.innerText : '');
    return named.trim().replaceAll('\\n', ' '); }"""
SEEN = """() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const style = getComputedStyle(at); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2; }"""
TIED = "([a, b]) => [...window.wtnetMaps.map.ties.values()].some(t => [t.from, t.to].sort().join() === [a, b].sort().join())"


def tab_to(page: Any, name: str, most: int = 160) -> None:
    """Press Tab until what is focused has this in its name."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if name in passed[-1]:
            return
    raise AssertionError(f"Tab never reached “{name}”, but {list(dict.fromkeys(passed))}")


def test_a_partner_is_found_on_the_map_walked_from_and_its_profile_opened(window: Any) -> None:
    """Tab to the map, type a name, walk along its ties, Enter, Tab to “Open profile”, Enter: and all of it is read out."""
    one = window("/")
    page = one.page
    page.wait_for_selector(MAP)
    one.quiet()
    drawn = page.locator(MAP)
    tab_to(page, "Map of partners")
    assert page.evaluate(SEEN), "where the focus is cannot be seen"
    spell(page, "robin", "robin-larkmead")
    expect(drawn).to_have_attribute("data-walked", "robin-larkmead")
    expect(page.locator(".says")).to_contain_text("Robin Larkmead, Freelancer")
    for arrow in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
        page.keyboard.press(arrow)
        if drawn.get_attribute("data-walked") != "robin-larkmead":
            break
    walked = drawn.get_attribute("data-walked")
    assert walked != "robin-larkmead"
    assert page.evaluate(TIED, ["robin-larkmead", walked]), "an arrow leads along a tie"
    page.keyboard.press("Enter")
    page.wait_for_selector(f".map[data-selected='partner:{walked}']")
    one.quiet()
    name = page.locator(".panel h3").inner_text()
    tab_to(page, "Open profile")
    assert page.evaluate(SEEN), "where the focus is cannot be seen"
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=2, name=name, exact=True).wait_for()
    arrived(page, f"partner={walked}")


def test_a_story_is_presented_and_left_again(window: Any) -> None:
    """Drafted and started with Enter; arrows turn, Tab shows the buttons, Escape ends and gives the focus back."""
    one = window(PRESENT, reduced_motion="reduce")
    page = one.page
    one.quiet()
    tab_to(page, "Draft our story")
    page.keyboard.press("Enter")
    page.locator(".preview .slide h2").wait_for()
    one.quiet()
    tab_to(page, "Present full screen")
    page.keyboard.press("Enter")
    talk = page.locator("dialog.show[open]")
    talk.wait_for()
    page.keyboard.press("ArrowRight")
    expect(talk).to_have_attribute("data-at", "1")
    expect(talk.locator(".live")).to_contain_text("Slide 2 of")
    assert page.evaluate("() => document.getAnimations().length") == 0
    assert talk.locator("h2").evaluate("e => getComputedStyle(e).animationName") == "none"
    tab_to(page, "Notes", 6)
    page.keyboard.press("Enter")
    expect(talk.locator(".notes")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.show")).not_to_be_visible()
    page.wait_for_function(f"() => ({FOCUSED})().includes('Present full screen')")


def test_a_file_is_brought_in_and_accepted(window: Any) -> None:
    """The file is chosen, the programme and the person named, and the rows stored, without a mouse."""
    one = window("/data")
    page = one.page
    one.says("Start from a blank workbook")
    one.quiet()
    tab_to(page, "Upload")
    page.locator("input[type=file]").first.set_input_files(  # from here on the window is the browser's own
        {"name": "organisations.csv", "mimeType": "text/csv", "buffer": b"id,name,kind\na,First,museum\nb,Second,freelancer\n"}
    )
    page.get_by_label("Name of the new programme").wait_for()
    one.quiet()
    tab_to(page, "Name of the new programme")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    one.quiet()
    page.get_by_label("Your name").wait_for()
    tab_to(page, "Your name")
    page.keyboard.type("Anna")
    tab_to(page, "Accept and store")
    page.keyboard.press("Enter")
    one.says("See it on the map")
