"""Waves in words: the mark of an open one, and how many have answered it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import polars as pl

from wtnet.measures.disclosure import LEAST
from wtnet.network import answers
from wtnet.sentences.format import count, verb
from wtnet.tables import Tables, waves
from wtnet.tables.derived import derived


@derived
def plain_names(tables: Tables) -> dict[str, str]:
    """The name of each wave by its id, no two alike: of waves that are called the same each with its day, or else its id."""
    called = tables.names("waves")
    days = dict(tables.waves.select("id", "date").iter_rows())
    alike = {name for name, number in Counter(called.values()).items() if number > 1}
    dated = {wave: f"{name}, {_day(days[wave])}" if name in alike and days[wave] else name for wave, name in called.items()}
    still = {name for name, number in Counter(dated.values()).items() if number > 1}
    return {wave: f"{name} ({wave})" if name in still else name for wave, name in dated.items()}


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def names(tables: Tables) -> dict[str, str]:
    """The name of each wave by its id, from first to last, no two alike, the open ones marked: "Autumn 2026 (open)"."""
    plain = plain_names(tables)
    return {wave: f"{plain[wave]} (open)" if waves.is_open(tables, wave) else plain[wave] for wave in waves.in_order(tables)}


def open_note(tables: Tables, wave: str | None) -> str:
    """The state of an open wave, "open: 6 of 26 have answered"; "" for a closed one and for none.

    Others than the lead are told numbers only where at least `LEAST` were asked: of fewer, one could be guessed.
    """
    if not waves.is_open(tables, wave):
        return ""
    answered = answers(tables, wave)
    if not answered or (tables.audience != "lead" and len(answered) < LEAST):
        return "open: answers may still come in"
    number = sum(answered.values())
    who = f"{number:,}" if number else "none"
    return f"open: {who} of {len(answered):,} {verb(number or 1, 'has', 'have')} answered"


def sentence(tables: Tables, wave: str | None) -> str:
    """What to know of a wave before reading its figures: while it is open how many have answered; of a mere date of reporting in
    a programme with surveys, that nobody was asked, and which survey was the last before it. "" for any other."""
    order, surveys, named = waves.in_order(tables), waves.survey_waves(tables), tables.names("waves")
    if note := open_note(tables, wave):
        return f"{named[wave or '']} is {note}."
    if wave not in order or wave in surveys or not surveys:
        return ""
    before = [survey for survey in surveys if order.index(survey) < order.index(wave)]
    last = f" The last survey before it is {named[before[-1]]}." if before else ""
    return f"{named[wave]} is a date of reporting: nobody was asked, so its partnerships are those that are documented.{last}"


def state(tables: Tables, wave: str) -> str:
    """Who sees a wave, and where: a sentence for the lead."""
    row = tables.waves.row(by_predicate=pl.col("id") == wave, named=True)
    name, first = row["name"], waves.current(tables)
    if waves.is_open(tables, wave):
        who = "everybody who may look sees it, with how many have answered" if row["shown"] else "nobody but you sees it"
        where = "it is shown first" if wave == first else "no page shows it unless it is chosen"
        return f"{name} is open: {who}, and {where}."
    if wave == first:
        why = "because you named it" if row["current"] else "as the latest closed wave"
        return f"{name} is closed, and shown first everywhere, {why}."
    return f"{name} is closed. {tables.names('waves')[first]} is shown first." if first else f"{name} is closed."


def after_closing(tables: Tables, wave: str, links: int = 0) -> str:
    """What follows from closing an open wave, in a sentence or two."""
    closed = waves.changed(tables, wave, status="closed")
    first = waves.current(closed)
    shown = (
        "it is shown first everywhere" if first == wave else f"{tables.names('waves')[first or wave]} stays the wave shown first"
    )
    stop = f" {count(links, 'personal link stops', 'personal links stop')} working." if links else ""
    return f"Then everybody who may look sees its figures, and {shown}.{stop} You can open it again."


def dated(tables: Tables, wave: str) -> str:
    """A wave with its day and, while it is open, how many have answered: "Autumn 2026, 1 October 2026, open: 6 of 26 …"."""
    name, day = tables.waves.filter(pl.col("id") == wave).select("name", "date").row(0)
    return ", ".join(part for part in (name, _day(day) if day else "", open_note(tables, wave)) if part)
