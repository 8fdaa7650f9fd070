"""GEXF and GraphML as the tools write them, and as they go wrong."""

import pytest

from tests.support.paths import EXAMPLE
from wtnet.errors import UnreadableFile
from wtnet.readers import read, read_bytes
from wtnet.store import Programme
from wtnet.tables import check
from wtnet.tables.model import ROW
from wtnet.writers import prepare, write

NAMESPACES = [
    "",
    'xmlns="http://www.gexf.net/1.1draft"',
    'xmlns="http://www.gexf.net/1.2draft"',
    'xmlns="http://gexf.net/1.3"',
    'xmlns="http://www.gexf.net/1.3"',
    'xmlns="http://www.gephi.org/gexf"',
]
GEXF = """<?xml version="1.0" encoding="UTF-8"?>
<gexf {space} version="1.3"><graph defaultedgetype="directed">
<attributes class="node"><attribute id="0" title="type" type="string"><default>museum</default></attribute>
<attribute id="1" title="Lat" type="double"/><attribute id="2" title="age" type="liststring"/></attributes>
<attributes class="edge"><attribute id="0" title="level" type="integer"/></attributes>
<nodes><node id="a" label="Arts &amp; Co"><attvalues><attvalue {key}="0" value="Community group"/>
<attvalue {key}="1" value="54.9"/></attvalues></node>
<node id="b"><attvalues><attvalue {key}="2" value="[1, 2]"/></attvalues></node></nodes>
<edges><edge id="0" source="a" target="b" label="funds" weight="2.5"><attvalues><attvalue {key}="0" value="4"/></attvalues></edge>
<edge id="0" source="b" target="c" type="undirected" start="2024-01-15" end="soon"/>
<edge source="a" target="a"/></edges></graph></gexf>"""


def _rows(raw, name, *columns):
    return next(table.frame for table in raw.tables if table.name == name).select(*columns).rows()


def _rules(found):
    return [notice.rule for notice in found]


@pytest.mark.parametrize("space", NAMESPACES)
@pytest.mark.parametrize("key", ["for", "id"])
def test_gexf_is_read_in_every_dialect(space: str, key: str) -> None:
    """Defaults, both spellings of an attribute's reference, mixed directions and undeclared nodes, in any namespace."""
    raw = read_bytes("g.gexf", GEXF.format(space=space, key=key).encode())
    assert (raw.format, raw.declared, raw.problems) == ("gexf", False, ())
    assert _rows(raw, "organisations", "id", "name", "kind", "latitude", ROW) == [
        ("a", "Arts & Co", "community_group", "54.9", 1),
        ("b", "b", "museum", None, 2),
        ("c", "c", "other", None, 2),
    ]
    assert _rows(raw, "partnerships", "id", "source", "target", "relationship", "level", "started", "ended") == [
        ("0", "a", "b", "funds", "4", None, None),
        ("b--c", "b", "c", None, None, "2024-01-15", None),
    ]
    assert _rules(raw.notices) == ["direction", "self_tie", "created_partner", "not_a_date", "not_a_level"]
    assert not check(raw).problems


def test_an_attribute_no_one_declared_is_a_problem_that_names_it() -> None:
    data = b'<gexf><graph><nodes><node id="a"><attvalues><attvalue for="9" value="x"/></attvalues></node></nodes></graph></gexf>'
    problems = read_bytes("g.gexf", data).problems
    assert _rules(problems) == ["undeclared_attribute"] and '"9"' in problems[0].sentence


def test_spells_become_a_start_and_an_end_and_what_is_lost_is_said() -> None:
    """The first start and the last end; an open end stays open; times of partners have no place."""

    def spells(*when: str) -> str:
        return f"<spells>{''.join(f'<spell {one}/>' for one in when)}</spells>"

    other = spells("start='2020-05-01'")
    node = f'<node id="a">{other}</node><node id="b"/><node id="c"/>'
    one = spells("start='2022-01-01' end='2023-01-01'", "start='2020-01-01' end='2021-01-01'")
    edges = f'<edge source="a" target="b">{one}</edge><edge source="b" target="c">{other}</edge>'
    raw = read_bytes("g.gexf", f"<gexf><graph><nodes>{node}</nodes><edges>{edges}</edges></graph></gexf>".encode())
    assert _rows(raw, "partnerships", "started", "ended") == [("2020-01-01", "2023-01-01"), ("2020-05-01", None)]
    assert {"spells_joined", "left_out"} <= set(_rules(raw.notices)) and "when 1 partner came and went" in str(raw.notices)


def test_our_own_gexf_says_that_its_waves_are_not_brought_in() -> None:
    """And the days of a survey are not the days a partnership began or ended."""
    tables = check(read(EXAMPLE)).tables
    raw = read_bytes("x.gexf", write("gexf", prepare(Programme("x", "X"), tables)))
    (notice,) = (one for one in raw.notices if one.rule == "waves_dropped")
    assert "3 survey waves" in notice.sentence and '"baseline"' in notice.sentence
    days = {day for row in _rows(raw, "partnerships", "started", "ended") for day in row if day}
    said = tables.partnerships.select("started", "ended")
    assert days <= {str(day) for column in said for day in column}


