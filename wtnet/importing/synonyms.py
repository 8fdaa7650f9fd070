"""Words of a stranger's file that are none of ours ("Charity" for a kind): a person says which of ours each means, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from wtnet.tables import Problem, Raw, schema
from wtnet.tables.model import ROW, place
from wtnet.tables.text import caseless, normal

PREFIX = "words:"
"""What the names of remembered words begin with in the store's settings."""

Word = tuple[str, str, str]
"""Table, column, and the text as it is compared (`caseless`)."""


def unknown(raw: Raw, problems: Sequence[Problem]) -> dict[Word, str]:
    """The texts in columns of words that are none of ours, as the file has them, by table, column and compared text."""
    tables: dict[tuple[str, str | None], list[str]] = {}
    for table in raw.tables:
        tables.setdefault((table.file, table.sheet), []).append(table.name)
    texts: dict[Word, str] = {}
    for problem in problems:
        names = tables.get((problem.file or "", problem.sheet), [])
        if problem.rule != "unknown_word" or not problem.column or not problem.value:
            continue
        names = [
            name for name in dict.fromkeys(names) if problem.column in schema.visible(name) and schema.words(name, problem.column)
        ]
        if len(names) != 1:
            continue
        cut = problem.value.endswith("…")
        if not cut:
            texts.setdefault((names[0], problem.column, caseless(problem.value)), problem.value)
    return texts


def translated(raw: Raw, meanings: Mapping[Word, str]) -> tuple[Raw, dict[Word, str]]:
    """The raw tables with each text a person explained replaced by our word, and those texts; a notice per column says so."""
    tables, notices = [], []
    used: dict[Word, str] = {}
    for table in raw.tables:
        frame = table.frame
        for heading in frame.columns:
            column = normal(heading)
            ours = {text: word for (name, of, text), word in meanings.items() if (name, of) == (table.name, column)}
            if heading == ROW or not ours:
                continue
            cells = frame[heading].drop_nulls().unique()
            words = {cell: ours[caseless(cell)] for cell in cells if caseless(cell) in ours}
            if not words:
                continue
            used |= {(table.name, column, caseless(cell)): word for cell, word in words.items()}
            frame = frame.with_columns(pl.col(heading).replace(words))
            listed = ", ".join(f'"{cell.strip()[:40]}" as {word}' for cell, word in sorted(words.items())[:6])
            sentence = f"{place(table.file, table.sheet, None, heading)}: read the way you said: {listed}."
            notices.append(Problem("words", sentence, table.file, table.sheet, None, column))
        tables.append(replace(table, frame=frame))
    return replace(raw, tables=tuple(tables), notices=(*raw.notices, *notices)), used


def to_setting(table: str, column: str, text: str, word: str | None) -> tuple[str, dict[str, str] | None]:
    """The name and value under which the store remembers what a text means in a column; null forgets it."""
    return f"{PREFIX}{table}.{column}:{caseless(text)[:150]}", {"text": caseless(text), "word": word} if word else None


def from_settings(settings: Mapping[str, Any]) -> dict[Word, str]:
    """What is remembered, as `translated` takes it; what makes no sense is passed over."""
    meanings: dict[Word, str] = {}
    for name, value in settings.items():
        table, _, column = name.removeprefix(PREFIX).partition(":")[0].partition(".")
        if not name.startswith(PREFIX) or not isinstance(value, dict) or table not in schema.NAMES:
            continue
        known = column in schema.SCHEMAS[table].column_names() and value.get("word") in (schema.words(table, column) or ())
        if known and isinstance(value.get("text"), str):
            meanings[table, column, value["text"]] = value["word"]
    return meanings
