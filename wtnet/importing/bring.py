"""Files to checked tables: read together, with a person's mapping where headings are not ours, and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from wtnet import readers
from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.importing import mapping, synonyms
from wtnet.importing.id_clashes import said, told_apart
from wtnet.importing.mapping import Mapped, Sheet, from_settings, in_their_words, not_understood
from wtnet.importing.names_to_ids import by_name
from wtnet.store import Store
from wtnet.tables import CheckResult, Problem, Raw, Tables, check, schema
from wtnet.tables.model import ROW
from wtnet.tables.text import normal

Place = tuple[str, str | None]
_LEFT_OUT = ("unknown_sheet", "not_a_table")
_EXPLAINED = ("unknown_column", *_LEFT_OUT)


@dataclass(frozen=True, eq=False)
class Brought:
    """Files as they were read.

    `raw` is what the check saw, `checked` what it found. `sheets` are those whose headings are not all understood (or
    that are no table of ours), `mapped` how some of them were read, by place, and `remembered` the places where that was
    remembered from an earlier file. `columns` names the columns the files hold of each table, and `unreadable` says why
    the files cannot be read without a mapping (null if they can). `apart` holds the partners of another tool's file that have a
    new id, because theirs is stored for another name: new id → stored id.
    """

    raw: Raw
    checked: CheckResult
    columns: Mapping[str, frozenset[str]]
    sheets: tuple[Sheet, ...] = ()
    mapped: Mapping[Place, Mapped] = field(default_factory=dict)
    remembered: frozenset[Place] = frozenset()
    unreadable: str | None = None
    apart: Mapping[str, str] = field(default_factory=dict)


def check_files(
    paths: Sequence[str | Path], known: Tables | None = None, settings: Mapping[str, Any] | None = None
) -> CheckResult:
    """Read and check files or folders together, as one set of tables.

    `known` holds the tables already stored, which the files may refer to; `settings` what is remembered of headings and words.
    A file that cannot be read at all is an UnreadableFile; everything else that is wrong is among the problems of the result.
    """
    return bring_files(paths, known, settings).checked


def bring_files(paths: Sequence[str | Path], known: Tables | None = None, settings: Mapping[str, Any] | None = None) -> Brought:
    """The same, with the columns the files hold."""
    found = bring(readers.files(*(Path(path) for path in paths)), known, settings=settings)
    if found.unreadable:
        raise UnreadableFile(found.unreadable)
    return found


def bring(
    files: Sequence[tuple[str, bytes]],
    known: Tables | None = None,
    chosen: Mapping[Place, Mapped] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Brought:
    """Read uploaded files (name and bytes) together, map what was chosen or is remembered, and check the whole.

    `chosen` says how some sheets are to be read, by file and sheet; `settings` are the remembered mappings and words (see
    `mapping.to_setting`, `wording.to_setting`), the first used where nothing was chosen. Files that cannot be read, and
    hold no sheets either that a person could map, are an UnreadableFile.
    """
    read = readers.ReadFiles(_told_apart(_some(files)))
    try:
        raw, refused = read.together(), None
    except UnreadableFile as error:
        raw, refused = Raw("sheets", ()), error
    sheets = _offered(read, raw, refused is not None)
    if refused is not None and not sheets:
        raise refused
    found = {one.place: mapped for one in sheets if (mapped := from_settings(one, settings or {}))}
    picked = {**found, **(chosen or {})}
    used = {one.place: picked[one.place] for one in sheets if one.place in picked and not picked[one.place].missing}
    if refused is not None and used:
        raw = read.beside({file for file, _ in used})
    elif refused is not None:
        return Brought(raw, CheckResult(Tables()), {}, tuple(sheets), {}, frozenset(), str(refused))
    raw = _with(raw, [(one, used[one.place]) for one in sheets if one.place in used])
    raw, checked = _checked(synonyms.understood(raw, synonyms.from_settings(settings or {})), known)
    checked = _worded(checked, used)
    checked, apart = _told_from_stored(raw, checked, known)
    remembered = frozenset(place for place in used if place in found and place not in (chosen or {}))
    return Brought(raw, checked, _columns(raw), tuple(sheets), used, remembered, apart=apart)


def _told_from_stored(raw: Raw, checked: CheckResult, known: Tables | None) -> tuple[CheckResult, Mapping[str, str]]:
    """The partners of another tool's file told from stored ones that only share a number with them."""
    if raw.declared or known is None or not known.organisations.height:
        return checked, {}
    tables, apart = told_apart(checked.tables, known)
    notices = said(apart, tables, known, ", ".join(dict.fromkeys(one.file for one in raw.tables)))
    return replace(checked, tables=tables, notices=(*checked.notices, *notices)), apart


