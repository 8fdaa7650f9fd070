"""Kinds and directions of partnerships: what a network says of them, what it leaves out, and how they are drawn."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.frames import frame
from tests.support.networks import net, tables
from wtnet.access import redact
from wtnet.draw.map.large import pack
from wtnet.draw.map.live import message
from wtnet.draw.map.picture import draw
from wtnet.draw.style import arrow_heads, drawn_way, tie_key
from wtnet.errors import InvalidRequest
from wtnet.measures import change
from wtnet.network import Network, Scope, build
from wtnet.tables import own, relationships
from wtnet.ui.map.message import since
from wtnet.ui.parts.colouring import tie_categories

KINDS = dict(zip("abcd", ("museum", "freelancer", "museum", "health_provider"), strict=True))
TIES = [
    ("b", "a", {"relationship": "Funds; shares_space", "direction": "forward", "level": 2}),
    ("a", "b", {"relationship": "shares space"}),
    ("a", "c", {"relationship": "refers to", "direction": "both"}),
    ("c", "d", {"relationship": "refers to", "direction": "none"}),
    ("a", "d", {}),
]


def ties(network: Network) -> dict[str, tuple[str | None, str | None]]:
    return {s + t: (r, d) for s, t, r, d in network.ties.select("source", "target", "relationship", "direction").iter_rows()}


def test_a_pair_has_each_of_its_kinds_once_and_the_way_its_documents_go() -> None:
    """From the first to the second by id, whichever end was written first; none and not said are no way."""
    told = ties(net(KINDS, TIES))
    assert [set(relationships.kinds(told["ab"][0])), told["ab"][1]] == [{"funds", "shares space"}, "backward"]
    assert (told["ac"], told["cd"], told["ad"]) == (("refers to", "both"), ("refers to", None), (None, None))
    assert ties(net("a b", [("a", "b", {"direction": "forward"}), ("b", "a", {"direction": "forward"})]))["ab"] == (None, "both")


def test_kinds_are_alike_but_for_capitals_and_underscores_and_the_most_frequent_stands_first() -> None:
    """A long remark is no kind, and nothing documented is none."""
    given = tables("a b c", [("a", "b", {"relationship": "Refers_to; "}), ("b", "c", {"relationship": "refers to; x"}),
                             ("a", "c", {"relationship": "long " * 30})])  # fmt: skip
    assert relationships.in_use(given) == {"refers to": "Refers to", "x": "X"}
    assert relationships.in_use(tables("a b", [("a", "b")])) == {} and relationships.kinds(" ;; ") == ()


def test_a_filter_by_kind_keeps_the_ties_of_it_and_every_partner() -> None:
    """What is rated alone has no kind; a partner without such a tie stays, so that nobody seems to be gone."""
    given = tables(KINDS, TIES, [("w", "a", "d", 4), ("w", "a", "b", 3)])
    narrowed = build(given, Scope(relationships=("refers to",)))
    assert list(ties(narrowed)) == ["ac", "cd"] and list(narrowed.graph) == list("abcd")
    assert list(ties(build(given, Scope(relationships=("funds", "shares space"))))) == ["ab"]
    both = build(given, Scope(relationships=("funds",)))
    assert both.ties["strength"].to_list() == [0.6]  # what both sides say is of the pair, whatever it does together
    with pytest.raises(InvalidRequest, match="kind of partnership “sells to”; choose one of refers to"):
        build(given, Scope(relationships=("sells to",)))


def test_a_tie_of_another_kind_before_is_not_new() -> None:
    """Waves are compared by all ties: a filter decides which of them are looked at."""
    rows = [("a", "b", {"relationship": "funds", "started": dt.date(2024, 6, 1)}), ("a", "b", {"relationship": "hosts"})]
    given = tables("a b", rows, waves=[("one", "2024-01-01"), ("two", "2025-01-01")])
    sides = [build(given, Scope(wave=wave, relationships=("funds",))) for wave in ("one", "two")]
    assert [side.ties.height for side in sides] == [0, 1]
    assert change.pairs(*sides)["state"].to_list() == ["documented only"] and since("one", *sides) == ["one", [], []]


def test_fields_of_partnerships_filter_and_colour_them() -> None:
    fields = [
        {"table": "partnerships", "id": "region", "label": "Region", "type": "category", "sharing": "partners"},
        {"table": "partnerships", "id": "cost", "label": "Cost", "type": "number", "unit": "GBP"},
    ]
    cell = {"own_fields": own.encode({"region": "North", "cost": "£1,200"}), "sharing": "public"}
    more = {"own_fields": own.encode({"cost": "£300"})}
    given = tables(KINDS, [("a", "b", cell), ("b", "a", more), ("a", "c", more), ("c", "d")], fields=fields)
    assert list(relationships.filters(given)) == ["region=North"]
    assert list(ties(build(given, Scope(tie_fields=("region=North",))))) == ["ab"]
    with pytest.raises(InvalidRequest, match="value of a field of partnerships “cost=£300”"):
        build(given, Scope(tie_fields=("cost=£300",)))
    coloured = tie_categories(build(given), "own-cost")
    assert coloured is not None
    labels = [category.label for category in coloured.used]
    assert labels[coloured.of["a\nb"]].endswith("1,500") and labels[-1] == "not known"  # money is added up
    assert coloured.of["c\nd"] == len(labels) - 1
    seen = redact(given, "partners")
    assert relationships.fields(seen) == {} or relationships.filters(seen) == {"region=North": "Region: North"}
    assert relationships.filters(redact(given, "public")) == {} and relationships.fields(seen, "number") == {}


def test_others_are_given_no_filter_by_kind_where_that_of_a_hidden_partner_is_kept_back() -> None:
    """It would count other ties than the lead's; what is shown of a kind is still drawn."""
    hidden = [{"id": i, "name": i, "kind": k, "sharing": "private" if i == "b" else "public"} for i, k in KINDS.items()]
    given = tables(KINDS, TIES).with_(organisations=frame("organisations", hidden))
    seen = redact(given, "public")
    assert not relationships.tells_all(seen) and relationships.tells_all(given)
    coloured = tie_categories(build(seen), "kind")
    assert coloured is not None
    words = {tie: coloured.used[place].label for tie, place in coloured.of.items()}
    assert sorted(words.values()) == ["Refers to", "Refers to", "kind not recorded", "kind not shown"]


