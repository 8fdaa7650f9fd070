"""The home page against the common way, in the same run: `python -m tests.benchmarks.home`.

Starts the app, opens the home page in Chromium on a warm server, clicks partners and filters by a kind; then does the same with a
page that draws the same network the usual way (pyvis HTML through an iframe, whole page run again on every choice). Twice: on the
example programme, and on a made sector map of 300 partners and 900 ties. Prints seconds from opening to a drawn map, seconds from
a click and from a filter to an updated page, and kilobytes from the server for each; and how long a bare page of Streamlit, with
a title alone, takes to open in the same run, and what is left above it.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.browser import FLAGS
from tests.support.server import serving

TURNS = 6
BARE = 'import streamlit as st\n\nst.title("Bare")\n'
KIND = ("museum", "Museum or heritage organisation")
NETWORKS = {"example": "check_files(['data/example']).tables", "made": "sector(300, 900)"}
"""Programmes, and what makes their tables in the usual way's own script."""
USUAL = """
import streamlit as st
from pyvis.network import Network
from tests.support.made import sector
from wtnet.importing import check_files
from wtnet.network import build

st.set_page_config(layout="wide")
graph = st.cache_resource(lambda: build(TABLES).graph)()
kind = st.selectbox("Kind", ["all", "museum"], key="kind")
graph = graph if kind == "all" else graph.subgraph([node for node in graph if graph.nodes[node]["kind"] == kind])
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
_OTHERS = """was => [...document.querySelectorAll('*')].some(e => {
  const partners = e.shadowRoot?.querySelector('.map')?.dataset.partners;
  return partners !== undefined && partners !== was;
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


Step = Callable[[Any, int], None]


def measure(browser: Any, address: str, ready: str, steps: dict[str, Step]) -> dict[str, float]:
    """Seconds and kilobytes to open (median of three, warm), then those of each step, several times."""
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
    found = {"open, warm (s)": statistics.median(opens[1:]), "open (KB)": statistics.median(kilobytes[1:])}
    for name, step in steps.items():
        seconds, sent = [], []
        for turn in range(TURNS):
            got.clear()
            start = time.perf_counter()
            step(page, turn)
            seconds.append(time.perf_counter() - start)
            page.wait_for_timeout(1_200)
            sent.append(sum(got) / 1000)
        found |= {f"{name} to updated page (s)": statistics.median(seconds), f"{name} (KB)": statistics.median(sent)}
        found[f"largest {name} (KB)"] = max(sent)
    context.close()
    return found


def ours(page: Any, turn: int) -> None:
    at = page.evaluate("at => { const map = window.wtnetMaps.map; return map.where(map.order[at % 3]); }", turn)
    before = page.locator(".panel").get_attribute("data-title")
    page.mouse.click(at["x"], at["y"])
    page.wait_for_function(_CHANGED, arg=before)


def our_filter(page: Any, turn: int) -> None:
    """One kind alone, and everybody again, turn by turn; the pop-over stays open from the first turn."""
    pill = page.get_by_test_id("stPopoverBody").get_by_role("button", name=KIND[1])
    if not turn:
        page.get_by_role("button", name="Filters").click()
        pill.wait_for()
    before = page.locator(".map").get_attribute("data-partners")
    pill.click()
    page.wait_for_function(_OTHERS, arg=before)


def usual(page: Any, turn: int) -> None:
    choose(page, "Partner", 1 + turn % 3)


def usual_filter(page: Any, turn: int) -> None:
    choose(page, "Kind", 1 - turn % 2)


def choose(page: Any, label: str, place: int) -> None:
    """Choose by place in a list of the usual page, and wait for the map that follows."""
    before = page.locator("iframe").get_attribute("srcdoc") or page.locator("iframe").get_attribute("src")
    page.get_by_label(label).click()
    page.get_by_role("option").nth(place).click()
    page.wait_for_function(_ANOTHER, arg=before)
    page.frame_locator("iframe").locator("canvas").wait_for()


def main() -> None:
    from playwright.sync_api import sync_playwright

    from tests.support.made import sector
    from wtnet.importing import first_start
    from wtnet.store import Programme, Store

    folder = Path(tempfile.mkdtemp())
    with Store(f"sqlite:///{folder}/app.db") as store:
        first_start(store)
        store.create(Programme("made", "Made"), sector(300, 900), "benchmark", "generated")
    (folder / "bare.py").write_text(BARE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, tables in NETWORKS.items():
            script = folder / f"usual_{name}.py"
            script.write_text(USUAL.replace("TABLES", tables))
            with serving(f"sqlite:///{folder}/app.db", folder / "app.log") as address:
                steps = {"click": ours, "filter": our_filter}
                mine = measure(browser, f"{address}/?programme={name}", ".map[data-drawn='true']", steps)
            with serving(f"sqlite:///{folder}/usual.db", folder / "usual.log", script) as address:
                theirs = measure(browser, address, "iframe", {"click": usual, "filter": usual_filter})
            print(f"{name:32}{'wtnet':>10}{'usual way':>12}{'ratio':>8}")
            for label, one in mine.items():
                print(f"{label:32}{one:10.2f}{theirs[label]:12.2f}{one / theirs[label]:8.2f}")
            with serving(f"sqlite:///{folder}/bare.db", folder / "bare.log", folder / "bare.py") as address:
                bare = measure(browser, address, "h1", {})["open, warm (s)"]
            print(f"a bare page opens in {bare:.2f} s; {mine['open, warm (s)'] - bare:.2f} s above it")
        browser.close()


if __name__ == "__main__":
    main()
