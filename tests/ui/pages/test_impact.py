"""The Impact page: cuts, frameworks, audiences; and the same numbers on screen, in the workbook and on the command line."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.support.app import opened, shown
from tests.support.impact import everything, kept, made, small
from tests.support.paths import EXAMPLE
from wtnet.cli import main, source
from wtnet.importing import check_files
from wtnet.measures.impact import progress, suppression
from wtnet.sentences import targets
from wtnet.sentences.format import web_address
from wtnet.tables.rounding import rounded
from wtnet.ui.pages.impact.choose import arrange
from wtnet.writers.tables import csv, frames

PAGE = "pages/impact.py"


def test_a_programme_without_indicators_says_so_and_leads_on(database: str) -> None:
    kept(database, made(organisations=[{"id": "m", "name": "M", "kind": "museum"}]))
    app = opened(PAGE, programme="small")
    assert "No indicators have been recorded" in shown(app)
    assert not app.metric


def test_an_indicator_nobody_measured_shows_as_such_and_not_as_nought(database: str) -> None:
    tables = small()
    kept(database, tables.with_(results=tables.results.clear()))
    app = opened(PAGE, programme="small")
    assert "Nothing has been measured at the wave “Last”" in shown(app)
    assert "no data" in everything(app) and "Nobody has measured it here." in everything(app)


def test_the_page_opens_with_what_the_figures_say() -> None:
    app = opened(PAGE)
    met = "48 of 85 pilot targets are met (2 of them from the start), "
    assert f"{met}11 nearly met, 25 not met and 1 below the start at the wave “End”." in shown(app)
    assert "3 targets more rest on too few people to tell." in shown(app)  # 88 targets in all
    assert [metric.value for metric in app.metric] == ["48", "11", "25", "1", "0", "257 of 257"]


def test_a_cut_from_the_link_is_in_the_sentence_and_in_every_figure() -> None:
    """One place and one theme: five pilot targets, and rows of that place alone."""
    app = opened(PAGE, pilot_place="Kelderwick", theme="care", indicator="satisfaction")
    assert shown(app).count("Kelderwick and Care: ") == 1
    assert set(app.dataframe[0].value["pilot"]) == {"Loom and Leaf"}


def test_a_cut_that_leaves_nothing_offers_a_way_out() -> None:
    app = opened(PAGE, pilot_place="Kelderwick", pilot="tidelines")
    assert "Nothing on record goes with all of these together: Kelderwick and Tidelines" in shown(app)
    app.button(key="undo_all").click().run()
    assert "48 of 85" in shown(app)


def test_a_value_that_is_late_and_one_that_is_missing_are_named(database: str) -> None:
    """Pilot B was last measured at the second of three waves, pilot C only at the first."""
    tables = small()
    third = {"id": "w2", "name": "Very last", "date": dt.date(2026, 1, 1)}
    waves = pl.concat([tables.waves, made(waves=[third]).waves])
    last = tables.results.filter(pl.col("wave") == "w1", pl.col("pilot") == "a").with_columns(wave=pl.lit("w2"))
    results = pl.concat([tables.results.filter((pl.col("wave") == "w0") | (pl.col("pilot") == "b")), last])
    kept(database, tables.with_(waves=waves, results=results))
    app = opened(PAGE, programme="small")
    assert app.metric[3].value == "2"
    assert "Late: Pilot B (last: Last)." in everything(app)
    assert "Missing since the baseline: Pilot C." in everything(app)


def test_a_mean_of_means_without_n_shows_its_reason_in_the_place_of_a_figure(database: str) -> None:
    tables = small()
    kept(database, tables.with_(results=tables.results.with_columns(n=pl.lit(None, pl.Int64))))
    told = everything(opened(PAGE, programme="small"))
    assert "not made into one" in told
    assert "A mean of means needs the number of people behind each one; n is missing for Pilot A, Pilot B, Pilot C." in told


@pytest.mark.parametrize(
    ("picture", "audience"),
    [
        ("way", "public"),
        ("grid", "partners"),
        ("steps", "public"),
        *(
            pytest.param(*case, marks=pytest.mark.thorough)
            for case in (("way", "partners"), ("grid", "public"), ("steps", "partners"))
        ),
    ],
)
def test_small_numbers_are_nowhere_on_the_page_for_anybody_but_the_lead(
    database: str, picture: str, audience: str
) -> None:  # fmt: skip
    """Not the value of the small row, not that of the row withheld with it, not their n, not their evidence."""
    kept(database, small())
    secret = (
        "41.37",
        "41.4",
        "42.37",
        "42.4",
        "43.91",
        "43.9",
        "44.91",
        "44.9",
        "n 3<",
        "n 9<",
        " n 3 ",
        " n 9 ",
        "Register a",
        "Register b",
    )
    lead = everything(opened(PAGE, programme="small", picture=picture, indicator="i"))
    assert "41.4" in lead
    told = everything(opened(PAGE, programme="small", picture=picture, indicator="i", audience=audience))
    assert [each for each in secret if each in told] == []
    assert "fewer than 5" in told and "withheld" in told


def test_nor_in_any_division_nor_behind_any_figure(database: str) -> None:
    """By place each part is one pilot: the small ones show no figure; the total of all stays as the lead sees it."""
    kept(database, small())
    for split in ("pilot", "place", "kind"):
        told = everything(opened(PAGE, programme="small", picture="grid", split=split, indicator="i", audience="public"))
        assert not any(each in told for each in ("41.4", "42.4", "43.9", "44.9"))
    total = progress.overview(small(), None, suppression.suppress(progress.cells(small())))
    assert total["latest"][0] == pytest.approx((3 * 42.37 + 9 * 44.91 + 40 * 59) / 52)


@pytest.mark.parametrize(("audience", "read"), [("lead", 2), ("partners", 2), ("public", 1)])
def test_quotes_stand_beside_for_those_they_were_shared_with(database: str, audience: str, read: int) -> None:
    """Private ones for nobody."""
    kept(database, small())
    told = everything(opened(PAGE, programme="small", audience=audience))
    assert [f"Words for {who}." in told for who in ("public", "partners", "private")] == [True, read == 2, False]


def test_a_framework_groups_the_same_evidence_and_names_what_is_untagged() -> None:
    app = opened(PAGE, framework="Generic Social Outcomes")
    told = everything(app)
    assert "Stronger and safer communities" in told and "check the wording with the source" in told
    assert "Tagged with no outcome of this framework" in told
    assert [metric.value for metric in app.metric] == ["48", "11", "25", "1", "0", "257 of 257"]


def test_outcomes_without_evidence_and_unknown_tags_are_named() -> None:
    indicators = small(outcomes="gso-health; nope").indicators
    groups, lacking, unknown = arrange(indicators, "Generic Social Outcomes")
    assert [(group.title, group.indicators) for group in groups] == [("Health and well-being", ("i",))]
    assert lacking == ("Stronger and safer communities", "Strengthening public life")
    assert unknown == ("nope",)


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("https://example.org/a?b=c", True),
        (" http://example.org ", True),
        ("javascript:alert(1)", False),
        ("https://example.org/ x", False),
        ('https://example.org/"onclick', False),
        ("data:text/html,x", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_can_be_opened(address: str | None, fine: bool) -> None:
    assert (web_address(address) is not None) == fine


def test_how_far_along_is_never_rounded_up_to_the_whole_way() -> None:
    """Nor down to none of it; else it is rounded like every other figure."""
    assert [targets.of_the_way(each) for each in (0.999, 1.0, 0.558, 0.554, 0.004, 0.0, None)] == [
        "more than 99% of the way", "100% of the way", "56% of the way", "55% of the way", "less than 1% of the way",
        "0% of the way", "",
    ]  # fmt: skip
    row = {"progress": 0.9454, "state": "not_met"}
    assert targets.progress_text(row) == "less than 95% of the way"  # from 95% on it is nearly met
    assert targets.progress_text(row | {"state": "nearly"}) == "95% of the way"
    assert targets.progress_text(row | {"progress": 0.97}) == "97% of the way"


# the same numbers everywhere


CUT = {"places": ("Kelderwick", "Aberwennol"), "themes": ("care",)}


@pytest.mark.parametrize(
    ("audience", "cut"),
    [
        ("lead", {}),
        ("public", CUT),
        pytest.param("lead", CUT, marks=pytest.mark.thorough),
        pytest.param("public", {}, marks=pytest.mark.thorough),
    ],
)
def test_page_workbook_and_command_line_agree(audience: str, cut: dict[str, tuple[str, ...]], capsys: Any) -> None:
    """The tables the page shows, the workbook made of them, and what the command prints, row by row."""
    tables = source.check_files([str(EXAMPLE)]).tables
    looked = progress.summarise(tables, None, suppression.for_audience(progress.cells(tables), audience), cut)
    page = {"totals": progress.totals(looked.overview), "results": progress.results(tables, None, looked.cells)}
    book = io.BytesIO(frames.write("Impact", [], page, dt.date(2026, 1, 1)))
    flags = [word for place in cut.get("places", ()) for word in ("--place", place)]
    flags += [word for theme in cut.get("themes", ()) for word in ("--theme", theme)]
    for name, frame in page.items():
        assert main(["impact", str(EXAMPLE), "--of", name, "--json", "--audience", audience, *flags]) == 0
        printed = json.loads(capsys.readouterr().out)
        sheet = pl.read_excel(book, sheet_name=name, engine="openpyxl", infer_schema_length=None)
        assert len(printed) == frame.height == sheet.height
        for column in frame.columns:
            on_page = [plain(value) for value in frame[column]]
            assert on_page == [plain(value) for value in sheet[column]], column
            if audience != "lead":  # the command rounds for them
                on_page = [rounded(value, 2) if isinstance(value, float) else value for value in on_page]
            words = ("withheld", "fewer than 5") if audience != "lead" else ()
            in_data = [plain(row[column]) for row in printed]
            assert on_page == [
                None if own is None and word in words else word for own, word in zip(on_page, in_data, strict=True)
            ]


def plain(value: Any) -> Any:
    """A number to nine digits, text as it is; yes and no as the workbook writes them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return round(float(value), 9) if isinstance(value, int | float) else value


