"""Waves in words: the mark of an open one, and how many have answered it."""

from __future__ import annotations

import polars as pl

from wtnet.measures.disclosure import LEAST
from wtnet.network import answers
from wtnet.sentences.format import verb
from wtnet.tables import Tables, waves


def names(tables: Tables) -> dict[str, str]:
    """The name of each wave by its id, from first to last, the open ones marked: "Autumn 2026 (open)"."""
    plain = tables.names("waves")
    return {wave: f"{plain[wave]} (open)" if waves.is_open(tables, wave) else plain[wave] for wave in waves.in_order(tables)}


def open_note(tables: Tables, wave: str | None) -> str:
    """Of an open wave, "open: 6 of 26 have answered"; "" for a closed one and for none.

    Others than the lead are told numbers only where at least `LEAST` were asked: of fewer, one could be guessed.
    """
    if not waves.is_open(tables, wave):
        return ""
    answered = answers(tables, wave)
    if not answered or (tables.audience != "lead" and len(answered) < LEAST):
        return "open: answers may still come in"
    number = sum(answered.values())
    return f"open: {number:,} of {len(answered):,} {verb(number, 'has', 'have')} answered"


def dated(tables: Tables, wave: str) -> str:
    """A wave with its day and, while it is open, how many have answered: "Autumn 2026, 1 October 2026, open: 6 of 26 …"."""
    name, day = tables.waves.filter(pl.col("id") == wave).select("name", "date").row(0)
    return ", ".join(part for part in (name, f"{day.day} {day:%B %Y}" if day else "", open_note(tables, wave)) if part)
