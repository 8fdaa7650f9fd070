"""Change between two waves: every state, and what silence leaves unknown."""

import datetime as dt
import gc
from weakref import ref

import polars as pl
import pytest

from tests.support.networks import ALL, net, tables
from wtnet.errors import InvalidRequest
from wtnet.measures import catalogue, change, lasting, timeline
from wtnet.measures.pair_states import STATES
from wtnet.network import Scope, at, build

WAVES = [("one", "2024-01-01"), ("two", "2025-01-01")]


def both(partners, ratings, ties=(), scope=ALL):
    network = build(tables(partners, ties, ratings, WAVES), scope)
    return at(network, "one"), network


def state(ratings, ties=(), partners="a b c", scope=ALL):
    found = change.pairs(*both(partners, ratings, ties, scope))
    return {(row["source"], row["target"]): row["state"] for row in found.rows(named=True)}


def test_what_is_worked_out_from_a_network_goes_with_it():
    """Nothing keeps a network that nobody looks at any more: a server that keeps them fills its memory."""
    before, after = both("a b c", [("one", "a", "b", 2), ("two", "a", "b", 3)])
    change.pairs(before, after), lasting.since_baseline(after), catalogue.whole(after), catalogue.partners(after)
    seen = [ref(before), ref(after)]
    del before, after
    gc.collect()
    assert [one() for one in seen] == [None, None]


EVERYONE = [
    ("one", "a", "c", 1),
    ("one", "b", "c", 1),
    ("two", "a", "c", 1),
    ("two", "b", "c", 1),
    ("one", "c", "a", 1),
    ("two", "c", "a", 1),
]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (None, 2, "new"),
        (0, 2, "new"),
        (3, None, "ended"),
        (3, 0, "ended"),
        (2, 3, "stronger"),
        (3, 1, "weaker"),
        (3, 3, "unchanged"),
    ],
)
def test_the_states_where_everyone_answered(first, second, expected):
    """Not named and named as none are the same when both answered."""
    ratings = [(wave, "a", "b", level) for wave, level in (("one", first), ("two", second)) if level is not None]
    assert state([*EVERYONE, *ratings])["a", "b"] == expected


def test_a_difference_below_a_tenth_is_no_change_and_a_tenth_is():
    """Strengths 0.5 and 0.6, whatever the last binary digit says; 0.5 and 0.55 are unchanged."""
    before = [("one", "a", "b", 3), ("one", "b", "a", 2)]
    assert state([*before, ("two", "a", "b", 3), ("two", "b", "a", 3)])["a", "b"] == "stronger"
    after = [("two", "a", "b", 3), ("two", "b", "a", {"level": 2, "contact": "monthly"})]
    assert state([*before, *after])["a", "b"] == "unchanged"


def test_silence_makes_a_missing_tie_unknown_in_either_wave():
    """b rated nobody in the second wave, though others did; and the other way round."""
    named = [("one", "a", "b", 3), ("one", "b", "a", 3), ("two", "c", "b", 2), ("two", "a", "c", 2)]
    assert state(named)["a", "b"] == "unknown"
    swapped = [({"one": "two", "two": "one"}[wave], *rest) for wave, *rest in named]
    assert state(swapped)["a", "b"] == "unknown"


def test_one_report_is_enough_to_compare():
    """b is silent in both, a reports in both."""
    assert state([("one", "a", "b", 2), ("two", "a", "b", 4)])["a", "b"] == "stronger"


def test_a_partner_who_was_not_there_yet_could_not_have_said():
    """c appears in the second wave only: its tie is new."""
    assert state([("one", "a", "b", 2), ("one", "b", "a", 2), ("two", "a", "c", 2), ("two", "b", "a", 2)])["a", "c"] == "new"


def test_a_document_is_never_set_against_reports():
    """Reported in the first wave; in the second only the document speaks, whether b kept silent or rated somebody else."""
    ratings = [("one", "a", "b", 5), ("one", "b", "a", 5), ("two", "a", "c", 2)]
    assert state(ratings, [("a", "b", 1)])["a", "b"] == "no longer rated"
    assert state([*ratings, ("two", "b", "c", 2)], [("a", "b", 1)])["a", "b"] == "no longer rated"
    assert state([("one", "a", "c", 2), ("two", "a", "b", 5)], [("a", "b", 1)])["a", "b"] == "first rated"


def test_what_nobody_rated_in_either_wave_is_documented_only_and_did_not_stay_the_same():
    """Comparing a document with itself would say that the tie stayed as strong as it was."""
    ratings = [("one", "a", "c", 2), ("two", "a", "c", 2), ("one", "b", "c", 2), ("two", "b", "c", 2)]
    assert state(ratings, [("a", "b", 3)])["a", "b"] == "documented only"


