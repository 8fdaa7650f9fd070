"""Kumu: workbook, simple JSON, blueprint JSON."""

import io
import json

import pytest
import xlsxwriter

from wtnet.errors import UnreadableFile
from wtnet.readers import read_bytes
from wtnet.tables import check
from wtnet.tables.model import ROW


def _book(sheets: dict[str, list[list[object]]]) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return held.getvalue()


def _json(document: object) -> bytes:
    return json.dumps(document).encode()


def _rows(raw, name, *columns):
    return next(table.frame for table in raw.tables if table.name == name).select(*columns).rows()


def _rules(raw):
    return [notice.rule for notice in raw.notices]


def test_a_workbook_is_known_by_its_headings() -> None:
    """Elements become organisations, connections partnerships; what Kumu cannot know is said once, not guessed."""
    raw = read_bytes(
        "k.xlsx",
        _book(
            {
                "Elements": [
                    ["Label", "Type", "Location", "Budget"],
                    ["Arts", "Community group", "Hull", 3],
                    ["Trust", "Person", "", ""],
                ],
                "Connections": [["From", "To", "Direction", "Type", "Strength"], ["Arts", "Trust", "directed", "funds", 4]],
                "Notes (ignore)": [["From", "To"], ["x", "y"]],
            }
        ),
    )
    assert (raw.format, raw.declared) == ("kumu", False)
    assert _rows(raw, "organisations", "id", "name", "kind", "place") == [
        ("Arts", "Arts", "community_group", "Hull"),
        ("Trust", "Trust", "other", None),
    ]
    assert _rows(raw, "partnerships", "id", "source", "target", "relationship", "level", ROW) == [
        ("Arts--Trust", "Arts", "Trust", "funds", None, 2)
    ]
    assert _rules(raw) == ["unknown_kind", "direction", "not_a_level"]
    assert '"Person (1)"' in raw.notices[0].sentence


def test_one_sheet_may_hold_both_lists_apart_by_two_blank_rows() -> None:
    rows = [["Label", "Type"], ["A", "museum"], ["B", "museum"], [], [], ["From", "To"], ["A", "B"]]
    raw = read_bytes("k.xlsx", _book({"Sheet1": rows}))
    assert _rows(raw, "partnerships", "source", "target", ROW) == [("A", "B", 7)]


def test_one_cell_may_name_several_targets() -> None:
    raw = read_bytes("k.xlsx", _book({"Connections": [["From", "To"], ["A", "B | C"]]}))
    assert _rows(raw, "partnerships", "source", "target") == [("A", "B"), ("A", "C")]


def test_kumus_csvs_are_read_as_its_workbook() -> None:
    """Several targets in a cell, and both lists in one file apart by two blank lines; a name with a bar in it stays one."""
    raw = read_bytes("connections.csv", b"From,To\nA,B|C\n")
    assert _rows(raw, "partnerships", "source", "target") == [("A", "B"), ("A", "C")]
    raw = read_bytes("kumu.csv", b"Label,Type\nA,museum\nUnit 1 | Shop,museum\n,\n\nFrom,To\nA,Unit 1 | Shop\n")
    assert _rows(raw, "organisations", "name", "kind") == [("A", "museum"), ("Unit 1 | Shop", "museum")]
    assert _rows(raw, "partnerships", "source", "target", ROW) == [("A", "Unit 1 | Shop", 7)]
    assert _rows(read_bytes("organisations.csv", b"id,name,kind\na,A,museum\n\n\nb,B,museum\n"), "organisations", "id") == [
        ("a",),
        ("b",),
    ]


def test_a_list_of_targets_in_json_is_a_tie_to_each() -> None:
    document = {"elements": [{"label": "A"}], "connections": [{"id": "x", "from": "A", "to": ["B", "C"], "type": "funds"}]}
    assert _rows(read_bytes("k.json", _json(document)), "partnerships", "source", "target", "relationship") == [
        ("A", "B", "funds"),
        ("A", "C", "funds"),
    ]


