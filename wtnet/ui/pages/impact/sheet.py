"""The sheet in which the pictures of the impact page stand, with the colours of the states for light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wtnet.palette import STATES
from wtnet.ui.parts.sheet import Sheet


def _colours() -> str:
    light = " ".join(f"--{name}: {looks[2]};" for name, looks in STATES.items())
    dark = " ".join(f"--{name}: {looks[3]};" for name, looks in STATES.items())
    tones = "\n".join(f".{name} {{ --tone: var(--{name}); }} .state.{name} i {{ color: var(--{name}); }}" for name in STATES)
    return f".impact {{ {light} }}\n.impact.dark {{ {dark} }}\n@media print {{ .impact.dark {{ {light} }} }}\n{tones}\n"


_SHEET = Sheet("impact", _colours() + (Path(__file__).parent / "sheet.css").read_text(encoding="utf-8"))


def sheet(markup: str, key: str, on_pick: Callable[[str], None] | None = None) -> None:
    """Show markup made by `draw.charts.impact`; opening something calls `on_pick` with its id."""
    _SHEET.show(markup, key, on_pick)
