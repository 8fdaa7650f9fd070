"""Problems marked in the file itself: filled and commented, listed first, and brought back corrected."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.comments import Comment

from tests.support import workbooks
from wtnet.importing import bring, suggest
from wtnet.writers.tables.marked import marked
from wtnet.writers.tables.marks import AUTHOR, FILL, LIST, anew


def book(sheets: dict[str, list[list[object]]]) -> bytes:
    """A workbook whose texts stay texts, whatever they begin with."""
    return workbooks.book(sheets, strings_to_formulas=False)


WRONG = {
    "My notes": [["=cmd|' /C calc'!A0"]],
    "organisations": [
        ["A title"],
        [],
        ["id", "name", "kind", "latitude"],
        ["a", "=1+1", "museum", 54.5],
        ["b", None, "zoo", "north"],
        ["b", "Bee", "museum", None],
    ],
}


def loaded(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def marks(data: bytes) -> dict[tuple[str, str], str]:
    found = {}
    for sheet in loaded(data).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and cell.comment.author == AUTHOR:
                    assert cell.fill.fgColor.rgb.endswith(FILL)
                    found[sheet.title, cell.coordinate] = cell.comment.text
    return found


def test_without_problems_there_is_nothing_to_mark() -> None:
    """A right file gives no workbook."""
    files = [("o.xlsx", book({"organisations": [["id", "name", "kind"], ["a", "A", "museum"]]}))]
    assert marked(files, bring(files)) == []


def test_the_same_workbook_comes_back_with_its_wrong_cells_marked() -> None:
    """Every wrong cell is filled and says what to do; the person's own sheet and title are as they were."""
    files = [("survey.xlsx", book(WRONG))]
    ((name, data),) = marked(files, bring(files))
    assert name == "survey marked.xlsx"
    found = marks(data)
    assert set(found) == {("organisations", cell) for cell in ("B5", "C5", "D5", "A6")}
    assert "is not one of the words" in found["organisations", "C5"]
    back = loaded(data)
    assert back.sheetnames == [LIST, "My notes", "organisations"]
    assert back["organisations"]["A1"].value == "A title"
    assert back["organisations"]["B5"].value is None


def test_the_list_comes_first_and_leads_to_the_cells() -> None:
    """One row a problem with sheet, row, column, value and remedy, and a link into the sheet."""
    files = [("survey.xlsx", book(WRONG))]
    sheet = loaded(marked(files, bring(files))[0][1])[LIST]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Sheet", "Row", "Column", "What stands there", "What to do") and len(rows) == 5
    links = {cell.hyperlink.location or cell.hyperlink.target for cell in sheet["A"][1:] if cell.hyperlink}
    assert any("organisations'!C5" in link for link in links)


def test_text_like_a_formula_stays_text_wherever_it_is_written() -> None:
    """The cell, the comment and the list: nothing becomes a formula."""
    wrong = {"organisations": [["id", "name", "kind"], ["=a", "=1+1", "=cmd|' /C calc'!A0"], ["@b", "+1", "-2"]]}
    for name in ("a.xlsx", "organisations.csv"):
        data = book(wrong) if name == "a.xlsx" else b"id,name,kind\n'=a,'=1+1,\"'=cmd|' /C calc'!A0\"\n@b,+1,-2\n"
        ((_, back),) = marked([(name, data)], bring([(name, data)]))
        for sheet in loaded(back).worksheets:
            assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"], sheet.title
        again = bring([("back.xlsx", back)])
        assert {one.value for one in again.checked.problems} == {"=cmd|' /C calc'!A0", "-2"}


def test_corrected_and_brought_back_it_is_right() -> None:
    """The round trip: mark, correct the cells as the comments say, bring in, no problem left, nothing lost."""
    files = [("survey.xlsx", book(WRONG))]
    back = loaded(marked(files, bring(files))[0][1])
    sheet = back["organisations"]
    sheet["B5"], sheet["C5"], sheet["D5"], sheet["A6"] = "Beatrice's", "freelancer", 54.25, "c"
    held = io.BytesIO()
    back.save(held)
    found = bring([("survey marked.xlsx", held.getvalue())])
    assert found.checked.ok, found.checked.problems
    assert found.checked.tables.organisations.select("id", "name", "kind", "latitude").rows() == [
        ("a", "=1+1", "museum", 54.5),
        ("b", "Beatrice's", "freelancer", 54.25),
        ("c", "Bee", "museum", None),
    ]
    assert marked([("survey marked.xlsx", held.getvalue())], found) == []


def test_half_corrected_only_what_is_left_is_marked_the_second_time() -> None:
    """Marks of the first round go; a person's own comment stays beside ours and when ours has gone."""
    first = openpyxl.load_workbook(io.BytesIO(book(WRONG)))
    first["organisations"]["C5"].comment = Comment("Ask Bea", "Bea")
    held = io.BytesIO()
    first.save(held)
    data = marked([("s.xlsx", held.getvalue())], bring([("s.xlsx", held.getvalue())]))[0][1]
    assert "Ask Bea" in marks(data)["organisations", "C5"]
    back = loaded(data)
    back["organisations"]["C5"], back["organisations"]["B5"] = "museum", "Bea"
    held = io.BytesIO()
    back.save(held)
    again = marked([("s.xlsx", held.getvalue())], bring([("s.xlsx", held.getvalue())]))[0][1]
    assert {cell for _, cell in marks(again)} == {"D5", "A6"}
    kept = loaded(again)["organisations"]["C5"]
    assert kept.comment.text == "Ask Bea" and kept.fill.fill_type is None
    assert loaded(again).sheetnames.count(LIST) == 1


