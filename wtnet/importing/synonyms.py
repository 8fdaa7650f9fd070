"""Words of a stranger's file that are none of ours ("Charity" for a kind): a person says which of ours each means, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from wtnet.tables import Problem, Raw, schema
from wtnet.tables.model import ROW, place
from wtnet.tables.text import normal

PREFIX = "words:"
"""What the names of remembered words begin with in the store's settings."""

Word = tuple[str, str, str]
"""Table, column, and the text as it is compared."""


def compared(text: str) -> str:
    """A text as it is compared: trimmed, without capitals, one space between words."""
    return " ".join(text.split()).casefold()


def unknown(raw: Raw, problems: Sequence[Problem]) -> dict[Word, str]:
    """The texts in columns of words that are none of ours, as the file has them, by table, column and compared text."""
    tables = {(one.file, one.sheet): one.name for one in raw.tables}
    several = {spot for spot in tables if sum((one.file, one.sheet) == spot for one in raw.tables) > 1}
    found: dict[Word, str] = {}
    for one in problems:
        table = tables.get((one.file or "", one.sheet))
        if one.rule != "unknown_word" or table is None or not one.column or not one.value or one.value.endswith("…"):
            continue
        if (one.file or "", one.sheet) not in several and one.column in schema.SCHEMAS[table].column_names():
            found.setdefault((table, one.column, compared(one.value)), one.value)
    return found


def understood(raw: Raw, said: Mapping[Word, str]) -> Raw:
    """The raw tables with each text a person explained replaced by our word; a notice per column says so."""
    tables, notices = [], []
    for one in raw.tables:
        frame = one.frame
        for heading in frame.columns:
            column = normal(heading)
            mine = {text: word for (table, name, text), word in said.items() if (table, name) == (one.name, column)}
            if heading == ROW or not mine:
                continue
            new = {value: mine[compared(value)] for value in frame[heading].drop_nulls().unique() if compared(value) in mine}
            if not new:
                continue
            frame = frame.with_columns(pl.col(heading).replace(new))
            listed = ", ".join(f'"{value.strip()[:40]}" as {word}' for value, word in sorted(new.items())[:6])
            words = f"{place(one.file, one.sheet, None, heading)}: read the way you said: {listed}."
            notices.append(Problem("words", words, one.file, one.sheet, None, column))
        tables.append(replace(one, frame=frame))
    return replace(raw, tables=tuple(tables), notices=(*raw.notices, *notices))


def to_setting(table: str, column: str, text: str, word: str) -> tuple[str, dict[str, str]]:
    """The name and value under which the store remembers what a text means in a column."""
    return f"{PREFIX}{table}.{column}:{compared(text)[:150]}", {"text": compared(text), "word": word}


def from_settings(settings: Mapping[str, Any]) -> dict[Word, str]:
    """What is remembered, as `understood` takes it; whatever makes no sense is passed over."""
    found: dict[Word, str] = {}
    for name, value in settings.items():
        table, _, column = name.removeprefix(PREFIX).partition(":")[0].partition(".")
        if not name.startswith(PREFIX) or not isinstance(value, dict) or table not in schema.NAMES:
            continue
        known = column in schema.SCHEMAS[table].column_names() and value.get("word") in (schema.words(table, column) or ())
        if known and isinstance(value.get("text"), str):
            found[table, column, value["text"]] = value["word"]
    return found