def test_a_workbook_of_the_tables_brings_back_the_figures_of_the_page(tmp_path: Path) -> None:
    """What is exported and read again says the same of every indicator."""
    path = tmp_path / "out.xlsx"
    assert main(["export", str(EXAMPLE), "--format", "workbook", "--out", str(path)]) == 0
    before, after = (check_files([each]).tables for each in (EXAMPLE, path))
    assert progress.overview(after).equals(progress.overview(before))


@pytest.mark.parametrize(
    ("format_", "audience", "held"),
    [
        ("csv", "lead", True),
        ("workbook", "partners", False),
        ("csv", "public", False),
        *(
            pytest.param(*case, marks=pytest.mark.thorough)
            for case in (("workbook", "lead", True), ("csv", "partners", False), ("workbook", "public", False))
        ),
    ],
)
def test_small_numbers_leave_in_no_file_but_the_leads(tmp_path: Path, format_: str, audience: str, held: bool) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    tables = small()
    for name in ("organisations", "pilots", "waves", "indicators", "results", "quotes"):
        (folder / f"{name}.csv").write_bytes(csv.write(tables[name]))
    out = tmp_path / ("out.xlsx" if format_ == "workbook" else "out.zip")
    assert main(["export", str(folder), "--format", format_, "--out", str(out), "--audience", audience]) == 0
    again = check_files([out]).tables
    small_rows = again.results.filter(pl.col("pilot").is_in(["a", "b"]))
    assert small_rows.height == 4
    assert (small_rows["value"].null_count() == 0) == held
    assert (small_rows["n"].null_count() == 0) == held
    assert small_rows["evidence"].str.contains("Withheld").any() != held
    assert again.results.filter(pl.col("pilot") == "c")["value"].to_list() == [58.0, 59.0]
    assert again.quotes.height == {"lead": 3, "partners": 2, "public": 1}[audience]


