"""The record of one kind of file: how it is recognised and what reads it. Each module of `formats` declares its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wtnet.readers.core.grid import Grid
from wtnet.tables.model import Problem, Raw


@dataclass(frozen=True)
class XmlReader:
    """A kind of XML, known by its outermost element (without namespace). `read` takes the file's name and bytes."""

    root: str
    read: Callable[[str, bytes], Raw]


@dataclass(frozen=True)
class JsonReader:
    """A kind of JSON. `recognises` looks at the document; `read` takes the file's name, the document and notices so far."""

    recognises: Callable[[object], bool]
    read: Callable[[str, Any, Sequence[Problem]], Raw]


@dataclass(frozen=True)
class TextReader:
    """A kind of plain text. `recognises` looks at the text; `read` takes the file's name, the text and notices so far."""

    recognises: Callable[[str], bool]
    read: Callable[[str, str, Sequence[Problem]], Raw]


@dataclass(frozen=True)
class ListReader:
    """Lists in CSVs or sheets that are known by their headings alone."""

    recognises: Callable[[Iterable[str | None]], bool]
    read: Callable[[Sequence[Grid]], Raw]


@dataclass(frozen=True)
class ShapeReader:
    """Sheets and CSVs that are known by the shape of what is in them: a matrix, a survey's export. Each is read by itself."""

    recognises: Callable[[Grid], bool]
    read: Callable[[Grid], Raw]


@dataclass(frozen=True)
class SheetsReader:
    """Sheets with lists of elements and of ties. `likeness` of both is 0 for sheets of another kind; the highest one reads."""

    likeness: Callable[[Sequence[Grid], Sequence[Grid]], int]
    read: Callable[[Sequence[Grid], Sequence[Grid]], Raw]


@dataclass(frozen=True)
class Format:
    """One kind of file: `id` as `Raw.format` gives it, `suffixes` it usually has, its own first (the content decides).

    The readers say in which ways a file may come in this format; our own workbook and CSVs need none, as they are known by
    the names of their tables.
    """

    id: str
    name: str
    suffixes: tuple[str, ...]
    description: str
    xml: XmlReader | None = None
    json: JsonReader | None = None
    text: TextReader | None = None
    lists: ListReader | None = None
    sheets: SheetsReader | None = None
    shape: ShapeReader | None = None
