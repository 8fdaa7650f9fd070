"""XML from strangers, element by element: no entities, nothing fetched, no endless depth, and errors with their line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from wtnet.errors import UnreadableFile
from wtnet.readers.core.text import decode
from wtnet.tables.model import Problem, place

MAX_DEPTH = 300
_MANY = ("node", "edge", "attvalue")
"""Elements that are dropped once they have been passed on, so that a large file does not stay in memory."""
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_DECLARATION = re.compile(r"\s*+<\?xml\b[^<>]*+>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Events:
    """The elements of a document: iterate for ("start" or "end", tag without namespace, element).

    `notices` holds what was found about the encoding. Raises UnreadableFile with the line for what is not well-formed,
    for entities and for nesting deeper than `MAX_DEPTH`.
    """

    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        declared = _DECLARED.match(data)
        self.notices: tuple[Problem, ...] = ()
        self._data = data
        if not declared or declared.group(1).lower() in (b"utf-8", b"utf8") or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text, self.notices = decode(file, data)
            self._data = _CONTROL.sub("", _undeclared(text)).encode()

    def __iter__(self) -> Iterator[tuple[str, str, Element]]:
        above: list[Element] = []
        try:
            for event, element in ElementTree.iterparse(io.BytesIO(self._data), events=("start", "end")):
                name = local(element.tag)
                if event == "start":
                    above.append(element)
                    if len(above) > MAX_DEPTH:
                        raise UnreadableFile(
                            f"{self.file} nests its elements more than {MAX_DEPTH} deep, as no network file is. Export it again."
                        )
                yield event, name, element
                if event == "end":
                    above.pop()
                    if name in _MANY and above and above[-1][-1] is element:
                        del above[-1][-1]
        except ParseError as error:
            line, column = error.position
            words = str(error).split(":")[0]
            where = place(self.file, None)
            raise UnreadableFile(
                f"{where} is not well-formed XML: {words} at line {line}, column {column + 1}. "
                "Export it again from the tool it comes from."
            ) from error
        except DefusedXmlException as error:
            raise UnreadableFile(
                f"{self.file} declares XML entities, which are not read because they can hide other files. Remove its DOCTYPE."
            ) from error
        except (ValueError, LookupError) as error:
            raise UnreadableFile(
                f"{self.file} cannot be read as XML: {error}. Save it as UTF-8 and bring it in again."
            ) from error


def _undeclared(text: str) -> str:
    """The text with blanks in the place of its declaration, which may name an encoding it no longer has."""
    declaration = _DECLARATION.match(text)
    if not declaration:
        return text
    return "".join(sign if sign in "\r\n" else " " for sign in declaration[0]) + text[declaration.end() :]


def root(file: str, data: bytes) -> str:
    """The name of the outermost element, without its namespace."""
    for _, name, _ in Events(file, data):
        return name
    return ""


def refuse_malformed(file: str, part: str, data: Iterable[bytes]) -> None:
    """Raise unless this part of a workbook is well-formed XML without entities of its own.

    A spreadsheet library that looks for the end of an element that never ends may look for ever.
    """

    def refuse(*_: object) -> None:
        words = f'{file} declares XML entities in its part "{part}", as no spreadsheet program does.'
        raise UnreadableFile(f"{words} It was not opened.")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    try:
        for piece in data:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnreadableFile(
            f'{file} is damaged: the part "{part}" in it is not well-formed ({error}). Open it in a spreadsheet program, '
            "save it as .xlsx, and bring it in again."
        ) from error


def local(tag: object) -> str:
    """A tag without its namespace: '{http://www.gexf.net/1.3}node' → 'node'."""
    return str(tag).rpartition("}")[2]
