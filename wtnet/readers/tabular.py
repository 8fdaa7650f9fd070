"""Lists in CSVs and workbooks: our own tables, and those of other tools, which are known by their headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from operator import add
from typing import Any

import polars as pl

from wtnet.errors import UnreadableFile
from wtnet.readers.core import lists, plain_sheets
from wtnet.readers.core.book import Book
from wtnet.readers.core.ends import are_ties, ends
from wtnet.readers.core.format import ListReader, ShapeReader
from wtnet.readers.core.grid import Grid
from wtnet.readers.core.on_side import upright, was_turned
from wtnet.readers.core.roles import is_contacts, partner_heading
from wtnet.readers.core.sheet import headed, parts_of
from wtnet.readers.core.united import united
from wtnet.readers.formats import FORMATS, csv, edges, own_workbook, workbook
from wtnet.readers.not_read import looks, no_table, not_a_table
from wtnet.tables.model import Problem, Raw, place
from wtnet.tables.text import name_key, normal

_LISTS = [format.lists for format in FORMATS if format.lists]
_SHEETS = [format.sheets for format in FORMATS if format.sheets]
_SHAPES = [format for format in FORMATS if format.shape]
_SUPPORTING = ("read_me", "readme", "guide", "help", "notes", "lists", "words")
"""Sheets that explain a workbook, of which nothing is said."""


def begins_list(row: Sequence[str]) -> bool:
    """True for a row that can only be the headings of a list of ties or of elements."""
    return bool(ends(row)) or _is_elements(dict(enumerate(row)))


def read_book(book: Book) -> Raw:
    """Our own tables if a sheet is named as one; else lists of elements and connections, found by their headings."""
    own = workbook.ours(book)
    if own and workbook.whole(book):
        raw = workbook.read(book)
        if raw.tables:
            return _with_shaped(book, raw)
        raise UnreadableFile(
            f"{book.file} has sheets of ours, but all of them are empty. Fill in at least organisations and partnerships."
        )
    sheets = [grid for grid in plain_sheets.of_book(book) if normal(grid.sheet or "") not in _SUPPORTING]
    if own or any(map(was_turned, sheets)) or _is_leads(sheets):
        return _leads(book, sheets)
    return _lists_of(book)


def _is_leads(sheets: Sequence[Grid]) -> bool:
    """True for a workbook as a lead keeps it: partners, ties or pilots under headings of her own, which no other tool writes."""
    if any(reader.recognises(grid.headers) for grid in sheets for reader in _LISTS):
        return False
    roles = own_workbook.roles_of(sheets)
    foreign = all(ends(grid.headers) or _is_elements(dict(enumerate(grid.headers))) for grid in sheets)
    shaped = "partners" in roles and any(_shape(grid) for grid in sheets)
    return (
        "pilots" in roles
        or any(map(is_contacts, sheets))
        or (not foreign and ("ties" in roles or shaped) and not _is_others(sheets))
    )


def _is_others(sheets: Sequence[Grid]) -> bool:
    """True where another tool's list of ties stands among the sheets and no partners or ties under other headings do."""
    ties = any(are_ties(grid) and {"source", "from", "vertex_1"} & set(grid.keys) for grid in sheets)
    if any("vertex" in grid.keys for grid in sheets):
        return ties
    return ties and all(ends(grid.headers) or not partner_heading(grid) for grid in sheets)


def _leads(book: Book, sheets: Sequence[Grid]) -> Raw:
    """A lead's own workbook: our tables in it, and every sheet that is known by what stands in it."""
    ready = workbook.tables_of(book)
    done = {table.sheet for table in ready.tables}
    raw, left = own_workbook.read([grid for grid in sheets if grid.sheet not in done], _read_shape, [ready] if done else [])
    if raw is None:
        raise UnreadableFile(no_table(book, left))
    words = [(grid, f"{place(grid.file, grid.sheet)} was left out: it {looks(grid)}.") for grid in left]
    seen = {grid.sheet for grid in sheets}
    bare = [sheet for sheet in book.sheets if sheet not in seen | done and _says_something(book, sheet)]
    notes = [
        Problem("unknown_sheet", f"{place(book.file, sheet)} was left out: it holds no list.", book.file, sheet) for sheet in bare
    ]
    notices = (*(Problem("unknown_sheet", sentence, grid.file, grid.sheet) for grid, sentence in words), *notes)
    return raw + Raw(raw.format, (), notices, declared=raw.declared)


def _says_something(book: Book, sheet: str) -> bool:
    ignored = "(ignore)" in sheet.lower() or normal(sheet) in _SUPPORTING
    return not ignored and book.cells(sheet).frame.height > 0


def _read_shape(grid: Grid) -> Raw | None:
    shape = _shape(grid)
    return shape.read(grid) if shape else None


