"""How many people of an organisation answered and how far they differ: told to the lead, and to nobody else."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from tests.support.frames import frame
from wtnet.access import redact
from wtnet.measures import disclosure
from wtnet.network import Network, build
from wtnet.sentences import respondents
from wtnet.tables import Tables
from wtnet.tables.model import Audience


def rating(role: str | None, partner: str = "b", **answers: Any) -> dict[str, Any]:
    return {"wave": "w", "rater": "a", "partner": partner, "respondent_role": role, **answers}


def tables(*ratings: dict[str, Any]) -> Tables:
    names = {"a": "Anchor", "b": "Buoy", "c": "Cove"}
    partners = [{"id": id, "name": name, "kind": "museum", "sharing": "public"} for id, name in names.items()]
    return Tables(
        {
            "organisations": frame("organisations", partners),
            "waves": frame("waves", {"id": "w", "name": "End", "status": "closed"}),
            "ratings": frame("ratings", ratings),
        }
    )


def network(*ratings: dict[str, Any]) -> Network:
    return build(tables(*ratings))


@pytest.mark.parametrize("role", [None, "Director"])
def test_one_who_answers_alone_by_role_or_not_is_no_several(role: str | None) -> None:
    alone = network(rating(role, level=3))
    assert respondents.of_pair(alone, "a", "b") == [] == respondents.of_pair(alone, "b", "a")
    assert respondents.of_partner(alone, "a") == respondents.of_partner(alone, "b") == ""


def test_people_are_counted_and_the_questions_named_on_which_they_are_furthest_apart() -> None:
    people = network(
        rating("Director", level=1, contact="daily", reliability=3),
        rating("team", level=4, contact="yearly", reliability=4),
        rating(None, level=2),
        {**rating(None), "rater": "b", "partner": "a", "level": 5},
    )
    told = (
        "3 people of Anchor answered about Buoy. Furthest apart: in touch: yearly and daily; "
        "level of collaboration: 1 networking and 4 coalition."
    )
    assert respondents.of_pair(people, "a", "b") == [told] == respondents.of_pair(people, "b", "a")
    assert respondents.of_partner(people, "a") == (
        "3 people answered for it: Director, team and one for it as a whole. "
        "They are furthest apart about Buoy (in touch: yearly and daily)."
    )


def test_people_who_are_near_or_answered_other_questions_are_not_said_to_differ() -> None:
    near = network(rating("Director", level=3, reliability=2), rating("team", level=4, reliability=3))
    assert respondents.of_pair(near, "a", "b")[0].endswith("On no question are two of them two steps apart or more.")
    assert respondents.of_partner(near, "a") == "2 people answered for it: Director and team."
    other = network(rating("Director", level=1), rating("team", reliability=4))
    assert respondents.of_pair(other, "a", "b")[0].endswith(
        "No two of them answered the same question, so their answers cannot be compared."
    )
    apart = network(rating("Director", level=1), rating("team", "c", level=5))
    assert (
        respondents.of_partner(apart, "a") == "2 people answered for it: Director and team."
        and respondents.of_pair(apart, "a", "b") == []
    )


@pytest.mark.parametrize(("audience", "viewer"), [("partners", "a"), ("partners", "b"), ("partners", None), ("public", None)])
def test_others_than_the_lead_are_told_neither_number_nor_spread(audience: Audience, viewer: str | None) -> None:
    """Not even the partner whose people they are."""
    seen = redact(tables(rating("Director", level=1), rating("team", level=5)), audience, viewer=viewer)
    exact = build(seen)
    assert respondents.of_pair(exact, "a", "b") == [] and respondents.of_partner(exact, "a") == ""
    assert seen.ratings.is_empty()


def test_many_people_of_few_organisations_are_no_more_than_the_organisations() -> None:
    """Three organisations with four people each stay under the threshold of five organisations; five pass it."""
    for ids, shown in (("abc", False), ("abcde", True)):
        rows = [
            {"wave": "w", "rater": rater, "partner": partner, "respondent_role": role, "level": 3, "contact": "weekly"}
            for rater, partner in permutations(ids, 2)
            for role in ("director", "curator", "team", "chair")
        ]
        partners = [{"id": id, "name": id.upper(), "kind": "museum", "sharing": "public"} for id in ids]
        whole = tables().with_(organisations=frame("organisations", partners), ratings=frame("ratings", rows))
        assert (disclosure.reason(build(redact(whole, "public"))) is None) == shown
