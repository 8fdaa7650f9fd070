"""On a phone, a list of what is on a long page, each line of which leads there (see `jump.js`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
_list: Any = st.components.v2.component(
    "wtnet_jump",
    html="<details hidden><summary>On this page</summary><ul></ul></details>",
    css=(_HERE / "jump.css").read_text(encoding="utf-8"),
    js=(_HERE / "jump.js").read_text(encoding="utf-8"),
)


def jump_list() -> None:
    """Show the list where the page is long and the window narrow; nothing elsewhere."""
    with st.container(key="jump"):
        _list(key="jump_list")
