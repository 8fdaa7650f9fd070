"""What stands where on the pages of a PDF: each run of text with its place, width and size in points."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Run:
    """One run of text: its page (from 1), left and right end and baseline (from below), and the height of its letters."""

    page: int
    left: float
    right: float
    y: float
    size: float


def runs(data: bytes) -> list[Run]:
    """Every run of text of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [run for number, page in enumerate(pdf.pages, 1) for run in _page(page, number)]


def pages(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _page(page: Any, number: int) -> Iterator[Run]:
    fonts = page.resources.get("/Font", {})
    widths = {name: _widths(font) for name, font in fonts.items()}
    here: Matrix = IDENTITY
    kept: list[Matrix] = []
    line = at = IDENTITY
    name, size = "", 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                kept.append(here)
            case "Q":
                here = kept.pop()
            case "cm":
                here = _times(tuple(map(float, operands)), here)  # type: ignore[arg-type]
            case "BT":
                line = at = IDENTITY
            case "Tm":
                line = at = tuple(map(float, operands))  # type: ignore[assignment]
            case "Td" | "TD":
                line = at = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), line)
            case "Tf":
                name, size = str(operands[0]), float(operands[1])
            case "Tj" | "TJ":
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                wide = sum(widths[name](bytes(part)) if isinstance(part, pikepdf.String) else -float(part) for part in parts)
                whole = _times(at, here)
                start, end = (whole[4], whole[4] + whole[0] * size * wide / 1000)
                yield Run(number, min(start, end), max(start, end), whole[5], abs(whole[3]) * size)
                at = _times((1, 0, 0, 1, size * wide / 1000, 0), at)


def _widths(font: Any) -> Any:
    """How wide a string of the font is, in thousandths of its size; two bytes a letter, as typst writes them."""
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else None
    if inner is None:
        return lambda text: 500.0 * len(text)
    usual, known = float(inner.get("/DW", 1000)), {}
    table = list(inner.get("/W", []))
    while table:
        first, second = int(table[0]), table[1]
        if isinstance(second, pikepdf.Array):
            known |= {first + place: float(wide) for place, wide in enumerate(second)}
            table = table[2:]
        else:
            known |= dict.fromkeys(range(first, int(second) + 1), float(table[2]))
            table = table[3:]
    return lambda text: sum(known.get(int.from_bytes(text[at : at + 2]), usual) for at in range(0, len(text), 2))
