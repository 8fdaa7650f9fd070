"""Tables on paper: what the screen draws as a picture one scrolls in is printed as a table with all its rows."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from wtnet.sentences.format import figure
from wtnet.ui.frame.markdown import count

ROWS = 150
"""So many rows are printed at most; how many more there are stands below them."""
_LONGEST = 400


def paper_table(frame: pl.DataFrame, headings: Mapping[str, str] | None = None) -> None:
    """Put the rows of the table just drawn by `st.dataframe` on paper, in its place; `headings` are those that differ from the
    names of columns. Columns of pictures are the caller's to leave out."""
    st.html(markup(frame, headings or {}))


def markup(frame: pl.DataFrame, headings: Mapping[str, str]) -> str:
    """The same as HTML; every word in it is text. Unknown is "–"."""
    numbers = [dtype.is_numeric() for dtype in frame.dtypes]
    marks = [' class="n"' if number else "" for number in numbers]
    head = "".join(
        f'<th scope="col"{mark}>{_text(headings.get(name, name))}</th>' for name, mark in zip(frame.columns, marks, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(f"<td{mark}>{_text(_shown(cell))}</td>" for cell, mark in zip(row, marks, strict=True)) + "</tr>"
        for row in frame.head(ROWS).iter_rows()
    )
    left = frame.height - ROWS
    more = (
        f"<p>{count(left, 'more row')} not printed: download the rows, or narrow them with the filters.</p>" if left > 0 else ""
    )
    return f'<div class="on-paper rows"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}</div>'


def _shown(cell: Any) -> str:
    if cell is None or cell == "":
        return "–"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return figure(cell, digits=None if cell.is_integer() else 2)
    if isinstance(cell, date):
        return f"{cell.day} {cell:%b %Y}"
    if isinstance(cell, list):
        return ", ".join(_shown(each) for each in cell)
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _text(words: str) -> str:
    return html.escape(" ".join(words.split())[:_LONGEST], quote=True)
