"""Do those who meet become partners? Worked out here by hand, with a permutation test that is not the product's."""

import random
from datetime import date
from itertools import combinations

import pytest

from tests.support.frames import frame
from wtnet.access import redact
from wtnet.analysis.meeting import FEW, meeting
from wtnet.network import Scope, build
from wtnet.tables import Tables

IDS = "abcdefgh"
THEN = [("a", "b")]
NOW = [("a", "b"), ("a", "c"), ("b", "c"), ("c", "d"), ("d", "e"), ("f", "g"), ("a", "d")]
DAYS = ["abcd", "cde", "ah"]
LOST = frame("coverage", {"subject": "attendances", "state": "partial", "note": "Two days lost"})


def programme(then=THEN, now=NOW, days=DAYS, silent: str = "", dated: bool = True, **more) -> Tables:
    """Everybody rates everybody in two waves (level 3 for a tie, else none), but those who are silent in the second; one meeting
    of each group of `days` in between."""

    def ratings(wave: str, ties: list[tuple[str, str]], quiet: str = "") -> list[dict]:
        pairs = {frozenset(tie) for tie in ties}
        return [
            {"wave": wave, "rater": x, "partner": y, "level": 3 if frozenset((x, y)) in pairs else 0}
            for x in IDS for y in IDS if x != y and x not in quiet
        ]  # fmt: skip

    day = date(2024, 6, 1) if dated else None
    return Tables(
        {
            "organisations": frame("organisations", [{"id": x, "name": x, "kind": "museum", "sharing": "public"} for x in IDS]),
            "waves": frame(
                "waves", {"id": "w1", "name": "1", "date": date(2024, 1, 1)}, {"id": "w2", "name": "2", "date": date(2025, 1, 1)}
            ),
            "asked": frame("asked", [{"wave": w, "organisation": x} for w in ("w1", "w2") for x in IDS]),
            "ratings": frame("ratings", ratings("w1", then), ratings("w2", now, silent)),
            "activities": frame("activities", [{"id": str(at), "name": str(at), "starts": day} for at in range(len(days))]),
            "attendances": frame(
                "attendances", [{"activity": str(at), "organisation": x} for at, who in enumerate(days) for x in who]
            ),
            **more,
        }
    )


def by_hand(draws: int = 4_000) -> tuple[float, float]:
    """The correlation over the pairs that had no tie, and the share of dealings at least as far from 0: plain Python."""
    pairs = [pair for pair in combinations(IDS, 2) if pair not in THEN]
    new = {pair: float(pair in NOW) for pair in pairs}
    met = {frozenset(pair) for who in DAYS for pair in combinations(who, 2)}

    def r(name: dict[str, str]) -> float:
        xs = [new[pair] for pair in pairs]
        ys = [float(frozenset((name[x], name[y])) in met) for x, y in pairs]
        mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
        top = sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
        bottom = (sum((x - mx) ** 2 for x in xs) * sum((y - my) ** 2 for y in ys)) ** 0.5
        return top / bottom if bottom else 0.0

    observed, hits = r({x: x for x in IDS}), 0
    dealer = random.Random(7)
    for _ in range(draws):
        dealt = list(IDS)
        dealer.shuffle(dealt)
        hits += abs(r(dict(zip(IDS, dealt, strict=True)))) >= abs(observed) - 1e-12
    return observed, (1 + hits) / (1 + draws)


def test_counts_are_those_of_the_pairs_without_a_tie_at_first_and_the_test_equals_an_independent_one():
    seen = meeting(build(programme(), Scope(wave="w2")))
    met = {frozenset(pair) for who in DAYS for pair in combinations(who, 2)} - {frozenset(THEN[0])}
    new = {frozenset(pair) for pair in NOW} - {frozenset(THEN[0])}
    assert (seen.met, seen.apart) == (len(met), 28 - 1 - len(met))
    assert (seen.new_met, seen.new_apart, seen.unknown) == (len(new & met), len(new - met), 0)
    assert seen.share_met == pytest.approx(len(new & met) / len(met)) and seen.reason == ""
    r, p = by_hand()
    assert seen.test.r == pytest.approx(r, abs=1e-12) and seen.test.p == pytest.approx(p, abs=0.03)


def test_everybody_reads_the_same_figures():
    lead = meeting(build(programme(), Scope(wave="w2")))
    assert meeting(build(redact(programme(), "public"), Scope(wave="w2"))) == lead


def test_pairs_of_partners_who_kept_silent_are_unknown_and_not_apart():
    seen = meeting(build(programme(silent="h"), Scope(wave="w2")))
    whole = meeting(build(programme(), Scope(wave="w2")))
    assert seen.unknown > 0 and seen.met + seen.apart + seen.unknown == whole.met + whole.apart


@pytest.mark.parametrize(
    ("tables", "wave", "words"),
    [
        (programme(), "w1", "no earlier wave"),
        (programme(days=[]), "w2", "not recorded"),
        (programme(days=["ab", "cd"]), "w2", f"Fewer than {FEW}"),
        (programme(dated=False), "w2", f"Fewer than {FEW}"),
        (programme(coverage=LOST), "w2", "Two days lost."),
    ],
)  # fmt: skip
def test_where_too_little_is_known_no_test_is_made_and_the_reason_is_said(tables, wave, words):
    seen = meeting(build(tables, Scope(wave=wave)))
    assert words in seen.reason and seen.test.r is None


def test_what_happened_before_the_first_wave_is_no_meeting_that_could_make_a_new_tie():
    before = programme()
    early = before.with_(activities=before.activities.with_columns(starts=date(2023, 1, 1)))
    assert meeting(build(early, Scope(wave="w2"))).met == 0
