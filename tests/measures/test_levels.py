"""Results of the whole programme and of single partners: each level by itself, and none gives another away."""

from datetime import date

import polars as pl
import pytest

from tests.support.frames import frame
from wtnet import access
from wtnet.access import redact
from wtnet.measures.impact import levels, progress
from wtnet.tables import Tables, waves

WEIGHTED = (10 * 10 + 32 * 20) / 30
WAVES = frame(
    "waves", {"id": "w1", "name": "One", "date": date(2024, 1, 1)}, {"id": "w2", "name": "Two", "date": date(2025, 1, 1)}
)


def row(wave: str, value: float | None, pilot: str | None = None, of: str | None = None, n: int | None = None, **more) -> dict:
    return {"indicator": "i", "wave": wave, "value": value, "pilot": pilot, "organisation": of, "n": n, **more}


def programme(*results: dict, instrument: str = "count", unit: str = "people", **more: pl.DataFrame) -> Tables:
    """Three pilots and three partners, one indicator (a count of people if nothing else is said), and these results."""
    return Tables(
        {
            "organisations": frame(
                "organisations", [{"id": x, "name": x.upper(), "kind": "museum", "sharing": "public"} for x in "abc"]
            ),
            "pilots": frame("pilots", [{"id": x, "name": x.upper(), "lead": "a"} for x in "pqr"]),
            "waves": WAVES,
            "indicators": frame(
                "indicators",
                {
                    "id": "i",
                    "theme": "care",
                    "name": "I",
                    "unit": unit,
                    "instrument": instrument,
                    "better": "higher",
                    "target": 40.0,
                },
            ),
            "results": frame("results", results),
            **more,
        }
    )


def at(tables: Tables, level: levels.Level, audience: str = "lead") -> pl.DataFrame:
    """The cells of a level as an audience has them."""
    return access.cells(tables, audience, level=level)


def test_a_result_of_the_whole_programme_is_by_itself_and_in_no_total_of_pilots():
    tables = programme(row("w1", 10.0, "p"), row("w2", 20.0, "p"), row("w1", 50.0), row("w2", 90.0))
    assert at(tables, "pilots")["value"].to_list() == [10.0, 20.0]
    assert progress.overview(tables, "w2").select("baseline", "latest").row(0) == (10.0, 20.0)
    whole = progress.progress(levels.at(tables, "programme"), "w2", at(tables, "programme"))
    assert whole.select("pilot_name", "baseline", "latest", "target", "state").row(0) == (
        "The whole programme", 50.0, 90.0, 40.0, "met_from_start",
    )  # fmt: skip


def test_waves_are_the_same_for_every_level():
    """A programme measured in the second wave alone has no baseline: its first value is not taken for one."""
    tables = programme(row("w1", 10.0, "p"), row("w2", 20.0, "p"), row("w2", 90.0))
    whole = progress.progress(levels.at(tables, "programme"), "w2", at(tables, "programme"))
    assert whole.select("baseline", "latest").row(0) == (None, 90.0)


@pytest.mark.parametrize(
    ("instrument", "unit", "together"),
    [("count", "people", 42.0), ("mean of answers", "mean, 1 to 50", WEIGHTED), ("share", "% of people", WEIGHTED)],
)  # fmt: skip
def test_partners_of_a_pilot_go_together_by_the_rule_of_the_indicator(instrument, unit, together):
    tables = programme(row("w1", 10.0, "p", "a", 10), row("w1", 32.0, "p", "b", 20), instrument=instrument, unit=unit)
    cell = at(tables, "pilots").row(0, named=True)
    assert cell["value"] == pytest.approx(together) and cell["n"] == 30 and cell["organisation"] is None
    assert at(tables, "partners")["pilot_name"].to_list() == ["A in P", "B in P"]


def test_a_pilot_has_its_own_figure_where_there_is_one_and_none_where_a_partner_s_is_not_known():
    own = programme(row("w1", 10.0, "p", "a"), row("w1", 32.0, "p", "b"), row("w1", 50.0, "p"))
    assert at(own, "pilots")["value"].to_list() == [50.0]
    unknown = programme(row("w1", 10.0, "p", "a"), row("w1", None, "p", "b"))
    assert at(unknown, "pilots")["value"].to_list() == [None]


def test_one_partner_s_row_alone_is_the_pilot_s_as_it_always_was():
    tables = programme(row("w1", 10.0, "p", "a"))
    assert at(tables, "pilots").select("value", "organisation").row(0) == (10.0, "a")
    assert at(tables, "partners").is_empty()


