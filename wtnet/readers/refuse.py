"""Files that cannot be read: refused by their size, first bytes or contents, with a sentence that says why and what to do."""

from __future__ import annotations

import re
from typing import NoReturn

from wtnet.errors import UnreadableFile
from wtnet.readers.core.archive import Archive
from wtnet.readers.formats import FORMATS
from wtnet.tables.text import megabytes

MAX_BYTES = 50_000_000
"""The largest file that is read: a list of rows, which takes least."""
MOST_OF_KIND = {"a workbook or zip": 20_000_000, "XML": 30_000_000, "JSON": 20_000_000, "a network in text": 20_000_000}
"""The most bytes of the other kinds, which take several times as much memory while they are read."""

_MAGIC = (
    (b"%PDF", "is a PDF, not a table. Ask whoever made it for the spreadsheet behind it, or copy its table into one"),
    (b"\x89PNG", "is a picture. Bring in the data behind it instead"),
    (b"\xff\xd8\xff", "is a picture. Bring in the data behind it instead"),
    (b"GIF8", "is a picture. Bring in the data behind it instead"),
    (b"RIFF", "is a picture or a sound. Bring in the data behind it instead"),
    (b"BM", "is a picture. Bring in the data behind it instead"),
    (b"\x1f\x8b", "is packed with gzip. Unpack it first"),
    (b"7z\xbc\xaf", "is packed with 7-Zip. Unpack it first"),
    (b"Rar!", "is packed with RAR. Unpack it first"),
    (b"SQLite format 3", "is a database. Export its tables as CSV"),
    (b"PAR1", "is a Parquet file. Save it as CSV"),
    (b"{\\rtf", "is a text document. Copy its table into a spreadsheet"),
)
_BINARY_BM = 14
_NETWORKS = (
    (re.compile(r"(?:[ \t\r]*+(?:(?:#|Creator|Version|comment).*+)?\n)*+[ \t]*+graph\s*+\[", re.IGNORECASE), "GML"),
    (re.compile(r"\A\s*(?:strict\s+)?(?:di)?graph\s*+(?:\"[^\"]*+\"|\w*+)\s*+\{", re.IGNORECASE), "Graphviz DOT"),
    (re.compile(r"\A\s*nodedef\s*>", re.IGNORECASE), "GDF"),
)


def readable() -> str:
    """The list that ends a refusal: 'Files that can be read: workbook (.xlsx, .xlsm, .ods), …'."""
    kinds = ", ".join(f"{format.name} ({', '.join(format.suffixes)})" for format in FORMATS)
    return f"Files that can be read: {kinds}"


def refuse_size(file: str, size: int) -> None:
    """Raise for a file that is empty or too large."""
    if size == 0:
        raise UnreadableFile(f"{file} is empty (0 bytes). Save or download it again.")
    if size > MAX_BYTES:
        raise UnreadableFile(
            f"{file} has {megabytes(size, MAX_BYTES)}; at most {MAX_BYTES / 1e6:.0f} MB are read. "
            "Leave out pictures and sheets that are not needed, or split it."
        )


def refuse_size_of_kind(file: str, kind: str, size: int) -> None:
    """Raise for a file that is too large for its kind, before anything of it is made."""
    most = MOST_OF_KIND[kind]
    if size > most:
        raise UnreadableFile(
            f"{file} has {megabytes(size, most)}; of {kind} at most {most / 1e6:.0f} MB are read. Give it as CSV, or split it."
        )


def refuse_magic(file: str, data: bytes) -> None:
    """Raise for what is not a table, not a network and not text."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e" in data:
            raise UnreadableFile(
                f"{file} is protected by a password. Save it without one (File, Info, Protect) and bring it in again."
            )
        raise UnreadableFile(
            f"{file} is in the old Excel format (.xls) or an older Office format. Open it, save it as .xlsx, bring it in again."
        )
    for magic, what in _MAGIC:
        if data.startswith(magic) and (magic != b"BM" or b"\x00" in data[:_BINARY_BM]):
            raise UnreadableFile(f"{file} {what}. {readable()}.")


def refuse_parts(archive: Archive) -> None:
    """Raise for a zip that is a document of another kind."""
    parts = archive.parts
    if "xl/workbook.bin" in parts:
        raise UnreadableFile(f"{archive.file} is a binary workbook (.xlsb). Save it as .xlsx and bring it in again.")
    if any(name.startswith(("word/", "ppt/")) for name in parts):
        raise UnreadableFile(
            f"{archive.file} is a text document or a presentation, not a table. Copy its table into a spreadsheet. {readable()}."
        )
    if "Index/Document.iwa" in parts:
        raise UnreadableFile(f"{archive.file} is a Numbers document. Export it as Excel (.xlsx) and bring it in again.")
    if "mimetype" in parts and b"spreadsheet" not in archive.read("mimetype")[:200]:
        raise UnreadableFile(f"{archive.file} is a document, not a spreadsheet. Copy its table into a spreadsheet. {readable()}.")


def refuse_xml(file: str, root: str) -> NoReturn:
    """Raise for XML that is neither GEXF nor GraphML."""
    known = {
        "html": "is a web page, whatever its name says. Download the file itself",
        "Workbook": "is an Excel 2003 XML file. Open it, save it as .xlsx and bring it in again",
        "svg": "is a picture. Bring in the data behind it instead",
    }
    what = known.get(root, f'is XML of a kind that is not read (its outermost element is "{root}")')
    raise UnreadableFile(f"{file} {what}. {readable()}.")


def refuse_json(file: str, document: object) -> NoReturn:
    """Raise for JSON of a kind that is not read."""
    names = set(document) if isinstance(document, dict) else set()
    what = (
        "a network without a list of partnerships that names both ends of each (edges or links, with source and target); "
        "export it again with its partnerships, or as GEXF or GraphML"
        if {"nodes", "graph"} & names or (isinstance(document, dict) and isinstance(document.get("elements"), dict))
        else "JSON of a kind that is not read: at its outermost level are neither lists of elements and connections (Kumu), nor "
        "of nodes and edges, nor of grants"
    )
    raise UnreadableFile(f"{file} is {what}. {readable()}.")


def refuse_network(file: str, text: str) -> None:
    """Raise for a network in a text format that is not read."""
    for pattern, name in _NETWORKS:
        if pattern.match(text[:2_000]):
            raise UnreadableFile(
                f"{file} is a {name} file, which is not a kind of file that is read. Open it in Gephi or the tool it comes from, "
                f"and export it as GEXF or GraphML. {readable()}."
            )
