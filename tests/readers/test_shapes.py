"""What a file is, decided by what is in it: ties, matrices, neighbours, surveys, outcomes, who took part; and what is none."""

from __future__ import annotations

import io
import zipfile

import polars as pl
import pytest
from openpyxl import Workbook

from tests.support.frames import frame
from tests.support.workbooks import book
from wtnet.access import redact
from wtnet.errors import UnreadableFile
from wtnet.importing import bring, propose
from wtnet.readers import ReadFiles, read_bytes
from wtnet.store import Programme
from wtnet.tables import Tables, check, own
from wtnet.tables.model import Raw
from wtnet.tables.schema import NAMES
from wtnet.writers import prepare, write

A, B, C = "Harbour Arts", "Northcliff Museum", "Town Choir"


def csv(*rows: str, name: str = "file.csv") -> Raw:
    """A CSV of these lines."""
    return read_bytes(name, "\n".join(rows).encode())


def rows(raw: Raw, table: str, *columns: str) -> list[tuple[str | None, ...]]:
    """The rows of a table, in the order of their cells."""
    every = [row for it in raw.tables if it.name == table for row in it.frame.select(*columns).iter_rows()]
    return sorted(every, key=lambda row: [cell or "" for cell in row])


def refusal(*lines: str, name: str = "file.csv") -> str:
    """Why a CSV cannot be read."""
    with pytest.raises(UnreadableFile) as error:
        csv(*lines, name=name)
    return str(error.value)


# -- ties ---------------------------------------------------------------------------------------------------------


def test_a_table_of_indicators_is_no_network_whatever_its_headings() -> None:
    """Target is what is aimed for, Source where the figure is from: it is named for what it looks like."""
    words = refusal("Goal,Target,Indicator,Value,Source", "3,3.4,3.4.2,12.5,Health Register", "4,4.7,4.7.1,9,School Survey")
    assert "looks like indicators and their targets" in words
    assert "Data page" in words
    assert check(csv("Source,Target,Value", f"{A},{B},3", f"{B},{C},2")).tables.partnerships.height == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("Source,Target", f"{A},70%", f"{B},24", f"{C},2024-03-01"),
        ("Name,From,To", f"{A},2019-01-01,2020-01-01", f"{B},2019-01-01,2021-01-01"),
        ("Name,From,To", f"{A},2019,2020", f"{B},2018,2021"),
        ("Source,Target", "3.4,4.7", "1.5,2.5"),
    ],
)
def test_ends_that_are_numbers_dates_or_shares_are_no_partners(lines: tuple[str, ...]) -> None:
    """Such a file is refused or offered for mapping, never read as ties."""
    assert refusal(*lines)


@pytest.mark.parametrize(
    "headings",
    [
        "Source,Destination",
        "from_org_id,to_org_id",
        "Vertex 1,Vertex 2",
        "Partner A,Partner B",
        "org1,org2",
        "Sender_name,Receiver_name",
    ],
)
def test_other_pairs_of_headings_name_the_ends_of_ties_too(headings: str) -> None:
    """From and to with the same word, first and second, source and destination."""
    assert rows(csv(headings, f"{A},{B}"), "partnerships", "source", "target") == [(A, B)]


@pytest.mark.parametrize("headings", ["from_date,to_date", "Partner A,Partner C", "name,place", "source,from"])
def test_headings_that_are_no_pair_name_no_ends(headings: str) -> None:
    """Dates from and to are none."""
    assert refusal(headings, f"{A},{B}", f"{B},{C}")


def test_labels_beside_the_ends_are_the_names_of_partners() -> None:
    """Source Label and Target Label."""
    raw = csv("Source,Destination,Source Label,Target Label", f"n1,n2,{A},{B}")
    assert rows(raw, "organisations", "id", "name") == [("n1", A), ("n2", B)]


def test_the_file_that_cannot_be_read_is_the_one_that_is_named() -> None:
    """Each with what it looks like."""
    files = [("people.csv", b"Name,Email\nA,a@x.example\n"), ("sums.csv", b"Indicator,Target\nx,3\n")]
    with pytest.raises(UnreadableFile) as error:
        ReadFiles(files).together()
    assert "people.csv looks like a list of contacts" in str(error.value)
    assert "sums.csv looks like indicators" in str(error.value)


