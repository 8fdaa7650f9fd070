"""Scales of one's own: read as people write them, brought to 0–1, and never taken by themselves."""

import pytest

from tests.support.frames import frame
from wtnet.importing import bring, own_choices, scales
from wtnet.network import build
from wtnet.tables import Tables, own

TIES = b"From,To,Closeness,Hours\nHall,Choir,strong,3\nHall,Clinic,weak,\nChoir,Clinic,sort of,1\n"


@pytest.mark.parametrize("text", ["", "strong", "5", "10 to 1", "3 to 3", ";;"])
def test_what_is_no_scale_is_none(text: str) -> None:
    assert scales.parsed(text) is None


@pytest.mark.parametrize(
    ("scale", "value", "strength"),
    [
        ("weak; medium; strong", "Medium", 0.5),
        ("weak, medium, strong", " weak", 0.0),
        ("1 to 10", "10", 1.0),
        ("1–10", "1", 0.0),
        ("0 to 40", "£20", 0.5),
        ("1 to 7", "8", None),
        ("weak; strong", "sort of", None),
        ("weak; strong", None, None),
    ],
)
def test_a_value_is_brought_to_its_place_on_the_scale(scale: str, value: str | None, strength: float | None) -> None:
    found = scales.parsed(scale)
    assert found is not None and found.of(value) == strength


def test_nothing_is_a_strength_until_a_person_says_so() -> None:
    result = bring([("ties.csv", TIES)])
    assert result.checked.tables.partnerships["own_strength"].null_count() == 3
    assert [offer.heading for offer in scales.offers(result.raw) if offer.likely] == ["Closeness"]


def test_what_was_said_is_remembered_and_what_is_not_on_the_scale_is_named() -> None:
    settings = dict([scales.to_setting("Closeness", scales.parsed("none; weak; strong"))])
    result = bring([("ties.csv", TIES)], settings=settings)
    assert result.checked.tables.partnerships["own_strength"].to_list() == [1.0, 0.5, None]
    assert result.checked.tables.partnerships["level"].null_count() == 3
    assert any("Not on it" in notice.sentence and "sort of" in notice.sentence for notice in result.checked.notices)
    forgotten = bring([("ties.csv", TIES)], settings=dict([scales.to_setting("Closeness", None)]))
    assert forgotten.checked.tables.partnerships["own_strength"].null_count() == 3


@pytest.mark.parametrize(
    ("level", "strength", "known"), [(5, 0.25, 0.25), (5, None, 1.0), (None, 0.25, 0.25), (None, None, None)]
)
def test_an_own_strength_stands_before_a_coded_level(level: int | None, strength: float | None, known: float | None) -> None:
    tie = {"id": "t", "source": "a", "target": "b", "level": level, "own_strength": strength}
    tables = Tables(
        {
            "organisations": frame("organisations", *({"id": id, "name": id, "kind": "museum"} for id in "ab")),
            "partnerships": frame("partnerships", tie),
        }
    )
    (row,) = build(tables).ties.iter_rows(named=True)
    assert row["strength"] == known and row["basis"] == ("none" if known is None else "documented")


@pytest.mark.parametrize(
    ("do", "kept", "sharing"), [(None, True, "private"), ("partners", True, "partners"), ("leave", False, None)]
)
def test_a_field_of_ones_own_is_kept_shared_or_left_out_as_it_was_said(do: own_choices.Choice, kept: bool, sharing: str) -> None:
    """A column left out is named, and offered again."""
    settings = dict([own_choices.to_setting("partnerships", "hours", do)])
    result = bring([("ties.csv", TIES)], settings=settings)
    assert ("hours" in own.decode(result.checked.tables.partnerships["own_fields"][0])) == kept
    fields = dict(result.checked.tables.fields.select("id", "sharing").iter_rows())
    assert fields.get("hours") == sharing and fields["closeness"] == "private"
    assert any("left out, as you said" in notice.sentence for notice in result.checked.notices) == (not kept)
    assert result.before_choices is not None and ("partnerships", "hours") in own_choices.own_columns(result.before_choices)
