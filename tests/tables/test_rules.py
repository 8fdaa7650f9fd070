"""Rules across rows: what bad impact data gets, by row and with a remedy; and what is left alone."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from wtnet.tables import CheckResult, Raw, RawTable, Tables, check

PILOTS = [{"id": "p", "name": "P"}, {"id": "q", "name": "Q"}]
WAVES = [{"id": "w0", "name": "Baseline", "date": "2024-02-01"}, {"id": "w1", "name": "End", "date": "2025-02-01"}]
SHARE = {"id": "i", "theme": "care", "name": "Trained", "unit": "% of team", "better": "higher", "instrument": "register"}
COUNT = {"id": "i", "theme": "care", "name": "Sessions", "unit": "sessions", "better": "higher", "instrument": "count"}


def raw(known: Tables | None = None, **tables: list[dict[str, str]]) -> CheckResult:
    """The check of a workbook with these sheets; two pilots and two waves are there unless they are given."""
    parts = []
    for name, rows in {"pilots": PILOTS, "waves": WAVES, **tables}.items():
        columns = list(dict.fromkeys(key for row in rows for key in row))
        cells = [{column: row.get(column) for column in columns} for row in rows]
        frame = pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String)).with_row_index("_row", 2)
        parts.append(RawTable(name, frame.cast({"_row": pl.Int64}), "book.xlsx", name))
    return check(Raw("workbook", tuple(parts)), known)


def result(value: str | None, wave: str = "w1", pilot: str = "p", **more: str) -> dict[str, Any]:
    return {"indicator": "i", "pilot": pilot, "wave": wave, "value": value, **more}


def only(found: CheckResult, rule: str) -> str:
    """The one problem there is, and that it is of this rule."""
    assert [problem.rule for problem in found.problems] == [rule], [problem.sentence for problem in found.problems]
    return found.problems[0].sentence


def test_a_file_without_results_has_nothing_to_break() -> None:
    """Indicators alone, waves alone, results with no value: no problem and no notice."""
    assert raw().ok and raw(indicators=[SHARE]).ok
    found = raw(indicators=[SHARE], results=[result(None)])
    assert found.ok and not found.notices and found.tables.results.height == 1


@pytest.mark.parametrize("n", [None, "0"])
def test_a_percentage_says_how_many_it_rests_on(n: str | None) -> None:
    """Without n, or with n = 0, a percentage is a problem at its row; a remedy is named."""
    said = only(raw(indicators=[SHARE], results=[result("45", n=n) if n else result("45")]), "needs_n")
    assert said.startswith('book.xlsx, sheet "results", row 2, column "n": ') and "Write how many people answered" in said


@pytest.mark.parametrize(
    "about", [COUNT, {**COUNT, "instrument": None, "unit": None}, {**COUNT, "instrument": None, "unit": "£"}]
)
def test_a_count_and_something_unsaid_need_no_n(about: dict[str, str]) -> None:
    """Counts, money, and indicators that say neither unit nor instrument."""
    assert raw(indicators=[about], results=[result("45")]).ok


@pytest.mark.parametrize(
    ("about", "value", "ok"),
    [
        (SHARE, "100", True),
        (SHARE, "100.5", False),
        (SHARE, "-1", False),
        ({**SHARE, "unit": "% change since baseline"}, "140", True),
        ({**SHARE, "unit": "mean", "instrument": "ONS4 happy"}, "10.5", False),
        ({**SHARE, "unit": "sum", "instrument": "UCLA-3", "better": "lower"}, "2.9", False),
        ({**SHARE, "unit": "mean", "instrument": "SWEMWBS converted score"}, "35.1", False),
        ({**SHARE, "unit": "mean", "instrument": "SWEMWBS converted score"}, "22.4", True),
    ],
)
def test_a_value_its_instrument_cannot_give(about: dict[str, str], value: str, ok: bool) -> None:
    """A percentage above 100, ONS4 above 10, UCLA-3 below 3 …: a problem that says the scale."""
    found = raw(indicators=[about], results=[result(value, n="20")])
    assert found.ok if ok else "cannot be" in only(found, "scale")


def test_a_target_above_100_per_cent_is_a_problem_where_it_stands() -> None:
    """On the indicator and on the result."""
    assert 'sheet "indicators", row 2, column "target"' in only(raw(indicators=[{**SHARE, "target": "120"}]), "scale")
    assert 'sheet "results", row 2, column "target"' in only(
        raw(indicators=[SHARE], results=[result("45", n="9", target="120")]), "scale"
    )


def test_a_baseline_dated_after_the_end() -> None:
    """Both rows are named: the baseline that comes second and the end that comes first."""
    found = raw(waves=[{**WAVES[0], "date": "2025-06-01"}, WAVES[1]])
    assert [(problem.rule, problem.row) for problem in found.problems] == [("wave_order", 2), ("wave_order", 3)]
    assert "a baseline comes first" in found.problems[0].sentence


def test_a_baseline_dated_after_a_stored_wave() -> None:
    """The stored waves count too; an end wave brought in later is fine."""
    known = raw().tables
    found = raw(known, waves=[{"id": "w9", "name": "Baseline survey", "date": "2026-01-01"}])
    assert only(found, "wave_order")
    assert raw(known, waves=[{"id": "w9", "name": "Follow-up", "date": "2026-01-01"}]).ok


def test_two_waves_on_one_date_are_a_notice() -> None:
    """They can be kept; a person is told what decides their order."""
    found = raw(waves=[WAVES[0], {**WAVES[1], "date": WAVES[0]["date"]}])
    assert found.ok and [notice.rule for notice in found.notices] == ["wave_order"] and found.tables.waves.height == 2


def test_a_unit_that_changes_between_waves() -> None:
    """A column "unit" on the results sheet must agree with the indicator's; "per cent" and "%" are the same."""
    rows = [result("4", "w0", unit="sessions"), result("9", "w1", unit="hours")]
    said = only(raw(indicators=[COUNT], results=rows), "unit_changes")
    assert 'row 3, column "unit": "hours" is not the unit of this indicator (sessions)' in said
    assert raw(indicators=[SHARE], results=[result("45", n="9", unit="Percent of team")]).ok


