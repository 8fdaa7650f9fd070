"""A web address as a QR code (ISO/IEC 18004), for the screen and for files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby

import segno

from wtnet.palette import DARK, LIGHT

QUIET_ZONE = 4
"""The margin that a reader needs, in modules."""


@dataclass(frozen=True)
class Code:
    """A code as an SVG path of its dark modules, each a unit wide; `size` of a side in modules, with its margin."""

    size: int
    path: str


@lru_cache(maxsize=512)
def code(address: str) -> Code:
    """The code of an address, of which a seventh may be hidden or dirty (level M)."""
    rows = _made(address).matrix
    steps = []
    for y, row in enumerate(rows, QUIET_ZONE):
        x = QUIET_ZONE
        for dark, modules in groupby(row):
            wide = len(list(modules))
            steps += [f"M{x} {y}h{wide}v1h-{wide}z"] if dark else []
            x += wide
    return Code(len(rows) + 2 * QUIET_ZONE, "".join(steps))


def png(address: str) -> bytes:
    """The code as a picture of dark on white, whatever is around it."""
    buffer = BytesIO()
    _made(address).save(buffer, kind="png", scale=12, border=QUIET_ZONE, dark=DARK, light=LIGHT)
    return buffer.getvalue()


def _made(address: str) -> segno.QRCode:
    return segno.make_qr(address, error="m", boost_error=False)
