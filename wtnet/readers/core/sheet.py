"""One sheet of a workbook: its cells, the lists in it, and each list as a grid with what went wrong in its cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from wtnet.readers.core.grid import Grid, to_grid
from wtnet.readers.core.text import clean
from wtnet.tables.model import ROW, Problem, place

HEADER_WITHIN = 10
"""Headings are looked for in this many rows from the first that is not empty."""
_AREA = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
_SHOWN = 4


@dataclass(frozen=True)
class Cells:
    """A sheet: `frame` has text columns (null where empty) and `_row`; `errors` are (row, column position, kind).

    `hidden` is true if the spreadsheet program does not show it; `merged` are the ranges of merged cells, such as A2:A3.
    """

    sheet: str
    frame: pl.DataFrame
    errors: tuple[tuple[int, int, str], ...] = ()
    hidden: bool = False
    merged: tuple[str, ...] = ()


def parts_of(cells: Cells, gap: int = 2) -> list[Cells]:
    """The sheet cut where at least `gap` rows in a row are empty: Kumu starts a new list there."""
    frame = cells.frame
    if not frame.height:
        return []
    starts = (frame[ROW].diff().fill_null(1) > gap).cum_sum()
    parts = [frame.filter(starts == at) for at in starts.unique().sort()]
    ends = [*(part[ROW][0] for part in parts[1:]), frame[ROW][-1] + 1_000]
    return [
        replace(cells, frame=part, errors=tuple(error for error in cells.errors if error[0] < end))
        for part, end in zip(parts, ends, strict=True)
    ]


def headed(file: str, cells: Cells, wanted: Callable[[dict[str, Any]], int], otherwise_first: bool = False) -> Grid | None:
    """The sheet as a grid under its headings: of the first rows, the one `wanted` (cells by column → points) gives most.

    None if it gives none any, unless the first row is to be taken then. `errors` of the grid are cells whose formula failed;
    its notices say that the sheet is hidden, or that cells are merged where each row needs its own.
    """
    best, points = 0 if otherwise_first else -1, 0
    for at, row in enumerate(cells.frame.drop(ROW).head(HEADER_WITHIN).iter_rows(named=True)):
        here = wanted(row)
        if here > points:
            best, points = at, here
    if best < 0:
        return None
    headers: list[str | None] = list(cells.frame.drop(ROW).row(best))
    below = cells.frame[ROW][best]
    grid = to_grid(file, cells.sheet, headers, cells.frame[best + 1 :])
    last = grid.frame[ROW].max() if grid.frame.height else below
    notices = (*grid.notices, *_hidden(file, cells), *_merged(file, cells, below, int(str(last))))
    return replace(grid, notices=notices, errors=tuple(_failed(file, cells, headers, below)))


def _failed(file: str, cells: Cells, headers: list[str | None], below: int) -> list[Problem]:
    """The cells under a heading whose formula failed."""
    problems = []
    for row, at, kind in cells.errors:
        header = clean(headers[at] or "") if at < len(headers) else None
        if row > below and header:
            where = place(file, cells.sheet, row, header)
            words = f"{where}: the formula in this cell gives {kind}. Correct it, or type the value in."
            problems.append(Problem("failed_formula", words, file, cells.sheet, row, header, kind))
    return problems


def _hidden(file: str, cells: Cells) -> list[Problem]:
    if not cells.hidden:
        return []
    words = f"{place(file, cells.sheet)}: this sheet is hidden in the workbook; it was read all the same."
    return [Problem("hidden_sheet", words, file, cells.sheet)]


def _merged(file: str, cells: Cells, below: int, last: int) -> list[Problem]:
    """One notice for cells merged over several rows of the list: all but the first of them are empty."""
    areas = [match for area in cells.merged if (match := _AREA.fullmatch(area))]
    several = [area.group() for area in areas if below < int(area[2]) <= last and int(area[4]) > int(area[2])]
    if not several:
        return []
    listed = ", ".join(several[:_SHOWN]) + (f" and {len(several) - _SHOWN:,} more" if len(several) > _SHOWN else "")
    words = (
        f"{place(file, cells.sheet)}: cells are merged over several rows ({listed}); only the first of each has the value, the "
        "others count as empty. Unmerge them and write the value in every row."
    )
    return [Problem("merged_cells", words, file, cells.sheet)]
