"""The live map in a real browser: everything a person can do with it, by hand and by keyboard."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import arrived, spell

MAP = ".map[data-drawn='true']"
HOLD = """() => { const { map } = window.wtnetMaps;
    new MutationObserver(() => clearTimeout(map.playing))
        .observe(map.frame, { attributes: true, attributeFilter: ["data-scene"] }); }"""
"""Keeps the first scene until somebody stops the film: all of it may be over before a busy machine comes to look."""
SCENES = """() => { window.scenes = []; const { frame } = window.wtnetMaps.map;
    new MutationObserver(() => { const n = window.wtnetMaps.map.about.get('robin-larkmead');
        window.scenes.push([frame.dataset.scene ?? null, [n.x, n.y]]); })
        .observe(frame, { attributes: true, attributeFilter: ['data-scene'] }); }"""
"""Notes every scene that is shown and where a partner then stands: one may be over before somebody comes to look."""
BRIDGE, OTHER = "robin-larkmead", "jamie-stillbrae"


def plays_in_order(home: Any) -> None:
    """All of the film: it ends with the wave chosen, and no partner moves."""
    before = home.page.evaluate("() => { const n = window.wtnetMaps.map.about.get('robin-larkmead'); return [n.x, n.y]; }")
    home.page.evaluate(SCENES)
    home.page.get_by_role("button", name="Play the waves").click()
    home.page.wait_for_function("() => window.scenes.at(-1)?.[0] === null")
    scenes = home.page.evaluate("() => window.scenes")
    assert [wave for wave, _ in scenes] == ["Baseline", "Midpoint", "End", None]
    assert all(place == before for _, place in scenes)


def moves_only_where_it_may(page: Any) -> None:
    """Where less motion is asked for, zooming and another wave are there at once, where they otherwise take a moment."""
    for motion, at_once in (("reduce", True), ("no-preference", False)):
        page.emulate_media(reduced_motion=motion)
        zoomed, moving = moved(page)
        assert moving is not at_once and (zoomed > 1.2 or not at_once), motion


def moved(page: Any) -> tuple[float, bool]:
    """How much nearer the map is right after a step nearer, and whether another wave still moves into place."""
    zoomed, moving = page.evaluate(
        """() => { const map = window.wtnetMaps.map, before = map.network.getScale();
            map.root.querySelector('[data-do=in]').click();
            const zoomed = map.network.getScale() / before;
            map.moving = null; map.become(map.read(map.data.film[0][1]));
            return [zoomed, Boolean(map.moving)]; }"""
    )
    return zoomed, moving


def number(home: Any, name: str) -> int:
    """A figure the map says of itself."""
    return int(home.page.locator(MAP).get_attribute(f"data-{name}"))


def test_several_partners_are_selected_with_shift_and_stand_in_the_link(visit: Any) -> None:
    """Shift and click adds a partner; the right side speaks of both; the link opens with both selected."""
    home = visit()
    home.click_partner(BRIDGE)
    home.page.keyboard.down("Shift")
    home.click_partner(OTHER)
    home.page.keyboard.up("Shift")
    assert home.title() == "2 partners selected"
    again = visit("/" + home.page.url.split("/", 3)[3])
    assert again.page.locator(MAP).get_attribute("data-selected") == f"partners:{BRIDGE}:{OTHER}"


def test_hiding_a_partner_takes_it_off_the_map_until_it_is_shown_again(visit: Any) -> None:
    """Hide leaves 65; the hidden one is named; one button brings it back; nobody else moves."""
    home = visit()
    before = home.on_map(OTHER)
    home.click_partner(BRIDGE)
    home.page.get_by_role("button", name="Hide", exact=True).click()
    home.page.get_by_role("button", name="Take away the filter Without Robin Larkmead").wait_for()
    home.quiet()
    assert number(home, "partners") == 65
    assert home.on_map(OTHER) == pytest.approx(before, abs=1)
    home.page.get_by_role("button", name="Take away the filter Without Robin Larkmead").click()
    home.quiet()
    assert number(home, "partners") == 66


def test_growing_from_a_partner_step_by_step(visit: Any) -> None:
    """Start from one, then add the partners of a neighbour: the map grows, and the link holds both."""
    home = visit(f"/?select=partner:{BRIDGE}")
    home.page.get_by_role("button", name="Start from here").click()
    home.page.get_by_role("button", name="Take away the filter Up to 1 step from").first.wait_for()
    home.quiet()
    first = number(home, "partners")
    home.click_partner(OTHER)
    home.page.get_by_role("button", name="Add its partners").click()
    home.quiet()
    assert first < number(home, "partners") < 66
    arrived(home.page, f"focus={BRIDGE}", f"focus={OTHER}")


def test_the_legend_filters_with_numbers_beside_each_value(visit: Any) -> None:
    """Pressing "Community group 18" leaves 48 partners; pressing it again brings all back."""
    home = visit()
    item = home.page.locator(".legend button", has_text="Community group")
    assert item.inner_text().split()[-1] == "18"
    item.click()
    home.quiet()
    assert number(home, "partners") == 48 and item.get_attribute("aria-pressed") == "false"
    item.click()
    home.quiet()
    assert number(home, "partners") == 66


@pytest.mark.parametrize(
    "colour",
    ["pilot", "by-betweenness", *(pytest.param(colour, marks=pytest.mark.thorough) for colour in ("community", "place"))],
)
def test_the_map_is_coloured_by_other_things_and_the_legend_accounts_for_everyone(look: Any, colour: str) -> None:
    """Whatever gives the colour, the numbers in the legend add up to all partners, and shapes still say the kind."""
    home = look(f"/?colour={colour}")
    home.page.locator(MAP).wait_for()
    numbers = [int(text.split()[-1]) for text in home.page.locator(".legend .number").all_inner_texts()]
    assert sum(numbers) == 66 and len(numbers) > 2
    assert "Freelancer 14" in home.page.locator(".shapes").inner_text()


def test_groups_are_panes_or_bubbles_that_open(visit: Any) -> None:
    """Folded by pilot there are a few bubbles; opening one shows its partners; positions of partners stay."""
    home = visit("/?group=pilot&fold=bubbles")
    folded = number(home, "partners")
    assert folded < 12
    bubble = home.page.evaluate("[...window.wtnetMaps.map.about.values()].find((n) => n.members && n.name === 'Slate Songs').id")
    home.page.locator(".map").scroll_into_view_if_needed()
    at = home.where(bubble)
    home.page.mouse.click(at["x"], at["y"])
    home.quiet()
    arrived(home.page, "open=slate-songs")
    assert number(home, "partners") > folded
    home.go("/?group=pilot")
    assert home.page.evaluate("window.wtnetMaps.map.data.hulls.length") == 6


def test_the_waves_play_on_the_map_and_it_returns_to_the_wave_chosen(visit: Any) -> None:
    """Every wave is shown in its order, and no partner moves; stopping at the first brings back the end wave."""
    home = visit()
    before, ties = home.on_map(BRIDGE), home.page.evaluate("window.wtnetMaps.map.ties.size")
    plays_in_order(home)
    home.page.evaluate(HOLD)
    home.page.get_by_role("button", name="Play the waves").click()
    home.page.wait_for_function("window.wtnetMaps.map.frame.dataset.scene === 'Baseline'")
    assert home.page.evaluate("window.wtnetMaps.map.ties.size") < ties
    assert home.on_map(BRIDGE) == pytest.approx(before, abs=0.01)
    home.page.get_by_role("button", name="Stop playing").click()
    assert home.page.evaluate("window.wtnetMaps.map.ties.size") == ties
    moves_only_where_it_may(home.page)


@pytest.mark.thorough
def test_a_person_walks_the_map_by_keyboard_and_hears_where_they_are(visit: Any) -> None:
    """Letters find a partner, arrows walk to a neighbour, Enter selects, Escape lets go; all of it is said."""
    home = visit()
    home.page.locator(".canvas").focus()
    spell(home.page, "robin", BRIDGE)
    said = home.page.locator(".says")
    assert said.inner_text().startswith("Robin Larkmead, Freelancer, works with")
    home.page.keyboard.press("ArrowLeft")
    walked = home.page.locator(MAP).get_attribute("data-walked")
    assert walked != BRIDGE
    tied = "([a, b]) => [...window.wtnetMaps.map.ties.values()].some(t => [t.from, t.to].sort().join() === [a, b].sort().join())"
    assert home.page.evaluate(tied, [BRIDGE, walked])
    home.page.keyboard.press("Enter")
    home.quiet()
    assert home.title() == said.inner_text().split(",")[0]
    home.page.locator(".canvas").focus()
    home.page.keyboard.press("Escape")
    home.quiet()
    assert home.title() == "All pilots"


def test_partners_may_be_arranged_by_hand_and_stay_there_for_everybody(visit: Any) -> None:
    """With "Arrange by hand" a partner is dragged; another browser sees it where it was put; one button undoes it."""
    home = visit()
    home.page.locator(".map").scroll_into_view_if_needed()
    before = home.on_map(BRIDGE)
    home.page.get_by_role("button", name="Arrange by hand").click()
    at = home.where(BRIDGE)
    home.page.mouse.move(at["x"], at["y"])
    home.page.mouse.down()
    home.page.mouse.move(at["x"] + 40, at["y"] + 30, steps=5)
    home.page.mouse.up()
    home.quiet()
    moved = home.on_map(BRIDGE)
    assert moved == pytest.approx((before[0] + 40, before[1] + 30), abs=4)
    other = visit()
    placed = "id => { const n = window.wtnetMaps.map.about.get(id); return [n.x, n.y]; }"
    assert other.page.evaluate(placed, BRIDGE) == home.page.evaluate(placed, BRIDGE)
    other.page.get_by_role("button", name="Look").click()
    other.page.get_by_role("button", name="Undo the arrangement by hand").click()
    other.quiet()
    assert other.on_map(BRIDGE) == pytest.approx(before, abs=2)


@pytest.mark.thorough
def test_choices_that_leave_nothing_say_so_and_the_last_can_be_undone(visit: Any) -> None:
    """Without its last kind the map is empty; "Undo the last choice" brings it back."""
    home = visit("/?wave=midpoint&kind=museum")
    home.page.locator(".legend button[aria-pressed=true]").click()
    home.quiet()
    assert "No partner is left" in home.page.inner_text("body")
    home.page.get_by_role("button", name="Undo the last choice").click()
    home.page.wait_for_selector(MAP)
    home.quiet()
    assert number(home, "partners") >= 1
