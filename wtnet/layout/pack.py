"""Neat packing: leaves round their hub, partners without ties in rows, and components side by side."""

from __future__ import annotations

import math

import numpy as np

from wtnet.layout.force import LEAST, Floats

GOLDEN = math.pi * (3 - math.sqrt(5))
"""The golden angle, by which each seed of a sunflower is turned from the one before (Vogel 1979)."""
PITCH = (110.0, 80.0)
"""Width and height of one place in the rows of partners without ties (room for a name below each)."""


def sunflower(count: int, hole: float = LEAST) -> Floats:
    """`count` places round (0, 0), as seeds stand in a sunflower: 50 apart, `hole` (50 or more) from the centre."""
    if count == 0:
        return np.zeros((0, 2))
    scale = 0.63 * LEAST  # with this the nearest two, near the middle, are 1.03 times the least distance apart
    index = np.arange(count)
    radius = scale * np.sqrt(index + (hole / scale) ** 2)
    return np.column_stack([radius * np.cos(index * GOLDEN), radius * np.sin(index * GOLDEN)])


def rows(count: int, width: float) -> Floats:
    """`count` places in even rows, filled from the left, as many to a row as `width` holds; top left place at (0, 0)."""
    across = max(1, int(width // PITCH[0]))
    index = np.arange(count)
    return np.column_stack([index % across * PITCH[0], index // across * PITCH[1]])


def skyline(boxes: Floats, width: float) -> Floats:
    """Top left corners, shape (m, 2), of boxes (widths, heights), each set as high up as it fits, then as far left."""
    corners = np.zeros((len(boxes), 2))
    line: list[tuple[float, float, float]] = [(0.0, width, 0.0)]  # left, right, lowest edge so far
    for number, (wide, high) in enumerate(boxes.tolist()):
        best: tuple[float, float] | None = None
        for i, (left, _, _) in enumerate(line):
            if left + wide > width + 1e-6:
                break
            top = 0.0
            for start, _, low in line[i:]:
                if start >= left + wide - 1e-6:
                    break
                top = max(top, low)
                if best is not None and top >= best[0]:
                    break
            if best is None or top < best[0] - 1e-6:
                best = (top, left)
        top, left = best if best is not None else (max(low for *_, low in line), 0.0)
        corners[number] = left, top
        right = left + wide
        pieces = [(left, right, top + high)]
        for start, end, low in line:
            if start < left - 1e-6:
                pieces.append((start, min(end, left), low))
            if end > right + 1e-6:
                pieces.append((max(start, right), end, low))
        pieces.sort()
        line = [pieces[0]]
        for piece in pieces[1:]:
            if abs(piece[2] - line[-1][2]) < 1e-6:
                line[-1] = (line[-1][0], piece[1], piece[2])
            else:
                line.append(piece)
    return corners