@pytest.mark.parametrize(
    ("of", "shape"),
    [
        ("totals", ["--json"]),
        ("pilots", []),
        ("results", ["--csv"]),
        *(
            pytest.param(of, shape, marks=pytest.mark.thorough)
            for of, shape in (
                ("totals", []), ("totals", ["--csv"]), ("pilots", ["--json"]), ("pilots", ["--csv"]), ("results", []),
                ("results", ["--json"]),
            )
        ),
    ],
)  # fmt: skip
def test_the_command_line_withholds_the_same(tmp_path: Path, of: str, shape: list[str], capsys: Any) -> None:
    for name in ("organisations", "pilots", "waves", "indicators", "results"):
        (tmp_path / f"{name}.csv").write_bytes(csv.write(small()[name]))
    assert main(["impact", str(tmp_path), "--of", of, "--audience", "public", *shape]) == 0
    printed = capsys.readouterr().out
    assert not any(each in printed for each in ("41.37", "42.37", "43.91", "44.91", "Register a", "Register b"))
    if of != "totals":
        assert "fewer than 5" in printed and "withheld" in printed


def test_a_cut_that_is_not_there_is_one_sentence_with_the_choices(capsys: Any) -> None:
    for flag in (["--place", "Nowhere"], ["--theme", "joy"], ["--pilot", "x"], ["--wave", "never"], ["--kind", "x"]):
        assert main(["impact", str(EXAMPLE), *flag]) == 2, flag
        said = capsys.readouterr().err
        assert said.startswith("There is no") and "choose" in said and said.count("\n") == 1, (flag, said)


