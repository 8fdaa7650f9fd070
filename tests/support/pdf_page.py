"""What stands where on the pages of a PDF: each run of text with its place, width and size in points."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Run:
    """One run of text: its page (from 1), left and right end and baseline (from below), the height of its letters,
    and what it says where the font tells."""

    page: int
    left: float
    right: float
    y: float
    size: float
    text: str = ""


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


def _page(page: Any, number: int, start: Matrix = IDENTITY) -> Iterator[Run]:
    resources = page.resources if isinstance(page, pikepdf.Page) else page.get("/Resources", {})
    fonts, forms = resources.get("/Font", {}), resources.get("/XObject", {})
    widths = {name: _widths(font) for name, font in fonts.items()}
    letters = {name: _letters(font) for name, font in fonts.items()}
    here = start
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
            case "Do" if forms[str(operands[0])].get("/Subtype") == "/Form":
                form = forms[str(operands[0])]
                yield from _page(form, number, _times(tuple(map(float, form.get("/Matrix", IDENTITY))), here))  # type: ignore[arg-type]
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
                left, right = (whole[4], whole[4] + whole[0] * size * wide / 1000)
                yield Run(
                    number,
                    min(left, right),
                    max(left, right),
                    whole[5],
                    abs(whole[3]) * size,
                    "".join(letters[name](bytes(part)) if isinstance(part, pikepdf.String) else "" for part in parts),
                )
                at = _times((1, 0, 0, 1, size * wide / 1000, 0), at)


def _letters(font: Any) -> Any:
    """What a string of the font says, by its table of letters (two bytes a glyph); "" without one."""
    known: dict[int, str] = {}
    table = font.ToUnicode.read_bytes().decode("latin-1") if "/ToUnicode" in font else ""
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            known[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be", "replace")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for low, high, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            first = int.from_bytes(bytes.fromhex(text))
            known |= {code: chr(first + code - int(low, 16)) for code in range(int(low, 16), int(high, 16) + 1)}
    return lambda text: "".join(known.get(int.from_bytes(text[at : at + 2]), "") for at in range(0, len(text), 2))


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


def words(data: bytes) -> list[tuple[int, float, float, str]]:
    """Every run of text of a PDF that a browser made, as (page, left, right, text)."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            (run.page, run.left, run.right, run.text) for number, page in enumerate(pdf.pages, 1) for run in _page(page, number)
        ]
