"""GEXF 1.3: held to its schema's rules by hand, read by networkx, with every wave on a timeline and as attributes."""

from __future__ import annotations

import datetime as dt
import io
from xml.etree.ElementTree import Element, fromstring

import networkx as nx
import pytest

from tests.support.exports import alone, export, of, partner
from tests.support.frames import frame
from wtnet import writers
from wtnet.network import Scope
from wtnet.tables import Tables
from wtnet.writers.export import Export

G, V = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
TYPES = {"string", "double", "integer", "boolean"}
NODE = [f"{G}attvalues", f"{G}spells", f"{V}color", f"{V}position", f"{V}size", f"{V}shape"]
EDGE = [f"{G}attvalues", f"{G}spells", f"{V}color", f"{V}thickness", f"{V}shape"]


def root(one: Export) -> Element:
    return fromstring(writers.write("gexf", one))


def read(one: Export) -> nx.Graph:
    return nx.read_gexf(io.BytesIO(writers.write("gexf", one)), version="1.3")


def tables(dates: dict[str, dt.date | None], ratings: list[tuple[str, str, str]]) -> Tables:
    """Partners a, b and c; waves with these dates; (wave, rater, partner) each at level 5."""
    return Tables(
        {
            "organisations": frame("organisations", [partner(one, one.upper()) for one in "abc"]),
            "waves": frame("waves", [{"id": one, "name": one, "date": day} for one, day in dates.items()]),
            "ratings": frame("ratings", [{"wave": w, "rater": r, "partner": p, "level": 5} for w, r, p in ratings]),
        }
    )


THREE = {"w1": dt.date(2024, 1, 1), "w2": dt.date(2024, 7, 1), "w3": dt.date(2025, 1, 1)}


@pytest.mark.parametrize(
    "programme",
    ["example", "hostile", "empty", *(pytest.param(more, marks=pytest.mark.thorough) for more in ("working-together", "alone"))],
)
def test_it_follows_the_rules_of_the_schema(programme: str) -> None:
    """Order of elements, needed attributes, allowed types, ids that are there and stand once, numbers in range."""
    top = root(export(programme))
    assert (top.tag, top.get("version")) == (f"{G}gexf", "1.3")
    meta, graph = list(top)
    assert meta.tag == f"{G}meta" and dt.date.fromisoformat(meta.get("lastmodifieddate", ""))
    assert [child.tag for child in meta] == [f"{G}creator", f"{G}keywords", f"{G}description"]
    *attributes, nodes, edges = list(graph)
    assert {one.tag for one in attributes} == {f"{G}attributes"} and (nodes.tag, edges.tag) == (f"{G}nodes", f"{G}edges")
    assert graph.get("mode") in ("static", "dynamic") and graph.get("defaultedgetype") == "undirected"
    declared: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for one in attributes:
        for attribute in one:
            known = declared[one.get("class", "")]
            assert attribute.get("title") and attribute.get("id") not in known and attribute.get("type") in TYPES
            known[attribute.get("id", "")] = attribute.get("type", "")
    for of_kind, parent, order in (("node", nodes, NODE), ("edge", edges, EDGE)):
        assert int(parent.get("count", "")) == len(parent)
        ids = [one.get("id") for one in parent]
        assert all(ids) and len(set(ids)) == len(ids)
        for one in parent:
            places = [order.index(child.tag) for child in one]
            assert places == sorted(set(places))
            for value in one.iter(f"{G}attvalue"):
                check(value.get("value", ""), declared[of_kind][value.get("for", "")])
            for colour in one.iter(f"{V}color"):
                assert all(0 <= int(colour.get(channel, "")) <= 255 for channel in "rgb")
            for spell in one.iter(f"{G}spell"):
                first, last = spell.get("start"), spell.get("end")
                assert dt.date.fromisoformat(first or "") <= dt.date.fromisoformat(last or "9999-12-31")
    there = {one.get("id") for one in nodes}
    assert all({edge.get("source"), edge.get("target")} <= there for edge in edges)


def check(value: str, kind: str) -> None:
    if kind == "boolean":
        assert value in ("true", "false")
    elif kind != "string":
        assert float(value) == float(value) and (kind == "double" or str(int(value)) == value)


