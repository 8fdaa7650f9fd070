"""The home page in a real browser: the map is drawn, a click on either side moves both, and a link is the view."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import arrived
from wtnet.draw.labels import first_named, gap, overlap

MAP = ".map[data-drawn='true']"
BRIDGE = "robin-larkmead"
NAMES = """() => {
  const { map } = window.wtnetMaps, scale = map.network.getScale(), pen = document.createElement('canvas').getContext('2d');
  const names = map.named.placed.map(({ id, placed: { written, line, size }, font }) => {
    pen.font = font;
    const rows = written.map(({ words, x, y }) => [x, y - size / 2, x + pen.measureText(words).width, y + size / 2]);
    const box = [0, 1, 2, 3].map((at) => (at < 2 ? Math.min : Math.max)(...rows.map((row) => row[at])));
    return { id, led: Boolean(line), size: size * scale, box };
  });
  const at = map.network.getPositions();
  const mark = (id) => { const { x, y } = at[id], r = map.about.get(id).radius; return [x - r, y - r, x + r, y + r]; };
  const marks = Object.fromEntries(map.order.map((id) => [id, mark(id)]));
  return { order: map.order, museums: map.order.filter((id) => map.isMuseum(id)), names, marks };
}"""
"""The names that the map draws, with their boxes and marks, in its own units."""


def test_the_map_of_the_example_is_drawn_with_every_partner_and_tie(visit: Any) -> None:
    """Home opens on the example programme with its 66 partners on the map and the indicators beside it. When the device turns
    dark and to the size of a phone, the map is dark and nothing is wider than the screen."""
    home = visit()
    assert home.page.locator(MAP).get_attribute("data-partners") == "66"
    assert int(home.page.locator(MAP).get_attribute("data-ties")) > 200
    assert int(home.page.locator(MAP).get_attribute("data-labels")) >= 6
    drawn = home.page.evaluate(NAMES)
    order = drawn["order"]
    named = first_named(range(len(order)), lambda at: order[at] in drawn["museums"])
    ranks = [named.index(order.index(name["id"])) for name in drawn["names"]]
    assert len(ranks) >= 12 and ranks == sorted(ranks) and sum(rank < 10 for rank in ranks) >= 5, "hubs and museums come first"
    assert set(drawn["museums"]) <= {name["id"] for name in drawn["names"]}
    for at, name in enumerate(drawn["names"]):
        assert name["size"] >= 12, name
        gaps = {id: gap(name["box"], mark) for id, mark in drawn["marks"].items()}
        own = 0.0 if name["led"] else gaps[name["id"]]
        nearer = [id for id, far in gaps.items() if id != name["id"] and far <= own]
        assert not nearer, (name, nearer)
        assert not [other for other in drawn["names"][:at] if overlap(name["box"], other["box"])], name
    assert home.page.locator(".ind").count() == 15
    assert "Illustrative" in home.page.inner_text("body")
    home.page.emulate_media(color_scheme="dark")
    home.page.set_viewport_size({"width": 390, "height": 844})
    home.page.wait_for_function("window.wtnetMaps.map.dark === true")
    home.quiet()
    assert home.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_click_on_a_partner_changes_the_right_side_in_a_small_message_without_moving_the_map(visit: Any) -> None:
    """The impact side shows the partner's own pilots; the server sends under 15 KB; no partner moves; nothing reloads."""
    home = visit()
    before = home.on_map(BRIDGE)
    marked = home.page.evaluate("window.stillHere = 1")
    home.page.evaluate("() => { window.mapBefore = window.wtnetMaps.map; }")
    sent = home.click_partner(BRIDGE)
    assert home.title() == "Robin Larkmead"
    assert sent < 15_000, f"{sent} bytes"
    assert home.on_map(BRIDGE) == pytest.approx(before, abs=0.01)
    assert home.page.evaluate("window.stillHere") == marked == 1
    assert home.page.evaluate("window.mapBefore === window.wtnetMaps.map"), "the map was made anew"
    arrived(home.page, f"partner:{BRIDGE}")
    lights_both_sides(home)


