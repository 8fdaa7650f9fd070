"""The Change page: what it says, what it draws, and what a link, a filter or a programme without waves gets."""

from __future__ import annotations

import polars as pl
import pytest

from tests.support.app import opened, shown
from tests.support.networks import lines, net
from tests.support.stories import example
from wtnet.draw.charts.change import Point, alluvial, alluvial_said, multiple
from wtnet.measures import change, pair_states
from wtnet.network import Scope, build
from wtnet.sentences import change as change_sentences
from wtnet.store import Programme, Store
from wtnet.tables import Tables

PAGE = "pages/change.py"
NOBODY = dict.fromkeys(pair_states.STATES, 0)


@pytest.fixture(scope="module")
def pairs() -> pl.DataFrame:
    return change.pairs(*networks())


def networks() -> tuple:
    tables = example()
    return build(tables, Scope(wave="baseline")), build(tables, Scope(wave="end"))


# the page


def test_the_page_opens_with_the_first_and_the_last_wave_in_one_sentence() -> None:
    """106 new, 13 ended, 124 stronger, 2 weaker, 36 the same, 6 documented only, 42 unknown: all of them told."""
    said = shown(opened(PAGE))
    assert "Between Baseline and End, 106 partnerships are new and 13 ended; of the 162 rated both times, 124 grew" in said
    assert "Of 42 nothing can be said" in said and "42 pairs unknown" in said


def test_a_link_to_a_wave_or_pilot_that_has_gone_says_so_and_shows_the_usual_one() -> None:
    """Each is named; the comparison is that of the first and the last wave."""
    said = shown(opened(PAGE, before="spring", after="autumn", pilot="nothing", follow="nobody"))
    for gone in ("spring", "autumn", "nothing", "nobody"):
        assert gone in said
    assert "Between Baseline and End" in said


def test_a_programme_without_waves_says_what_is_missing_and_what_the_record_knows(database: str) -> None:
    """Two partners and a tie: none is there. The public record says that waves are not recorded, not that there were none."""
    with Store(database) as store:
        store.create(Programme("two", "Two"), net("a b", lines("a-b")).tables, author="test", reason="test")
    said = shown(opened(PAGE, programme="two"))
    assert "no survey wave" in said and "from the second wave on" in said
    said = shown(opened(PAGE, programme="working-together"))
    assert "no survey wave" not in said and "Survey waves are not recorded" in said


def test_one_wave_alone_cannot_be_compared(database: str) -> None:
    """The page says so instead of comparing a wave with itself."""
    tables = example()
    ratings = tables.ratings.filter(pl.col("wave") == "baseline")
    one = Tables(tables.frames | {"waves": tables.waves.head(1), "ratings": ratings})
    with Store(database) as store:
        store.create(Programme("one", "One wave"), one, author="test", reason="test")
    assert "one wave, Baseline" in shown(opened(PAGE, programme="one"))


def test_pilots_that_leave_no_partnership_say_so_and_can_be_undone(database: str) -> None:
    """A pilot nobody takes part in; the way out brings everybody back."""
    tables = example()
    other = tables.pilots.head(1).with_columns(id=pl.lit("idle"), name=pl.lit("Idle"), lead=pl.lit("tallowfield-trust"))
    idle = pl.concat([tables.pilots, other])
    with Store(database) as store:
        store.create(Programme("idle", "Idle pilot"), Tables(tables.frames | {"pilots": idle}), author="t", reason="t")
    app = opened(PAGE, programme="idle", pilot="idle")
    assert "no change can be told" in shown(app)
    app.button(key="undo_all").click().run()
    assert "106 partnerships are new" in shown(app)


def test_partners_asked_for_are_followed_and_stand_in_the_link() -> None:
    """One partner chosen: one picture, and the choice is kept."""
    app = opened(PAGE, follow="sam-tidewell")
    assert app.multiselect(key="in_follow").value == ["sam-tidewell"]


# the words


def test_nothing_at_all_is_a_sentence_too() -> None:
    """No pair in either wave."""
    assert change_sentences.headline(NOBODY, "A", "B") == "No partnership is known at A or at B, so no change can be told."


