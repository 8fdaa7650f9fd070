"""Pictures of change: the alluvial of levels between two waves, and small multiples of a figure from wave to wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import polars as pl

from wtnet.draw.safe import in_plotly, in_svg
from wtnet.draw.style import LEVEL_ORDER, Theme, level_colour, level_words
from wtnet.palette import rgb

_GAP = 0.035


def alluvial(flow: pl.DataFrame, before: str, after: str, dark: bool = False) -> go.Figure:
    """Draw the moves from level to level as bands whose width is the number of pairs.

    `flow` is the frame of `measures.change.flow` (before, after, pairs), `before` and `after` the names of the waves. One
    hue: the darker (on dark: the lighter), the higher the level; no tie and not known in grey. A band has the colour of
    what the pairs became.
    """
    theme: Theme = "dark" if dark else "light"
    sides = [_side(flow, name) for name in ("before", "after")]
    nodes = [(side, state) for side, states in enumerate(sides) for state in states]
    at = {node: index for index, node in enumerate(nodes)}
    places = [_places(states) for states in sides]
    links = [(at[0, row["before"]], at[1, row["after"]], row["pairs"], row["after"]) for row in flow.iter_rows(named=True)]
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "label": [level_words(state) for _, state in nodes],
                "color": [level_colour(state, theme) for _, state in nodes],
                "x": [0.001 + 0.998 * side for side, _ in nodes],
                "y": [places[side][state] for side, state in nodes],
                "pad": 10,
                "thickness": 14,
                "line": {"width": 0},
                "hovertemplate": "%{label}: %{value:,d} pairs<extra></extra>",
            },
            link={
                "source": [link[0] for link in links],
                "target": [link[1] for link in links],
                "value": [link[2] for link in links],
                "color": [_faint(level_colour(link[3], theme)) for link in links],
                "hovertemplate": "%{source.label} → %{target.label}: %{value:,d} pairs<extra></extra>",
            },
            textfont={"color": "rgba(0,0,0,0)", "shadow": "none"},
        )
    )
    words: list[dict[str, Any]] = [
        {"x": side, "y": 1 - places[side][state], "text": f"{level_words(state)}  <b>{sides[side][state]:,}</b>"}
        for side, state in nodes
    ]
    words += [
        {"x": side, "y": 1, "yshift": 24, "text": f"<b>{in_plotly(name, 24)}</b>"} for side, name in enumerate((before, after))
    ]
    same = {"xref": "paper", "yref": "paper", "showarrow": False, "font": {"size": 13}}
    beside = ({"xanchor": "right", "xshift": -8}, {"xanchor": "left", "xshift": 11})
    figure.update_layout(
        annotations=[label | same | beside[label["x"]] for label in words],
        height=max(240, 150 + 40 * max(len(side) for side in sides)),
        margin={"l": 122, "r": 122, "t": 34, "b": 6},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"size": 13},
    )
    return figure


def alluvial_said(flow: pl.DataFrame, before: str, after: str) -> str:
    """The picture in words: how many pairs there are at each level in both waves, and the widest bands."""
    parts = []
    for name, column in ((before, "before"), (after, "after")):
        states = _side(flow, column)
        parts.append(f"{name}: " + ", ".join(f"{level_words(state)} {number}" for state, number in states.items()))
    widest = flow.sort("pairs", descending=True, maintain_order=True).head(3)
    bands = ", ".join(f"{level_words(a)} to {level_words(b)} {n}" for a, b, n in widest.iter_rows())
    return f"Pairs of partners by level of collaboration. {'. '.join(parts)}. Most often: {bands}."


def _side(flow: pl.DataFrame, column: str) -> dict[str, int]:
    """Pairs per state of one wave, from the top of the picture to its foot."""
    pairs = dict(flow.group_by(column).agg(pl.col("pairs").sum()).iter_rows())
    return {state: pairs[state] for state in LEVEL_ORDER if pairs.get(state)}


def _places(sizes: dict[str, int]) -> dict[str, float]:
    """The middle of each state, 0 at the top and 1 at the foot."""
    whole = sum(sizes.values())
    room = 1 - _GAP * (len(sizes) - 1)
    places, top = {}, 0.0
    for state, number in sizes.items():
        size = room * number / whole
        places[state] = top + size / 2
        top += size + _GAP
    return places


def _faint(colour: str) -> str:
    return f"rgba({', '.join(map(str, rgb(colour)))}, 0.42)"


# -- small multiples ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """One wave of a small multiple: `value` None if unknown; `low` and `high` its interval; `in_words` says it.

    `quiet`: the partner did not answer in this wave (drawn hollow); `note`: words for it.
    """

    wave: str
    value: float | None
    in_words: str
    date: date | None = None
    low: float | None = None
    high: float | None = None
    quiet: bool = False
    note: str = ""


_WIDE, _TALL = 210.0, 104.0
_LEFT, _RIGHT, _HEAD, _FOOT = 14.0, 14.0, 22.0, 20.0


def multiple(title: str, points: Sequence[Point], sub: str = "", top: float | None = None) -> str:
    """One small multiple as HTML with an SVG inside: the title, a line over the waves from zero, each value written.

    `top` is the upper end of the scale (without it, the largest value). Waves stand apart as their dates do (evenly without
    dates). Intervals are bars behind the points. Nothing in it is markup from data. Its text alternative says every value.
    """
    across = _across(points)
    known = [value for point in points for value in (point.value, point.high) if value is not None]
    top = top or max(known, default=0.0) or 1.0
    low = min(0.0, *(value for point in points for value in (point.value, point.low) if value is not None), 0.0)

    def up(value: float) -> float:
        return _TALL - _FOOT - (value - low) / (top - low) * (_TALL - _FOOT - _HEAD)

    drawn = [f'<line class="base" x1="{_LEFT - 6}" x2="{_WIDE - _RIGHT + 6}" y1="{up(0):.1f}" y2="{up(0):.1f}"/>']
    for x, point in zip(across, points, strict=True):
        if point.low is not None and point.high is not None:
            drawn.append(f'<line class="span" x1="{x:.1f}" x2="{x:.1f}" y1="{up(point.low):.1f}" y2="{up(point.high):.1f}"/>')
    drawn += [f'<polyline class="line" points="{run}"/>' for run in _runs(across, points, up)]
    for place, (x, point) in enumerate(zip(across, points, strict=True)):
        anchor = "start" if place == 0 else "end" if place == len(points) - 1 else "middle"
        edge = x - 6 if anchor == "start" else x + 6 if anchor == "end" else x
        shown = place in (0, len(points) - 1) or len(points) <= 4
        if point.value is not None:
            hint = f"<title>{in_svg(_point_said(point))}</title>"
            shape = "quiet" if point.quiet else "dot"
            drawn.append(f'<circle class="{shape}" cx="{x:.1f}" cy="{up(point.value):.1f}" r="4">{hint}</circle>')
        if shown:
            above = up(point.value if point.value is not None else 0)
            if point.high is not None:
                above = up(point.high)
            at = f'x="{edge:.1f}" text-anchor="{anchor}"'
            drawn.append(f'<text class="value" {at} y="{max(12.0, above - 8):.1f}">{in_svg(point.in_words)}</text>')
            drawn.append(f'<text class="wave" {at} y="{_TALL - 5}">{in_svg(point.wave, 12)}</text>')
    alt = in_svg(f"{title}. " + "; ".join(_point_said(point) for point in points))
    small = f"<span>{in_svg(sub)}</span>" if sub else ""
    return (
        f'<figure class="multiple"><figcaption>{in_svg(title, 44)}{small}</figcaption>'
        f'<svg viewBox="0 0 {_WIDE:.0f} {_TALL:.0f}" role="img" aria-label="{alt}">{"".join(drawn)}</svg></figure>'
    )


def _point_said(point: Point) -> str:
    between = f" ({point.note})" if point.note else ""
    return f"{point.wave}: {point.in_words}{between}"


def _across(points: Sequence[Point]) -> list[float]:
    """Where each wave stands: by date if all have one and none are too near one another, else evenly."""
    room, n = _WIDE - _LEFT - _RIGHT, len(points)
    even = [_LEFT + room * (place / (n - 1) if n > 1 else 0.5) for place in range(n)]
    days = [point.date.toordinal() for point in points if point.date is not None]
    if n < 3 or len(days) < n or days[-1] <= days[0]:
        return even
    by_date = [_LEFT + room * (day - days[0]) / (days[-1] - days[0]) for day in days]
    near = min(b - a for a, b in pairwise(by_date))
    return even if near < 0.6 * room / (n - 1) else by_date


def _runs(across: Sequence[float], points: Sequence[Point], up: object) -> list[str]:
    """The line, broken where a wave is unknown."""
    runs: list[list[str]] = [[]]
    for x, point in zip(across, points, strict=True):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(f"{x:.1f},{up(point.value):.1f}")  # type: ignore[operator]
    return [" ".join(run) for run in runs if len(run) > 1]
