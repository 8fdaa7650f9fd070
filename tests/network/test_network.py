"""The network: what is in scope, and what is refused."""

import datetime as dt

import networkx as nx
import pytest

from tests.support.frames import frame
from tests.support.networks import lines, net, tables
from wtnet.errors import InvalidRequest
from wtnet.network import AskedPartners, Scope, answers, asked, build, silent
from wtnet.tables.model import Tables

FOUR = {"m": "museum", "f": "freelancer", "g": "community_group", "h": "health_provider"}


def test_nothing_at_all_is_an_empty_network():
    """No tables, no nodes, no wave."""
    network = build(Tables())
    assert (network.graph.number_of_nodes(), network.ties.height, network.wave) == (0, 0, None)


def test_partners_without_ties_are_there_in_their_order():
    """Isolates included; attributes are plain values, None where unknown."""
    network = net("z a m")
    assert list(network.graph) == ["z", "a", "m"]
    assert network.graph.nodes["z"] == {"name": "Partner z", "kind": "museum", "place": None}


def test_an_edge_carries_all_that_is_known_of_the_tie():
    """Strength, basis, agreement and the parts; unknown is None."""
    edge = net("a b", lines("b-a", 3)).graph.edges["a", "b"]
    assert (edge["strength"], edge["basis"], edge["agreement"], edge["level"]) == (0.6, "documented", None, 3)


def test_a_wave_keeps_to_itself():
    """Ratings of other waves, and documents not active on its date, play no part."""
    data = tables(
        "a b c d",
        [("c", "d", {"level": 2, "started": dt.date(2024, 6, 1)})],
        [("one", "a", "b", 5), ("two", "a", "c", 1)],
        [("one", "2024-01-01"), ("two", "2025-01-01")],
    )
    assert set(build(data, Scope(wave="one")).graph.edges) == {("a", "b")}
    assert set(build(data).graph.edges) == {("a", "c"), ("c", "d")}
    assert build(data).directed["partner"].to_list() == ["c"]


def test_filters_by_kind_and_pilot_drop_partners_and_what_touches_them():
    """Leads and those involved belong to a pilot."""
    more = {
        "pilots": [{"id": "p", "name": "P", "lead": "m"}, {"id": "q", "name": "Q"}],
        "involvements": [{"pilot": "p", "organisation": "f"}, {"pilot": "q", "organisation": "h"}],
    }
    data = tables(FOUR, lines("m-f m-g g-h"), [("w", "m", "h", 3)], **more)
    assert list(build(data, Scope(kinds=("museum", "health_provider"))).graph) == ["m", "h"]
    inside = build(data, Scope(pilots=("p",)))
    assert (list(inside.graph), inside.ties.height, inside.directed.height) == (["m", "f"], 1, 0)
    assert list(build(data, Scope(pilots=("p", "q"), kinds=("freelancer", "health_provider"))).graph) == ["f", "h"]


def test_min_strength_leaves_out_weaker_and_unknown_ties_but_no_partner():
    """Exactly as strong stays."""
    network = net("a b c d", [("a", "b", 2), ("a", "c", 3), ("a", "d")], scope=Scope(min_strength=0.6))
    assert set(network.graph.edges) == {("a", "c")}
    assert list(network.graph) == list("abcd")


@pytest.mark.parametrize(("hops", "near"), [(0, "c"), (1, "bcd"), (2, "abcd"), (3, "abcd")])
def test_focus_keeps_who_is_near(hops, near):
    """Steps along ties; who cannot be reached is left out."""
    assert "".join(net("a b c d e", lines("a-b b-c c-d"), scope=Scope(focus=("c",), hops=hops)).graph) == near


def test_a_focus_keeps_the_ties_and_answers_between_those_who_are_near_and_nothing_else():
    """Whether or not the network without it is at hand, which stays beside it as it was."""
    data = tables("a b c d e", lines("d-e"), [("w", "a", "b", 5), ("w", "c", "b", 2), ("w", "c", "d", 3), ("w", "e", "a", 0)])
    whole, scope = build(data), Scope(focus=("b",))
    for network in (build(data, scope), build(data, scope, whole)):
        assert set(network.graph.edges) == {("a", "b"), ("b", "c")} and network.ties.height == 2
        assert network.directed.select("rater", "partner").rows() == [("a", "b"), ("c", "b")]
        assert network.scope == scope and network.graph.graph["wave"] == "w"
        assert network.whole and network.whole.ties.equals(whole.ties) and network.whole.scope == Scope()
    assert whole.graph.number_of_edges() == 4 and whole.whole is None


def test_focus_on_a_partner_that_a_filter_leaves_out_shows_nobody():
    """The filters come first."""
    assert not net(FOUR, scope=Scope(kinds=("museum",), focus=("f",))).graph


