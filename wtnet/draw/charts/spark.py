"""A row of values as a small picture for a table: what is not known is a gap, never a 0."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

_WIDE, _HIGH, _EDGE = 132.0, 30.0, 5.0
_INK = {False: "#3D46D8", True: "#8F97FF"}
"""On light and on dark: at least 4.5 to 1."""


def spark(values: Sequence[float | None], top: float, dark: bool = False) -> str:
    """The address of a picture (SVG, as data) of values from 0 to `top`: known neighbours joined, each known value a point,
    the last one larger; a short dotted mark at the foot where a value is not known. "" where nothing is known."""
    if all(value is None for value in values):
        return ""
    step = (_WIDE - 2 * _EDGE) / max(1, len(values) - 1)
    spots = [
        None if value is None else (_EDGE + at * step, _HIGH - _EDGE - (_HIGH - 2 * _EDGE) * value / (top or 1.0))
        for at, value in enumerate(values)
    ]
    ink = _INK[dark]
    parts = []
    for at, spot in enumerate(spots):
        if spot is None:
            x, y = _EDGE + at * step, _HIGH - _EDGE
            parts.append(f'<path d="M{x - 5:.1f} {y:.1f}h10" stroke="{ink}" stroke-width="1.5" stroke-dasharray="2 2"/>')
            continue
        before = spots[at - 1] if at else None
        if before:
            line = f"M{before[0]:.1f} {before[1]:.1f}L{spot[0]:.1f} {spot[1]:.1f}"
            parts.append(f'<path d="{line}" stroke="{ink}" stroke-width="2"/>')
        parts.append(f'<circle cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="{3.4 if at == len(spots) - 1 else 2:g}" fill="{ink}"/>')
    size = f'width="{_WIDE:g}" height="{_HIGH:g}" viewBox="0 0 {_WIDE:g} {_HIGH:g}"'
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="none">{"".join(parts)}</svg>'
    return f"data:image/svg+xml;utf8,{quote(picture)}"
