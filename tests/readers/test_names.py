"""Names at the ends of other tools' ties: folded, taken apart, and told from what is no name."""

from __future__ import annotations

import json

import pytest

from wtnet.readers import read_bytes
from wtnet.readers.core.names import is_value
from wtnet.tables import check
from wtnet.tables.model import Raw
from wtnet.tables.text import ID_BYTES, name_key, seen_name, short_id


def ties(*rows: str, head: str = "Source,Target") -> Raw:
    """A list of ties."""
    return read_bytes("ties.csv", "\n".join([head, *rows]).encode())


def partners(raw: Raw) -> list[str]:
    """The names of the partners."""
    return [name for table in raw.tables if table.name == "organisations" for name in table.frame["name"]]


def pairs(raw: Raw) -> list[tuple[str, str]]:
    """The ends of the ties."""
    frames = [table.frame for table in raw.tables if table.name == "partnerships"]
    return [pair for frame in frames for pair in frame.select("source", "target").iter_rows()]


def said(raw: Raw, rule: str) -> str:
    """The sentence of the one notice of a rule; "" without one."""
    return "".join(notice.sentence for notice in raw.notices if notice.rule == rule)


def test_blanks_capitals_and_signs_nobody_sees_make_no_other_partner() -> None:
    """Said once, with the spellings."""
    raw = ties("Harbour Arts,Museum", "Harbour\u00a0Arts,Choir", "harbour  ARTS,Hub", "Harbour Arts\u200b,Inn")
    assert partners(raw) == ["Harbour Arts", "Museum", "Choir", "Hub", "Inn"]
    assert said(raw, "respelled").startswith("ties.csv: 3 names")
    assert said(ties("A,B"), "respelled") == ""


def test_names_that_two_declared_partners_share_but_for_capitals_are_compared_to_the_letter() -> None:
    """Nobody can know which of them a third spelling means: it is created and named."""
    nodes = b"id,label\nARC,A\narc,B\nx,C\n"
    from_files = read_together(nodes, b"Source,Target\nARC,x\narc,x\nArc,x\n")
    assert [pair[0] for pair in pairs(from_files)] == ["ARC", "arc", "Arc"]


def read_together(nodes: bytes, edges: bytes) -> Raw:
    """A list of nodes and one of ties, read as one."""
    from wtnet.readers import ReadFiles

    return ReadFiles([("nodes.csv", nodes), ("edges.csv", edges)]).together()


def test_a_whole_number_with_a_point_is_the_number_that_is_declared() -> None:
    """101.0 of a list of ties is 101 of the list of nodes, either way round, and alone it is shown as 101."""
    assert pairs(read_together(b"id,label\n101,A\n102,B\n", b"Source,Target\n101.0,102.0\n")) == [("101", "102")]
    assert pairs(read_together(b"id,label\n101.0,A\n102.0,B\n", b"Source,Target\n101,102\n")) == [("101.0", "102.0")]
    assert partners(ties("101.0,102.0")) == ["101", "102"]
    assert name_key("1.50") == "1.50"
    assert name_key("v.0") == "v.0"


@pytest.mark.parametrize(
    "word", ["NA", "n/a", "None", "-", "–", "?", "NULL", "Not applicable", "0", "nobody", "12", "45%", "2024-03-01"]
)
def test_a_tie_that_names_nobody_is_left_out_and_the_other_partner_kept(word: str) -> None:
    """A word for what is missing, a number or a date among names is no partner, and that is said."""
    rows = [f"Choir,{word}", *(f"Partner {letter},Museum" for letter in "abcdefg")]
    raw = ties(*rows)
    assert word not in partners(raw)
    assert "Choir" in partners(raw)
    assert f'"{word}"' in said(raw, "nobody")


def test_a_list_of_partners_may_declare_such_an_id() -> None:
    """Namibia's NA is a partner where a list says so."""
    raw = read_together(b"id,label\nNA,Namibia\nX,Other\n", b"Source,Target\nNA,X\n")
    assert pairs(raw) == [("NA", "X")]
    assert said(raw, "nobody") == ""


def test_a_list_of_numbers_alone_names_partners_by_them() -> None:
    """As graph tools write it, 0 included."""
    assert partners(ties("0,1", "1,2")) == ["0", "1", "2"]


def test_several_names_in_a_cell_are_a_tie_each_where_they_stand_alone_elsewhere() -> None:
    """Semicolons need one of them alone, commas all but one; what may be several and is not taken apart is said."""
    raw = ties("A;B;,Museum", "B,Hub", '"Hub, Museum",A')
    assert sorted(pairs(raw)) == [("A", "Museum"), ("B", "Hub"), ("B", "Museum"), ("Hub", "A"), ("Museum", "A")]
    assert said(raw, "split_names").startswith("ties.csv: 2 cells")
    whole = ties('"Arts, Crafts and Hub",Museum', "Arts,Museum")
    assert "Arts, Crafts and Hub" in partners(whole)
    assert said(whole, "split_names") == ""
    assert '"C;D"' in said(ties("C;D,Museum"), "maybe_several")


def test_a_name_with_a_comma_that_a_list_declares_stays_whole() -> None:
    """However many of its parts are partners too."""
    raw = read_together(b'id,label\na,"Hub, Museum"\nh,Hub\nm,Museum\n', b'Source,Target\n"Hub, Museum",Hub\n')
    assert pairs(raw) == [("a", "h")]


