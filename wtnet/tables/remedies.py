"""What to do about a row or a cell that breaks a rule, in words."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from rapidfuzz import fuzz, process

from wtnet.tables import schema
from wtnet.tables.text import cut, name_key

_MOST_COMPARED, _MOST_NAMES, _ALIKE = 100, 20_000, 75
"""Cells that name nobody are compared with declared names, up to so many of each; a name so much alike (0–100) is proposed."""
LONGEST = 80
"""A word from a file is quoted up to so many characters."""

ROW_RULES = {
    "two_partners": lambda table: (
        "target" if table == "partnerships" else "other" if table == "findings" else "partner",
        "is on both sides. Two different partners are meant: correct one side or delete the row.",
    ),
    "in_order": lambda table: (
        ("ended" if table == "partnerships" else "ends"),
        f"is before the row's {'started' if table == 'partnerships' else 'starts'} date. Correct one of the two dates.",
    ),
}


def of_column(table: str, column: str, what: str, rows: pl.DataFrame) -> tuple[str, pl.DataFrame, str, str]:
    """The rule's word for programs, its rows, its column and its remedy."""
    declared = schema.column(table, column)
    if what == "nullability":
        return "empty", rows, column, f"this cell is empty but needed ({declared.description}). Fill it in or delete the row."
    if what == "max_length":
        return "too_long", rows, column, f"is longer than {declared.max_length:,} bytes. Shorten it."
    low, high = getattr(declared, "min", None), getattr(declared, "max", None)
    bounds = (
        f"between {low:g} and {high:g}"
        if low is not None and high is not None
        else f"at least {low:g}"
        if low is not None
        else "a plain number"
    )
    return "range", rows, column, f"is out of range: it must be {bounds}. {declared.description}."


def nearby(wanted: pl.Series, declared: pl.Series) -> str:
    """A hint where only the capitals differ."""
    fold = {str(value).casefold(): str(value) for value in declared}
    for value in wanted.head(50):
        if str(value).casefold() in fold:
            return f' (ids are compared to the letter: there is "{cut(fold[str(value).casefold()], LONGEST)}")'
    return ""


def likely_meant(wanted: pl.Series, names: Mapping[str, str]) -> dict[str, str]:
    """The id of the declared name most like each cell that names nobody; none where no name is like it."""
    keys = {name_key(name): id for id, name in names.items()}
    texts = [str(value) for value in wanted.unique(maintain_order=True).head(_MOST_COMPARED)] if len(keys) <= _MOST_NAMES else []
    near = {text: process.extractOne(name_key(text)[:200], list(keys), scorer=fuzz.ratio, score_cutoff=_ALIKE) for text in texts}
    return {text: keys[closest[0]] for text, closest in near.items() if closest}
