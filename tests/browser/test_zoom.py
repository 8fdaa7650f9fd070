"""Every page at 200 % zoom (1,280 pixels shown as 640) and 320 pixels wide: nothing is cut off or scrolls in two directions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.app import PATHS
from tests.support.browser import settled

ALWAYS = {"data"}
"""The page of every run; the others with `-m thorough`."""
OVER = """() => {
  const all = [], over = [];
  const walk = (root) => { for (const e of root.querySelectorAll('*')) { all.push(e); if (e.shadowRoot) walk(e.shadowRoot); } };
  const up = (e) => e.parentElement ?? e.getRootNode().host ?? null;
  const name = (e) => [e.tagName, e.className?.baseVal ?? e.className, e.dataset?.testid, e.textContent?.slice(0, 60)].join(' ');
  const main = document.querySelector('[data-testid=stMain]');
  walk(main);
  if (document.scrollingElement.scrollWidth > innerWidth) over.push('the document');
  if (main.scrollWidth > main.clientWidth) over.push('the page');
  for (const e of all) {
    const box = e.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || box.right <= innerWidth + 1) continue;
    let within = up(e);
    while (within && within !== main && getComputedStyle(within).overflowX === 'visible') within = up(within);
    if (!within || within === main) over.push(name(e));
  }
  return over.slice(0, 8);
}"""
"""What is wider than the window, but for what lies in a frame of its own: a table or a picture that scrolls by itself."""
CUT = """() => [...document.querySelectorAll('[data-testid=stMain] :is(h1, h2, h3, p, label)')]
  .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).overflowX !== 'visible'
    && !e.closest('button, [data-baseweb=select], [data-testid=stDataFrame]'))
  .map(e => e.textContent.slice(0, 80))"""
"""Headings, sentences and labels that do not show all their letters."""


LOOKED_AT = [*PATHS, "partners?partner=robin-larkmead"]


@pytest.mark.parametrize(
    "page", [page if page in ALWAYS else pytest.param(page, marks=pytest.mark.thorough) for page in LOOKED_AT]
)
def test_zoomed_and_narrow_everything_is_still_there(look: Any, page: str) -> None:
    """640 pixels of two device pixels each, then 320 (what 1,280 are at 400 %): one direction to scroll, every word whole."""
    one = look("/" if page == "side_by_side" else f"/{page}", viewport={"width": 640, "height": 512}, device_scale_factor=2)
    for width in (640, 320):
        one.page.set_viewport_size({"width": width, "height": 512})
        one.quiet()
        for _ in range(25):  # tables and charts are drawn anew a moment after the window has changed
            over = one.page.evaluate(OVER)
            if not over:
                break
            settled(one.page, 200)
        assert over == [], width
        assert one.page.evaluate(CUT) == [], width
