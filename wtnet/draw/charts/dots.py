"""Dots on a common scale, as HTML: a value, its interval, and what chance would give, one row each.

Text stays text at any width. Every word from the data is escaped. The style is `wtnet/ui/parts/report_lines.css`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wtnet.draw.safe import in_svg


@dataclass(frozen=True)
class Dot:
    """One row: what it is, its value (None: unknown), said `in_words`; low, high: its interval, drawn as a line;
    chance: the range chance would give, drawn as a pane; note: smaller words below the label."""

    label: str
    value: float | None
    in_words: str
    low: float | None = None
    high: float | None = None
    chance: tuple[float, float] | None = None
    note: str = ""


def dots(
    rows: Sequence[Dot], low: float, high: float, ticks: Sequence[tuple[float, str]], zero: float | None = None, title: str = ""
) -> str:
    """The rows under one another on a scale from `low` to `high`, with `ticks` (place, words) below and a line at `zero`."""

    def at(value: float) -> float:
        return 100 * min(1.0, max(0.0, (value - low) / (high - low)))

    line = f'<i class="zero" style="left:{at(zero):.2f}%"></i>' if zero is not None else ""
    drawn = []
    for row in rows:
        marks = [line]
        if row.chance:
            left, right = at(row.chance[0]), at(row.chance[1])
            marks.append(f'<i class="chance" style="left:{left:.2f}%;width:{max(0.4, right - left):.2f}%"></i>')
        if row.low is not None and row.high is not None:
            left, right = at(row.low), at(row.high)
            marks.append(f'<i class="span" style="left:{left:.2f}%;width:{right - left:.2f}%"></i>')
        if row.value is not None:
            marks.append(f'<i class="dot" style="left:{at(row.value):.2f}%"></i>')
        note = f"<small>{in_svg(row.note)}</small>" if row.note else ""
        drawn.append(
            f'<div class="row"><div class="label">{in_svg(row.label, 90)}{note}</div>'
            f'<div class="track" aria-hidden="true">{"".join(marks)}</div><div class="said">{in_svg(row.in_words)}</div></div>'
        )
    scale = "".join(
        f'<span class="{_side(at(value))}" style="left:{at(value):.2f}%">{in_svg(words)}</span>' for value, words in ticks
    )
    sides = '<div class="label"></div>', '<div class="said"></div>'
    foot = f'<div class="row scale" aria-hidden="true">{sides[0]}<div class="track">{scale}</div>{sides[1]}</div>'
    return f'<div class="dots" role="group" aria-label="{in_svg(title)}">{"".join(drawn)}{foot}</div>'


def _side(percent: float) -> str:
    """Words at an end of the scale stay within it."""
    return "left" if percent < 1 else "right" if percent > 99 else ""
