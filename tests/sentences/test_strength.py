"""Strength in sentences: withheld is no unknown, a word is no number, what nobody rated is in no figure."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from tests.support import attack
from tests.support.networks import tables
from wtnet import access
from wtnet.analysis.association import SOME_RESULTS, Association
from wtnet.measures import catalogue, disclosure
from wtnet.measures.disclosure import Mean
from wtnet.network import Network, Scope, build
from wtnet.sentences import association as association_sentences
from wtnet.sentences import change as change_sentences
from wtnet.sentences import places as places_sentences
from wtnet.sentences import programmes as programmes_sentences
from wtnet.sentences import reach as reach_sentences
from wtnet.sentences import strength
from wtnet.sentences.filters import label, least_word
from wtnet.store import Programme
from wtnet.strength import WORDS
from wtnet.tables import Tables
from wtnet.writers import prepare
from wtnet.writers.html_map import page as html_map


@pytest.fixture(scope="module")
def lead() -> Tables:
    """A generated programme with ties of one side and of both."""
    return attack.programme(1, density=0.5, one_sided=0.3)


@pytest.fixture(scope="module")
def public(lead: Tables) -> Network:
    """The same in its last wave, as everybody sees it."""
    return build(access.redact(lead, "public"))


def test_a_mean_is_a_figure_or_withheld_and_never_both(lead: Tables) -> None:
    """Nothing is said where none is known; the scale only with a figure."""
    network = build(lead)
    assert strength.mean_words(network, Mean(None, 0)) == ""
    assert strength.mean_words(network, Mean(None, 0, "Withheld: so."), scale=True) == "mean strength withheld"
    assert strength.mean_words(network, Mean(0.634, 3), scale=True) == "mean strength 0.63 (0 none, 1 strongest)"


def test_where_nobody_rated_strength_is_called_documented_everywhere(lead: Tables) -> None:
    """In sentences and in labels; with ratings and the choice to count documents, the figure says so."""
    alone = build(lead.with_(ratings=lead.ratings.clear()))
    mean, ties = catalogue.find("mean_strength", "network"), catalogue.find("ties", "network")
    assert strength.label(mean, alone) == "Mean documented strength" and strength.label(ties, alone) == "Partnerships"
    assert strength.mean_words(alone, Mean(0.5, 2)) == "mean documented strength 0.50"
    counted = build(lead, Scope(documents=True))
    assert strength.label(mean, counted) == "Mean strength, documented levels counted too"
    assert strength.mean_words(counted, Mean(0.5, 2)) == "mean strength 0.50 (documented levels counted too)"
    assert strength.label(mean, build(lead)) == "Mean strength"
    assert strength.documented_only(alone) == "" == strength.documented_only(counted)


def test_a_pair_is_told_in_a_word_only_where_both_rated(public: Network) -> None:
    """Everything else is withheld: not "–", which would say that nobody knows."""
    told = {(tie["basis"], strength.pair_words(public, one, other)) for one, other, tie in public.graph.edges(data=True)}
    assert {words for basis, words in told if basis == "both"} <= set(WORDS)
    assert {words for basis, words in told if basis != "both"} == {strength.PAIR_WITHHELD}
    table = strength.in_words(public, public.ties)
    assert table.schema["strength"] == pl.String and not set(strength.LEADS_COLUMNS) & set(table.columns)


def test_ties_of_no_rows_stay_a_table(public: Network) -> None:
    """With its columns."""
    assert strength.in_words(public, public.ties.clear()).columns


def test_response_is_withheld_of_a_choice_that_would_tell_of_one_partner(public: Network) -> None:
    """Without one partner, or round one: the difference would be that partner."""
    assert disclosure.response_reason(public) is None
    first = next(iter(public.graph))
    for scope in (Scope(hidden=(first,)), Scope(focus=(first,), hops=1), Scope(min_strength=0.5)):
        narrow = build(public.tables, replace(scope, wave=public.wave))
        assert disclosure.response_reason(narrow) == disclosure.NARROW
    kind = build(public.tables, Scope(kinds=("museum",)))
    assert disclosure.response_reason(kind) == disclosure.NARROW
    assert disclosure.response_reason(build(public.tables.known, Scope(hidden=(first,)))) is None  # the lead's


def test_programmes_say_for_whom_strength_is_withheld_and_for_whom_unknown() -> None:
    """Both beside a known one; neither is the other."""
    ids = ["mean_strength", "new_share", "continuing_share", "partners"]
    words = dict.fromkeys(("measure", "compared", "why", "kind", "unit"), [""] * 4)
    values = {"A": [0.5, None, None, 9.0], "B": [None, None, None, 9.0], "C": [None, None, None, 9.0]}
    frame = pl.DataFrame({"id": ids} | words | values)
    said = programmes_sentences.headline(frame, [{}, {}, {}], {"mean_strength": {"B": "Withheld: so."}})
    assert said == "Mean strength is 0.50 in A. It is withheld for B. It is not known for C."
    both = programmes_sentences.headline(frame.drop("A", "C"), [{}], {"mean_strength": {"B": "Withheld: so."}})
    assert both == "The mean strength of partnerships is withheld on every side."


def test_a_correlation_that_is_withheld_claims_nothing() -> None:
    """No order, no number of points, no "too few"."""
    hidden = Association("pilot", "change", "joy", "Joy", "higher", pl.DataFrame(), 4, 0, withheld=SOME_RESULTS)
    said = association_sentences.headline(hidden)
    assert said.startswith("How strength goes with “Joy” is withheld: ") and "pilots" not in said and "ρ" not in said
    assert association_sentences.hidden_indicators(1, SOME_RESULTS).startswith("One correlation is withheld")


def test_states_are_told_where_they_are_counted() -> None:
    """For others a pair in both waves is still there; rarer states only where there is such a pair."""
    theirs = {"new": 1, "ended": 0, "still there": 4, "unknown": 2}
    assert change_sentences.to_show(theirs) == ["new", "still there", "ended"]
    mine = dict.fromkeys(("new", "ended", "stronger", "weaker", "unchanged", "first rated", "unknown"), 0)
    assert change_sentences.to_show(mine) == ["new", "stronger", "unchanged", "weaker", "ended"]
    assert "first rated" in change_sentences.to_show(mine | {"first rated": 2})
    assert set(change_sentences.STATES) == set(change_sentences.MEANINGS)


def test_a_group_that_is_withheld_lacks_no_kind() -> None:
    """Nothing is said of it but that it is withheld."""
    cells = {"group": ["Here", "There"], "museum": [1, None], "freelancer": [1, None], "community_group": [1, None]}
    groups = pl.DataFrame(cells | {"health_provider": [1, None], "core_kinds": [4, None], "withheld": [False, True]})
    assert "There" not in reach_sentences.groups_sentence(groups, "place")
    assert reach_sentences.groups_sentence(groups.filter("withheld"), "place") == "What stands here for each place is withheld."
    assert reach_sentences.hidden_groups(1).startswith("1 row is withheld") and "2 rows are" in reach_sentences.hidden_groups(2)


def test_a_tie_of_no_known_length_is_not_no_tie() -> None:
    """Nobody says that two partners have no tie because a place is not known."""
    assert "No partnership has a known length." in places_sentences.headline(2, 3, 1, [None])


def test_a_least_strength_is_said_as_whoever_looks_chose_it(lead: Tables, public: Network) -> None:
    """A number to the lead, a word to others; how strength is worked out is not theirs to choose."""
    assert label(lead, "strength", "0.5") == "Strength 0.5 or more"
    assert (
        label(public.tables, "strength", "0.5") == "Strength: moderate, mixed or strong"
        and label(public.tables, "strength", "x") is None
    )
    assert [least_word(each) for each in (0.1, 1 / 3, 0.34, 2 / 3, 0.7, 1.0)] == [
        WORDS[0], WORDS[0], WORDS[1], WORDS[1], WORDS[2], WORDS[2],
    ]  # fmt: skip
    assert label(lead, "documents", "1") and not label(lead, "documents", "2")
    assert not any(label(public.tables, *rule) for rule in (("documents", "1"), ("pairing", "mean"), ("weights", "1-1-1-1")))


@pytest.mark.parametrize(("sharing", "words"), [("private", strength.PAIR_WITHHELD), ("public", "0.60")])
def test_a_file_says_of_a_pair_what_the_screen_says(sharing: str, words: str) -> None:
    """Of a level that the lead coded and does not share, a file said that nobody knows it."""
    documented = tables("a b", [("a", "b", {"level": 3, "sharing": sharing})])
    export = prepare(Programme("p", "P"), documented, audience="public")
    assert strength.pair_words(export.network, "a", "b") == words
    assert [tie[-1] for _, ties in html_map.content(export)["waves"] for tie in ties] == [words]
