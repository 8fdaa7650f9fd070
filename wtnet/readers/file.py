"""One file, read once: recognised by its contents, read by the reader of its format, and given as plain sheets on demand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from wtnet.errors import UnreadableFile, WtnetError
from wtnet.readers import refuse, tabular
from wtnet.readers.core import plain_sheets
from wtnet.readers.core.archive import Archive
from wtnet.readers.core.book import Book
from wtnet.readers.core.csv_grid import csv_lists, parse_csv
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.text import decode, listing
from wtnet.readers.core.xml import root
from wtnet.readers.formats import FORMATS
from wtnet.tables.model import Raw
from wtnet.tables.text import file_name

T = TypeVar("T")
Without = Callable[[str, str | None], bool]

CSV_SUFFIXES = (".csv", ".tsv")
_SHEET_SUFFIXES = (*CSV_SUFFIXES, ".txt")
"""Files, and parts of a zip, that a person may map as a sheet."""
_XML = {format.xml.root: format.xml for format in FORMATS if format.xml}
_XML_SUFFIXES = tuple(format.suffixes[0] for format in FORMATS if format.xml)


class ReadFile:
    """What is in one file: `raw` if it is a whole by itself, `grids` if it is CSV and read together with others.

    `error` says why it cannot be read, and is null if it can.
    """

    def __init__(self, name: str, data: bytes, without: Without = lambda *_: False) -> None:
        """`without` says of a file and sheet whether a person leaves it out: `left` are those."""
        self.name = name
        self.left: list[tuple[str, str | None]] = []
        self._without = without
        self.raw: Raw | None = None
        self.grids: list[Grid] = []
        self.error: UnreadableFile | None = None
        self._as_sheets: Callable[[], list[Grid]] = list
        try:
            if name.lower().endswith(_SHEET_SUFFIXES) and without(name, None):
                self.left = [(name, None)]
                return
            contents = guarded(name, lambda: self._read(data))
            if isinstance(contents, Raw):
                self.raw = contents
            else:
                self.grids = contents
        except UnreadableFile as error:
            self.error = error

    @cached_property
    def sheets(self) -> list[Grid]:
        """Its sheets or CSVs as they stand, with two columns and a row at least; none of a file of another kind."""
        try:
            return [sheet for sheet in guarded(self.name, self._as_sheets) if len(sheet.headers) > 1 and sheet.frame.height]
        except UnreadableFile:
            return []

    def _read(self, data: bytes) -> Raw | list[Grid]:
        name, suffix = self.name, Path(self.name).suffix.lower()
        refuse.refuse_size(name, len(data))
        refuse.refuse_magic(name, data)
        if data.startswith(b"PK"):
            refuse.refuse_size_of_kind(name, "a workbook or zip", len(data))
            return self._read_zip(data)
        if suffix in _SHEET_SUFFIXES:
            self._as_sheets = lambda: [self.grids[0] if len(self.grids) == 1 else parse_csv(name, data)]
        start = data[:4_096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1]
        if start == b"<" or suffix in _XML_SUFFIXES:
            refuse.refuse_size_of_kind(name, "XML", len(data))
            outermost = root(name, data)
            if outermost not in _XML:
                refuse.refuse_xml(name, outermost)
            return _XML[outermost].read(name, data)
        if start in (b"{", b"[") or suffix == ".json":
            refuse.refuse_size_of_kind(name, "JSON", len(data))
            return _read_json(name, data)
        if suffix in (".xlsx", ".xlsm", ".ods", ".xls") and b"\x00" in data[:1_000]:
            raise UnreadableFile(
                f"{name} is not a workbook, whatever its name says, or it is damaged. Open it, save it as .xlsx, "
                "bring it in again."
            )
        return _read_text(name, data)

    def _read_zip(self, data: bytes) -> Raw | list[Grid]:
        """A workbook, or a zip of CSVs."""
        archive = Archive(self.name, data)
        refuse.refuse_parts(archive)
        if "xl/workbook.xml" in archive.parts or "content.xml" in archive.parts:
            book = Book(self.name, data, archive, lambda sheet: self._without(self.name, sheet))
            self.left = [(self.name, sheet) for sheet in book.left]
            if book.left and not book.sheets:
                return []
            self._as_sheets = lambda: plain_sheets.of_book(book)
            return tabular.read_book(book)
        grids: dict[str, list[Grid]] = {}
        self._as_sheets = lambda: _sheets_of_zip(archive, grids)
        parts = sorted(part for part in archive.parts if part.lower().endswith(CSV_SUFFIXES) and not _hidden(part))
        if not parts:
            contents = listing(sorted(map(file_name, archive.parts)), 5) or "nothing"
            raise UnreadableFile(
                f"{self.name} is a zip without CSV files in it (it holds {contents}). Unpack it and bring in the file you mean. "
                f"{refuse.readable()}."
            )
        self.left = [(file_name(part), None) for part in parts if self._without(file_name(part), None)]
        parts = [part for part in parts if (file_name(part), None) not in self.left]
        for part in parts:
            grids[part] = csv_lists(file_name(part), archive.read(part), tabular.begins_list)
        return [grid for lists in grids.values() for grid in lists]


def _sheets_of_zip(archive: Archive, grids: dict[str, list[Grid]]) -> list[Grid]:
    """What a person may map of a zip: its CSVs and texts, but none that says what the others are."""
    sheets_of = (part for part in archive.parts if part.lower().endswith(_SHEET_SUFFIXES) and "__MACOSX" not in part)
    parts = sorted(part for part in sheets_of if not re.fullmatch(r"(?i)(?:.*/)?read[ _-]?me\.txt", part))
    sheets = []
    for part in parts[: plain_sheets.MOST_SHEETS]:
        lists = grids.get(part, [])
        sheets.append(lists[0] if len(lists) == 1 else parse_csv(file_name(part), archive.read(part)))
    return sheets


def _hidden(part: str) -> bool:
    return any(piece.startswith((".", "__MACOSX")) for piece in part.split("/"))


def _read_json(name: str, data: bytes) -> Raw:
    text, notices = decode(name, data)
    try:
        document = json.loads(text, parse_constant=lambda _: None, strict=False)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            f"{name} is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}. "
            "Export it again, or correct that line."
        ) from error
    except ValueError as error:
        raise UnreadableFile(f"{name} holds a number that is too long to be read. Export it again.") from error
    for format in FORMATS:
        if format.json and format.json.recognises(document):
            return format.json.read(name, document, notices)
    refuse.refuse_json(name, document)


def _read_text(name: str, data: bytes) -> Raw | list[Grid]:
    text, notices = decode(name, data)
    for format in FORMATS:
        if format.text and format.text.recognises(text):
            refuse.refuse_size_of_kind(name, "a network in text", len(data))
            return format.text.read(name, text, notices)
    refuse.refuse_network(name, text)
    return csv_lists(name, data, tabular.begins_list)


def guarded(name: str, step: Callable[[], T]) -> T:
    """Run a step; any error that a strange file provokes in a library, a panic included, becomes one sentence."""
    try:
        return step()
    except (WtnetError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except RecursionError as error:
        raise UnreadableFile(
            f"{name} nests its contents too deeply to be read, which no export does. Export it again."
        ) from error
    except BaseException as error:
        raise UnreadableFile(
            f"{name} could not be read ({type(error).__name__}). It may be damaged: open it in the tool it comes from, "
            "save it again, and bring it in once more."
        ) from error
