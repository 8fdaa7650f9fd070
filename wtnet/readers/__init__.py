"""Files to raw tables: one reader per format, chosen by what is in the file and not by its name.

`read` takes paths (a file, a folder of CSVs, several files that belong together), `read_bytes` an upload. Both give a
`Raw` for `wtnet.tables.check`, or raise UnreadableFile with a sentence that says why and what to do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

from wtnet.errors import UnreadableFile, WtnetError
from wtnet.readers.core import book as _book
from wtnet.readers.core import grid as _grid
from wtnet.readers.core import lists, sniff
from wtnet.readers.core.archive import Archive
from wtnet.readers.core.format import FORMATS, TEMPLATE_HINT, Format, readable
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.sheet import headed, parts_of
from wtnet.readers.core.text import decode, listing
from wtnet.readers.core.xml import root
from wtnet.readers.formats import csv, dl, edges, gexf, grants, graphml, kumu, onodo, pajek, polinode, workbook
from wtnet.tables.model import ROW, Problem, Raw
from wtnet.tables.schema import NAMES
from wtnet.tables.text import normal

__all__ = ["FORMATS", "Format", "files", "read", "read_bytes", "read_uploads"]

_CSV_SUFFIXES = (".csv", ".tsv")
_XML = {"gexf": gexf.read, "graphml": graphml.read}


def read(*paths: Path | str) -> Raw:
    """What is in these files. A folder stands for the CSVs in it; other files in a folder are passed over.

    Raises UnreadableFile if one of them is missing, too large, or cannot be read.
    """
    return _guarded(", ".join(Path(path).name for path in paths), lambda: _read(files(*paths)))


def files(*paths: Path | str) -> list[tuple[str, bytes]]:
    """These files, and the CSVs of these folders, each as its name and bytes; raises as `read` does."""
    if not paths:
        raise UnreadableFile(f"No file was given. {readable()}.")
    return [file for path in paths for file in _files(Path(path))]


def read_bytes(name: str, data: bytes) -> Raw:
    """What is in an uploaded file called `name`. Raises UnreadableFile if it cannot be read."""
    name = name.replace("\\", "/").rpartition("/")[2] or "The file"
    return _guarded(name, lambda: _read([(name, data)]))


def read_uploads(files: Sequence[tuple[str, bytes]]) -> Raw:
    """What is in several uploaded files that belong together, each a name and its bytes. Raises as `read` does."""
    if not files:
        raise UnreadableFile(f"No file was given. {readable()}.")
    named = [(name.replace("\\", "/").rpartition("/")[2] or "The file", data) for name, data in files]
    return _guarded(", ".join(name for name, _ in named), lambda: _read(named))


def _guarded(name: str, reading: Callable[[], Raw]) -> Raw:
    """Whatever a strange file makes a library throw becomes one sentence (a panic of a compiled one is no Exception)."""
    try:
        return reading()
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


def _files(path: Path) -> list[tuple[str, bytes]]:
    """A file, or the CSVs of a folder, as name and content."""
    try:
        if path.is_dir():
            found = sorted(one for one in path.iterdir() if one.suffix.lower() in _CSV_SUFFIXES and one.is_file())
            if not found:
                raise UnreadableFile(
                    f"{path} is a folder without CSV files. Put organisations.csv, partnerships.csv … in it, or name a file."
                )
            return [file for one in found for file in _files(one)]
        if not path.exists():
            raise UnreadableFile(f"There is no file {path}. Check the name and the folder.")
        sniff.refuse_size(path.name, path.stat().st_size or (0 if path.is_file() else 1))
        if not path.is_file():
            raise UnreadableFile(f"{path} is not a file that can be read.")
        return [(path.name, path.read_bytes())]
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableFile(f"{path} cannot be opened ({reason}). Check the name, and that you may read it.") from error


def _read(files: Sequence[tuple[str, bytes]]) -> Raw:
    """CSVs are read together, since ties and the partners they name come in two files; everything else by itself."""
    found: list[Raw] = []
    grids: list[Grid] = []
    for name, data in files:
        one = _one(name, data)
        if isinstance(one, Raw):
            found.append(one)
        else:
            grids += one
    if grids:
        found.append(_together(grids))
    return reduce(add, found)


def _one(name: str, data: bytes) -> Raw | list[Grid]:
    sniff.refuse_size(name, len(data))
    sniff.refuse_magic(name, data)
    if data.startswith(b"PK"):
        return _zipped(name, data)
    start = data[:4_096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1]
    suffix = Path(name).suffix.lower()
    if start == b"<" or suffix in (".gexf", ".graphml"):
        outermost = root(name, data)
        if outermost not in _XML:
            sniff.refuse_xml(name, outermost)
        return _XML[outermost](name, data)
    if start in (b"{", b"[") or suffix == ".json":
        return _json(name, data)
    if suffix in (".xlsx", ".xlsm", ".ods", ".xls") and b"\x00" in data[:1_000]:
        raise UnreadableFile(
            f"{name} is not a workbook, whatever its name says, or it is damaged. Open it, save it as .xlsx, bring it in again."
        )
    text, notices = decode(name, data)
    if pajek.is_pajek(text):
        return pajek.read(name, text, notices)
    if dl.is_dl(text):
        return dl.read(name, text, notices)
    sniff.refuse_network(name, text)
    return _grid.sections(name, data, _begins)


def _begins(row: list[str]) -> bool:
    """True for a row that can only be the headings of a list of ties or of elements."""
    return bool(lists.ends(row)) or _labelled(dict(enumerate(row)))


def _zipped(name: str, data: bytes) -> Raw | list[Grid]:
    """A workbook, or a zip of CSVs."""
    archive = Archive(name, data)
    sniff.refuse_parts(archive)
    if "xl/workbook.xml" in archive.parts or "content.xml" in archive.parts:
        return _sheets(_book.Book(name, data, archive))
    tables = [part for part in archive.parts if part.lower().endswith(_CSV_SUFFIXES) and not _hidden(part)]
    if not tables:
        held = listing(sorted(archive.parts), 5) or "nothing"
        raise UnreadableFile(
            f"{name} is a zip without CSV files in it (it holds {held}). Unpack it and bring in the file you mean. {readable()}."
        )
    return [grid for part in sorted(tables) for grid in _grid.sections(part.rpartition("/")[2], archive.read(part), _begins)]


def _hidden(part: str) -> bool:
    return any(piece.startswith((".", "__MACOSX")) for piece in part.split("/"))


def _sheets(book: _book.Book) -> Raw:
    """Our own tables if a sheet is named as one; else lists of elements and connections, found by their headings."""
    if workbook.ours(book):
        found = workbook.read(book)
        if found.tables:
            return found
        raise UnreadableFile(
            f"{book.file} has sheets of ours, but all of them are empty. Fill in at least organisations and partnerships."
        )
    ties: list[Grid] = []
    rest: list[Grid] = []
    given: list[Grid] = []
    for sheet in book.sheets:
        if "(ignore)" in sheet.lower():
            continue
        for part in parts_of(book.cells(sheet)):
            grid = headed(book.file, part, _headings)
            if grid:
                (given if grants.is_list(grid.headers) else ties if lists.ends(grid.headers) else rest).append(grid)
    if given:
        return grants.read_grids(given)
    elements = [grid for grid in rest if ties or normal(grid.sheet or "") in ("elements", "nodes")]
    if not ties and not elements:
        sheets = listing(list(book.sheets), 8) or "none"
        raise UnreadableFile(
            f"{book.file} has no sheet that is a table of ours (its sheets: {sheets}). Name at least two sheets organisations "
            f"and partnerships (of {', '.join(NAMES)}); {TEMPLATE_HINT}. Kumu's sheets Elements and Connections are read as well."
        )
    if onodo.is_onodo(elements, ties):
        return onodo.read(elements, ties)
    if any("source" in grid.keys for grid in ties) and not any("from" in grid.keys for grid in ties):
        return edges.read(elements, ties)
    return kumu.read_grids(elements, ties)


def _headings(row: dict[str, str | None]) -> int:
    """How much a row looks like the headings of a list of grants, of ties or of elements."""
    there = [cell for cell in row.values() if cell]
    return 3 if grants.is_list(there) else 2 if lists.ends(there) else int(_labelled(row))


def _labelled(row: Mapping[Any, str | None]) -> bool:
    """Headings of a list of elements: a label, or an id and a name."""
    there = {normal(cell) for cell in row.values() if cell}
    return "label" in there or ("name" in there and len(there) > 1)


def _json(name: str, data: bytes) -> Raw:
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
    if kumu.is_kumu(document):
        return kumu.read_json(name, document, notices)
    if grants.is_grants(document):
        return grants.read_json(name, document, notices)
    if polinode.is_polinode(document):
        return polinode.read(name, document, notices)
    there = set(document) if isinstance(document, dict) else set()
    looks = (
        "a network without a list of ties that names both ends of each (edges or links, with source and target); export it "
        "again with its ties, or as GEXF or GraphML"
        if {"nodes", "graph"} & there or (isinstance(document, dict) and isinstance(document.get("elements"), dict))
        else "JSON of a kind that is not read: at its outermost level are neither lists of elements and connections (Kumu), nor "
        "of nodes and edges, nor of grants"
    )
    raise UnreadableFile(f"{name} is {looks}. {readable()}.")


def _together(grids: list[Grid]) -> Raw:
    """CSVs that came together: grants, our own tables, other tools' ties and nodes, and what is none of them."""
    given = [grid for grid in grids if grants.is_list(grid.headers)]
    if given:
        others = [grid for grid in grids if all(grid is not one for one in given)]
        return reduce(add, [grants.read_grids(given), *([_together(others)] if others else [])])
    ours = [(table, grid) for grid in grids if (table := csv.table_of(grid))]
    rest = [grid for grid in grids if all(grid is not own for _, own in ours)]
    ties = [grid for grid in rest if lists.ends(grid.headers)]
    nodes = [grid for grid in rest if not lists.ends(grid.headers) and lists.is_nodes(grid.headers, bool(ties))]
    left = [grid for grid in rest if all(grid is not one for one in (*ties, *nodes))]
    if not ours and not ties and not nodes:
        raise UnreadableFile(_not_ours(left))
    found = [csv.read(ours)] if ours else []
    if ties or nodes:
        declared = {value for table, grid in ours if table == "organisations" for value in _ids(grid)}
        found.append(edges.read(nodes, ties, declared))
    notices = tuple(Problem("not_a_table", f"{_not_ours([grid])} It was left out.", grid.file) for grid in left)
    return reduce(add, found) + Raw(found[0].format, (), notices)