def test_a_unit_that_changes_where_the_indicator_has_none() -> None:
    """The first unit given is the one the others are compared with."""
    rows = [result("4", "w0", unit="people"), result("9", "w1", unit="visits")]
    assert "(people)" in only(raw(indicators=[{**COUNT, "unit": None}], results=rows), "unit_changes")


def test_an_indicator_stored_with_results_keeps_its_unit() -> None:
    """A file that changes it is refused, unless it brings those results again."""
    known = raw(indicators=[COUNT], results=[result("4", "w0")]).tables
    changed = {**COUNT, "unit": "hours"}
    assert "stored results in that one: 1" in only(raw(known, indicators=[changed]), "unit_changes")
    assert raw(known, indicators=[changed], results=[result("6", "w0")]).ok


def test_a_pilots_own_target_worse_than_its_baseline() -> None:
    """Higher is better and the target is below the baseline; equal is to keep what is there, and fine."""
    rows = [result("10", "w0"), result("12", "w1", target="8")]
    said = only(raw(indicators=[COUNT], results=rows), "target_direction")
    assert 'row 3, column "target": "8" is worse than the pilot\'s baseline of 10, though higher is better' in said
    assert raw(indicators=[COUNT], results=[rows[0], {**rows[1], "target": "10"}]).ok


def test_a_common_target_worse_than_every_baseline() -> None:
    """One pilot that is there already is fine; all of them is the wrong direction."""
    lower = {**COUNT, "better": "lower", "target": "8"}
    assert raw(indicators=[lower], results=[result("5", "w0"), result("9", "w0", "q")]).ok
    found = raw(indicators=[lower], results=[result("5", "w0"), result("6", "w0", "q")])
    assert "worse than the baseline of every pilot (6 or beyond)" in only(found, "target_direction")


@pytest.mark.parametrize(
    ("instrument", "better"),
    [("ONS4 anxiety", "higher"), ("GAD-7 anxiety", "higher"), ("UCLA-3", "higher"), ("ONS4 life satisfaction", "lower")],
)
def test_an_instrument_entered_the_wrong_way_round(instrument: str, better: str) -> None:
    """Anxiety as "higher is better", satisfaction as "lower": a problem at the indicator's row."""
    found = raw(indicators=[{**SHARE, "unit": "mean", "instrument": instrument, "better": better}])
    assert instrument in only(found, "better")
    assert raw(indicators=[{**SHARE, "unit": "mean", "instrument": instrument, "better": "neither"}]).ok


@pytest.mark.parametrize(
    ("name", "unit", "instrument"),
    [
        ("How anxious did you feel yesterday?", "mean, 0 to 10", "single question"),
        ("Mean anxiety of participants", "mean 0-10", ""),
        ("ONS4 anxiety", "mean", ""),
        ("Anxiety", "score", "HADS-A"),
        ("Loneliness", "score, 3 to 9", "UCLA loneliness"),
        ("How lonely people feel", "1 to 5", ""),
    ],
)  # fmt: skip
def test_more_anxiety_or_loneliness_is_never_better(name: str, unit: str, instrument: str) -> None:
    """Whether the name or the instrument says what was measured: a problem at the indicator's row that names it."""
    about = {**SHARE, "name": name, "unit": unit, "instrument": instrument}
    assert f"“{name}”" in only(raw(indicators=[about]), "better")
    assert raw(indicators=[{**about, "better": "lower"}]).ok


