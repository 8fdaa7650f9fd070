"""The blank workbook: made from the declarations, and read back as valid and empty."""

from io import BytesIO

import openpyxl
import pytest

from wtnet.importing import bring
from wtnet.tables import schema
from wtnet.writers.tables.template import READ_ME, template


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(template()))


def rule(sheet, column: str):
    """The validation of a column's second row."""
    at = [cell.value for cell in sheet[1]].index(column) + 1
    cell = sheet.cell(2, at).coordinate
    return next((one for one in sheet.data_validations.dataValidation if cell in one.sqref), None)


def test_it_reads_back_as_valid_and_empty():
    checked = bring([("template.xlsx", template())]).checked
    assert checked.problems == ()
    assert checked.tables.counts() == {}


def test_it_is_the_same_to_the_byte_each_time():
    assert template() == template()


def test_it_has_a_sheet_for_each_table_with_its_headings_in_the_first_row(book):
    assert book.sheetnames == [READ_ME, *schema.NAMES]
    for table in schema.NAMES:
        assert [cell.value for cell in book[table][1]] == list(schema.visible(table))
        assert book[table].max_row == 1
        assert book[table].freeze_panes == "A2"


def test_every_heading_says_what_belongs_below_it_and_bold_ones_must_be_filled(book):
    for table in schema.NAMES:
        for cell in book[table][1]:
            assert schema.column(table, cell.value).description in cell.comment.text
            needed = cell.value in schema.required(table)
            assert cell.font.bold == needed
            assert ("Must be filled in" in cell.comment.text) == needed


def test_words_levels_and_yes_or_no_are_drop_downs(book):
    for table in schema.NAMES:
        for name in schema.visible(table):
            if schema.words(table, name):
                assert rule(book[table], name).formula1 == f'"{",".join(schema.words(table, name))}"'
    assert rule(book["ratings"], "level").formula1 == '"0,1,2,3,4,5"'
    assert rule(book["ratings"], "openness").formula1 == '"1,2,3,4"'
    assert rule(book["partnerships"], "before_programme").formula1 == '"yes,no"'
    assert rule(book["partnerships"], "source").formula1.startswith("organisations!")
    assert rule(book["pilots"], "starts").type == "date"
    assert rule(book["organisations"], "name") is None


def test_the_first_sheet_explains_every_column_with_an_example(book):
    told = [[cell.value for cell in row] for row in book[READ_ME].iter_rows()]
    for table in schema.NAMES:
        for name in schema.visible(table):
            assert any(row[0] == name and row[1] == schema.column(table, name).description for row in told)


def test_a_filled_in_copy_reads_back(book):
    copy = openpyxl.load_workbook(BytesIO(template()))
    copy["organisations"].append(["007", "Anna", "freelancer"])
    copy["organisations"].append(["b", "<script>", "museum"])
    copy["partnerships"].append([None, "007", "b", None, 3])
    target = BytesIO()
    copy.save(target)
    checked = bring([("mine.xlsx", target.getvalue())]).checked
    assert checked.problems == ()
    assert checked.tables.counts() == {"organisations": 2, "partnerships": 1}
    assert checked.tables.organisations["id"].to_list() == ["007", "b"]
