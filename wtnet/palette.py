"""Colours and shapes, declared once for the map, the charts and every export.

Each kind of partner has a colour *and* a shape, so that colour is never alone. Shapes are polygons in a square of
side 2 centred on 0,0 (y downwards); a circle has no points. The floors held by the tests: contrast of at least 3:1 on
white and on the dark background, and a CIELAB difference of at least 30 between any two of the four core kinds under
normal, protan, deutan and tritan vision.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from wtnet.tables.model import State
from wtnet.tables.schema import KINDS

LIGHT, DARK = "#FFFFFF", "#14181F"
"""The two backgrounds."""

Point = tuple[float, float]


def _regular(corners: int, turn: float = 0.0, radius: float = 1.0) -> tuple[Point, ...]:
    angles = [2 * math.pi * corner / corners - math.pi / 2 + turn for corner in range(corners)]
    return tuple((round(radius * math.cos(a), 3), round(radius * math.sin(a), 3)) for a in angles)


def _star() -> tuple[Point, ...]:
    outer, inner = _regular(5, radius=1.15), _regular(5, math.pi / 5, 0.5)
    return tuple(point for pair in zip(outer, inner, strict=True) for point in pair)


def _turned(points: tuple[Point, ...]) -> tuple[Point, ...]:
    half = math.sqrt(0.5)
    return tuple((round(half * (x - y), 3), round(half * (x + y), 3)) for x, y in points)


_PLUS: tuple[Point, ...] = (
    (-0.38, -1), (0.38, -1), (0.38, -0.38), (1, -0.38), (1, 0.38), (0.38, 0.38),
    (0.38, 1), (-0.38, 1), (-0.38, 0.38), (-1, 0.38), (-1, -0.38), (-0.38, -0.38),
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How one kind of partner is drawn: `label` for people, `colour` (hex), `shape` by name, `points` (() = circle)."""

    label: str
    colour: str
    shape: str
    points: tuple[Point, ...]


_SLATE = "#6B7A90"
_DRAWN: dict[str, tuple[str, str, tuple[Point, ...]]] = {
    "museum": ("#4049FF", "square", ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88))),
    "freelancer": ("#7F610D", "triangle", ((0, -1.08), (1.05, 0.8), (-1.05, 0.8))),
    "community_group": ("#009966", "circle", ()),
    "health_provider": ("#E539C9", "plus", _PLUS),
    "funder": (_SLATE, "star", _star()),
    "programme_body": (_SLATE, "diamond", ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0))),
    "local_authority": (_SLATE, "inverted triangle", ((0, 1.08), (1.05, -0.8), (-1.05, -0.8))),
    "commissioner": (_SLATE, "pentagon", _regular(5)),
    "education": (_SLATE, "hexagon", _regular(6)),
    "arts_organisation": (_SLATE, "cross", _turned(_PLUS)),
    "supplier": (_SLATE, "bar", ((-1.1, -0.5), (1.1, -0.5), (1.1, 0.5), (-1.1, 0.5))),
    "other": (_SLATE, "hourglass", ((-0.9, -1), (0.9, -1), (0, 0), (0.9, 1), (-0.9, 1), (0, 0))),
}
LOOKS: dict[str, Look] = {kind: Look(label, *_DRAWN[kind]) for kind, label in KINDS.items()}
"""How each kind is drawn, by kind."""

STRENGTH_CLASSES = (0.2, 0.4, 0.6, 0.8)
"""Bounds between the five classes of strength."""

RAMP = {
    "light": ("#868FA4", "#727D95", "#56627C", "#3B4763", "#1F2A47"),
    "dark": ("#6A758C", "#8791A6", "#A4AEC1", "#C3CBDA", "#E6EAF2"),
}
"""One hue from weak to strong, for the light and the dark background; each step at least 3:1 on its background."""

MEASURE_RAMP = {
    "light": ("#8088F5", "#6068F5", "#4C54E0", "#3A40B8", "#1B1F66"),
    "dark": ("#4C54E0", "#6068F5", "#8088F5", "#B3B9FA", "#E4E6FF"),
}
"""One hue from low to high for partners coloured by a measure; each step at least 3:1 on its background."""

STATES: dict[State, tuple[str, str, str, str]] = {
    "met": ("met", "✓", "#1F6F54", "#5CC9A0"),
    "met_from_start": ("met from the start", "●", "#1F6F54", "#5CC9A0"),
    "nearly": ("nearly", "≈", "#1D6C7D", "#62C3D6"),
    "on_track": ("on track", "→", "#3A43C4", "#9097FF"),
    "behind": ("behind", "!", "#9A5B00", "#F0B35A"),
    "not_met": ("not met", "✕", "#9A5B00", "#F0B35A"),
    "fell": ("fell below the start", "↓", "#A3372B", "#F29A8E"),
    "no_baseline": ("no baseline", "…", "#5A6578", "#A4AEC1"),
    "no_target": ("no target", "·", "#5A6578", "#A4AEC1"),
    "no_data": ("no data", "–", "#5A6578", "#A4AEC1"),
    "too_few": ("too few to conclude", "?", "#5A6578", "#A4AEC1"),
    "withheld": ("withheld, small numbers", "▪", "#5A6578", "#A4AEC1"),
}
"""State of an indicator: its words and icon first, then its colour on light and on dark."""

STANDINGS: dict[str, tuple[str, str]] = {
    "confirmed": ("●", "confirmed"),
    "supported": ("◐", "supported"),
    "claimed": ("○", "claimed"),
    "disputed": ("≠", "disputed"),
}
"""How well a finding stands, from best: its mark and its word."""


def strength_class(strength: float | None) -> int | None:
    """0 (weakest) to 4 (strongest); None if the strength is unknown."""
    return None if strength is None else sum(strength >= bound for bound in STRENGTH_CLASSES)


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue (0–255) of a hex colour."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance 0–1 of a hex colour (WCAG 2.2)."""
    channels = [value / 255 for value in rgb(colour)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
