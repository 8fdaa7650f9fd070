"""What the values of a sheet leave out: how a number is shown, formulas without a stored value, errors, what is hidden or merged.

Read from the sheet's own XML, and only where something in it asks for that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from defusedxml.ElementTree import fromstring

from wtnet.readers.core.archive import Archive
from wtnet.readers.core.number_format import BUILT_IN, SCALES, matters, seen
from wtnet.readers.core.xml import local

NO_VALUE = "no stored value"
"""The kind of error of a formula that no spreadsheet program has worked out yet."""
_HIDDEN = re.compile(rb"""\bhidden\s?=\s?["'](?:1|true)["']""")
_NO_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*+/>)\s*+(?:<(?:\w+:)?v\s?/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)?+\s*+</(?:\w+:)?c>"
)
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})""")
_ODS = re.compile(rb"percentage|table:formula|visibility|-spanned|<text:p>\D{0,3}(?:0\d|[^<]{0,20}[kKmM]<)")
_FURTHEST_REPEAT = 10_000
"""The most rows, and the most columns, for which a repeated cell's state is kept."""
_MOST = 1_000_000
"""The most cells of a sheet (.ods) whose state is kept."""
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass
class CellStates:
    """By (row, column of the sheet from 0): `texts` as shown beside the number stored; `errors` with what the cell shows.

    `first` is the first column with a value, `hidden_rows` are numbered as the sheet does, `merged` are ranges such as A2:A3.
    """

    texts: dict[tuple[int, int], tuple[float, str]] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    first: int = 0


@dataclass(frozen=True)
class Area:
    """A range of cells: rows numbered as the sheet does, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


def area(name: str) -> Area | None:
    """The range a reference such as A2:A3 names; null where it names none."""
    ends = [_REFERENCE.fullmatch(end) for end in name.split(":")]
    if len(ends) != 2 or not ends[0] or not ends[1]:
        return None
    (column, row), (last_column, last_row) = ends[0].groups(), ends[1].groups()
    return Area(int(row), column_at(column), int(last_row), column_at(last_column))


# -- .xlsx ------------------------------------------------------------------------------------------------------------


def number_formats(archive: Archive) -> dict[str, str]:
    """The format codes that matter here, by the number of the cell style that has them."""
    if "xl/styles.xml" not in archive.parts:
        return {}
    codes: dict[str, str] = {str(number): code for number, code in BUILT_IN.items()}
    styles: list[str] = []
    for element in fromstring(archive.read("xl/styles.xml")):
        if local(element.tag) == "numFmts":
            codes |= {format.get("numFmtId", ""): format.get("formatCode", "") for format in element}
        elif local(element.tag) == "cellXfs":
            styles = [style.get("numFmtId", "") for style in element]
    return {str(at): codes[id] for at, id in enumerate(styles) if id in codes and matters(codes[id])}


def sheet_parts(archive: Archive) -> dict[str, str]:
    """The part of the archive that holds each sheet (.xlsx), by the sheet's name."""
    if "xl/_rels/workbook.xml.rels" not in archive.parts:
        return {}
    targets = {}
    for relation in fromstring(archive.read("xl/_rels/workbook.xml.rels")):
        path = relation.get("Target", "")
        targets[relation.get("Id")] = path.removeprefix("/") if path.startswith("/") else f"xl/{path}"
    parts = {}
    for element in fromstring(archive.read("xl/workbook.xml")).iter():
        if local(element.tag) == "sheet":
            part = next((targets.get(value) for key, value in element.attrib.items() if local(key) == "id"), None)
            if part in archive.parts:
                parts[element.get("name", "")] = str(part)
    return parts


def of_xlsx(part: bytes, formats: dict[str, str]) -> CellStates:
    """The states of the cells of one sheet (.xlsx); nothing if no cell of it has one."""
    merged = [area.decode() for area in _MERGED.findall(part)]
    styled = any(f"s={quote}{style}{quote}".encode() in part for style in formats for quote in "\"'")
    if not (styled or merged or _HIDDEN.search(part) or _NO_VALUE.search(part)):
        return CellStates()
    reading = _Xlsx(formats)
    reading.states.merged = merged
    return reading.read(part)