def test_an_audience_that_is_not_there_is_never_taken_for_the_lead() -> None:
    with pytest.raises(Exception, match="no audience"):
        suppression.tables_for(small(), "friends")


def test_the_first_wave_has_baselines_and_nothing_is_late_or_behind_yet() -> None:
    """States and lateness begin with the second wave; targets and evidence are there from the start."""
    for picture in ("way", "grid", "steps"):
        app = opened(PAGE, wave="baseline", picture=picture, indicator="satisfaction")
        assert "At the first wave, “Baseline”, there are baselines of 15 indicators in 6 pilots." in shown(app)
        assert [metric.label for metric in app.metric] == ["Results with evidence"]
        told = everything(app)
        assert "Missing since" not in told and "no data" not in told and "</i> behind" not in told
        assert "5.70" in told
    assert "n 88 →" not in everything(opened(PAGE, wave="baseline"))
    assert "of 30 documents" in everything(opened(PAGE, wave="baseline"))


def test_an_earlier_wave_counts_only_the_results_up_to_it() -> None:
    app = opened(PAGE, wave="midpoint")
    assert app.metric[4].value != "257 of 257"
    assert "4 without data" in shown(app)


@pytest.mark.parametrize("picture", ["grid", pytest.param("steps", marks=pytest.mark.thorough)])
def test_pictures_that_hold_no_finding_say_where_those_in_view_are_told(picture: str, database: str) -> None:
    """How many there are in the cut, under themes or outcomes; nothing of it where there is none, or where they are drawn."""
    framework = "National Lottery Heritage Fund: Heritage 2033"
    words = "26 findings, 7 of them to improve; under {} in “From baseline to target” and by whose view they are in “By voice”."
    assert words.format("their themes") in shown(opened(PAGE, picture=picture))
    assert words.format("their outcomes") in shown(opened(PAGE, picture=picture, framework=framework))
    assert "In words: 5 findings" in shown(opened(PAGE, picture=picture, theme="capability"))
    assert "In words:" not in shown(opened(PAGE, framework=framework))
    kept(database, small())
    assert "In words:" not in shown(opened(PAGE, programme="small", picture=picture))
