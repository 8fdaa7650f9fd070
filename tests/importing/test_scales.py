"""Scales of one's own: read as people write them, brought to 0–1, and never taken by themselves."""

import pytest

from tests.support.frames import frame
from wtnet.errors import InvalidRequest
from wtnet.importing import bring, own_choices, scales
from wtnet.network import Scope, build
from wtnet.strength import Weights
from wtnet.tables import Tables, own, own_scale

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


TWO = "Organisation A,Organisation B,{0},{1}\nHall,Choir,5,2\nHall,Clinic,1,\nChoir,Clinic,3,n/a\n"


@pytest.mark.parametrize(
    "headings",
    [
        ("A rates B", "B rates A"),
        ("Rating of B by A", "Rating of A by B"),
        ("Rating by A", "Rating by B"),
        ("Rating of B", "Rating of A"),
        ("A → B (score)", "B → A (score)"),
        ("How strong (organisation says)", "How strong (other says)"),
    ],
)
def test_columns_of_both_sides_are_ratings_each_by_its_side(headings: tuple[str, str]) -> None:
    result = bring([("ties.csv", TWO.format(*headings).encode())])
    rated = {
        (row["rater"], row["partner"]): own.decode(row["own_fields"])
        for row in result.checked.tables.ratings.iter_rows(named=True)
    }
    (field,) = result.checked.tables.fields["id"]
    assert {pair: cell[field] for pair, cell in rated.items()} == {
        ("Hall", "Choir"): "5", ("Choir", "Hall"): "2", ("Hall", "Clinic"): "1", ("Choir", "Clinic"): "3"
    }  # fmt: skip
    assert result.checked.tables.partnerships.height == 3 and result.checked.ok
    assert any("Row 2: “Hall” says “5” of “Choir”" in notice.sentence for notice in result.checked.notices)


@pytest.mark.parametrize(
    "headings",
    [
        ("Budget A", "Budget B"),
        ("Score 1", "Score 2"),
        ("Strength", "Strong since"),
        ("A rates B", "C rates D"),
        ("Hall's view", "Its view of Hall"),
    ],
)
def test_other_columns_beside_each_other_are_no_ratings(headings: tuple[str, str]) -> None:
    """Of two rounds, two budgets or two others: kept as fields of the partnership."""
    result = bring([("ties.csv", TWO.format(*headings).encode())])
    assert result.checked.tables.ratings.is_empty() and result.checked.tables.fields.height == 2


def test_what_each_side_says_counts_as_strength_once_its_scale_is_said() -> None:
    """Before, the partnerships stand and their strength is unknown; none on a scale from 0 is no partnership, 1 of 5 is one."""
    data = [("ties.csv", TWO.format("A rates B", "B rates A").encode())]
    bare = build(bring(data).checked.tables)
    assert bare.ties["strength"].null_count() == 3 and not bare.graph.edges["Hall", "Clinic"]["overall"]
    said = build(bring(data, settings=scales.typed(["rating=1 to 5"])).checked.tables)
    tie = said.graph.edges["Choir", "Hall"]
    assert (tie["forward"], tie["backward"], tie["agreement"], tie["basis"]) == (0.25, 1.0, 0.25, "both")
    assert said.graph.edges["Clinic", "Hall"]["strength"] == 0.0 and tie["overall"] == tie["strength"] == 0.625
    nothing = [("ties.csv", TWO.replace("5,2", "0,0").format("A rates B", "B rates A").encode())]
    assert not build(bring(nothing, settings=scales.typed(["rating=0 to 5"])).checked.tables).graph.has_edge("Hall", "Choir")


def test_several_people_count_by_the_mean_of_what_each_says_as_a_whole() -> None:
    """Words on a scale have a mean too, and weigh beside the level as the weights say."""
    rating = {"wave": "w", "rater": "a", "partner": "b", "level": 5}
    people = [("Director", '{"close":"weak"}'), ("Curator", '{"close":"strong"}'), ("Clerk", '{"close":"sort of"}')]
    tables = Tables(
        {
            "organisations": frame("organisations", *({"id": id, "name": id, "kind": "museum"} for id in "ab")),
            "waves": frame("waves", {"id": "w", "name": "W"}),
            "ratings": frame("ratings", *({**rating, "respondent_role": role, "own_fields": said} for role, said in people)),
            "fields": frame(
                "fields", {"table": "ratings", "id": "close", "label": "Close", "scale": "weak; medium; strong", "strength": True}
            ),
        }
    )
    assert own_scale.with_overall(tables, tables.ratings)["overall"].to_list() == [0.0, 1.0, None]
    (tie,) = build(tables).ties.iter_rows(named=True)
    assert (tie["overall"], tie["depth"], tie["strength"]) == (0.5, 1.0, 0.75)
    (alone,) = build(tables, Scope(weights=Weights(overall=0))).ties.iter_rows(named=True)
    assert alone["strength"] == 1.0


@pytest.mark.parametrize("text", ["Strength", "=1 to 7", "Strength=7", ""])
def test_a_scale_that_is_typed_wrongly_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidRequest, match='such as "Strength=1 to 7"'):
        scales.typed([text])


def test_a_pair_that_stands_twice_is_said_and_its_first_answers_count() -> None:
    twice = TWO.format("A rates B", "B rates A") + "Choir,Hall,4,4\n"
    result = bring([("ties.csv", twice.encode())])
    assert result.checked.ok and result.checked.tables.ratings.height == 4
    assert any("2 more answers about a pair that stands there twice left out" in said.sentence for said in result.checked.notices)


def test_a_scale_of_no_column_is_said() -> None:
    raw = bring([("ties.csv", TIES)]).raw
    assert scales.unused(scales.typed(["Hours=0 to 40"]), raw) == ""
    assert '"hour"' in scales.unused(scales.typed(["Hour=0 to 40"]), raw)


def test_both_sides_answers_are_of_the_round_that_a_person_names() -> None:
    """Where a round of the survey is stored it is asked; kept apart, they make one of their own."""
    data = [("ties.csv", TWO.format("A rates B", "B rates A").encode())]
    known = Tables({"waves": frame("waves", {"id": "w1", "name": "Spring", "status": "open"})})
    (cause,) = bring(data, known).asked
    assert [cure.to for cure in cause.cures] == ["w1", None]
    taken, apart = (bring(data, known, cures=[cure]).checked.tables for cure in cause.cures)
    assert set(taken.ratings["wave"]) == {"w1"} and taken.waves.is_empty()
    assert apart.ratings["wave"].unique().to_list() == apart.waves["id"].to_list() == ["ratings-of-ties"]
