"""The states of the cells of an OpenDocument workbook, from its XML."""

from __future__ import annotations

import re
from xml.parsers import expat

from wtnet.readers.core.cell_states import FURTHEST_REPEAT, NO_VALUE, CellStates, letters, number_in, whole
from wtnet.readers.core.number_format import SCALES

_ODS = re.compile(rb"percentage|table:formula|visibility|-spanned|<text:p>\D{0,3}(?:0\d|[^<]{0,20}[kKmM]<)")
_MOST = 1_000_000
"""The most cells of a sheet (.ods) whose state is kept."""


def of_ods(content: bytes) -> dict[str, CellStates]:
    """The states of the cells of each sheet of an OpenDocument workbook; nothing if no cell has one."""
    if not _ODS.search(content):
        return {}
    reading = _Ods()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.text
    parser.Parse(content, True)
    return reading.sheets


class _Ods:
    def __init__(self) -> None:
        self.sheets: dict[str, CellStates] = {}
        self._states = CellStates()
        self._first: int | None = None
        self._row = self._rows = self._column = self._columns = 0
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._paragraph = False
        self._notes = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "table:table":
            self._states = self.sheets[attributes.get("table:name", "")] = CellStates()
            self._first, self._row, self._rows, self._columns = None, 1, 0, 0
        elif tag == "table:table-column":
            times = whole(attributes.get("table:number-columns-repeated"), 1)
            if attributes.get("table:visibility") in ("collapse", "filter"):
                self._states.hidden_columns |= set(range(self._columns, self._columns + min(times, FURTHEST_REPEAT)))
            self._columns += times
        elif tag == "table:table-row":
            self._row += self._rows
            self._rows = whole(attributes.get("table:number-rows-repeated"), 1)
            self._column = 0
            if attributes.get("table:visibility") in ("collapse", "filter"):
                self._states.hidden_rows |= set(range(self._row, self._row + min(self._rows, FURTHEST_REPEAT)))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell, self._text = attributes, []
        elif tag == "office:annotation":
            self._notes += 1
        elif tag == "text:p":
            self._paragraph = not self._notes

    def text(self, text: str) -> None:
        """Text within an element."""
        if self._paragraph and self._cell is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "text:p":
            self._paragraph = False
        elif tag == "office:annotation":
            self._notes -= 1
        elif tag in ("table:table-cell", "table:covered-table-cell") and self._cell is not None:
            times = whole(self._cell.get("table:number-columns-repeated"), 1)
            self._close(self._cell, "".join(self._text).strip(), times)
            self._column += times
            self._cell = None
            self._states.first = self._first or 0

    def _close(self, cell: dict[str, str], text: str, times: int) -> None:
        kind = cell.get("office:value-type", "")
        if (kind or text) and (self._first is None or self._column < self._first):
            self._first = self._column
        formula = "table:formula" in cell
        failed = formula and (cell.get("calcext:value-type") == "error" or text.startswith(("#", "Err:")))
        down, across = whole(cell.get("table:number-rows-spanned"), 1), whole(cell.get("table:number-columns-spanned"), 1)
        if down > 1 or across > 1:
            begin, end = f"{letters(self._column)}{self._row}", f"{letters(self._column + across - 1)}{self._row + down - 1}"
            self._states.merged.append(f"{begin}:{end}")
        number = number_in(cell.get("office:value", "")) if kind in ("percentage", "float", "currency") else None
        shown = None if number is None else f"{number * 100:.12g}%" if kind == "percentage" else _as_shown(number, text)
        if not failed and shown is None and not (formula and not kind and not text):
            return
        if len(self._states.texts) + len(self._states.errors) > _MOST:
            return
        for row in range(self._row, self._row + min(self._rows, FURTHEST_REPEAT)):
            for column in range(self._column, self._column + min(times, max(1, FURTHEST_REPEAT // self._rows))):
                if shown is not None and number is not None:
                    self._states.texts[row, column] = number, shown
                else:
                    self._states.errors[row, column] = (text or "an error") if failed else NO_VALUE


def _as_shown(number: float, text: str) -> str | None:
    """What the text of a cell says more than its number: leading zeros, or thousands shown as 12.5k."""
    plain = text.replace(" ", "").replace("\u00a0", "")
    if plain.isascii() and plain.isdigit() and len(plain) > 1 and plain.startswith("0") and float(plain[:15]) == number:
        return plain
    letter = next((scale for scale in SCALES[:3] if plain.lower().endswith(scale)), None)
    if letter is None:
        return None
    digits = number_in(re.sub(r"[^\d.-]", "", plain))
    for power in (0, 1, 2, 3):
        size = number / 1000**power
        if digits is not None and abs(size - digits) <= 0.06 * max(1.0, abs(digits)):
            return f"{size:.12g}{letter}"
    return None
