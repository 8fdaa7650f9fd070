"""The map: every partner and tie drawn as data, with width by strength and dashes where not both sides spoke."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from tests.support.exports import shipped
from wtnet.draw.map.live import message
from wtnet.draw.map.picture import LARGE, SMALL, draw
from wtnet.draw.style import tie_width
from wtnet.measures import change
from wtnet.network import Scope, build
from wtnet.tables import Tables, schema
from wtnet.ui.map.message import since

HOSTILE = "<img src=x onerror=alert(1)>"


def tables(partners: list[str], ties: list[tuple[str, str, int | None]]) -> Tables:
    def frame(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
        declared = schema.SCHEMAS[table].polars()
        return pl.DataFrame([{name: row.get(name) for name in declared} for row in rows], schema=declared)

    return Tables(
        {
            "organisations": frame("organisations", [{"id": p, "name": f"{p} {HOSTILE}", "kind": "museum"} for p in partners]),
            "partnerships": frame(
                "partnerships", [{"id": f"{a}{b}", "source": a, "target": b, "level": level} for a, b, level in ties]
            ),
        }
    )


def sent(
    partners: list[str], ties: list[tuple[str, str, int | None]], sizes: dict[str, float | None] | None = None
) -> dict[str, Any]:
    network = build(tables(partners, ties))
    return message(draw(network, {p: (10.4 * i, -3.0) for i, p in enumerate(partners)}, sizes))


def test_an_empty_network_gives_an_empty_message() -> None:
    """No partners: no nodes, no ties, no kinds, and no error."""
    said = sent([], [])
    assert (said["nodes"], said["edges"], said["kinds"]) == ([], [], [])


def test_partners_without_ties_are_drawn_where_they_were_placed() -> None:
    """Positions are whole units; without sizes all are alike."""
    said = sent(["a", "b"], [])
    assert [node[3:5] for node in said["nodes"]] == [[0, -3], [10, -3]]
    assert len({node[5] for node in said["nodes"]}) == 1


def test_names_travel_as_data_and_nothing_is_made_of_them() -> None:
    """The name is one JSON string, to the letter; no other field holds it."""
    said = sent(["a"], [])
    assert said["nodes"][0][1] == f"a {HOSTILE}"
    assert json.dumps(said, ensure_ascii=False).count(HOSTILE) == 1


def test_a_tie_nobody_rated_is_dashed_and_an_unknown_strength_has_no_class() -> None:
    """Documented ties are drawn apart; level 5 is the strongest class, no level none at all."""
    said = sent(["a", "b", "c"], [("a", "b", 5), ("b", "c", None)])
    assert [edge[3:] for edge in said["edges"]] == [[4, 2], [None, 2]]
    assert said["edges"][0][2] == tie_width(1.0) > said["edges"][1][2] == tie_width(None)


def test_size_is_by_area_and_unknown_is_smallest() -> None:
    """The largest value has the largest circle, a quarter of it half the way in radius."""
    said = sent(["a", "b", "c", "d"], [], {"a": 4.0, "b": 0.0, "c": 1.0, "d": None})
    assert [node[5] for node in said["nodes"]] == [LARGE, SMALL, (SMALL + LARGE) / 2, SMALL]


def test_the_example_is_a_message_of_a_few_kilobytes() -> None:
    """66 partners and some 300 ties stay well under 25 KB."""
    network = build(shipped("example")[1], Scope())
    said = message(draw(network, dict.fromkeys(network.graph, (0.0, 0.0))))
    assert len(said["nodes"]) == 66 and len(json.dumps(said)) < 25_000
    assert any(edge[4] for edge in said["edges"]) and not all(edge[4] for edge in said["edges"])


def test_new_and_ended_ties_are_sent_apart_by_their_places_and_what_nobody_could_tell_is_neither() -> None:
    """Shared Light between midpoint and end: 55 new, 4 ended, 17 unknown; a new tie stands by its place among the edges."""
    tables = shipped("example")[1]
    before, after = (build(tables, Scope(wave=wave)) for wave in ("midpoint", "end"))
    name, fresh, ended = since("Midpoint", before, after)
    found = change.pairs(before, after)
    new = {frozenset(pair) for pair in found.filter(state="new").select("source", "target").iter_rows()}
    edges, nodes = list(after.graph.edges), list(after.graph)
    assert name == "Midpoint" and {frozenset(edges[at]) for at in fresh} == new and len(fresh) == 55
    assert len(ended) == 4 and not any(after.graph.has_edge(nodes[a], nodes[b]) for a, b in ended)
    strict = build(tables, Scope(wave="end", min_strength=0.9))
    assert since("Midpoint", before, strict)[2] == []