def _lists_of(book: Book) -> Raw:
    """Lists of elements and connections of another tool, found by their headings, and sheets known by their shape."""
    grids = [
        grid
        for sheet in book.sheets
        if "(ignore)" not in sheet.lower()
        for part in parts_of(book.cells(sheet))
        if (grid := headed(book.file, part, _heading_points))
    ]
    known = _by_reader(grids)
    if known:
        return reduce(add, [reader.read(own) for reader, own in known])
    ties = [grid for grid in grids if are_ties(grid)]
    rest = [grid for grid in grids if not ends(grid.headers)]
    elements = [grid for grid in rest if ties or normal(grid.sheet or "") in ("elements", "nodes")]
    used = {grid.sheet for grid in (*ties, *elements)}
    others = [grid for grid in plain_sheets.of_book(book) if grid.sheet not in used]
    shaped = [(shape, grid) for grid in others if (shape := _shape(grid))]
    left = [
        grid for grid in others if all(grid is not other for _, other in shaped) and normal(grid.sheet or "") not in _SUPPORTING
    ]
    if not ties and not elements and not shaped:
        raise UnreadableFile(no_table(book, left))
    raws = [max(_SHEETS, key=lambda reader: reader.likeness(elements, ties)).read(elements, ties)] if ties or elements else []
    raws += [shape.read(grid) for shape, grid in shaped]
    words = [(grid, f"{place(grid.file, grid.sheet)} was left out: it {looks(grid)}.") for grid in left]
    notices = tuple(Problem("unknown_sheet", sentence, grid.file, grid.sheet) for grid, sentence in words)
    return _once(reduce(add, raws)) + Raw(raws[0].format, (), notices)


def _shape(grid: Grid) -> ShapeReader | None:
    """The reader that knows a table by its shape; null where none does."""
    return next((format.shape for format in _SHAPES if format.shape and format.shape.recognises(grid)), None)


def _with_shaped(book: Book, raw: Raw) -> Raw:
    """Our own tables, and the sheets beside them that are known by their shape: matrices of these partners, outcomes."""
    own = workbook.ours(book)
    others = [grid for grid in plain_sheets.of_book(book) if grid.sheet not in own]
    read = {grid.sheet: shaped for grid in others if (shaped := _read_shape(grid)) and _knows(raw, shaped)}
    if not read:
        return raw + Raw(raw.format, (), tuple(_could_be_read(others)))
    more = tuple(_could_be_read(grid for grid in others if grid.sheet not in read))
    whole = united([raw + Raw(raw.format, (), more), *read.values()])
    return replace(whole, declared=raw.declared, notices=tuple(_still_left_out(whole, book, read)))


def _could_be_read(grids: Iterable[Grid]) -> Iterable[Problem]:
    """A notice on each sheet that has a shape known here and is of other partners than ours."""
    for grid in grids:
        name = next((format.name for format in _SHAPES if format.shape and format.shape.recognises(grid)), None)
        if name:
            words = f"{place(grid.file, grid.sheet)}: left out, but it can be read as a file of its own ({name})."
            yield Problem("unknown_sheet", words, grid.file, grid.sheet)


def _knows(raw: Raw, shaped: Raw) -> bool:
    """True if most partners that a sheet names are on the sheet of partners, or it names none."""
    known = own_workbook.declared([raw])
    names = [name_key(name) for table in shaped.tables if table.name == "organisations" for name in table.frame["name"]]
    return sum(name in known for name in names) >= 0.6 * len(names)


def _still_left_out(raw: Raw, book: Book, read: Collection[str | None]) -> Iterable[Problem]:
    """The notices, the one on sheets that are left out without those that were read."""
    for notice in raw.notices:
        if notice.rule == "unknown_sheet" and notice.sheet is None:
            yield from workbook.left_out(book, read)
        elif notice.rule != "unknown_sheet" or notice.sheet not in read:
            yield notice


def _once(raw: Raw) -> Raw:
    """The same partner, pilot or wave of several sheets in one row: the first of each id stays."""
    seen: dict[str, set[str]] = {}
    tables = []
    for table in raw.tables:
        frame = table.frame
        if table.name in ("organisations", "pilots", "waves", "indicators"):
            ids = seen.setdefault(table.name, set())
            new = [id not in ids for id in frame["id"]]
            ids |= set(frame["id"])
            frame = frame.filter(pl.Series(new, dtype=pl.Boolean))
        tables.append(replace(table, frame=frame))
    return replace(raw, tables=tuple(tables))


def _heading_points(row: dict[str, str | None]) -> int:
    """How much a row looks like the headings of a list known by them, of ties or of elements."""
    cells = [cell for cell in row.values() if cell]
    return 3 if any(reader.recognises(cells) for reader in _LISTS) else 2 if ends(cells) else int(_is_elements(row))


