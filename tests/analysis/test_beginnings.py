"""What goes before new partnerships: rates by hand, what is not known left out, and the words of it."""

from __future__ import annotations

import itertools
from dataclasses import replace

import polars as pl
import pytest

from tests.support.networks import tables
from wtnet.analysis.beginnings import Beginnings, beginnings
from wtnet.analysis.mrqap import Coefficient, Regression
from wtnet.network import Scope, build
from wtnet.sentences.beginnings import sentences

NAMES = "abcdefghij"


def programme(first: str, second: str, silent: str = ""):
    """Two waves of pairs written "ab cd"; `silent` partners answer in the first alone."""
    ratings = [("one", a, b, 3) for a, b in first.split()] + [("one", b, a, 3) for a, b in first.split()]
    ratings += [("two", *pair, 3) for a, b in second.split() for pair in ((a, b), (b, a)) if pair[0] not in silent]
    ratings += [(wave, partner, NAMES[(NAMES.index(partner) + 5) % 10], 0) for wave in ("one", "two") for partner in NAMES
                if not (wave == "two" and partner in silent)]  # fmt: skip
    whole = tables(" ".join(NAMES), ratings=ratings, waves=[("one", "2024-01-01"), ("two", "2025-01-01")])
    return build(whole, Scope(wave="two"))


def test_rates_with_and_without_two_shared_partners_by_hand() -> None:
    """a and b share c and d, as c and d share a and b; of the two open pairs one begins, of the others one of 39."""
    found = beginnings(programme("ac ad bc bd", "ac ad bc bd ab ef"), draws=49)
    row = found.rates.row(by_predicate=pl.col("what") == "partners", named=True)
    assert (row["pairs"], row["began"], row["pairs_others"], row["began_others"]) == (2, 1, 39, 1)
    assert row["times"] == pytest.approx((1 / 2) / (1 / 39)) and (found.pairs, found.began) == (41, 2)


def test_pairs_that_nobody_could_speak_of_are_left_out() -> None:
    """Where e keeps silent in the second wave, none of its pairs without a partnership is followed."""
    whole = beginnings(programme("ac ad bc bd", "ac ad bc bd ab"), draws=19)
    part = beginnings(programme("ac ad bc bd", "ac ad bc bd ab", silent="e"), draws=19)
    assert whole.pairs - part.pairs == 9


def test_one_wave_or_few_partners_give_a_reason() -> None:
    """No rates, a sentence."""
    network = programme("ab", "ab")
    first = build(network.tables, Scope(wave="one"))
    assert "Two waves" in sentences(beginnings(first))[0] and not beginnings(first).rates.height
    few = build(network.tables, Scope(wave="two", hidden=tuple("defghij")))
    assert "there are 3" in sentences(beginnings(few))[0]


def test_pairs_that_close_a_triangle_are_told_to_begin_more_often() -> None:
    """Every open pair with two shared partners begins, and a few others."""
    ring = [a + b for a, b in zip(NAMES, NAMES[1:] + NAMES[0], strict=True)]
    second = [a + b for a, b in zip(NAMES, NAMES[2:] + NAMES[:2], strict=True)]
    closing = [a + b for a, b in zip(NAMES, NAMES[3:] + NAMES[:3], strict=True)]
    found = beginnings(programme(" ".join(ring + second), " ".join(ring + second + closing[:8] + ["af"])), draws=49)
    row = found.rates.row(by_predicate=pl.col("what") == "partners", named=True)
    assert row["rate"] > row["rate_others"]
    told = " ".join(sentences(found))
    assert f"Of {found.pairs} pairs that did not work together in one wave, 9 did in the next." in told


def rate(**more) -> pl.DataFrame:
    row = {"what": "partners", "two partners": "share 2 or more partners", "pairs": 100, "began": 30, "pairs_others": 400,
           "began_others": 40, "rate": 0.3, "rate_others": 0.1, "times": 3.0, "low": 2.1, "high": 4.2} | more  # fmt: skip
    return pl.DataFrame([row], infer_schema_length=None)


def test_times_as_likely_is_told_with_both_rates_and_its_interval() -> None:
    """And neither where 1 lies in the interval nor where hardly any began."""
    told = sentences(Beginnings(rate(), 500, 70))
    assert (
        "Pairs that share 2 or more partners were 3.0 times as likely to begin (30% against 10%; 95% interval 2.1 to 4.2)."
        in told
    )
    unsure = " ".join(sentences(Beginnings(rate(low=0.9), 500, 70)))
    assert "times as likely" not in unsure and "No clear difference" in unsure
    few = " ".join(sentences(Beginnings(rate(began=3), 500, 43)))
    assert "times as likely" not in few and "Too few began" in few
    assert "need not have brought it about" in told[-1]


def test_with_all_weighed_at_once_only_what_stands_out_is_told() -> None:
    """Holm's p decides."""
    both = pl.concat([rate(), rate(**{"what": "pilot", "two partners": "share a pilot"})])
    fit = Regression((Coefficient("partners", 1.0, 4.0, 0.001), Coefficient("pilot", 0.2, 1.0, 0.3)), 0.0, 500, 999)
    told = " ".join(sentences(Beginnings(both, 500, 70, fit)))
    assert "it still counts that they share 2 or more partners." in told
    none = replace(fit, coefficients=(Coefficient("partners", 1.0, 2.0, 0.04), Coefficient("pilot", 0.2, 1.0, 0.3)))
    assert "none of them stands out by itself" in " ".join(sentences(Beginnings(both, 500, 70, none)))


def test_nothing_to_follow_is_a_sentence() -> None:
    """Everybody worked with everybody from the start."""
    pairs = " ".join(a + b for a, b in itertools.combinations(NAMES, 2))
    assert "There is no pair" in sentences(beginnings(programme(pairs, pairs), draws=9))[0]
