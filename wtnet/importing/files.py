"""Files to checked tables: read together, with a person's mapping where headings are not ours, and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from wtnet import readers
from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.importing import (
    bare_lists,
    dependents,
    individuals,
    known_questions,
    left_sheets,
    mapping,
    own_choices,
    people,
    rounds,
    same_as,
    scales,
    synonyms,
    two_sided,
)
from wtnet.importing import cures as curing
from wtnet.importing.cures import Cause, Cure
from wtnet.importing.mapping import Sheet, SheetMapping
from wtnet.importing.names_to_ids import names_to_ids
from wtnet.tables import CheckResult, Problem, Raw, Tables, check, own, schema
from wtnet.tables.model import ROW
from wtnet.tables.text import normal

if TYPE_CHECKING:
    from wtnet.store import Store

Place = tuple[str, str | None]
"""File and sheet."""
_LEFT_OUT = ("unknown_sheet", "not_a_table")
"""Rules of notices that a sheet was left out, which a mapping makes untrue."""
_EXPLAINED = ("unknown_column", "own_fields", *_LEFT_OUT)
_REMEMBERED = (
    mapping.PREFIX, synonyms.PREFIX, scales.PREFIX, own_choices.PREFIX, left_sheets.PREFIX, individuals.PREFIX, same_as.PREFIX
)  # fmt: skip
_SUPPORTING = ("read_me", "readme", "guide", "help", "notes", "lists", "words")
"""Sheets that are not offered for mapping."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ImportResult:
    """Files as they were read and checked.

    `raw` is what the check saw, `checked` its result. `sheets` are those whose headings are not all understood (or that are no
    table of ours), `mappings` how some of them were read, and `remembered` where that was remembered from an earlier file.
    `columns` names the columns the files have of each table. `unreadable` says why the files cannot be read without a mapping
    (null if they can). `renumbered` holds partners of another tool's file that have a new id, because theirs is stored for
    another name: new id → stored id. `before_choices` is `raw` with the columns that a person leaves out.
    `left` are the sheets left out on a person's word, `explained` the words of the files read as ours on it, `cures` what was
    said of all rows of a cause, and `asked` what is asked about before it is kept. `same` are names read as other
    partners', as was said of an earlier file: name → the partner's.
    """

    raw: Raw
    checked: CheckResult
    columns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()
    mappings: Mapping[Place, SheetMapping] = field(default_factory=dict)
    remembered: frozenset[Place] = frozenset()
    unreadable: str | None = None
    renumbered: Mapping[str, str] = field(default_factory=dict)
    before_choices: Raw | None = None
    left: tuple[Place, ...] = ()
    explained: Mapping[synonyms.Word, str] = field(default_factory=dict)
    cures: tuple[Cure, ...] = ()
    asked: tuple[Cause, ...] = ()
    same: Mapping[str, str] = field(default_factory=dict)


def check_files(
    paths: Sequence[str | Path], known: Tables | None = None, settings: Mapping[str, Any] | None = None
) -> CheckResult:
    """Read and check files or folders together, as one set of tables.

    `known` holds the tables already stored, which the files may refer to; `settings` what is remembered of headings and words.
    A file that cannot be read at all is an UnreadableFile; everything else that is wrong is among the problems of the result.
    """
    return bring_files(paths, known, settings).checked


def bring_files(
    paths: Sequence[str | Path],
    known: Tables | None = None,
    settings: Mapping[str, Any] | None = None,
    cures: Sequence[Cure] = (),
) -> ImportResult:
    """The same, with the columns the files have."""
    result = bring(readers.files(*(Path(path) for path in paths)), known, settings=settings, cures=cures)
    if result.unreadable:
        raise UnreadableFile(result.unreadable)
    return result


