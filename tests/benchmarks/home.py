"""The home page against the common way, in the same run: `python -m tests.benchmarks.home`.

Starts the app on the example programme, opens the home page in Chromium on a warm server and clicks partners; then does the same
with a page that draws the same network the usual way (pyvis HTML through an iframe, whole page run again on every click).
Prints seconds from opening to a drawn map, seconds from a click to an updated page, and kilobytes from the server for each.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import FLAGS, serving

CLICKS = ("robin-larkmead", "jamie-stillbrae", "chris-lanternby", "kit-oakmarsh", "robin-larkmead", "jamie-stillbrae")
USUAL = """
import streamlit as st
from pyvis.network import Network
from wtnet.intake import check_files
from wtnet.network import build

st.set_page_config(layout="wide")
graph = st.cache_resource(lambda: build(check_files(["data/example"]).tables).graph)()
who = st.selectbox("Partner", list(graph), key="who")
left, right = st.columns(2)
net = Network(cdn_resources="in_line", height="500px")
for node, about in graph.nodes(data=True):
    net.add_node(node, label=about["name"], color="#ff0000" if node == who else "#4049FF")
for a, b, tie in graph.edges(data=True):
    net.add_edge(a, b, value=tie["strength"])
with left:
    st.iframe(net.generate_html(), height=520)
with right:
    st.dataframe([{"partner": graph.nodes[other]["name"]} for other in graph[who]])
"""


_CHANGED = """was => [...document.querySelectorAll('*')].some(e => {
  const title = e.shadowRoot?.querySelector('.panel')?.dataset.title;
  return title !== undefined && title !== was;
})"""
_ANOTHER = """was => {
  const frame = document.querySelector('iframe');
  return frame && (frame.getAttribute('srcdoc') ?? frame.src) !== was;
}"""


def opened(page: Any, address: str, ready: str) -> float:
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(ready, timeout=60_000)
    return time.perf_counter() - start


def measure(
    browser: Any, address: str, ready: str, click: Callable[[Any, int], None]
) -> tuple[float, float, list[float], list[float]]:
    """Seconds and kilobytes to open (median of three, warm), then those of each click."""
    opens, kilobytes = [], []
    for _ in range(4):
        context = browser.new_context(viewport={"width": 1280, "height": 1000})
        page, got = context.new_page(), []
        page.on("websocket", lambda ws, got=got: ws.on("framereceived", lambda frame: got.append(len(frame))))
        opens.append(opened(page, address, ready))
        page.wait_for_timeout(1_500)
        kilobytes.append(sum(got) / 1000)
        last = (context, page, got)
        if len(opens) < 4:
            context.close()
    context, page, got = last
    seconds, sent = [], []
    for turn in range(len(CLICKS)):
        got.clear()
        start = time.perf_counter()
        click(page, turn)
        seconds.append(time.perf_counter() - start)
        page.wait_for_timeout(1_200)
        sent.append(sum(got) / 1000)
    context.close()
    return statistics.median(opens[1:]), statistics.median(kilobytes[1:]), seconds, sent


def ours(page: Any, turn: int) -> None:
    at = page.evaluate("id => window.wtnetMaps.map.where(id)", CLICKS[turn])
    before = page.locator(".panel").get_attribute("data-title")
    page.mouse.click(at["x"], at["y"])
    page.wait_for_function(_CHANGED, arg=before)


def usual(page: Any, turn: int) -> None:
    page.get_by_label("Partner").click()
    page.keyboard.type(CLICKS[turn])
    before = page.locator("iframe").get_attribute("srcdoc") or page.locator("iframe").get_attribute("src")
    page.keyboard.press("Enter")
    page.wait_for_function(_ANOTHER, arg=before)
    page.frame_locator("iframe").locator("canvas").wait_for()


def main() -> None:
    from playwright.sync_api import sync_playwright

    folder = Path(tempfile.mkdtemp())
    script = folder / "usual.py"
    script.write_text(USUAL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        with serving(f"sqlite:///{folder}/app.db", folder / "app.log") as address:
            mine = measure(browser, address, ".map[data-drawn='true']", ours)
        with serving(f"sqlite:///{folder}/usual.db", folder / "usual.log", script) as address:
            theirs = measure(browser, address, "iframe", usual)
        browser.close()
    print(f"{'':32}{'wtnet':>10}{'usual way':>12}{'ratio':>8}")
    for label, one, other in (
        ("open, warm (s)", mine[0], theirs[0]),
        ("open (KB)", mine[1], theirs[1]),
        ("click to updated page (s)", statistics.median(mine[2]), statistics.median(theirs[2])),
        ("click (KB)", statistics.median(mine[3]), statistics.median(theirs[3])),
        ("largest click (KB)", max(mine[3]), max(theirs[3])),
    ):
        print(f"{label:32}{one:10.2f}{other:12.2f}{one / other:8.2f}")


if __name__ == "__main__":
    main()
