"""What a programme's forms ask: the standard questions that are not switched off, then the lead's own, in words for who answers.

A row of the table `questions` is a question of the lead's own; one whose id is a column of the ratings says whether that standard
question is asked. Answers about a partner are own fields of the rating, declared for the lead alone; about the own organisation
they stand in `answers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from wtnet.survey.questions import COLUMNS, QUESTIONS, Choice, Question
from wtnet.tables import Tables, own
from wtnet.tables.from_survey import STEPS
from wtnet.tables.sharing import FREELANCER
from wtnet.tables.text import cut, printable

FIELD_TYPES = {"scale": "number", "yes_no": "yes_no", "choice": "category", "several": "several", "number": "number"}
"""What the field of the ratings is that holds the answers to a question of a type; text for any other."""
LONGEST_TITLE = 200
PEOPLE = (FREELANCER,)
"""Kinds of partner that are people: they are asked as "you", organisations as organisations."""


@dataclass(frozen=True)
class Questionnaire:
    """The questions about each partner, standard ones first, and those about the own organisation, in the order of asking;
    whether they are asked of a person."""

    partner: tuple[Question, ...] = QUESTIONS
    itself: tuple[Question, ...] = ()
    is_person: bool = False

    @property
    def more(self) -> tuple[Question, ...]:
        """The lead's own questions about each partner."""
        return tuple(question for question in self.partner if question.type)

    @property
    def columns(self) -> tuple[str, ...]:
        """What is asked about each partner, by column or id."""
        return tuple(question.column for question in self.partner)


STANDARD = Questionnaire()


def questionnaire(tables: Tables, partner: str | None = None) -> Questionnaire:
    """What is asked now; of a `partner` who is a person in the words for people."""
    return _questions(tables, is_person(tables, partner), lambda row: row["asked"] is not False)


def every_question(tables: Tables, partner: str | None = None) -> Questionnaire:
    """What was ever asked: also what is switched off by now, so that answers on forms that were sent before are read."""
    return _questions(tables, is_person(tables, partner), lambda row: True)


def is_person(tables: Tables, partner: str | None) -> bool:
    """Whether a partner is a person, not an organisation."""
    kinds = tables.organisations.filter(pl.col("id") == (partner or ""))["kind"].cast(pl.String)
    return bool(kinds.is_in(PEOPLE).any())


def switched_off(tables: Tables) -> tuple[str, ...]:
    """The columns of the standard questions that are not asked."""
    rows = tables.questions.select("id", "asked").iter_rows()
    return tuple(id for id, asked in rows if id in COLUMNS and asked is False)


def own_rows(tables: Tables) -> list[dict[str, Any]]:
    """The rows of the lead's own questions, in the order they are asked."""
    return [row for row in tables.questions.iter_rows(named=True) if row["id"] not in COLUMNS]


def choices(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The choices of a question, or the words at the two ends of its scale."""
    return tuple(dict.fromkeys(part for part in (printable(part) for part in (row["choices"] or "").split(";")) if part))


def own_question(row: Mapping[str, Any], person: bool = False) -> Question:
    """A row of `questions` as it is asked, of a `person` in the words for people if it has such."""
    words = printable((row["person_wording"] if person else None) or row["wording"] or row["id"])
    kind = str(row["type"] or "text")
    title = cut(printable(row["wording"] or row["id"]), LONGEST_TITLE)
    return Question(row["id"], title, words, tuple(_choices(kind, choices(row))), type=kind)


def _choices(kind: str, words: tuple[str, ...]) -> list[Choice]:
    if kind == "yes_no":
        return [Choice("yes", "Yes"), Choice("no", "No")]
    if kind == "scale":
        ends = {1: words[0], STEPS: words[-1]} if len(words) >= 2 else {}
        return [Choice(str(step), f"{step} {ends.get(step, '')}".strip()) for step in range(1, STEPS + 1)]
    return [Choice(word, word) for word in words] if kind in ("choice", "several") else []


def _questions(tables: Tables, person: bool, is_asked: Any) -> Questionnaire:
    off = {id for row in tables.questions.iter_rows(named=True) if (id := row["id"]) in COLUMNS and not is_asked(row)}
    asked = [row for row in own_rows(tables) if is_asked(row)]
    partner = [question for question in QUESTIONS if question.column not in off]
    titles = {question.title.casefold() for question in QUESTIONS}
    for row in asked:
        if row["about"] == "partner":
            partner.append(_told_apart(own_question(row, person), titles))
    itself = tuple(own_question(row, person) for row in asked if row["about"] != "partner")
    return Questionnaire(tuple(partner), itself, person)


def _told_apart(question: Question, titles: set[str]) -> Question:
    """The question with a title that no other has, for the heading of its column."""
    title, number = question.title, 2
    while title.casefold() in titles:
        title, number = f"{question.title} ({number})", number + 1
    titles.add(title.casefold())
    return Question(question.column, title, question.ask, question.choices, type=question.type)


def with_fields(tables: Tables) -> Tables:
    """The tables with a field of the ratings declared for each question about each partner, for the lead alone."""
    known = own.of_table(tables, "ratings")
    rows = [
        {
            "table": "ratings",
            "id": row["id"],
            "label": cut(printable(row["wording"] or row["id"]), LONGEST_TITLE),
            "type": FIELD_TYPES.get(row["type"] or "", "text"),
            "sharing": "private",
            "description": "A question of the survey",
        }
        for row in own_rows(tables)
        if row["about"] == "partner" and row["id"] not in known
    ]
    return tables.with_(fields=pl.concat([tables.fields, pl.DataFrame(rows, schema=tables.fields.schema)])) if rows else tables
