"""A workbook's sheets as text, in memory that is known before it is spent (calamine reads, through fastexcel)."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeVar

import fastexcel
import polars as pl

from wtnet.errors import UnreadableFile
from wtnet.readers.core import states_ods, states_xlsx
from wtnet.readers.core.archive import Archive
from wtnet.readers.core.cell_states import CellStates, area
from wtnet.readers.core.grid import MAX_CELLS
from wtnet.readers.core.sheet import Cells
from wtnet.readers.core.xml import refuse_malformed
from wtnet.tables.model import ROW

logging.getLogger("calamine").addHandler(logging.NullHandler())  # its warnings are for programmers

T = TypeVar("T")

MAX_TEXT = 1_000_000_000
"""The most bytes the texts of one sheet may come to when each cell holds its own copy."""

_FAR = re.compile(rb"""r\s*=\s*["']\s*(?:[A-Za-z]{2,}\d|[A-Za-z]?\d{7,})""")
_ATTRIBUTES = rb"""((?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>"""
_TAG = re.compile(rb"<(?:\w+:)?(row|c)\b" + _ATTRIBUTES)
_REF = re.compile(rb"""(?:^|[\s"'])r\s*=\s*["']\s*([A-Za-z]*)(\d*)""")
_VALUE = re.compile(rb"<(?:\w+:)?c\b" + _ATTRIBUTES + rb"\s*+<(?:\w+:)?v>\s*+(\d++)")
_SHARED = re.compile(rb"""(?:^|\s)t\s*+=\s*+["']s["']""")
_TEXT = re.compile(rb"<(?:\w+:)?si\b")
_ODS = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*+)>")
_TIMES = re.compile(rb'-repeated\s*=\s*["\'](\d+)')


class Book:
    """A workbook (.xlsx, .xlsm, .ods). Raises UnreadableFile if it cannot be opened or would not fit in memory."""

    def __init__(self, file: str, data: bytes, archive: Archive, without: Callable[[str], bool] = lambda _: False) -> None:
        """`without` says of a sheet's name whether a person leaves it out: `left` are those."""
        self.file = file
        for name in archive.parts:
            if name.lower().endswith((".xml", ".rels")):
                refuse_malformed(file, name, archive.chunks(name))
        (self._measure_ods if "content.xml" in archive.parts else self._measure_xlsx)(archive)
        self._reader = self._guarded(lambda: fastexcel.read_excel(data))
        self.sheets: tuple[str, ...] = tuple(name for name in self._reader.sheet_names if not without(name))
        self.left: tuple[str, ...] = tuple(name for name in self._reader.sheet_names if without(name))
        self._read: dict[str, Cells] = {}
        self._archive = archive
        self._ods = states_ods.of_ods(archive.read("content.xml")) if "content.xml" in archive.parts else {}
        self._parts = {} if "content.xml" in archive.parts else self._guarded(lambda: states_xlsx.sheet_parts(archive))
        self._formats = {} if not self._parts else self._guarded(lambda: states_xlsx.number_formats(archive))

    def cells(self, sheet: str) -> Cells:
        """One sheet; rows that are empty are left out, a chart or macro sheet has none."""
        if sheet not in self._read:
            self._read[sheet] = self._guarded(lambda: self._load(sheet))
        return self._read[sheet]

    def _load(self, sheet: str) -> Cells:
        try:
            loaded = self._reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
        except fastexcel.FastExcelError as error:
            if "not a valid worksheet" in str(error):
                return Cells(sheet, pl.DataFrame(schema={ROW: pl.Int64}))
            raise
        if not loaded.width or not loaded.height:
            return Cells(sheet, pl.DataFrame(schema={ROW: pl.Int64}))
        batch, failures = loaded.to_arrow_with_errors()
        frame = pl.DataFrame(pl.from_arrow(batch))
        frame.columns = [f"c{at}" for at in range(frame.width)]
        states = self._states(sheet)
        failed = {
            (failure.position[0] + 1, failure.position[1]): _kind(failure.detail)
            for failure in (failures.errors if failures else ())
        } | {(row, column - states.first): kind for (row, column), kind in states.errors.items() if column >= states.first}
        frame = _with_states(frame, states).with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(ROW))
        filled = [name for name in frame.columns if name != ROW and frame[name].null_count() < frame.height]
        frame = frame.filter(pl.any_horizontal(pl.col(filled).is_not_null())) if filled else frame.clear()
        hidden_rows = tuple(row for row in frame[ROW] if row in states.hidden_rows) if states.hidden_rows else ()
        hidden = tuple(sorted(at - states.first for at in states.hidden_columns if f"c{at - states.first}" in filled))
        errors = tuple(
            (row, column, kind) for (column, row), kind in sorted(((column, row), kind) for (row, column), kind in failed.items())
        )
        return Cells(sheet, frame, errors, loaded.visible != "visible", tuple(states.merged), hidden_rows, hidden, states.first)

    def _states(self, sheet: str) -> CellStates:
        if sheet in self._ods:
            return self._ods[sheet]
        part = self._parts.get(sheet)
        return states_xlsx.of_xlsx(self._archive.read(part), self._formats) if part else CellStates()

    def _guarded(self, step: Callable[[], T]) -> T:
        """Run one step of the spreadsheet library; whatever it throws (a panic is no Exception) becomes one sentence."""
        try:
            return step()
        except (KeyboardInterrupt, SystemExit, UnreadableFile):
            raise
        except BaseException as error:
            detail = str(error).strip().splitlines()
            what = detail[0].removeprefix("calamine error: ") if detail else type(error).__name__
            raise UnreadableFile(
                f"{self.file} is damaged or no workbook: {what}. Open it in a spreadsheet program, save it as .xlsx, "
                "and bring it in again."
            ) from error

    def _measure_xlsx(self, archive: Archive) -> None:
        """Refuse before reading if some sheet's used area, or the text in it, would not fit in memory."""
        texts = _shared(archive)
        lengths = [end - start for start, end in pairwise([*(text.start() for text in _TEXT.finditer(texts)), len(texts)])]
        longest = max(lengths, default=0)
        for name in archive.parts:
            part = b"" if name.lower().endswith("sharedstrings.xml") or "/media/" in name else archive.read(name)
            part = part.replace(b"\x00", b"") if b"\x00" in part[:100] else part
            if _FAR.search(part):
                self._refuse_area(*_used(part))
            if longest > 2_000 and longest * part.count(b"<v>") > MAX_TEXT:
                size = sum(lengths[at] for at in _shared_texts(part) if at < len(lengths))
                if size > MAX_TEXT:
                    raise UnreadableFile(
                        f"{self.file} repeats very long texts in many cells ({size / 1e9:.1f} GB in all). Shorten them."
                    )

    def _measure_ods(self, archive: Archive) -> None:
        """The same for OpenDocument, where a row or a cell says how often it is repeated."""
        rows = used = width = across = gap = repeat = 0

        def close() -> None:
            nonlocal rows, used, width
            rows += repeat
            used = rows if across else used
            width = max(width, across)
            self._refuse_area(used, width)

        for tag in _ODS.finditer(archive.read("content.xml")):
            kind, rest = tag.groups()
            if kind in (b"table", b"table-row"):
                close()
                across, gap, repeat = 0, 0, _times(rest) if kind == b"table-row" else 0
                if kind == b"table":
                    rows = used = width = 0
            elif b"value-type" in rest or not rest.endswith(b"/"):
                across, gap = across + gap + _times(rest), 0
            else:
                gap += _times(rest)
        close()

    def _refuse_area(self, rows: int, columns: int) -> None:
        if rows * columns > MAX_CELLS:
            raise UnreadableFile(
                f"{self.file} has a sheet whose used area is {rows:,} rows by {columns:,} columns; at most "
                f"{MAX_CELLS:,} cells are read. There is something in a far row or column: delete the rows and columns that "
                "look empty, and save it again."
            )