@pytest.mark.thorough
def test_a_link_shows_the_same_view_in_another_browser(visit: Any) -> None:
    """Copying the URL after choosing a wave and clicking a partner gives another person the same wave and selection."""
    home = visit()
    home.page.get_by_role("radio", name="Midpoint").click()
    home.quiet()
    home.click_partner(BRIDGE)
    ties = home.page.locator(MAP).get_attribute("data-ties")
    other = visit(home.page.url.split("/", 3)[3].join(["/", ""]))
    assert other.title() == home.title() == "Robin Larkmead"
    assert other.page.locator(MAP).get_attribute("data-ties") == ties
    assert other.page.locator(MAP).get_attribute("data-selected") == f"partner:{BRIDGE}"
    assert other.on_map(BRIDGE) == pytest.approx(home.on_map(BRIDGE), abs=1)


def lights_both_sides(home: Any) -> None:
    """The middle of a tie is clicked: the right side names both partners and sets their ratings side by side. Selecting on the
    right lights some, not all, partners on the map; selecting again lets all shine."""
    home.page.locator(".map").scroll_into_view_if_needed()
    tie = home.page.evaluate(
        """() => { const m = window.wtnetMaps.map; for (const t of m.ties.values()) { if (t.basis || t.level < 3) continue;
             const a = m.where(t.from), b = m.where(t.to), x = (a.x + b.x) / 2, y = (a.y + b.y) / 2;
             const box = m.canvas.getBoundingClientRect(), at = { x: x - box.left, y: y - box.top };
             if (m.network.getNodeAt(at) === undefined && m.network.getEdgeAt(at) === t.id)
               return { x, y, names: [m.names.get(t.from), m.names.get(t.to)] }; } }"""
    )
    home.page.mouse.click(tie["x"], tie["y"])
    home.quiet()
    assert all(name in home.title() for name in tie["names"])
    assert home.page.locator(".sides tbody tr").count() == 8
    home.page.get_by_role("button", name="Show everything").click()
    home.quiet()
    home.page.get_by_role("button", name="Slate Songs").first.click()
    home.quiet()
    lit = int(home.page.locator(MAP).get_attribute("data-lit"))
    assert 5 < lit < 40
    assert home.title() == "Slate Songs"
    home.page.get_by_role("button", name="Show everything").click()
    home.quiet()
    assert home.page.locator(MAP).get_attribute("data-lit") == ""
    home.page.locator(".ind > button").first.click()
    home.quiet()
    assert int(home.page.locator(MAP).get_attribute("data-lit")) > lit
    assert home.page.locator(".rows tbody tr:not(.proof)").count() == home.page.locator(".rows .proof").count() == 6


def test_finding_a_partner_by_name_selects_it_and_a_focus_shows_only_its_neighbours(visit: Any) -> None:
    """Typing a name selects the partner; "Start from here" leaves it and those it works with; "2 steps" grows from there."""
    home = visit()
    home.page.get_by_label("Find a partner").click()
    home.page.keyboard.type("Robin")
    home.page.keyboard.press("Enter")
    home.quiet()
    assert home.title() == "Robin Larkmead"
    home.page.get_by_role("button", name="Start from here").click()
    home.page.get_by_role("button", name="Take away the filter Up to 1 step from").first.wait_for()
    home.quiet()
    left = int(home.page.locator(MAP).get_attribute("data-partners"))
    assert 3 < left < 40
    arrived(home.page, f"focus={BRIDGE}")
    assert "hops=1" not in home.page.url
    home.page.get_by_role("radio", name="2 steps").click()
    home.quiet()
    assert int(home.page.locator(MAP).get_attribute("data-partners")) > left
    home.page.get_by_role("button", name="Take away the filter Up to 2 steps from").first.click()
    home.quiet()
    assert home.page.locator(MAP).get_attribute("data-partners") == "66"


@pytest.mark.thorough
def test_a_link_to_a_partner_that_has_gone_says_so_and_shows_the_rest(visit: Any) -> None:
    """An unknown partner and wave in a link are named; the map is there all the same."""
    home = visit("/?select=partner:nobody&wave=nineteenth")
    said = home.page.inner_text("body")
    assert "nobody" in said and "nineteenth" in said
    assert home.page.locator(MAP).get_attribute("data-partners") == "66"
