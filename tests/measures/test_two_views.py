"""Two views beside each other: which ties each shows, what differs, and how it is said."""

from __future__ import annotations

import pytest

from tests.support.networks import tables
from wtnet.errors import InvalidRequest
from wtnet.measures import two_views
from wtnet.measures.two_views import ComparedView
from wtnet.network import Scope
from wtnet.sentences import two_views as two_views_sentences
from wtnet.tables import Tables

NOW = Scope(wave="w")


@pytest.fixture
def programme() -> Tables:
    """a rates b and c, b rates a; a–b and c–d are documented."""
    return tables(
        "a b c d", ties=[("a", "b", 5), ("c", "d", 2)], ratings=[("w", "a", "b", 2), ("w", "a", "c", 3), ("w", "b", "a", 4)]
    )


def sides(data: Tables, left: ComparedView, right: ComparedView, only: str | None = None) -> list:
    return [(view, two_views.network(data, view, NOW, only)) for view in (left, right)]


def test_what_the_lead_documents_leaves_out_every_rating(programme: Tables) -> None:
    """Documented ties stand with their documented level."""
    net = two_views.network(programme, ComparedView("documented"), NOW)
    assert dict(zip(net.ties["source"] + net.ties["target"], net.ties["strength"], strict=True)) == {"ab": 1.0, "cd": 0.4}


def test_what_one_partner_says_is_its_own_ratings_alone(programme: Tables) -> None:
    """Neither the other side nor a document counts; partners without a tie to it are not there."""
    net = two_views.network(programme, ComparedView("said", "a"), NOW)
    assert list(net.graph) == ["a", "b", "c"]
    assert net.ties["strength"].to_list() == pytest.approx([0.4, 0.6])
    about = two_views.network(programme, ComparedView("about", "a"), NOW)
    assert about.ties["strength"].to_list() == pytest.approx([0.8])


def test_a_partner_that_rated_nobody_stands_alone(programme: Tables) -> None:
    """Its view has itself and no tie."""
    net = two_views.network(programme, ComparedView("said", "d"), NOW)
    assert list(net.graph) == ["d"] and net.ties.height == 0


def test_pairs_say_on_which_side_a_tie_is_and_how_far_both_are_apart(programme: Tables) -> None:
    """a–b: documented 1.0, said 0.4; a–c only said; c–d is not among a's ties."""
    left, right = sides(programme, ComparedView("documented"), ComparedView("said", "a"), "a")
    found = two_views.pairs(left, right)
    assert found.select("source", "target", "state").rows() == [("a", "b", "weaker"), ("a", "c", "only right")]
    assert found["difference"].to_list() == [pytest.approx(-0.6), None]


def test_one_partners_view_is_compared_by_that_partners_measures(programme: Tables) -> None:
    """No response rate or density of what one partner says; its own number of partners instead."""
    found = two_views.measures(*sides(programme, ComparedView("documented"), ComparedView("said", "a"), "a"))
    assert {one.of for one in found} == {"partner"}
    assert [(one.left, one.right) for one in found if one.id == "partners"] == [(1, 2)]


def test_documents_have_no_figures_about_a_survey(programme: Tables) -> None:
    """Response rate and the like are left out where one side is not a survey."""
    with_documents = {one.id for one in two_views.measures(*sides(programme, ComparedView("documented"), ComparedView("all")))}
    assert "response_rate" not in with_documents and "density" in with_documents
    assert "response_rate" in {
        one.id for one in two_views.measures(*sides(programme, ComparedView("wave", "w"), ComparedView("all")))
    }


def test_between_waves_silence_is_not_an_end() -> None:
    """c did not answer in the second wave, so what it said before is unknown there, not gone."""
    data = tables(
        "a b c",
        ratings=[("w1", "c", "a", 3), ("w1", "a", "b", 3), ("w2", "a", "b", 3), ("w2", "b", "c", 3)],
        waves=[("w1", "2024-01-01"), ("w2", "2025-01-01")],
    )
    left, right = [(ComparedView("wave", w), two_views.network(data, ComparedView("wave", w), Scope())) for w in ("w1", "w2")]
    found = {row[:2]: row[2] for row in two_views.pairs(left, right).select("source", "target", "state").rows()}
    assert found["a", "b"] == "alike" and found["a", "c"] == "unknown"


def test_the_same_view_twice_differs_in_nothing(programme: Tables) -> None:
    """No measure and no tie differs."""
    both = sides(programme, ComparedView("all"), ComparedView("all"))
    assert not any(one.differs for one in two_views.measures(*both))
    assert set(two_views.pairs(*both)["state"]) <= {"alike", "unknown"}


@pytest.mark.parametrize("text", ["pilot:gone", "wave:", "said:nobody", "nonsense", "", "all:a"])
def test_a_view_that_is_not_there_is_not_read(programme: Tables, text: str) -> None:
    """A link to something that has gone gives nothing, not an error."""
    assert two_views.parse_view(text, programme) is None


def test_a_view_reads_as_it_was_written(programme: Tables) -> None:
    """Text and view are the same thing."""
    for text in ("all", "documented", "wave:w", "said:a", "about:b"):
        assert two_views.parse_view(text, programme).text() == text


def test_a_view_without_its_partner_is_refused_in_a_sentence(programme: Tables) -> None:
    """The choices are named."""
    with pytest.raises(InvalidRequest, match="choose one of"):
        two_views.network(programme, ComparedView("said"), NOW)


def test_sentences_name_the_largest_differences_and_leave_out_whose_ties_they_are(programme: Tables) -> None:
    """Names of both sides, the other partner, both strengths."""
    left, right = sides(programme, ComparedView("documented"), ComparedView("said", "a"), "a")
    names = ("Documents", "What a says")
    said = two_views_sentences.differences(names, two_views.pairs(left, right), "a")
    assert said[0] == "1 partnership is only in “What a says”: Partner c (0.60)."
    assert said[1] == "1 partnership is weaker in “What a says”: Partner b (1.00 → 0.40)."
    assert two_views_sentences.headline(names, (left[1], right[1]), two_views.pairs(left, right)).endswith("1 is on both.")


def test_nothing_on_either_side_is_said() -> None:
    """Two empty views make one sentence."""
    data = tables("a b")
    left, right = [(ComparedView("all"), two_views.network(data, ComparedView("all"), Scope()))] * 2
    assert "Neither" in two_views_sentences.headline(("A", "B"), (left[1], right[1]), two_views.pairs(left, right))
    assert two_views_sentences.differences(("A", "B"), two_views.pairs(left, right), None) == []