@pytest.mark.parametrize(
    "scope",
    [
        Scope(wave="x"),
        Scope(kinds=("castle",)),
        Scope(pilots=("x",)),
        Scope(focus=("x",)),
        Scope(hops=4),
        Scope(hops=True),
        Scope(pairing="x"),
        Scope(min_strength=float("nan")),
        Scope(min_strength=1.5),
    ],
)
def test_what_does_not_exist_is_refused_in_a_sentence(scope):
    """With what to do instead."""
    with pytest.raises(InvalidRequest, match=r"(choose|have none).*\.$"):
        build(tables("a b", ratings=[("w", "a", "b", 1)]), scope)


def test_scopes_that_are_equal_are_one_key():
    """Lists become tuples, so a scope can key a cache."""
    assert hash(Scope(kinds=["museum"])) == hash(Scope(kinds=("museum",)))  # type: ignore[arg-type]


def test_an_open_wave_is_not_looked_at_unless_it_is_named():
    """A few answers to a new survey are not the network."""
    data = tables("a b c", ratings=[("one", "a", "b", 3), ("two", "a", "c", 3)])
    opened = data.with_(waves=frame("waves", {"id": "one", "name": "One"}, {"id": "two", "name": "Two", "status": "open"}))
    assert (build(data).wave, build(opened).wave, build(opened, Scope(wave="two")).wave) == ("two", "one", "two")


def test_without_a_roster_those_who_could_have_said_something_are_assumed():
    """Those rated or in an active partnership could have; those who rated did; others were not asked."""
    data = tables("a b c d e", lines("c-d"), [("w", "a", "b", 0)])
    assert answers(data, "w") == {"a": True, "b": False, "c": False, "d": False}
    assert asked(data, "w") == AskedPartners(("a", "b", "c", "d"), known=False)
    assert asked(data, None) == AskedPartners((), known=False)


def test_where_neither_a_roster_nor_an_answer_says_so_nobody_was_asked():
    """A reporting date is no survey that everybody ignored."""
    data = tables("a b", lines("a-b"), waves=["w"])
    assert (asked(data, "w"), silent(data, "w")) == (AskedPartners((), known=False), set())


def test_a_roster_says_who_was_asked_whatever_is_documented():
    """c and d work together, and b was rated, but only a and e were asked; e has not answered."""
    roster = [{"wave": "w", "organisation": "e"}, {"wave": "w", "organisation": "a"}, {"wave": "v", "organisation": "c"}]
    data = tables("a b c d e", lines("c-d"), [("w", "a", "b", 3)], asked=roster)
    assert asked(data, "w") == AskedPartners(("a", "e"), known=True)
    assert (answers(data, "w"), silent(data, "w")) == ({"a": True, "e": False}, {"e"})


def test_whoever_answers_counts_as_asked_and_a_stranger_on_the_roster_does_not():
    """Answered is never more than asked; a partner that is not in the programme cannot be counted."""
    roster = [{"wave": "w", "organisation": name} for name in ("b", "nobody")]
    assert answers(tables("a b", (), [("w", "a", "b", 3)], asked=roster), "w") == {"a": True, "b": False}


def test_a_roster_without_an_answer_yet_is_a_survey_nobody_has_answered():
    """Not a wave nobody was asked in; and of one partner, a roster of one."""
    data = tables("a b", lines("a-b"), waves=["w"], asked=[{"wave": "w", "organisation": "a"}])
    assert (asked(data, "w"), silent(data, "w")) == (AskedPartners(("a",), known=True), {"a"})


ENDED = {"ended": dt.date(2023, 1, 1)}


@pytest.mark.parametrize(
    ("documents", "level", "counted"),
    [
        ([("c", "b", ENDED)], 0, False),  # it has left, and all that is said of it is "no tie"
        ([("c", "b", ENDED)], 2, True),  # somebody still works with it
        ([("c", "b", ENDED), ("c", "d")], 0, True),  # another partnership goes on
        ([], 0, True),  # nothing says that it has left
    ],
)
def test_a_partner_that_has_left_is_not_assumed_to_have_been_asked(documents, level, counted):
    """All its partnerships ended before the wave, and nobody reports a tie with it."""
    data = tables("a b c d", documents, [("w", "a", "c", level)], [("w", "2024-01-01")])
    assert ("c" in silent(data, "w")) == counted


def test_row_order_does_not_matter():
    """The same ties from rows in any order."""
    rows = [("w", "a", "b", 5), ("w", "b", "a", 1), ("w", "c", "a", 2)]
    one, two = net("a b c", ratings=rows), net("a b c", ratings=rows[::-1])
    assert one.ties.equals(two.ties)
    assert nx.utils.graphs_equal(one.graph, two.graph)