def remembered(store: Store) -> dict[str, Any]:
    """What the store remembers of how headings and words of earlier files were read, for `settings`."""
    return {**store.settings(mapping.PREFIX), **store.settings(synonyms.PREFIX)}


def _some(files: Sequence[tuple[str, bytes]]) -> Sequence[tuple[str, bytes]]:
    if not files:
        raise InvalidRequest("No file was chosen; choose a workbook, a zip of CSV files or a graph file.")
    return files


def _told_apart(files: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Two files of one name get numbers, so that both are read."""
    found: dict[str, bytes] = {}
    for name, data in files:
        path, number, free = Path(name), 2, name
        while free in found:
            free, number = f"{path.stem} ({number}){path.suffix}", number + 1
        found[free] = data
    return list(found.items())


def _checked(raw: Raw, known: Tables | None) -> tuple[Raw, CheckResult]:
    """Names in the place of ids put right, then checked."""
    tables, notices = by_name(raw.tables, known) if raw.declared else (list(raw.tables), [])
    raw = replace(raw, tables=tuple(tables), notices=(*raw.notices, *notices))
    return raw, check(raw, known)


def _offered(read: readers.ReadFiles, raw: Raw, unreadable: bool) -> list[Sheet]:
    """Sheets a person may have to map: with headings that are not ours, or taken for no table at all."""
    found = not_understood(raw.tables) if raw.declared else []
    if not unreadable and not any(notice.rule in _LEFT_OUT for notice in raw.notices):
        return found
    known = {(one.file, one.sheet) for one in raw.tables}
    ours = {name: normal(name) in schema.NAMES for _, name in known if name}
    for grid in read.sheets():
        place = grid.file, grid.sheet
        silent = normal(grid.sheet or "") in ("read_me", "readme", "guide", "help", "notes", "lists", "words")
        if place not in known and not silent and not ours.get(grid.sheet or ""):
            found.append(Sheet(grid.file, grid.sheet, grid.frame, None, grid.errors, grid.notices, grid.problems))
    return found


def _with(raw: Raw, mapped: Sequence[tuple[Sheet, Mapped]]) -> Raw:
    """The mapped sheets in the place of what the reader made of them."""
    if not mapped:
        return raw
    gone = {sheet.place for sheet, _ in mapped}
    files = {sheet.file for sheet, _ in mapped}

    def stays(one: Problem) -> bool:
        if one.rule in _LEFT_OUT and one.file in files:
            return False
        return (one.file, one.sheet) not in gone or one.rule not in _EXPLAINED

    return Raw(
        raw.format,
        (
            *(one for one in raw.tables if (one.file, one.sheet) not in gone),
            *(sheet.read_as(how) for sheet, how in mapped),
        ),
        (*(one for one in raw.notices if stays(one)), *(notice for sheet, _ in mapped for notice in sheet.notices)),
        tuple(dict.fromkeys((*raw.problems, *_broken(mapped)))),
        raw.declared,
    )


def _broken(mapped: Sequence[tuple[Sheet, Mapped]]) -> list[Problem]:
    """What was wrong with the mapped sheets before anybody read them, and formulas that failed in the columns chosen."""
    return [one for sheet, how in mapped for one in (*sheet.problems, *sheet.failed(how))]


def _worded(checked: CheckResult, used: Mapping[Place, Mapped]) -> CheckResult:
    """The problems of mapped sheets with the person's own headings."""
    if not used:
        return checked

    def told(one: Problem) -> Problem:
        how = used.get((one.file or "", one.sheet))
        return replace(one, sentence=in_their_words(one.sentence, how)) if how else one

    return replace(checked, problems=tuple(map(told, checked.problems)), notices=tuple(map(told, checked.notices)))


def _columns(raw: Raw) -> dict[str, frozenset[str]]:
    """The columns that every sheet of a table has; `sharing` only if it is filled in on every row. Other tools' files say
    little of what an empty cell means, so none of their columns counts."""
    if not raw.declared:
        return {one.name: frozenset() for one in raw.tables}
    found: dict[str, frozenset[str]] = {}
    for one in raw.tables:
        known = set(schema.SCHEMAS[one.name].column_names())
        here = {normal(heading): heading for heading in one.frame.columns if heading != ROW and normal(heading) in known}
        if "sharing" in here and one.frame.select((pl.col(here["sharing"]).str.strip_chars() == "").fill_null(True).any()).item():
            del here["sharing"]
        found[one.name] = frozenset(here) & found.get(one.name, frozenset(here))
    return found
