"""Workbooks: our own tables, and the ways a spreadsheet can be odd or hostile."""

import datetime
import io
import zipfile

import openpyxl
import pytest
import xlsxwriter

from wtnet.errors import UnreadableFile
from wtnet.readers import read_bytes
from wtnet.tables import check
from wtnet.tables.model import ROW

HEAD = ["id", "name", "kind"]


def _book(sheets: dict[str, list[list[object]]], hide: str | None = None) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    day = book.add_format({"num_format": "dd mmmm yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(at, column, datetime.datetime(value.year, value.month, value.day), day)
                elif isinstance(value, str) and value.startswith("=!"):
                    sheet.write_formula(at, column, "=1/0", None, value[2:])
                elif value is not None:
                    sheet.write(at, column, value)
        if name == hide:
            sheet.hide()
    book.close()
    return held.getvalue()


def _raw_sheet(rows: str, name: str = "organisations", shared: str = "") -> bytes:
    """A workbook written by hand, with the rows' XML as given."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="a" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="b" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{shared}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return held.getvalue()


def _ods(rows: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='Organisations'>"
            f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{manifest}">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
    return held.getvalue()


def _cell(text: str, times: int = 1) -> str:
    repeated = f'office:value-type="string" table:number-columns-repeated="{times}"'
    return f"<table:table-cell {repeated}><text:p>{text}</text:p></table:table-cell>"


EMPTY_ROWS = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def test_sheets_are_known_by_their_names_whatever_the_capitals() -> None:
    raw = read_bytes("b.xlsx", _book({"Organisations": [HEAD, ["a", "A", "museum"]], " WAVES ": [["id", "name"], ["w", "W"]]}))
    assert (raw.format, [table.name for table in raw.tables]) == ("workbook", ["organisations", "waves"])


def test_rows_are_numbered_as_the_spreadsheet_does_and_empty_ones_left_out() -> None:
    raw = read_bytes("b.xlsx", _book({"organisations": [HEAD, [], ["a", "A", "museum"], [], ["b", "B", "museum"]]}))
    assert raw.tables[0].frame[ROW].to_list() == [3, 5]


def test_a_title_above_the_headings_and_empty_columns_are_passed_over() -> None:
    rows = [[None, "Our partners"], [None, "as of March"], [None, *HEAD, None, "notes"], [None, "a", "A", "museum"]]
    raw = read_bytes("b.xlsx", _book({"organisations": rows}))
    assert raw.tables[0].frame.columns == [*HEAD, "notes", ROW]
    assert raw.tables[0].frame[ROW].to_list() == [4]


def test_numbers_dates_and_truths_come_as_text_the_check_understands() -> None:
    rows = [["source", "target", "level", "started", "before_programme"], ["a", "b", 3, datetime.date(2024, 3, 1), True]]
    checked = check(
        read_bytes("b.xlsx", _book({"organisations": [HEAD, ["a", "A", "museum"], ["b", "B", "museum"]], "partnerships": rows}))
    )
    assert not checked.problems
    assert checked.tables.partnerships.select("level", "started", "before_programme").row(0) == (
        3,
        datetime.date(2024, 3, 1),
        True,
    )


def test_a_failed_formula_in_a_column_of_ours_is_a_problem_that_names_the_cell() -> None:
    rows = [[*HEAD, "notes"], ["a", "=!#REF!", "museum", "=!#DIV/0!"]]
    raw = read_bytes("b.xlsx", _book({"organisations": rows}))
    assert [(one.rule, one.row, one.column, one.value) for one in raw.problems] == [("failed_formula", 2, "name", "#REF!")]


def test_a_heading_that_stands_twice_is_named() -> None:
    checked = check(read_bytes("b.xlsx", _book({"organisations": [[*HEAD, "Name "], ["a", "A", "museum", "AA"]]})))
    assert [one.sentence for one in checked.problems] == [
        'b.xlsx, sheet "organisations": the column "Name" stands twice. Keep one and bring the file in again.'
    ]


def test_what_is_merged_over_several_rows_is_read_for_each_and_said() -> None:
    """A merged title above the headings is nobody's business."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "organisations"
    sheet.append(["Our partners"])
    sheet.merge_cells("A1:C2")
    for at, row in enumerate([HEAD, ["a", "A", "museum"], ["b", "B", "museum"]], 3):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column, value)
    ties = book.create_sheet("partnerships")
    for row in (["source", "target"], ["a", "b"], [None, "b"]):
        ties.append(row)
    ties.merge_cells("A2:A3")
    held = io.BytesIO()
    book.save(held)
    checked = check(read_bytes("b.xlsx", held.getvalue()))
    assert checked.ok
    assert checked.tables.partnerships.select("source", "target").rows() == [("a", "b"), ("a", "b")]
    (notice,) = (one for one in checked.notices if one.rule == "merged_cells")
    assert "A2:A3" in notice.sentence and notice.sheet == "partnerships"


def test_other_sheets_are_left_out_with_a_notice_and_a_near_miss_is_pointed_out() -> None:
    raw = read_bytes(
        "b.xlsx", _book({"organisations": [HEAD, ["a", "A", "museum"]], "Budget": [["x"]], "Rating": [["x"]], "Read me": [["x"]]})
    )
    assert [one.rule for one in raw.notices] == ["unknown_sheet", "unknown_sheet"]
    assert 'rename it "ratings"' in raw.notices[0].sentence and '"Budget"' in raw.notices[1].sentence


def test_a_hidden_sheet_is_read_and_said_to_be_hidden() -> None:
    raw = read_bytes("b.xlsx", _book({"x": [["x"]], "organisations": [HEAD, ["a", "A", "museum"]]}, hide="organisations"))
    assert "hidden_sheet" in [one.rule for one in raw.notices] and raw.tables[0].frame.height == 1


def test_a_workbook_without_a_sheet_of_ours_is_refused_and_the_template_offered() -> None:
    with pytest.raises(UnreadableFile, match=r'its sheets: "Budget"\).*organisations and partnerships.*wtnet template'):
        read_bytes("b.xlsx", _book({"Budget": [["a", "b"], [1, 2]]}))


def test_sheets_of_ours_that_are_all_empty_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="all of them are empty"):
        read_bytes("b.xlsx", _book({"organisations": []}))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row><c r="A4294967295"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="4294967295"><c><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c t=">" r="XFD1048576"><v>2</v></c></row>',
    ],
)
def test_a_sheet_whose_used_area_would_not_fit_in_memory_is_refused_before_it_is_read(rows: str) -> None:
    with pytest.raises(UnreadableFile, match="cells are read"):
        read_bytes("b.xlsx", _raw_sheet(rows))


