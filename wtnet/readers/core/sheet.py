"""One sheet of a workbook: its cells, the lists in it, and each list as a grid with what went wrong in its cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from wtnet.readers.core.cell_states import NO_VALUE, area
from wtnet.readers.core.grid import Grid, to_grid
from wtnet.readers.core.text import clean, listing
from wtnet.tables.model import ROW, Problem, place
from wtnet.tables.text import count

HEADER_WITHIN = 10
"""Headings are looked for in this many rows from the first that is not empty."""
_SHOWN = 4


@dataclass(frozen=True)
class Cells:
    """A sheet: `frame` has text columns (null where empty) and `_row`; `errors` are (row, column position, kind).

    `hidden` is true if the spreadsheet program does not show it, `hidden_rows` and `hidden_columns` (positions) are those it does
    not show; `merged` are the ranges of merged cells, such as A2:A3; `first` is the sheet's column at position 0.
    """

    sheet: str
    frame: pl.DataFrame
    errors: tuple[tuple[int, int, str], ...] = ()
    hidden: bool = False
    merged: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    first: int = 0


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
    notices = (*grid.notices, *_hidden(file, cells, headers, below, int(str(last))), *_merged(file, cells, below, int(str(last))))
    return replace(grid, notices=notices, errors=tuple(_failed(file, cells, headers, below)))


def _failed(file: str, cells: Cells, headers: list[str | None], below: int) -> list[Problem]:
    """The cells under a heading whose formula failed, and one for each column with formulas that were never worked out."""
    problems = []
    empty: dict[str, list[int]] = {}
    for row, at, kind in cells.errors:
        header = clean(headers[at] or "") if at < len(headers) else None
        if row <= below or not header:
            continue
        if kind == NO_VALUE:
            empty.setdefault(header, []).append(row)
            continue
        where = place(file, cells.sheet, row, header)
        words = f"{where}: the formula in this cell gives {kind}. Correct it, or type the value in."
        problems.append(Problem("failed_formula", words, file, cells.sheet, row, header, kind))
    for header, rows in empty.items():
        cell = "this cell has" if len(rows) == 1 else f"{len(rows):,} cells of this column, from this row on, have"
        remedy = "Open the workbook in a spreadsheet program, save it there, and bring it in again."
        words = f"{place(file, cells.sheet, rows[0], header)}: the formula in {cell} {NO_VALUE}. {remedy}"
        problems.append(Problem("failed_formula", words, file, cells.sheet, rows[0], header, NO_VALUE))
    return problems


def _hidden(file: str, cells: Cells, headers: list[str | None], below: int, last: int) -> list[Problem]:
    """One notice each for a sheet, for rows and for columns that are hidden and were read all the same."""
    where, notices = place(file, cells.sheet), []
    if cells.hidden:
        words = f"{where}: this sheet is hidden in the workbook; it was read all the same."
        notices.append(Problem("hidden_sheet", words, file, cells.sheet))
    rows = [str(row) for row in cells.hidden_rows if below < row <= last]
    if rows:
        listed = ", ".join(rows[:_SHOWN]) + (f" and {len(rows) - _SHOWN:,} more" if len(rows) > _SHOWN else "")
        words = f"{count(len(rows), 'hidden row')} read all the same ({listed}). Delete what is not meant to be brought in."
        notices.append(Problem("hidden_rows", f"{where}: {words}", file, cells.sheet))
    columns = [str(headers[at]).strip() for at in cells.hidden_columns if at < len(headers) and headers[at]]
    if columns:
        words = f"{count(len(columns), 'hidden column')} read all the same: {listing(columns)}."
        notices.append(Problem("hidden_columns", f"{where}: {words}", file, cells.sheet))
    return notices


def _merged(file: str, cells: Cells, below: int, last: int) -> list[Problem]:
    """One notice for cells merged over several rows of the list."""
    areas = {name: merged for name in cells.merged if (merged := area(name))}
    several = [
        name
        for name, merged in areas.items()
        if below < merged.last_row <= last and merged.last_row > max(merged.first_row, below + 1)
    ]
    if not several:
        return []
    listed = ", ".join(several[:_SHOWN]) + (f" and {len(several) - _SHOWN:,} more" if len(several) > _SHOWN else "")
    words = f"{place(file, cells.sheet)}: cells are merged over several rows ({listed}); their value was read for each of them."
    return [Problem("merged_cells", words, file, cells.sheet)]
