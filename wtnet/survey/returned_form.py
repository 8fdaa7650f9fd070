"""One returned form: whose it is, what it answers, and which cells cannot be understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wtnet.errors import UnreadableFile
from wtnet.readers.core.archive import Archive
from wtnet.readers.core.book import Book, Cells
from wtnet.survey import about_itself
from wtnet.survey import code as codes
from wtnet.survey.confirming import LONGEST, Confirmation, parse
from wtnet.survey.form_cells import bare, by_row
from wtnet.survey.form_workbook import (
    AGREE,
    ASKED,
    CHOICES,
    FINDINGS,
    KIND,
    MARK,
    MISSING,
    PARTNER,
    ROW_CODE,
    SHEET,
    WORDS,
)
from wtnet.survey.questionnaire import STANDARD, Questionnaire
from wtnet.survey.questions import BY_COLUMN, Answer, Choice, Question, heading, parse_answer
from wtnet.survey.spoilt import SHOWN, SpoiltCell
from wtnet.tables import Problem
from wtnet.tables.evidence import ANSWERS
from wtnet.tables.model import place
from wtnet.tables.text import caseless

Answers = dict[str, Answer]
Headings = Mapping[str, Question]
"""The questions about partners by the heading of their column."""


@dataclass(frozen=True)
class FormLine:
    """One line of a form: `name` as it stands there, the row's code if it has one, what was answered, a note, and the cells that
    are set aside. A line without name and code is about nobody."""

    row: int
    name: str
    code: str | None
    answers: Answers
    note: str = ""
    spoilt: tuple[SpoiltCell, ...] = ()


@dataclass(frozen=True)
class ReturnedForm:
    """One returned form. `code` is null if it has none; `claims` is what its hidden sheet says of itself (names, not ids);
    `problems` are of the whole form; `confirmed` is what it answers to findings, by the code of their row, `itself` what it
    answers about itself, by question, and `spoilt` the cells there that are set aside, with that code or question as target."""

    file: str
    code: str | None
    claims: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[FormLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    confirmed: Mapping[str, Confirmation] = field(default_factory=dict)
    spoilt: tuple[SpoiltCell, ...] = ()
    itself: Mapping[str, Answer] = field(default_factory=dict)


def read_form(file: str, data: bytes, questions: Questionnaire = STANDARD) -> ReturnedForm:
    """Read one workbook as a form; `questions` are all ever asked. What is no readable workbook is an UnreadableFile."""
    archive = Archive(file, data)
    if "xl/workbook.xml" not in archive.parts and "content.xml" not in archive.parts:
        raise UnreadableFile(f"{file} is no workbook; forms come back as the .xlsx files that were sent.")
    book = Book(file, data, archive)
    claims = _claims(book)
    sheet = (
        SHEET
        if SHEET in book.sheets
        else next((name for name in book.sheets if name not in (MARK, CHOICES, FINDINGS, about_itself.SHEET)), None)
    )
    if sheet is None:
        return ReturnedForm(file, codes.find_code(claims.get("code")), claims)
    cells = book.cells(sheet)
    grid = by_row(cells)
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
    lines, problems = _lines(file, sheet, grid, cells, _headings(claims, questions))
    confirmed, spoilt, wrong = _confirmed(file, book) if FINDINGS in book.sheets else ({}, [], [])
    asked = {question.column: question for question in questions.itself}
    itself, amiss, lost = about_itself.read(file, book, asked) if about_itself.SHEET in book.sheets else ({}, [], [])
    every = (*problems, *wrong, *lost)
    return ReturnedForm(file, hidden or shown, claims, tuple(lines), every, confirmed, (*spoilt, *amiss), itself)


def _headings(claims: Mapping[str, str], questions: Questionnaire) -> Headings:
    """The questions about partners that the form asks, as its hidden sheet says; the standard ones where it says nothing."""
    asked = {name.removeprefix(ASKED): title for name, title in claims.items() if name.startswith(ASKED)}
    if not asked:
        return {heading(question): question for question in BY_COLUMN.values()}
    known = {**BY_COLUMN, **{question.column: question for question in questions.partner}}
    return {bare(title): known[id] for id, title in asked.items() if id in known}


def _confirmed(file: str, book: Book) -> tuple[dict[str, Confirmation], list[SpoiltCell], list[Problem]]:
    """What the sheet of findings answers, by the code of the row; without its headings nothing, and that is said."""
    grid = by_row(book.cells(FINDINGS))
    head = next((row for row, texts in grid.items() if any(_same(text, AGREE) for text in texts)), None)
    at = {_fold(text): column for column, text in enumerate(grid[head])} if head is not None else {}
    if head is None or not {_fold(ROW_CODE), _fold(WORDS)} <= set(at):
        words = f"{place(file, FINDINGS)}: the headings were changed. Answer on the form as it was sent."
        return {}, [], [Problem("headings", words, file, FINDINGS)]
    confirmed: dict[str, Confirmation] = {}
    spoilt: list[SpoiltCell] = []
    choices = tuple(Choice(word, label) for word, label in ANSWERS.items())
    for row in (number for number in grid if number > head):
        code, typed, words = ((grid[row][at[_fold(name)]] or "").strip() for name in (ROW_CODE, AGREE, WORDS))
        if not code:
            continue
        try:
            answer = parse(typed)
        except ValueError as error:
            fault = f"“{typed[:SHOWN]}” {error}"
            cell = SpoiltCell(file, FINDINGS, row, "answer", AGREE, (grid[row][0] or "").strip(), typed[:SHOWN], fault, choices)
            spoilt.append(replace(cell, of="finding", target=code.upper()))
            answer = None
        given = Confirmation(answer, bare(words)[:LONGEST])
        if given.given:
            confirmed[code.upper()] = given
    return confirmed, spoilt, []


def _claims(book: Book) -> dict[str, str]:
    if MARK not in book.sheets:
        return {}
    pairs = ([text for text in row if text] for row in by_row(book.cells(MARK)).values())
    return {pair[0]: bare(pair[1]) for pair in pairs if len(pair) >= 2}


def _lines(
    file: str, sheet: str, grid: dict[int, list[str | None]], cells: Cells, headings: Headings
) -> tuple[list[FormLine], list[Problem]]:
    """The filled lines beneath the headings; without all headings, what is missing."""
    start = next((row for row, texts in grid.items() if any(_same(text, PARTNER) for text in texts)), None)
    heads = [_fold(bare(text or "")) for text in grid[start]] if start is not None else []
    wanted = {PARTNER: None, KIND: None, ROW_CODE: None, **headings}
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
    rows = [number for number in grid if start is not None and number > start]
    lines = [_line(file, sheet, row, grid[row], at, errors, headings) for row in rows]
    return [line for line in lines if line is not None], []


def _line(
    file: str,
    sheet: str,
    row: int,
    texts: list[str | None],
    at: dict[str, int],
    errors: Mapping[tuple[int, int], str],
    headings: Headings,
) -> FormLine | None:
    """One line with its answers and the cells that hold none; null for the words above the free lines, or an empty line."""
    cells = {name: texts[column] or "" for name, column in at.items() if column < len(texts)}
    name, note, mark = bare(cells.get(PARTNER, "")), bare(cells.get(KIND, "")), cells.get(ROW_CODE, "").strip().upper() or None
    if _fold(name) == _fold(MISSING):
        return None
    answers: Answers = {}
    spoilt: list[SpoiltCell] = []
    for title, question in headings.items():
        text, fault = " ".join(cells.get(title, "").split())[:SHOWN], ""
        try:
            value = parse_answer(question, cells.get(title, ""))
        except ValueError as error:
            value, fault = None, f"“{text}” {error}"
        if (row, at[title]) in errors:
            text = errors[row, at[title]]
            value, fault = None, f"the cell holds {text} and no answer"
        if fault:
            spoilt.append(
                SpoiltCell(file, sheet, row, question.column, title, name, text, fault, question.choices, type=question.type)
            )
        elif value is not None:
            answers[question.column] = value
    return FormLine(row, name, mark, answers, note, tuple(spoilt)) if name or mark or answers or spoilt else None


def _fold(text: str | None) -> str:
    return caseless(text).rstrip(":. ")


def _same(text: str | None, other: str) -> bool:
    return _fold(text) == _fold(other)