def test_formulas_of_the_persons_own_stay_and_are_worked_out_on_opening() -> None:
    """A failed formula is marked, not replaced."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "organisations"
    for row in (["id", "name", "kind"], ["a", '="Ann"&"a"', "zoo"]):
        sheet.append(row)
    held = io.BytesIO()
    made.save(held)
    back = loaded(marked([("f.xlsx", held.getvalue())], bring([("f.xlsx", held.getvalue())]))[0][1])
    assert back["organisations"]["B2"].value == '="Ann"&"a"' and back.calculation.fullCalcOnLoad


def test_of_merged_cells_the_first_is_marked_and_hidden_sheets_stay_hidden() -> None:
    """Neither makes the marking fail."""
    made = openpyxl.load_workbook(io.BytesIO(book({"front": [["x"]], "organisations": WRONG["organisations"][2:]})))
    made["organisations"].merge_cells("B3:C3")
    made["organisations"].sheet_state = "hidden"
    held = io.BytesIO()
    made.save(held)
    data = marked([("m.xlsx", held.getvalue())], bring([("m.xlsx", held.getvalue())]))[0][1]
    assert ("organisations", "B3") in marks(data) and loaded(data)["organisations"].sheet_state == "hidden"


@pytest.mark.parametrize("name", ["organisations.csv", "a.zip"])
def test_csvs_come_back_as_a_workbook_with_the_same_marks(name: str) -> None:
    """What was brought in is there, cell by cell, headings of nobody's included; corrected, it is brought in."""
    data = b"id,name,kind,latitude,budget\n007,Anna,zoo,54.5,12\n008,Bee,museum,,13\n"
    if name == "a.zip":
        import zipfile

        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as packed:
            packed.writestr("organisations.csv", data)
        data = held.getvalue()
    ((called, back),) = marked([(name, data)], bring([(name, data)]))
    assert called.endswith(" marked.xlsx")
    assert set(marks(back)) == {("organisations", "C2")}
    sheet = loaded(back)
    assert sheet["organisations"]["A2"].value == "007"
    assert [cell.value for cell in sheet["organisations"][1]][-1] == "budget" and sheet["organisations"]["J2"].value == "12"
    sheet["organisations"]["C2"] = "museum"
    held = io.BytesIO()
    sheet.save(held)
    found = bring([("back.xlsx", held.getvalue())])
    assert found.checked.ok and found.checked.tables.organisations["latitude"].to_list() == [54.5, None]
    assert found.checked.tables.organisations["id"].to_list() == ["007", "008"]


def test_a_mapped_sheet_is_marked_under_its_own_headings() -> None:
    """In a workbook with headings of its own, the cell under "Type" is marked."""
    data = book({"Partners": [["Partner name", "Type"], ["Anna", "zoo"], ["Bee", "museum"]]})
    sheet = bring([("p.xlsx", data)]).sheets[0]
    brought = bring([("p.xlsx", data)], chosen={sheet.place: suggest(sheet)})
    ((_, back),) = marked([("p.xlsx", data)], brought)
    assert set(marks(back)) == {("Partners", "B2")}


def test_rows_and_columns_that_are_not_there_are_in_the_list_at_least() -> None:
    """A missing column has no cell; a row with too many cells is marked at its beginning."""
    data = b"id,name\na,A,extra,more\n"
    ((_, back),) = marked([("organisations.csv", data)], bring([("organisations.csv", data)]))
    said = [row[4] for row in loaded(back)[LIST].iter_rows(min_row=2, values_only=True)]
    assert any("kind" in words for words in said) and len(said) == 2


def test_a_large_file_is_marked_in_seconds_or_not_at_all() -> None:
    """6,000 wrong rows: the first thousand problems are marked; of millions of cells there is only the list."""
    rows = "\n".join(f"p{at},Partner {at},zoo" for at in range(6_000))
    data = f"id,name,kind\n{rows}\n".encode()
    brought = bring([("organisations.csv", data)])
    ((_, back),) = marked([("organisations.csv", data)], brought)
    assert len(back) < 20_000_000
    (table,) = brought.raw.tables
    wide = table.frame.head(1_000).with_columns(pl.lit("1").alias(f"c{at}") for at in range(1_600))
    assert anew([replace(table, frame=wide)], brought.checked.problems) is None
    assert anew([replace(table, frame=wide.head(10))], brought.checked.problems)


@pytest.mark.thorough
def test_a_file_of_millions_of_cells_is_not_marked() -> None:
    """Read from its bytes, too."""
    huge = ",".join(["id", "name", "kind", *(f"c{at}" for at in range(1_600))]) + "\n"
    huge += "".join(",".join([f"p{row}", "x", "zoo", *["1"] * 1_600]) + "\n" for row in range(1_000))
    files = [("organisations.csv", huge.encode())]
    assert marked(files, bring(files)) == []
