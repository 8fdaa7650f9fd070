"""Each two kinds beside chance: known answers, nothing by design, and the words of it."""

from __future__ import annotations

import itertools

import polars as pl
import pytest

from tests.support.networks import lines, net
from wtnet.analysis.kind_cells import against_chance
from wtnet.sentences.kind_cells import sentences

KINDS = {**dict.fromkeys("abcdef", "museum"), **dict.fromkeys("uvwxyz", "health_provider")}


def rated(pairs: list[tuple[str, str]], **more):
    """A network in which one side of each pair reports it."""
    return net(KINDS, ratings=[("now", a, b, 3) for a, b in pairs], **more)


def cell(frame: pl.DataFrame, a: str, b: str) -> dict:
    return frame.row(by_predicate=(pl.col("kind_a") == a) & (pl.col("kind_b") == b), named=True)


def test_every_museum_with_every_clinic_and_nothing_else_is_more_than_chance() -> None:
    """36 of 66 pairs: dealt out anew each pair crosses 36 times in 66."""
    frame = against_chance(rated(list(itertools.product("abcdef", "uvwxyz"))), 400)
    first = frame.row(0, named=True)
    assert (first["kind_a"], first["kind_b"], first["tested"], first["by_design"]) == ("museum", "health_provider", 36, 0)
    assert first["expected"] == pytest.approx(36 * 36 / 66, abs=0.5) and first["p_holm"] < 0.05
    assert cell(frame, "museum", "museum")["tested"] == 0
    assert "more than chance" in sentences(frame)[0]


def test_all_pairs_tied_is_what_chance_gives() -> None:
    """Whatever the kinds, a complete network has the same cells."""
    frame = against_chance(rated(list(itertools.combinations(KINDS, 2))), 200)
    assert set(frame["p"]) == {1.0} and "no clear difference" in sentences(frame)[0]


def test_partnerships_within_a_pilot_are_counted_and_not_tested() -> None:
    """All of them are in one pilot: nothing is left to test, and the sentence says so."""
    pairs = list(itertools.product("abcdef", "uvwxyz"))
    pilots = [{"id": "p", "name": "P", "lead": "a"}]
    involved = [{"pilot": "p", "organisation": partner} for partner in KINDS]
    frame = against_chance(rated(pairs, pilots=pilots, involvements=involved), 100)
    first = frame.row(0, named=True)
    assert (first["ties"], first["by_design"], first["tested"], first["p"]) == (36, 36, 0, None)
    assert sentences(frame) == ["There are too few partnerships outside the pilots to set each two kinds beside chance."]


def test_documents_alone_and_no_partnership_are_not_tested() -> None:
    """Which there are depends on what was written down."""
    assert not against_chance(net(KINDS, lines("a-u b-v"))).height
    assert not against_chance(rated([])).height and sentences(against_chance(rated([]))) == []


def test_a_cell_that_chance_hardly_fills_is_not_tested() -> None:
    """Two partnerships among twelve partners: fewer than one expected in a cell."""
    frame = against_chance(rated([("a", "u"), ("b", "v")]), 200)
    assert cell(frame, "museum", "museum")["p"] is None


def test_a_p_that_is_clear_only_by_itself_is_not_called_clear() -> None:
    """The sentence goes by Holm's p."""
    frame = against_chance(rated(list(itertools.product("abcdef", "uvwxyz"))), 400)
    unsure = frame.with_columns(p_holm=pl.lit(0.2))
    assert "no clear difference" in sentences(unsure)[0] and "no two stand out" in sentences(unsure)[1]
