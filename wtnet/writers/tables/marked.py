"""What is wrong with a file, marked in it: the same workbook with the cells filled and commented, to correct and bring back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from wtnet.importing.files import ImportResult
from wtnet.importing.mapping import FROM_NAME, SheetMapping
from wtnet.tables import Problem
from wtnet.tables.text import clean, normal
from wtnet.writers.tables import marks as problem_marks
from wtnet.writers.tables.marks import AUTHOR, FILL, LIST

_MOST_XML = 12_000_000
"""A workbook whose sheets unpack to more bytes than this is written anew instead of being changed in place."""
_MOST_MARKS = 5_000
_SEPARATOR = "\n— — —\n"
_HEADER_WITHIN = 12


def marked(files: Sequence[tuple[str, bytes]], result: ImportResult) -> list[tuple[str, bytes]]:
    """A workbook (name and bytes) for each uploaded .xlsx with problems, and one for everything else that has some.

    An .xlsx comes back as it was, with every problem's cell filled and its sentence as a comment, and a first sheet that
    lists them; marks of an earlier round are taken away. Formulas stay formulas; nothing that is text becomes one. CSVs
    and other tools' files, and workbooks too large to be changed in place, are written as a workbook of our sheets with
    the same marks. Both can be corrected and brought in again. Without problems the list is empty; where more cells
    would have to be written than a spreadsheet program opens with ease, so is the last one.
    """
    problems = [*result.checked.problems]
    marked_files: list[tuple[str, bytes]] = []
    rest = {problem.file for problem in problems}
    for name, data in files:
        mine = [problem for problem in problems if problem.file == name]
        if mine and Path(name).suffix.lower() in (".xlsx", ".xlsm"):
            data_back = _in_place(data, mine, result.mappings)
            if data_back is not None:
                marked_files.append((f"{Path(name).stem} marked.xlsx", data_back))
                rest.discard(name)
    left = [problem for problem in problems if problem.file in rest]
    if left:
        copy = problem_marks.anew([table for table in result.raw.tables if table.file in rest or None in rest], left)
        if copy is not None:
            stem = Path(files[0][0]).stem if len(files) == 1 else "files"
            marked_files.append((f"{stem} marked.xlsx", copy))
    return marked_files


def _in_place(data: bytes, problems: Sequence[Problem], mapped: Mapping[tuple[str, str | None], SheetMapping]) -> bytes | None:
    """The workbook with marks; null if it is too large for that, or holds what cannot be written back."""
    try:
        with ZipFile(BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist() if part.filename.endswith(".xml")) > _MOST_XML:
                return None
        import openpyxl

        book = openpyxl.load_workbook(BytesIO(data))
        _unmark(book)
        places = _mark(book, problems, mapped)
        _listed(book, problems, places)
        book.calculation.fullCalcOnLoad = True
        buffer = BytesIO()
        book.save(buffer)
        return buffer.getvalue()
    except (BadZipFile, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError):
        return None  # a workbook this library does not understand whole: it is written anew


def _unmark(book: Any) -> None:
    """Take away the marks of an earlier round; a person's own comment stays."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    if LIST in book.sheetnames and len(book.sheetnames) > 1:
        del book[LIST]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                note = getattr(cell, "comment", None)
                if note is None or note.author != AUTHOR:
                    continue
                theirs, apart, _ = note.text.partition(_SEPARATOR)
                cell.comment = Comment(theirs, "") if apart else None
                cell.fill = PatternFill()


def _mark(
    book: Any, problems: Sequence[Problem], mapped: Mapping[tuple[str, str | None], SheetMapping]
) -> dict[int, tuple[str, str]]:
    """Fill and comment the cells; where each problem (by its place in the list) was marked: sheet and cell."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    fill = PatternFill("solid", fgColor=FILL)
    heads: dict[str, tuple[int, dict[str, int]]] = {}
    marks: dict[tuple[str, int, int], list[str]] = {}
    where: dict[int, tuple[str, str]] = {}
    for at, problem in enumerate(problems):
        if problem.sheet is None or problem.sheet not in book.sheetnames or len(marks) >= _MOST_MARKS:
            continue
        sheet = book[problem.sheet]
        if problem.sheet not in heads:
            how = mapped.get((problem.file or "", problem.sheet))
            heads[problem.sheet] = _headings(sheet, how)
        header, columns = heads[problem.sheet]
        column = columns.get(normal(problem.column or ""), 0)
        if not column and problem.row is None:
            continue
        row, column = _corner(sheet, problem.row or header, column or 1)
        marks.setdefault((problem.sheet, row, column), []).append(problem_marks.remedy(problem))
        where[at] = problem.sheet, sheet.cell(row, column).coordinate
    for (name, row, column), words in marks.items():
        cell = book[name].cell(row, column)
        theirs = f"{cell.comment.text}{_SEPARATOR}" if cell.comment else ""
        cell.comment = Comment(theirs + clean("\n".join(words))[:2_000], AUTHOR, height=120, width=320)
        cell.fill = fill
    return where


def _headings(sheet: Any, how: SheetMapping | None) -> tuple[int, dict[str, int]]:
    """The row of headings (1 if none is found) and the position of each column, under our name for it."""
    ours = {normal(heading): name for name, heading in (how.columns if how else ()) if heading != FROM_NAME}
    if how and how.headings.get("id") == FROM_NAME:
        ours.setdefault("id", "id")
    known = {*ours, *problem_marks.COLUMNS}
    best, row_at, columns = 0, 1, {}
    for row in sheet.iter_rows(min_row=1, max_row=min(sheet.max_row or 1, _HEADER_WITHIN)):
        here = {normal(str(cell.value)): cell.column for cell in reversed(row) if cell.value is not None}
        points = len(set(here) & known)
        if points > best:
            best, row_at, columns = points, row[0].row, here
    return row_at, {**columns, **{ours[heading]: at for heading, at in columns.items() if heading in ours}}


def _corner(sheet: Any, row: int, column: int) -> tuple[int, int]:
    """The cell that holds the value: of merged cells, the first."""
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return int(area.min_row), int(area.min_col)
    return row, column


def _listed(book: Any, problems: Sequence[Problem], places: Mapping[int, tuple[str, str]]) -> None:
    """The first sheet: every problem with a way to its cell. All of it is text, whatever it begins with."""
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(LIST, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    for row, values in enumerate(problem_marks.lines(problems), 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column)
            if isinstance(value, int):
                cell.value = value
            else:
                cell._value, cell.data_type = clean(value or "")[:5_000], "s"
            cell.alignment = Alignment(wrap_text=column >= 4, vertical="top")
            if row == 1:
                cell.font = Font(bold=True)
        place = places.get(row - 2)
        if place:
            name = place[0].replace("'", "''")
            link = sheet.cell(row, 1)
            link.hyperlink = f"#'{name}'!{place[1]}"
            link.font = Font(underline="single", color="1F3A5F")
    for letter, width in zip("ABCDE", (24, 8, 20, 28, 90), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