# -- drawn ------------------------------------------------------------------------------------------------------------


def test_an_arrow_goes_as_documented_or_from_the_side_that_alone_says_so() -> None:
    answers = [("w", "a", "b", 3), ("w", "b", "a", 0), ("w", "c", "d", 3), ("w", "d", "c", 2), ("w", "a", "d", 4)]
    edges = net(KINDS, TIES, answers).graph.edges
    assert drawn_way(edges["a", "b"]) == 2 and drawn_way(edges["a", "b"], turned=True) == 1  # documented, whoever says what
    assert drawn_way(edges["a", "c"]) == 3 and drawn_way(edges["c", "d"]) == 0
    assert drawn_way(edges["a", "d"]) == 0  # one side alone was heard: that is no direction
    alone = net("a b", ratings=answers[:2]).graph.edges["a", "b"]
    assert (drawn_way(alone), drawn_way(alone, True)) == (4, 5)


def test_others_see_documented_arrows_and_none_that_tells_what_a_side_answered() -> None:
    given = tables("a b c", [("a", "c", {"direction": "forward"})], [("w", "a", "b", 3), ("w", "b", "a", 0)])
    for audience, expected in (("lead", {1, 4}), ("public", {0, 1})):
        edges = build(redact(given, audience)).graph.edges(data=True)
        assert {drawn_way(tie) for _, _, tie in edges} == expected


def test_arrow_heads_stand_clear_of_both_ends_and_are_left_out_where_there_is_no_room() -> None:
    (tip, *feet), *none = arrow_heads(1, (0, 0), (100, 0), (10, 20), 8)
    assert tip == (80, 0) and {x for x, _ in feet} == {72} and not none
    assert [head[0] for head in arrow_heads(3, (0, 0), (100, 0), (10, 20), 8)] == [(80, 0), (10, 0)]
    assert arrow_heads(0, (0, 0), (9, 9), (0, 0), 3) == [] == arrow_heads(1, (0, 0), (20, 0), (10, 20), 8)


def test_the_map_is_sent_ways_and_categories_of_ties_only_where_there_are_some() -> None:
    spots = {partner: (10.0 * at, 0.0) for at, partner in enumerate(KINDS)}
    plain = net(KINDS, [("a", "b", 3)])
    assert [len(row) for row in message(draw(plain, spots))["edges"]] == [5] and "rrow" not in tie_key(plain)
    network = net(KINDS, TIES)
    colours = tie_categories(network, "kind")
    sent = message(draw(network, spots, tie_colours=colours), tie_legend=colours)
    labels = {(row[0], row[1]): (row[5], sent["tints"][row[6]][0]) for row in sent["edges"]}
    assert labels == {
        (0, 1): (2, "two or more kinds"), (0, 2): (3, "Refers to"), (2, 3): (0, "Refers to"), (0, 3): (0, "kind not recorded"),
    }  # fmt: skip
    assert pack(sent)["tints"] == sent["tints"] and "arrow" in tie_key(network).lower()
