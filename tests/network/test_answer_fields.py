"""What partners answer about each other is a field of the tie in its wave: filter, colour, matrix, files; for the lead alone."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.frames import frame
from wtnet.access import redact
from wtnet.errors import InvalidRequest
from wtnet.measures import reach, tie_values
from wtnet.network import Scope, build
from wtnet.store import Programme
from wtnet.survey.questionnaire import with_fields
from wtnet.tables import Tables, own, relationships
from wtnet.writers.export import Export
from wtnet.writers.rows import tie_rows, told_of_ties


def rating(wave: str, rater: str, partner: str, role: str | None = None, **said: str) -> dict[str, object]:
    whose = {"wave": wave, "rater": rater, "partner": partner, "respondent_role": role, "level": 2}
    return whose | {"own_fields": own.encode(said)}


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Three partners in two waves; a and b answer about each other, two people of c about a."""
    return with_fields(
        Tables(
            {
                "organisations": frame("organisations", [{"id": id, "name": id, "kind": "museum"} for id in "abc"]),
                "waves": frame(
                    "waves",
                    {"id": "v", "name": "V", "date": date(2024, 1, 1)},
                    {"id": "w", "name": "W", "date": date(2025, 1, 1)},
                ),
                "questions": frame(
                    "questions",
                    {"id": "fair", "wording": "Is it fair?", "about": "partner", "type": "scale"},
                    {
                        "id": "what",
                        "wording": "What do you share?",
                        "about": "partner",
                        "type": "several",
                        "choices": "space; time",
                    },
                ),
                "ratings": frame(
                    "ratings",
                    rating("v", "a", "b", fair="1"),
                    rating("w", "a", "b", fair="4", what="space; time"),
                    rating("w", "b", "a", fair="2", what="time"),
                    rating("w", "c", "a", role="Director", fair="4"),
                    rating("w", "c", "a", role="Curator", fair="5"),
                    rating("w", "b", "c"),
                ),
            }
        )
    )


def ties(tables: Tables, **scope: object) -> list[str]:
    return ["".join(pair) for pair in build(tables, Scope(**scope)).ties.select("source", "target").iter_rows()]  # type: ignore[arg-type]


def test_ties_are_filtered_by_what_either_side_answers_in_the_wave(tables: Tables) -> None:
    """Of a scale the nearest step; of each field one of its values; a programme without such answers has no such filter."""
    options = relationships.filters(tables)
    assert options["answers.fair=4"] == "Is it fair?: 4" and options["answers.what=time"] == "What do you share?: time"
    assert ties(tables, wave="w") == ["ab", "ac", "bc"]
    assert ties(tables, wave="w", tie_fields=("answers.fair=4",)) == ["ab"]
    assert ties(tables, wave="w", tie_fields=("answers.fair=5", "answers.fair=2")) == ["ab", "ac"], "4.5 counts as 5"
    assert ties(tables, wave="w", tie_fields=("answers.fair=5", "answers.what=time")) == []
    assert ties(tables, wave="v", tie_fields=("answers.fair=1",)) == ["ab"]
    assert relationships.filters(tables.with_(fields=tables.fields.clear())) == {}


def test_a_tie_has_the_answers_of_both_sides_as_a_number_or_as_words(tables: Tables) -> None:
    """The mean of the two sides, each of them the mean of its people; and the matrix by kinds of partner."""
    network = build(tables, Scope(wave="w"))
    fair, what = (tie_values.of_field(network, f"answers.{id}") for id in ("fair", "what"))
    assert (fair.number(("a", "b")), fair.number(("a", "c")), fair.number(("b", "c"))) == (3.0, 4.5, None)
    assert what.parts(("a", "b")) == ["space", "time"] and not what.parts(("a", "c"))
    assert tie_values.by_kinds(network, reach.mixing(network), fair).to_list() == [3.75]


def test_files_of_the_lead_have_them_and_nobody_elses(tables: Tables) -> None:
    """A column of their own, worked out anew when such a file is read again; for others neither field, filter nor column."""
    export = Export(Programme("p", "P"), tables, build(tables, Scope(wave="w")))
    assert "Answers: Is it fair?" in told_of_ties(tables) and own.is_worked_out("Answers: Is it fair?", is_tie=True)
    rows = {row["source"] + row["target"]: row.get("Answers: Is it fair?") for row in tie_rows(export)}
    assert rows == {"ab": "4 | 2", "ac": "4.5", "bc": None}
    for audience in ("partners", "public"):
        shown = redact(tables, audience, viewer="a")  # type: ignore[arg-type]
        assert not relationships.filters(shown) and not relationships.fields(shown, "number", "several")
        assert not any("Answers" in heading for heading in told_of_ties(shown))
        with pytest.raises(InvalidRequest):
            build(shown, Scope(wave="w", tie_fields=("answers.fair=4",)))
        assert not tie_values.of_field(build(shown, Scope(wave="w")), "answers.fair").texts
