"""Text from data in the cells of a form: on one line, never taken for a formula, and as it was when it comes back."""

from __future__ import annotations

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
