"""The nine tables and the check of a file: what is wrong is said by row, with the remedy, and nothing else is lost."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from wtnet.tables import CheckResult, Raw, RawTable, Tables, check, schema


def raw_table(name: str, rows: list[dict[str, str | None]], file: str = "survey.xlsx") -> RawTable:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    frame = pl.DataFrame({c: [row.get(c) for row in rows] for c in columns}, schema=dict.fromkeys(columns, pl.String))
    return RawTable(name, frame.with_columns(_row=pl.int_range(2, len(rows) + 2, dtype=pl.Int64)), file, name)


def checked(known: Tables | None = None, **tables: list[dict[str, str | None]]) -> CheckResult:
    return check(Raw("workbook", tuple(raw_table(name, rows) for name, rows in tables.items())), known)


TWO = [{"id": "a", "name": "A", "kind": "museum"}, {"id": "b", "name": "B", "kind": "freelancer"}]


def one_problem(found: CheckResult) -> tuple[str, str]:
    assert len(found.problems) == 1, [p.sentence for p in found.problems]
    return found.problems[0].rule, found.problems[0].sentence


# -- degenerate ------------------------------------------------------------------------------------------------------


def test_nothing_at_all_is_read_as_nine_empty_tables_with_a_notice() -> None:
    """No table: no problem, but a notice that there are no rows."""
    found = check(Raw("workbook", ()))
    assert found.ok and found.tables == Tables() and [n.rule for n in found.notices] == ["empty"]


def test_headings_without_rows_are_accepted_with_a_notice() -> None:
    """The blank template is valid and says that it is blank."""
    frame = pl.DataFrame(schema={"id": pl.String, "name": pl.String, "kind": pl.String, "_row": pl.Int64})
    found = check(Raw("workbook", (RawTable("organisations", frame, "blank.xlsx"),)))
    assert found.ok and "no rows" in found.notices[0].sentence


def test_organisations_and_partnerships_alone_are_enough() -> None:
    """Two tables make a programme; ids of partnerships are made where the column is left out."""
    found = checked(organisations=TWO, partnerships=[{"source": "a", "target": "b"}, {"source": "a", "target": "b"}])
    assert found.ok
    assert found.tables.partnerships["id"].to_list() == ["a--b", "a--b--2"]


def test_empty_rows_are_ignored_and_cells_are_trimmed() -> None:
    """A row of blanks is no row; spaces and control characters round a value are not part of it."""
    found = checked(
        organisations=[*TWO, {"id": " ", "name": None, "kind": ""}, {"id": " c\x00 ", "name": " C ", "kind": " Health Provider "}]
    )
    assert found.ok and found.tables.organisations["id"].to_list() == ["a", "b", "c"]
    assert found.tables.organisations["kind"].to_list()[-1] == "health_provider"


# -- defaults and conversions --------------------------------------------------------------------------------------


def test_a_freelancer_shares_with_partners_unless_it_says_otherwise_and_everyone_else_is_public() -> None:
    """The default of `sharing` protects people."""
    rows = [*TWO, {"id": "c", "name": "C", "kind": "freelancer", "sharing": "public"}]
    assert checked(organisations=rows).tables.organisations["sharing"].to_list() == ["public", "partners", "public"]


@pytest.mark.parametrize(
    "written", ["2024-03-01", "2024-03-01 00:00:00", "01/03/2024", "1/3/2024", "1 March 2024", "2024-03-01T09:30:00Z"]
)
def test_dates_are_understood_in_the_ways_people_write_them(written: str) -> None:
    """ISO, a spreadsheet's date-time, day first, and with the month's name."""
    found = checked(waves=[{"id": "w", "name": "W", "date": written}])
    assert found.ok and found.tables.waves["date"].to_list() == [dt.date(2024, 3, 1)]


def test_numbers_stored_as_text_and_yes_and_no_in_any_dress_are_understood() -> None:
    """3, 3.0 and " 3 " are the level 3; Yes, TRUE and 1 are yes."""
    rows = [
        {"id": str(i), "source": "a", "target": "b", "level": level, "before_programme": yes}
        for i, (level, yes) in enumerate([("3", "Yes"), ("3.0", "TRUE"), (" 3 ", "1"), (None, "no")])
    ]
    found = checked(organisations=TWO, partnerships=rows)
    assert found.ok
    assert found.tables.partnerships["level"].to_list() == [3, 3, 3, None]
    assert found.tables.partnerships["before_programme"].to_list() == [True, True, True, False]


def test_names_are_data_whatever_they_look_like() -> None:
    """Markup, formulas, right-to-left text, emoji and 300 characters are kept to the letter."""
    names = ["<script>alert(1)</script>", "=cmd()", "مستشفى المدينة", "🏛️ Museum", "x" * 300]
    found = checked(organisations=[{"id": str(i), "name": name, "kind": "other"} for i, name in enumerate(names)])
    assert found.ok and found.tables.organisations["name"].to_list() == names


# -- what is wrong is said by row ------------------------------------------------------------------------------------


def test_a_missing_column_is_said_once_with_what_it_is_and_what_was_found() -> None:
    """The sentence names file, sheet, column, what belongs there and the columns that are there."""
    rule, sentence = one_problem(checked(organisations=[{"id": "a", "title": "A", "kind": "museum"}]))
    assert rule == "missing_column"
    assert all(word in sentence for word in ("survey.xlsx", '"organisations"', '"name"', "title"))


@pytest.mark.parametrize(
    ("table", "row", "column", "words"),
    [
        ("organisations", {"id": "c", "name": "C", "kind": "zoo"}, "kind", ["zoo", "health_provider"]),
        ("organisations", {"id": "c", "name": None, "kind": "museum"}, "name", ["empty"]),
        ("organisations", {"id": "a", "name": "C", "kind": "museum"}, "id", ["row 2"]),
        ("organisations", {"id": "c", "name": "C", "kind": "museum", "latitude": "north"}, "latitude", ["north", "number"]),
        ("organisations", {"id": "c", "name": "C", "kind": "museum", "latitude": "91"}, "latitude", ["91", "between -90 and 90"]),
        ("partnerships", {"id": "p", "source": "a", "target": "b", "level": "7"}, "level", ["7", "between 0 and 5"]),
        ("partnerships", {"id": "p", "source": "a", "target": "b", "level": "2.5"}, "level", ["2.5", "whole number"]),
        ("partnerships", {"id": "p", "source": "a", "target": "nobody"}, "target", ["nobody", "organisations"]),
        ("partnerships", {"id": "p", "source": "a", "target": "A"}, "target", ["to the letter", '"a"']),
        ("partnerships", {"id": "p", "source": "a", "target": "a"}, "target", ["both sides"]),
        (
            "partnerships",
            {"id": "p", "source": "a", "target": "b", "started": "31/02/2024"},
            "started",
            ["31/02/2024", "2024-03-01"],
        ),
        (
            "partnerships",
            {"id": "p", "source": "a", "target": "b", "started": "2024-02-01", "ended": "2024-01-01"},
            "ended",
            ["before"],
        ),
        (
            "partnerships",
            {"id": "p", "source": "a", "target": "b", "before_programme": "maybe"},
            "before_programme",
            ["yes or no"],
        ),
    ],
)
def test_each_complaint_names_row_column_value_and_remedy(
    table: str, row: dict[str, str | None], column: str, words: list[str]
) -> None:
    """One wrong cell gives one problem, at its row and column, in a sentence with the value and what to do."""
    tables = {"organisations": list(TWO)}
    tables.setdefault(table, []).append(row)
    found = checked(**tables)
    problem = found.problems[0]
    assert len(found.problems) == 1
    assert problem.column == column and problem.sheet == table and problem.file == "survey.xlsx"
    assert problem.row == len(tables[table]) + 1
    assert all(word in problem.sentence for word in words), problem.sentence


def test_a_rating_of_oneself_or_given_twice_is_a_problem() -> None:
    """Self-scores and repeated answers are refused."""
    wave = [{"id": "w", "name": "W"}]
    rating = {"wave": "w", "rater": "a", "partner": "b", "level": "3"}
    assert one_problem(checked(organisations=TWO, waves=wave, ratings=[rating, rating]))[0] == "duplicate"
    assert one_problem(checked(organisations=TWO, waves=wave, ratings=[{**rating, "partner": "a"}]))[0] == "two_partners"


def test_a_missing_sheet_is_said_once_unless_its_rows_are_stored_already() -> None:
    """Ratings alone need their partners and wave, from the file or from what is stored."""
    rows = [{"wave": "w", "rater": "a", "partner": "b", "level": "3"}, {"wave": "w", "rater": "b", "partner": "a", "level": "2"}]
    alone = checked(ratings=rows)
    assert sorted(p.rule for p in alone.problems) == ["missing_table", "missing_table"]
    known = checked(organisations=TWO, waves=[{"id": "w", "name": "W"}]).tables
    assert checked(known, ratings=rows).ok


def test_unknown_columns_are_named_in_a_notice_and_do_not_stop_anything() -> None:
    """A column that is not used here is left out, and the person is told."""
    found = checked(organisations=[{**TWO[0], "Twitter": "@a"}])
    assert found.ok and "Twitter" in found.notices[0].sentence


def test_a_wrong_row_does_not_make_right_rows_wrong() -> None:
    """A partner with a bad cell is still declared: ties to it are not reported as ties to nobody."""
    found = checked(organisations=[TWO[0], {**TWO[1], "kind": "zoo"}], partnerships=[{"id": "p", "source": "a", "target": "b"}])
    assert [p.column for p in found.problems] == ["kind"]


def test_very_many_problems_of_one_kind_are_counted_not_listed() -> None:
    """1,000 are listed; the rest are one sentence with their number."""
    found = checked(organisations=[{"id": str(i), "name": "N", "kind": "zoo"} for i in range(1_500)])
    assert len(found.problems) == 1_001 and "500 more" in found.problems[-1].sentence + found.problems[0].sentence


def test_a_problem_is_the_same_as_a_mapping_for_programs() -> None:
    """The JSON of the command line has exactly these keys."""
    found = checked(organisations=[{**TWO[0], "kind": "zoo"}])
    assert set(found.problems[0].as_dict()) == {"file", "sheet", "row", "column", "rule", "value", "sentence", "meant"}


def test_every_column_is_described_and_every_reference_points_to_a_table() -> None:
    """The declaration carries what the template, the README and the store draw from it."""
    for table in schema.NAMES:
        for name in schema.SCHEMAS[table].column_names():
            assert schema.column(table, name).description, (table, name)
            assert schema.reference(table, name) in {None, *schema.NAMES}
