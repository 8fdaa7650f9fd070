"""One returned form: whose it is, what it answers, and what cannot be understood, by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wtnet.errors import UnreadableFile
from wtnet.readers.core.archive import Archive
from wtnet.readers.core.book import Book, Cells
from wtnet.survey import code as codes
from wtnet.survey.confirming import LONGEST, Confirmation, parse
from wtnet.survey.form_workbook import (
    AGREE,
    CHOICES,
    FINDINGS,
    KIND,
    MARK,
    MISSING,
    PARTNER,
    ROW_CODE,
    SHEET,
    WORDS,
    bare,
    heading,
)
from wtnet.survey.questions import QUESTIONS, Answer, parse_answer
from wtnet.tables import Problem
from wtnet.tables.model import ROW, place
from wtnet.tables.text import caseless

Answers = dict[str, Answer]
_HEADINGS = {heading(question.title, question.group): question for question in QUESTIONS}


@dataclass(frozen=True)
class FormLine:
    """One line of a form: `name` as it stands there, the row's code if it has one, what was answered, and a note."""

    row: int
    name: str
    code: str | None
    answers: Answers
    note: str = ""


@dataclass(frozen=True)
class ReturnedForm:
    """One returned form. `code` is null if it has none; `claims` is what its hidden sheet says of itself (names, not ids);
    `confirmed` what it answers to findings, by the code of their row."""

    file: str
    code: str | None
    claims: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[FormLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    confirmed: Mapping[str, Confirmation] = field(default_factory=dict)


def read_form(file: str, data: bytes) -> ReturnedForm:
    """Read one workbook as a form. What is no readable workbook is an UnreadableFile."""
    archive = Archive(file, data)
    if "xl/workbook.xml" not in archive.parts and "content.xml" not in archive.parts:
        raise UnreadableFile(f"{file} is no workbook; forms come back as the .xlsx files that were sent.")
    book = Book(file, data, archive)
    claims = _claims(book)
    sheet = SHEET if SHEET in book.sheets else next((name for name in book.sheets if name not in (MARK, CHOICES, FINDINGS)), None)
    if sheet is None:
        return ReturnedForm(file, codes.find_code(claims.get("code")), claims)
    cells = book.cells(sheet)
    grid = _grid(cells)
    hidden = codes.find_code(claims.get("code"))
    shown = next((mark for row in list(grid)[:12] for text in grid[row] if (mark := codes.find_code(text))), None)
    if hidden is None and shown is None:
        return ReturnedForm(file, None, claims)
    if hidden and shown and hidden != shown:
        words = (
            f"{file} shows the code {shown} but was made as {hidden}. "
            "Answer on the form that was sent, without changing its code."
        )
        return ReturnedForm(file, hidden, claims, (), (Problem("code", words, file),))
    lines, problems = _lines(file, sheet, grid, cells)
    confirmed, wrong = _confirmed(file, book) if FINDINGS in book.sheets else ({}, [])
    return ReturnedForm(file, hidden or shown, claims, tuple(lines), (*problems, *wrong), confirmed)


def _confirmed(file: str, book: Book) -> tuple[dict[str, Confirmation], list[Problem]]:
    """What the sheet of findings answers, by the code of the row; without its headings nothing, and that is said."""
    grid = _grid(book.cells(FINDINGS))
    head = next((row for row, texts in grid.items() if any(_same(text, AGREE) for text in texts)), None)
    at = {_fold(text): column for column, text in enumerate(grid[head])} if head is not None else {}
    if head is None or not {_fold(ROW_CODE), _fold(WORDS)} <= set(at):
        words = f"{place(file, FINDINGS)}: the headings were changed. Answer on the form as it was sent."
        return {}, [Problem("headings", words, file, FINDINGS)]
    confirmed: dict[str, Confirmation] = {}
    problems: list[Problem] = []
    for row in (number for number in grid if number > head):
        code, typed, words = ((grid[row][at[_fold(name)]] or "").strip() for name in (ROW_CODE, AGREE, WORDS))
        if not code:
            continue
        try:
            answer = parse(typed)
        except ValueError as error:
            where = place(file, FINDINGS, row, AGREE)
            sentence = f"{where}: “{typed[:60]}” {error}. Choose one from the list, or empty the cell."
            problems.append(Problem("answer", sentence, file, FINDINGS, row, AGREE, typed[:60]))
            continue
        given = Confirmation(answer, bare(words)[:LONGEST])
        if given.given:
            confirmed[code.upper()] = given
    return confirmed, problems


def _claims(book: Book) -> dict[str, str]:
    if MARK not in book.sheets:
        return {}
    pairs = ([text for text in row if text] for row in _grid(book.cells(MARK)).values())
    return {pair[0]: bare(pair[1]) for pair in pairs if len(pair) >= 2}


def _grid(cells: Cells) -> dict[int, list[str | None]]:
    """The texts of a sheet by row number (the first is 1)."""
    names = [name for name in cells.frame.columns if name != ROW]
    return {int(row[-1]): list(row[:-1]) for row in cells.frame.select(*names, ROW).iter_rows()}


def _lines(file: str, sheet: str, grid: dict[int, list[str | None]], cells: Cells) -> tuple[list[FormLine], list[Problem]]:
    """The filled lines beneath the headings; without all headings, what is missing."""
    start = next((row for row, texts in grid.items() if any(_same(text, PARTNER) for text in texts)), None)
    heads = [_fold(text) for text in grid[start]] if start is not None else []
    wanted = {PARTNER: None, KIND: None, ROW_CODE: None, **_HEADINGS}
    at = {name: heads.index(_fold(name)) for name in wanted if _fold(name) in heads}
    lost = [name for name in wanted if name not in at and name not in (KIND, ROW_CODE)]
    if lost:
        named = ", ".join(f"“{name}”" for name in lost[:4]) + (f" and {len(lost) - 4} more" if len(lost) > 4 else "")
        words = f"{place(file, sheet)}: the headings were changed; {named} cannot be found. Answer on the form as it was sent."
        return [], [Problem("headings", words, file, sheet, start)]
    twice = [name for name in at if heads.count(_fold(name)) > 1]
    if twice:
        words = f"{place(file, sheet, start)}: the heading “{twice[0]}” stands there twice. Answer on the form as it was sent."
        return [], [Problem("headings", words, file, sheet, start)]
    errors = {(row, column): kind for row, column, kind in cells.errors}
    lines, problems = [], []
    for row in (number for number in grid if start is not None and number > start):
        line, wrong = _line(file, sheet, row, grid[row], at, errors)
        problems += wrong
        if line is not None:
            lines.append(line)
    return lines, problems


def _line(
    file: str, sheet: str, row: int, texts: list[str | None], at: dict[str, int], errors: Mapping[tuple[int, int], str]
) -> tuple[FormLine | None, list[Problem]]:
    cells = {name: texts[column] or "" for name, column in at.items() if column < len(texts)}
    name, note, mark = bare(cells.get(PARTNER, "")), bare(cells.get(KIND, "")), cells.get(ROW_CODE, "").strip().upper() or None
    if _fold(name) == _fold(MISSING):
        return None, []
    answers: Answers = {}
    problems: list[Problem] = []
    for title, question in _HEADINGS.items():
        where = place(file, sheet, row, title)
        if (row, at[title]) in errors:
            words = (
                f"{where}: the cell holds {errors[row, at[title]]} and no answer. Choose one from the list, or empty the cell."
            )
            problems.append(Problem("answer", words, file, sheet, row, title))
            continue
        text = cells.get(title, "")
        try:
            value = parse_answer(question, text)
        except ValueError as error:
            answer = " ".join(text.split())[:60]
            words = f"{where}: “{answer}” {error}. Choose one from the list, or empty the cell."
            problems.append(Problem("answer", words, file, sheet, row, title, answer))
            continue
        if value is not None:
            answers[question.column] = value
    if answers and not name and not mark:
        words = f"{place(file, sheet, row)}: answers, but no partner they are about. Write the name, or empty the line."
        problems.append(Problem("no_partner", words, file, sheet, row))
        return None, problems
    return (FormLine(row, name, mark, answers, note) if name or mark else None), problems


def _fold(text: str | None) -> str:
    return caseless(text).rstrip(":. ")


def _same(text: str | None, other: str) -> bool:
    return _fold(text) == _fold(other)
