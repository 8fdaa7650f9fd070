"""The cells of a form: text from data on one line, never taken for a formula, and as it was when it comes back."""

from __future__ import annotations

from wtnet.readers.core.book import Cells
from wtnet.tables.model import ROW
from wtnet.tables.text import cut, printable

LONGEST = 500
"""So many letters of a name or a title a cell holds."""
_RISKY = tuple("=+-@＝＋－＠'")


def one_line(text: str, most: int) -> str:
    """Text that a cell can hold, on one line."""
    return cut(printable(text), most)


def safe(text: str, most: int = LONGEST) -> str:
    """Text from data as it may stand in a cell and be chosen from a list: never taken for a formula."""
    text = one_line(text, most)
    return f"'{text}" if text[:1] in _RISKY else text


def bare(text: str) -> str:
    """The text that `safe` was given, on one line."""
    text = " ".join(text.split())
    return text[1:] if text[:1] == "'" and text[1:2] in _RISKY else text


def by_row(cells: Cells) -> dict[int, list[str | None]]:
    """The texts of a sheet by row number (the first is 1)."""
    names = [name for name in cells.frame.columns if name != ROW]
    return {int(row[-1]): list(row[:-1]) for row in cells.frame.select(*names, ROW).iter_rows()}
