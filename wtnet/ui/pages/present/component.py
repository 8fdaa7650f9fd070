"""The stage as a live piece: its script travels once, in a component whose message never changes; then only what changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from wtnet.draw.scripts import joined

_HERE = Path(__file__).parent
_STUB = """
export default function (component) {
  let stop, left = false;
  const show = () => left || (window.wtnetStory ? (stop = window.wtnetStory(component)) : setTimeout(show, 20));
  show();
  return () => { left = true; stop?.(); };
}
"""


def script() -> str:
    """Code, HTML and style as one module that makes `window.wtnetStory`."""
    style, markup = (json.dumps((_HERE / f"stage.{kind}").read_text(encoding="utf-8")) for kind in ("css", "html"))
    data = f"const STYLE = {style};\nconst MARKUP = {markup};"
    return f"{data}\n{joined(_HERE / 'story.js')}\nwindow.wtnetStory = showStory;\nexport default function () {{}}\n"


_script_component = st.components.v2.component("wtnet_story_script", js=script())
_story_component = st.components.v2.component("wtnet_story", js=_STUB)


def stage(message: dict[str, Any], key: str, on_pick: Callable[[], None]) -> None:
    """The stage with its way to full screen. When a talk ends `on_pick` is called; `ended_at(key)` says at which slide."""
    with st.container(key="library"):
        _script_component(key="story_script", height=1)
    _story_component(data=message, key=key, on_pick_change=on_pick)


def ended_at(key: str) -> int | None:
    """The slide at which the last talk ended."""
    at = ((st.session_state.get(key) or {}).get("pick") or {}).get("at")
    return int(at) if isinstance(at, int | float) else None
