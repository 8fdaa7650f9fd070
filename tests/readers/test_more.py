"""Pajek, UCINET DL, 360Giving, Polinode and Onodo as those tools and publishers write them."""

import io
import json

import openpyxl
import pytest

from wtnet.network import Scope
from wtnet.readers import read_bytes
from wtnet.store import Programme
from wtnet.tables import check
from wtnet.tables.model import Raw
from wtnet.writers import prepare, write


def _rows(raw: Raw, name: str, *columns: str) -> list[tuple]:
    return next((table.frame.select(*columns).rows() for table in raw.tables if table.name == name), [])


def _ends(raw: Raw) -> list[tuple]:
    return _rows(raw, "partnerships", "source", "target")


def _rules(raw: Raw) -> set[str]:
    return {notice.rule for notice in raw.notices}


def test_pajek_labels_with_spaces_relations_and_comments() -> None:
    """A repeated label is told apart by its number; a vertex nobody labelled is called by it."""
    raw = read_bytes(
        "m.net",
        b'% made by hand\n*Network x\n*Vertices 4\n1 "Town Museum" 0.1 0.2 box\n2 Arts\n3 "Arts" 0.3 0.4\n'
        b'*Arcs :1 "refers to"\n1 2 3 l "each week"\n*Edges\n2 3\n3 3 1\n*Partition kinds\n1\n2\n',
    )
    assert raw.format == "pajek" and not check(raw).problems
    assert _rows(raw, "organisations", "id", "name") == [
        ("Town Museum", "Town Museum"),
        ("Arts (2)", "Arts"),
        ("Arts (3)", "Arts"),
        ("4", "4"),
    ]
    assert _rows(raw, "partnerships", "source", "target", "relationship", "Label", "level") == [
        ("Town Museum", "Arts (2)", "refers to", "each week", None),
        ("Arts (2)", "Arts (3)", None, None, None),
    ]
    assert {"self_tie", "direction", "not_a_level"} <= _rules(raw)


@pytest.mark.parametrize(
    ("part", "ends"),
    [
        ("*Arcslist\n1 2 3\n", [("a", "b"), ("a", "c")]),
        ("*Edgeslist\n3 1\n", [("c", "a")]),
        ("*Matrix\n0 1 0\n0 0 2\n0 0 0\n", [("a", "b"), ("b", "c")]),
        ("*EDGES\r\n1 3\r\n", [("a", "c")]),
    ],
)
def test_pajek_ties_in_every_form(part: str, ends: list[tuple]) -> None:
    assert _ends(read_bytes("m.net", f'*Vertices 3\n1 "a"\n2 "b"\n3 "c"\n{part}'.encode("utf-8-sig"))) == ends


def test_a_two_mode_pajek_matrix_ties_the_first_mode_to_the_second() -> None:
    raw = read_bytes("m.net", b'*Vertices 3 2\n1 "a"\n2 "b"\n3 "meeting"\n*Matrix\n1\n0\n')
    assert _ends(raw) == [("a", "meeting")] and "two_modes" in _rules(raw)


def test_what_we_write_as_pajek_comes_back() -> None:
    """Names with spaces, quotes and letters of every script, and as many ties."""
    made = read_bytes("e.csv", "source,target\nÅnna's Arts,City Hospital\nCity Hospital,音楽\n".encode())
    tables = check(made).tables
    raw = read_bytes("back.net", write("pajek", prepare(Programme("p", "P"), tables, Scope())))
    assert sorted(name for (name,) in _rows(raw, "organisations", "name")) == sorted(tables.organisations["name"])
    assert len(_ends(raw)) == 2


