"""The live map's message for thousands of partners, packed small enough to be sent at once.

Drawing so many is another matter: vis-network keeps an object per partner and per tie, and plotly's `scattergl` needs a
graphics card. The wide map (`ui/wide.js`) draws the same picture on a plain canvas, in batches; `tests/benchmarks/large.py`
measures them beside each other.
"""

from __future__ import annotations

import base64
import zlib
from typing import Any

import numpy as np

from wtnet.draw.safe import printable

MOST = 1_500
"""Up to this many partners (or bubbles) are drawn by the live map itself."""
LONGEST = 90
"""A name is cut to this many characters in the message; the tables have all of it."""
_STEPS = 65_535
_NONE = 255
_WIDTHS = 10.0


def pack(message: dict[str, Any]) -> dict[str, Any]:
    """The message of `draw.map.message` with its nodes and edges as one compressed text.

    `packed`: base64 of deflated little-endian arrays one after another: source and target of each tie (uint32, index of the
    node); x and y of each node (uint16, as a share of 65,535 of `box`), its category (uint16, 65,535 for none), radius
    (uint8, tenths), kind (uint8); of each tie its width (uint8, tenths), class of strength (uint8, 7 for unknown, plus 8
    times its basis, plus 32 times which way it goes) and category (uint8, 255 for none); then ids and names, a line each, in
    UTF-8. `count`: nodes and ties. Waves to play and panes of groups are left out, and nothing may be arranged by hand.
    """
    nodes, edges = message["nodes"], message["edges"]
    box = _box(nodes)
    place = [np.array([node[at] for node in nodes], dtype=float) for at in (3, 4)]
    scaled = [np.rint((v - low) / (high - low) * _STEPS).astype("<u2") for v, (low, high) in zip(place, box, strict=True)]
    arrays = [
        np.array([edge[0] for edge in edges], dtype="<u4"),
        np.array([edge[1] for edge in edges], dtype="<u4"),
        *scaled,
        np.array([_STEPS if node[6] is None else node[6] for node in nodes], dtype="<u2"),
        _tenths([node[5] for node in nodes]),
        np.array([node[2] for node in nodes], dtype="u1"),
        _tenths([edge[2] for edge in edges]),
        np.array([(7 if edge[3] is None else edge[3]) + 8 * edge[4] + 32 * (edge[5] if edge[5:] else 0) for edge in edges], "u1"),
        np.array([edge[6] if edge[6:] else _NONE for edge in edges], dtype="u1"),
    ]
    lines = [*(str(node[0]) for node in nodes), *(printable(node[1], LONGEST) for node in nodes)]
    raw = b"".join(array.tobytes() for array in arrays) + "\n".join(lines).encode()
    kept = {name: value for name, value in message.items() if name not in {"nodes", "edges", "film", "hulls", "options"}}
    packed = base64.b64encode(zlib.compress(raw, 6)).decode()
    return {
        **kept,
        "packed": packed,
        "box": box,
        "count": [len(nodes), len(edges)],
        "film": [],
        "hulls": [],
        "may_arrange": False,
    }


def _box(nodes: list[list[Any]]) -> list[list[float]]:
    """Least and greatest x, and y; never the same."""
    spans = [[min((n[at] for n in nodes), default=0.0), max((n[at] for n in nodes), default=1.0)] for at in (3, 4)]
    return [[low, high if high > low else low + 1.0] for low, high in spans]


def _tenths(values: list[float]) -> np.ndarray:
    return np.clip(np.rint(np.array(values, dtype=float) * _WIDTHS), 0, _NONE).astype("u1")
