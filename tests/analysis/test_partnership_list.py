"""Partnerships as a list: what is not known is not ranked, and only what is on record puts one at risk."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from tests.support.networks import lines, net
from wtnet.access import redact
from wtnet.analysis.partnership_list import ORDERS, ordered, partnerships
from wtnet.network import Network, at, build
from wtnet.sentences import partnerships as words

WAVES = [("w1", "2024-01-01"), ("w2", "2025-01-01")]


def named(frame, order) -> list[str]:
    return [f"{source}{target}" for source, target in ordered(frame, order).select("source", "target").iter_rows()]


@pytest.fixture(scope="module")
def network() -> Network:
    """a–b rated by both and grown, a–c by one side only, b–c documented, e–f with a freelancer, b–d rated in the first wave."""
    return net(
        {"a": "museum", "b": "museum", "c": "museum", "d": "museum", "e": "museum", "f": "freelancer"},
        ties=[("b", "c", 4), ("e", "f"), ("b", "d", {"continues_after": False})],
        ratings=[
            ("w1", "a", "b", 2), ("w1", "b", "a", 2), ("w2", "a", "b", 5), ("w2", "b", "a", 3), ("w2", "a", "c", 1),
            ("w1", "b", "d", 3),
        ],
        waves=WAVES,
        pilots=[{"id": "p", "name": "P", "lead": "a", "ends": dt.date(2024, 12, 31)}],
        involvements=[{"pilot": "p", "organisation": "b"}],
    )  # fmt: skip


def test_without_a_partnership_every_list_is_empty_and_says_so() -> None:
    """Two partners and nothing between them."""
    alone = net("a b")
    frame = partnerships(alone)
    assert all(ordered(frame, order).is_empty() for order in ORDERS)
    assert words.headline(alone, frame) == "No partnership is known in view in this wave."
    assert words.table(alone, frame).is_empty()


def test_unknown_strength_is_last_whichever_way_the_list_is_turned(network: Network) -> None:
    """Nobody rated b–c, e–f and b–d in the second wave: no order puts them before what is known."""
    frame = partnerships(network)
    assert named(frame, "strongest")[:2] == ["ab", "ac"] and named(frame, "weakest")[:2] == ["ac", "ab"]
    assert set(named(frame, "strongest")[2:]) == set(named(frame, "weakest")[2:]) == {"bc", "bd", "ef"}


def test_one_sided_is_where_both_answered_and_changed_where_both_waves_were_rated(network: Network) -> None:
    """a–c has one answer, so nothing is compared; a–b moved from 0.4 to the mean of 1.0 and 0.6."""
    frame = partnerships(network, at(network, "w1"))
    assert named(frame, "one_sided") == ["ab"] == named(frame, "changed")
    row = ordered(frame, "changed").row(0, named=True)
    assert round(row["changed"], 6) == 0.4 and round(row["apart"], 6) == 0.4


def test_never_rated_is_about_every_wave(network: Network) -> None:
    """b–d was rated in the first wave, so it is not among them in the second."""
    assert set(named(partnerships(network), "never_rated")) == {"bc", "ef"}


def test_at_risk_says_why_and_only_from_what_is_on_record(network: Network) -> None:
    """Only a freelancer; a pilot that ended before the wave (in the first one it ran); a document that says it ends."""
    risks = {f"{row['source']}{row['target']}": row["risks"] for row in partnerships(network).iter_rows(named=True)}
    assert risks == {"ab": ["pilots_ended"], "ac": [], "bc": [], "bd": ["documented_end"], "ef": ["one_person"]}
    first = {f"{row['source']}{row['target']}": row["risks"] for row in partnerships(at(network, "w1")).iter_rows(named=True)}
    assert first["ab"] == []
    assert (
        words.risk_words(["one_person", "documented_end"])
        == "one side's only known partnership, and with one person; documented to end"
    )


def test_a_freelancer_beside_others_is_no_risk_nor_is_one_where_the_record_is_not_complete() -> None:
    """Two museums work with one person and with each other; of an incomplete record nothing is called the only one."""
    kinds = {"a": "museum", "b": "museum", "f": "freelancer"}
    assert not any(partnerships(net(kinds, lines("a-f b-f a-b")))["risks"].list.len())
    assert partnerships(net(kinds, lines("a-f")))["risks"].to_list() == [["one_person"]]
    partial = net(kinds, lines("a-f"), coverage=[{"subject": "partnerships", "state": "partial"}])
    assert partnerships(partial)["risks"].to_list() == [[]]


def test_a_pair_with_one_document_that_goes_on_is_not_documented_to_end() -> None:
    """Every document must say so; one that was over before the wave says nothing."""
    both = net("a b", ties=[("a", "b", {"continues_after": False}), ("a", "b", {"continues_after": True})], waves=WAVES)
    assert partnerships(both)["risks"].to_list() == [[]]
    over = {"continues_after": True, "ended": dt.date(2023, 1, 1)}
    one = net("a b", ties=[("a", "b", over), ("a", "b", {"continues_after": False})], waves=WAVES)
    assert partnerships(one)["risks"].to_list() == [["documented_end"]]


@pytest.mark.usefixtures("every_word")
def test_others_learn_no_answer_and_no_silence_from_the_list(network: Network) -> None:
    """Neither strengths, sides nor changes, nor which were never rated; a word where both rated."""
    seen = build(redact(network.tables, "public"))
    frame = partnerships(seen, at(seen, "w1"))
    assert all(
        frame[name].null_count() == frame.height for name in ("strength", "forward", "backward", "apart", "changed", "rated")
    )
    shown = words.table(seen, frame, "w1")
    assert shown.columns == ["Partner", "Works with", "Strength", "At risk because", "Rests on", "What it is"]
    assert set(shown["Strength"]) <= {"strong", "moderate or mixed", "light", "strength withheld", "–"}
    assert "never rated" not in words.headline(seen, frame) and "1 moderate or mixed where both sides rated" in words.headline(
        seen, frame
    )


def test_a_pair_whose_word_is_kept_back_is_in_no_count_of_words(network: Network) -> None:
    """Of two that alone rated each other the word is kept back, so that it does not tell who kept silent (`measures.doubles`)."""
    seen = build(redact(network.tables, "public"))
    assert words.headline(seen, partnerships(seen)) == "5 partnerships: 3 are at risk."
    assert set(words.table(seen, partnerships(seen))["Strength"]) <= {"strength withheld", "–"}


def test_the_sentence_names_both_ends_and_counts(network: Network) -> None:
    """The strongest, the weakest, how many were never rated, how many are at risk."""
    assert words.headline(network, partnerships(network)) == (
        "5 partnerships: the strongest is Partner a ↔ Partner b (strength 0.80), the weakest Partner a ↔ Partner c (0.20); "
        "2 were never rated; 3 are at risk."
    )


def test_a_reason_of_most_partnerships_at_risk_is_said(network: Network) -> None:
    """After the last day of every pilot most are at risk for that alone; of half of them no reason is the commonest."""
    listed = partnerships(network).head(3)
    most = listed.with_columns(risks=pl.Series([["pilots_ended"], ["pilots_ended", "documented_end"], ["one_person"]]))
    assert words.headline(network, most).endswith("3 are at risk (2: the pilots they share have ended).")
    assert words.headline(network, most.tail(2)).endswith("2 are at risk.")


def test_how_far_apart_is_what_a_subtraction_by_hand_gives(network: Network) -> None:
    """0.926 and 0.924 read 0.93 and 0.92, and 0.01 apart; a side that is not known is apart from nobody."""
    frame = partnerships(network).head(2).with_columns(
        forward=pl.Series([0.926, 0.5]), backward=pl.Series([0.924, None], dtype=pl.Float64)
    )  # fmt: skip
    shown = words.table(network, frame)
    assert shown.select("One says", "The other says", "Apart").rows() == [(0.93, 0.92, 0.01), (0.5, None, None)]