def test_source_target_and_level_alone_are_another_tools_ties() -> None:
    """As the advice to call a weight level leads to; with a list of partners beside it or more columns it is ours."""
    raw = csv("Source,Target,Level", f"{A},{B},3")
    assert not raw.declared
    assert rows(raw, "partnerships", "level") == [("3",)]
    assert csv("source,target,level,evidence", "a,b,3,x").declared


# -- matrices -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        (f",{A},{B},{C}", f"{A},,3,0", f"{B},3,,1", f"{C},0,1,"),
        ("Org,HA,NM,TC", f"{A} (HA),0,3,0", f"{B} (NM),3,0,1", f"{C} (TC),0,1,0"),
        ("x,HA,NM,TC", f"{A},0,3,0", f"{B},3,0,1", f"{C},0,1,0"),
        (f",{C},{A},{B}", f"{A},0,,x", f"{B},x,x,", f"{C},,,x"),
    ],
)
def test_a_matrix_of_the_same_partners_is_read_whatever_its_headings(lines: tuple[str, ...]) -> None:
    """Names, short forms in brackets or initials, in any order; where both ways are the same a pair is one tie."""
    raw = csv(*lines)
    pairs = {frozenset(pair) for pair in rows(raw, "partnerships", "source", "target")}
    short = " (NM)" if "(" in lines[1] else ""
    assert len(pairs) == len(rows(raw, "partnerships", "source", "target")) == 2
    assert len(rows(raw, "organisations", "id")) == 3
    assert any(f"{B}{short}" in pair for pair in pairs)
    assert "matrix" in [notice.rule for notice in raw.notices]


def test_where_rows_say_something_else_of_columns_each_way_is_a_tie() -> None:
    """A number is never taken for a level of collaboration."""
    raw = csv(f",{A},{B}", f"{A},,4", f"{B},9,")
    assert rows(raw, "partnerships", "source", "target", "level") == [(A, B, None), (B, A, None)]
    assert "rows say of columns" in next(notice.sentence for notice in raw.notices if notice.rule == "matrix")


def test_who_took_part_in_what_is_pilots_and_parts_in_them() -> None:
    """Crosses, ticks or ones; rows are partners and columns pilots, and that is said."""
    raw = csv(",Steering group,Open day", f"{A},x,", f"{B},x,1", f"{C},,✓")
    assert rows(raw, "pilots", "id", "name") == [("open-day", "Open day"), ("steering-group", "Steering group")]
    assert rows(raw, "involvements", "pilot", "organisation") == [
        ("open-day", B), ("open-day", C), ("steering-group", A), ("steering-group", B),
    ]  # fmt: skip
    assert check(raw).ok
    assert "If the rows are people" in next(notice.sentence for notice in raw.notices if notice.rule == "two_modes")


def test_a_table_of_yes_and_no_with_words_beside_them_is_no_matrix() -> None:
    """And neither is one of numbers, or of one column."""
    for lines in (
        ("Thing,Here,There,Remark", "A,x,,good", "B,,x,bad"),
        ("Thing,2023,2024", "A,5,7", "B,3,8"),
        ("Thing,Here", "A,x", "B,x"),
    ):
        assert refusal(*lines)


def test_a_matrix_in_a_workbook_is_found_below_its_title() -> None:
    """Sheets that are none are named with what they look like."""
    sheets = {
        "Scores": [["Who works with whom"], [], ["", A, B], [A, "", 3], [B, 3, ""]],
        "People": [["Name", "Email"], ["A", "a@x.example"], ["B", "b@x.example"]],
    }
    raw = read_bytes("book.xlsx", book(sheets))
    assert rows(raw, "partnerships", "source", "target") == [(A, B)]
    assert "looks like a list of contacts" in next(it.sentence for it in raw.notices if it.rule == "unknown_sheet")


