"""Titles of slides: each says what the figures say, and not more, where careless words would be false."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.support.networks import tables as made
from tests.support.stories import RATINGS, example, three
from wtnet import stories
from wtnet.stories.draft import again
from wtnet.stories.outdated import renewed
from wtnet.tables import Tables


def title(tables: Tables, part: str, **who: Any) -> str:
    return next(slide.heading for slide in stories.draft(tables, **who).slides if slide.part == part)


def rated(*rows: tuple[str, str, str, int]) -> Tables:
    return three(list(rows))


def both(wave: str, pair: str, level: int) -> list[tuple[str, str, str, int]]:
    return [(wave, pair[0], pair[1], level), (wave, pair[1], pair[0], level)]


def test_more_is_up_fewer_is_down_and_as_many_is_said_as_such() -> None:
    """A number moves only where nothing is unknown about it."""
    assert title(rated(*both("one", "ab", 2), *both("two", "ab", 2), *both("two", "ac", 2)), "now", partner="a") == (
        "We work with 2 partners, up from 1 in January 2024"
    )
    fewer = [*both("one", "ab", 2), *both("one", "ac", 2), *both("two", "ab", 2), ("two", "a", "c", 0), ("two", "c", "a", 0)]
    assert title(rated(*fewer), "now", partner="a") == "We work with 1 partner, down from 2 in January 2024"
    assert title(rated(*both("one", "ab", 2), *both("two", "ab", 4)), "now", partner="a") == (
        "We work with 1 partner, as many as in January 2024"
    )


def test_where_somebody_did_not_answer_nothing_is_said_to_have_risen_or_fallen() -> None:
    """What became of 12 of the pilot's partnerships is not known: so many are known, then and now."""
    assert title(example(), "now", pilot="tidelines") == "47 partnerships are known; 23 were in February 2024"


def test_most_grew_stronger_is_said_only_where_more_than_half_did() -> None:
    """One of two is not most: then the mean, with its direction as it is written."""
    grew = [*both("one", "ab", 2), *both("two", "ab", 4)]
    assert title(rated(*grew), "strength") == "1 of our 1 partnerships rated both times grew stronger"
    fell = [*grew, *both("one", "ac", 4), *both("two", "ac", 1)]
    assert "grew stronger" not in title(rated(*fell), "strength") and "down from" in title(rated(*fell), "strength")
    same = title(rated(*both("one", "ab", 3), *both("two", "ab", 3)), "strength")
    assert same.endswith(", as in January 2024") and "up" not in same and "down" not in same
    assert title(three([]), "strength") == "How strong our partnerships are is not known yet"


def test_a_sector_is_missing_only_where_the_record_tells_and_none_is_where_all_are_there() -> None:
    kinds = {"a": "museum", "b": "freelancer", "c": "community_group", "d": "health_provider"}
    ring = [("a", "b", 3), ("a", "c", 3), ("a", "d", 3)]
    assert title(made(kinds, ring), "missing", partner="a") == "All four sectors are among those we work with"
    assert title(made(kinds, ring[:2]), "missing", partner="a") == "No partnership yet with a health provider"
    assert "missing" not in [slide.part for slide in stories.draft(made("a"), partner="a").slides]


def test_a_title_that_a_person_wrote_stays_and_a_drafted_one_follows_the_data() -> None:
    """Also where the figure of an edited title has gone from under it, for others than the lead."""
    story = stories.draft(three(), partner="a")
    after = three([*RATINGS, ("two", "d", "a", 5)])
    fresh = again(story, after, "", None)
    at = next(at for at, slide in enumerate(story.slides) if slide.part == "now")
    assert "3 partners" in renewed(story, fresh, at).slides[at].heading
    own = replace(story, slides=tuple(replace(slide, heading="Friends") for slide in story.slides))
    assert renewed(own, fresh, at).slides[at].heading == "Friends"


def test_none_of_the_targets_is_never_told_as_some() -> None:
    """A pilot without results has nothing measured."""
    tables = made("a", pilots=[{"id": "p", "name": "Pilot", "lead": "a"}])
    assert title(tables, "came", pilot="p") == "Nothing that was measured can be told yet"
    assert title(tables, "who", partner="a") == "We lead Pilot"
    assert title(Tables(), "who") == "No partner is recorded yet"
