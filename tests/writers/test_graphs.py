"""GraphML, Pajek, Kumu and Gephi files as programs nobody here wrote read them."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import networkx as nx
import openpyxl
import polars as pl
import pytest

from tests.support.exports import DAY, NAMES, alone, export, of, partner, written
from tests.support.frames import frame
from wtnet import writers
from wtnet.readers import read_bytes
from wtnet.store import Programme
from wtnet.tables import Tables, check
from wtnet.tables.schema import KINDS
from wtnet.writers.export import Export
from wtnet.writers.rows import documented

PROGRAMMES = ("example", "working-together", "hostile", "alone", "empty")


def graphml(one: Export) -> nx.Graph:
    return nx.read_graphml(io.BytesIO(writers.write("graphml", one)))


def pajek(one: Export) -> nx.Graph:
    return nx.Graph(nx.read_pajek(io.BytesIO(writers.write("pajek", one))))


def part(data: bytes, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return list(csv.DictReader(io.StringIO(held.read(name).decode(), newline="")))


def known(graph: nx.Graph, name: str) -> list[float]:
    return sorted(round(value, 6) for _, _, value in graph.edges(data=name) if value is not None)


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_networkx_reads_graphml_with_every_partner_tie_and_strength(programme: str) -> None:
    one = export(programme)
    graph = graphml(one)
    assert list(graph) == list(one.network.graph)
    assert {frozenset(edge) for edge in graph.edges} == {frozenset(edge) for edge in one.network.graph.edges}
    assert known(graph, "strength") == known(graph, "weight") == known(one.network.graph, "strength")
    assert [about["label"] for _, about in graph.nodes(data=True)] == one.tables["organisations"]["name"].to_list()


def test_graphml_leaves_out_what_is_unknown() -> None:
    """A documented tie without a level has no strength: neither 0 nor 1 stands in its place."""
    graph = graphml(export("working-together"))
    unknown = [about for _, _, about in graph.edges(data=True) if about["basis"] == "none"]
    assert unknown and all("weight" not in about and "strength" not in about for about in unknown)


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_networkx_reads_pajek_with_every_partner_tie_and_strength(programme: str) -> None:
    """Every partner is there under a label of its own, numbered from 1."""
    one = export(programme)
    graph = pajek(one)
    assert [about["id"] for _, about in graph.nodes(data=True)] == [str(n + 1) for n in range(len(one.network.graph))]
    assert graph.number_of_edges() == one.network.graph.number_of_edges()
    assert known(graph, "weight") == known(one.network.graph, "strength")
    assert all(0 <= about["x"] <= 1 and 0 <= about["y"] <= 1 for _, about in graph.nodes(data=True))


def test_pajek_labels_hold_no_quote_no_backslash_and_no_line_break() -> None:
    labels = list(pajek(export("hostile")))
    assert labels[: len(NAMES)] and not any(mark in label for label in labels for mark in '"\\\n\r')
    assert "She said 'no' / yes/" in labels and {"Twin (twin-1)", "Twin (twin-2)"} <= set(labels)


def test_pajek_has_the_mark_it_needs_only_where_there_is_more_than_ascii() -> None:
    plain = writers.prepare(Programme("p", "Plain"), alone(), made=DAY)
    assert writers.write("pajek", plain).startswith(b"% Made")
    rows = [partner("a", "Café")]
    assert writers.write("pajek", of(Tables({"organisations": frame("organisations", rows)}))).startswith(b"\xef\xbb\xbf%")


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_igraph_reads_graphml_and_pajek(programme: str, tmp_path) -> None:
    igraph = pytest.importorskip("igraph", reason="igraph is a yardstick and not needed; it is not installed here")
    one = export(programme)
    for format, reader in (("graphml", igraph.Graph.Read_GraphML), ("pajek", igraph.Graph.Read_Pajek)):
        path = tmp_path / f"x.{format}"
        path.write_bytes(writers.write(format, one))
        graph = reader(str(path))
        assert (graph.vcount(), graph.ecount()) == (len(one.network.graph), one.network.graph.number_of_edges())


def test_our_reader_takes_back_what_we_write_as_pajek() -> None:
    """As many partners and ties, under the same names."""
    one = export("example")
    tables = check(read_bytes("x.net", writers.write("pajek", one))).tables
    assert tables.partnerships.height == one.network.graph.number_of_edges()
    assert sorted(tables.organisations["name"]) == sorted(name for _, name in one.network.graph.nodes(data="name"))


def test_kumu_elements_carry_the_kind_in_words_and_connections_no_direction() -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("kumu", "example")))
    assert book.sheetnames == ["Read me (ignore)", "Elements", "Connections"]
    elements = list(book["Elements"].iter_rows(values_only=True))
    assert elements[0][:4] == ("ID", "Label", "Type", "Description")
    assert {row[2] for row in elements[1:]} <= set(KINDS.values())
    connections = list(book["Connections"].iter_rows(values_only=True))
    assert connections[0][:5] == ("ID", "From", "To", "Direction", "Type") and {row[3] for row in connections[1:]} == {
        "undirected"
    }
    ids = {row[0] for row in elements[1:]}
    assert all({row[1], row[2]} <= ids for row in connections[1:])


def test_kumu_json_has_lists_as_lists_and_nothing_where_nothing_is_known() -> None:
    document = json.loads(written("kumu-json", "hostile"))
    first = document["elements"][1]
    assert first["pilots"] == ["=Pilot | <1>"] and "website" not in first
    assert "null" not in written("kumu-json", "working-together").decode().replace('"NULL"', "")


def test_kumu_never_takes_one_id_for_two() -> None:
    """A bar means "and" in Kumu, so ids are written without one, and two that would then be alike are told apart."""
    rows = [partner("a|b", "One"), partner("a¦b", "Two"), partner("c", "Three")]
    ties = [{"id": f"t{at}", "source": one, "target": "c"} for at, one in enumerate(("a|b", "a¦b"))]
    one = of(Tables({"organisations": frame("organisations", rows), "partnerships": frame("partnerships", ties)}))
    again = {table.name: table.frame for table in read_bytes("k.xlsx", writers.write("kumu", one)).tables}
    assert again["organisations"]["name"].to_list() == ["One", "Two", "Three"]
    assert again["organisations"]["id"].n_unique() == 3 and again["partnerships"].height == 2


def test_gephi_has_its_own_headings_and_an_empty_weight_where_strength_is_unknown() -> None:
    one = export("working-together")
    data = writers.write("gephi", one)
    nodes, edges = part(data, "nodes.csv"), part(data, "edges.csv")
    assert list(nodes[0])[:3] == ["Id", "Label", "Kind"] and list(edges[0])[:5] == ["Source", "Target", "Type", "Id", "Weight"]
    unknown = one.network.ties["strength"].null_count()
    assert unknown and [edge["Weight"] for edge in edges].count("") == unknown
    assert {edge["Type"] for edge in edges} == {"Undirected"}


def test_gephi_csv_holds_no_cell_that_a_spreadsheet_would_work_out() -> None:
    data = written("gephi", "hostile")
    for name in ("nodes.csv", "edges.csv"):
        cells = [cell for row in part(data, name) for cell in row.values()]
        risky = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
        assert all(cell.startswith("-") and float(cell) < 0 for cell in risky)
    assert {row["Id"] for row in part(data, "nodes.csv")} >= {"'=id", "'+44", "'@at"}


def test_several_documents_of_a_pair_are_told_as_one() -> None:
    import datetime as dt

    ties = [
        {"id": "1", "source": "b", "target": "a", "relationship": "funds", "level": 2, "started": dt.date(2024, 2, 1)},
        {"id": "2", "source": "a", "target": "b", "relationship": "hosts", "level": 4, "started": dt.date(2024, 1, 1)},
        {
            "id": "3",
            "source": "a",
            "target": "b",
            "relationship": "funds",
            "ended": dt.date(2024, 3, 1),
            "started": dt.date(2024, 3, 1),
        },
    ]
    rows = frame("partnerships", ties)
    told = documented(Tables({"partnerships": rows}), None)[("a", "b")][0]
    assert (told["relationship"], told["level"], told["started"], told["ended"]) == ("funds; hosts", 4, "2024-01-01", None)
    assert told["evidence"] is None
    assert documented(Tables({"partnerships": rows}), dt.date(2025, 1, 1))[("a", "b")][0]["relationship"] == "funds; hosts"
    assert pl.Series([told["source_url"]]).null_count() == 1