def test_a_matrix_beside_our_own_tables_is_said_to_be_one() -> None:
    """It is left out, with what to do."""
    own = {"organisations": [["id", "name", "kind"], ["a", "A", "museum"]], "Scores": [["", A, B], [A, "", 3], [B, 3, ""]]}
    notices = [it.sentence for it in read_bytes("book.xlsx", book(own)).notices if "(Matrix)" in it.sentence]
    assert len(notices) == 1


# -- neighbours and NodeXL ----------------------------------------------------------------------------------------


def test_a_list_of_neighbours_is_a_tie_to_each() -> None:
    """Contact 1, Contact2 …: one word with numbers; numbers under them are no names."""
    raw = csv("Individual,Contact1,Contact 2", f"{A},{B},{C}", f"{B},{C},")
    assert rows(raw, "partnerships", "source", "target") == [(A, B), (A, C), (B, C)]
    assert refusal("Individual,Score1,Score 2", f"{A},4,5", f"{B},5,6")


def test_a_nodexl_workbook_is_read_below_its_row_of_groups() -> None:
    """Vertex 1 and Vertex 2 are the ends, Vertex the partner."""
    sheets = {
        "Edges": [["", "", "Visual Properties", ""], ["Vertex 1", "Vertex 2", "Color", "Width"], [A, B, "red", 2], [B, C, "", 1]],
        "Vertices": [["", "Visual Properties"], ["Vertex", "Color"], [A, "red"], [B, ""], [C, ""]],
    }
    raw = read_bytes("nodexl.xlsx", book(sheets))
    assert rows(raw, "partnerships", "source", "target") == [(A, B), (B, C)]
    assert [name for (name,) in rows(raw, "organisations", "name")] == [A, B, C]
    assert "created_partner" not in [notice.rule for notice in raw.notices]


# -- surveys ------------------------------------------------------------------------------------------------------

GOOGLE = (
    f"Timestamp,Your organisation,How often … [{A}],How often … [{B}],How often … [{C}]",
    f"2024/03/01 10:01:02 am GMT,{A},,Weekly,Never",
    f"2024/03/04 9:12:44 am GMT,{C},Monthly,Quarterly,",
)
MICROSOFT = (
    f"ID,Start time,Email,Your organisation,{A},{B},{C}",
    f"1,2024-03-01,anonymous,{A},,Weekly,Never",
    f"2,2024-03-04,anonymous,{C},Monthly,Quarterly,",
)
MONKEY = (
    "Respondent ID,Start Date,Your organisation,How often do you work with each?,,",
    f",,Open-Ended Response,{A},{B},{C}",
    f"1001,2024-03-01,{A},,Weekly,Never",
    f"1002,2024-03-04,{C},Monthly,Quarterly,",
)
QUALTRICS = (
    "StartDate,ResponseId,Q1,Q2_1,Q2_2,Q2_3",
    f"Start Date,Response ID,Your organisation,How often - {A},How often - {B},How often - {C}",
    '"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""Q1""}","{""ImportId"":""a""}",'
    '"{""ImportId"":""b""}","{""ImportId"":""c""}"',
    f"2024-03-01 10:00:00,R_1,{A},,Weekly,Never",
    f"2024-03-04 10:00:00,R_2,{C},Monthly,Quarterly,",
)


@pytest.mark.parametrize("lines", [GOOGLE, MICROSOFT, MONKEY, QUALTRICS], ids=["google", "microsoft", "monkey", "qualtrics"])
def test_a_survey_with_a_column_per_partner_is_ratings(lines: tuple[str, ...]) -> None:
    """How often they are in touch, by who says it, in one wave of the last day somebody answered."""
    raw = csv(*lines)
    assert rows(raw, "ratings", "rater", "partner", "contact") == [
        (A, B, "weekly"), (A, C, "never"), (C, A, "monthly"), (C, B, "quarterly"),
    ]  # fmt: skip
    assert rows(raw, "waves", "id", "date") == [("survey-2024-03-04", "2024-03-04")]
    assert check(raw).ok