def test_one_of_each_is_told_in_the_singular() -> None:
    """1 partnership is new; to others than the lead, is known."""
    assert "1 partnership is new" in change_sentences.headline({**NOBODY, "new": 1}, "A", "B")
    others = {pair_states.STILL_THERE: 1, pair_states.KNOWN_NOW: 1, pair_states.KNOWN_THEN: 0}
    assert "1 partnership is known at A and at B and 1 at B alone; the rest" in change_sentences.headline(others, "A", "B")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "has no partnership that changed."),
        ({"new": 1}, "has 1 new partnership."),
        ({"new": 2, "stronger": 1, "moved": 1.5}, "has 2 new partnerships and 1 that grew stronger: 1.50 more strength in all."),
        ({"stronger": 3, "moved": 0.9}, "has 3 partnerships that grew stronger: 0.90 more strength in all."),
        (
            {"ended": 1, "moved": -0.5, "unknown": 1},
            "has 1 partnership that ended: 0.50 less strength in all. Of 1 partnership nothing can be said.",
        ),
        (
            {"new": 1, "stronger": 2, "weaker": 3, "ended": 4},
            "has 1 new partnership, 2 that grew stronger, 3 that grew weaker and 4 that ended.",
        ),
    ],
)
def test_a_partners_change_is_a_sentence(row: dict, said: str) -> None:
    """Its name stands before these words."""
    assert change_sentences.partner_sentence({**NOBODY, "moved": None, **row}) == said


def test_movers_are_the_largest_and_every_sentence_ends(pairs: pl.DataFrame) -> None:
    """Robin Larkmead gained most; nobody among the gainers lost; ties are told as they became."""
    moved = change_sentences.partner_moves(pairs, networks()[1])
    assert change_sentences.most_moved(moved, up=True)[0][1] == "Robin Larkmead"
    losers = [partner for partner, *_ in change_sentences.most_moved(moved, up=False)]
    assert losers and moved.filter(pl.col("partner").is_in(losers))["moved"].max() <= -0.1
    for state, word in (("new", "work together now"), ("ended", "no longer"), ("stronger", "closer"), ("weaker", "less close")):
        told = change_sentences.most_moved_ties(pairs, state, 2)
        assert told and all(word in said and said.endswith(".") for *_, said in told)


def test_a_move_between_one_sides_word_and_boths_is_told_as_such(pairs: pl.DataFrame) -> None:
    """Who answered may be all that moved; where both spoke in both waves, or one in both, nothing is said."""
    uneven = pl.col("basis_before") != pl.col("basis_after")
    for rows, noted in ((pairs.filter(uneven), True), (pairs.filter(~uneven), False)):
        told = change_sentences.most_moved_ties(rows, "stronger")
        assert told and all(("in one wave by both sides, in the other by one" in said) == noted for *_, said in told)


def test_a_tie_of_unknown_strength_is_counted_and_not_added_up() -> None:
    """A new tie whose strength nobody said moves nobody."""
    waves = (("w1", "2024-01-01"), ("w2", "2025-01-01"))
    text, number = (
        dict.fromkeys(("state", "source", "target"), pl.String),
        dict.fromkeys(("before", "after", "difference"), pl.Float64),
    )
    found = pl.DataFrame([("new", "a", "b", None, None, None)], schema=text | number, orient="row")
    row = change_sentences.partner_moves(found, net("a b", waves=[each[0] for each in waves])).row(0, named=True)
    assert (row["new"], row["moved"], row["without"]) == (1, None, 1)


# the pictures


def test_the_alluvial_counts_every_pair_on_both_sides_and_says_so_in_words() -> None:
    """Bands add up to the same number left and right; no number stands without its level."""
    flow = change.flow(*networks())
    figure = alluvial(flow, "Baseline", "End")
    link = figure.data[0].link
    assert sum(link.value) == flow["pairs"].sum() and max(link.source) < min(link.target)
    said = alluvial_said(flow, "Baseline", "End")
    assert said.startswith("Pairs of partners by level of collaboration. Baseline: ") and "Most often:" in said


def test_a_small_picture_breaks_its_line_where_a_wave_is_unknown_and_never_holds_markup() -> None:
    """Three waves, the middle one unknown, a hostile name: no line through the gap, no tag from the data."""
    drawn = multiple("<img src=x onerror=alert(1)>", [Point("A", 1.0, "1"), Point("B", None, "–"), Point("C", 2.0, "2")])
    assert "<polyline" not in drawn and "<img" not in drawn and drawn.count("<circle") == 2
    assert "B: –" in drawn


def test_one_wave_and_all_zero_can_be_drawn() -> None:
    """A single point, and a line at zero."""
    assert "<circle" in multiple("One", [Point("A", 3.0, "3")])
    assert "<polyline" in multiple("Zero", [Point("A", 0.0, "0"), Point("B", 0.0, "0")])
