"""Findings and activities in the files of graph programs: where there is a place, for whom they are, never read back."""

import io
import json
import zipfile
from functools import cache
from xml.etree.ElementTree import fromstring

import pytest

from tests.support.exports import export, of, partner, written
from tests.support.frames import frame
from wtnet import writers
from wtnet.importing import bring
from wtnet.store import Programme
from wtnet.tables import Tables, own
from wtnet.tables.model import Audience
from wtnet.writers.evidence import of_partners
from wtnet.writers.export import Export

FORMATS = ("kumu", "kumu-json", "gephi", "gexf", "graphml")
PRIVATE = "Nobody but the lead may read this"


def programme(**more: object) -> Tables:
    """Two partners with a tie: one finding about the tie, one of one partner, a private one, and a day that one went to."""
    told = [
        {"id": "f1", "theme": "care", "statement": "The surgery refers | people.", "organisation": "m", "other": "s",
         "sharing": "public"},
        {"id": "f2", "theme": "care", "statement": "The museum opened late.", "organisation": "m", "kind": "to_improve",
         "standing": "disputed", "sharing": "public"},
        {"id": "f3", "theme": "care", "statement": PRIVATE, "organisation": "s", "sharing": "private"},
        {"id": "f4", "theme": "care", "statement": "Of the programme.", "sharing": "public"},
    ]  # fmt: skip
    return Tables(
        {
            "organisations": frame(
                "organisations", [partner("m", "Museum", **more), partner("s", "Surgery"), partner("z", "Zoo")]
            ),
            "partnerships": frame("partnerships", [{"id": "t", "source": "s", "target": "m", "sharing": "public"}]),
            "findings": frame("findings", told),
            "activities": frame("activities", {"id": "a", "name": "Network day"}),
            "attendances": frame("attendances", {"activity": "a", "organisation": "s", "people": 2}),
        }
    )


def text(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


def test_a_partner_has_the_findings_that_name_it_and_what_it_took_part_in_and_a_tie_those_about_both():
    written = json.loads(writers.write("kumu-json", of(programme())))
    museum, surgery, zoo = written["elements"]
    assert [each.split(" (")[0] for each in museum["findings in words"]] == [
        "The surgery refers | people.",
        "The museum opened late.",
    ]
    assert "To improve" in museum["findings in words"][1] and "disputed" in museum["findings in words"][1]
    assert surgery["took part in"] == ["Network day (day not recorded)"] and "took part in" not in museum
    assert not {"findings in words", "took part in"} & zoo.keys()
    (tie,) = written["connections"]
    assert len(tie["findings in words"]) == 1 and "Museum ↔ Surgery" in tie["findings in words"][0]
    assert "Of the programme." not in json.dumps(written)  # it is about no partner


def test_gexf_has_them_as_declared_attributes_of_nodes_and_edges():
    root = fromstring(writers.write("gexf", of(programme())))
    space = "{http://gexf.net/1.3}"
    values = {
        (item.tag.removeprefix(space), item.get("id")): {
            value.get("for"): value.get("value") for value in item.iter(f"{space}attvalue")
        }
        for item in [*root.iter(f"{space}node"), *root.iter(f"{space}edge")]
    }
    assert "The museum opened late." in values["node", "m"]["findings_in_words"]
    assert values["node", "s"]["took_part_in"] == "Network day (day not recorded)"
    assert [key for key, own_values in values.items() if "findings_in_words" in own_values and key[0] == "edge"] == [
        ("edge", "t")
    ]


@cache
def seen_by(audience: Audience) -> Export:
    """That programme, as an audience may have it."""
    return writers.prepare(Programme(id="p", name="P"), programme(), audience=audience)


@pytest.mark.parametrize("format", FORMATS)
def test_others_get_only_the_findings_that_are_shared_with_them(format):
    for audience, there in (("lead", True), ("partners", False), ("public", False)):
        written_down = text(writers.write(format, seen_by(audience)))
        assert (PRIVATE in written_down) == there, audience
        assert "opened late" in written_down


@pytest.mark.parametrize(
    "format", [each if each == "graphml" else pytest.param(each, marks=pytest.mark.thorough) for each in FORMATS]
)
def test_of_a_programme_with_many_the_fields_of_the_leads_own_are_read_back_alone(format):
    tables = export("example").tables
    result = bring([(f"x{writers.BY_ID[format].suffix}", written(format, "example"))]).checked
    assert tables["findings"].height and result.tables["fields"].equals(tables["fields"])


@pytest.mark.parametrize("format", FORMATS)
def test_they_are_not_read_back_as_fields_of_the_leads_own(format):
    again = bring([(f"x{writers.BY_ID[format].suffix}", writers.write(format, seen_by("lead")))]).checked
    assert again.tables["fields"].is_empty() and again.tables["organisations"].equals(programme()["organisations"])


@cache
def with_such_a_field() -> tuple[Export, Export]:
    """That programme with a field of the lead's own called as ours, and the same without findings."""
    mine = programme(own_fields=own.encode({"findings_in_words": "Mine"})).with_(
        fields=frame("fields", {"table": "organisations", "id": "findings_in_words", "label": "Findings in words"})
    )
    return of(mine), of(mine.with_(findings=mine["findings"].clear()))


@pytest.mark.parametrize("format", FORMATS)
def test_a_field_of_the_leads_own_with_that_name_keeps_its_values(format):
    for one in with_such_a_field():
        result = bring([(f"x{writers.BY_ID[format].suffix}", writers.write(format, one))]).checked
        assert own.values(result.tables["organisations"], "findings_in_words")[0] == "Mine"


def test_no_column_for_what_is_not_recorded():
    tables = programme()
    bare = tables.with_(findings=tables["findings"].clear(), attendances=tables["attendances"].clear())
    one = of(bare)
    for format in FORMATS:
        said = text(writers.write(format, one)).lower().replace("_", " ")
        assert "findings in words" not in said and "took part in" not in said, format


def test_a_partner_with_more_findings_than_a_cell_holds_gets_the_first_and_the_number_of_the_others():
    rows = [{"id": f"f{at}", "theme": "care", "statement": "x" * 1_900 + str(at), "organisation": "m"} for at in range(40)]
    one = of(programme().with_(findings=frame("findings", rows)))
    texts = of_partners(one)["m"]["findings_in_words"]
    assert texts[-1] == f"and {40 - len(texts) + 1} more" and len(texts) > 3
    assert writers.write("kumu", one)
