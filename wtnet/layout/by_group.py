"""Partners of one group side by side: each group has a disc of its own, near where its partners stand without groups."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping

import numpy as np

from wtnet.layout.force import LEAST
from wtnet.layout.pack import GOLDEN

_ROOM = 0.95
"""The radius of a disc of n partners is so many least distances times the square root of n."""
_GAP = 1.6
"""Room between two discs, in least distances."""
_ROUNDS = 400
Place = tuple[float, float]


def gathered(places: Mapping[str, Place], of: Mapping[str, Hashable]) -> dict[str, Place]:
    """Where each partner of a group stands: x and y. `places` are those of the map without groups, `of` the group of each.

    Groups keep their place to one another as far as their discs allow, and partners theirs within a disc; the same every time.
    """
    groups: dict[Hashable, list[str]] = {}
    for partner in places:
        if partner in of:
            groups.setdefault(of[partner], []).append(partner)
    if not groups:
        return {}
    radii = np.array([LEAST * _ROOM * math.sqrt(len(inside)) for inside in groups.values()])
    stood = {group: np.array([places[partner] for partner in inside]) for group, inside in groups.items()}
    centres = _apart(np.array([points.mean(axis=0) for points in stood.values()]), radii)
    grouped: dict[str, Place] = {}
    for (group, inside), centre in zip(groups.items(), centres, strict=True):
        for partner, spot in zip(inside, centre + _on_disc(stood[group]), strict=True):
            grouped[partner] = (float(spot[0]), float(spot[1]))
    return grouped


def _on_disc(stood: np.ndarray) -> np.ndarray:
    """Spots around nothing, evenly on a disc, each given to the partner that stands most that way; shape as given."""
    number = len(stood)
    away = LEAST * _ROOM * np.sqrt(np.arange(number) + (0.5 if number > 1 else 0.0))
    spots = np.stack([np.cos(np.arange(number) * GOLDEN), np.sin(np.arange(number) * GOLDEN)], axis=1) * away[:, None]
    ways = stood - stood.mean(axis=0)
    placed = np.zeros_like(spots)
    free = list(range(number))
    for at in np.argsort(-np.hypot(*ways.T), kind="stable"):  # those furthest out choose first
        best = max(free, key=lambda spot: (float(spots[spot] @ ways[at]), -spot))
        placed[at] = spots[best]
        free.remove(best)
    return placed


def _apart(centres: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """The centres moved as little as it takes for no two discs to touch."""
    number = len(centres)
    turn = np.arange(number) * GOLDEN
    centres = centres + np.stack([np.cos(turn), np.sin(turn)], axis=1)  # no two stand on the same spot
    least = radii[:, None] + radii[None, :] + LEAST * _GAP
    np.fill_diagonal(least, 0.0)
    for _ in range(_ROUNDS):
        between = centres[:, None, :] - centres[None, :, :]
        away = np.hypot(between[..., 0], between[..., 1])
        short = np.maximum(least - away, 0.0)
        if not short.any():
            break
        push = between / np.maximum(away, 1e-9)[..., None] * (short / 2)[..., None]
        centres = centres + push.sum(axis=1)
    return centres
