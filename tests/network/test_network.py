"""The network: what is in scope, and what is refused."""

import datetime as dt

import networkx as nx
import pytest

from tests.support.networks import lines, net, tables
from wtnet.errors import InvalidRequest
from wtnet.network import Scope, answers, build, latest
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


def test_the_latest_wave_is_by_date_then_by_row():
    """A wave without a date comes first."""
    assert latest(tables("a", waves=[("late", "2025-01-01"), ("early", "2024-01-01"), "undated"])) == "late"
    assert latest(tables("a", waves=["one", "two"])) == "two"
    assert latest(Tables()) is None


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


def test_who_answered_a_wave():
    """Those rated or in an active partnership could have; those who rated did; others were not asked."""
    data = tables("a b c d e", lines("c-d"), [("w", "a", "b", 0)])
    assert answers(data, "w") == {"a": True, "b": False, "c": False, "d": False}
    assert answers(data, None) == {}


def test_row_order_does_not_matter():
    """The same ties from rows in any order."""
    rows = [("w", "a", "b", 5), ("w", "b", "a", 1), ("w", "c", "a", 2)]
    one, two = net("a b c", ratings=rows), net("a b c", ratings=rows[::-1])
    assert one.ties.equals(two.ties)
    assert nx.utils.graphs_equal(one.graph, two.graph)
