"""The piece in which the pictures of the impact page stand, with the colours of the states for light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from wtnet.palette import STATES

_HERE = Path(__file__).parent


def _colours() -> str:
    light = " ".join(f"--{name}: {looks[2]};" for name, looks in STATES.items())
    dark = " ".join(f"--{name}: {looks[3]};" for name, looks in STATES.items())
    tones = "\n".join(f".{name} {{ --tone: var(--{name}); }} .state.{name} i {{ color: var(--{name}); }}" for name in STATES)
    return f".impact {{ {light} }}\n.impact.dark {{ {dark} }}\n@media print {{ .impact.dark {{ {light} }} }}\n{tones}"


_sheet = st.components.v2.component(
    "wtnet_impact",
    html='<div class="impact"></div>',
    css="\n".join([(_HERE / "pictures.css").read_text(encoding="utf-8"), _colours(), (_HERE / "sheet.css").read_text("utf-8")]),
    js=(_HERE / "sheet.js").read_text(encoding="utf-8"),
)


def sheet(markup: str, key: str, on_pick: Callable[[str], None] | None = None) -> None:
    """Show markup made by `draw.impact_charts`; opening something calls `on_pick` with its id."""

    def picked() -> None:
        chosen = (st.session_state.get(key) or {}).get("pick")
        if chosen and on_pick:
            on_pick(str(chosen))

    _sheet(data={"html": markup}, key=key, on_pick_change=picked)
