"""How complete a programme's record is: whether something that is not in it may be called absent.

The table `coverage` says so by kind of partner and by table. What it does not name is complete: a lead's own tables are taken
to hold what there is, as far as anybody was asked. Where a kind or a table is not complete, that something is not in the
record says nothing about the world: no sentence, cell or figure calls it absent, none or 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import polars as pl

from wtnet.tables.model import Tables
from wtnet.tables.schema import KINDS, NAMES
from wtnet.tables.text import normal

RecordState = Literal["complete", "partial", "documented_not_named", "filtered"]
SUBJECTS = (*KINDS, *NAMES)
"""What a row of the table may be about: a kind of partner or a table."""
WORDS: dict[RecordState, str] = {
    "complete": "",
    "partial": "not recorded",
    "documented_not_named": "documented, not named",
    "filtered": "filtered out",
}
"""What stands in place of an absence. What a filter keeps out of view is no more absent than what is not recorded."""


@dataclass(frozen=True)
class Unknown:
    """Why a gap in the record is no absence: about which kind or table, its state, the lead's note and source ("" for none)."""

    subject: str
    state: RecordState
    note: str = ""
    source_url: str = ""

    @property
    def words(self) -> str:
        """ "not recorded" or "documented, not named"."""
        return WORDS[self.state]

    @property
    def words_of_one(self) -> str:
        """The same of one partner or pilot: what is documented of all together is not documented of any of them."""
        return WORDS["partial"] if self.state == "documented_not_named" else self.words

    @property
    def sentence(self) -> str:
        """The note as a sentence; the words alone where there is none."""
        note = self.note or self.words
        return f"{note[0].upper()}{note[1:]}{'' if note.endswith(('.', '!', '?')) else '.'}"


def unknown(tables: Tables, *subjects: str) -> Unknown | None:
    """The first of these kinds and tables whose record is not complete; None where all are."""
    rows = {row["subject"]: row for row in tables.coverage.iter_rows(named=True) if row["state"] != "complete"}
    for subject in subjects:
        if subject in rows:
            row = rows[subject]
            return Unknown(subject, row["state"], (row["note"] or "").strip(), row["source_url"] or "")
    return None


def is_complete(tables: Tables, *subjects: str) -> bool:
    """Whether all of these kinds and tables are, so that what is not in the record may be called absent."""
    return unknown(tables, *subjects) is None


def partners_of_kind(tables: Tables, kind: str) -> Unknown | None:
    """Why it cannot be told that a partner of this kind is not there; None where it can."""
    return unknown(tables, kind, "organisations")


def ties_with_kind(tables: Tables, kind: str) -> Unknown | None:
    """Why it cannot be told that a tie with a partner of this kind is not there; None where it can."""
    return unknown(tables, kind, "partnerships", "organisations")


def ties(tables: Tables) -> Unknown | None:
    """Why it cannot be told of any two partners that they have no tie; None where it can."""
    return unknown(tables, "partnerships")


def by_words(labels: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Labels, each given with words, by those words: {"documented, not named": ["freelancers", …]}; what is documented first."""
    groups: dict[str, list[str]] = {}
    for label, words in labels:
        groups.setdefault(words, []).append(label)
    return dict(sorted(groups.items()))


def nearest(subject: str) -> str:
    """The kind or table a word was most likely meant to be; "" where none is near."""
    labels = {normal(words): kind for kind, words in KINDS.items()} | {each: each for each in SUBJECTS}
    near = get_close_matches(normal(subject), labels, 1, 0.6)
    return labels[near[0]] if near else ""


def strange_subjects(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of a coverage table that are about neither a kind nor a table, with `_words`: what is wrong, what to do."""
    strange = frame.filter(~pl.col("subject").is_in(SUBJECTS))
    words = [_remedy(subject) for subject in strange["subject"]]
    return strange.with_columns(_words=pl.Series(words, dtype=pl.String))


def _remedy(subject: str) -> str:
    near = nearest(subject)
    meant = f"Did you mean {near}? Otherwise write" if near else "Write"
    return f"is neither a kind of partner nor a sheet. {meant} one of {', '.join(SUBJECTS)}."
