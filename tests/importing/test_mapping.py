"""Headings of a stranger's sheet: suggested, mapped by a person, remembered; names in the place of ids."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from tests.support import workbooks
from wtnet.errors import UnreadableFile, WtnetError
from wtnet.importing import FROM_NAME, SheetMapping, bring, from_settings, suggest, synonyms, to_setting
from wtnet.importing.cures import causes
from wtnet.tables import Tables, check
from wtnet.tables.model import Raw

PARTNERS = b"""Partner name,Type of organisation,Town,Budget
Harbour Arts,Community group,Northcliff,12
City Hospital,health provider,,3
"""


def book(**sheets: list[list[object]]) -> bytes:
    return workbooks.book(sheets)


def stored() -> Tables:
    raw = bring([("organisations.csv", b"id,name,kind\nharbour,Harbour Arts,community_group\n")])
    return raw.checked.tables


def test_a_list_of_partners_with_headings_of_its_own_is_offered_with_suggestions() -> None:
    """The file cannot be read as it is; its sheet is there to be mapped, and the likely columns are found."""
    found = bring([("list of partners.csv", PARTNERS)])
    assert found.unreadable and found.checked.tables.counts() == {}
    (sheet,) = found.sheets
    mapped = suggest(sheet)
    assert mapped.table == "organisations"
    assert mapped.headings == {"id": FROM_NAME, "name": "Partner name", "kind": "Type of organisation", "place": "Town"}
    assert sheet.examples("Town") == ["Northcliff"]


def test_what_is_wrong_with_a_mapped_sheet_is_said() -> None:
    """A failed formula under a heading that is used (not under another), a hidden sheet, a row with too few cells."""
    held = io.BytesIO()
    made = xlsxwriter.Workbook(held, {"in_memory": True})
    made.add_worksheet("About")
    sheet = made.add_worksheet("List")
    for at, row in enumerate(
        [["Partner name", "Type of organisation", "Budget"], ["Harbour Arts", "museum"], ["City", "museum"]]
    ):
        sheet.write_row(at, 0, row)
    sheet.write_formula("A2", "=1/0", value="#DIV/0!")
    sheet.write_formula("C3", "=1/0", value="#DIV/0!")
    sheet.hide()
    made.close()
    place = bring([("list.xlsx", held.getvalue())]).sheets[0]
    found = bring([("list.xlsx", held.getvalue())], chosen={place.place: suggest(place)}).checked
    assert [(one.row, one.column) for one in found.problems if one.rule == "failed_formula"] == [(2, "Partner name")]
    assert "hidden_sheet" in {one.rule for one in found.notices}
    ragged = ("list.csv", PARTNERS + b"Library,museum\n")
    place = bring([ragged]).sheets[0]
    assert "ragged_row" in {one.rule for one in bring([ragged], chosen={place.place: suggest(place)}).checked.problems}


def test_a_mapped_sheet_is_read_and_ids_are_made_from_names() -> None:
    """With the suggestion taken, both partners are there; columns nobody wanted are gone without a word."""
    sheet = bring([("list.csv", PARTNERS)]).sheets[0]
    found = bring([("list.csv", PARTNERS)], chosen={sheet.place: suggest(sheet)})
    assert found.unreadable is None and found.checked.ok
    assert found.checked.tables.organisations.select("id", "name", "kind", "place").rows() == [
        ("harbour-arts", "Harbour Arts", "community_group", "Northcliff"),
        ("city-hospital", "City Hospital", "health_provider", None),
    ]
    assert found.columns["organisations"] == {"id", "name", "kind", "place"}


def test_two_names_that_give_one_short_id_keep_their_own() -> None:
    """Different names never collapse into one partner; the same name twice is a problem for the person."""
    data = b"Partner name,Type\nA & B,museum\nA B,museum\nSame,museum\nSame,museum\n"
    sheet = bring([("l.csv", data)]).sheets[0]
    found = bring([("l.csv", data)], chosen={sheet.place: suggest(sheet)})
    assert [one.rule for one in found.checked.problems] == ["duplicate"]
    assert bring([("l.csv", data[:-12])], chosen={sheet.place: suggest(sheet)}).checked.tables.organisations["id"].to_list() == [
        "A & B",
        "A B",
        "same",
    ]


def test_what_was_chosen_once_is_remembered_for_the_same_headings() -> None:
    """The order and capitals of the headings do not matter; another set of headings is another sheet."""
    sheet = bring([("list.csv", PARTNERS)]).sheets[0]
    name, value = to_setting(sheet, suggest(sheet))
    other = b"TOWN,budget,type of organisation,Partner name\nYork,1,museum,New Museum\n"
    found = bring([("another.csv", other)], settings={name: value})
    assert found.checked.tables.organisations["place"].to_list() == ["York"]
    assert found.remembered == {("another.csv", None)}
    assert bring([("third.csv", b"Partner name,Kind of\nA,museum\n")], settings={name: value}).unreadable


@pytest.mark.parametrize("value", [None, 1, {}, {"table": "nothing", "columns": {}}, {"table": "waves", "columns": 3}])
def test_a_remembered_mapping_that_makes_no_sense_is_passed_over(value: object) -> None:
    """Whatever stands in the settings, the file is offered afresh."""
    sheet = bring([("list.csv", PARTNERS)]).sheets[0]
    assert from_settings(sheet, {to_setting(sheet, suggest(sheet))[0]: value}) is None


def test_an_unknown_heading_beside_known_ones_can_be_mapped() -> None:
    """organisations.csv with "Town" is read without it, offered, and read with it once mapped."""
    data = b"id,name,kind,Town\na,A,museum,York\n"
    found = bring([("organisations.csv", data)])
    assert found.checked.ok and found.checked.tables.organisations["place"].to_list() == [None]
    (sheet,) = found.sheets
    again = bring([("organisations.csv", data)], chosen={sheet.place: suggest(sheet)})
    assert again.checked.tables.organisations["place"].to_list() == ["York"]
    assert [one for one in again.checked.notices if one.rule == "unknown_column"] == []


def test_other_sheets_of_a_workbook_of_ours_can_be_mapped_too() -> None:
    """A sheet "Projects" beside ours becomes the pilots; a title above its headings is passed over."""
    data = book(
        organisations=[["id", "name", "kind"], ["a", "A", "museum"]],
        Projects=[["Our projects 2024"], [], ["Project", "Led by", "Start date"], ["Tidelines", "A", "2024-01-15"]],
    )
    found = bring([("ours.xlsx", data)])
    assert found.checked.ok and [one.sheet for one in found.sheets] == ["Projects"]
    mapped = suggest(found.sheets[0])
    assert mapped.table == "pilots" and mapped.headings["lead"] == "Led by" and mapped.headings["starts"] == "Start date"
    again = bring([("ours.xlsx", data)], chosen={found.sheets[0].place: mapped})
    assert again.checked.ok, again.checked.problems
    assert again.checked.tables.pilots.select("id", "name", "lead").rows() == [("tidelines", "Tidelines", "a")]
    assert "1 cell names organisations by name" in " ".join(one.sentence for one in again.checked.notices)


def test_problems_of_a_mapped_sheet_name_the_persons_own_heading() -> None:
    """A wrong kind is said of "Type of organisation", with our word beside it."""
    data = PARTNERS.replace(b"Community group", b"zoo")
    sheet = bring([("list.csv", data)]).sheets[0]
    found = bring([("list.csv", data)], chosen={sheet.place: suggest(sheet)})
    assert (
        'list.csv, row 2, column "Type of organisation" (kind): "zoo" is not one of the words'
        in found.checked.problems[0].sentence
    )


def test_a_mapping_without_a_needed_column_is_not_used() -> None:
    """Without a heading for the kind, the sheet stays unread, and what is missing is named."""
    sheet = bring([("list.csv", PARTNERS)]).sheets[0]
    half = SheetMapping.of("organisations", {"name": "Partner name", "id": FROM_NAME, "kind": ""})
    assert half.missing == ["kind"]
    assert bring([("list.csv", PARTNERS)], chosen={sheet.place: half}).unreadable


def test_ties_that_name_partners_are_read_as_their_ids_where_only_one_has_the_name() -> None:
    """Names in any capitals, of the file or stored; a name two partners share stays, and is a problem by row."""
    files = [
        ("organisations.csv", b"id,name,kind\na,Anna,museum\nb,Bee,museum\nc,Bee,museum\n"),
        ("partnerships.csv", b"id,source,target,level\n1,ANNA,harbour arts,2\n2,a,Bee,2\n"),
    ]
    found = bring(files, stored())
    assert [(one.row, one.value) for one in found.checked.problems] == [(3, "Bee")]
    assert found.checked.tables.partnerships.select("source", "target").rows() == [("a", "harbour")]


def test_two_uploads_of_one_name_are_both_read() -> None:
    """Nothing is lost because two people called their file the same."""
    one, other = b"id,name,kind\na,A,museum\n", b"id,name,kind\nb,B,museum\n"
    found = bring([("organisations.csv", one), ("organisations.csv", other)])
    assert found.checked.tables.organisations["id"].to_list() == ["a", "b"]


def test_gephis_two_lists_are_read_together_when_uploaded_together() -> None:
    """Nodes alone are no table; beside their ties they are the partners."""
    files = [("edges.csv", b"Source,Target,Weight\n1,2,1\n"), ("nodes.csv", b"Id,Label\n1,Anna\n2,Bee\n")]
    assert bring(files).checked.tables.organisations["name"].to_list() == ["Anna", "Bee"]


def test_what_holds_no_sheet_is_still_refused_in_a_sentence() -> None:
    """A PDF or a broken workbook has nothing to map."""
    for name, data in (
        ("a.pdf", b"%PDF-1.7"),
        ("a.xlsx", b"PK\x03\x04 nothing"),
        ("a.csv", b"\0" * 40),
        ("a.csv", b"just words\n"),
    ):
        with pytest.raises(UnreadableFile):
            bring([(name, data)])
    with pytest.raises(WtnetError, match="No file was chosen"):
        bring([])


def test_a_mapped_file_beside_one_of_ours_is_read_with_it() -> None:
    """The file that needs a mapping does not keep the others from being read."""
    files = [
        ("list.csv", PARTNERS),
        ("ties.xlsx", book(partnerships=[["id", "source", "target"], [1, "Harbour Arts", "city-hospital"]])),
    ]
    found = bring(files)
    assert found.unreadable
    again = bring(files, chosen={found.sheets[0].place: suggest(found.sheets[0])})
    assert again.checked.ok, again.checked.problems
    assert again.checked.tables.partnerships.select("source", "target").rows() == [("harbour-arts", "city-hospital")]


@pytest.mark.parametrize(("sheets", "columns"), [(50, 2_000), pytest.param(200, 16_384, marks=pytest.mark.thorough)])
def test_mapping_many_sheets_and_thousands_of_columns_stays_bounded(sheets: int, columns: int) -> None:
    """The first sheets are offered; of a very wide one, suggestions look at the first headings."""
    found = bring([("wide.xlsx", book(**{f"s{at}": [["Partner name", "Type"], ["A", "museum"]] for at in range(sheets)}))])
    assert len(found.sheets) == 30
    wide = ",".join(f"h{at}" for at in range(columns)) + "\n" + ",".join("1" * columns) + "\n"
    (sheet,) = bring([("wide.csv", wide.encode())]).sheets
    assert suggest(sheet).table


def test_reading_as_a_table_checks_like_any_other() -> None:
    """`read_as` gives a raw table the check takes."""
    sheet = bring([("list.csv", PARTNERS)]).sheets[0]
    assert check(Raw("sheets", (sheet.read_as(suggest(sheet)),))).ok


# -- words ------------------------------------------------------------------------------------------------------

CHARITIES = b"id,name,kind\na,A,Charity\nb,B, CHARITY \nc,C,NHS trust\nd,D,museum\n"


def test_words_that_are_none_of_ours_are_gathered_each_once() -> None:
    """Capitals and spaces make no other word; known ones are not asked about."""
    found = bring([("organisations.csv", CHARITIES)])
    assert synonyms.unknown(found.raw, found.checked.problems) == {
        ("organisations", "kind", "charity"): "Charity",
        ("organisations", "kind", "nhs trust"): "NHS trust",
    }


def test_a_word_explained_once_is_understood_in_every_file_and_said() -> None:
    """The other stays a problem; nothing else in the file changes."""
    settings = dict([synonyms.to_setting("organisations", "kind", "Charity", "community_group")])
    found = bring([("organisations.csv", CHARITIES)], settings=settings)
    assert [one.value for one in found.checked.problems] == ["NHS trust"]
    assert found.checked.tables.organisations["kind"].to_list() == ["community_group", "community_group", "museum"]
    assert any('"Charity" as community_group' in one.sentence for one in found.checked.notices)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("words:organisations.kind:x", {"text": "x", "word": "nothing"}),
        ("words:organisations.name:x", {"text": "x", "word": "museum"}),
        ("words:nothing.kind:x", {"text": "x", "word": "museum"}),
        ("words:organisations.kind:x", "museum"),
        ("words:", None),
        ("mapping:x", {"text": "x", "word": "museum"}),
    ],
)
def test_remembered_words_that_make_no_sense_are_passed_over(name: str, value: object) -> None:
    """Whatever stands in the settings."""
    assert synonyms.from_settings({name: value}) == {}


def test_words_are_understood_in_a_mapped_sheet_too() -> None:
    """The heading "Type of organisation" is the kind, and "zoo" is a museum."""
    data = PARTNERS.replace(b"Community group", b"Zoo")
    sheet = bring([("l.csv", data)]).sheets[0]
    settings = dict([synonyms.to_setting("organisations", "kind", "zoo", "museum"), to_setting(sheet, suggest(sheet))])
    assert bring([("l.csv", data)], settings=settings).checked.tables.organisations["kind"].to_list() == [
        "museum",
        "health_provider",
    ]


def test_the_same_cause_in_many_rows_is_said_once_with_its_values_and_rows() -> None:
    """Two words that are none of ours in one column, in four rows, are one cause; an empty cell is another."""
    result = bring([("organisations.csv", CHARITIES + b"e,,Charity\n")])
    word, empty = causes(result.raw, result.checked.problems)
    assert word.sentence.startswith('organisations.csv, row 2, column "kind": "Charity"')
    assert word.sentence.endswith("3 more rows of the same cause (“CHARITY”, “NHS trust”; 3, 4, 6).")
    assert [cure.words for cure in word.cures] == ["Leave 4 rows out"]
    assert [cure.words for cure in empty.cures] == ["Leave 1 row out"]
