"""The ground of the place map: a flat map in kilometres, and marks that do not cover one another.

Flattened by the azimuthal equidistant projection (Snyder 1987, p. 191): distances from the middle are true, north is up
there, and nothing is infinitely far away. Over the UK and Ireland lengths are within half a per cent.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from wtnet.places import EARTH_KM, SHIPPED

Middle = tuple[float, float]
"""Latitude and longitude the map is flattened around."""

ISLES: Middle = (54.6, -4.2)
REACH = 1_200.0
"""Kilometres from the middle of the isles; who is farther away is named beside the map."""
WHOLE = (-480.0, 430.0, -540.0, 480.0)
"""West, east, south and north edge of the isles as they are first shown, in km from their middle."""
LEAST = 12.0
"""Kilometres across of the closest view."""
MARK = 0.0168
"""Size of a partner's mark, as a share of what the map shows."""
PACKED, PACKED_CLOSE = 24, 160
"""Up to this many partners at one place stand side by side; more are a bubble with their number."""
_SPREAD = 0.57
_TURN = math.pi * (3 - math.sqrt(5))
_FEW = 400


@dataclass(frozen=True)
class Frame:
    """What the map shows: west, east, south, north in km from the middle."""

    west: float
    east: float
    south: float
    north: float

    @property
    def span(self) -> float:
        """The longer side in km."""
        return max(self.east - self.west, self.north - self.south)

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre, x and y."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.west <= x <= self.east and self.south <= y <= self.north


@dataclass(frozen=True, eq=False)
class Ground:
    """Where everybody stands on the flat map.

    partners: those with a position, as `places.located` gives them, with x (east) and y (north) in km from `middle`, and far
    (true for those beyond the reach of the outline); outline: whether the outline is drawn; frame: what is shown first.
    """

    middle: Middle
    partners: pl.DataFrame
    outline: bool
    frame: Frame


@dataclass(frozen=True)
class Mark:
    """One place on the map: `ids` of the partners there, the nearest to its middle first; x, y; radius in km; whether it
    is a bubble with a number (else its partners stand side by side); `label`, the commonest name of the place among
    them, and in how many places by name they are."""

    ids: tuple[str, ...]
    x: float
    y: float
    radius: float
    bubble: bool
    label: str | None
    places: int


def ground(located: pl.DataFrame) -> Ground:
    """The flat map for some partners: around the isles, or, if most partners are elsewhere, around those partners.

    Partners farther than REACH from the isles keep their position and are marked as far.
    """
    known = located.filter(pl.col("latitude").is_not_null(), pl.col("longitude").is_not_null())
    x, y = flat(known["latitude"].to_numpy(), known["longitude"].to_numpy(), ISLES)
    near = np.hypot(x, y) <= REACH
    middle, outline = ISLES, True
    if known.height and near.sum() * 2 < known.height:
        middle, outline = _centre(known), False
        x, y = flat(known["latitude"].to_numpy(), known["longitude"].to_numpy(), middle)
        near = np.ones(known.height, dtype=bool)
    partners = known.with_columns(pl.Series("x", x), pl.Series("y", y), pl.Series("far", ~near))
    return Ground(middle, partners, outline, _first(x[near], y[near], outline))


def flat(latitude: np.ndarray, longitude: np.ndarray, middle: Middle) -> tuple[np.ndarray, np.ndarray]:
    """Degrees to kilometres east and north of the middle (azimuthal equidistant, on a sphere)."""
    phi, lam = np.radians(np.asarray(latitude, dtype=float)), np.radians(np.asarray(longitude, dtype=float) - middle[1])
    phi0 = math.radians(middle[0])
    cosine = np.clip(math.sin(phi0) * np.sin(phi) + math.cos(phi0) * np.cos(phi) * np.cos(lam), -1, 1)
    angle = np.arccos(cosine)
    scale = EARTH_KM * np.where(angle < 1e-12, 1.0, angle / np.maximum(np.sin(angle), 1e-12))
    return scale * np.cos(phi) * np.sin(lam), scale * (math.cos(phi0) * np.sin(phi) - math.sin(phi0) * np.cos(phi) * np.cos(lam))


@cache
def outline() -> tuple[np.ndarray, np.ndarray]:
    """The coast of the isles on their flat map, ring after ring, NaN between rings (x, y in km, whole hundreds of metres)."""
    rows = pl.read_csv(SHIPPED / "outline.csv")
    x, y = flat(rows["latitude"].to_numpy(), rows["longitude"].to_numpy(), ISLES)
    begins = np.flatnonzero((rows["ring"].diff().fill_null(0) != 0) | (rows["land"] != rows["land"].shift(1)).fill_null(False))
    gaps = [np.insert(values.round(1), begins, np.nan).astype(np.float32) for values in (x, y)]
    return gaps[0], gaps[1]


def closer(ground_: Ground, ids: Sequence[str]) -> Frame:
    """A frame around some partners, with room at the edges."""
    there = ground_.partners.filter(pl.col("id").is_in(list(ids)))
    return _around(there["x"].to_numpy(), there["y"].to_numpy(), LEAST) if there.height else ground_.frame


