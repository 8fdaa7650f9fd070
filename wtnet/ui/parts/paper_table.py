"""Tables on paper: what the screen draws as a picture one scrolls in is printed as a table with all its rows."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from wtnet.sentences.format import figure
from wtnet.sentences.headings import decimals
from wtnet.ui.frame.markdown import count

ROWS = 150
"""So many rows are printed at most; how many more there are stands below them."""
_LONGEST = 400


def markup(frame: pl.DataFrame, headings: Mapping[str, str]) -> str:
    """The rows of a table as HTML, for paper; `headings` are those that differ from the names of columns. Every word in it is
    text. Unknown is "–"."""
    numbers = [dtype.is_numeric() for dtype in frame.dtypes]
    places = [decimals(column) if column.dtype.is_float() else None for column in frame.iter_columns()]
    marks = [' class="n"' if number else "" for number in numbers]
    head = "".join(
        f'<th scope="col"{mark}>{_text(headings.get(name, name))}</th>' for name, mark in zip(frame.columns, marks, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{mark}>{_text(_shown(cell, at))}</td>" for cell, mark, at in zip(row, marks, places, strict=True))
        + "</tr>"
        for row in frame.head(ROWS).iter_rows()
    )
    left = frame.height - ROWS
    more = (
        f"<p>{count(left, 'more row')} not printed: download the rows, or narrow them with the filters.</p>" if left > 0 else ""
    )
    return f'<div class="on-paper rows"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}</div>'


def _shown(cell: Any, places: int | None = None) -> str:
    """A cell in words; a number with so many decimals, null for as many as it has."""
    if cell is None or cell == "":
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return figure(cell, digits=places) if places is not None else f"{cell:,g}".replace("-", "−")
    if isinstance(cell, date):
        return f"{cell.day} {cell:%b %Y}"
    if isinstance(cell, list):
        return ", ".join(_shown(each) for each in cell)
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _text(words: str) -> str:
    return html.escape(" ".join(words.split())[:_LONGEST], quote=True)
