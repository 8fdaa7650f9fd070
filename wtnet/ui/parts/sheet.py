"""HTML and SVG made in Python, with what can be selected in it. Streamlit's own HTML element leaves SVG out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from wtnet.draw.scripts import joined

_HERE = Path(__file__).parent


class Sheet:
    """A component that shows markup in a style of its own, on top of that of small pictures; `name` is its class in CSS."""

    def __init__(self, name: str, style: str = "") -> None:
        self._component: Any = st.components.v2.component(
            f"wtnet_{name}",
            html=f'<div class="sheet {name}"></div>',
            css=(_HERE / "sheet.css").read_text(encoding="utf-8") + style,
            js=joined(_HERE / "sheet.js"),
        )

    def show(self, markup: str, key: str, on_pick: Callable[[str], None] | None = None) -> None:
        """Show markup in which every word from the data is escaped; selecting what has `data-pick` calls `on_pick` with it."""

        def picked() -> None:
            chosen = (st.session_state.get(key) or {}).get("pick")
            if chosen and on_pick:
                on_pick(str(chosen))

        self._component(data={"html": markup}, key=key, on_pick_change=picked)


_PICTURES = Sheet("pictures")


def pictures(drawn: Sequence[str], key: str) -> None:
    """Show small pictures beside one another: SVG made by `wtnet.draw`, in which every word from the data is escaped."""
    _PICTURES.show("".join(drawn), key)


def beside_one_another(drawn: Sequence[str]) -> str:
    """Small pictures (`draw.charts.change.multiple`) as markup."""
    return f'<div class="pictures">{"".join(drawn)}</div>'