def test_a_failed_formula_a_hidden_sheet_and_a_repeated_heading_are_said() -> None:
    """As for our own workbook; a failed formula in a column that has no place here does no harm."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    elements, connections = book.add_worksheet("Elements"), book.add_worksheet("Connections")
    for at, row in enumerate([["Label", "Type", "Label", "Budget"], ["A", "museum", "Z"], ["B", "museum"]]):
        elements.write_row(at, 0, row)
    elements.write_formula("D2", "=1/0", value="#DIV/0!")
    for at, row in enumerate([["From", "To", "Level"], ["A", "B"], ["A", ""], ["A", "B", 2]]):
        connections.write_row(at, 0, row)
    connections.write_formula("C2", "=1/0", value="#DIV/0!")
    connections.write_formula("B3", "=NA()", value="#N/A")
    connections.hide()
    book.close()
    raw = read_bytes("k.xlsx", held.getvalue())
    assert [(one.rule, one.row, one.column, one.value) for one in raw.problems] == [
        ("failed_formula", 3, "To", "#N/A"),
        ("failed_formula", 2, "Level", "#DIV/0!"),
    ]
    assert {"hidden_sheet", "duplicate_column"} <= set(_rules(raw))
    assert '"Label"' in next(one.sentence for one in raw.notices if one.rule == "duplicate_column")


def test_source_and_target_in_a_workbook_are_an_edge_list() -> None:
    raw = read_bytes(
        "g.xlsx",
        _book({"nodes": [["Name", "Type"], ["A", "museum"]], "relations": [["Source", "Type", "Target"], ["A", "x", "B"]]}),
    )
    assert raw.format == "edge list" and _rows(raw, "organisations", "id", "kind") == [("A", "museum"), ("B", "other")]


def test_simple_json_joins_by_label_and_creates_who_is_only_named_in_a_tie() -> None:
    raw = read_bytes(
        "k.json",
        _json(
            {
                "elements": [{"label": "A", "type": "Museum", "attributes": {"Website": "https://a.org"}}, {"label": "B"}],
                "connections": [{"from": "A", "to": "B", "type": "funds", "level": 3}, {"from": "C", "to": "A"}],
            }
        ),
    )
    assert _rows(raw, "organisations", "id", "kind", "website", ROW) == [
        ("A", "museum", "https://a.org", 1),
        ("B", "other", None, 2),
        ("C", "other", None, 2),
    ]
    assert _rows(raw, "partnerships", "relationship", "level") == [("funds", "3"), (None, None)]
    assert not check(raw).problems


def test_blueprint_json_joins_by_id() -> None:
    raw = read_bytes(
        "k.json",
        _json(
            {
                "elements": [
                    {"_id": "elem-a", "attributes": {"label": "A", "element type": "freelancer", "tags": ["x", "y"]}},
                    {"_id": "elem-b", "attributes": {"label": "A"}},
                ],
                "connections": [
                    {
                        "_id": "conn-1",
                        "direction": "mutual",
                        "from": "elem-a",
                        "to": "elem-b",
                        "attributes": {"connection type": "works with"},
                    }
                ],
                "maps": [{"elements": []}],
            }
        ),
    )
    assert _rows(raw, "organisations", "id", "name", "kind") == [("elem-a", "A", "freelancer"), ("elem-b", "A", "other")]
    assert _rows(raw, "partnerships", "id", "source", "target", "relationship") == [("conn-1", "elem-a", "elem-b", "works with")]


def test_elements_of_one_label_are_told_apart_by_type_then_by_number() -> None:
    elements = [
        {"label": "A", "type": "museum"},
        {"label": "A", "type": "funder"},
        {"label": "A", "type": "museum"},
        {"label": "A"},
    ]
    raw = read_bytes("k.json", _json({"elements": elements, "connections": [{"from": "A", "to": "A (funder)"}]}))
    assert [row[0] for row in _rows(raw, "organisations", "id")] == ["A", "A (funder)", "A (museum)", "A--2"]
    assert _rules(raw).count("repeated_label") == 2 and '"A (funder)", "A (museum)", "A--2"' in str(raw.notices)


def test_values_of_any_type_become_text_and_nonsense_becomes_nothing() -> None:
    """Not-a-number, broken surrogates, lists and control characters do no harm; a number is no partner nobody listed."""
    data = (
        b'{"elements":[{"label":"A","latitude":NaN,"longitude":-1.5,"description":["a",1,null,true]},'
        b'{"label":"\\ud800B\\u0007","latitude":"north"}],"connections":[{"from":1,"to":"A"},{"from":null,"to":"A"}]}'
    )
    raw = read_bytes("k.json", data)
    assert _rows(raw, "organisations", "id", "latitude", "longitude", "description") == [
        ("A", None, "-1.5", "a | 1 | true"),
        ("B", None, None, None),
    ]
    assert {"not_understood", "no_partner", "nobody"} <= set(_rules(raw)) and not check(raw).problems


def test_long_names_ids_and_descriptions_are_shortened_so_that_they_can_be_stored() -> None:
    label = "é" * 5_000
    raw = read_bytes("k.json", _json({"elements": [{"label": label, "description": "d" * 400_000}, {"label": label + "x"}]}))
    ids = [row[0] for row in _rows(raw, "organisations", "id")]
    assert len(set(ids)) == 2 and max(len(one.encode()) for one in ids) <= 200
    assert "shortened" in _rules(raw) and not check(raw).problems


def test_a_list_that_is_no_list_of_objects_is_refused() -> None:
    for document in ({"elements": [1]}, {"elements": [{"label": "A"}], "connections": {"a": 1}}):
        with pytest.raises(UnreadableFile, match="not what Kumu writes"):
            read_bytes("k.json", _json(document))
