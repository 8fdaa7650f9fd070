"""Where the partners of one stand around it: it in the middle, each kind together, of many the strongest nearest."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby

import networkx as nx

from wtnet.layout.force import LEAST
from wtnet.tables.schema import KINDS

APART = 1.5 * LEAST
"""Neighbours on a ring stand so far apart at least, so that names fit between."""
ONE_RING = 26
"""Up to so many stand on one ring; of more, some stand nearer, in proportion to the length of each ring."""
_LEAST_RING = 3.2 * LEAST


def ego(graph: nx.Graph, partner: str, strengths: Mapping[str, float | None] | None = None) -> dict[str, tuple[float, float]]:
    """Places of a partner, at (0, 0), and of all others in `graph`, x and y *downwards*, in the units of the map.

    Those it works with stand on a ring by kind and then by name, with a gap between kinds; more than `ONE_RING` on several, the
    strongest nearest by `strengths` as the reader may see them (unknown: last). Who has no partnership with it stands on a ring
    of its own, furthest out. `graph`: nodes with `kind` and `name`. The same partners give the same places.
    """
    own = graph[partner]

    def weaker(other: str) -> tuple[float, str]:
        strength = (strengths or {}).get(other)
        return (1.0 if strength is None else -strength, other)

    rings = _rings(sorted(own, key=weaker))
    others = sorted(node for node in graph if node != partner and node not in own)
    places, radius = {partner: (0.0, 0.0)}, 0.0
    for ring in (*rings, *([others] if others else [])):
        members = sorted(ring, key=lambda other: _by_kind(graph, other))
        turns = around([graph.nodes[other]["kind"] for other in members])
        radius = max(_LEAST_RING, radius + 2 * APART, len(turns) * APART / (2 * math.pi) * 1.15)
        for other, turn in zip(members, turns, strict=True):
            places[other] = (round(radius * math.cos(turn), 2), round(radius * math.sin(turn), 2))
    return places


def _by_kind(graph: nx.Graph, partner: str) -> tuple[int, str, str]:
    about = graph.nodes[partner]
    return list(KINDS).index(about["kind"]), about["name"], partner


def around(kinds: Sequence[str]) -> list[float]:
    """Where those on a ring stand, as turns in radians clockwise from the top (-π/2): evenly, with a gap between kinds. Each is
    given by its kind, those of a kind next to one another."""
    parts = [len(list(members)) for _, members in groupby(kinds)]
    slots = len(kinds) + len(parts)
    turns, slot = [], 0.5
    for part in parts:
        turns += [2 * math.pi * (slot + at) / max(1, slots) - math.pi / 2 for at in range(part)]
        slot += part + 1.0
    return turns


def _rings(strongest: Sequence[str]) -> list[list[str]]:
    """Place those it works with, strongest first, on as many rings as they need, the inner ones the shorter."""
    number = 1
    while len(strongest) > ONE_RING * (number + 1) / 2 * number:
        number += 1
    whole = number * (number + 1) / 2
    rings, start = [], 0
    for ring in range(1, number + 1):
        end = len(strongest) if ring == number else start + math.floor(len(strongest) * ring / whole)
        rings.append(list(strongest[start:end]))
        start = end
    return [ring for ring in rings if ring]
