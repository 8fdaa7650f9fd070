"""Every page on A4, in a real browser: what stands on the screen stands on the paper, and nothing is cut at its edge."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support import exports, pdf_page

WIDE, EDGE = 595.3, 20.0
"""How wide the sheet is, in points, and how near its edge words may come."""
SEEN = """() => {
  const controls = `button, input, textarea, select, label, summary, style, script, [role=combobox], [data-testid=stSelectbox],
    [data-testid=stTextInput], [data-testid=stForm], [data-testid=stFileUploader], [data-testid=stButtonGroup], .st-key-library,
    [data-testid=stDataFrame], .st-key-profile_actions`;
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
  return words;
}"""
"""The words that can be seen on the page, without those of controls and of tables that are drawn as pictures."""
PAGES = {
    "/": "End, 1 July 2025 · for the programme lead",
    "/reach?pilot=tidelines&audience=public": "Pilot: Tidelines",
    "/change": "for the programme lead",
    "/impact?audience=public": "as everybody may see it",
    "/partners": "for the programme lead",
    "/partners?partner=saltmere-museum-and-gallery": "for the programme lead",
}
OTHERS = [
    "/gaps",
    "/places",
    "/two_views",
    "/strength_and_impact",
    "/programmes",
    "/survey",
    "/history",
    "/sharing",
    "/guide",
    "/start",
]


def letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def on_paper(one: Any, head: str) -> str:
    """Compare the page with its print, which is headed by programme, wave, filters and for whom; the print's letters."""
    one.quiet()
    seen = one.page.evaluate(SEEN)
    data = one.page.pdf(print_background=True, prefer_css_page_size=True)
    runs = pdf_page.runs(data)
    paper = letters("".join(run.text for run in runs))
    assert len(seen) > 5 and not [words for words in seen if letters(words) not in paper]
    assert not [run for run in runs if run.text.strip() and run.right > WIDE - EDGE]
    assert letters(head) in paper and letters("Shared Light") in paper
    return paper


@pytest.mark.parametrize("path", PAGES)
def test_what_is_seen_is_printed(look: Any, path: str) -> None:
    """The pages that are printed most: no word is lost or cut, and the head says what it is and for whom."""
    paper = on_paper(look(path), PAGES[path])
    if path == "/partners":  # its table is a picture of some rows on the screen, and whole on paper
        assert not [name for name in exports.shipped("example")[1].organisations["name"] if letters(name) not in paper]


@pytest.mark.thorough
@pytest.mark.parametrize("path", OTHERS)
def test_what_is_seen_of_the_other_pages_is_printed(look: Any, path: str) -> None:
    """The same of all other pages."""
    on_paper(look(path), "for the programme lead")