@pytest.mark.parametrize(
    ("text", "names", "ends"),
    [
        ("dl n=2\ndata:\n0 1\n0 0\n", ["1", "2"], [("1", "2")]),
        ('DL N = 2\nlabels:\n"St Mary\'s",b\ndata:\n0 1\n1 0\n', ["St Mary's", "b"], [("St Mary's", "b"), ("b", "St Mary's")]),
        ("dl n=3 format=lowerhalf\nlabels:\na b c\ndata:\n\n1\n0 1\n", ["a", "b", "c"], [("b", "a"), ("c", "b")]),
        ("dl n=3 format=upperhalf\nlabels:\na\nb\nc\ndata:\n1 0\n1\n", ["a", "b", "c"], [("a", "b"), ("b", "c")]),
        ("dl n=2 format=fullmatrix\nlabels embedded\ndata:\nA b\na 0 1\nB 0 0\n", ["A", "b"], [("A", "b")]),
        ("dl n=3 format = edgelist1\nlabels embedded:\ndata:\nA b 0.5\nB c\n", ["A", "b", "c"], [("A", "b"), ("b", "c")]),
        ("dl n=3 format=nodelist1\nlabels:\na,b,c\ndata:\n1 2 3\n", ["a", "b", "c"], [("a", "b"), ("a", "c")]),
        (
            "dl nr=2, nc=1 format=fullmatrix\nrow labels:\na b\ncolumn labels:\nfair\ndata:\n1\n0\n",
            ["a", "b", "fair"],
            [("a", "fair")],
        ),
        ("dl n=2 format=edgelist1\ndata:\n", ["1", "2"], []),
    ],
)
def test_dl_in_every_form(text: str, names: list[str], ends: list[tuple]) -> None:
    """Labels apart, embedded, quoted or none; whole and half matrices, lists of ties and of neighbours; two modes."""
    raw = read_bytes("m.dl", text.encode())
    assert raw.format == "dl" and not check(raw).problems
    assert [name for (name,) in _rows(raw, "organisations", "name")] == names
    assert _ends(raw) == ends


GRANT = {
    "id": "360G-x-1",
    "title": "Singing for lungs",
    "currency": "GBP",
    "amountAwarded": 12000.0,
    "awardDate": "05/06/2014",
    "plannedDates": [{"startDate": "2014-07-01T00:00:00+00:00", "endDate": "31/12/2015"}],
    "fundingOrganization": [{"id": "GB-CHC-1", "name": "The Trust"}],
    "recipientOrganization": [{"id": "GB-CHC-2", "name": "Harbour Choir", "addressLocality": "Seaborough"}],
    "dataSource": "javascript:alert(1)",
}


def test_grants_as_json() -> None:
    """Every grant stays a tie of its own; a funder who also receives is a funder; a person's grant is left out and said."""
    again = {**GRANT, "id": "360G-x-2", "plannedDates": []}
    between = {**GRANT, "id": "3", "fundingOrganization": [{"id": "GB-CHC-0"}], "recipientOrganization": [{"id": "GB-CHC-1"}]}
    person = {**GRANT, "id": "4", "recipientIndividual": {"id": "p", "name": "Ann Person"}}
    del person["recipientOrganization"]
    raw = read_bytes("g.json", json.dumps({"grants": [GRANT, again, between, person]}).encode())
    assert raw.format == "360giving" and not check(raw).problems
    assert _rows(raw, "organisations", "id", "name", "kind", "place") == [
        ("GB-CHC-2", "Harbour Choir", "other", "Seaborough"),
        ("GB-CHC-1", "The Trust", "funder", None),
        ("GB-CHC-0", "GB-CHC-0", "funder", None),
    ]
    assert _rows(raw, "partnerships", "id", "source", "target", "relationship", "started", "ended", "source_url") == [
        ("360G-x-1", "GB-CHC-1", "GB-CHC-2", "funds", "2014-07-01", "2015-12-31", None),
        ("360G-x-2", "GB-CHC-1", "GB-CHC-2", "funds", None, None, None),
        ("3", "GB-CHC-0", "GB-CHC-1", "funds", "2014-07-01", "2015-12-31", None),
    ]
    assert "Singing for lungs; GBP 12000 awarded 2014-06-05" in str(_rows(raw, "partnerships", "evidence"))
    assert {"individuals", "repeated_tie"} <= _rules(raw) and "Ann Person" not in str(raw)