def _ids(grid: Grid) -> list[str]:
    column = grid.keys.get("id")
    return grid.frame[column].str.strip_chars().drop_nulls().to_list() if column else []


def _not_ours(grids: list[Grid]) -> str:
    """Why a CSV is none of our tables, and what would make it one."""
    grid = grids[0]
    if _is_matrix(grid):
        return (
            f"{grid.file} is a matrix (the same names across and down), which is not read. Turn it into a list of ties with the "
            "columns source and target, one row a tie."
        )
    beside = (
        "; a list of partners like this one is read together with its list of ties" if {"id", "label"} & set(grid.keys) else ""
    )
    files = ", ".join(f"{name}.csv" for name in NAMES)
    return (
        f"{grid.file} is not one of our tables: its name is none of theirs and its columns fit no single one "
        f"(columns found: {listing(grid.headers, 12) or 'none'}). Name the file after its table ({files}), "
        f"or give a list of ties with the columns source and target{beside}."
    )


def _is_matrix(grid: Grid) -> bool:
    """True if the first column repeats the headings."""
    columns = [name for name in grid.frame.columns if name != ROW]
    if len(columns) < 3:
        return False
    down = {value.strip() for value in grid.frame[columns[0]].drop_nulls()}
    across = {name.strip() for name in columns[1:]}
    return len(down & across) > max(1, 0.6 * len(across))
