"""10,000 partners and 30,000 ties on the home page, and beside it the usual way: plotly's `scattergl`, markers per kind and one
trace of ties, with selection. `python tests/benchmarks/large.py`

Prints, for a browser without a graphics card: seconds from opening to a drawn map once the layout is cached, kilobytes sent,
milliseconds a step of a drag and of the wheel, and seconds and kilobytes of a click; then how long the server's parts take.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.support.browser import FLAGS
from tests.support.made import grants, sector
from tests.support.server import serving
from wtnet.draw.map import large
from wtnet.draw.map import live as draw_map
from wtnet.draw.map.picture import draw
from wtnet.importing import first_start
from wtnet.layout import positions
from wtnet.measures import catalogue, stars
from wtnet.network import build
from wtnet.store import Programme, Store

USUAL = """
import numpy as np, plotly.graph_objects as go, streamlit as st
from tests.support.made import sector
from wtnet.layout.positions import positions
from wtnet.network import build

st.set_page_config(layout="wide")

@st.cache_resource
def drawn():
    graph = build(sector(10_000, 30_000)).graph
    spots = positions(graph)
    at = {p: i for i, p in enumerate(graph)}
    xy = np.array([spots[p] for p in graph], dtype="float32")
    ends = np.array([(at[a], at[b]) for a, b in graph.edges])
    gap = np.full(len(ends), np.nan, dtype="float32")
    line = [np.stack([xy[ends[:, 0], k], xy[ends[:, 1], k], gap], 1).ravel() for k in (0, 1)]
    thin = {"width": 1, "color": "rgba(90,100,120,.2)"}
    figure = go.Figure(go.Scattergl(x=line[0], y=line[1], mode="lines", line=thin, hoverinfo="skip"))
    kinds = np.array([about["kind"] for _, about in graph.nodes(data=True)])
    names = np.array([about["name"] for _, about in graph.nodes(data=True)])
    for kind in dict.fromkeys(kinds):
        of = kinds == kind
        figure.add_trace(go.Scattergl(x=xy[of, 0], y=xy[of, 1], mode="markers", marker={"size": 6}, text=names[of], name=kind))
    return figure.update_layout(dragmode="pan", height=560, showlegend=False)

st.plotly_chart(drawn(), key="c", on_select="rerun", selection_mode="points", config={"scrollZoom": True})
"""
FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def visited(browser: Any, address: str, ready: str, surface: str, steps: int) -> dict[str, float]:
    """Open twice (the second time everything on the server is cached), then drag and turn the wheel."""
    for _ in range(2):
        page, got = browser.new_page(viewport={"width": 1280, "height": 1400}), []
        page.on("websocket", lambda ws, got=got: ws.on("framereceived", lambda frame: got.append(len(frame))))
        _, opened = timed(
            lambda page=page: (page.goto(address), page.wait_for_selector(ready, timeout=120_000), page.evaluate(FRAME))
        )
        page.wait_for_timeout(2_000)
        sent, last = sum(got) / 1000, (page, got)
    page, got = last
    box = page.locator(surface).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    _, drag = timed(lambda: [(page.mouse.move(x + 5 * n, y), page.evaluate(FRAME)) for n in range(1, steps + 1)])
    page.mouse.up()
    _, wheel = timed(lambda: [(page.mouse.wheel(0, -60), page.evaluate(FRAME)) for _ in range(steps)])
    found = {
        "open, layout cached (s)": opened,
        "open (KB)": sent,
        "drag, a step (ms)": 1000 * drag / steps,
        "wheel, a step (ms)": 1000 * wheel / steps,
    }
    if page.evaluate("Boolean(window.wtnetMaps?.map)"):
        page.reload()
        page.wait_for_selector(ready)
        page.wait_for_timeout(3_000)
        got.clear()
        at = page.evaluate("window.wtnetMaps.map.where(window.wtnetMaps.map.order[0])")
        page.mouse.click(at["x"], at["y"])
        _, lit = timed(lambda: page.wait_for_function("window.wtnetMaps.map.frame.dataset.selected !== ''"))
        page.wait_for_timeout(2_000)
        found |= {"click, lit (s)": lit, "click (KB)": sum(got) / 1000}
    page.close()
    return found


def parts(data: Any) -> list[tuple[str, float]]:
    """What a first run does on the server, part by part, and the seconds each takes."""
    network, seconds = timed(lambda: build(data))
    rows = [("network", seconds)]
    spots, seconds = timed(lambda: positions.positions(network.graph))
    rows.append(("layout (once a programme)", seconds))
    rows.append(("headline figures", timed(lambda: catalogue.whole(network, ("ties", "mean_strength", "response_rate")))[1]))
    message, seconds = timed(lambda: large.pack(draw_map.message(draw(network, spots))))
    rows.append((f"message, {len(message['packed']) / 1000:.0f} KB", seconds))
    rows.append(("is it a star", timed(lambda: stars.star(network))[1]))
    rows.append(("linked by what they share", timed(lambda: stars.shared(network))[1]))
    rows.append(("every figure of the network", timed(lambda: catalogue.whole(network))[1]))
    return rows


def server() -> None:
    """The parts of a first run on the server, for a sector map and a grant list of 10,000."""
    for name, data in (("sector map, 10,000 / 30,000", sector(10_000, 30_000)), ("grant list, 10,000", grants(10_000))):
        print(f"\n{name}")
        for label, took in parts(data):
            print(f"  {label:32}{took:8.2f} s")


def main() -> None:
    from playwright.sync_api import sync_playwright

    folder = Path(tempfile.mkdtemp())
    with Store(f"sqlite:///{folder}/app.db") as store:
        first_start(store)
        store.create(Programme("big", "Sector map"), sector(10_000, 30_000), "benchmark", "generated")
    script = folder / "usual.py"
    script.write_text(USUAL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        with serving(f"sqlite:///{folder}/app.db", folder / "app.log") as address:
            ours = visited(browser, f"{address}/?programme=big", ".map[data-drawn='true']", ".canvas", 20)
        with serving(f"sqlite:///{folder}/usual.db", folder / "usual.log", script) as address:
            usual = visited(browser, address, ".js-plotly-plot .nsewdrag", ".nsewdrag", 2)
        browser.close()
    print(f"{'':28}{'wtnet':>10}{'scattergl':>12}")
    for label, value in ours.items():
        print(f"{label:28}{value:10.2f}{usual[label]:12.2f}" if label in usual else f"{label:28}{value:10.2f}{'–':>12}")
    server()


if __name__ == "__main__":
    main()
