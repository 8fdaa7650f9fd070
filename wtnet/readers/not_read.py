"""Why a table is not read: what it looks like, and what would make it one of ours."""

from __future__ import annotations

from collections.abc import Sequence

from wtnet.readers.core.book import Book
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.shapes import looks_like
from wtnet.readers.core.text import listing
from wtnet.tables.schema import NAMES

_TEMPLATE_HINT = "a blank workbook to fill in is made by: python -m wtnet template OUT.xlsx"


def no_table(book: Book, left: Sequence[Grid]) -> str:
    """Why nothing of a workbook can be read, with what each sheet looks like."""
    sheets = listing(list(book.sheets), 8) or "none"
    likely = "".join(f' Sheet "{grid.sheet}" {words}.' for grid in left[:8] if (words := looks_like(grid)))
    return (
        f"{book.file} has no sheet that is a table of ours (its sheets: {sheets}).{likely} Name at least two sheets "
        f"organisations and partnerships (of {', '.join(NAMES)}), or say on the Data page which heading is which column; "
        f"{_TEMPLATE_HINT}. "
        "Kumu's sheets Elements and Connections are read as well."
    )


def looks(grid: Grid) -> str:
    likeness = looks_like(grid)
    return (
        likeness or f"is none of our tables (its columns: {listing(grid.headers, 8) or 'none'}); say on the Data page what it is"
    )


def not_a_table(grid: Grid) -> str:
    """Why a CSV is none of our tables, and what would make it one."""
    with_ties = (
        "; a list of partners like this one is read together with its list of partnerships"
        if {"id", "label"} & set(grid.keys)
        else ""
    )
    files = ", ".join(f"{name}.csv" for name in NAMES)
    if likely := looks_like(grid):
        return f"{grid.file} {likely}. Or say on the Data page which heading is which column."
    return (
        f"{grid.file} is not one of our tables: its name is none of theirs and its columns fit no single one "
        f"(columns found: {listing(grid.headers, 12) or 'none'}). Name the file after its table ({files}), "
        f"give a list of partnerships with the columns source and target{with_ties}, or say on the Data page which heading is "
        "which column."
    )