class _Xlsx:
    def __init__(self, formats: dict[str, str]) -> None:
        self.states = CellStates()
        self._formats = formats
        self._first: int | None = None
        self._row = self._column = 0
        self._style = self._type = ""
        self._formula = self._inline = self._in_value = False
        self._value: list[str] = []

    def read(self, part: bytes) -> CellStates:
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(part, True)
        self.states.first = self._first or 0
        return self.states

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._row = _whole(attributes.get("r"), self._row + 1)
            self._column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.states.hidden_rows.add(self._row)
        elif name == "c":
            found = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = column_at(found[1]) if found else self._column + 1
            self._style, self._type = attributes.get("s", ""), attributes.get("t", "n")
            self._formula = self._inline = False
            self._value = []
        elif name == "f":
            self._formula = True
        elif name == "is":
            self._inline = True
        elif name == "v":
            self._in_value = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            low, high = _whole(attributes.get("min"), 1), _whole(attributes.get("max"), 1)
            self.states.hidden_columns |= set(range(low - 1, min(high, low + _FURTHEST_REPEAT)))

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "v":
            self._in_value = False
        elif name == "c":
            self._cell("".join(self._value).strip())

    def _cell(self, value: str) -> None:
        if value or self._inline:
            self._first = self._column if self._first is None else min(self._first, self._column)
        elif self._formula:
            self.states.errors[self._row, self._column] = NO_VALUE
        if value and self._type == "n" and self._style in self._formats:
            number = _number(value)
            text = seen(number, self._formats[self._style]) if number is not None else None
            if number is not None and text is not None:
                self.states.texts[self._row, self._column] = number, text


# -- .ods -------------------------------------------------------------------------------------------------------------


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
            times = _whole(attributes.get("table:number-columns-repeated"), 1)
            if attributes.get("table:visibility") in ("collapse", "filter"):
                self._states.hidden_columns |= set(range(self._columns, self._columns + min(times, _FURTHEST_REPEAT)))
            self._columns += times
        elif tag == "table:table-row":
            self._row += self._rows
            self._rows = _whole(attributes.get("table:number-rows-repeated"), 1)
            self._column = 0
            if attributes.get("table:visibility") in ("collapse", "filter"):
                self._states.hidden_rows |= set(range(self._row, self._row + min(self._rows, _FURTHEST_REPEAT)))
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
            times = _whole(self._cell.get("table:number-columns-repeated"), 1)
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
        down, across = _whole(cell.get("table:number-rows-spanned"), 1), _whole(cell.get("table:number-columns-spanned"), 1)
        if down > 1 or across > 1:
            begin, end = f"{letters(self._column)}{self._row}", f"{letters(self._column + across - 1)}{self._row + down - 1}"
            self._states.merged.append(f"{begin}:{end}")
        number = _number(cell.get("office:value", "")) if kind in ("percentage", "float", "currency") else None
        shown = None if number is None else f"{number * 100:.12g}%" if kind == "percentage" else _as_shown(number, text)
        if not failed and shown is None and not (formula and not kind and not text):
            return
        if len(self._states.texts) + len(self._states.errors) > _MOST:
            return
        for row in range(self._row, self._row + min(self._rows, _FURTHEST_REPEAT)):
            for column in range(self._column, self._column + min(times, max(1, _FURTHEST_REPEAT // self._rows))):
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
    digits = _number(re.sub(r"[^\d.-]", "", plain))
    for power in (0, 1, 2, 3):
        size = number / 1000**power
        if digits is not None and abs(size - digits) <= 0.06 * max(1.0, abs(digits)):
            return f"{size:.12g}{letter}"
    return None


def _whole(text: str | None, otherwise: int) -> int:
    return int(text[:7]) if text and text.isascii() and text.isdigit() else otherwise


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def column_at(name: str) -> int:
    """The position of a column from 0 by its letters: A is 0, AA is 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters(column: int) -> str:
    """The letters of a column by its position from 0."""
    name, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name
