"""The states of the cells of an .xlsx sheet, from its styles and its XML."""

from __future__ import annotations

import re
from xml.parsers import expat

from defusedxml.ElementTree import fromstring

from wtnet.readers.core.archive import Archive
from wtnet.readers.core.cell_states import FURTHEST_REPEAT, NO_VALUE, REFERENCE, CellStates, column_at, number_in, whole
from wtnet.readers.core.number_format import BUILT_IN, matters, seen
from wtnet.readers.core.xml import local

_HIDDEN = re.compile(rb"""\bhidden\s?=\s?["'](?:1|true)["']""")
_NO_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*+/>)\s*+(?:<(?:\w+:)?v\s?/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)?+\s*+</(?:\w+:)?c>"
)
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*["']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})""")


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
            self._row = whole(attributes.get("r"), self._row + 1)
            self._column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.states.hidden_rows.add(self._row)
        elif name == "c":
            match = REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = column_at(match[1]) if match else self._column + 1
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
            low, high = whole(attributes.get("min"), 1), whole(attributes.get("max"), 1)
            self.states.hidden_columns |= set(range(low - 1, min(high, low + FURTHEST_REPEAT)))

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
            number = number_in(value)
            text = seen(number, self._formats[self._style]) if number is not None else None
            if number is not None and text is not None:
                self.states.texts[self._row, self._column] = number, text