def test_nodes_are_called_by_whichever_of_label_and_name_tells_them_apart() -> None:
    """A label that many share is what they are; a label that tells them apart stays the name, and what was not taken is said."""
    nodes = [{"id": str(at), "label": "MUSEUM" if at else "Hub", "name": f"House {at}"} for at in range(4)]
    links = [{"source": "0", "target": "1"}]
    raw = read_bytes("n.json", json.dumps({"nodes": nodes, "links": links}).encode())
    assert partners(raw) == ["House 0", "House 1", "House 2", "House 3"]
    assert raw.tables[0].frame["kind"].to_list() == ["other", "museum", "museum", "museum"]
    assert '"Hub", "MUSEUM"' in said(raw, "label_is_type")
    for at, node in enumerate(nodes):
        node["label"] = f"Place {at}"
    raw = read_bytes("n.json", json.dumps({"nodes": nodes, "links": links}).encode())
    assert partners(raw)[0] == "Place 0"
    assert '"House 0"' in said(raw, "name_left_out")


def test_ids_made_from_long_names_are_within_what_an_id_may_be() -> None:
    """Also the second between the same two, and in our own tables."""
    long, longer = "a" * 150, "b" * 150
    result = check(ties(f"{long},{longer}", f"{longer},{long}"))
    assert result.ok
    assert result.tables.partnerships.height == 2
    own = f"id,name,kind\n{long},A,museum\n{longer},B,museum\n".encode()
    from wtnet.readers import ReadFiles

    table = f"source,target,level\n{long},{longer},3\n".encode()
    files = [("organisations.csv", own), ("partnerships.csv", table)]
    assert check(ReadFiles(files).together()).ok
    assert len(short_id("é" * 300).encode()) <= ID_BYTES
    assert short_id("x" * 300) != short_id("x" * 301)


def test_names_of_our_own_list_of_partners_are_known_to_a_list_of_ties_beside_it() -> None:
    """By name as well as by id; nobody is created twice."""
    from wtnet.readers import ReadFiles

    own = b"id,name,kind\nh,Harbour Arts,museum\nm,Museum,museum\n"
    raw = ReadFiles([("organisations.csv", own), ("links.csv", b"Source,Target\nHarbour arts,m\n")]).together()
    assert pairs(raw) == [("h", "m")]
    assert partners(raw) == ["Harbour Arts", "Museum"]


def test_levels_that_both_sides_give_are_said() -> None:
    """The highest counts for a partnership; ratings keep both."""
    raw = ties("A,B,5", "B,A,1", "C,B,2", "B,C,2", head="from,to,level")
    assert said(raw, "both_sides").startswith("ties.csv: 1 pair")


@pytest.mark.parametrize("name", ["", "Hub 12", "The 1947 Partnership", "Museum", "A2", "3rd Wave"])
def test_a_name_with_a_number_in_it_is_a_name(name: str) -> None:
    """Only what is nothing but a number or a date is a value."""
    assert not is_value(name)
    assert seen_name(name) == name


@pytest.mark.parametrize("name", ["🎨🧑‍🎨 Atelier", "خانه\u200cهنر", "क्\u200dष Kala"])
def test_a_sign_within_a_word_or_picture_that_changes_how_it_looks_stays(name: str) -> None:
    """Two partners are still not told apart by it."""
    assert seen_name(name) == name and name_key(name) == name_key(name.replace("\u200c", "").replace("\u200d", ""))
    assert partners(ties(f"{name},Museum", f"Museum,{name}")) == [name, "Museum"]


def test_a_declared_name_stays_as_it_was_written() -> None:
    """Only how names are compared passes over line breaks and signs that cannot be seen."""
    raw = read_together('id,label\na,"First line\nsecond\u202e line"\nb,B\n'.encode(), b"Source,Target\na,b\n")
    assert partners(raw) == ["First line\nsecond\u202e line", "B"]


def test_a_list_of_one_node_is_one() -> None:
    """It has too few rows to be looked at for headings in several."""
    raw = read_together(b"Id,Label,Kind\na,Alone,museum\n", b"Source,Target\n")
    assert partners(raw) == ["Alone"]


def test_an_element_whose_name_is_a_word_for_what_is_missing_is_called_by_its_id() -> None:
    raw = read_together(b"id,label\nm1,Hall\nm2,n/a\n", b"Source,Target\nm1,m2\n")
    assert partners(raw) == ["Hall", "m2"] and pairs(raw) == [("m1", "m2")]
    assert "m2 “n/a”" in said(raw, "missing_name")


def test_a_grant_to_what_is_no_name_is_left_out_and_said() -> None:
    """A word for what is missing, and a number among names, as where a cell slipped."""
    rows = ["Identifier,Funding Org:Name,Recipient Org:Name", "a,Fund,Arts", "b,Fund,n/a", "c,Fund,5000", "d,Fund,Choir"]
    raw = read_bytes("grants.csv", "\n".join(rows).encode())
    assert sorted(partners(raw)) == ["Arts", "Choir", "Fund"] and "2 partnerships" in said(raw, "no_partner")
