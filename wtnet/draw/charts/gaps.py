"""Pictures of the Gaps page: how the network holds as partners go."""

from __future__ import annotations

import plotly.graph_objects as go

from wtnet.draw.safe import in_plotly
from wtnet.measures.robustness import Robustness
from wtnet.tables.rounding import fixed

_HIT, _CHANCE, _BAND = "#C2571A", "#6B7A90", "rgba(107, 122, 144, 0.22)"


def robustness_curve(robustness: Robustness) -> go.Figure:
    """Share of all partners still in one connected part, as partners go: the most central first, and by chance."""
    curve = robustness.curve
    gone, share, chance = (curve[name].to_list() for name in ("gone", "share", "chance"))
    percent = {"share": [100 * value for value in share], "chance": [100 * value for value in chance]}
    figure = go.Figure()
    for bound, fill in (("high", None), ("low", "tonexty")):
        figure.add_scatter(
            x=gone,
            y=[100 * value for value in curve[bound]],
            mode="lines",
            line={"width": 0},
            fill=fill,
            fillcolor=_BAND,
            hoverinfo="skip",
        )
    who = [in_plotly(name, 50) if name else "" for name in curve["name"].to_list()]
    hover = [
        f"{q} gone: {fixed(y)}%<br>last: {name}" if name else f"all there: {fixed(y)}%"
        for q, y, name in zip(gone, percent["share"], who, strict=True)
    ]
    by_chance = [f"{q} gone by chance: {fixed(y)}%" for q, y in zip(gone, percent["chance"], strict=True)]
    figure.add_scatter(x=gone, y=percent["chance"], mode="lines", line={"width": 2, "color": _CHANCE, "dash": "dash"},
                       hovertext=by_chance, hoverinfo="text")  # fmt: skip
    figure.add_scatter(
        x=gone,
        y=percent["share"],
        mode="lines",
        line={"width": 3, "color": _HIT, "shape": "hv"},
        hovertext=hover,
        hoverinfo="text",
    )
    n = len(gone) - 1
    low = next(q for q, y in enumerate(percent["share"]) if y < 15)
    half = n // 2
    for text, q, y, colour in (
        ("in any order", half, 100 * curve["high"][half], _CHANCE),
        ("most relied<br>on first", low, percent["share"][low], _HIT),
    ):
        label = {"text": text, "align": "left", "showarrow": False, "xanchor": "left", "yanchor": "bottom", "xshift": 4}
        figure.add_annotation(x=q, y=y, font={"size": 13, "color": colour}, **label)
    figure.update_layout(
        height=330, showlegend=False, margin={"l": 4, "r": 8, "t": 8, "b": 40}, hovermode="closest",
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)",
    )  # fmt: skip
    figure.update_xaxes(title="Partners gone", range=[0, n], showgrid=False, zeroline=False, fixedrange=True)
    figure.update_yaxes(
        title="Still in one part", range=[0, 102], ticksuffix="%", showgrid=False, zeroline=False, nticks=5, fixedrange=True
    )
    return figure


def robustness_said(robustness: Robustness) -> str:
    """The picture in words: when half of the partners are no longer together, in either order."""
    half, chance = (half_gone(robustness, column) for column in ("share", "chance"))
    if half is None or chance is None:
        return "There is nobody to take out."
    return (
        f"Line chart. Share of partners still connected as partners go. Fewer than half are in one part after {half} have gone "
        f"when the partner most rely on goes first, and after {chance} in a random order."
    )


def half_gone(robustness: Robustness, column: str) -> int | None:
    """The number of losses after which fewer than half of all are still in one part; None without partners."""
    below = robustness.curve.filter(robustness.curve[column] < 0.5)
    return int(below["gone"][0]) if below.height else None
