"""The live pieces of a page (map, impact side) and the two scripts behind them, each registered once.

A component's script is sent again with every message that changes, so the pieces on the page are stubs. Their code, HTML
and style travel once per session in a component whose message never changes, and vis-network in another: a click costs
its data alone. All load on their own time; a piece waits for what it needs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyvis
import streamlit as st

_HERE = Path(__file__).parent
_VIS = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
_PIECES = ("map", "panel")
_STUB = """
export default function (component) {
  let stop, left = false;
  const show = () => left || (window.wtnet ? (stop = window.wtnet.PIECE(component)) : setTimeout(show, 20));
  show();
  return () => { left = true; stop?.(); };
}
"""


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _pieces() -> str:
    """Code, HTML and style of the pieces as one module that makes `window.wtnet`."""
    own = {kind: json.dumps({piece: _text(f"{piece}.{kind}") for piece in _PIECES}) for kind in ("css", "html")}
    code = "\n".join(_text(name) for name in ("pieces.js", "map_drawing.js", "map_hands.js", "map.js", "panel.js"))
    made = "window.wtnet = { map: showMap, panel: showPanel };\nexport default function () {}\n"
    return f"const STYLES = {own['css']};\nconst MARKUP = {own['html']};\n{code}\n{made}"


def _library() -> str:
    """vis-network as pyvis ships it, as a module that only makes `window.vis`."""
    script = _VIS.read_text(encoding="utf-8").replace("//# sourceMappingURL=vis-network.min.js.map", "")
    return f"{script}\nexport default function () {{}}\n"


_library_component = st.components.v2.component("wtnet_library", js=_library())
_pieces_component = st.components.v2.component("wtnet_pieces", js=_pieces())
_map_component = st.components.v2.component("wtnet_map", js=_STUB.replace("PIECE", "map"))
_panel_component = st.components.v2.component("wtnet_panel", js=_STUB.replace("PIECE", "panel"))


def library() -> None:
    """Send the two scripts; call once on a page with live pieces."""
    with st.container(key="library"):
        _pieces_component(key="pieces_script", height=1)
        _library_component(key="vis_script", height=1)


def live_map(message: dict[str, Any], key: str, on_pick: Callable[[], None]) -> None:
    """The map. A click calls `on_pick`; what was clicked is then in `picked(key)`."""
    _map_component(data={"key": key, **message}, key=key, on_pick_change=on_pick)


def impact_side(message: dict[str, Any], key: str, on_pick: Callable[[], None]) -> None:
    """The impact side. A click calls `on_pick`; what was clicked is then in `picked(key)`."""
    _panel_component(data=message, key=key, on_pick_change=on_pick)


def picked(key: str) -> dict[str, Any]:
    """What was clicked last in a live piece: {kind, id, other}."""
    state = st.session_state.get(key) or {}
    return dict(state.get("pick") or {})
