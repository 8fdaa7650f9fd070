"""Reports: who said what, by hand."""

import datetime as dt

import pytest

from tests.support.networks import lines, net
from wtnet.measures import catalogue, survey_record, survey_reports
from wtnet.network import Scope


def test_trust_received_is_the_mean_of_the_ratings_received():
    """4-4-4 from one, 2 from another, none from a third: (4 + 2) / 2 on the scale of 1 to 4."""
    network = net(
        "a b c d",
        ratings=[
            ("w", "b", "a", {"reliability": 4, "mission": 4, "openness": 4, "influence": 1}),
            ("w", "c", "a", {"openness": 2}),
            ("w", "d", "a", {"level": 3}),
            ("w", "a", "b", {"reliability": 1}),
        ],
    )
    assert survey_reports.trust_received(network) == {"a": 3, "b": 1, "c": None, "d": None}
    assert survey_reports.value_received(network) == {"a": 1, "b": None, "c": None, "d": None}
    assert catalogue.rows(network, "trust_received", "a")["rater"].to_list() == ["b", "c"]


def test_agreement_is_over_ties_that_both_sides_rated():
    """0.6 against 0.8 and 0.2 against 0.2: 0.8 and 1."""
    rows = [("w", "a", "b", 3), ("w", "b", "a", 4), ("w", "a", "c", 1), ("w", "c", "a", 1), ("w", "a", "d", 5)]
    network = net("a b c d", ratings=rows)
    assert survey_reports.agreement(network) == pytest.approx({"a": 0.9, "b": 0.8, "c": 1, "d": None})
    assert survey_reports.mean_agreement(network) == pytest.approx(0.9)
    assert survey_record.one_sided_ties(network) == 1
    assert catalogue.rows(network, "agreement", "a").height == 2


def test_response_counts_those_who_could_have_said():
    """a rated, b was rated, c has an active partnership; d has one that is over, e nothing: 1 of 3."""
    network = net(
        "a b c d e",
        [("c", "b", 2), ("d", "b", {"ended": dt.date(2023, 1, 1)})],
        [("w", "a", "b", 0)],
        [("w", "2024-01-01")],
    )
    assert survey_reports.responded(network) == {"a": True, "b": False, "c": False, "d": None, "e": None}
    assert survey_record.response_rate(network) == pytest.approx(1 / 3)


def test_a_filter_does_not_make_anyone_silent():
    """a rated only b; with b out of view a has still answered."""
    kinds = {"a": "museum", "b": "funder", "c": "museum"}
    network = net(kinds, ratings=[("w", "a", "b", 3), ("w", "b", "c", 2)], scope=Scope(kinds=("museum",)))
    assert survey_reports.responded(network) == {"a": True, "c": False}
    assert survey_record.response_rate(network) == 0.5


def test_reciprocity_leaves_out_pairs_with_someone_silent():
    """a–b both ways, a–c one way though c answered, a–d one way but d is silent: 1 of 2. None is no tie."""
    rows = [
        ("w", "a", "b", 3),
        ("w", "b", "a", 2),
        ("w", "a", "c", 1),
        ("w", "c", "a", 0),
        ("w", "a", "d", 5),
        ("w", "b", "c", 0),
    ]
    assert survey_reports.reciprocity(net("a b c d", ratings=rows)) == 0.5


def test_ties_unknown_counts_pairs_without_a_tie_that_silence_could_hide():
    """d is silent: of its pairs with a, b, c one is a tie, so two are unknown; e was never named, so not asked."""
    rows = [("w", "a", "d", 3), ("w", "b", "a", 2), ("w", "c", "a", 2)]
    assert survey_record.ties_unknown(net("a b c d", ratings=rows)) == 2
    assert survey_record.ties_unknown(net("a b c d e", ratings=rows)) == 2
    assert survey_record.ties_unknown(net("a b", lines("a-b"))) is None


def test_with_a_roster_response_and_unknown_pairs_are_counted_among_those_asked():
    """a, b and d were asked and d is silent: of its pairs with a and b one is a tie; c, rated by a, was not asked."""
    rows = [("w", "a", "d", 3), ("w", "b", "a", 2), ("w", "a", "c", 2)]
    network = net("a b c d", ratings=rows, asked=[{"wave": "w", "organisation": name} for name in "abd"])
    assert survey_reports.responded(network) == {"a": True, "b": True, "c": None, "d": False}
    assert survey_record.response_rate(network) == pytest.approx(2 / 3)
    assert survey_record.ties_unknown(network) == 1


def test_a_survey_that_nobody_has_answered_yet_has_a_rate_of_0_and_every_pair_unknown():
    """Three were asked; one of their pairs is documented."""
    network = net("a b c d", lines("a-b"), waves=["w"], asked=[{"wave": "w", "organisation": name} for name in "abc"])
    assert (survey_record.response_rate(network), survey_record.ties_unknown(network)) == (0, 2)


def test_the_rows_behind_one_tie_are_its_ratings():
    """Both directions, with names and the words they chose."""
    network = net("a b c", ratings=[("w", "a", "b", {"contact": "daily"}), ("w", "b", "a", 2), ("w", "a", "c", 3)])
    found = catalogue.rows(network, "strength", "a", "b")
    assert found.select("rater_name", "contact_word", "strength").rows() == [("Partner a", "daily", 1), ("Partner b", None, 0.4)]