def test_networkx_reads_the_partners_and_ties_of_every_wave() -> None:
    one = export("example")
    graph = read(one)
    assert list(graph) == list(one.network.graph)
    for source, target, tie in one.network.graph.edges(data=True):
        there = graph.edges[source, target]
        assert there.get("weight") == (None if tie["strength"] is None else pytest.approx(tie["strength"], abs=1e-8))
        assert there.get("documented_strength") == tie["documented"]
        assert there["in_wave_end"] is True
    assert 0 < sum("weight" in tie for _, _, tie in graph.edges(data=True)) < graph.number_of_edges()  # some are documents only
    waves = {wave: writers.prepare(one.programme, one.tables, Scope(wave=wave)).network for wave in one.tables["waves"]["id"]}
    assert graph.number_of_edges() == len({frozenset(edge) for wave in waves.values() for edge in wave.graph.edges})
    for wave, network in waves.items():
        here = {frozenset((a, b)) for a, b, there in graph.edges(data=f"in_wave_{wave}") if there}
        assert here == {frozenset(edge) for edge in network.graph.edges}


def test_a_tie_has_a_spell_for_each_run_of_waves_it_is_there_in() -> None:
    """Waves that follow one another make one spell; the last wave stays open; each strength has its own days."""
    both = [(wave, "a", "b") for wave in THREE] + [("w1", "b", "c"), ("w3", "b", "c")]
    graph = read(of(tables(THREE, [*both, ("w2", "a", "c")])))
    assert graph.edges["a", "b"]["spells"] == [("2024-01-01", "None")]
    assert graph.edges["b", "c"]["spells"] == [("2024-01-01", "2024-06-30"), ("2025-01-01", "None")]
    assert graph.edges["a", "c"]["spells"] == [("2024-07-01", "2024-12-31")]
    assert graph.edges["b", "c"]["strength_in_time"] == [(1.0, "2024-01-01", "2024-06-30"), (1.0, "2025-01-01", "None")]


def test_a_tie_of_another_wave_has_no_weight_and_is_marked() -> None:
    graph = read(of(tables(THREE, [("w1", "a", "b"), ("w3", "b", "c")])))
    assert "weight" not in graph.edges["a", "b"] and "strength" not in graph.edges["a", "b"]
    assert graph.edges["a", "b"]["in_wave_w1"] is True and graph.edges["a", "b"]["in_wave_w3"] is False
    assert graph.nodes["c"]["in_wave_w3"] is True and graph.nodes["c"]["in_wave_w1"] is False


def test_waves_without_dates_are_attributes_alone() -> None:
    top = root(of(tables({"w1": None, "w2": None}, [("w1", "a", "b")])))
    assert top.find(f"{G}graph").get("mode") == "static"  # type: ignore[union-attr]
    assert not list(top.iter(f"{G}spell"))
    assert any(value.get("for") == "in_wave_w1" for value in top.iter(f"{G}attvalue"))


def test_two_waves_on_one_day_make_one_spell() -> None:
    same = {"w1": dt.date(2024, 1, 1), "w2": dt.date(2024, 1, 1)}
    graph = read(of(tables(same, [("w1", "a", "b"), ("w2", "a", "b")])))
    assert graph.edges["a", "b"]["spells"] == [("2024-01-01", "None")]


def test_a_wave_called_like_one_of_our_fields_stays_apart() -> None:
    graph = read(of(tables({"time": dt.date(2024, 1, 1), "in_time": dt.date(2025, 1, 1)}, [("time", "a", "b")])))
    assert graph.edges["a", "b"]["strength_in_wave_time"] == 1.0 and len(graph.edges["a", "b"]["strength_in_time"]) == 1


def test_positions_are_those_on_screen_the_same_way_up() -> None:
    one = export("example")
    graph = read(one)
    for name, (x, y) in one.positions.items():
        placed = graph.nodes[name]["viz"]["position"]
        assert (placed["x"], placed["y"]) == (x, -y)


def test_a_partner_without_a_position_or_ties_is_there_all_the_same() -> None:
    made = of(alone())
    graph = read(Export(made.programme, made.tables, made.network, {}, made.made))
    assert list(graph) == ["a"] and "position" not in graph.nodes["a"]["viz"]


def test_what_no_xml_may_hold_is_taken_out_and_ids_stay_apart() -> None:
    """Control characters, half characters and ids that are the same without them."""
    rows = [partner("a", "x\x00\x08\x1b\ufffey"), partner("a\x01", "two"), partner("\x02", "\x03")]
    ties = [{"id": "t", "source": "a", "target": "a\x01"}]
    one = of(Tables({"organisations": frame("organisations", rows), "partnerships": frame("partnerships", ties)}))
    graph = read(one)
    assert graph.number_of_nodes() == 3 and graph.number_of_edges() == 1 and graph.nodes["a"]["label"] == "xy"


def test_names_are_text_and_never_markup() -> None:
    labels = {about["label"] for _, about in read(export("hostile")).nodes(data=True)}
    assert labels == set(export("hostile").tables["organisations"]["name"])
