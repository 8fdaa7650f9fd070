"""One sitting: causes with their cures, whole sheets left out, what is asked about, and what becomes of the first rows."""

from __future__ import annotations

import pytest

from tests.support.frames import frame
from tests.support.workbooks import book
from wtnet.importing import bring, cures, first_rows, left_sheets, people
from wtnet.importing.cures import causes
from wtnet.tables import Raw, Tables

PARTNERS = b"id,name,kind\nharbour,Harbour Arts,museum\nnorth,Northcliff Museum,museum\n"
TIES = b"source,target,level,started\nharbour,Norhcliff Museum,9,2024\nharbour,north,7,xx\nharbour,Zed Trust,1,\n"
FILES = [("organisations.csv", PARTNERS), ("partnerships.csv", TIES)]


def test_nothing_wrong_has_no_cause() -> None:
    result = bring([("organisations.csv", PARTNERS)])
    assert causes(result.raw, result.checked.problems) == [] and result.asked == ()


def test_one_click_mends_all_rows_of_a_cause() -> None:
    """Two levels out of range, a misspelt partner, a word for a date, a partner nobody declared: four causes."""
    result = bring(FILES)
    found = causes(result.raw, result.checked.problems)
    assert [[cure.words for cure in cause.cures] for cause in found] == [
        ["Leave 2 cells empty", "Leave 2 rows out"],
        ["It is “Northcliff Museum”", "Add “Norhcliff Museum” as a partner", "Leave 1 row out"],
        ["Leave 1 cell empty", "Leave 1 row out"],
        ["Add “Zed Trust” as a partner", "Leave 1 row out"],
    ]
    mended = bring(FILES, cures=[cause.cures[0] for cause in found]).checked
    assert mended.ok and mended.tables.organisations["name"].to_list() == ["Harbour Arts", "Northcliff Museum", "Zed Trust"]
    assert mended.tables.partnerships.select("target", "level").rows() == [("north", None), ("north", None), ("Zed Trust", 1)]
    dropped = bring(FILES, cures=[cause.cures[-1] for cause in found]).checked
    assert dropped.ok and dropped.tables.partnerships.height == 0


def test_a_row_with_too_many_cells_can_be_left_out_with_its_complaint() -> None:
    result = bring([("organisations.csv", PARTNERS + b"x,X,museum,more\n")])
    (cause,) = causes(result.raw, result.checked.problems)
    mended = bring([("organisations.csv", PARTNERS + b"x,X,museum,more\n")], cures=[cause.cures[0]]).checked
    assert mended.ok and mended.tables.organisations.height == 2


def test_a_sheet_left_out_is_not_read_and_said_and_may_come_back() -> None:
    """The sheet that would be a problem is passed over; left out whole, a file says so instead of being refused as unknown."""
    sheets = {
        "organisations": [["id", "name", "kind"], ["a", "A", "museum"]],
        "partnerships": [["source", "target"], ["a", "nobody"]],
    }
    data = [("lead.xlsx", book(sheets))]
    settings = dict([left_sheets.to_setting("lead.xlsx", "partnerships", True)])
    result = bring(data, settings=settings)
    assert not bring(data).checked.ok and result.checked.ok
    assert result.left == (("lead.xlsx", "partnerships"),)
    assert any("left out, as you said" in notice.sentence for notice in result.checked.notices)
    assert first_rows.sheets(result)["lead.xlsx", "partnerships"] == {}
    everything = settings | dict([left_sheets.to_setting("lead.xlsx", "organisations", True)])
    assert "Every sheet is left out" in str(bring(data, settings=everything).unreadable)
    assert left_sheets.to_setting("lead.xlsx", "partnerships", False) == ("sheet:partnerships", None)


@pytest.mark.parametrize(
    "text", ["Margaret Hill", "Margaret Hill, 72", "Mrs Hill", "Dr Anna Ohm", "Jean-Luc O'Hara", "Margaret, 72", "Zoë A. Brown"]
)
def test_what_reads_as_a_persons_name_is_asked_about(text: str) -> None:
    assert people.looks_like_a_person(text)


@pytest.mark.parametrize(
    "text",
    ["", "Participant", "Museum officer", "Freelancer, 34", "Link worker", "a daughter of a participant", "GP", "Curator, Hull",
     "Participant, Sing for Breath", "Community Arts Lead", "NHS", "someone who came twice", "Carer"],
)  # fmt: skip
def test_a_role_is_no_persons_name(text: str) -> None:
    assert not people.looks_like_a_person(text)