def bring(
    files: Sequence[tuple[str, bytes]],
    known: Tables | None = None,
    chosen: Mapping[Place, SheetMapping] | None = None,
    settings: Mapping[str, Any] | None = None,
    cures: Sequence[Cure] = (),
) -> ImportResult:
    """Read uploaded files (name and bytes) together, map what was chosen or is remembered, and check the whole.

    `chosen` says how some sheets are to be read, by file and sheet; `settings` are the remembered mappings and words (see
    `mapping.to_setting`, `synonyms.to_setting`), used where nothing was chosen. Files that cannot be read, and have no
    sheets either that a person could map, are an UnreadableFile. `cures` are what a person said of all rows of a cause.
    """
    settings = settings or {}
    away = left_sheets.left(settings)
    without = (lambda file, sheet: left_sheets.name_of(file, sheet) in away) if away else None
    read = readers.ReadFiles(_with_names_of_their_own(files), without)
    raw, refusal = _together(read)
    sheets = _to_map(read, raw, refusal)
    if refusal and not sheets and not read.left:
        raise refusal
    earlier = {sheet.place: how for sheet in sheets if (how := mapping.from_settings(sheet, settings))}
    wanted = {**earlier, **(chosen or {})}
    mapped = [(sheet, wanted[sheet.place]) for sheet in sheets if sheet.place in wanted and not wanted[sheet.place].missing]
    if refusal and not mapped:
        bare = CheckResult(Tables())
        return ImportResult(raw=raw, checked=bare, sheets=tuple(sheets), unreadable=str(refusal), left=tuple(read.left))
    if refusal:
        raw = read.beside({sheet.file for sheet, _ in mapped})
    raw, explained = synonyms.translated(
        _with_mapped(individuals.applied(raw, settings), mapped), synonyms.from_settings(settings)
    )
    raw = two_sided.applied(raw)
    whole = raw = replace(raw, notices=tuple(left_sheets.notices(raw, read.left)))
    raw = own_choices.applied(scales.applied(known_questions.applied(raw, known), settings), settings)
    with_ids = _with_ids(bare_lists.applied(raw, known), known)
    raw = rounds.applied(dependents.without(curing.applied(with_ids, cures), with_ids, read.left, known), cures)
    mappings = {sheet.place: how for sheet, how in mapped}
    checked = _in_their_words(check(raw, known), mappings)
    tables = own_choices.declared(scales.declared(checked.tables, settings), settings)
    tables, same = same_as.applied(tables, known, settings)
    more = [same_as.notice(same, ", ".join(dict.fromkeys(table.file for table in raw.tables)))] if same else []
    asked = [*rounds.causes(raw, known, cures), *people.causes(raw, tables, cures)]
    checked = replace(checked, tables=tables, notices=(*checked.notices, *more, *(cause.problems[0] for cause in asked)))
    checked, renumbered = _with_ids_of_their_own(raw, checked, known)
    return ImportResult(
        raw=raw,
        checked=checked,
        columns=_columns(raw),
        sheets=tuple(sheets),
        mappings=mappings,
        remembered=frozenset(mappings) - frozenset(chosen or {}),
        renumbered=renumbered,
        before_choices=whole,
        left=tuple(read.left),
        explained=explained,
        cures=tuple(cures),
        asked=tuple(asked),
        same=same,
    )


def remembered(store: Store) -> dict[str, Any]:
    """What the store remembers of how headings and words of earlier files were read, for `settings`."""
    return {name: value for prefix in _REMEMBERED for name, value in store.settings(prefix).items()}


# -- the steps of `bring`, in order -----------------------------------------------------------------------------


