"""What a tie is comes back from every format: its kinds, its way and the lead's own fields, partnership by partnership."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from xml.etree import ElementTree

import networkx as nx
import polars as pl
import pytest
from openpyxl import load_workbook

from tests.support.networks import tables
from wtnet import writers
from wtnet.importing import bring
from wtnet.network import Scope
from wtnet.store import Programme
from wtnet.tables import Tables, own

FIELDS = [
    {"table": "organisations", "id": "region", "label": "Region", "type": "category"},
    {"table": "organisations", "id": "budget", "label": "Budget", "type": "number"},
    {"table": "organisations", "id": "tags", "label": "Tags", "type": "several"},
    {"table": "partnerships", "id": "cost", "label": "Cost", "type": "number"},
    {"table": "partnerships", "id": "note", "label": "Note", "type": "text"},
]
ONE_WAY = [
    (
        "a",
        "b",
        {"relationship": "refers to", "direction": "forward", "own_fields": own.encode({"cost": "200", "note": "on Mondays"})},
    ),
    ("b", "a", {"relationship": "funds", "direction": "forward", "own_fields": own.encode({"cost": "300"})}),
    ("c", "a", {"relationship": "funds; hosts", "direction": "forward"}),
]
MIXED = [
    *ONE_WAY,
    ("b", "c", {"relationship": "shares space", "direction": "both"}),
    ("a", "d", {"relationship": "meets"}),
    ("c", "d"),
]
FORMATS = ("kumu", "kumu-json", "gephi", "gexf", "graphml")


def programme(ties: list) -> Tables:
    made = tables({"a": "museum", "b": "health_provider", "c": "funder", "d": "freelancer"}, ties, fields=FIELDS)
    cells = [
        own.encode({"region": "North", "budget": "1200", "tags": "arts | health"}),
        own.encode({"budget": "0.5"}),
        None,
        None,
    ]
    return made.with_(organisations=made.organisations.with_columns(own_fields=pl.Series(cells, dtype=pl.String)))


def written(format: str, ties: list, **narrowed: tuple[str, ...]) -> bytes:
    return writers.write(format, writers.prepare(Programme(id="p", name="P"), programme(ties), Scope(**narrowed)))


def told(tables: Tables) -> list[tuple[str, ...]]:
    """Every partnership as it goes: from, to (sorted where it goes no way or both), kinds, way, fields."""
    rows = []
    for source, target, kinds, way, cell in tables.partnerships.select(
        "source", "target", "relationship", "direction", "own_fields"
    ).iter_rows():
        ends = (source, target) if way == "forward" else tuple(sorted((source, target)))
        rows.append((*ends, kinds or "", way or "", str(sorted(own.decode(cell).items()))))
    return sorted(rows)


def fields(tables: Tables) -> list[list[tuple[str, object]]]:
    """The fields of every partner: numbers as such."""
    return [
        [(name, own.number(text) or text) for name, text in own.decode(cell).items()]
        for cell in tables.organisations["own_fields"]
    ]


@pytest.mark.parametrize("format", FORMATS)
def test_every_partnership_comes_back_with_its_kinds_its_way_and_its_fields(format: str) -> None:
    """Two of one pair that go different ways stay two; partners keep their fields."""
    data = written(format, MIXED)
    again = bring([(f"network{writers.BY_ID[format].suffix}", data)]).checked
    assert [problem.sentence for problem in again.problems] == []
    before = told(programme(MIXED))
    assert told(again.tables) == before
    assert fields(again.tables) == fields(programme(MIXED))
    assert dict(again.tables.fields.select("id", "type").iter_rows())["cost"] == "number"
    twice = writers.write(format, writers.prepare(Programme(id="p", name="P"), again.tables))
    assert told(bring([(f"network{writers.BY_ID[format].suffix}", twice)]).checked.tables) == before


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networkx_reads_them_as_the_arcs_they_are(format: str) -> None:
    read = nx.read_graphml if format == "graphml" else nx.read_gexf
    graph = read(io.BytesIO(written(format, ONE_WAY)))
    assert graph.is_directed()
    arcs = {(s, t): (about["relationship"], about.get("Cost"), about.get("Note")) for s, t, about in graph.edges(data=True)}
    assert arcs == {
        ("a", "b"): ("refers to", 200, "on Mondays"), ("b", "a"): ("funds", 300, None), ("c", "a"): ("funds; hosts", None, None),
    }  # fmt: skip
    assert (graph.nodes["a"]["Region"], graph.nodes["a"]["Budget"]) == ("North", 1200)


def test_other_tools_have_directions_in_their_own_words() -> None:
    """Kumu: directed, mutual, undirected; Gephi: Directed, Undirected; GEXF: a type a tie; Pajek: arcs and edges."""
    sheet = load_workbook(io.BytesIO(written("kumu", MIXED)))["Connections"].iter_rows(values_only=True)
    head = next(sheet)
    kumu = {(row[head.index("From")], row[head.index("To")]): row[head.index("Direction")] for row in sheet}
    assert kumu[("a", "b")] == kumu[("b", "a")] == kumu[("c", "a")] == "directed"
    assert (kumu[("b", "c")], kumu[("a", "d")]) == ("mutual", "undirected")
    with zipfile.ZipFile(io.BytesIO(written("gephi", MIXED))) as archive:
        gephi = list(csv.DictReader(io.StringIO(archive.read("edges.csv").decode("utf-8-sig"))))
    assert [row["Type"] for row in gephi if (row["Source"], row["Target"]) in {("b", "a"), ("a", "d")}] == [
        "Directed",
        "Undirected",
    ]
    edges = ElementTree.fromstring(written("gexf", MIXED)).iter("{http://gexf.net/1.3}edge")
    assert sorted(edge.get("type") or "" for edge in edges) == ["", "", "directed", "directed", "directed", "mutual"]
    lines = written("pajek", MIXED).decode().splitlines()
    assert lines[lines.index("*Edges") :] == [
        "*Edges", '1 4 l "meets"', '2 3 l "shares space"', "3 4",
        "*Arcs", '1 2 l "refers to"', '2 1 l "funds"', '3 1 l "funds; hosts"',
    ]  # fmt: skip
    tags = next(each for each in json.loads(written("kumu-json", MIXED))["elements"] if each["id"] == "a")["tags"]
    assert tags == ["arts", "health"]


def test_a_file_of_one_kind_holds_that_kind_alone() -> None:
    connections = json.loads(written("kumu-json", MIXED, relationships=("refers to",)))["connections"]
    assert [(each["from"], each["to"], each["type"]) for each in connections] == [("a", "b", "refers to")]


def test_a_kumu_connection_with_a_type_and_a_label_keeps_both() -> None:
    """Its type is the kind of partnership; what is written on it goes back to where it was."""
    element = [{"id": id, "label": id.upper()} for id in "ab"]
    connection = {"id": "k1", "from": "a", "to": "b", "direction": "directed", "type": "refers to", "label": "weekly list"}
    read = bring([("k.json", json.dumps({"elements": element, "connections": [connection]}).encode())]).checked.tables
    assert read.partnerships["relationship"].to_list() == ["refers to"]
    again = json.loads(writers.write("kumu-json", writers.prepare(Programme(id="p", name="P"), read)))["connections"]
    assert again == [{**connection, "basis": "none"}]


@pytest.mark.parametrize("format", FORMATS)
def test_fields_called_as_figures_of_ours_keep_their_names_twice_round(format: str) -> None:
    """Weight, Strength and Basis: what another tool calls so stays a field of that name."""
    lines = [
        "Source,Target,Type,Relationship,Weight,Strength,Basis",
        "Abbey,Beck,Directed,funds,3.5,7,oral",
        "Beck,Cove,Undirected,,2.25,,",
    ]
    text = "\n".join(lines)
    tables = bring([("edges.csv", text.encode())]).checked.tables
    fields = [own.decode(cell) for cell in tables.partnerships["own_fields"]]
    assert fields == [{"basis": "oral", "strength": "7", "weight": "3.5"}, {"weight": "2.25"}]
    for _ in range(2):
        data = writers.write(format, writers.prepare(Programme(id="p", name="P"), tables))
        tables = bring([(f"network{writers.BY_ID[format].suffix}", data)]).checked.tables
        rows = tables.partnerships.sort("source")["own_fields"]
        again = [{name: own.number(cell) or cell for name, cell in own.decode(row).items()} for row in rows]
        assert again == [{"basis": "oral", "strength": 7.0, "weight": 3.5}, {"weight": 2.25}]


def test_pajek_keeps_value_kind_and_direction_twice_round() -> None:
    """A relation named once is the same wherever its number stands, before a line too; a number without a label is its name."""
    lines = ["*Vertices 3", '1 "Abbey"', '2 "Beck"', '3 "Cove"', '*Arcs :2 "refers"', "1 2 3.5", "2 1 1"]
    lines += ['*Edges :1 "funds"', "1 3 2", "*Edges :2", "2 3 4", "*Arcs", "3: 3 1 5", "3 2"]
    tables = bring([("a.net", "\n".join(lines).encode())]).checked.tables
    expected = [
        ("Abbey", "Beck", "refers", "forward", "[('weight', '3.5')]"),
        ("Abbey", "Cove", "funds", "", "[('weight', '2')]"),
        ("Beck", "Abbey", "refers", "forward", "[('weight', '1')]"),
        ("Beck", "Cove", "refers", "", "[('weight', '4')]"),
        ("Cove", "Abbey", "relation 3", "forward", "[('weight', '5')]"),
        ("Cove", "Beck", "", "forward", "[]"),
    ]
    assert told(tables) == expected
    for _ in range(2):
        data = writers.write("pajek", writers.prepare(Programme(id="p", name="P"), tables))
        tables = bring([("a.net", data)]).checked.tables
        assert told(tables) == expected


def test_pajek_has_strengths_as_values_where_any_is_known() -> None:
    """No number of the lead's own stands among them."""
    ties = [
        ("a", "b", {"level": 3, "own_fields": own.encode({"weight": "7"})}),
        ("b", "c", {"own_fields": own.encode({"weight": "9"})}),
    ]
    fields = [{"table": "partnerships", "id": "weight", "label": "Weight", "type": "number"}]
    made = tables({"a": "museum", "b": "funder", "c": "funder"}, ties, fields=fields)
    data = writers.write("pajek", writers.prepare(Programme(id="p", name="P"), made)).decode()
    assert data.splitlines()[-2:] == ["1 2 0.6", "2 3"] and "is its strength." in data
