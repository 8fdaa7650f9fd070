"""What a partner, or one of its people, answers about itself: the rows of `answers`, and the sheet of the form that asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from wtnet.readers.core.book import Book
from wtnet.survey.form_cells import by_row, safe
from wtnet.survey.questions import Answer, Question, parse_answer
from wtnet.survey.spoilt import SHOWN, SpoiltCell
from wtnet.tables import Problem, Tables
from wtnet.tables.model import place
from wtnet.tables.respondents import ROLE
from wtnet.tables.rows import in_old_order
from wtnet.tables.text import caseless, cut

SHEET = "About you"
"""The sheet of questions about whoever answers; a form without any has none."""
QUESTION, ANSWER, CODE = "Question", "Your answer", "Row"
_HOW = {
    "number": "Please write a number.",
    "several": "Any of these, with ; between them: {}",
}


def given(tables: Tables, wave: str, partner: str, role: str | None = None) -> dict[str, str]:
    """What was answered in a wave, by question; without what was left empty."""
    mine = tables.answers.filter(_mine(wave, partner, role)).select("question", "value")
    return {question: value for question, value in mine.iter_rows() if value}


def answered(
    tables: Tables,
    wave: str,
    partner: str,
    answers: Mapping[str, Answer],
    role: str | None = None,
    asked: Collection[str] = (),
) -> Tables:
    """The tables with these answers; an answer to what was `asked` that is not given any more is removed, any other stays."""
    before = given(tables, wave, partner, role)
    after = {question: value for question, value in before.items() if question not in asked} | dict(answers)
    if after == before:
        return tables
    whose = {"wave": wave, "organisation": partner, ROLE: role}
    rows = [{**whose, "question": question, "value": str(value)} for question, value in after.items()]
    keys = [*whose, "question"]
    whole = pl.concat([tables.answers.filter(~_mine(wave, partner, role)), pl.DataFrame(rows, schema=tables.answers.schema)])
    return tables.with_(answers=in_old_order(whole, tables.answers, keys))


def _mine(wave: str, partner: str, role: str | None) -> pl.Expr:
    return (pl.col("wave") == wave) & (pl.col("organisation") == partner) & pl.col(ROLE).eq_missing(pl.lit(role))


def hint(question: Question) -> str:
    """How a cell without a list of choices is answered; "" where any text will do."""
    return _HOW.get(question.type, "").format("; ".join(str(choice.value) for choice in question.choices))


def validation(question: Question, source: Any, is_person: bool = False) -> dict[str, Any]:
    """The check of a cell in the workbook: the list of choices in `source`, a number, or nothing but the question in full."""
    title, words = cut(question.title, 32), cut(" ".join([question.words(is_person=is_person), hint(question)]).strip(), 255)
    message, wrong = {"input_title": title, "input_message": words}, {"error_title": title}
    if question.type == "number":
        return {"validate": "decimal", "criteria": ">=", "value": -1e12, **message, **wrong, "error_message": _HOW["number"]}
    if question.choices and question.type != "several":
        choose = "Please choose one of the answers in the list, or leave the cell empty."
        return {"validate": "list", "source": source, **message, **wrong, "error_message": choose}
    return {"validate": "any", **message}


def write(sheet: Any, questions: tuple[Question, ...], looks: Mapping[str, Any], ranges: Mapping[str, str]) -> None:
    """Write the sheet: each question in full with a cell for its answer, and hidden the id it is recognised by."""
    for at, (words, width) in enumerate(((QUESTION, 70), (ANSWER, 50), (CODE, 10))):
        sheet.set_column(at, at, width, None, {"hidden": words == CODE})
        sheet.write_string(0, at, words, looks["head"])
    for row, question in enumerate(questions, 1):
        sheet.write_string(row, 0, safe(" ".join(filter(None, (question.ask, hint(question)))), 2_000), looks["name"])
        sheet.write_blank(row, 1, None, looks["yours"])
        sheet.write_string(row, 2, question.column, looks["hidden"])
        sheet.data_validation(row, 1, row, 1, validation(question, ranges.get(question.column)))
    sheet.freeze_panes(1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def read(file: str, book: Book, questions: Mapping[str, Question]) -> tuple[dict[str, Answer], list[SpoiltCell], list[Problem]]:
    """What the sheet answers, by question, and the cells set aside. A question that is not there any more is left out; a sheet
    without its headings is a problem."""
    cells = book.cells(SHEET)
    grid = by_row(cells)
    head = next((row for row, texts in grid.items() if any(caseless(text) == caseless(ANSWER) for text in texts)), None)
    at = {caseless(text): column for column, text in enumerate(grid[head])} if head is not None else {}
    if head is None or caseless(CODE) not in at:
        words = f"{place(file, SHEET)}: the headings were changed. Answer on the form as it was sent."
        return {}, [], [Problem("headings", words, file, SHEET)]
    answers: dict[str, Answer] = {}
    spoilt: list[SpoiltCell] = []
    for row in (number for number in grid if number > head):
        code, text = ((grid[row][at[caseless(name)]] or "").strip() for name in (CODE, ANSWER))
        question = questions.get(code)
        if question is None:
            continue
        try:
            value = parse_answer(question, text)
        except ValueError as error:
            typed, choices = " ".join(text.split())[:SHOWN], question.choices
            where = (file, SHEET, row, code, question.title, "itself", typed, f"“{typed}” {error}", choices)
            spoilt.append(SpoiltCell(*where, of="itself", target=code, type=question.type))
            continue
        if value is not None:
            answers[code] = value
    return answers, spoilt, []
