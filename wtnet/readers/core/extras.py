"""Rows of a sheet that are no rows of its list: headings printed again, totals, notes below it. Left out, and said."""

from __future__ import annotations

import re

import polars as pl

from wtnet.readers.core.text import listing, shorten
from wtnet.tables.model import ROW, Problem, place
from wtnet.tables.numbers import amount
from wtnet.tables.text import count, normal

_TOTAL = r"(?i)^\s*(?:(?:grand|overall|running)[ -]?|sub[ -]?)?(?:totals?|sums?|averages?|means?)\s*:?\s*$"
_NOTE = re.compile(
    r"(?:notes?|nb|n\.b\.|sources?|key|legend|prepared by|compiled by|exported|last updated|updated|data|figures|copyright)"
    r"\s*[:\d].*|[*†‡©(].*|(?:notes?|sources?)",
    re.IGNORECASE | re.DOTALL,
)
_WORDS_OF_A_SENTENCE = 8
_NOTES_WITHIN = 10
"""Notes are looked for in so many last rows."""


def without_extras(file: str, sheet: str | None, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Problem]]:
    """The rows of a list (text columns named by their headings, and `_row`) without what is none, and a notice on each kind."""
    names = [name for name in frame.columns if name != ROW]
    if len(names) < 2 or not frame.height:
        return frame, []
    notices: list[Problem] = []
    for rule, rows, what in (
        ("repeated_headings", _headings(frame, names), "the headings again"),
        ("total_row", _totals(frame, names), "totals"),
        ("note_row", _notes(frame, names), "notes below the list"),
    ):
        if not rows:
            continue
        texts = [_first_filled(frame.filter(pl.col(ROW) == row).row(0, named=True), names) for row in rows[:3]]
        frame = frame.filter(~pl.col(ROW).is_in(rows))
        which = f"row {rows[0]}" if len(rows) == 1 else f"{count(len(rows), 'row')} from row {rows[0]}"
        words = f"{place(file, sheet)}: {which} left out as {what}: {listing([shorten(text, 60) for text in texts])}."
        notices.append(Problem(rule, words, file, sheet, rows[0]))
    return frame, notices


def _headings(frame: pl.DataFrame, names: list[str]) -> list[int]:
    """Rows that repeat the headings in every cell they fill, two at least."""
    same = [pl.col(name).str.strip_chars() == name.strip() for name in names[:50]]
    rows = frame.filter(pl.sum_horizontal(pl.col(ROW) * 0, *[cell.fill_null(False).cast(pl.Int64) for cell in same]) >= 2)
    return [
        row[ROW]
        for row in rows.iter_rows(named=True)
        if all(normal(row[name]) == normal(name) for name in names if row[name] and row[name].strip())
    ]


def _totals(frame: pl.DataFrame, names: list[str]) -> list[int]:
    """Rows that begin with a word for a total and hold nothing but numbers behind it."""
    begins = pl.any_horizontal([pl.col(name).str.contains(_TOTAL) for name in names[:2]])
    rows = frame.filter(begins.fill_null(False)).head(1_000)
    return [
        row[ROW]
        for row in rows.iter_rows(named=True)
        if all(amount(cell) for cell in [row[name] for name in names if row[name] and row[name].strip()][1:])
    ]


def _notes(frame: pl.DataFrame, names: list[str]) -> list[int]:
    """The last rows that hold a single cell, which begins as a note does or is a sentence."""
    notes: list[int] = []
    for row in reversed(list(frame.tail(_NOTES_WITHIN).iter_rows(named=True))):
        filled = [row[name].strip() for name in names if row[name] and row[name].strip()]
        if len(filled) != 1 or not _is_note(filled[0]):
            break
        notes.append(row[ROW])
    return notes[::-1] if len(notes) < frame.height else []


def _is_note(text: str) -> bool:
    sentence = text.endswith(".") and len(text.split()) >= _WORDS_OF_A_SENTENCE
    return sentence or bool(_NOTE.fullmatch(text))


def _first_filled(row: dict[str, str | None], names: list[str]) -> str:
    return next((str(row[name]).strip() for name in names if row[name] and str(row[name]).strip()), "")
