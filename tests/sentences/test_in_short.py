"""A report in short: each answer is a claim, and none is made that the data do not carry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.support import exports
from tests.support.frames import frame
from wtnet.analysis.trust import weigh
from wtnet.network import at, build, waves_in_order
from wtnet.sentences import in_short
from wtnet.tables import Tables
from wtnet.tables.model import Audience
from wtnet.writers.export import Export

KINDS = {"m": "museum", "f": "freelancer", "c": "community_group", "h": "health_provider"}
FIRST, LAST = ("w1", date(2024, 2, 1)), ("w2", date(2025, 7, 1))


def tables(
    ratings: dict[str, list[tuple[str, str, int]]],
    documented: Sequence[dict[str, Any]] = (),
    waves: int = 2,
) -> Tables:
    """Four partners of four kinds with what each says of another in each wave."""
    made = [
        {"wave": wave, "rater": rater, "partner": partner, "level": level}
        for wave, rows in ratings.items()
        for one, other, level in rows
        for rater, partner in ((one, other), (other, one))
    ]
    return Tables(
        {
            "organisations": frame("organisations", [{"id": id, "name": id.upper(), "kind": kind} for id, kind in KINDS.items()]),
            "waves": frame("waves", [{"id": id, "name": id.upper(), "date": day} for id, day in (FIRST, LAST)[:waves]]),
            "ratings": frame("ratings", made),
            "partnerships": frame("partnerships", list(documented)),
        }
    )


def growth(which: Tables) -> str:
    network = build(which)
    order = waves_in_order(which)
    first = None if len(order) < 2 else at(network, order[0])
    return in_short.growth(network, first, weigh(first, network))


def test_nothing_is_said_to_have_grown_where_that_cannot_be_told() -> None:
    """No partnership: nothing. Documents alone, one wave, or a wave in which nobody was asked: how many, and that it is not
    told."""
    assert growth(tables({})) == ""
    paper = [{"id": "t", "source": "m", "target": "f", "relationship": "x"}]
    assert growth(tables({}, paper, waves=0)) == (
        "1 partnership is known from documents; mean strength, from 0 to 1, is not known; documents alone do not tell whether "
        "it grew."
    )
    assert growth(tables({"w1": [("m", "f", 3)]}, waves=1)) == (
        "1 partnership is known at W1 (February 2024); mean strength, from 0 to 1, is 0.60; whether it grows is for a later "
        "wave to tell."
    )
    assert "nobody was asked in both waves, so no growth is told" in growth(tables({"w2": [("m", "f", 3)]}))


@pytest.mark.parametrize(("levels", "said"), [((3, 4), "up from 0.60"), ((3, 2), "down from 0.60"), ((3, 3), "as then")])
def test_the_direction_is_that_of_the_figures(levels: tuple[int, int], said: str) -> None:
    """Up, down, or as then, with both figures as written; two partnerships then, one now, are not called growth."""
    before, after = levels
    words = growth(tables({"w1": [("m", "f", before), ("m", "c", before)], "w2": [("m", "f", after)]}))
    assert words.startswith("1 partnership is known at W2 (July 2025), 2 at W1 (February 2024); none is known to be new since.")
    assert said in words and words.endswith(".")


def test_a_partnership_first_reported_since_and_documented_as_older_is_told_apart() -> None:
    """Two are reported in the last wave alone; of one, which both denied at first, a document says that it began before."""
    both = [("m", "f", 3), ("c", "h", 3)]
    rated = {"w1": [*both, ("m", "c", 0)], "w2": [*both, ("m", "c", 2), ("m", "h", 2)]}
    older = {"id": "t", "source": "m", "target": "c", "relationship": "x", "before_programme": True}
    assert "; 2 are new since. " in growth(tables(rated))
    assert "; 1 is new since (1 more by reports, but documented as older). " in growth(tables(rated, [older]))


def test_what_goes_on_is_told_only_as_far_as_it_is_documented() -> None:
    """No record, some that end, one that continues."""
    rated = {"w2": [("m", "f", 3), ("m", "c", 2)]}
    assert in_short.lasting(build(tables(rated))) == "Whether partnerships continue after the programme is not documented."
    ends = {"id": "t", "source": "m", "target": "f", "relationship": "x", "continues_after": False}
    assert in_short.lasting(build(tables(rated, [ends]))).startswith("None of 2 partnerships is documented to continue")
    goes_on = ends | {"continues_after": True}
    assert in_short.lasting(build(tables(rated, [goes_on]))).startswith("1 of 2 partnerships is documented to continue")
    assert in_short.lasting(build(tables({}))) == ""


def test_only_pairs_without_a_partnership_are_introduced() -> None:
    """Of a triangle nobody; of a line its two ends, who share one."""
    triangle = [("m", "f", 3), ("f", "c", 3), ("m", "c", 3)]
    assert in_short.meetings(build(tables({"w1": triangle}, waves=1))) == ""
    line = build(tables({"w1": triangle[:2]}, waves=1))
    assert in_short.meetings(line) == (
        "These two share partners and are not known to work together: M and C (1 partner in common)."
    )
    assert in_short.meeting_rows(line).select("Introduce", "to").rows() == [("M", "C")]


def answers(export: Export) -> list[tuple[str, str]]:
    network = export.network
    order = waves_in_order(export.tables)
    first = at(network, order[0]) if order and order[0] != network.wave else None
    return in_short.answers(network, first, weigh(first, network, draws=20), export.summary, export.findings)


NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@pytest.mark.parametrize("audience", ["public", pytest.param("partners", marks=pytest.mark.thorough)])
def test_a_minute_is_enough_and_others_read_the_leads_figures_or_withheld(audience: Audience) -> None:
    """The example and the real programme in at most 260 words; every number that others read is one the lead reads in the
    same answer, but for counts of what may be shown, which say that they are."""
    lead = dict(answers(exports.export("example")))
    theirs = dict(answers(exports.export("example", audience)))
    assert list(theirs) == list(lead)
    for asked, words in theirs.items():
        assert len(" ".join([*theirs, *theirs.values()]).split()) <= 260
        if asked == "What came of it, in words?":
            assert "may be shown here" in words
            continue
        if asked == "What came of it, in numbers?":
            assert " Of " in words  # how many are withheld is no figure of the lead's
        numbers = re.sub(r"(Freelancer|Health provider|Community group) \d+| Of \d+ targets .*", "", words)
        assert set(NUMBER.findall(numbers)) <= set(NUMBER.findall(lead[asked])), asked
    real = answers(exports.export("working-together"))
    assert real and len(" ".join(f"{question} {words}" for question, words in real).split()) <= 260
    assert not any("grew" in words or "rose" in words for _, words in real if "not tell" not in words)


def test_where_more_is_to_be_said_details_and_introductions_are_fewer() -> None:
    """The lead's own is no longer than a minute either; without dates of waves less is known, and so more is to be said."""
    lead, whole = dict(answers(exports.export("example"))), exports.shipped("example")[1]
    undated = whole.with_(waves=whole.waves.with_columns(date=pl.lit(None, dtype=pl.Date)))
    longest = dict(answers(exports.of(undated)))
    assert list(longest) == list(lead)
    for told in (lead, longest):
        assert len(" ".join([*told, *told.values()]).split()) <= in_short.MINUTE
    assert longest["Who should meet?"].count(" in common") < lead["Who should meet?"].count(" in common") == in_short.MEETINGS


def test_an_empty_programme_answers_nothing_it_does_not_know() -> None:
    """No answer but that nothing was measured."""
    asked = dict(answers(exports.export("empty")))
    assert set(asked) <= {"What came of it, in numbers?"}
    assert all(isinstance(words, str) and pl.Series([words]).str.len_chars()[0] for words in asked.values())
