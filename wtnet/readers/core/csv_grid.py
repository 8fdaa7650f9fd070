"""A CSV as one grid, or as the several lists that stand in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import polars as pl

from wtnet.errors import UnreadableFile
from wtnet.readers.core.csv_records import Record, records
from wtnet.readers.core.grid import MAX_CELLS, MAX_COLUMNS, Grid, refuse_too_many, to_grid
from wtnet.readers.core.text import decode
from wtnet.tables.model import ROW, Problem, place
from wtnet.tables.text import count

RAGGED_SHOWN = 20
_NEUTRAL = r"^'('*[=+\-@\t\r\n＝＋－＠])"
_NEUTRAL_INSIDE = r"([;\t|\r\n])'('*[=+\-@＝＋－＠])"
"""An apostrophe that keeps a spreadsheet from taking text for a formula: one is taken away, so one more is written."""

MOST_LISTS = 200
"""Lists in one CSV: each takes as long as a file, however short it is."""


def parse_csv(file: str, data: bytes) -> Grid:
    """A CSV as a grid: separator found among , ; tab and |; `_row` is the line a record starts on.

    One apostrophe before text that starts like a formula ('=1+1) is taken away: it is how CSVs keep such text harmless.
    """
    return csv_lists(file, data, lambda _: False)[0]


def csv_lists(file: str, data: bytes, begins: Callable[[list[str]], bool]) -> list[Grid]:
    """The same, cut where two lines or more are blank and the next one `begins` another list (Kumu's elements, connections)."""
    text, notices = decode(file, data)
    parsed = records(file, text)
    rows = parsed.rows
    if not rows:
        raise UnreadableFile(f"{file} is empty: there is no row of headings. Fill it in, or leave it out.")
    refuse_too_many(file, len(rows) - 1)
    cuts = [0, *(at for at in parsed.apart if begins(rows[at][1])), len(rows)]
    if len(cuts) > MOST_LISTS + 1:
        raise UnreadableFile(
            f"{file} holds {len(cuts) - 1:,} lists one below another; at most {MOST_LISTS} are read. Put each kind of row in one "
            "list, or leave out the blank lines between."
        )
    first, *others = [_section(file, rows[start:end]) for start, end in pairwise(cuts)]
    notices = (*notices, *parsed.notices, *first.notices)
    return [replace(first, notices=notices, problems=(*parsed.problems, *first.problems)), *others]


def _section(file: str, section: list[Record]) -> Grid:
    headers, body = section[0][1], section[1:]
    width = len(headers)
    second = body[0][1] if body else []
    while width and not headers[width - 1].strip():
        width -= 1
    further = [sum(bool(cell.strip()) for cell in cells[width : len(headers)]) > 0 for _, cells in body]
    if body and (sum(further) * 2 > len(body) or any(map(str.strip, second[width : len(headers)]))):
        width = len(headers)  # headings in several rows leave cells of the first one empty
    if width > MAX_COLUMNS or width * len(body) > MAX_CELLS:
        raise UnreadableFile(
            f"{file} has {len(body):,} rows under {width:,} headings, more than can be read (at most {MAX_COLUMNS:,} headings "
            f"and {MAX_CELLS:,} cells). Take out what is no heading in its first row, or split it."
        )
    rows: list[Sequence[str]] = []
    ragged: dict[int, Problem] = {}
    for line, cells in body:
        extra = [cell for cell in cells[width:] if cell.strip()]
        if extra or len(cells) < width:
            ragged[line] = _ragged(file, line, len(cells), width)
        rows.append(cells[:width] if len(cells) >= width else [*cells, *[""] * (width - len(cells))])
    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    frame = pl.DataFrame({f"c{at}": pl.Series(column, dtype=pl.String) for at, column in enumerate(columns)})
    frame = frame.with_columns(pl.all().str.replace_all(_NEUTRAL_INSIDE, "${1}${2}").str.replace(_NEUTRAL, "${1}"))
    frame = frame.with_columns(pl.Series(ROW, [line for line, _ in body], dtype=pl.Int64))
    grid = to_grid(file, None, headers[:width], frame)
    there = set(grid.frame[ROW]) if ragged else set()
    problems = [problem for line, problem in ragged.items() if line in there]
    if len(problems) > RAGGED_SHOWN:
        words = f"{file}: {len(problems) - RAGGED_SHOWN:,} more rows have too few or too many cells; mend the ones above first."
        problems = [*problems[:RAGGED_SHOWN], Problem("ragged_row", words, file)]
    return replace(grid, problems=tuple(problems))


def _ragged(file: str, line: int, cells: int, width: int) -> Problem:
    words = (
        f"{place(file, None, line)}: this row has {count(cells, 'cell')} where the headings are {width}. "
        "Put text that holds the separator in double quotes, or add what is missing."
    )
    return Problem("ragged_row", words, file, None, line)