def test_answers_on_another_scale_are_ties_and_the_scale_is_said_to_be_none_of_ours() -> None:
    """Numbers are no levels of collaboration unless the question says so."""
    other = csv(f"Your organisation,How close [{A}],How close [{B}]", f"{A},,4", f"{B},2,")
    assert rows(other, "partnerships", "source", "target", "level") == [(A, B, None), (B, A, None)]
    assert "no scale of ours" in " ".join(notice.sentence for notice in other.notices)
    ours = csv(f"Your organisation,Level of collaboration [{A}],Level of collaboration [{B}]", f"{A},,4", f"{B},2,")
    assert rows(ours, "ratings", "rater", "partner", "level") == [(A, B, "4"), (B, A, "2")]


def test_none_is_the_lowest_level_in_a_survey_and_elsewhere_a_missing_answer() -> None:
    """Beside other levels it says that two do not work together; beside words of how often, or alone, it says nothing."""
    asked = f"Your organisation,How closely do you work together? [{A}],How closely do you work together? [{B}]"
    levels = csv(asked, f"{A},,None", f"{B},Coordination,", f"{C},none,Collaboration")
    assert rows(levels, "ratings", "rater", "partner", "level") == [(A, B, "0"), (B, A, "3"), (C, A, "0"), (C, B, "5")]
    often = csv(asked, f"{A},,None", f"{B},Weekly,", f"{C},none,Never")
    assert rows(often, "ratings", "rater", "partner", "contact") == [(B, A, "weekly"), (C, B, "never")]
    alone = csv(asked, f"{A},,None", f"{B},None,", f"{C},None,None")
    assert not any(table.name in ("ratings", "partnerships") and table.frame.height for table in alone.tables)


def test_a_survey_without_partners_in_its_headings_is_no_network() -> None:
    """Nothing is made of answers about something else."""
    assert refusal("Timestamp,Your organisation,How was it?,Anything else?", f"2024-03-01,{A},Good,No", f"2024-03-02,{B},Bad,Yes")


# -- outcomes -----------------------------------------------------------------------------------------------------


def test_outcomes_in_one_row_are_indicators_and_results() -> None:
    """Baseline, latest and target side by side; 40% has the unit %, n=24 says how many; a person chooses the theme."""
    raw = csv(
        "Outcome / indicator,Pilot,Baseline,Target,Latest,How measured,Notes",
        "Feel less lonely,Knit,40%,75%,62%,Questionnaire n=24,",
        "Feel less lonely,Boxes,35%,70%,n/a,Questionnaire n=19,good",
        "Sessions,Knit,0,40,38,count,",
    )
    assert rows(raw, "indicators", "id", "unit", "instrument") == [
        ("feel-less-lonely", "%", "Questionnaire"),
        ("sessions", None, "count"),
    ]
    values = rows(raw, "results", "indicator", "pilot", "wave", "value")
    assert ("feel-less-lonely", "knit", "latest", "62%") in values
    assert ("feel-less-lonely", "boxes", "latest", None) in values
    sizes = rows(raw, "results", "indicator", "pilot", "wave", "n")
    assert [size for indicator, *_, size in sizes if indicator == "feel-less-lonely"] == ["19", "19", "24", "24"]
    result = check(raw)
    assert {problem.column for problem in result.problems} == {"theme"}
    assert result.tables.results.filter(wave="latest", pilot="knit")["value"].to_list() == [62.0, 38.0]
    assert "Notes" in next(notice.sentence for notice in raw.notices if notice.rule == "left_out")


