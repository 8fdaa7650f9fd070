"""How complete a record is: what may be called absent, what may not, and a row about nothing."""

from __future__ import annotations

import polars as pl
import pytest

from tests.support.frames import frame
from wtnet.tables import Raw, RawTable, Tables, check, coverage
from wtnet.tables.schema import KINDS, NAMES


def said(*rows: tuple[str, str], **more: str) -> Tables:
    """Tables that say only how complete they are: (subject, state)."""
    return Tables({"coverage": frame("coverage", [{"subject": subject, "state": state, **more} for subject, state in rows])})


def brought_in(subject: str) -> list[str]:
    """What the check says of a coverage sheet with this one subject."""
    sheet = pl.DataFrame({"_row": [2], "subject": [subject], "state": ["partial"]})
    return [problem.sentence for problem in check(Raw("workbook", (RawTable("coverage", sheet, "b.xlsx", "coverage"),))).problems]


def test_a_programme_that_says_nothing_is_complete_as_far_as_it_goes() -> None:
    for subject in (*KINDS, *NAMES):
        assert coverage.is_complete(Tables(), subject) and coverage.unknown(Tables(), subject) is None


@pytest.mark.parametrize(("state", "words"), [("partial", "not recorded"), ("documented_not_named", "documented, not named")])
def test_what_is_not_complete_has_words_in_place_of_an_absence(state: str, words: str) -> None:
    tables = said(("health_provider", state), note="named as a group only", source_url="https://example.org")
    gap = coverage.unknown(tables, "health_provider")
    assert gap is not None and (gap.words, gap.source_url) == (words, "https://example.org")
    assert gap.sentence == "Named as a group only."
    assert gap.state == state and not coverage.is_complete(tables, "museum", "health_provider")
    assert coverage.is_complete(tables, "museum")


def test_complete_said_aloud_is_complete_and_a_gap_without_a_note_says_its_words() -> None:
    tables = said(("museum", "complete"), ("freelancer", "partial"))
    assert coverage.unknown(tables, "museum") is None
    gap = coverage.unknown(tables, "museum", "freelancer")
    assert gap is not None and gap.sentence == "Not recorded."


def test_a_tie_with_a_kind_is_absent_only_where_kind_partners_and_partnerships_are_complete() -> None:
    """A complete list of museums says nothing where partnerships are recorded in part."""
    for subject in ("museum", "organisations", "partnerships"):
        assert coverage.ties_with_kind(said((subject, "partial")), "museum") is not None, subject
    assert coverage.ties_with_kind(said(("freelancer", "partial"), ("results", "partial")), "museum") is None
    both = said(("partnerships", "partial"), ("museum", "documented_not_named"))
    gap = coverage.ties_with_kind(both, "museum")
    assert gap is not None and gap.words == "documented, not named"  # what is known best is said first
    assert coverage.partners_of_kind(said(("partnerships", "partial")), "museum") is None
    assert coverage.ties(said(("museum", "partial"))) is None


@pytest.mark.parametrize(
    ("subject", "near"),
    [("health_providers", "health_provider"), ("Health provider", "health_provider"), ("partnership", "partnerships")],
)
def test_a_row_about_neither_a_kind_nor_a_sheet_is_refused_with_the_nearest(subject: str, near: str) -> None:
    (sentence,) = brought_in(subject)
    assert sentence.startswith('b.xlsx, sheet "coverage", row 2, column "subject": ') and f"Did you mean {near}?" in sentence


def test_a_subject_near_nothing_is_told_the_choices() -> None:
    (sentence,) = brought_in("zzz")
    assert "Did you mean" not in sentence and "health_provider" in sentence and "partnerships" in sentence
    assert brought_in("health_provider") == [] and brought_in("results") == []
