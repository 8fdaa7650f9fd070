"""The place map as a plotly figure: the outline, ties between places, and every partner in the shape of its kind.

Nothing is fetched: the outline ships with the program, and there are no tiles. Names from the data are never markup.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
import plotly.graph_objects as go

from wtnet.draw.labels import Box, Boxes, Side, beside, place
from wtnet.draw.places.ground import MARK, Frame, Ground, Mark, outline, spread
from wtnet.draw.safe import in_plotly
from wtnet.palette import LOOKS
from wtnet.tables.text import cut

SYMBOLS = {
    "square": "square",
    "triangle": "triangle-up",
    "circle": "circle",
    "plus": "cross",
    "star": "star",
    "diamond": "diamond",
    "inverted triangle": "triangle-down",
    "pentagon": "pentagon",
    "hexagon": "hexagon",
    "cross": "x",
    "bar": "diamond-wide",
    "hourglass": "hourglass",
}
"""Shapes of the palette as plotly calls them."""
HEIGHT = 720
_SLATE = "107, 122, 144"
_LINE = "#6B7A90"
_WIDTHS = ((1, 1.0), (3, 2.0), (10, 3.6))
"""From how many ties between two places a line has which width."""
LONGEST_NAME = 26
"""Letters of a name on the map."""
_SIDES: dict[Side, str] = {"right": "middle right", "left": "middle left", "above": "middle center", "below": "middle center"}
FINE = 160.0
"""Km across; closer in than this every tie is drawn, not one line between two places."""


@dataclass(frozen=True, eq=False)
class Scene:
    """What is drawn: the ground, the frame, its marks, the network, who is placed by a town or postcode, and who is chosen."""

    ground: Ground
    frame: Frame
    marks: list[Mark]
    graph: nx.Graph
    by_name: frozenset[str]
    chosen: str | None = None


def picture(scene: Scene, dark: bool = False) -> go.Figure:
    """The map, for a light or a dark page.

    A click gives `customdata`: "partner:ID", or "mark:ID" of the first partner of a place or bubble."""
    figure = go.Figure()
    if scene.ground.outline:
        _coast(figure)
    at = {partner: point for mark in scene.marks for partner, point in spread(mark, scene.frame).items()}
    _ties(figure, scene, at)
    _people(figure, scene, at)
    _bubbles(figure, scene)
    _labels(figure, scene, "#D7DCE6" if dark else "#3B4763")
    _scale(figure, scene.frame)
    frame = scene.frame
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 4, "b": 4},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode="pan",
        hovermode="closest",
        uirevision=f"{frame.west:.0f} {frame.south:.0f} {frame.span:.0f}",
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": 13},
        },
    )
    quiet = {"visible": False, "showgrid": False, "zeroline": False}
    figure.update_xaxes(range=[frame.west, frame.east], **quiet)
    figure.update_yaxes(range=[frame.south, frame.north], scaleanchor="x", scaleratio=1, **quiet)
    return figure


def alt_text(scene: Scene) -> str:
    """The map in words: how many partners stand where, the largest places first."""
    shown = [mark for mark in scene.marks if scene.frame.holds(mark.x, mark.y)]
    parts = [f"{mark.label or 'a place without a name'} {len(mark.ids)}" for mark in shown[:12]]
    more = f" and {len(shown) - 12} smaller places" if len(shown) > 12 else ""
    return f"Map of where partners are, by place: {', '.join(parts)}{more}." if parts else "Map without any partner in view."


def _coast(figure: go.Figure) -> None:
    x, y = outline()
    figure.add_scatter(
        x=x, y=y, mode="lines", fill="toself", fillcolor=f"rgba({_SLATE}, 0.13)",
        line={"width": 0.8, "color": f"rgba({_SLATE}, 0.6)"}, hoverinfo="skip", showlegend=False,
    )  # fmt: skip


def _ties(figure: go.Figure, scene: Scene, at: Mapping[str, tuple[float, float]]) -> None:
    """Faint lines between places, wider with more ties; every tie where the map is close; those of the chosen stand out."""
    home = {partner: number for number, mark in enumerate(scene.marks) for partner in mark.ids}
    mine: list[tuple[str, str]] = []
    theirs: list[tuple[str, str]] = []
    for source, target in scene.graph.edges:
        if source in at and target in at:
            (mine if scene.chosen in (source, target) else theirs).append((source, target))
    if scene.frame.span <= FINE:
        _lines(figure, ((at[a], at[b]) for a, b in theirs), 1.0, 0.42)
    else:
        between = Counter(frozenset((home[a], home[b])) for a, b in theirs if home[a] != home[b])
        for low, width in _WIDTHS:
            high = next((bound for bound, _ in _WIDTHS if bound > low), float("inf"))
            pairs = [sorted(pair) for pair, number in between.items() if low <= number < high]
            ends = [(scene.marks[a], scene.marks[b]) for a, b in sorted(pairs)]
            _lines(figure, (((a.x, a.y), (b.x, b.y)) for a, b in ends), width, 0.34)
    _lines(figure, ((at[a], at[b]) for a, b in mine), 2.0, 1.0)


def _lines(
    figure: go.Figure, ends: Iterable[tuple[tuple[float, float], tuple[float, float]]], width: float, alpha: float
) -> None:
    x: list[float | None] = []
    y: list[float | None] = []
    for one, other in ends:
        x += [round(one[0], 1), round(other[0], 1), None]
        y += [round(one[1], 1), round(other[1], 1), None]
    if x:
        line = {"width": width, "color": f"rgba({_SLATE}, {alpha})"}
        figure.add_scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _people(figure: go.Figure, scene: Scene, at: Mapping[str, tuple[float, float]]) -> None:
    """One trace a kind, so that the legend names shape and colour; the chosen one has a ring."""
    packed = [partner for mark in scene.marks if not mark.bubble for partner in mark.ids]
    places = dict(scene.ground.partners.select("id", "place").iter_rows())
    size = _pixels(scene.frame.span * MARK, scene.frame)
    for kind, look in LOOKS.items():
        ids = [partner for partner in packed if scene.graph.nodes[partner]["kind"] == kind]
        if not ids:
            continue
        figure.add_scatter(
            x=[round(at[partner][0], 2) for partner in ids],
            y=[round(at[partner][1], 2) for partner in ids],
            mode="markers",
            name=look.label,
            marker={
                "symbol": SYMBOLS[look.shape],
                "color": look.colour,
                "size": size,
                "opacity": 0.92,
                "line": {"width": [3 if partner == scene.chosen else 0 for partner in ids], "color": _LINE},
            },
            customdata=[f"partner:{partner}" for partner in ids],
            hovertext=[_hover(scene, partner, places.get(partner)) for partner in ids],
            hoverinfo="text",
            unselected={"marker": {"opacity": 0.92}},
        )


def _hover(scene: Scene, partner: str, place: str | None) -> str:
    node = scene.graph.nodes[partner]
    degree = scene.graph.degree(partner)
    lines = [
        f"<b>{in_plotly(node['name'], 60)}</b>",
        f"{LOOKS[node['kind']].label} · {degree} {'tie' if degree == 1 else 'ties'}",
    ]
    if place:
        lines.append(in_plotly(place, 60) + (" (placed by its town or postcode)" if partner in scene.by_name else ""))
    return "<br>".join(lines)


def _bubbles(figure: go.Figure, scene: Scene) -> None:
    bubbles = [mark for mark in scene.marks if mark.bubble]
    if not bubbles:
        return
    figure.add_scatter(
        x=[round(mark.x, 2) for mark in bubbles],
        y=[round(mark.y, 2) for mark in bubbles],
        mode="markers+text",
        text=[str(len(mark.ids)) for mark in bubbles],
        textfont={"color": "#FFFFFF", "size": 13},
        marker={"symbol": "circle", "size": _pixels(3 * scene.frame.span * MARK, scene.frame), "color": "#566178"},
        name="Several partners: open the place",
        customdata=[f"mark:{mark.ids[0]}" for mark in bubbles],
        hovertext=[f"{len(mark.ids)} partners, {in_plotly(called(mark), 60)}<br>Click to open" for mark in bubbles],
        hoverinfo="text",
        unselected={"marker": {"opacity": 1}, "textfont": {"color": "#FFFFFF"}},
    )


def called(mark: Mark) -> str:
    """What a mark is called: its place, "York and 2 more places", or "no place named"."""
    if mark.label is None:
        return "no place named"
    return mark.label if mark.places == 1 else f"{mark.label} and {mark.places - 1} more nearby"


@dataclass(frozen=True)
class _Name:
    """The name of a place, its box (km, y downwards) and where it stands beside its point, as plotly calls it."""

    text: str
    box: Box
    position: str

    @property
    def point(self) -> tuple[float, float]:
        """Where plotly puts it, y upwards."""
        left, top, right, bottom = self.box
        across = {"middle right": left, "middle left": right}.get(self.position, (left + right) / 2)
        return across, -(top + bottom) / 2


def _labels(figure: go.Figure, scene: Scene, colour: str) -> None:
    """Names of places beside their marks, the largest first, where they cover neither marks nor one another, on a phone too:
    letters take more of a small map."""
    frame = scene.frame
    inside = [mark for mark in scene.marks if frame.holds(mark.x, mark.y)]
    boxes = Boxes(frame.span * 0.1)
    for at, mark in enumerate(inside):
        boxes.add((mark.x - mark.radius, -mark.y - mark.radius, mark.x + mark.radius, -mark.y + mark.radius), at)
    within = (frame.west, -math.inf, frame.east, math.inf)
    names = place(((at, _candidates(scene, mark)) for at, mark in enumerate(inside)), boxes, within)
    if names:
        figure.add_scatter(
            x=[name.point[0] for name in names],
            y=[name.point[1] for name in names],
            mode="text",
            text=[in_plotly(name.text) for name in names],
            textposition=[name.position for name in names],
            textfont={"size": 13, "color": colour},
            hoverinfo="skip",
            showlegend=False,
        )


def _candidates(scene: Scene, mark: Mark) -> Iterator[_Name]:
    """Beside a mark, above and below it; nothing where it has no name."""
    span, text = scene.frame.span, _label(scene, mark)
    wide, high, gap = span * 0.0162 * len(text), span * 0.038, span * 0.006
    for side, position in _SIDES.items() if text else ():
        yield _Name(text, beside(side, mark.x, -mark.y, wide, high, mark.radius + gap, mark.radius), position)


def _label(scene: Scene, mark: Mark) -> str:
    """The name of its place; close up, where one partner stands alone, that of the partner."""
    if len(mark.ids) == 1 and scene.frame.span <= FINE:
        return cut(scene.graph.nodes[mark.ids[0]]["name"], LONGEST_NAME)
    if mark.label is None:
        return ""
    return cut(mark.label, LONGEST_NAME)


def _scale(figure: go.Figure, frame: Frame) -> None:
    """A line of a round length in a corner of the frame."""
    steps = np.array([1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000])
    length = float(steps[max(0, int(np.searchsorted(steps, frame.span / 5)) - 1)])
    x, y = frame.west + frame.span * 0.02, frame.south + frame.span * 0.03
    figure.add_scatter(
        x=[x, x + length], y=[y, y], mode="lines", line={"width": 2, "color": _LINE}, hoverinfo="skip", showlegend=False
    )
    figure.add_annotation(
        x=x, y=y, text=f"{length:,.0f} km", showarrow=False, xanchor="left", yanchor="bottom", font={"size": 12}
    )


def _pixels(km: float, frame: Frame) -> float:
    """How large a length is on the screen, about."""
    return max(7.0, 0.74 * km / frame.span * HEIGHT)
