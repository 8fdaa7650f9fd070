"""The workbook and the CSVs, opened by programs nobody here wrote; where it came from, in every file."""

from __future__ import annotations

import datetime as dt
import html
import io
import zipfile
from dataclasses import replace
from functools import cache
from xml.etree.ElementTree import fromstring

import networkx as nx
import openpyxl
import pytest

from tests.support.exports import DAY, MADE_UP, alone, export, of, partner, written
from tests.support.frames import frame
from wtnet import writers
from wtnet.errors import InvalidRequest
from wtnet.importing import bring
from wtnet.network import Scope
from wtnet.store import Programme
from wtnet.strength import Weights
from wtnet.tables import Tables, own, schema
from wtnet.writers.export import Export
from wtnet.writers.provenance import provenance


@cache
def book(programme: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(written("workbook", programme)))


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name) for name in held.namelist()}


@pytest.mark.parametrize("programme", ["example", "hostile", "empty"])
def test_the_workbook_has_a_sheet_that_explains_and_one_for_each_table(programme: str) -> None:
    opened = book(programme)
    assert opened.sheetnames == ["Read me (ignore)", *schema.NAMES]
    for table in schema.NAMES:
        own_headings = own.labels(export(programme).tables, table).values()
        assert [cell.value for cell in opened[table][1]] == [*schema.visible(table), *own_headings]
        assert opened[table].freeze_panes == "A2"
        assert opened[table].max_row == export(programme).tables[table].height + 1


def test_the_workbook_can_be_filled_in_further_like_the_blank_one() -> None:
    """Drop-downs for words, dates shown as dates, notes on the headings."""
    sheet = book("example")["organisations"]
    assert any("museum" in (rule.formula1 or "") for rule in sheet.data_validations.dataValidation)
    assert "short code" in sheet["A1"].comment.text
    wave = book("example")["waves"]["C2"]
    assert isinstance(wave.value, dt.datetime) and wave.number_format == "yyyy-mm-dd"


def test_no_cell_of_the_workbook_is_a_formula_or_a_link() -> None:
    for sheet in book("hostile"):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" and cell.hyperlink is None


def test_formula_like_text_stands_in_the_workbook_as_it_is() -> None:
    names = [row[1].value for row in book("hostile")["organisations"].iter_rows(min_row=2)]
    assert '=HYPERLINK("http://x","y")' in names and "'=already quoted" in names


def test_a_text_too_long_for_a_cell_is_refused_with_its_place() -> None:
    rows = frame("organisations", [partner("a", "A", description="x" * 40_000)])
    with pytest.raises(InvalidRequest, match=r'Sheet "organisations", row 2, column "description": this text is too long'):
        writers.write("workbook", of(Tables({"organisations": rows})))


def test_a_text_of_the_longest_allowed_comes_back_whole() -> None:
    rows = frame("organisations", [partner("a", "A", description="é" * 10_000)])
    checked = bring([("x.xlsx", writers.write("workbook", of(Tables({"organisations": rows}))))]).checked
    assert checked.tables["organisations"].equals(rows)


@pytest.mark.parametrize("format", ["workbook", "csv"])
def test_numbers_and_dates_a_spreadsheet_would_change_come_back_unchanged(format: str) -> None:
    """Seventeen digits, very large and very small numbers, days before 1900 and the last of all days."""
    waves = [
        {"id": f"w{at}", "name": "W", "date": day}
        for at, day in enumerate((dt.date(1, 1, 1), dt.date(1900, 1, 31), dt.date(9999, 12, 31)))
    ]
    values = [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0.0, 1 / 3]
    indicators = [{"id": f"i{at}", "theme": "care", "name": "I", "target": value} for at, value in enumerate(values)]
    tables = Tables({"waves": frame("waves", waves), "indicators": frame("indicators", indicators)})
    suffix = writers.BY_ID[format].suffix
    assert bring([(f"x{suffix}", writers.write(format, of(tables)))]).checked.tables == tables


def test_the_csvs_open_with_a_mark_so_that_names_are_read_right_and_no_cell_is_a_formula() -> None:
    held = files(written("csv", "hostile"))
    assert list(held) == [*(f"{name}.csv" for name in schema.NAMES), "README.txt"]
    assert all(data.startswith(b"\xef\xbb\xbf") for name, data in held.items() if name.endswith(".csv"))
    assert b'"\'=HYPERLINK(""http://x"",""y"")"' in held["organisations.csv"]


