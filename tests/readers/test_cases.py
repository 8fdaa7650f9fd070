"""Small files that went wrong once, each with its right value: others', and skipped where they are not at hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.paths import CASES
from wtnet.importing import ImportResult, bring
from wtnet.readers import files

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the collection of files that went wrong is not at hand")


def case(folder: str, *names: str) -> ImportResult:
    """What is made of files of a case, brought in together."""
    (home,) = CASES.glob(f"{folder}-*")
    return bring(files(*(Path(home, name) for name in names)))


def partners(result: ImportResult) -> list[str]:
    """The names of the partners, in the order of the alphabet."""
    return sorted(result.checked.tables.organisations["name"])


def said(result: ImportResult) -> set[str]:
    """The rules of the notices."""
    return {notice.rule for notice in result.checked.notices}


def test_cells_are_read_as_they_are_shown() -> None:
    """Per cent, thousands, formulas without a value, hidden rows."""
    assert case("F01", "percent.xlsx").checked.tables.results["value"].to_list() == [45.0, 82.0]
    assert case("F01", "percent100.xlsx").checked.tables.results["value"].to_list() == [45.0, 100.0]
    assert case("F01", "odd.ods").checked.tables.results["value"].to_list() == [45.0]
    assert case("F35", "scaled_format.xlsx").checked.tables.results["value"].to_list() == [12.5, 30.5]
    assert case("F35", "thousands_dot.xlsx").checked.tables.results["value"].to_list() == [1234.0, 2345.0]
    assert {problem.rule for problem in case("F09", "formula_nocache.xlsx").checked.problems} == {"failed_formula"}
    assert "hidden_rows" in said(case("F22", "hidden_rows.xlsx")) & said(case("F22", "hidden_edges.xlsx"))


def test_dates_are_judged_by_their_column() -> None:
    """Month first where one can only be so, else day first and said."""
    mixed = case("F02", "usmixed.xlsx").checked.tables.partnerships["started"]
    assert mixed.to_list() == [date(2023, 3, 4), date(2023, 4, 17), date(2023, 5, 1)]
    assert "day_first" in said(case("F02", "silent/organisations.csv", "silent/partnerships.csv"))
    assert case("F02", "g_us.csv").checked.tables.partnerships["ended"].to_list() == [date(2023, 12, 31), date(2023, 11, 12)]


@pytest.mark.parametrize("name", ["stlink.json", "nx_label.json", "nx_label.gexf", "nx_label.graphml"])
def test_a_label_that_is_a_type_is_no_name(name: str) -> None:
    """The name is."""
    assert partners(case("F03", name)) == ["Harbour Arts", "Northcliff Museum", "Town Choir"]


def test_names_are_compared_as_a_person_compares_them() -> None:
    """Missing words, spellings, several in a cell, 101.0, long ones."""
    assert partners(case("F05", "na_edges.csv")) == ["Harbour Arts", "Northcliff Museum", "Town Choir", "Wellbeing Hub"]
    assert len(partners(case("F05", "none.csv"))) == 12
    assert len(partners(case("F15", "edges_spaces.csv"))) == 5
    assert partners(case("F15", "spacecase.xlsx")) == ["Harbour Arts", "Northcliff Museum"]
    for name in ("gforms_list.csv", "msforms_list.csv"):
        assert len(partners(case("F17", name))) == 4
    assert partners(case("F18", "nodes.csv", "edges_float.csv")) == ["Harbour Arts", "Northcliff Museum", "Town Choir"]
    assert case("F24", "longpair.csv").checked.ok
    assert "both_sides" in said(case("F20", "recip.csv")) & said(case("F20", "recip2.csv"))


def test_csvs_are_read_as_they_were_meant() -> None:
    """Stray quotes, blanks behind separators, titles above the headings."""
    assert case("F06", "stray_quotes.txt").checked.tables.partnerships.height == 6
    assert partners(case("F14", "spacequote.csv")) == ["Harbour Arts", "Northcliff Museum", "Town Choir"]
    assert partners(case("F14", "spacequote2.csv")) == ["Harbour Arts", "Museum, Northcliff"]
    assert case("F31", "title.csv").checked.tables.partnerships.height == 2
    assert case("F31", "comments.csv").checked.tables.partnerships.height == 1


def test_what_a_file_is_is_decided_by_what_is_in_it() -> None:
    """Results are no ties; matrices, surveys and lists of neighbours are read; the right file is named."""
    assert "looks like indicators" in str(case("F07", "sdg_shape.csv").unreadable)
    assert case("F07", "logframe.csv").checked.tables.results["target"].to_list() == [70.0, 24.0, 60.0]
    assert case("F23", "w2.csv").checked.tables.partnerships["level"].to_list() == [3, 2]
    assert case("F25", "nodelist.csv", "edgelist.csv").checked.tables.partnerships.height == 1
    for name in ("full_abs.dl", "lower_diag.dl", "lower_diag2.dl"):
        assert case("F26", name).checked.tables.partnerships.height == 4
    for name, ratings in (("gform.csv", 6), ("msforms.xlsx", 6), ("multi_sm.csv", 6), ("qualtrics.csv", 2)):
        assert case("F27", name).checked.tables.ratings.height == ratings
    for name, ties in (("matrix.xlsx", 3), ("matrix_short.csv", 2), ("adjlist.csv", 5)):
        assert case("F28", name).checked.tables.partnerships.height == ties
    assert case("F28", "twomode.csv").checked.tables.involvements.height == 5
    for name in ("matrix.csv", "matrix_only.xlsx", "edges.csv"):
        assert case("L01", name).checked.tables.partnerships.height == 46


def test_grants_of_several_and_numbers_of_several_are_said() -> None:
    """A tie for each pair; the other names of a number."""
    assert "one_number" in said(case("F11", "g_branch.csv"))
    assert case("F12", "g_two.json").checked.tables.partnerships.height == 4
    assert case("F12", "g_two.csv").checked.tables.partnerships.height == 2
