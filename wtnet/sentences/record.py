"""What a programme's record does not hold, in words: in place of an absence, and as a list with its notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from wtnet.sentences.format import CORE_WORDS, listed
from wtnet.tables import Tables, coverage
from wtnet.tables.coverage import Unknown
from wtnet.tables.schema import CORE_KINDS, KINDS, NAMES

_MANY = {kind: many for kind, (_, many) in CORE_WORDS.items()}
_SHEETS = {
    "organisations": "Partners",
    "involvements": "Who takes part in which pilot",
    "asked": "Who was asked",
    "questions": "Questions of your own",
    "answers": "What partners say of themselves",
    "coverage": "How complete the record is",
    "fields": "Fields of your own",
    "next_steps": "Next steps",
}
NOT_TOLD = "The record does not tell of all partnerships, so nothing is said of pairs without one"
"""Why nothing that rests on ties which are not there is shown."""


def kinds_untold(gaps: Mapping[str, Unknown], of: str = "", one: bool = False) -> str:
    """ "freelancers and health providers are documented, not named; museums are not recorded", of core kinds: those that are
    documented come first. Beside partners `of` a kind, those of the same kind are others; of `one` partner or pilot
    nothing is said that is documented of all together."""
    labels = {kind: f"{'other ' if kind == of else ''}{_MANY[kind]}" for kind in gaps}
    return _by_words((labels[kind], gap.words_of_one if one else gap.words) for kind, gap in gaps.items())


def _by_words(labels: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{listed(group)} are {words}" for words, group in coverage.by_words(labels).items())


def notes(gaps: Iterable[Unknown]) -> str:
    """The notes behind some gaps as sentences, each once; "" where there are none."""
    return " ".join(dict.fromkeys(gap.sentence for gap in gaps if gap.note))


def ties_untold(gap: Unknown) -> str:
    """Why nothing is said of pairs without a tie, with the lead's note."""
    return f"{NOT_TOLD}. {gap.sentence}" if gap.note else f"{NOT_TOLD}."


def results_untold(tables: Tables) -> str:
    """A sentence where results are not recorded, with the lead's note; "" where the record of results and indicators is
    complete."""
    gap = coverage.unknown(tables, "results", "indicators")
    return f"Results are {_state(tables, 'results', gap.state)}. {gap.sentence if gap.note else ''}".strip() if gap else ""


def untold(tables: Tables, table: str, sentence: str) -> str:
    """A sentence with the words for a table's record ("not recorded") in the place of {}; "" where the record is complete."""
    gap = coverage.unknown(tables, table)
    return sentence.format(gap.words) if gap else ""


def ratings_untold(tables: Tables) -> str:
    """A sentence where the ratings are not recorded; "" where the record of ratings is complete."""
    return untold(tables, "ratings", "What each side says of a partnership is {}.")


def waves_untold(tables: Tables) -> str:
    """A sentence where waves are not recorded; "" where the record of waves is complete."""
    return untold(tables, "waves", "Survey waves are {}, so nothing can be compared over time.")


def not_recorded(tables: Tables) -> pl.DataFrame:
    """What the record does not hold: about (a kind or table), state (in words), note, source; in the order of the table."""
    gaps = tables.coverage.filter(pl.col("state") != "complete")
    rows = [
        (_about(subject), _state(tables, subject, state), note or "", source or "")
        for subject, state, note, source in gaps.select("subject", "state", "note", "source_url").iter_rows()
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("about", "state", "note", "source"), pl.String), orient="row")


def _about(subject: str) -> str:
    """A kind or a table as people read it."""
    if subject in KINDS:
        return _MANY.get(subject, f"{KINDS[subject]}s").capitalize()
    return _SHEETS.get(subject, subject.capitalize())


def _state(tables: Tables, subject: str, state: coverage.RecordState) -> str:
    """A state in words; of a part that holds something, that it is recorded in part."""
    rows = tables[subject] if subject in NAMES else tables.organisations.filter(pl.col("kind") == subject)
    return "recorded in part" if state == "partial" and rows.height else coverage.WORDS[state]


def summary(tables: Tables) -> str:
    """What the record does not hold, in a sentence: core kinds of partner, ratings and results; "" where it is complete."""
    if tables.coverage.filter(pl.col("state") != "complete").is_empty():
        return ""
    sheets = [name for name in ("ratings", "results") if not coverage.is_complete(tables, name)]
    parts = [foot(tables), f"{listed(sheets)} are not recorded" if sheets else ""]
    text = "; ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}."


def foot(tables: Tables) -> str:
    """The same for the foot of a slide: which core kinds are not all recorded, or that not all is; "" where it is complete."""
    kinds = [(kind, gap.state) for kind in CORE_KINDS if (gap := coverage.unknown(tables, kind))]
    rest = "not all of it is recorded" if tables.coverage.filter(pl.col("state") != "complete").height else ""
    return _by_words((_MANY[kind], _state(tables, kind, state)) for kind, state in kinds) or rest


def in_full(tables: Tables) -> str:
    """Every gap with its note and source, in one line; "" where the record is complete."""
    rows = not_recorded(tables).iter_rows()
    parts = [
        f"{about}: {state}{f' ({note})' if note else ''}{f', see {source}' if source else ''}"
        for about, state, note, source in rows
    ]
    return f"{'; '.join(parts)}. Where something is not here, that does not say that it is not there." if parts else ""
