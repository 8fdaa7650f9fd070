"""Tables on paper: what the screen draws as a picture one scrolls in is printed as a table with all its rows and columns."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from wtnet.sentences.format import figure
from wtnet.sentences.headings import decimals
from wtnet.ui.frame.markdown import count

ROWS = 200
"""So many rows are printed at most; how many more there are stands below them."""
LINE = 150
"""So many letters stand beside one another on the sheet; columns that need more are printed below."""
_LONGEST = 400
_WORD, _CELL, _GAP = 24, 18, 2


def paper_grid(edited: Any, columns: Mapping[str, Any], caption: str = "") -> None:
    """Put the rows of the grid just drawn by `st.data_editor` on paper, in its place.

    They stand as they were `edited` (what the grid gave back), with the words that the screen has for headings and choices
    (`columns`: its `column_config`); `caption` says what it is where the page does not.
    """
    frame = edited if isinstance(edited, pl.DataFrame) else pl.from_pandas(edited)
    st.html(markup(in_words(frame, columns), {name: column["label"] or name for name, column in columns.items()}, caption))


def in_words(frame: pl.DataFrame, columns: Mapping[str, Any]) -> pl.DataFrame:
    """The cells of a grid with the words of their choices, which the screen shows in the place of what is stored."""
    choices = {
        name: {option["value"]: option["label"] for option in options if isinstance(option, Mapping)}
        for name, column in columns.items()
        if (options := column["type_config"].get("options"))
    }
    return frame.with_columns(
        pl.Series(name, [known.get(cell, cell) if cell is not None else None for cell in frame[name]], dtype=pl.String)
        for name, known in choices.items()
        if known and name in frame.columns
    )


def markup(frame: pl.DataFrame, headings: Mapping[str, str], caption: str = "") -> str:
    """The rows of a table as HTML, for paper; `headings` are those that differ from the names of columns. Every word in it is
    text. Unknown is "–". Columns that do not fit beside one another stand in a table below, behind the first ones again."""
    shown = frame.head(ROWS)
    heads = [headings.get(name, name) for name in frame.columns]
    places = [decimals(column) if column.dtype.is_float() else None for column in frame.iter_columns()]
    cells = [[_shown(cell, at) for cell in column] for column, at in zip(shown, places, strict=True)]
    numbers = [' class="n"' if dtype.is_numeric() else "" for dtype in frame.dtypes]
    parts = side_by_side([_width(head, column) for head, column in zip(heads, cells, strict=True)], _leading(frame))
    tables = "".join(
        _table([heads[at] for at in part], [cells[at] for at in part], [numbers[at] for at in part], caption) for part in parts
    )
    left = frame.height - ROWS
    more = (
        f"<p>{count(left, 'more row')} not printed: download the rows, or narrow them with the filters.</p>" if left > 0 else ""
    )
    return f'<div class="on-paper rows">{tables}{more}</div>'


def side_by_side(widths: Sequence[int], leading: int) -> list[list[int]]:
    """The columns, by their place, that stand beside one another in each table; all tables begin with the `leading` ones."""
    first = list(range(min(leading, len(widths))))
    parts, room = [list(first)], LINE - sum(widths[at] for at in first)
    left = room
    for at in range(len(first), len(widths)):
        if widths[at] > left and len(parts[-1]) > len(first):
            parts.append(list(first))
            left = room
        parts[-1].append(at)
        left -= widths[at]
    return parts


def _leading(frame: pl.DataFrame) -> int:
    """How many of the first columns say which row it is: up to the first of words."""
    return next((at + 1 for at, dtype in enumerate(frame.dtypes) if not dtype.is_numeric()), 1)


def _width(head: str, cells: Sequence[str]) -> int:
    """The letters that a column needs: its longest word, and room for a few of them."""
    word = max((len(word) for text in (head, *cells) for word in text.split()), default=0)
    return max(min(word, _WORD), min(max(map(len, cells), default=0), _CELL)) + _GAP


def _table(heads: Sequence[str], columns: Sequence[Sequence[str]], marks: Sequence[str], caption: str) -> str:
    head = "".join(f'<th scope="col"{mark}>{_text(text)}</th>' for text, mark in zip(heads, marks, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td{mark}>{_text(cell)}</td>" for cell, mark in zip(row, marks, strict=True)) + "</tr>"
        for row in zip(*columns, strict=True)
    )
    title = f"<caption>{_text(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


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
    if isinstance(cell, list | pl.Series):
        return ", ".join(_shown(each) for each in cell)
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _text(words: str) -> str:
    """Words as text, those that are too long for their column with places to break them."""
    broken = (
        "<wbr>".join(html.escape(word[at : at + _WORD], quote=True) for at in range(0, len(word), _WORD))
        for word in " ".join(words.split())[:_LONGEST].split(" ")
    )
    return " ".join(broken)