@pytest.mark.parametrize(
    ("name", "unit", "instrument"),
    [
        ("People with low anxiety", "% of participants", "ONS4 anxiety"),
        ("People who feel less lonely", "mean, 1 to 5", "self-rating"),
        ("Confidence in supporting people with anxiety", "mean, 1 to 5", "self-rating"),
        ("Anxiety referrals taken up", "referrals", "count"),
        ("Reduction in anxiety", "mean", "difference of two scores"),
    ],
)  # fmt: skip
def test_what_is_done_against_anxiety_may_be_higher(name: str, unit: str, instrument: str) -> None:
    """Shares, counts, and names that say less of it or help with it: nothing is asked."""
    found = raw(indicators=[{**SHARE, "name": name, "unit": unit, "instrument": instrument}])
    assert found.ok and not found.notices


def test_anxiety_measured_nobody_knows_how_is_a_notice() -> None:
    """Neither unit nor instrument says what it is, so the person is asked."""
    about = {**SHARE, "name": "Anxiety yesterday", "unit": "", "instrument": ""}
    found = raw(indicators=[about])
    assert found.ok and [notice.rule for notice in found.notices] == ["better"]
    assert not raw(indicators=[{**about, "unit": "% of participants"}]).notices


@pytest.mark.parametrize(
    ("unit", "name"),
    [("participants (%)", "x"), ("pct", "x"), ("share, per cent", "x"), ("", "% who agree"), ("", "Agreeing (%)")],
)
def test_a_percentage_is_known_wherever_its_sign_stands(unit: str, name: str) -> None:
    """150 of 100 is a problem, and so is a percentage of nobody knows how many."""
    about = {**SHARE, "unit": unit, "name": name, "instrument": "survey"}
    assert "cannot be" in only(raw(indicators=[about], results=[result("150", n="20")]), "scale")
    only(raw(indicators=[about], results=[result("50")]), "needs_n")


def test_a_scale_as_unit_is_a_mean_that_needs_n() -> None:
    """4.2 on a scale of 1 to 5 rests on somebody's answers; people of 16 to 25 years are a count of people."""
    for unit in ("1 to 5", "1-5", "scale 1 to 5", "0 – 10, higher is better"):
        only(raw(indicators=[{**SHARE, "unit": unit, "instrument": ""}], results=[result("4.2")]), "needs_n")
    assert raw(indicators=[{**SHARE, "unit": "16 to 25 year olds", "instrument": ""}], results=[result("42")]).ok


def test_t0_is_a_baseline() -> None:
    """Dated after T1 it is a problem, as with any other baseline."""
    waves = [{"id": "t0", "name": "T0", "date": "2025-02-01"}, {"id": "t1", "name": "T1", "date": "2024-02-01"}]
    assert "a baseline comes first" in only(raw(waves=waves), "wave_order")


CURRENT = {"name": "Baseline", "current": "yes"}


def test_two_waves_cannot_both_be_the_current_one() -> None:
    """Refused at the second row, with the name of the first and what to do."""
    found = only(raw(waves=[{"id": "w0", **CURRENT}, {"id": "w1", "name": "End", "current": "yes"}]), "one_current")
    assert 'row 3, column "current": "yes" is written for this wave, but "Baseline" is the current wave (in this file' in found
    assert "Write yes for one wave, no for others" in found


@pytest.mark.parametrize("word", ["no", None])
def test_one_current_wave_or_none_is_fine(word: str | None) -> None:
    """Nothing has to be named."""
    assert raw(waves=[{"id": "w0", "name": "Baseline", "current": word}, {"id": "w1", "name": "End", "current": "yes"}]).ok
    assert raw(waves=[{"id": "w0", "name": "Baseline", "current": word}]).ok


@pytest.mark.parametrize(("word", "problems"), [("no", 0), (None, 1)])
def test_the_stored_current_wave_stays_so_unless_the_file_says_no(word: str | None, problems: int) -> None:
    """An empty cell takes nothing back, so another current wave beside it is a problem."""
    known = raw(waves=[{"id": "w0", **CURRENT}]).tables
    new = [{"id": "w1", "name": "End", "current": "yes"}]
    assert [problem.rule for problem in raw(known, waves=new).problems] == ["one_current"]
    both = raw(known, waves=[{"id": "w0", "name": "Baseline", "current": word}, *new])
    assert len(both.problems) == problems


def test_a_roster_names_partners_and_waves_that_there_are() -> None:
    """A stranger on it is a problem at its row; so is a word that says how and is none."""
    partners = [{"id": "a", "name": "A", "kind": "museum"}]
    assert raw(organisations=partners, asked=[{"wave": "w0", "organisation": "a", "how": "form"}]).ok
    stranger = raw(organisations=partners, asked=[{"wave": "w0", "organisation": "b"}, {"wave": "w9", "organisation": "a"}])
    assert [(problem.row, problem.column) for problem in stranger.problems] == [(2, "organisation"), (3, "wave")]
    assert [
        problem.column
        for problem in raw(organisations=partners, asked=[{"wave": "w0", "organisation": "a", "how": "x"}]).problems
    ] == ["how"]