def test_empty_formatted_cells_in_the_last_column_do_not_count() -> None:
    cells = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{word}</t></is></c>' for letter, word in zip("ABC", HEAD, strict=True)
    )
    raw = read_bytes("b.xlsx", _raw_sheet(f'<row r="1">{cells}<c r="XFD1" s="1"/></row><row r="1048576" hidden="1"/>'))
    assert raw.tables[0].frame.columns == [*HEAD, ROW]


def test_one_long_text_repeated_in_very_many_cells_is_refused() -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 50_001))
    with pytest.raises(UnreadableFile, match="repeats very long texts"):
        read_bytes("b.xlsx", _raw_sheet(rows, shared=f"<si><t>{'x' * 30_000}</t></si>"))


def test_opendocument_is_read_with_its_million_empty_rows() -> None:
    head = "<table:table-row>" + "".join(map(_cell, HEAD)) + "</table:table-row>"
    row = "<table:table-row>" + "".join(map(_cell, ["a", "A", "museum"])) + "</table:table-row>"
    raw = read_bytes("b.ods", _ods(EMPTY_ROWS.replace("1048000", "2") + head + row + EMPTY_ROWS))
    assert raw.tables[0].frame.select(*HEAD, ROW).rows() == [("a", "A", "museum", 4)]


@pytest.mark.parametrize(
    "rows",
    [
        f'<table:table-row table:number-rows-repeated="1048576">{_cell("a", 1024)}</table:table-row>',
        f'{EMPTY_ROWS}<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{_cell("z")}</table:table-row>',
    ],
)
def test_opendocument_that_repeats_itself_without_end_is_refused(rows: str) -> None:
    with pytest.raises(UnreadableFile, match="cells are read"):
        read_bytes("b.ods", _ods(rows))


def test_markup_formulas_and_emoji_stay_the_text_they_are() -> None:
    names = ["<script>alert(1)</script>", "=cmd()|x", "\u202eevil", "🎨" * 75, "x" * 300]
    rows = [HEAD]
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"strings_to_formulas": False})
    sheet = book.add_worksheet("organisations")
    for at, row in enumerate([*rows, *([f"o{at}", name, "museum"] for at, name in enumerate(names))]):
        sheet.write_row(at, 0, row)
    book.close()
    checked = check(read_bytes("b.xlsx", held.getvalue()))
    assert not checked.problems and checked.tables.organisations["name"].to_list() == names


@pytest.mark.parametrize("rows", ["<table:table-row><table:table-cell>", "<table:table-row></table:table-cell>", "&unknown;"])
@pytest.mark.timeout(20)
def test_a_part_that_is_not_well_formed_is_refused_and_not_searched_for_ever(rows: str) -> None:
    with pytest.raises(UnreadableFile, match="not well-formed"):
        read_bytes("b.ods", _ods(rows))


def test_entities_inside_a_workbook_are_refused() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>')
    with pytest.raises(UnreadableFile, match="declares XML entities"):
        read_bytes("b.xlsx", held.getvalue())