TITLES = ["identifier", "Funding Org:0:Identifier", "Funding Org:0:Name", "Recipient Org:0:Name", "Recipient Ind:Name", "Tags"]
LINES = [["g1", "F", "The Trust", "Harbour Choir", "", "x"], ["g2", "F", "The Trust", "", "Ann Person", "y"]]


def test_grants_as_csv_and_as_a_workbook_say_the_same() -> None:
    """Titles with or without item numbers; cover sheets and title rows above the headings are passed over."""
    book = openpyxl.Workbook()
    book.active.append(["About these grants"])
    sheet = book.create_sheet("grants")
    for row in ([], ["Published 2024"], TITLES, *LINES):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    table = "\n".join(",".join(row) for row in [TITLES, *LINES]).encode()
    for raw in (read_bytes("g.xlsx", out.getvalue()), read_bytes("g.csv", table)):
        assert raw.format == "360giving"
        assert _rows(raw, "partnerships", "id", "source", "target") == [("g1", "F", "Harbour Choir")]
        assert "Ann Person" not in str(raw.tables) and '"Tags"' in str(raw.notices)


def test_polinode_names_nodes_by_an_attribute() -> None:
    document = {
        "nodes": [{"id": "1", "attributes": {"Name": "A", "Type": "Museum"}}, {"id": "2", "attributes": {}}],
        "edges": [{"id": "e", "source": "1", "target": "2", "attributes": {"Type": "advice"}}],
        "name": "Survey",
    }
    raw = read_bytes("p.json", json.dumps(document).encode())
    assert raw.format == "polinode" and not check(raw).problems
    assert _rows(raw, "organisations", "id", "name", "kind") == [("1", "A", "museum"), ("2", "2", "other")]
    assert _rows(raw, "partnerships", "id", "source", "target", "relationship") == [("e", "1", "2", "advice")]


def test_onodo_sheets_with_their_dates() -> None:
    """From and To become dates however they are written; a hidden node is a partner all the same."""
    book = openpyxl.Workbook()
    nodes, relations = book.active, book.create_sheet("Relations")
    nodes.title = "Nodes"
    for row in (["Name", "Type", "Description", "Visible"], ["A", "Museum", "First", 1], ["B", "Thing", None, 0]):
        nodes.append(row)
    relations.append(["Source", "Type", "Target", "Directed", "At", "From", "To"])
    relations.append(["A", "funds", "B", 1, None, "01/02/2015", "2016-03-04"])
    relations.append(["B", "meets", "C", 0, "2014-05-06", None, None])
    out = io.BytesIO()
    book.save(out)
    raw = read_bytes("o.xlsx", out.getvalue())
    assert raw.format == "onodo" and not check(raw).problems
    assert _rows(raw, "organisations", "name", "kind", "description") == [
        ("A", "museum", "First"),
        ("B", "other", None),
        ("C", "other", None),
    ]
    assert _rows(raw, "partnerships", "source", "target", "relationship", "started", "ended") == [
        ("A", "B", "funds", "2015-02-01", "2016-03-04"),
        ("B", "C", "meets", "2014-05-06", None),
    ]
    assert "direction of 1 of 2 partnerships" in str(raw.notices)


def test_grants_without_an_address_are_placed_by_postcode_or_by_whom_they_are_for() -> None:
    """A town counts before a postcode; where the grant's people are counts only where the recipient says nothing of itself."""
    titles = "Identifier,Funding Org:Name,Recipient Org:Name,Recipient Org:City,Recipient Org:0:Postal Code"
    served = "Beneficiary Location:0:Name,Beneficiary Location:0:Latitude,Beneficiary Location:0:Longitude"
    lines = [
        "1,T,Both,Hull,HU1 1AA,Leeds,53.8,-1.5",
        "2,T,Post,,NE1 1AA,Leeds,53.8,-1.5",
        "3,T,Some,,,Leeds,53.8,-1.5",
        "4,T,No,,,,,",
    ]
    raw = read_bytes("g.csv", "\n".join([f"{titles},{served}", *lines]).encode())
    assert _rows(raw, "organisations", "name", "place", "latitude")[::1] == [
        ("Both", "Hull", None), ("T", None, None), ("Post", "NE1 1AA", None), ("Some", "Leeds", "53.8"), ("No", None, None),
    ]  # fmt: skip
    assert "1 partner without an address" in str(raw.notices)
    where = [{"name": "Leeds", "latitude": "53.8", "longitude": -1.5}]
    raw = read_bytes("g.json", json.dumps({"grants": [{**GRANT, "beneficiaryLocation": where}]}).encode())
    assert "beneficiaryLocation" not in str(raw.notices) and _rows(raw, "organisations", "place")[0] == ("Seaborough",)


