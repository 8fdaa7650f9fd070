"""What changed between two states is told with names, so that a person need not open either."""

from datetime import date

import polars as pl
import pytest

from tests.support.frames import frame
from tests.support.stored import HOSTILE, partners, whole
from wtnet.store import Names, diff
from wtnet.tables import Tables

BASE = Tables(
    {
        "organisations": frame(
            "organisations",
            {"id": "a", "name": "Harbour Arts", "kind": "community_group"},
            {"id": "b", "name": "City Hospital", "kind": "health_provider"},
        ),
        "waves": frame("waves", {"id": "w", "name": "Baseline"}),
        "pilots": frame("pilots", {"id": "p", "name": "Tidelines", "lead": "a"}),
        "partnerships": frame("partnerships", {"id": "t", "source": "a", "target": "b", "level": 2}),
        "ratings": frame("ratings", {"wave": "w", "rater": "a", "partner": "b", "level": 2}),
    }
)


@pytest.mark.parametrize("state", [Tables(), BASE, whole()])
def test_nothing_is_told_where_nothing_changed(state):
    assert diff(state, state) == []


def test_another_order_alone_is_said():
    assert diff(BASE, BASE.with_(organisations=BASE.organisations.reverse())) == ["order of rows changed"]


def test_rows_added_and_a_level_changed_are_told_as_a_person_would():
    more = partners("Tide Museum", "Sea Choir", "Pier Trust")
    after = BASE.with_(
        organisations=pl.concat([BASE.organisations, more]),
        partnerships=BASE.partnerships.with_columns(level=pl.lit(4, dtype=pl.Int8)),
    )
    assert diff(BASE, after) == [
        "3 partners added: Tide Museum, Sea Choir, Pier Trust",
        "Harbour Arts ↔ City Hospital: level 2 → 4",
    ]


def test_every_row_of_a_first_state_is_counted_and_the_first_few_named():
    told = diff(Tables(), Tables({"organisations": partners(*"ABCDEFG")}))
    assert told == ["7 partners added: A, B, C, D, E and 2 more"]
    assert diff(Tables({"organisations": partners(*"AB")}), Tables()) == ["2 partners removed: A, B"]


def test_every_kind_of_row_has_a_name_without_codes():
    told = diff(Tables(), whole())
    assert told[1:] == [
        "1 pilot added: P",
        "1 involvement added: B in P",
        "2 waves added: End, Start",
        "2 records of 1 partnership added: A ↔ B, B ↔ A",
        "2 ratings added: A on B (Start), B on A (Start)",
        "1 indicator added: I",
        "4 results added: I of P (Start), I of A in P (Start), I of the whole programme (Start), "
        "I of B in the whole programme (Start)",
        "1 quote added: ““Thank you””",
        "2 findings added: “A and B meet”, “More time”",
        "1 answer to a finding added: B on A and B meet",
        "1 activity added: Day",
        "1 attendance added: A at Day",
    ]


def test_cells_are_told_with_names_dates_yes_and_no_and_a_dash_for_unknown():
    after = BASE.with_(
        pilots=BASE.pilots.with_columns(lead=pl.lit("b"), starts=pl.lit(date(2024, 1, 15))),
        partnerships=BASE.partnerships.with_columns(before_programme=pl.lit(True), evidence=pl.lit("Minutes")),
        ratings=BASE.ratings.with_columns(level=pl.lit(None, dtype=pl.Int8)),
    )
    assert diff(BASE, after) == [
        "Tidelines: lead Harbour Arts → City Hospital, starts – → 2024-01-15",
        "Harbour Arts ↔ City Hospital: before programme – → yes, evidence – → “Minutes”",
        "Harbour Arts on City Hospital (Baseline): level 2 → –",
    ]


def test_a_renamed_partner_is_called_by_the_earlier_name_where_the_change_is_told():
    after = BASE.with_(organisations=BASE.organisations.with_columns(name=pl.col("name").replace("Harbour Arts", "Harbour CIC")))
    assert diff(BASE, after) == ["Harbour Arts: name “Harbour Arts” → “Harbour CIC”"]


def test_two_partners_of_one_name_are_told_apart_by_their_codes():
    same = BASE.with_(organisations=BASE.organisations.with_columns(name=pl.lit("Twin")))
    after = same.with_(partnerships=same.partnerships.with_columns(level=pl.lit(0, dtype=pl.Int8)))
    assert diff(same, after) == ["Twin (a) ↔ Twin (b): level 2 → 0"]


def test_beyond_the_limit_changes_are_counted():
    base = Tables({"organisations": partners(*"ABCDE"), "waves": frame("waves", {"id": "w", "name": "W"})})
    after = Tables(
        {"organisations": base.organisations.with_columns(place=pl.lit("X")), "waves": base.waves.with_columns(name=pl.lit("V"))}
    )
    assert diff(base, after, limit=2) == ["A: place – → “X”", "B: place – → “X”", "3 partners, 1 wave more changed"]
    assert diff(base, after, limit=0) == ["5 partners, 1 wave changed"]
    assert len(diff(base, after)) == 6


def test_long_texts_are_told_where_they_first_differ():
    long = "word " * 200
    base = BASE.with_(pilots=BASE.pilots.with_columns(description=pl.lit(f"{long}here it ends")))
    after = BASE.with_(pilots=BASE.pilots.with_columns(description=pl.lit(f"{long}there it ends")))
    [told] = diff(base, after)
    assert "here it ends" in told and "there it ends" in told and len(told) < 200


def test_hostile_names_stay_text_on_one_line():
    told = diff(Tables(), Tables({"organisations": partners(*HOSTILE[:5], "two\nlines")}))
    assert all("\n" not in sentence for sentence in told)
    assert "<script>alert(1)</script>" in told[0]
    assert len(told[0]) < 400


def test_a_code_that_no_longer_has_a_row_stands_for_itself():
    assert Names(BASE).of("organisations", "gone") == "gone"
    assert Names().of("waves", None) == "–"


def test_decimal_places_are_told_as_they_were_written():
    base = Tables({"organisations": frame("organisations", {"id": "a", "name": "A", "kind": "museum", "latitude": 54.97})})
    after = base.with_(organisations=base.organisations.with_columns(latitude=pl.lit(54.970001)))
    assert diff(base, after) == ["A: latitude 54.97 → 54.970001"]
