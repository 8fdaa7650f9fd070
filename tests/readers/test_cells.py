"""Cells as a person sees them: number formats, formulas without a value, errors, what is hidden and merged; .xlsx and .ods."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from wtnet.readers import read_bytes
from wtnet.readers.core.cell_states import area, column_at, letters
from wtnet.readers.core.number_format import matters, seen
from wtnet.tables.model import Raw

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
HEAD = ["id", "name", "kind", "place"]


def xlsx(rows: list[list[object]], formats: dict[str, str] | None = None, **hidden: int | str) -> Raw:
    """Partners in a workbook; `formats` are number formats by cell, `hidden` a `row` or a `column` that is not shown."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "organisations"
    for row in [HEAD, *rows]:
        sheet.append(row)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    if "row" in hidden:
        sheet.row_dimensions[hidden["row"]].hidden = True
    if "column" in hidden:
        sheet.column_dimensions[hidden["column"]].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    return read_bytes("book.xlsx", buffer.getvalue())


def ods(*rows: str) -> Raw:
    """Partners in an OpenDocument sheet; each row the XML of its row, without headings."""
    heads = "".join(text(name) for name in HEAD)
    body = f"<table:table-row>{heads}</table:table-row>{''.join(rows)}"
    table = f'<table:table table:name="organisations">{body}</table:table>'
    content = f"<office:document-content {SPACES}><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"{content}</office:document-content>")
        manifest = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest {manifest}/>")
    return read_bytes("book.ods", buffer.getvalue())


def text(value: str) -> str:
    """A cell of text."""
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def column(raw: Raw, name: str) -> list[str | None]:
    """The cells of one column of partners."""
    return raw.tables[0].frame[name].to_list()


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.45, "0%", "45%"),
        (0.07, "0.0%", "7%"),
        (45.0, '0"%"', "45%"),
        (12500.0, '£#,##0.0,"k"', "£12.5k"),
        (12.5, '0.0"k"', "12.5k"),
        (1234567.0, '0.0,,"m"', "1.234567m"),
        (12500.0, "#,##0,", "12.5"),
        (7.0, "000", "007"),
        (7.0, '"P"000', "P007"),
        (12.0, "0", None),
        (12.0, "General", None),
        (45000.0, "yyyy-mm-dd", None),
        (12.5, "#,##0.00", None),
        (12.0, "[$£-809]#,##0", None),
        (-0.1, "0%;(0%)", "-10%"),
        (12.0, '"unclosed', None),
        (12.0, "", None),
        (12.0, "[", None),
        (12.0, '0" people"', None),
    ],
)
def test_a_number_is_handed_on_as_its_cell_shows_it(value: float, code: str, shown: str | None) -> None:
    """Unrounded; null where a plain number says as much."""
    assert seen(value, code) == shown
    assert shown is None or matters(code)


def test_a_cell_that_shows_per_cent_or_leading_zeros_is_read_so() -> None:
    """0.45 shown as 45% is 45%, 7 shown as 007 is 007; a plain number beside them stays."""
    raw = xlsx([[7, 0.45, "museum", 12]], {"A2": "000", "B2": "0%"})
    assert raw.tables[0].frame.drop("_row").rows() == [("007", "45%", "museum", "12")]


def test_a_sheet_that_begins_further_right_keeps_its_columns() -> None:
    """What a cell shows is looked up where the cell stands."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "organisations"
    for at, (head, value) in enumerate(zip(HEAD, ["a", 0.5, "museum", "=1+1"], strict=True), 3):
        sheet.cell(2, at, head)
        sheet.cell(3, at, value)
    sheet["D3"].number_format = "0%"
    buffer = io.BytesIO()
    book.save(buffer)
    raw = read_bytes("book.xlsx", buffer.getvalue())
    assert column(raw, "name") == ["50%"]
    assert [(problem.row, problem.column) for problem in raw.problems] == [(3, "place")]


def test_formulas_nobody_worked_out_are_one_problem_a_column() -> None:
    """Not an empty cell; the remedy is to save the workbook in a spreadsheet program."""
    raw = xlsx([["a", "A", "museum", "=1+2"], ["b", "B", "museum", '=CONCATENATE("x","y")']])
    assert [(problem.row, problem.column, problem.value) for problem in raw.problems] == [(2, "place", "no stored value")]
    assert "2 cells" in raw.problems[0].sentence
    assert "save it there" in raw.problems[0].sentence


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    """One notice each, with their number and which they are; the headings' own row is none of the list."""
    raw = xlsx([["a", "A", "museum", "X"], ["b", "B", "museum", "Y"]], row=3, column="D")
    assert column(raw, "id") == ["a", "b"]
    said = {notice.rule: notice.sentence for notice in raw.notices}
    assert set(said) == {"hidden_rows", "hidden_columns"}
    assert "1 hidden row read all the same (3)" in said["hidden_rows"]
    assert '"place"' in said["hidden_columns"]
    assert xlsx([["a", "A", "museum", "X"]]).notices == ()


def test_opendocument_cells_are_read_as_shown_too() -> None:
    """Per cent, leading zeros, thousands; an error and a formula without a value are problems; a comment is no text."""
    percent = '<table:table-cell office:value-type="percentage" office:value="0.071"><text:p>7%</text:p></table:table-cell>'
    zeros = '<table:table-cell office:value-type="float" office:value="7"><text:p>007</text:p></table:table-cell>'
    scaled = '<table:table-cell office:value-type="float" office:value="12500"><text:p>£12.5k</text:p></table:table-cell>'
    raw = ods(f"<table:table-row>{zeros}{percent}{text('museum')}{scaled}</table:table-row>")
    assert raw.tables[0].frame.drop("_row").rows() == [("007", "7.1%", "museum", "12.5k")]
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    unworked = '<table:table-cell table:formula="of:=1+1"/>'
    rows = [f"<table:table-row>{text(id)}{text('A')}{text('museum')}{cell}</table:table-row>" for id, cell in
            (("a", error), ("b", unworked))]  # fmt: skip
    raw = ods(*rows)
    assert column(raw, "place") == [None, None]
    assert [(problem.row, problem.value) for problem in raw.problems] == [(2, "#DIV/0!"), (3, "no stored value")]


def test_opendocument_rows_that_are_hidden_or_filtered_away_are_said() -> None:
    """And a repeated row counts as often as it is repeated."""
    row = f"{text('a')}{text('A')}{text('museum')}</table:table-row>"
    raw = ods(f"<table:table-row>{row}", f'<table:table-row table:visibility="filter" table:number-rows-repeated="2">{row}')
    assert column(raw, "id") == ["a", "a", "a"]
    (notice,) = (it for it in raw.notices if it.rule == "hidden_rows")
    assert "2 hidden rows" in notice.sentence
    assert "(3, 4)" in notice.sentence


def test_columns_have_letters_and_positions() -> None:
    """Each from the other; a reference that is none is null."""
    assert [letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_at(letters(at)) == at for at in range(1_000))
    assert area("A2:B3") is not None
    assert area("nonsense") is None