LINKS = [{"source": "a", "target": "b", "relationship": "meets"}]


@pytest.mark.parametrize(
    "document",
    [
        {"directed": True, "multigraph": False, "graph": {}, "nodes": [{"id": "a", "name": "A"}, {"id": "b"}], "links": LINKS},
        {"nodes": [{"id": "a", "name": "A"}, {"id": "b"}], "links": [{**LINKS[0], "source": {"id": "a", "x": 1}}]},
        {"nodes": [{"key": "a", "attributes": {"label": "A"}}, {"key": "b"}], "edges": [{"key": "e", **LINKS[0]}]},
        {"nodes": [{"id": "a", "label": "A"}, {"id": "b"}], "edges": [{"from": "a", "to": "b", "relationship": "meets"}]},
        {"elements": {"nodes": [{"data": {"id": "a", "name": "A"}}, {"data": {"id": "b"}}], "edges": [{"data": LINKS[0]}]}},
    ],
    ids=["NetworkX", "d3", "graphology", "vis.js", "Cytoscape"],
)
def test_node_link_json_keeps_its_ties(document: dict) -> None:
    """Nodes and links (or edges), as other tools write them."""
    raw = read_bytes("n.json", json.dumps(document).encode())
    assert raw.format == "node-link" and not check(raw).problems
    assert _rows(raw, "organisations", "id", "name") == [("a", "A"), ("b", "b")]
    assert _rows(raw, "partnerships", "source", "target", "relationship") == [("a", "b", "meets")]


def test_node_link_json_may_name_nodes_by_where_they_stand_or_by_their_names() -> None:
    for links in ([{"source": 0, "target": 1}], [{"source": "A", "target": "B"}]):
        raw = read_bytes("n.json", json.dumps({"nodes": [{"name": "A"}, {"name": "B"}], "links": links}).encode())
        names = dict(_rows(raw, "organisations", "id", "name"))
        assert [(names[one], names[other]) for one, other in _ends(raw)] == [("A", "B")]


def test_days_of_other_tools_are_read_as_ours_and_what_is_none_is_named() -> None:
    """Three styles; a year or a month alone stands for its first day as a start and its last as an end, with a notice."""
    lines = ["a,b,01/03/2024,1 March 2025", "a,c,2015,12/2016", "b,c,May 2015,2016-02", "c,d,soon,2024-02-30"]
    raw = read_bytes("edges.csv", "\n".join(["Source,Target,Start date,End Date", *lines]).encode())
    assert _rows(raw, "partnerships", "started", "ended") == [
        ("2024-03-01", "2025-03-01"), ("2015-01-01", "2016-12-31"), ("2015-05-01", "2016-02-29"), (None, None),
    ]  # fmt: skip
    said = {notice.rule: notice.sentence for notice in raw.notices}
    assert 'row 5 "soon", row 5 "2024-02-30"' in said["not_a_date"]
    assert 'row 3 "2015", row 3 "12/2016"' in said["rough_date"]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("dl n=3 format=lowerhalf\nlabels:\na,b,c\ndata:\n0\n1 0\n0 1 0\n", [("b", "a"), ("c", "b")]),
        ("DL\nN=3\nFORMAT = LOWERHALF DIAGONAL PRESENT\nLABELS:\na\nb\nc\nDATA:\n0\n1 0\n0 1 0\n", [("b", "a"), ("c", "b")]),
        ("dl n=3 format=upperhalf diagonal=present\nlabels:\na,b,c\ndata:\n0 1 0\n0 1\n0\n", [("a", "b"), ("b", "c")]),
        ("DL\nN=3\nFORMAT = FULLMATRIX DIAGONAL ABSENT\nLABELS:\na\nb\nc\nDATA:\n1 0\n0 1\n0 0\n", [("a", "b"), ("b", "c")]),
        ("dl n=3 format=fullmatrix\nlabels:\na,b,c\ndata:\n0 1 0\n0 0 1\n0 0 0\n", [("a", "b"), ("b", "c")]),
    ],
)
def test_dl_matrices_are_read_with_and_without_their_diagonal(text: str, pairs: list[tuple[str, str]]) -> None:
    """As many numbers as there are say whether it is there; the words of the file where that does not tell."""
    assert _ends(read_bytes("m.dl", text.encode())) == pairs