def _with_names_of_their_own(files: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Two files of one name get numbers, so that both are read."""
    if not files:
        raise InvalidRequest("No file was chosen; choose a workbook, a zip of CSV files or a graph file.")
    named: dict[str, bytes] = {}
    for name, data in files:
        path, number, free = Path(name), 2, name
        while free in named:
            free, number = f"{path.stem} ({number}){path.suffix}", number + 1
        named[free] = data
    return list(named.items())


def _together(read: readers.ReadFiles) -> tuple[Raw, UnreadableFile | None]:
    """What the files hold, or nothing and why they cannot be read."""
    try:
        return read.together(), None
    except UnreadableFile as error:
        return Raw("sheets", ()), error


def _to_map(read: readers.ReadFiles, raw: Raw, refusal: UnreadableFile | None) -> list[Sheet]:
    """Sheets a person may have to map: with headings that are not ours, or taken for no table at all."""
    sheets = mapping.not_understood(raw.tables) if raw.declared else []
    if not refusal and not any(notice.rule in _LEFT_OUT for notice in raw.notices):
        return sheets
    known = {(table.file, table.sheet) for table in raw.tables}
    ours = {sheet for _, sheet in known if sheet and normal(sheet) in schema.NAMES}
    for grid in read.sheets():
        skipped = normal(grid.sheet or "") in _SUPPORTING or grid.sheet in ours
        if not skipped and (grid.file, grid.sheet) not in known:
            sheets.append(Sheet(grid.file, grid.sheet, grid.frame, None, grid.errors, grid.notices, grid.problems))
    return sheets


def _with_mapped(raw: Raw, mapped: Sequence[tuple[Sheet, SheetMapping]]) -> Raw:
    """The mapped sheets in the place of what the reader made of them, with what was wrong in them and in chosen columns."""
    if not mapped:
        return raw
    places = {sheet.place for sheet, _ in mapped}
    files = {sheet.file for sheet, _ in mapped}

    def holds(notice: Problem) -> bool:
        """Whether a notice of the reader is still true."""
        if notice.rule in _LEFT_OUT and notice.file in files:
            return False
        return (notice.file, notice.sheet) not in places or notice.rule not in _EXPLAINED

    tables = [table for table in raw.tables if (table.file, table.sheet) not in places]
    problems = [problem for sheet, how in mapped for problem in (*sheet.problems, *sheet.failed(how))]
    return replace(
        raw,
        tables=(*tables, *(sheet.read_as(how) for sheet, how in mapped)),
        notices=(*filter(holds, raw.notices), *(notice for sheet, _ in mapped for notice in sheet.notices)),
        problems=tuple(dict.fromkeys((*raw.problems, *problems))),
    )


def _with_ids(raw: Raw, known: Tables | None) -> Raw:
    """Names in the place of ids put right; another tool's file is as its reader left it."""
    if not raw.declared:
        return raw
    tables, notices = names_to_ids(raw.tables, known)
    return replace(raw, tables=tuple(tables), notices=(*raw.notices, *notices))


def _in_their_words(checked: CheckResult, mappings: Mapping[Place, SheetMapping]) -> CheckResult:
    """The problems and notices of mapped sheets with the person's own headings."""
    if not mappings:
        return checked

    def reworded(problem: Problem) -> Problem:
        how = mappings.get((problem.file or "", problem.sheet))
        return replace(problem, sentence=mapping.in_their_words(problem.sentence, how)) if how else problem

    return replace(checked, problems=tuple(map(reworded, checked.problems)), notices=tuple(map(reworded, checked.notices)))


def _with_ids_of_their_own(raw: Raw, checked: CheckResult, known: Tables | None) -> tuple[CheckResult, Mapping[str, str]]:
    """New ids for partners of another tool's file that only share a number with a stored one, and which: new → stored id."""
    if raw.declared or known is None or not known.organisations.height:
        return checked, {}
    from wtnet.importing import id_clashes  # compares names with numpy, which a file of ours does not need

    tables, renumbered = id_clashes.renumbered(checked.tables, known)
    file = ", ".join(dict.fromkeys(table.file for table in raw.tables))
    notices = id_clashes.notices(renumbered, tables, known, file)
    return replace(checked, tables=tables, notices=(*checked.notices, *notices)), renumbered


def _columns(raw: Raw) -> dict[str, frozenset[str]]:
    """The columns that every sheet of a table has; `sharing` only if it is filled in on every row. Other tools' files say
    little of what an empty cell means, so none of their columns counts."""
    if not raw.declared:
        return {table.name: frozenset() for table in raw.tables}
    columns: dict[str, frozenset[str]] = {}
    for table in raw.tables:
        known = set(schema.SCHEMAS[table.name].column_names())
        headings = {normal(name): name for name in table.frame.columns if name != ROW and normal(name) in known}
        if "sharing" in headings and _has_empty(table.frame[headings["sharing"]]):
            del headings["sharing"]
        if table.name in schema.OWNED:
            more = [name for name in table.frame.columns if name != ROW and normal(name) not in known]
            headings |= {own.PREFIX + own.field_id(name): name for name in more}
        columns[table.name] = frozenset(headings) & columns.get(table.name, frozenset(headings))
    return columns


def _has_empty(cells: pl.Series) -> bool:
    return bool((cells.str.strip_chars() == "").fill_null(True).any())
