"""What a change would make of answers that somebody gave: each with what it was and what it would be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from wtnet.store.change_sentences import Names
from wtnet.survey.questions import BY_COLUMN, answer_text
from wtnet.tables import Tables, own, schema
from wtnet.tables.respondents import ROLE
from wtnet.tables.text import count

_KEYS = {name: schema.keys(name) for name in ("ratings", "answers", "confirmations")}
_WHO = {"ratings": "rater", "answers": "organisation", "confirmations": "organisation"}
COLUMNS = ("who", "role", "about", "question", "was", "would be")


def overwritten(before: Tables, after: Tables) -> pl.DataFrame:
    """The answers that are there before and other ones, or none, after: who gave it, about whom or what, the question, what it
    was and what it would be ("–": nothing). One row a cell; texts all. There is a column `role` where one of several people of a
    partner gave one of them."""
    names = Names(before, after)
    rows = [row for table in _KEYS for row in _changed(table, before[table], after[table], names)]
    changes = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    return changes if changes["role"].count() else changes.drop("role")


def _changed(table: str, before: pl.DataFrame, after: pl.DataFrame, names: Names) -> Iterator[tuple[str | None, ...]]:
    keys = _KEYS[table]
    gone = before.join(after, on=before.columns, how="anti", nulls_equal=True, maintain_order="left")
    now = {tuple(row[key] for key in keys): row for row in after.iter_rows(named=True)} if gone.height else {}
    for row in gone.iter_rows(named=True):
        other: Mapping[str, Any] = now.get(tuple(row[key] for key in keys), {})
        who, role = names.of("organisations", row[_WHO[table]]), row[ROLE] or None
        about = names.of("organisations", row["partner"]) if table == "ratings" else "itself"
        about = names.of("findings", row["finding"]) if table == "confirmations" else about
        for question, was, then in _cells(table, row, other, names):
            yield who, role, about, question, was, then


def _cells(table: str, was: Mapping[str, Any], now: Mapping[str, Any], names: Names) -> Iterator[tuple[str, str, str]]:
    for column, value in was.items():
        if column in _KEYS[table] or column == "wave" or value is None or value == now.get(column):
            continue
        if column == schema.OWN:
            mine, theirs = own.decode(value), own.decode(now.get(column))
            named = {field: names.of("questions", field) for field in mine}
            yield from (
                (named[field], text, theirs.get(field) or "–") for field, text in mine.items() if theirs.get(field) != text
            )
        elif column in BY_COLUMN and table == "ratings":
            yield BY_COLUMN[column].title, answer_text(column, value), answer_text(column, now.get(column)) or "–"
        else:
            title = names.of("questions", was["question"]) if table == "answers" else column.replace("_", " ")
            yield title, str(value), str(now.get(column) or "–")


def sentence(changes: pl.DataFrame, done: bool = False) -> str:
    """ "3 answers that 2 partners gave before would be replaced."; "" where there is none. `done`: that they were. People are
    counted where one of several people of a partner gave one of them."""
    if changes.is_empty():
        return ""
    replaced = ("was replaced" if changes.height == 1 else "were replaced") if done else "would be replaced"
    who = changes.select("who", *(["role"] if "role" in changes.columns else [])).n_unique()
    whose = count(who, "person", "people") if "role" in changes.columns else count(who, "partner")
    return f"{count(changes.height, 'answer')} that {whose} gave before {replaced}."
