"""A table on its side, fields down and partners (or pilots, or ties) across: told by its first column, and turned upright."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from wtnet.readers.core.grid import Grid, to_grid
from wtnet.readers.core.roles import FIELDS
from wtnet.readers.core.shapes import are_names, cells
from wtnet.tables.missing import is_missing
from wtnet.tables.model import ROW, Problem, place
from wtnet.tables.text import count, normal

_MOST_FIELDS, _MOST_ACROSS = 60, 2_000
_FEWEST = 2
_RULE = "on_its_side"
_STARTS, _ENDS = {"starts", "start", "start_date", "begins", "from"}, {"ends", "end", "end_date", "finish", "until", "to"}


def is_on_its_side(grid: Grid) -> bool:
    """True where most cells of the first column are names of fields, and none of the headings beside it is one."""
    across = grid.headers[1:]
    if not _FEWEST <= len(across) <= _MOST_ACROSS or not _FEWEST <= grid.frame.height <= _MOST_FIELDS:
        return False
    first = [normal(cell) for cell in cells(grid, grid.headers[0]) if cell]
    known = sum(field in FIELDS for field in first)
    names = [heading for heading in across if not heading.startswith("column ")]
    return (
        known >= max(_FEWEST, 0.5 * len(first))
        and len(set(first)) == len(first) == grid.frame.height
        and are_names(names)
        and not {normal(heading) for heading in across} & FIELDS
        and not any(is_missing(heading) for heading in names)
    )


def was_turned(grid: Grid) -> bool:
    """Whether a table stood on its side, which only a person's does."""
    return any(notice.rule == _RULE for notice in grid.notices)


def upright(grid: Grid) -> Grid:
    """The table turned upright where it is on its side, and that said; else as it is. `_row` is then the column, from 1."""
    if not is_on_its_side(grid):
        return grid
    fields = [str(cell).strip() for cell in grid.frame[grid.headers[0]]]
    corner = grid.headers[0] if not grid.headers[0].startswith("column ") else _corner({normal(field) for field in fields})
    across = [heading for heading in grid.headers[1:] if _says_something(grid, heading)]
    columns = {"c0": [heading.strip() for heading in across]}
    columns |= {f"c{at + 1}": [grid.frame[heading][at] for heading in across] for at in range(len(fields))}
    body = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    lines = pl.Series(ROW, [grid.headers.index(heading) + 1 for heading in across], dtype=pl.Int64)
    turned = to_grid(grid.file, grid.sheet, [corner, *fields], body.with_columns(lines))
    words = (
        f"{place(grid.file, grid.sheet)}: this table stands on its side ({', '.join(fields[:4])} … down, "
        f"{count(len(across), 'column')} across) and was read turned; where a row is named here, it is that column."
    )
    notice = Problem(_RULE, words, grid.file, grid.sheet)
    return replace(grid, frame=turned.frame, notices=(*grid.notices, notice, *turned.notices), errors=())


def _corner(fields: set[str]) -> str:
    """What an empty corner stands above: pilots where there are a start and an end and what a pilot has, else names."""
    return "pilot" if fields & _STARTS and fields & _ENDS else "name"


def _says_something(grid: Grid, heading: str) -> bool:
    """False for an empty column without a heading."""
    return not heading.startswith("column ") or any(cells(grid, heading))