def test_the_csvs_explain_every_column() -> None:
    told = files(written("csv", "example"))["README.txt"].decode()
    assert "organisations.csv (66 rows)" in told and all(f"    {name}: " in told for name in schema.visible("ratings"))


def everything(data: bytes) -> str:
    """All the text of a file, packed or not."""
    parts = files(data).values() if data.startswith(b"PK") else [data]
    text = "\n".join(part.decode("utf-8-sig", "replace") for part in parts)
    return html.unescape(text)


def of_the_funder() -> Export:
    """A programme that is not invented, of which one partner alone is given back."""
    whole = export("working-together")
    return replace(whole, partner=whole.tables.organisations["id"][0])


@pytest.mark.parametrize("format", writers.BY_ID)
def test_every_file_says_where_it_came_from_and_what_may_be_done_with_it(format: str) -> None:
    """Programme, source, licence, day and that it is illustrative."""
    text = everything(writers.write(format, of(alone())))
    for words in (MADE_UP.name, MADE_UP.source, "CC BY 4.0", "2025-06-01", "Illustrative: everything in this file is invented"):
        assert str(words) in text, words


@pytest.mark.parametrize(
    "format",
    [pytest.param(each, marks=pytest.mark.thorough) if each in ("report", "pptx", "png") else each for each in writers.BY_ID],
)
def test_no_file_of_a_programme_that_is_not_invented_says_that_it_is(format: str) -> None:
    """It says whose record it is."""
    real = everything(writers.write(format, of_the_funder()) if format == "give-back" else written(format, "working-together"))
    assert "National Lottery Heritage Fund" in real and "Illustrative" not in real


@pytest.mark.parametrize("format", [one.id for one in writers.FORMATS if one.group == "data"])
def test_a_programme_with_control_characters_in_its_name_leaves_as_a_sound_file(format: str) -> None:
    odd = writers.prepare(Programme("x", "A\x00\x07B\ufffe\n% *Vertices 9", "\x1b[31m", source="a\rb"), alone(), made=DAY)
    data = writers.write(format, odd)
    if format == "pajek":
        assert nx.read_pajek(io.BytesIO(data)).number_of_nodes() == 1
    else:
        checked = bring([(f"x{writers.BY_ID[format].suffix}", data)]).checked
        assert checked.tables["organisations"].equals(alone()["organisations"])
    if format in ("workbook", "kumu"):
        assert openpyxl.load_workbook(io.BytesIO(data)).properties.title == "AB\n% *Vertices 9"


def test_an_unknown_source_or_licence_is_said_to_be_unknown() -> None:
    bare = writers.prepare(Programme("x", "X"), Tables())
    told = dict(provenance(bare))
    assert told["Source"] == "Not stated." and told["Licence"].startswith("Not stated: ask")
    assert (
        told["Wave"] == "None: documented partnerships only."
        and told["Shown"] == "The whole network: 0 partners, 0 partnerships."
    )


def test_a_file_of_part_of_the_network_says_what_was_left_out_and_how_strength_was_worked_out() -> None:
    scope = Scope("baseline", ("museum", "funder"), min_strength=0.2, pairing="weaker", weights=Weights(trust=2))
    told = dict(provenance(of(export("example").tables, scope)))
    assert told["Wave"] == "Baseline (baseline, 2024-02-01)"
    assert told["Shown"].startswith("Kind: Museum or heritage organisation; Kind: Funder; Strength 0.2 or more. There, ")
    assert "the weaker of what both sides say (depth 1, contact 1, trust 2, value 1)" in told["Strength"]
    focused = of(export("example").tables, Scope(focus=("northcliff-museum-of-the-sea",), hops=1))
    assert "Up to 1 step from Northcliff Museum of the Sea. There, " in dict(provenance(focused))["Shown"]


def test_graph_files_carry_where_they_came_from_as_other_tools_look_for_it() -> None:
    one = of(alone())
    assert nx.read_graphml(io.BytesIO(writers.write("graphml", one))).graph["licence"] == "CC BY 4.0"
    described = fromstring(writers.write("gexf", one)).find("{http://gexf.net/1.3}meta/{http://gexf.net/1.3}description")
    assert described is not None and "Licence: CC BY 4.0" in (described.text or "")