def test_waves_without_ratings_are_compared_by_documents():
    """Nobody could have said, so nothing is unknown."""
    ties = [
        ("a", "b", {"level": 2, "started": dt.date(2024, 6, 1)}),
        ("b", "c", {"level": 3, "ended": dt.date(2024, 6, 1)}),
        ("a", "c", 4),
    ]
    assert state([], ties) == {("a", "b"): "new", ("b", "c"): "ended", ("a", "c"): "unchanged"}


def test_a_tie_that_was_named_without_an_answer_is_rated_first_when_somebody_rates_it():
    """It is there in both waves, but nobody knows whether it grew."""
    assert state([("one", "a", "b", {}), ("two", "a", "b", 3)])["a", "b"] == "first rated"


def test_filters_do_not_invent_changes():
    """A least strength that hides the first wave's tie does not make it new."""
    ratings = [*EVERYONE, ("one", "a", "b", 1), ("two", "a", "b", 5)]
    assert state(ratings, scope=Scope(min_strength=0.5))["a", "b"] == "stronger"
    assert state(ratings, scope=Scope(focus=("a",), hops=1))["b", "c"] == "unchanged"


def test_flow_counts_pairs_from_level_to_level():
    """From none to 3, from 2 to 4, from 1 to 1 (two pairs)."""
    before, after = both("a b c", [*EVERYONE, ("two", "a", "b", 3)])
    assert change.flow(before, after).rows() == [("no partnership", "3", 1), ("1", "1", 2)]
    assert change.counts(before, after) == dict.fromkeys(STATES, 0) | {"new": 1, "unchanged": 2}


def test_waves_of_different_data_are_refused():
    """In a sentence."""
    with pytest.raises(InvalidRequest, match="same programme"):
        change.pairs(net("a b"), net("a c"))


def test_a_timeline_follows_the_network_through_the_waves():
    """A row a wave and measure, with an interval where the measure has one and partners enough for it."""
    _, after = both("a b c", [("one", "b", "a", 2), ("one", "a", "b", 4), ("two", "b", "c", 5)])
    whole = timeline.of_network(after.tables, ids=["ties", "density"], draws=100)
    assert whole["value"].to_list() == pytest.approx([1, 1 / 3, 1, 1 / 3])
    assert whole["low"].null_count() == whole["high"].null_count() == 4  # three partners are too few
    ring = [(wave, a, b, 3) for wave in ("one", "two") for a, b in zip("abcdefgh", "bcdefgha", strict=True)]
    _, eight = both("a b c d e f g h", ring)
    whole = timeline.of_network(eight.tables, ids=["ties", "density"], draws=100)
    assert whole["value"].to_list() == pytest.approx([8, 8 / 28, 8, 8 / 28])
    density = whole.filter(pl.col("measure") == "density")
    assert (density["low"] < density["value"]).all() and (density["high"] > density["value"]).all()
    assert whole.filter(pl.col("measure") == "ties")["low"].null_count() == 2


def roster(ratings, ties=(), **waves):
    """The states of pairs with these rosters, one a wave, as text."""
    rows = [{"wave": wave, "organisation": partner} for wave, partners in waves.items() for partner in partners]
    data = tables("a b c", ties, ratings, WAVES, asked=rows)
    found = change.pairs(at(build(data), "one"), at(build(data), "two"))
    return {(row["source"], row["target"]): row["state"] for row in found.rows(named=True)}


def test_a_pair_of_which_neither_was_asked_this_time_has_not_ended():
    """Nobody could have named it; a document that says so ends it."""
    ratings = [*EVERYONE, ("one", "a", "b", 3)]
    two = [("two", "c", "a", 1)]
    before = [rating for rating in ratings if rating[0] == "one"]
    assert roster([*before, *two], one="abc", two="c")["a", "b"] == "unknown"
    ended = ("a", "b", {"ended": dt.date(2024, 6, 1)})
    assert roster([*before, *two], [ended], one="abc", two="c")["a", "b"] == "ended"


def test_what_one_says_ends_a_tie_with_a_partner_that_was_not_asked():
    """a was asked and named others alone; b was not asked, so it kept no silence."""
    ratings = [*EVERYONE, ("one", "a", "b", 3)]
    assert roster(ratings, one="abc", two="ac")["a", "b"] == "ended"
    assert roster([rating for rating in ratings if rating[1] != "b"], one="abc", two="abc")["a", "b"] == "unknown"
