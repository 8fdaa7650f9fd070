"""Every page on A4, in a real browser: what stands on the screen stands on the paper, and nothing is cut at its edge."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support import exports, pdf_page
from tests.support.browser import MAP

WIDE, EDGE = 595.3, 20.0
"""How wide the sheet is, in points, and how near its edge words may come."""
SEEN = """() => {
  const named = '[data-pick], .legend button, .st-key-chips button, [class*=st-key-interval_] button, [data-testid=stPageLink] *';
  const controls = `button:not(${named}), input, textarea, select, style, script, [role=combobox], [data-testid=stWidgetLabel],
    [data-testid=stSelectbox], [data-testid=stTextInput], [data-testid=stDateInput], [data-testid=stRadio],
    [data-testid=stCheckbox], [data-testid=stForm], [data-testid=stFileUploader], [data-testid=stButtonGroup],
    .st-key-library, .st-key-jump, .start, .st-key-profile_actions, .st-key-one_tie,
    [data-testid=stPageLink]:has([data-testid=stIconMaterial])`;
  const roots = [document.querySelector('[data-testid=stMain]')], words = [];
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.shadowRoot) roots.push(node.shadowRoot);
      const around = node.parentElement, host = around?.getRootNode().host;
      if (node.nodeType !== 3 || !node.data.trim() || !around || around.closest(controls) || host?.closest(controls)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      let shown = box.width > 2 && box.height > 2 && around.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      for (let each = around; each && shown; each = each.parentElement) {
        const style = getComputedStyle(each);
        shown = style.clipPath === 'none' && !/Material/.test(style.fontFamily);
      }
      if (shown) words.push(node.data);
    }
  }
  const tables = [...document.querySelectorAll('[data-testid=stMain] [data-testid=stDataFrame]')];
  const bare = tables.filter((each) => !each.closest('.stElementContainer').nextElementSibling?.querySelector('.on-paper.rows'));
  return { words, bare: bare.length };
}"""
"""The words that can be seen on the page, without those of controls and of ways to other pages, and how many tables that are
drawn as pictures have no rows for the paper."""
CLOSED = "closed, so not printed"
LEAD, PUBLIC = "for the programme lead", "as everybody may see it"
PAGES = {
    "/": f"End, 1 July 2025 · {LEAD}",
    "/reach?pilot=tidelines&audience=public": "Pilot: Tidelines",
    "/impact?audience=public": PUBLIC,
    "/partners": LEAD,
    "/partners?partner=saltmere-museum-and-gallery": LEAD,
    "/data?do=correct": LEAD,
}
OF_LEAD = ["/data", "/data?do=take", "/survey", "/history", "/sharing", "/gaps?show=steps", "/partners?list=partnerships"]
ALWAYS = ("/", "/reach?pilot=tidelines&audience=public", "/data?do=correct")
"""Those of every run: a map, figures with a filter for everybody, a grid; the others with `-m thorough`."""
OTHERS = [
    *("/change", "/two_views", "/places", "/strength_and_impact", "/programmes", "/guide"),
    *("/gaps", "/gaps?show=meet", "/gaps?show=depend", "/gaps?show=what_if"),
    *("/impact?part=voices", "/impact?part=done", "/impact?part=quotes"),
]
"""These and the pages above are printed for everybody too."""
BOTH = ["/", "/reach", "/impact", "/partners", "/partners?partner=saltmere-museum-and-gallery", *OTHERS]
ASKED = [
    *((path, LEAD) for path in (*OF_LEAD, *OTHERS)),
    *((f"{path}{'&' if '?' in path else '?'}audience=public", PUBLIC) for path in BOTH),
    *(
        (f"{path}?made_for={who}", words)
        for path in ("/present", "/reports")
        for who, words in (("lead", LEAD), ("public", PUBLIC))
    ),
    *((path, "") for path in ("/start", "/accessibility")),
]


def letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def on_paper(one: Any, head: str) -> str:
    """Compare the page with its print, which is headed by programme, wave, filters and for whom; the print's letters."""
    one.quiet()
    seen = one.page.evaluate(SEEN)
    data = one.page.pdf(print_background=True, prefer_css_page_size=True)
    runs = [run for run in pdf_page.runs(data) if run.text.strip()]
    paper = letters("".join(run.text for run in runs))
    assert len(seen["words"]) > 4 and not [words for words in seen["words"] if letters(words) not in paper]
    assert not seen["bare"]
    assert not [run for run in runs if run.right > WIDE - EDGE]
    assert {run.page for run in runs} == set(range(1, pdf_page.pages(data) + 1))  # no page is empty
    assert not head or (letters(head) in paper and letters("Shared Light") in paper)
    return paper


@pytest.mark.parametrize("path", [path if path in ALWAYS else pytest.param(path, marks=pytest.mark.thorough) for path in PAGES])
def test_what_is_seen_is_printed(look: Any, path: str) -> None:
    """The pages that are printed most: no word is lost or cut, the head says what it is and for whom, what is closed is named."""
    paper = on_paper(look(path), PAGES[path])
    if path in ("/partners", "/data?do=correct"):  # a picture of some rows on the screen, and whole on paper
        tables = exports.shipped("example")[1]
        told = tables.organisations["name"], tables.organisations["description" if "data" in path else "place"]
        assert not [words for column in told for words in column.drop_nulls() if letters(words) not in paper]
    if path == "/":
        assert letters(CLOSED) in paper


@pytest.mark.thorough
@pytest.mark.parametrize(("path", "head"), ASKED)
def test_what_is_seen_of_the_other_pages_is_printed(look: Any, path: str, head: str) -> None:
    """The same of all other pages, for the lead and for everybody."""
    on_paper(look(path), head)


def test_paper_is_white_in_the_dark_theme_too_and_the_map_comes_back_as_it_was(look: Any) -> None:
    """What is drawn for dark is drawn for white while the page is printed."""
    one = look("/", color_scheme="dark")
    one.page.locator(MAP).wait_for()
    one.quiet()
    one.page.evaluate("""() => {
      const { map } = window.wtnetMaps, now = () => [map.ground, map.ink, map.network.getScale(), map.network.getViewPosition()];
      window.looked = [now()];
      matchMedia('print').addEventListener('change', () => window.looked.push(now()));
    }""")
    one.page.pdf()
    before, *_, printed, after = one.page.evaluate("() => window.looked")
    assert printed[:2] == ["#FFFFFF", "#14181F"] and before[0] != "#FFFFFF" and after == before