GRANT_HEADS = "Identifier,Title,Currency,Amount Awarded,Award Date,Funding Org:Identifier,Funding Org:Name,"


def test_a_grant_of_several_funders_or_recipients_is_a_tie_for_each_pair() -> None:
    """In JSON and in columns with a number; one of each is one tie, and nothing is said of it."""
    grant = {"id": "g", "fundingOrganization": [{"id": "F"}, {"id": "G"}], "recipientOrganization": [{"id": "R"}, {"id": "S"}]}
    raw = read_bytes("g.json", json.dumps({"grants": [grant]}).encode())
    assert _ends(raw) == [("F", "R"), ("F", "S"), ("G", "R"), ("G", "S")]
    assert "several" in _rules(raw)
    heads = f"{GRANT_HEADS}Recipient Org:0:Identifier,Recipient Org:0:Name,Recipient Org:1:Identifier,Recipient Org:1:Name"
    rows = ["g1,A,GBP,5,2024-01-01,F,Fund,R,Arts,S,Choir", "g2,B,GBP,6,2024-01-02,F,Fund,R,Arts,,"]
    raw = read_bytes("g.csv", "\n".join([heads, *rows]).encode())
    assert _ends(raw) == [("F", "R"), ("F", "S"), ("F", "R")]
    single = read_bytes("g.csv", f"{heads}\n{rows[1]}".encode())
    assert "several" not in _rules(single)
    assert check(raw).ok


def test_a_number_with_several_names_is_one_partner_and_the_other_names_are_said() -> None:
    """It has the name it has most often, of several the shortest."""
    heads = f"{GRANT_HEADS}Recipient Org:Identifier,Recipient Org:Name"
    names = ["Club - North Branch", "Club", "Club - South Branch"]
    rows = [f"g{at},A,GBP,5,2024-01-01,F,Fund,R,{name}" for at, name in enumerate(names)]
    raw = read_bytes("g.csv", "\n".join([heads, *rows]).encode())
    assert _rows(raw, "organisations", "id", "name") == [("R", "Club"), ("F", "Fund")]
    sentence = next(notice.sentence for notice in raw.notices if notice.rule == "one_number")
    assert '"Club - North Branch", "Club - South Branch"' in sentence


@pytest.mark.parametrize(
    "name", ["Individual", "an individual", "Private Individual", "Anonymous recipient", "Redacted", "Name withheld"]
)
def test_words_in_the_place_of_a_persons_name_are_no_partner(name: str) -> None:
    """Such grants are counted with those to people."""
    heads = f"{GRANT_HEADS}Recipient Org:Identifier,Recipient Org:Name"
    rows = [f"g1,A,GBP,5,2024-01-01,F,Fund,P,{name}", "g2,B,GBP,5,2024-01-01,F,Fund,R,Individual Theatre Company"]
    raw = read_bytes("g.csv", "\n".join([heads, *rows]).encode())
    assert [row[0] for row in _rows(raw, "organisations", "name")] == ["Individual Theatre Company", "Fund"]
    assert "individuals" in _rules(raw)
