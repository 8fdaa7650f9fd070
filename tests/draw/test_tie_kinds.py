"""Ties by kind of partnership: one colour and number for a kind, whatever the wave; none for what is not known."""

from __future__ import annotations

from tests.support.networks import net, tables
from wtnet import stories
from wtnet.draw import tie_kinds
from wtnet.draw.map.picture import Tie
from wtnet.draw.style import tie_colour
from wtnet.network import Scope
from wtnet.stories import Slide, SlideView, Story
from wtnet.stories.slides import Stage

TIES = [
    ("a", "b", {"relationship": "funds", "level": 2}),
    ("a", "c", {"relationship": "funds; shares space"}),
    ("b", "c", {"relationship": "shares space"}),
    ("a", "d", {}),
]


def test_each_kind_has_a_number_and_what_is_not_recorded_has_none() -> None:
    """A partnership of two kinds is neither of them; without a kind it is not told by another's number."""
    kinds = tie_kinds.by_kind(net("a b c d", TIES))
    said = {tie.replace("\n", ""): (tie_kinds.number(kinds.used, at), kinds.used[at].label) for tie, at in kinds.of.items()}
    assert said["ad"] == ("", "kind not recorded") and said["ac"][1] == "two or more kinds"
    assert {said["ab"][1], said["bc"][1]} == {"Funds", "Shares space"}
    assert sorted(number for number, _ in said.values()) == ["", "1", "2", "3"]


def test_a_tie_without_kinds_keeps_the_colour_of_its_strength() -> None:
    kinds = tie_kinds.by_kind(net("a b c d", TIES)).used
    assert tie_kinds.colour(Tie(0, 1, 0.9, category=0), kinds, "dark") == kinds[0].dark != tie_colour(0.9, "dark")
    assert tie_kinds.colour(Tie(0, 1, 0.9), ()) == tie_colour(0.9) and tie_kinds.number((), None) == ""


def test_a_slide_by_kind_says_how_many_are_of_each_and_a_kind_has_one_number_on_all_slides() -> None:
    """Of the partner's own partnerships alone, where one stands out; where no kind is documented, by strength as ever."""
    ratings = [("one", "a", "b", 3), ("two", "a", "b", 3), ("two", "b", "c", 3)]
    views = [SlideView(Scope(wave=wave), focus, by_kind=True) for wave, focus in (("one", ()), ("two", ("a",)))]
    story = Story("s", "S", tuple(Slide("H", view=view) for view in views))
    first, second = Stage(story, tables("a b c d", TIES, ratings, ["one", "two"]), {}).slides
    assert first.map.kinds == second.map.kinds
    assert second.map.alt.endswith("By kind of partnership: Funds 1, two or more kinds 1 and kind not recorded 1.")
    plain = Stage(story, tables("a b c d", ratings=ratings, waves=["one", "two"]), {}).slides[0]
    assert plain.map.kinds == () and "By kind of partnership" not in plain.map.alt
    assert stories.from_text(stories.to_text(story)) == story
