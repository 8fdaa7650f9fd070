"""Draw the README's picture of the home page anew, with its numbers: `python -m tests.support.pictures`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.support.browser import MAP, binary, running
from tests.support.paths import DATA
from tests.support.server import serving

PLACES = {
    1: '[data-testid="stHeadingWithActionElements"] >> nth=1',
    2: ".st-key-top [data-testid=stSelectbox]",
    3: ".st-key-controls [data-testid=stSelectbox]",
    4: ".st-key-figures [data-testid=stMetricValue] >> nth=0",
    5: ".map",
    6: ".axis",
}
BADGE = """([number, x, y]) => {
  const badge = document.createElement('div');
  badge.textContent = number;
  badge.style.cssText = `position:fixed;left:${x}px;top:${y}px;width:26px;height:26px;border-radius:50%;z-index:999999;
    background:#14181F;color:#fff;font:600 15px/26px sans-serif;text-align:center;box-shadow:0 0 0 2px #fff`;
  document.body.append(badge);
}"""


def main() -> None:
    out = DATA / "pictures" / "home.png"
    out.parent.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp())
    with serving(f"sqlite:///{folder}/app.db", folder / "app.log") as address, running(binary() or "chromium") as browser:
        page = browser.new_page(viewport={"width": 1360, "height": 1180})
        page.goto(f"{address}/?select=partner:robin-larkmead")
        page.wait_for_selector(MAP)
        page.wait_for_timeout(2_500)
        for number, selector in PLACES.items():
            box = page.locator(selector).first.bounding_box()
            assert box, selector
            page.evaluate(BADGE, [number, max(2, box["x"] - 30), box["y"] + min(6, box["height"] / 2)])
        page.screenshot(path=out)


if __name__ == "__main__":
    main()
