"""Columns judged whole: which way round dates are, what is missing, and numbers as people write them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from wtnet.tables import Raw, RawTable, check
from wtnet.tables.dates import is_open, order, span
from wtnet.tables.missing import is_missing, names_nobody
from wtnet.tables.model import ROW, CheckResult
from wtnet.tables.numbers import amount, decimal_mark, unit_scale

PARTNERS = {"id": ["m", "h"], "name": ["Museum", "Hub"], "kind": ["museum", "health_provider"]}
PILOTS = {"id": ["p"], "name": ["Tidelines"]}
WAVES = {"id": ["b", "e"], "name": ["Baseline", "End"], "date": ["2024-02-01", "2025-02-01"]}


def table(name: str, columns: dict[str, list[str | None]]) -> RawTable:
    """A table as a file gives it: every cell a text."""
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    return RawTable(name, frame.with_row_index(ROW, 2).cast({ROW: pl.Int64}), "a.xlsx", name)


def checked(**columns: dict[str, list[str | None]]) -> CheckResult:
    """The check of these tables together."""
    return check(Raw("workbook", tuple(table(name, cells) for name, cells in columns.items())))


def ties(started: list[str | None], **more: list[str | None]) -> CheckResult:
    """Ties of the same two partners that start (and whatever else) so."""
    number = len(started)
    ends = {"id": [str(at) for at in range(number)], "source": ["m"] * number, "target": ["h"] * number}
    return checked(organisations=PARTNERS, partnerships={**ends, "started": started, **more})


def results(unit: str | None, values: list[str | None], **more: list[str | None]) -> CheckResult:
    """Values of one indicator with this unit, one a wave."""
    about = {"id": ["a"], "theme": ["care"], "name": ["Figure"], "unit": [unit], "instrument": ["count"]}
    cells = {"indicator": ["a"] * len(values), "pilot": ["p"] * len(values), "wave": ["b", "e"][: len(values)], "value": values}
    return checked(pilots=PILOTS, waves=WAVES, indicators=about, results={**cells, "n": ["20"] * len(values), **more})


def rules(result: CheckResult) -> list[str]:
    """The rules of the notices."""
    return [notice.rule for notice in result.notices]


def test_an_empty_column_and_plain_cells_are_left_alone_without_a_word() -> None:
    """Nothing to judge is nothing to say."""
    result = ties([None, "", "2024-03-01"])
    assert result.ok
    assert result.notices == ()
    assert result.tables.partnerships["started"].to_list() == [None, None, date(2024, 3, 1)]


def test_one_date_that_can_only_be_month_first_turns_the_whole_column() -> None:
    """With one notice that names the date that shows it, and another as it was read."""
    result = ties(["03/04/2024", "04/17/2024"])
    assert result.tables.partnerships["started"].to_list() == [date(2024, 3, 4), date(2024, 4, 17)]
    assert rules(result) == ["month_first"]
    assert '"04/17/2024"' in result.notices[0].sentence
    assert '"03/04/2024" as 2024-03-04' in result.notices[0].sentence


def test_a_date_that_shows_the_order_counts_for_the_columns_beside_it_that_show_none() -> None:
    """An end of 12/31 says that the start 03/04 is in March."""
    result = ties(["03/04/2024"], ended=["12/31/2024"])
    assert result.tables.partnerships.select("started", "ended").row(0) == (date(2024, 3, 4), date(2024, 12, 31))


def test_dates_that_may_be_read_both_ways_are_day_first_and_said_with_an_example() -> None:
    """Once for the column, not once a cell."""
    result = ties(["03/04/2024", "05/06/2024"])
    assert result.tables.partnerships["started"].to_list() == [date(2024, 4, 3), date(2024, 6, 5)]
    assert rules(result) == ["day_first"]


def test_a_day_first_column_needs_no_word() -> None:
    """25/03 shows which way round they are."""
    assert ties(["03/04/2024", "25/03/2024"]).notices == ()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Jan 2025", date(2025, 1, 1), date(2025, 1, 31)),
        ("Mar-24", date(2024, 3, 1), date(2024, 3, 31)),
        ("Spring 2025", date(2025, 3, 1), date(2025, 5, 31)),
        ("Winter 2024", date(2024, 12, 1), date(2025, 2, 28)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("1st March 2024", date(2024, 3, 1), date(2024, 3, 1)),
        ("Friday 1 March 2024", date(2024, 3, 1), date(2024, 3, 1)),
        ("March 1, 2024", date(2024, 3, 1), date(2024, 3, 1)),
        ("2024/03/01 10:01:02 am GMT", date(2024, 3, 1), date(2024, 3, 1)),
    ],
)
def test_a_month_a_season_or_a_year_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    """A start is its first day, an end its last."""
    whole = span(text)
    assert whole is not None
    assert (whole.first, whole.last) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "3.4", "45", "0000", "31/02/2024", "Mayor 2024", "Spring", "2024-13-01", "2024-99", "13/2024"]
)
def test_what_names_no_day_is_none(text: str) -> None:
    """Nothing is guessed of it."""
    assert span(text) is None


def test_an_end_that_is_ongoing_is_empty_and_said_but_a_start_is_not() -> None:
    """A start called ongoing stays a complaint."""
    result = ties(["Spring 2024"], ended=["ongoing"])
    assert result.tables.partnerships.select("started", "ended").row(0) == (date(2024, 3, 1), None)
    assert rules(result) == ["rough_date", "open_end"]
    assert [problem.rule for problem in ties(["ongoing"]).problems] == ["not_a_date"]
    assert is_open(" To date. ")


def test_no_dates_have_no_order() -> None:
    """And dotted dates are day first everywhere, so they say nothing."""
    assert order([]) is None
    assert order(["12.31.2024", "2024-03-01"]) is None


def test_words_for_what_is_missing_empty_a_cell_once_said_for_the_column() -> None:
    """Unless the column may not be empty."""
    partners = {**PARTNERS, "place": ["NA", "n/a"], "website": ["-", "https://example.org"]}
    result = checked(organisations=partners)
    assert result.tables.organisations["place"].to_list() == [None, None]
    assert rules(result) == ["missing_word", "missing_word"]
    assert '"NA", "n/a"' in result.notices[0].sentence
    named = checked(organisations={**PARTNERS, "id": ["NA", "h"]})
    assert named.tables.organisations["id"].to_list() == ["NA", "h"], "a list of partners declares such an id"


def test_none_is_a_level_and_never_a_missing_one() -> None:
    """In a column of numbers, "none" may be zero: it stays a complaint, while "n/a" is empty."""
    result = ties([None, None], level=["none", "n/a"])
    assert [(problem.rule, problem.value) for problem in result.problems] == [("range", "none")]
    assert is_missing("none")
    assert not is_missing("none", number=True)


def test_words_somebody_said_are_theirs() -> None:
    """A quote of one dash is a quote, and the word of a scale is no missing one."""
    result = checked(quotes={"id": ["q"], "text": ["None"], "theme": ["care"]})
    assert result.tables.quotes["text"].to_list() == ["None"]
    assert not names_nobody("Nobody's Theatre")
    assert names_nobody("0")


def test_per_cent_currency_and_thousands_marks_are_taken_off_and_said() -> None:
    """45% is 45; £1,200 is 1200."""
    assert results("%", ["45%", "62 %"]).tables.results["value"].to_list() == [45.0, 62.0]
    money = results("£", ["£1,200", "(50)"])
    assert money.tables.results["value"].to_list() == [1200.0, -50.0]
    assert "number_read" in rules(money)


def test_a_percentage_of_something_else_is_said() -> None:
    """Where the unit is sessions, 45% is odd."""
    assert "percent_unit" in rules(results("sessions", ["45%"]))
    assert "percent_unit" not in rules(results("%", ["45%"]))


def test_thousands_shown_as_k_are_read_in_the_unit_of_the_indicator() -> None:
    """12.5k of £ is 12,500; of £k it is 12.5."""
    assert results("£", ["£12.5k"]).tables.results["value"].to_list() == [12500.0]
    assert results("£k", ["£12.5k"]).tables.results["value"].to_list() == [12.5]
    assert unit_scale("week") == 1.0


def test_a_count_of_people_has_no_fraction() -> None:
    """1.234 people are 1,234; 1.5 people are said."""
    counted = results("people", ["1.234", "2.345"])
    assert counted.tables.results["value"].to_list() == [1234.0, 2345.0]
    assert "number_read" in rules(counted)
    assert "fraction_of_count" in rules(results("people", ["1.5"]))


def test_a_column_with_decimal_commas_is_read_so() -> None:
    """One 3,5 shows what 1.234,5 and 1.234 are; with both marks nothing that may be either is guessed."""
    about = {"id": ["a"], "theme": ["care"], "name": ["Score"], "instrument": ["a scale"]}
    cells = {"indicator": ["a", "a"], "pilot": ["p", "p"], "wave": ["b", "e"], "value": ["3,5", "1.234"], "n": ["1", "1"]}
    result = checked(pilots=PILOTS, waves=WAVES, indicators=about, results=cells)
    assert result.tables.results["value"].to_list() == [3.5, 1234.0]
    mixed = [it for it in (amount("3,5"), amount("2.25"), amount("1.234")) if it]
    assert decimal_mark(mixed) == "both"
    assert [it.value("both") for it in mixed] == [3.5, 2.25, None]


def test_a_percentage_between_0_and_1_in_every_row_is_asked_about() -> None:
    """0.45 % may be 45 %; 0.45 beside 62 is what it is."""
    assert "fraction_of_percent" in rules(results("%", ["0.45", "0.82"]))
    assert "fraction_of_percent" not in rules(results("%", ["0.45", "62"]))


@pytest.mark.parametrize("text", ["", "12 people", "1.2.3", "abc", "£", "%", "--", "1e5x", "4 of 10", "9" * 100])
def test_what_is_no_number_stays_a_complaint(text: str) -> None:
    """No digits are picked out of it."""
    it = amount(text)
    assert it is None or it.value(".") is None


def test_a_misspelt_name_is_met_with_the_one_that_was_meant() -> None:
    """The complaint proposes the declared name most like it, and none where none is like it."""
    ends = {"id": ["1", "2"], "source": ["m", "m"], "target": ["Hubb", "Nobody like that"]}
    result = checked(organisations={**PARTNERS, "name": ["Museum", "Hubs"]}, partnerships=ends)
    assert [problem.sentence.endswith('Did you mean "Hubs" (h)?') for problem in result.problems] == [True, False]