def _shared(archive: Archive) -> bytes:
    return next((archive.read(name) for name in archive.parts if name.lower().endswith("sharedstrings.xml")), b"")


def _shared_texts(part: bytes) -> Iterator[int]:
    """Which shared text each cell that names one holds, as numbers from 0."""
    return (int(number[:12]) for attributes, number in _VALUE.findall(part) if _SHARED.search(attributes))


def _used(part: bytes) -> tuple[int, int]:
    """The last row and column of a sheet that hold something, read from its XML; a cell may leave out where it is."""
    rows = columns = row = column = 0
    for kind, attributes in _TAG.findall(part):
        reference = _REF.search(attributes)
        letters, digits = reference.groups() if reference else (b"", b"")
        if kind == b"row":
            row, column = int(digits[:12]) if digits else row + 1, 0
            continue
        column = _position(letters) if letters else column + 1
        row = int(digits[:12]) if digits else row
        if not attributes.endswith(b"/"):
            rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _position(letters: bytes) -> int:
    number = 0
    for letter in letters[:6].upper():
        number = number * 26 + letter - 64
    return number


def _times(attributes: bytes) -> int:
    times = _TIMES.search(attributes)
    return int(times.group(1)[:9]) if times else 1


def _with_states(frame: pl.DataFrame, states: CellStates) -> pl.DataFrame:
    """Numbers as their cells show them, errors empty, and what is merged over several rows in each of them."""
    cells: dict[int, dict[int, str | None]] = {}
    shown = {**{at: text for at, (_, text) in states.texts.items()}, **dict.fromkeys(states.errors)}
    for (row, column), text in shown.items():
        cells.setdefault(column - states.first, {})[row - 1] = text
    for at, new in cells.items():
        if not 0 <= at < frame.width:
            continue
        values = frame[f"c{at}"].to_list()
        for row, text in new.items():
            stored = states.texts.get((row + 1, at + states.first))
            if row < len(values) and (stored is None or _float(values[row]) == stored[0]):
                values[row] = text
        frame = frame.with_columns(pl.Series(f"c{at}", values, dtype=pl.String))
    return _with_merged(frame, states)


def _with_merged(frame: pl.DataFrame, states: CellStates) -> pl.DataFrame:
    """The value of cells merged over several rows in each of these rows that holds something else."""
    areas = [merged for name in states.merged if (merged := area(name)) and merged.last_row > merged.first_row]
    if not areas:
        return frame
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null()).alias("filled"))["filled"].to_list()
    for at in {merged.first_column - states.first for merged in areas} & set(range(frame.width)):
        values = frame[f"c{at}"].to_list()
        for merged in areas:
            if merged.first_column - states.first == at and merged.first_row <= len(values):
                for row in range(merged.first_row, min(merged.last_row, len(values))):
                    if filled[row] and values[row] is None:
                        values[row] = values[merged.first_row - 1]
        frame = frame.with_columns(pl.Series(f"c{at}", values, dtype=pl.String))
    return frame


def _float(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


_ERRORS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
}


def _kind(detail: str) -> str:
    """What the cell shows, from calamine's words ("Expected string but got 'Error(Div0)'")."""
    error = re.search(r"Error\((\w+)\)", detail)
    return _ERRORS.get(error.group(1), "an error") if error else "an error"
