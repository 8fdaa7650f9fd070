"""Strength beside impact as points with names and intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import polars as pl

from wtnet.draw.labels import Box, Side, beside, place_all
from wtnet.draw.safe import in_plotly
from wtnet.sentences.format import figure as in_words
from wtnet.tables.rounding import fixed

COLOUR = "#6F77FF"
"""Readable on light and on dark."""
NAMED = 14
"""Up to this many points carry their names; more are named under the pointer."""
_LETTER, _LINE, _WIDE, _TALL = 7.2, 18.0, 640.0, 330.0
_SIDES: dict[Side, str] = {
    "above": "top center",
    "below": "bottom center",
    "right": "middle right",
    "left": "middle left",
    "above right": "top right",
    "above left": "top left",
    "below right": "bottom right",
    "below left": "bottom left",
}
"""Where a name may stand, best first, and what plotly calls it."""


def scatter(
    points: pl.DataFrame, x_title: str, y_title: str, spans: Mapping[str, tuple[float, float]] | None = None, dark: bool = False
) -> go.Figure:
    """One point a row of `points` (id, name, strength, value, n), named where there is room; lines are the intervals of
    strength in `spans` (by id). `customdata` holds the ids, so that a click says which it was."""
    rows = points.rows(named=True)
    spans = spans or {}
    names = [in_plotly(row["name"], 34) for row in rows]
    up = [(spans[row["id"]][1] - row["strength"]) if row["id"] in spans else 0 for row in rows]
    down = [(row["strength"] - spans[row["id"]][0]) if row["id"] in spans else 0 for row in rows]
    few = len(rows) <= NAMED
    figure = go.Figure(
        go.Scatter(
            x=[row["strength"] for row in rows],
            y=[row["value"] for row in rows],
            customdata=[[row["id"]] for row in rows],
            hovertext=[_hint(row, name) for row, name in zip(rows, names, strict=True)],
            hoverinfo="text",
            text=names if few else None,
            textposition=_apart(points, spans) if few else None,
            mode="markers+text" if few else "markers",
            cliponaxis=False,
            marker={"size": 13 if few else 10, "color": COLOUR, "opacity": 0.95 if few else 0.6, "symbol": "square"},
            textfont={"size": 14, "color": "#F1F3F8" if dark else "#14181F"},
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 0.5}},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": up,
                "arrayminus": down,
                "color": COLOUR,
                "thickness": 1.5,
                "width": 0,
            }
            if spans
            else None,
        )
    )
    axis = {"showgrid": False, "zeroline": False, "ticks": "outside", "ticklen": 4, "title": {"font": {"size": 14}}}
    lows, highs = [s[0] for s in spans.values()], [s[1] for s in spans.values()]
    figure.update_xaxes(**axis, title_text=x_title, range=_range([*(row["strength"] for row in rows), *lows, *highs]))
    figure.update_yaxes(**axis, title_text=in_plotly(y_title, 70), range=_range([row["value"] for row in rows]))
    if rows and min(row["value"] for row in rows) <= 0 <= max(row["value"] for row in rows):
        figure.add_hline(y=0, line={"width": 1, "color": "#868FA4"})
    figure.update_layout(
        height=430,
        margin={"l": 10, "r": 20, "t": 16, "b": 10},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        dragmode=False,
        font={"size": 14},
    )
    return figure


def _hint(row: dict[str, Any], name: str) -> str:
    return f"{name}<br>strength {fixed(row['strength'], 2)}, result {in_words(row['value'])}, n {in_words(row['n'])}"


def _range(values: list[float]) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = 0.16 * ((high - low) or abs(high) or 1)
    return [low - room, high + room]


def _apart(points: pl.DataFrame, spans: Mapping[str, tuple[float, float]]) -> list[str]:
    """Where each name goes so that names, points and intervals cover one another least, one after the other from the left."""
    if not points.height:
        return []
    ends = [end for span in spans.values() for end in span]
    (left, right), (foot, top) = _range([*points["strength"], *ends]), _range(points["value"].to_list())
    spots = [
        ((x - left) / (right - left) * _WIDE, (top - y) / (top - foot) * _TALL)
        for x, y in points.select("strength", "value").iter_rows()
    ]
    taken: list[tuple[Box, int | None]] = [((x - 9, y - 9, x + 9, y + 9), at) for at, (x, y) in enumerate(spots)]
    for name, (_, y) in zip(points["id"], spots, strict=True):
        if name in spans:
            low, high = ((end - left) / (right - left) * _WIDE for end in spans[name])
            taken.append(((low, y - 4, high, y + 4), None))
    names = place_all(
        (
            (
                at,
                [
                    _Name(position, beside(side, *spots[at], _wide(points["name"][at]), _LINE, 12.0, 0.3 * _LINE))
                    for side, position in _SIDES.items()
                ],
            )
            for at in sorted(range(len(spots)), key=lambda at: spots[at])
        ),
        taken,
        lambda box: 20 * (max(0.0, -box[0]) + max(0.0, box[2] - _WIDE)),
    )
    return [names[at].position for at in range(len(spots))]


def _wide(name: str) -> float:
    return min(34, len(name)) * _LETTER


@dataclass(frozen=True)
class _Name:
    """Where a name may stand, as plotly calls it, and its box in pixels."""

    position: str
    box: Box
