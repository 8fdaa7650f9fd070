"""Sentences are English whatever the figures are: none, one and many, known, not known and withheld."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import product

import polars as pl
import pytest

from tests.support.frames import frame
from tests.support.networks import tables
from wtnet.access import redact
from wtnet.analysis import trust
from wtnet.analysis.next_steps import StepOutcome
from wtnet.analysis.partnership_list import partnerships
from wtnet.measures import change as changes
from wtnet.measures import two_views as compared
from wtnet.measures.impact.tallies import Tally
from wtnet.network import Network, Scope, build
from wtnet.sentences import change, filters, gaps, in_short, partners, places, reach, targets, two_views, waves
from wtnet.sentences import next_steps as steps
from wtnet.sentences import partnerships as list_sentences
from wtnet.sentences import trust as trust_sentences
from wtnet.sentences.trust_lines import lines
from wtnet.stories import draft
from wtnet.tables import Tables
from wtnet.tables.model import Audience

FAULTS = {
    "a word twice": re.compile(r"\b(?!that\b|had\b)([a-z]+) \1\b", re.IGNORECASE),
    "0 where none belongs": re.compile(r"(?<![\w.,–−-])0 (?!none\b|to\b|by\b|and\b|not\b)[a-z]+"),
    "one is, many are": re.compile(
        r"(?<![\d,.] of )(?<![\d,.])\b1 (?:[a-z]+ )?(?:are|have|were)\b|(?<!only )\b(?:[2-9]|[1-9]\d{1,2}) (?:is|has|was)\b"
    ),
    "one of many": re.compile(r"(?<![\d,.])\b1 (?:partners|partnerships|pairs|targets|waves|pilots|kinds)\b"),
    "a mark twice, or after a blank": re.compile(r"[,;:.] ?[,;:.](?!\.)| [,;.]|  "),
    "withheld, and withheld": re.compile(r"is withheld and [^.;]*withheld"),
    "of at least": re.compile(r"\bof at least\b|\bat least moderate or\b"),
    "nothing said": re.compile(r"\bNone\b(?! of\b| was\b| known\b| is\b)|\bnan\b|\{|\}"),
}


def faults(sentence: str) -> list[str]:
    """What is wrong with a sentence: a rule it breaks, or a clause of four words or more that it says twice."""
    wrong = [name for name, rule in FAULTS.items() if rule.search(sentence)]
    clauses = [clause.strip(" .").lower() for clause in re.split(r"[.;:]\s", sentence) if len(clause.split()) >= 4]
    return wrong + [f"says twice “{clause}”" for clause in set(clauses) if clauses.count(clause) > 1]


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("It has 0 partnerships.", "0 where none belongs"),
        ("Since May, 0 known then are not known now.", "0 where none belongs"),
        ("It is withheld and at Baseline withheld.", "withheld, and withheld"),
        ("Partnerships of at least moderate or mixed.", "of at least"),
        ("The the museum.", "a word twice"),
        ("1 partnerships are new.", "one of many"),
        ("3 is new.", "one is, many are"),
        ("It is new ; it ended.", "a mark twice, or after a blank"),
        ("Mean strength is not known; mean strength is not known.", "says twice “mean strength is not known”"),
    ],
)
def test_a_fault_is_found(sentence: str, fault: str) -> None:
    assert any(each == fault or each.startswith(fault.rstrip(".”")) for each in faults(sentence))


@pytest.mark.parametrize(
    "sentence",
    ["From 0 to 1.", "Mean strength 0.50 (0 none, 1 strongest).", "1 of 3 partnerships is new; none ended.", "Of 10 pairs …"],
)
def test_no_fault_is_found_in_good_english(sentence: str) -> None:
    assert faults(sentence) == []


KINDS = {"a": "museum", "b": "museum", "c": "freelancer", "d": "community_group", "e": "health_provider", "f": "museum"}
PAIRS = ("ab", "ac", "ad", "ae", "bc")
WAVES = {"w1": "2024-02-01", "w2": "2025-02-01"}


def _tables(before: int, after: int, rated: bool, silent: bool) -> Tables:
    """Six partners with so many ties in the first wave and the second, rated by both sides or known from documents; f answers
    nobody, where the survey has a list of whom it asked."""
    numbers = zip(WAVES, (before, after), strict=True)
    heard = [(wave, *ends, 3) for wave, number in numbers for pair in PAIRS[:number] for ends in (pair, pair[::-1])]
    papers = [(*pair, {"ended": date(2024, 6, 1) if at >= after else None}) for at, pair in enumerate(PAIRS[:before])]
    papers += [(*pair, {"started": date(2025, 1, 1)}) for pair in PAIRS[before:after]]
    asked = [{"wave": wave, "organisation": each} for wave in WAVES for each in KINDS] if silent else []
    about = {"what": "Meet", "organisation": "a", "partner": "b", "wave": "w1"}
    todo = [{"id": str(at), "done": at > 0, **about} for at in range(before)]
    ties, ratings = ([], heard) if rated else (papers, [])
    return tables(KINDS, ties, ratings, list(WAVES.items()), asked=asked, next_steps=todo)


def _sentences(shown: Tables) -> Iterator[str]:
    """What every page says of such tables."""
    first, last = (build(shown, Scope(wave=wave)) for wave in ("w1", "w2"))
    names, weighed = ("One", "Two"), trust.weigh(first, last, 200)
    pairs = changes.pairs(first, last)
    yield change.headline(changes.counts(first, last), *names)
    yield from (change.partner_sentence(row) for row in change.partner_moves(pairs, last).iter_rows(named=True))
    yield in_short.growth(last, first, weighed)
    yield in_short.growth(last, None, weighed)
    yield in_short.lasting(last)
    yield trust_sentences.sentence(weighed, names)
    yield from (f"{label}: {words}" for label, words in lines(weighed, names))
    yield gaps.headline(last)
    yield from (words for _, words in reach.headlines(last, first, "One", {"draws": 0, "ei_expected": None, "p": None}))
    yield from _of_partners(last)
    yield list_sentences.headline(last, partnerships(last))
    yield two_views.headline(names, (first, last), _views(first, last))
    yield from two_views.differences(names, _views(first, last), None, shown.audience == "lead")
    yield two_views.partner_sentence(names, (first, last), "a")
    yield steps.headline(shown, date(2026, 1, 1))
    yield from (waves.sentence(shown, wave) for wave in ("w1", "w2"))
    yield places.headline(0, 6, 0, [])


def _views(first: Network, last: Network) -> pl.DataFrame:
    return compared.pairs((compared.ComparedView("wave", "w1"), first), (compared.ComparedView("wave", "w2"), last))


def _of_partners(network: Network) -> Iterator[str]:
    for partner in ("a", "f"):
        yield partners.headline(network, partner, "Two")
        yield partners.missing_kinds(network, partner) or ""
        yield from partners.dependence_sentences(network, partner)
        yield partners.unanswered_waves(network.tables, partner) or ""


@pytest.mark.parametrize(
    ("rated", "silent", "audience"),
    [
        (True, True, "lead"), (False, False, "lead"), (True, True, "public"),
        pytest.param(True, False, "lead", marks=pytest.mark.thorough),
        pytest.param(True, False, "public", marks=pytest.mark.thorough),
        pytest.param(False, False, "public", marks=pytest.mark.thorough),
    ],
)  # fmt: skip
def test_what_pages_say_is_english_with_none_one_and_many(rated: bool, silent: bool, audience: Audience) -> None:
    for before, after in ((0, 0), (0, 1), (1, 0), (1, 1), (3, 5), (5, 3)):
        shown = redact(_tables(before, after, rated, silent), audience)
        wrong = {sentence: faults(sentence) for sentence in _sentences(shown) if faults(sentence)}
        assert not wrong, (before, after)


@pytest.mark.parametrize("audience", ["lead", "public"])
def test_a_story_is_english_with_none_one_and_many(audience: Audience) -> None:
    for before, after in ((0, 0), (1, 0), (3, 5)):
        shown = redact(_tables(before, after, True, True), audience)
        for about in ({}, {"partner": "a"}):
            slides = draft(shown, **about, audience=audience).slides
            wrong = {text: faults(text) for slide in slides for text in (slide.heading, slide.text) if faults(text)}
            assert not wrong, (before, after, about)


def test_counts_of_states_and_targets_are_english() -> None:
    few = (0, 1, 3)
    for numbers in product(few, repeat=4):
        counts = dict(zip(("new", "ended", "stronger", "weaker"), numbers, strict=True)) | {
            "unchanged": numbers[0],
            "unknown": numbers[1],
        }
        kept = {"known now": numbers[0], "known then": numbers[1], "still there": numbers[2]}
        for each in (counts, counts | {"first rated": numbers[3], "documented only": numbers[2]}, kept):
            assert faults(change.headline(each, "One", "Two")) == [], each
    assert [faults(targets.met_text(Tally(met, aimed))) for met, aimed in ((0, 3), (1, 3), (3, 3), (1, 1), (0, 1))] == [[]] * 5
    for least in ("0.3", "0.5", "0.7"):
        shown = redact(_tables(1, 1, True, False), "public")
        assert faults(filters.sentence_start(shown, [("strength", least)])) == []
        assert filters.sentence_start(shown, [("strength", least)]).startswith("partnerships that are ")


def test_steps_and_what_became_of_them_are_english() -> None:
    names = frame("waves", [{"id": "w", "name": "One"}])
    for before, after in product((0, 1, 3), repeat=2):
        told = steps.since(Tables({"waves": names}), StepOutcome("w", "partners", before, after))
        assert faults(told) == [], told
