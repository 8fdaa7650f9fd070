"""Fields of the lead's own on the pages: a filter, a colour, the profile, and the table to correct."""

from __future__ import annotations

import pytest

from tests.support.app import HOME, opened, shown
from tests.support.frames import frame
from wtnet.importing import Edits, corrected
from wtnet.store import Programme, Store
from wtnet.tables import Tables, own

TABLES = Tables(
    {
        "organisations": frame(
            "organisations",
            {
                "id": "hall",
                "name": "Hall Museum",
                "kind": "museum",
                "own_fields": own.encode({"region": "North", "turnover": "5"}),
            },
            {"id": "tide", "name": "Tide Choir", "kind": "community_group", "own_fields": own.encode({"region": "South"})},
            {"id": "dock", "name": "Dock Clinic", "kind": "health_provider"},
        ),
        "partnerships": frame(
            "partnerships",
            {"id": "1", "source": "hall", "target": "tide", "level": 3},
            {"id": "2", "source": "tide", "target": "dock", "level": 2},
        ),
        "fields": frame(
            "fields",
            {"table": "organisations", "id": "region", "label": "Region", "type": "category", "sharing": "private"},
            {"table": "organisations", "id": "turnover", "label": "Turnover", "type": "number", "sharing": "private"},
        ),
    }
)


@pytest.fixture
def programme(database: str) -> str:
    """A stored programme with two fields of the lead's own."""
    Store(database).create(Programme(id="own", name="Own"), TABLES, author="me", reason="test")
    return "own"


def test_the_map_is_filtered_by_a_field_and_says_so(programme: str) -> None:
    app = opened(HOME, programme=programme, field="region=North")
    assert any("Region: North" in button.label.replace("\\", "") for button in app.button)


def test_a_value_nobody_has_any_more_is_said_and_filters_nothing(programme: str) -> None:
    app = opened(HOME, programme=programme, field="region=Mars")
    assert not any("Region: Mars" in button.label.replace("\\", "") for button in app.button)


@pytest.mark.parametrize("colour", ["own-region", "own-turnover"])
def test_the_map_is_coloured_and_grouped_by_a_field(programme: str, colour: str) -> None:
    opened(HOME, programme=programme, colour=colour, group="own-region")


def test_the_profile_shows_what_the_fields_say(programme: str) -> None:
    said = shown(opened("pages/partners.py", programme=programme, partner="hall"))
    assert "Region: North" in said and "Turnover: 5" in said
    assert "Region" not in shown(opened("pages/partners.py", programme=programme, partner="dock"))


def test_a_filter_takes_one_of_the_values_of_each_field() -> None:
    assert own.filters(TABLES) == {"region=North": "Region: North", "region=South": "Region: South"}
    assert own.without(TABLES, []) == ()
    assert own.without(TABLES, ["region=North"]) == ("tide", "dock")
    assert own.without(TABLES, ["region=North", "region=South"]) == ("dock",)


def test_a_field_is_corrected_in_place_and_the_others_stay() -> None:
    done = corrected(TABLES, "organisations", Edits(changed={0: {"own_fields.region": "East"}, 2: {"own_fields.region": "West"}}))
    assert done.tables is not None
    assert [own.decode(cell) for cell in done.tables.organisations["own_fields"]] == [
        {"region": "East", "turnover": "5"},
        {"region": "South"},
        {"region": "West"},
    ]
    emptied = corrected(TABLES, "organisations", Edits(changed={1: {"own_fields.region": None}}))
    assert emptied.tables is not None and emptied.tables.organisations["own_fields"][1] is None
