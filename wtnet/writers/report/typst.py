"""typst, which sets PDFs and PNGs: our fonts alone, nothing from the network, one sentence when it fails."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import typst

from wtnet.draw.print.fonts import OWN_NAME, drawable, folders
from wtnet.errors import InvalidRequest

_PERCENT = re.compile(r"(?<=\d) %")
"""Where no line may end."""
FACES = (OWN_NAME, "Noto Sans")


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, font_paths=list(folders()))


def compile_(files: Mapping[str, bytes], made: date, *, ppi: int | None = None, accessible: bool = False) -> bytes:
    """A PDF (PDF/UA-1 if `accessible`), or with `ppi` a PNG of the only page, of `files`, among them "main"."""
    wanted: dict[str, Any] = {"format": "png", "ppi": float(ppi)} if ppi else {"format": "pdf"}
    if accessible:
        wanted["pdf_standards"] = "ua-1"
    stamp = int(datetime(made.year, made.month, made.day, 12).timestamp())
    try:
        data = typst.compile(dict(files), font_paths=_fonts(), ignore_system_fonts=True, timestamp=stamp, **wanted)
    except typst.TypstError as error:
        what = " ".join(str(error).split())[:300]
        raise InvalidRequest(f"The file could not be set ({what}). Take the SVG or the workbook, and report this.") from error
    return bytes(data)


def safe(value: Any) -> Any:
    """The same value with every text in it as our fonts can draw it, all through lists and mappings."""
    if isinstance(value, str):
        return _PERCENT.sub("\u00a0%", drawable(value))
    if isinstance(value, Mapping):
        return {name: safe(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [safe(part) for part in value]
    return value