def test_a_name_under_a_quote_is_replaced_kept_or_asked_about() -> None:
    """The name of a partner is no person's; what was kept on a person's word is not asked about again."""
    quotes = b'text,attribution,theme\nI sleep,"Margaret Hill, 72",care\nGood,Harbour Arts,care\nok,Participant,care\n'
    files = [("organisations.csv", PARTNERS), ("quotes.csv", quotes)]
    result = bring(files)
    (cause,) = result.asked
    assert result.checked.ok and "“Margaret Hill, 72” looks like a person's name" in cause.sentence
    assert any(notice.rule == people.RULE for notice in result.checked.notices)
    instead, empty, keep = cause.cures
    assert [cure.words for cure in cause.cures] == ["Write “Participant” instead", "Leave 1 cell empty", "Keep as it is"]
    for cure, words in ((instead, "Participant"), (empty, None), (keep, "Margaret Hill, 72")):
        settled = bring(files, cures=[cure])
        assert settled.asked == () and settled.checked.tables.quotes["attribution"].to_list()[0] == words


def test_the_first_rows_show_each_cell_as_it_is_read() -> None:
    ties = b"source,target,started,Hours\nharbour,north,Spring 2024,3\n"
    rows = first_rows.of_sheet(bring([FILES[0], ("partnerships.csv", ties)]), ("partnerships.csv", None))
    shown = {column: read for _, _, column, read in rows.iter_rows()}
    assert shown["started"] == "Spring 2024 → 2024-03-01" and shown["Hours (your own)"] == "3"


def test_a_cure_of_another_sheet_changes_nothing() -> None:
    raw = bring(FILES).raw
    away = cures.Cure("drop", "other.csv", None, "level", "range", (2,))
    assert cures.applied(raw, [away]).tables == raw.tables


OUTCOMES = b"indicator,pilot,baseline,target,latest\nCalm,Knit,40%,75%,62%\nSessions,Clay,0,40,12\n"


def test_leaving_out_a_row_leaves_out_what_hangs_on_it_and_one_sentence_says_how_much() -> None:
    """Outcomes whose theme nobody said: their indicators go, and with them every result, which is asked about no more."""
    files = [("outcomes.csv", OUTCOMES)]
    (cause,) = causes((asked := bring(files)).raw, asked.checked.problems)
    settled = bring(files, cures=[cause.cures[-1]])
    assert settled.checked.ok and settled.checked.tables.results.is_empty() and settled.checked.tables.pilots.height == 2
    (said,) = [notice.sentence for notice in settled.checked.notices if "what hangs on it" in notice.sentence]
    assert f"{asked.raw.tables[-1].frame.height} rows of results left out too" in said
    known = Tables(
        {"indicators": frame("indicators", *({"id": id, "name": id, "theme": "care"} for id in _indicators(asked.raw)))}
    )
    assert bring(files, known, cures=[cause.cures[-1]]).checked.tables.results.height > 0


def _indicators(raw: Raw) -> list[str]:
    return [id for table in raw.tables if table.name == "indicators" for id in table.frame["id"]]


def test_leaving_out_a_partner_takes_its_partnerships_and_empties_what_can_do_without_it() -> None:
    """The pilot it led stays, led by nobody; the partnership goes; the other partner's stays."""
    partners = [["id", "name", "kind"], ["a", "A", "zoo"], ["b", "B", "museum"], ["c", "C", "museum"]]
    sheets = {
        "organisations": partners,
        "pilots": [["id", "name", "lead"], ["p", "P", "a"]],
        "partnerships": [["source", "target"], ["a", "b"], ["b", "c"]],
    }
    files = [("ours.xlsx", book(sheets))]
    (cause,) = causes((asked := bring(files)).raw, asked.checked.problems)
    settled = bring(files, cures=[cause.cures[-1]]).checked
    assert settled.ok and settled.tables.pilots["lead"].to_list() == [None]
    assert settled.tables.partnerships.select("source", "target").rows() == [("b", "c")]
    (said,) = [notice.sentence for notice in settled.notices if "what hangs on it" in notice.sentence]
    assert "1 row of partnerships left out too" in said and "1 cell of pilots that named it emptied" in said


def test_leaving_out_a_sheet_of_ours_leaves_out_the_rows_that_name_it() -> None:
    """Indicators left out: results are no problem any more. What is stored of them keeps its results."""
    sheets = {
        "organisations": [["id", "name", "kind"], ["a", "A", "museum"]],
        "waves": [["id", "name"], ["w", "W"]],
        "indicators": [["id", "name", "theme"], ["calm", "Calm", "care"]],
        "results": [["indicator", "wave", "value"], ["calm", "w", "3"]],
    }
    files, away = [("ours.xlsx", book(sheets))], dict([left_sheets.to_setting("ours.xlsx", "indicators", True)])
    settled = bring(files, settings=away).checked
    assert settled.ok and settled.tables.results.is_empty()
    assert any("1 row of results left out too" in notice.sentence for notice in settled.notices)
    known = Tables({"indicators": frame("indicators", {"id": "calm", "name": "Calm", "theme": "care"})})
    assert bring(files, known, settings=away).checked.tables.results.height == 1