def marks(ground_: Ground, frame: Frame) -> list[Mark]:
    """The marks for a frame, the largest first: partners that would cover one another share one."""
    partners = ground_.partners.filter(~pl.col("far"))
    unit, close = frame.span * MARK, frame.span <= LEAST * 1.01
    most = PACKED_CLOSE if close else PACKED
    x, y = partners["x"].to_numpy(), partners["y"].to_numpy()
    names, ids = partners["place"].to_list(), partners["id"].to_list()
    drawn = []
    for members in _gathered(x, y, unit, most):
        middle = float(x[members].mean()), float(y[members].mean())
        nearest = members[np.lexsort((members, np.hypot(x[members] - middle[0], y[members] - middle[1]).round(6)))]
        called = Counter(names[i] for i in members if names[i])
        label = called.most_common(1)[0][0] if called else None
        radius = _radius(len(members), unit, most)
        drawn.append(Mark(tuple(ids[i] for i in nearest), *middle, radius, len(members) > most, label, len(called)))
    return sorted(drawn, key=lambda mark: -len(mark.ids))


def spread(mark: Mark, frame: Frame) -> dict[str, tuple[float, float]]:
    """Where each partner of a mark is drawn: side by side around its middle; all in the middle of a bubble."""
    if mark.bubble or len(mark.ids) == 1:
        return dict.fromkeys(mark.ids, (mark.x, mark.y))
    step = _SPREAD * frame.span * MARK
    return {
        partner: (
            mark.x + step * math.sqrt(i + 0.4) * math.cos(i * _TURN),
            mark.y + step * math.sqrt(i + 0.4) * math.sin(i * _TURN),
        )
        for i, partner in enumerate(mark.ids)
    }


def _centre(known: pl.DataFrame) -> Middle:
    """The middle of some positions, as a direction from the centre of the Earth, so that the date line is no edge."""
    phi, lam = np.radians(known["latitude"].to_numpy()), np.radians(known["longitude"].to_numpy())
    x, y, z = (np.cos(phi) * np.cos(lam)).mean(), (np.cos(phi) * np.sin(lam)).mean(), np.sin(phi).mean()
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def _first(x: np.ndarray, y: np.ndarray, isles: bool) -> Frame:
    """The isles, wider where somebody stands outside them; closer in where everyone is in one corner of them."""
    whole = Frame(*WHOLE)
    if not len(x):
        return whole
    fitted = _around(x, y, 220.0)
    if not isles or fitted.span < whole.span * 0.45:
        return fitted
    tight = Frame(x.min() - 30, x.max() + 30, y.min() - 30, y.max() + 30)
    return Frame(
        min(whole.west, tight.west), max(whole.east, tight.east), min(whole.south, tight.south), max(whole.north, tight.north)
    )


def _around(x: np.ndarray, y: np.ndarray, least: float) -> Frame:
    across, up = float(x.max() - x.min()), float(y.max() - y.min())
    half = max(least, 1.3 * max(across, up)) / 2
    middle = float(x.max() + x.min()) / 2, float(y.max() + y.min()) / 2
    return Frame(middle[0] - half, middle[0] + half, middle[1] - half, middle[1] + half)


def _radius(count: int, unit: float, most: int) -> float:
    if count > most:
        return unit * 1.5
    return unit * (0.5 if count == 1 else _SPREAD * math.sqrt(count) + 0.5)


def _gathered(x: np.ndarray, y: np.ndarray, unit: float, most: int) -> list[np.ndarray]:
    """Groups of numbers whose marks, drawn as large as they are, do not overlap: the pair that overlaps most is joined first."""
    if not len(x):
        return []
    cell = 1e-6
    while True:  # the same point, or in very large networks the same square of the ground
        _, square = np.unique(np.round(np.stack([x, y]) / cell), axis=1, return_inverse=True)
        if square.max() < _FEW:
            break
        cell = max(unit / 4, cell * 1.5)
    groups = [np.flatnonzero(square == k) for k in range(int(square.max()) + 1)]
    at = np.array([[x[g].mean(), y[g].mean()] for g in groups])
    size = np.array([_radius(len(g), unit, most) for g in groups])
    room = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) - size[:, None] - size[None]
    np.fill_diagonal(room, np.inf)
    there = np.ones(len(groups), dtype=bool)
    while room.size:
        one, other = np.unravel_index(int(np.argmin(room)), room.shape)
        if room[one, other] >= 0:
            break
        groups[one] = np.concatenate([groups[one], groups[other]])
        there[other] = False
        at[one] = x[groups[one]].mean(), y[groups[one]].mean()
        size[one] = _radius(len(groups[one]), unit, most)
        room[other], room[:, other] = np.inf, np.inf
        new = np.where(there, np.hypot(*(at - at[one]).T) - size - size[one], np.inf)
        new[one] = np.inf
        room[one], room[:, one] = new, new
    return [np.sort(group) for group, kept in zip(groups, there, strict=True) if kept]
