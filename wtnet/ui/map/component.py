"""The live pieces of a page (map, impact side) and the two scripts behind them, each registered once.

A component's script is sent again with every message that changes, so the pieces on the page are stubs. Their code, HTML
and style travel once per session in a component whose message never changes, and vis-network in another: a click costs
its data alone. All load on their own time; a piece waits for what it needs. A message travels as a list of one: of a
mapping, Streamlit asks of each value whether it is a table, and for that loads pandas before the first picture.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from wtnet.draw.scripts import joined, vis_network

_UI = Path(__file__).parents[1]
_FILES = {"map": "map/map", "panel": "pages/side_by_side/impact_side"}
"""The HTML and CSS of the pieces."""
_SCRIPTS = ("map/js/map.js", "map/js/wide.js", "map/js/linked.js", "map/js/spots.js", "pages/side_by_side/impact_side.js")
_FUNCTIONS = {
    "map": "showMap",
    "wide": "showWide",
    "twin": "showTwin",
    "spots": "showSpots",
    "panel": "withSpots(showPanel)",
    "lexicon": "showLexicon",
}
_STUB = """
export default function (component) {
  let stop, left = false;
  const message = { ...component, data: component.data[0] };
  const show = () => left || (window.wtnet ? (stop = window.wtnet.PIECE(message)) : setTimeout(show, 20));
  show();
  return () => { left = true; stop?.(); };
}
"""


def _pieces() -> str:
    """Code, HTML and style of the pieces as one module that makes `window.wtnet`."""

    def texts(kind: str) -> str:
        return json.dumps({piece: (_UI / f"{path}.{kind}").read_text(encoding="utf-8") for piece, path in _FILES.items()})

    code = joined(*(_UI / path for path in _SCRIPTS))
    functions = ", ".join(f"{piece}: {name}" for piece, name in _FUNCTIONS.items())
    data = f"const STYLES = {texts('css')};\nconst MARKUP = {texts('html')};"
    return f"{data}\n{code}\nwindow.wtnet = {{ {functions} }};\nexport default function () {{}}\n"


def _library() -> str:
    """vis-network as pyvis ships it, as a module that only makes `window.vis`."""
    return f"{vis_network()}\nexport default function () {{}}\n"


def _piece(name: str) -> Any:
    return st.components.v2.component(f"wtnet_{name}", js=_STUB.replace("PIECE", name))


_library_component = st.components.v2.component("wtnet_library", js=_library())
_pieces_component = st.components.v2.component("wtnet_pieces", js=_pieces())
_map_component = _piece("map")
_wide_component = _piece("wide")
_twin_component = _piece("twin")
_spots_component = _piece("spots")
_panel_component = _piece("panel")
_lexicon_component = _piece("lexicon")


def library(lexicon: dict[str, Any] | None = None) -> None:
    """Send both scripts, and what messages of the impact side refer to; call once on a page with a live map."""
    with st.container(key="library"):
        if lexicon is not None:
            _lexicon_component(data=[lexicon], key="lexicon", height=1)
        _pieces_component(key="pieces_script", height=1)
        _library_component(key="vis_script", height=1)


def live_map(message: dict[str, Any], key: str, on_pick: Callable[[], None]) -> None:
    """The map. A click calls `on_pick`; what was clicked is then in `picked(key)`."""
    _map_component(data=[{"key": key, **message}], key=key, on_pick_change=on_pick)


def wide_map(message: dict[str, Any], key: str, on_pick: Callable[[], None]) -> None:
    """The map for thousands of partners, from a packed message (`draw.map.large.pack`); clicks as those of `live_map`."""
    _wide_component(data=[{"key": key, **message}], key=f"wide_{key}", on_pick_change=on_pick)


def twin_map(message: dict[str, Any], key: str, twin: str, on_pick: Callable[[], None]) -> None:
    """One of two maps that are looked at from the same spot; `twin` is the key of the other. The message, packed or not, also
    has `field` and `frame` (see linked.js). Clicks as those of `live_map`."""
    _twin_component(data=[{"key": key, "twin": twin, **message}], key=key, on_pick_change=on_pick)


def spots(selected: dict[str, dict[str, Any]], key: str = "spots") -> None:
    """What is selected and lit on each of several maps: {key of the map: {selected, lit, go}}. Takes no room."""
    with st.container(key=f"{key}_room", height=1, border=False):
        _spots_component(data=[{"spots": selected}], key=key, height=1)


def impact_side(message: dict[str, Any], key: str, on_pick: Callable[[], None]) -> None:
    """The impact side, and with it the `spots` of the maps beside it. A click calls `on_pick`; what was clicked is then in
    `picked(key)`."""
    _panel_component(data=[message], key=key, on_pick_change=on_pick)


def picked(key: str) -> dict[str, Any]:
    """What was clicked last in a live piece: {kind, id, other}."""
    state = st.session_state.get(key) or {}
    return dict(state.get("pick") or {})
