"""The two live pieces of the home page, and the library behind the map, each registered once.

vis-network's script is sent once per session by a component whose message never changes; the map waits for it. The
map's own message changes only with the set of partners and ties; what is selected travels with the impact side.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyvis
import streamlit as st

_HERE = Path(__file__).parent
_VIS = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _library() -> str:
    """vis-network as pyvis ships it, as a module that only makes `window.vis`."""
    script = _VIS.read_text(encoding="utf-8").replace("//# sourceMappingURL=vis-network.min.js.map", "")
    return f"{script}\nexport default function () {{}}\n"


_library_component = st.components.v2.component("wtnet_library", js=_library(), html="<span></span>\n<!-- vis-network -->")
_map_component = st.components.v2.component("wtnet_map", html=_text("map.html"), css=_text("map.css"), js=_text("map.js"))
_panel_component = st.components.v2.component("wtnet_panel", html=_text("panel.html"), css=_text("panel.css"), js=_text("panel.js"))


def library() -> None:
    """Send vis-network; call once a page, after what should be seen first."""
    _library_component(key="library", height=1)


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