def test_quarters_and_months_are_waves_and_a_row_without_a_pilot_is_of_the_whole_programme() -> None:
    """No pilot is made for it, nor for an empty cell beside others; a month that is a date has its last day."""
    raw = csv("Indicator,Q1,Q2,Q3", "Sessions,1,2,3")
    assert [id for (id,) in rows(raw, "waves", "id")] == ["q1", "q2", "q3"]
    assert "pilots" not in {table.name for table in raw.tables}
    assert check(raw).tables.results["pilot"].to_list() == [None, None, None]
    some = csv("Indicator,Pilot,Q1,Q2,Q3", "Sessions,Knit,1,2,3", "Sessions,,4,5,6", "Sessions, ,7,8,9")
    assert rows(some, "pilots", "name") == [("Knit",)]
    values = check(some).tables.results.select("pilot", "value").rows()
    assert values == [("knit", 1.0), ("knit", 2.0), ("knit", 3.0), (None, 4.0), (None, 5.0), (None, 6.0)]
    assert "repeated" in {notice.rule for notice in some.notices}
    dated = csv("Indicator,Target,Jan 2025,Feb 2025", "Sessions,9,1,2")
    assert [date for (date,) in rows(dated, "waves", "date")] == ["2025-01-31", "2025-02-28"]


def test_outcomes_of_the_whole_programme_read_again_change_nothing_under_a_pilot_made_for_them_before_either() -> None:
    """Earlier versions made a pilot called "Whole programme"; new waves of the same indicator go on there."""
    data = "Theme,Indicator,Q1,Q2,Q3,Target\nCare,Calm,3,4,5,9\n"
    settings = {"words:indicators.theme:care": {"text": "care", "word": "care"}}

    def proposed(stored: Tables, text: str) -> Tables:
        result = bring([("outcomes.csv", text.encode())], settings=settings)
        return propose(stored, result.checked.tables, columns=result.columns).kept.tables

    bare = proposed(Tables(), data)
    assert bare.results["pilot"].to_list() == [None] * 3 and bare.pilots.is_empty()
    assert proposed(bare, data) == bare
    earlier = bare.with_(
        pilots=frame("pilots", {"id": "whole-programme", "name": "Whole programme"}),
        results=bare.results.with_columns(pilot=pl.lit("whole-programme")),
    )
    assert proposed(earlier, data) == earlier
    later = proposed(earlier, data.replace("Q3,", "Q3,Q4,").replace("4,5,", "4,6,7,"))
    assert later.results.select("pilot", "wave", "value").rows() == [
        ("whole-programme", wave, value) for wave, value in (("q1", 3.0), ("q2", 4.0), ("q3", 6.0), ("q4", 7.0))
    ]


def test_the_theme_of_an_outcome_can_be_said_once_on_the_data_page() -> None:
    """The words of the file stand as they are, for a person to say which of ours each means."""
    data = b"Theme,Indicator,Baseline,Target\nWellbeing,Calm,3,5\n"
    settings = {"words:indicators.theme:wellbeing": {"text": "wellbeing", "word": "care"}}
    result = bring([("outcomes.csv", data)], settings=settings)
    assert result.checked.ok
    assert result.checked.tables.indicators["theme"].to_list() == ["care"]


@pytest.mark.parametrize(
    "head",
    ["Who rates,Who is rated,Score", "Respondent,About whom,Score", "From,About,Score", "Rated by,Rated partner,Strength (1-10)"],
)
def test_a_list_of_who_rates_whom_is_ratings_each_by_who_says_it(head: str) -> None:
    """One person's answer is no documented partnership; the number is on no scale of ours until a lead says so."""
    result = bring([("said.csv", "\n".join([head, f"{A},{B},8", f"{B},{A},3", f"{A},{C},9"]).encode())]).checked
    assert not result.problems and not result.tables.partnerships.height
    told = result.tables.ratings.select("rater", "partner", "level", "own_fields").rows()
    numbers = [(rater, partner, level, *own.decode(cell).values()) for rater, partner, level, cell in told]
    assert numbers == [(A, B, None, "8"), (B, A, None, "3"), (A, C, None, "9")]
    assert not {"direction", "both_sides"} & {notice.rule for notice in result.notices}