def _is_elements(row: Mapping[Any, str | None]) -> bool:
    """Headings of a list of elements: a label, or an id and a name."""
    names = {normal(cell) for cell in row.values() if cell}
    return "label" in names or "vertex" in names or ("name" in names and len(names) > 1)


def _by_reader(grids: Iterable[Grid]) -> list[tuple[ListReader, list[Grid]]]:
    """The grids that are known by their headings alone, with who reads them."""
    claims = [(reader, [grid for grid in grids if reader.recognises(grid.headers)]) for reader in _LISTS]
    return [(reader, own) for reader, own in claims if own]


def together(grids: Sequence[Grid]) -> Raw:
    """CSVs that came together: lists known by their headings, our own tables, other tools' ties and nodes.

    What is none of them is left out with a notice. Raises UnreadableFile if nothing else is there.
    """
    grids = [upright(grid) for grid in grids]
    known = _by_reader(grids)
    if known:
        others = [grid for grid in grids if not any(reader.recognises(grid.headers) for reader in _LISTS)]
        return reduce(add, [*(reader.read(own) for reader, own in known), *([together(others)] if others else [])])
    tables = [(csv.table_of(grid), grid) for grid in grids]
    if any(table == "organisations" for table, _ in tables):  # then three columns are enough for ties of ours
        tables = [(table or csv.bare_ties(grid), grid) for table, grid in tables]
    ours = [(table, grid) for table, grid in tables if table]
    rest = [grid for table, grid in tables if not table]
    known_lists = [grid for grid in rest if are_ties(grid) or lists.is_nodes(grid.headers, False)]
    shaped = [(shape, grid) for grid in rest if all(grid is not known for known in known_lists) and (shape := _shape(grid))]
    rest = [grid for grid in rest if all(grid is not other for _, other in shaped)]
    ties = [grid for grid in rest if are_ties(grid)]
    nodes = [grid for grid in rest if not ends(grid.headers) and lists.is_nodes(grid.headers, bool(ties))]
    left = [grid for grid in rest if all(grid is not other for other in (*ties, *nodes))]
    if any(map(was_turned, rest)) or (not nodes and _is_kept_by_a_lead(left, ties)):
        return _kept_by_a_lead(grids, ours)
    if not ours and not ties and not nodes and not shaped:
        raise UnreadableFile(" ".join(not_a_table(grid) for grid in left[:4]))
    raws = [csv.read(ours)] if ours else []
    if ties or nodes:
        raws.append(edges.read(nodes, ties, _declared([grid for table, grid in ours if table == "organisations"])))
    raws += [shape.read(grid) for shape, grid in shaped]
    notices = tuple(Problem("not_a_table", f"{not_a_table(grid)} It was left out.", grid.file) for grid in left)
    whole = reduce(add, raws)
    return (_once(whole) if shaped and not ours else whole) + Raw(raws[0].format, (), notices)


def _is_kept_by_a_lead(left: Sequence[Grid], ties: Sequence[Grid]) -> bool:
    """True for lists under headings of a lead's own: of ties or pilots, of partners beside ties or with their contacts."""
    roles = own_workbook.roles_of(left)
    return "ties" in roles or "pilots" in roles or ("partners" in roles and bool(ties)) or any(map(is_contacts, left))


def _kept_by_a_lead(grids: Sequence[Grid], ours: Sequence[tuple[str, Grid]]) -> Raw:
    """A lead's own lists as CSVs: read as the sheets of her workbook are."""
    mine = {id(grid) for _, grid in ours}
    raw, left = own_workbook.read([grid for grid in grids if id(grid) not in mine], _read_shape, [csv.read(ours)] if ours else [])
    if raw is None:
        raise UnreadableFile(" ".join(not_a_table(grid) for grid in left[:4]))
    notices = tuple(Problem("not_a_table", f"{not_a_table(grid)} It was left out.", grid.file) for grid in left)
    return raw + Raw(raw.format, (), notices, declared=raw.declared)


def _declared(grids: Sequence[Grid]) -> dict[str, str]:
    """The ids of partners that our own tables declare, and the names only one of them has, each with its id."""
    ids: dict[str, str] = {}
    names: list[tuple[str, str]] = []
    for grid in grids:
        columns = [grid.keys.get("id"), grid.keys.get("name")]
        if not columns[0]:
            continue
        for row in grid.frame.select([column for column in columns if column]).iter_rows():
            id = (row[0] or "").strip()
            ids |= {id: id} if id else {}
            names += [(row[1].strip(), id)] if id and len(row) > 1 and row[1] else []
    times = Counter(name for name, _ in names)
    return {**{name: id for name, id in names if times[name] == 1}, **ids}
