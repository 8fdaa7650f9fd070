"""Several people of one partner: kept apart, put together as one report, and never shown to others one by one."""

from __future__ import annotations

import polars as pl
import pytest

from wtnet.access import redact
from wtnet.network import build, ratings_in
from wtnet.strength import far_apart
from wtnet.tables import Tables, respondents, schema


def _frame(table: str, *rows: dict[str, object]) -> pl.DataFrame:
    types = schema.SCHEMAS[table].polars()
    return pl.DataFrame([{name: row.get(name) for name in types} for row in rows], schema=types)


def _rating(rater: str, partner: str, role: str | None = None, **answers: object) -> dict[str, object]:
    return {"wave": "w", "rater": rater, "partner": partner, "respondent_role": role, **answers}


def _tables(*ratings: dict[str, object]) -> Tables:
    partners = ({"id": id, "name": id.upper(), "kind": "museum"} for id in "abc")
    wave = {"id": "w", "name": "End", "status": "closed"}
    return Tables(
        {
            "organisations": _frame("organisations", *partners),
            "waves": _frame("waves", wave),
            "ratings": _frame("ratings", *ratings),
        }
    )


def test_nothing_changes_where_nobody_has_a_role() -> None:
    tables = _tables(_rating("a", "b", level=3, contact="weekly"), _rating("b", "a", level=2))
    assert ratings_in(tables, "w").equals(tables.ratings.drop("respondent_role"))
    assert ratings_in(tables, None).columns == ratings_in(tables, "w").columns


def test_a_report_is_the_mean_per_question_and_the_median_level_kept_to_a_half() -> None:
    """By hand: levels 2, 3 and 5 → 3; 2 and 3 → 2.5; contact monthly (3) and daily (5) → 4; a question one skipped counts one."""
    tables = _tables(
        _rating("a", "b", "Director", level=2, contact="monthly", reliability=4, comment="Good", own_fields='{"hours":"2"}'),
        _rating("a", "b", "Curator", level=3, contact="daily", reliability=1, mission=3, own_fields='{"hours":"4"}'),
        _rating("a", "c", "Director", level=2),
        _rating("a", "c", "Curator", level=3),
        _rating("a", "c", "Volunteer", level=5),
        _rating("b", "a", level=4, contact="weekly", reliability=3, mission=3, openness=3),
    )
    rows = {(row["rater"], row["partner"]): row for row in ratings_in(tables, "w").iter_rows(named=True)}
    assert set(rows) == {("a", "b"), ("a", "c"), ("b", "a")}
    first = rows["a", "b"]
    assert (first["level"], first["contact"], first["reliability"], first["mission"], first["openness"]) == (2.5, 4, 2.5, 3, None)
    assert (first["comment"], first["own_fields"], rows["a", "c"]["level"]) == ("Good", '{"hours":"3"}', 3)
    assert respondents.contact_word(4.0) == "weekly" and far_apart("contact", 4.0, "quarterly") and not far_apart("level", 2.5, 4)
    tie = next(row for row in build(tables).ties.iter_rows(named=True) if (row["source"], row["target"]) == ("a", "b"))
    assert tie["forward"] == pytest.approx((0.5 + 0.8 + (1.5 + 2) / 6) / 3)
    alone = build(_tables(_rating("b", "a", level=4, contact="weekly", reliability=3, mission=3, openness=3)))
    assert tie["backward"] == alone.ties["backward"][0]  # whoever answers alone has the same figure to the last digit


@pytest.mark.parametrize(("audience", "viewer"), [("partners", "a"), ("partners", None), ("public", None)])
def test_what_one_of_its_people_said_is_for_the_lead_alone(audience: str, viewer: str | None) -> None:
    """A partner that looks for itself sees what it said as a whole, and never its people's answers one by one."""
    tables = _tables(_rating("a", "b", "Director", level=5, comment="Secret"), _rating("a", "c", level=1))
    answers = _frame(
        "answers",
        {"wave": "w", "organisation": "a", "respondent_role": "Director", "question": "q", "value": "yes"},
        {"wave": "w", "organisation": "a", "question": "q", "value": "no"},
    )
    asked = _frame("asked", {"wave": "w", "organisation": "a", "respondent_role": "Director"})
    questions = _frame("questions", {"id": "q", "wording": "Equal?", "type": "yes_no"})
    finding = _frame("findings", {"id": "f", "theme": "care", "statement": "It grew", "organisation": "a", "sharing": "public"})
    agreed = _frame(
        "confirmations",
        {"finding": "f", "organisation": "a", "respondent_role": "Director", "answer": "no", "comment": "Secret"},
        {"finding": "f", "organisation": "a", "answer": "fully"},
    )
    tables = tables.with_(answers=answers, asked=asked, questions=questions, findings=finding, confirmations=agreed)
    seen = redact(tables, audience, viewer=viewer)  # type: ignore[arg-type]
    shown = str([seen[name].to_dicts() for name in seen])
    assert "Director" not in shown and "Secret" not in shown
    assert seen.answers["value"].to_list() == (["no"] if viewer else [])
    assert seen.confirmations["answer"].to_list() == (["fully"] if viewer else [])