SEEN = {
    "a small programme": ([row("w1", 3.0)], "programme", [None]),
    "what is left of the programme beside its pilots is small": ([row("w1", 33.0), row("w1", 30.0, "p")], "programme", [None]),
    "nothing is left of it": ([row("w1", 60.0), row("w1", 30.0, "p"), row("w1", 30.0, "q")], "programme", [60.0]),
    "enough is left of it": ([row("w1", 60.0), row("w1", 30.0, "p")], "programme", [60.0]),
    "a small pilot is hidden with another, and the programme is their sum": (
        [row("w1", 63.0), row("w1", 3.0, "p"), row("w1", 60.0, "q")], "programme", [63.0],
    ),
    "a small pilot stands alone beside the programme": ([row("w1", 4.0), row("w1", 4.0, "p")], "programme", [None]),
    "a small partner hides all": ([row("w1", 3.0, "p", "a"), row("w1", 30.0, "p", "b")], "partners", [None, None]),
    "partners in another pilot too": (
        [row("w1", 3.0, "p", "a"), row("w1", 30.0, "p", "b"), row("w1", 9.0, None, "c")], "partners", [None] * 3,
    ),
    "what is left of the pilot beside its partners is small": (
        [row("w1", 30.0, "p", "a"), row("w1", 30.0, "p", "b"), row("w1", 62.0, "p")], "partners", [None, None],
    ),
    "partners of a pilot that is withheld": (
        [row("w1", 10.0, "p", "a"), row("w1", 9.0, "p", "b"), row("w1", 3.0, "q")], "partners", [None, None],
    ),
    "what is left of the programme beside partners is small": ([row("w1", 33.0), row("w1", 30.0, None, "a")], "partners", [None]),
    "large enough": ([row("w1", 10.0, "p", "a"), row("w1", 9.0, "p", "b"), row("w1", 30.0, "q")], "partners", [10.0, 9.0]),
}  # fmt: skip


MORE_OF_A_KIND = (
    "a small programme",
    "nothing is left of it",
    "partners in another pilot too",
    "partners of a pilot that is withheld",
)
"""Cases of which a harder one of the same kind is in every run."""


@pytest.mark.parametrize("audience", ["public", pytest.param("partners", marks=pytest.mark.thorough)])
@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.thorough) if case in MORE_OF_A_KIND else case for case in SEEN]
)
def test_no_level_gives_a_small_number_of_another_away(case, audience):
    results, level, values = SEEN[case]
    tables = programme(*results)
    cells = at(tables, level, audience)
    assert cells["value"].to_list() == values
    assert cells["suppressed"].to_list() == [value is None for value in values]
    assert all(word in ("withheld", "fewer than 5") for word in cells.filter("suppressed")["shown"])
    every = {value for each in ("pilots", "programme", "partners") for value in at(tables, each, audience)["value"]}
    assert set(redact(tables, audience).results["value"].drop_nulls()) <= every
    assert at(tables, level)["value"].null_count() == 0


def activities(*people: int | None, pilot: str | None = "p", year: int = 2023) -> pl.DataFrame:
    rows = [
        {"id": str(at), "name": str(at), "pilot": pilot, "people": number, "indicator": "i", "starts": date(year + at, 5, 1)}
        for at, number in enumerate(people)
    ]
    return frame("activities", rows)


def test_people_of_activities_add_up_to_an_indicator_as_a_running_total_if_the_lead_says_so():
    tables = programme(activities=activities(10, 30))
    assert at(tables, "pilots").select("pilot", "wave", "value").rows() == [("p", "w1", 10.0), ("p", "w2", 40.0)]
    silent = tables.with_(activities=tables.activities.with_columns(indicator=pl.lit(None, pl.String)))
    assert at(silent, "pilots").is_empty()
    whole = programme(activities=activities(10, 30, pilot=None))
    assert at(whole, "pilots").is_empty() and at(whole, "programme")["value"].to_list() == [10.0, 40.0]


def test_a_result_of_its_own_stands_before_what_activities_add_up_to():
    tables = programme(row("w2", 55.0, "p"), activities=activities(10, 30))
    assert at(tables, "pilots")["value"].to_list() == [10.0, 55.0]


def test_activities_without_a_number_are_said_and_not_counted_as_none():
    tables = programme(activities=activities(10, None))
    assert (
        at(tables, "pilots").row(1, named=True)["evidence"]
        == "Added up from activities (1 of 2; of the others no number is known)"
    )
    assert at(programme(activities=activities(None)), "pilots")["value"].to_list() == [None, None]


def test_an_activity_after_the_last_wave_is_in_no_total_of_a_wave():
    assert at(programme(activities=activities(10, year=2026)), "pilots").is_empty()


def test_a_small_number_of_people_that_is_withheld_is_not_read_from_what_it_adds_up_to():
    tables = programme(row("w2", 90.0), activities=activities(30, 3))
    for audience in ("partners", "public"):
        cells = at(tables, "pilots", audience)
        assert cells.select("wave", "value", "shown").rows() == [("w1", 30.0, None), ("w2", None, "withheld")]
        assert at(tables, "programme", audience)["value"].to_list() == [None]


def test_every_wave_counts_for_results_as_it_did():
    tables = programme(row("w1", 10.0, "p"), row("w2", 9.0))
    assert waves.reporting_waves(levels.at(tables, "programme")) == ["w1", "w2"]