def test_who_rates_whom_keeps_levels_and_rounds_and_is_ties_where_nothing_is_rated() -> None:
    """What a message is about is no partner."""
    levels = f"Who rates,Who is rated,Level,Round\n{A},{B},4,Spring\n{A},{B},5,Autumn\n"
    result = bring([("said.csv", levels.encode())]).checked
    assert not result.problems and result.tables.ratings["level"].to_list() == [4, 5]
    assert result.tables.waves["name"].to_list() == ["Spring", "Autumn"]
    bare = bring([("said.csv", f"Respondent,About\n{A},{B}\n{B},{C}\n".encode())]).checked.tables
    assert bare.partnerships.select("source", "target", "direction").rows() == [(A, B, "forward"), (B, C, "forward")]
    assert refusal("From,About,Message", f"{A},Opening hours,Hello", f"{B},Your website,Hi")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_of_partners_with_their_contacts_alone_is_read_and_its_contacts_stay_private(kind: str) -> None:
    """Said by name at the review; no other audience has a word of it. Names with a role and an e-mail may as well be people."""
    rows = [["Name", "Type", "Contact person", "E-mail", "Phone"], [A, "Museum", "Jo Ash", "jo@a.example", "020 7946 0958"]]
    rows += [[B, "Charity", "Sam Fir", "sam@b.example", "020 7946 0959"]]
    data = "\n".join(map(",".join, rows)).encode() if kind == "csv" else book({"Contacts": rows})
    result = bring([(f"contacts.{kind}", data)]).checked
    assert result.tables.organisations.select("name", "kind").rows() == [(A, "museum"), (B, "community_group")]
    fields = result.tables.fields.filter(pl.col("id") != "type").select("label", "type", "sharing").rows()
    assert fields == [(label, "text", "private") for label in ("Contact person", "E-mail", "Phone")]
    kept = next(notice.sentence for notice in result.notices if "which you alone see" in notice.sentence)
    assert all(label in kept for label in ("Contact person", "E-mail", "Phone"))
    assert "Jo Ash" not in str([redact(result.tables, audience).organisations.rows() for audience in ("partners", "public")])
    assert refusal("Name,Type,E-mail,Phone", "Jo Ash,Volunteer,jo@a.example,020", "Sam Fir,Staff,sam@b.example,021")


@pytest.mark.parametrize(
    "place",
    [
        "C:\\Users\\qjane\\Docs\\",
        *(pytest.param(place, marks=pytest.mark.thorough) for place in ("/home/qjane/docs/", "\\\\server\\qjane\\")),
    ],
)
def test_no_folder_of_a_persons_machine_is_in_a_notice_a_name_or_an_export(place: str) -> None:
    """Of an upload, of a file in a zip made on another system, nor of what a workbook or graph says of where it was made."""
    said = f"Who rates,Who is rated,Level\n{A},{B},4\n".encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(f"{place}said.csv", said)
        archive.writestr(f"{place}odd.csv", b"x,y\n1,2\n")
    linked = Workbook()
    linked.properties.title = linked.properties.description = f"{place}b.xlsx"
    for row in (["Source", "Target"], [A, B]):
        linked.active.append(row)
    book_ = io.BytesIO()
    linked.save(book_)
    tie = "<node id='a'/><node id='b'/><edge source='a' target='b'/>"
    graph = f"<graphml><desc>{place}g</desc><graph id='{place}g'>{tie}</graph></graphml>"
    net = f'*Network {place}n.net\n*Vertices 2\n1 "a"\n2 "b"\n*Edges\n1 2\n'
    files = {
        "said.csv": said,
        "x.zip": held.getvalue(),
        "b.xlsx": book_.getvalue(),
        "g.graphml": graph.encode(),
        "n.net": net.encode(),
    }
    for name, data in files.items():
        result = bring([(place + name, data)])
        assert result.checked.ok, name
        assert "qjane" not in repr([result.raw.notices, result.checked.notices, result.sheets])
        made = prepare(Programme(id="p", name="P"), result.checked.tables)
        assert all(b"qjane" not in write(format, made) for format in ("graphml", "pajek", "kumu-json"))
        assert "qjane" not in str([table.rows() for table in (result.checked.tables[of] for of in NAMES)])
    with pytest.raises(UnreadableFile) as error:
        read_bytes(f"{place}odd.csv", b"x,y\n1,2\n")
    assert "odd.csv" in str(error.value) and "qjane" not in str(error.value)