def test_nested_nodes_are_read_flat() -> None:
    data = b'<gexf><graph><nodes><node id="a" label="A"><nodes><node id="b" label="B"/></nodes></node></nodes></graph></gexf>'
    assert _rows(read_bytes("g.gexf", data), "organisations", "id", "name") == [("a", "A"), ("b", "B")]


def test_a_level_that_is_not_always_0_to_5_is_left_out_of_all_ties() -> None:
    edges = "".join(
        f'<edge source="a" target="b"><attvalues><attvalue for="0" value="{v}"/></attvalues></edge>' for v in ("3", "7")
    )
    attributes = '<attributes class="edge"><attribute id="0" title="Level" type="integer"/></attributes>'
    raw = read_bytes("g.gexf", f"<gexf><graph>{attributes}<edges>{edges}</edges></graph></gexf>".encode())
    assert _rows(raw, "partnerships", "id", "level") == [("a--b", None), ("a--b--2", None)]
    assert "not_a_level" in _rules(raw.notices) and '"7"' in str(raw.notices)


@pytest.mark.parametrize("declared", ["UTF-8", "ISO-8859-1", "windows-1252", "UTF-16"])
def test_the_declared_encoding_holds(declared: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><gexf><graph><nodes><node id="Café"/></nodes></graph></gexf>'
    raw = read_bytes("g.gexf", text.encode(declared))
    assert _rows(raw, "organisations", "id") == [("Café",)] and "encoding" not in _rules(raw.notices)


def test_utf_8_that_is_really_windows_1252_is_read_with_a_notice() -> None:
    text = '<?xml version="1.0" encoding="UTF-8"?><gexf><graph><nodes><node id="Café"/></nodes></graph></gexf>'
    raw = read_bytes("g.gexf", text.encode("cp1252"))
    assert _rows(raw, "organisations", "id") == [("Café",)] and "encoding" in _rules(raw.notices)


def test_graphml_keys_defaults_and_directions() -> None:
    """A key may stand inside the graph, and one id may mean different things for nodes and for edges."""
    raw = read_bytes(
        "g.graphml",
        b"""<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
        <key id="k" for="node" attr.name="kind"><default>freelancer</default></key>
        <graph edgedefault="directed"><key id="l" for="node" attr.name="label"/><key id="l" for="edge" attr.name="label"/>
        <node id="n0"><data key="l"><![CDATA[A & B]]></data><desc>First</desc></node>
        <node id="n1"><data key="k"> Museum </data><graph edgedefault="undirected"><node id="n2"/></graph></node>
        <edge id="e" source="n0" target="n1"><data key="l">meets</data></edge>
        <edge source="n1" target="n2" directed="false"/></graph></graphml>""",
    )
    assert _rows(raw, "organisations", "id", "name", "kind", "description") == [
        ("n0", "A & B", "freelancer", "First"),
        ("n1", "n1", "museum", None),
        ("n2", "n2", "freelancer", None),
    ]
    assert _rows(raw, "partnerships", "id", "relationship") == [("e", "meets"), ("n1--n2", None)]
    assert "direction of 1 of 2 partnerships" in str(raw.notices) and not raw.problems


def test_what_yed_writes_on_a_node_is_its_name() -> None:
    raw = read_bytes(
        "g.graphml",
        b"""<graphml xmlns:y="http://www.yworks.com/xml/graphml"><key id="d" for="node" yfiles.type="nodegraphics"/>
        <graph><node id="n0"><data key="d"><y:ShapeNode><y:NodeLabel> Town Museum </y:NodeLabel></y:ShapeNode></data>
        <port name="p"/></node>
        </graph></graphml>""",
    )
    assert _rows(raw, "organisations", "id", "name") == [("n0", "Town Museum")]


def test_graphml_keys_that_are_undeclared_repeated_or_misplaced_are_named() -> None:
    raw = read_bytes(
        "g.graphml",
        b"""<graphml><key id="g" for="graph" attr.name="x"/>
        <key id="n" for="node" attr.name="x"/><key id="n" for="node" attr.name="y"/>
        <graph><node id="a"><data key="zz">1</data><data key="g">2</data></node><hyperedge/></graph></graphml>""",
    )
    assert _rules(raw.problems) == ["repeated_key", "undeclared_key"] and '"zz"' in raw.problems[1].sentence
    assert {"misplaced_key", "hyperedge"} <= set(_rules(raw.notices))


def test_entities_are_refused_and_a_plain_doctype_is_not_fetched() -> None:
    with pytest.raises(UnreadableFile, match="entities"):
        read_bytes(
            "g.graphml",
            b'<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/hostname">]><graphml><graph><node id="a">&x;</node></graph></graphml>',
        )
    raw = read_bytes(
        "g.graphml", b'<!DOCTYPE graphml SYSTEM "http://localhost:1/x.dtd"><graphml><graph><node id="a"/></graph></graphml>'
    )
    assert _rows(raw, "organisations", "id") == [("a",)]


def test_a_network_without_nodes_is_refused() -> None:
    for name, data in (("g.gexf", b"<gexf><meta/></gexf>"), ("g.graphml", b"<graphml><graph/></graphml>")):
        with pytest.raises(UnreadableFile, match="nothing to bring in"):
            read_bytes(name, data)
