"""What if: a scenario as a value, as a link, and as a copy of the tables."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.frames import frame
from tests.support.networks import lines, tables
from tests.support.paths import EXAMPLE
from wtnet.analysis import before_after, introductions
from wtnet.analysis.scenario import (
    LONGEST_TEXT,
    MOST,
    NOTHING,
    Departure,
    Newcomer,
    Scenario,
    SupposedTie,
    TieEnd,
    apply,
    describe,
    fit,
    fresh_id,
    from_link,
    to_link,
)
from wtnet.errors import InvalidRequest
from wtnet.importing import check_files
from wtnet.measures import catalogue
from wtnet.network import Scope, answers, build
from wtnet.tables import Tables


@pytest.fixture(scope="module")
def example() -> Tables:
    return check_files([EXAMPLE]).tables


def scenario(*changes: object) -> Scenario:
    found = NOTHING
    for change in changes:
        found = found.plus(change)  # type: ignore[arg-type]
    return found


def edges(data: Tables, wave: str | None = None) -> list[tuple]:
    return [
        (*sorted((a, b)), tie["strength"], tie["basis"]) for a, b, tie in build(data, Scope(wave=wave)).graph.edges(data=True)
    ]


def test_nothing_changes_nothing() -> None:
    """The empty scenario is false, has no text, and gives the tables back."""
    data = tables("a b", lines("a-b"))
    assert not NOTHING and to_link(NOTHING) is None and from_link(None) == from_link("") == (NOTHING, [])
    assert apply(data, NOTHING, None) == data and describe(data, NOTHING) == []


def test_every_kind_of_change_comes_back_from_its_link() -> None:
    """Written and read again, order and all."""
    made = scenario(
        Departure("a"),
        Newcomer("new-1", "Harbour Surgery & Co", "health_provider"),
        SupposedTie("new-1", "b", 3),
        TieEnd("b", "c"),
    )
    text = to_link(made)
    assert text == "out~a*new~new-1~health_provider~Harbour%20Surgery%20%26%20Co*tie~new-1~b~3*end~b~c"
    assert from_link(text) == (made, [])


words = st.text(min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.builds(Departure, words),
            st.builds(Newcomer, words, words, st.just("museum")),
            st.builds(TieEnd, words, words),
            st.builds(SupposedTie, words, words, st.integers(1, 5)),
        ),
        max_size=8,
    )
)
def test_any_ids_and_names_survive_a_link(changes: list) -> None:
    """Separators, percent signs, newlines, emoji and markup inside ids are data."""
    made = NOTHING
    for change in changes:
        if not isinstance(change, SupposedTie | TieEnd) or change.partner != change.other:
            made = made.plus(change)
    assert from_link(to_link(made)) == (made, [])


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_link_breaks_the_reader(text: str) -> None:
    """Whatever stands in the address: a scenario and sentences, never an error."""
    found, said = from_link(text)
    assert isinstance(found, Scenario) and all(sentence.endswith(".") for sentence in said)


def test_a_part_that_cannot_be_read_is_said_and_the_rest_is_kept() -> None:
    """An unknown word, a level of 9, a tie with itself."""
    found, said = from_link("fly~a*tie~a~b~9*tie~a~a~2*new~x~wizard~Merlin*out~b")
    assert found == scenario(Departure("b")) and len(said) == 4


def test_a_link_that_is_too_long_is_cut_and_says_so() -> None:
    """Nobody can make the page work on a megabyte of changes."""
    found, said = from_link("*".join(f"out~p{i}" for i in range(2_000)))
    assert len(found.changes) <= MOST and "too long" in said[0] and len(LONGEST_TEXT * "x") == LONGEST_TEXT


def test_a_scenario_holds_a_limited_number_of_changes() -> None:
    """One more is refused with a way out."""
    full = scenario(*(Departure(f"p{i}") for i in range(MOST)))
    with pytest.raises(InvalidRequest, match="undo one"):
        full.plus(Departure("one more"))


@pytest.mark.parametrize(
    "change", [SupposedTie("a", "a", 3), TieEnd("a", "a"), SupposedTie("a", "b", 0), SupposedTie("a", "b", 6),
               Newcomer("n", " ", "museum"),
               Newcomer("n", "x" * 121, "museum"), Newcomer("n", "Name", "wizard")],
)  # fmt: skip
def test_a_change_that_makes_no_sense_is_refused_in_a_sentence(change: object) -> None:
    """A tie with oneself, a level that is none, a partner without name or of no kind."""
    with pytest.raises(InvalidRequest, match=r"[;,] .*\.$"):
        NOTHING.plus(change)  # type: ignore[arg-type]


def test_what_is_said_anew_of_a_pair_replaces_what_was_said_before() -> None:
    """Level 2, then 4, then ended, whichever way round the pair is named: one change."""
    assert scenario(SupposedTie("a", "b", 2), SupposedTie("b", "a", 4)).changes == (SupposedTie("b", "a", 4),)
    assert scenario(SupposedTie("a", "b", 2), TieEnd("b", "a")).changes == (TieEnd("b", "a"),)


def test_undo_takes_back_the_last_change_and_a_newcomers_ties_with_it() -> None:
    """Step by step back to nothing; undoing nothing is nothing."""
    made = scenario(Newcomer("new-1", "N", "museum"), SupposedTie("new-1", "a", 3), Departure("b"))
    assert made.undone().changes == made.changes[:2]
    assert made.undone().undone().undone() == NOTHING == NOTHING.undone()
    swapped = Scenario((SupposedTie("new-1", "a", 3), Newcomer("new-1", "N", "museum")))
    assert swapped.undone() == NOTHING


def test_who_leaves_can_be_chosen_as_a_set() -> None:
    """Others stay, in the order they were chosen; other changes are left alone."""
    made = scenario(Departure("a"), SupposedTie("c", "d", 3), Departure("b"))
    assert made.outs(["b", "e"]).changes == (SupposedTie("c", "d", 3), Departure("b"), Departure("e"))


def test_the_data_are_never_touched(example: Tables) -> None:
    """Every table of the programme is what it was, value by value."""
    before = Tables({name: example[name].clone() for name in example})
    changed = apply(
        example,
        scenario(Departure("robin-larkmead"), Newcomer("new-1", "N", "museum"), SupposedTie("new-1", "kit-oakmarsh", 5)),
        "end",
    )
    assert example == before and changed != example


def test_who_leaves_is_in_no_table_any_more(example: Tables) -> None:
    """Every column that refers to a partner is free of it, and nothing else goes but its rows."""
    changed = apply(example, scenario(Departure("northcliff-museum-of-the-sea")), "end")
    referring = "organisations.id pilots.lead involvements.organisation partnerships.source partnerships.target ratings.rater"
    for place in [*referring.split(), "ratings.partner", "results.organisation", "quotes.organisation"]:
        name, column = place.split(".")
        assert "northcliff-museum-of-the-sea" not in changed[name][column].to_list(), (name, column)
    assert changed["pilots"].height == example["pilots"].height and changed["organisations"].height == 65


def test_a_tie_is_added_where_nobody_reports_as_a_document_at_its_level() -> None:
    """Level 3 of 5: strength 0.6, documented."""
    data = apply(tables("a b"), scenario(SupposedTie("a", "b", 3)), None)
    assert edges(data) == [("a", "b", 0.6, "documented")]


def test_a_tie_takes_the_place_of_what_both_said_in_this_wave_only() -> None:
    """Both said 0 at the end: now both say 4; the wave before is left alone."""
    data = tables("a b", ratings=[("1", "a", "b", 0), ("1", "b", "a", 0), ("2", "a", "b", 0), ("2", "b", "a", {"level": 0})])
    changed = apply(data, scenario(SupposedTie("b", "a", 4)), "2")
    assert edges(changed, "2") == [("a", "b", 0.8, "both")] and edges(changed, "1") == []


def test_a_tie_that_ends_is_gone_from_reports_and_documents() -> None:
    """Whoever answered still counts as having answered."""
    rated = {"level": 4, "contact": "weekly", "reliability": 4, "comment": "yes"}
    data = tables("a b c", lines("a-b b-c"), ratings=[("1", "a", "b", rated)])
    changed = apply(data, scenario(TieEnd("a", "b"), TieEnd("b", "c")), "1")
    assert edges(changed, "1") == []
    assert changed["ratings"]["level"].to_list() == [0] and changed["ratings"]["comment"].to_list() == [None]


def test_newcomers_can_have_ties_and_partners_can_leave_in_any_order() -> None:
    """A tie with somebody who leaves is lost with them, whichever was said first."""
    data = tables("a b", lines("a-b"))
    made = scenario(Departure("a"), Newcomer("new-1", "N", "museum"), SupposedTie("new-1", "a", 3), SupposedTie("new-1", "b", 5))
    assert edges(apply(data, made, None)) == [("b", "new-1", 1.0, "documented")]


def test_a_partner_that_is_not_there_any_more_is_said_and_left_out() -> None:
    """`fit` says so; `apply` refuses what does not fit."""
    data = tables("a b", lines("a-b"))
    made = scenario(Departure("gone"), SupposedTie("a", "lost", 3), TieEnd("a", "b"))
    kept, said = fit(data, made)
    assert kept == scenario(TieEnd("a", "b")) and len(said) == 2 and "“gone”" in said[0] and "“lost”" in said[1]
    with pytest.raises(InvalidRequest, match="gone"):
        apply(data, made, None)


def test_a_newcomers_code_that_has_been_taken_is_changed() -> None:
    """Somebody imported a partner called new-1 after the link was made."""
    data = tables("a new-1")
    kept, said = fit(data, scenario(Newcomer("new-1", "N", "museum"), SupposedTie("new-1", "a", 3)))
    assert said == [] and kept == scenario(Newcomer("new-2", "N", "museum"), SupposedTie("new-2", "a", 3))
    assert fresh_id(data) == "new-2" and fresh_id(tables("a")) == "new-1"


def test_changes_are_told_in_words_with_names() -> None:
    """Names, levels in words, kinds in words."""
    made = scenario(
        Departure("a"), Newcomer("new-1", "Harbour Surgery", "health_provider"), SupposedTie("new-1", "b", 3), TieEnd("a", "b")
    )
    assert describe(tables("a b"), made) == [
        "Partner a leaves, with all its partnerships.",
        "Harbour Surgery joins (health provider).",
        "Harbour Surgery and Partner b work together at level 3, coordination.",
        "Partner a and Partner b no longer work together.",
    ]


def test_every_measure_of_the_network_stands_before_and_after() -> None:
    """A chain loses its middle: more parts, fewer ties, unknown where nothing can be said."""
    data = tables("a b c", lines("a-b b-c"))
    found = before_after.whole(build(data), build(apply(data, scenario(Departure("b")), None)))
    rows = {one.measure: one for one in found}
    assert list(rows) == [measure.id for measure in catalogue.of("network")]
    assert (rows["ties"].before, rows["ties"].after, rows["ties"].difference, rows["ties"].moved) == (
        2,
        0,
        -2,
        "lower",
    )
    assert rows["components"].moved == "higher" and rows["mean_strength"].moved == "unknown"
    assert rows["mean_strength"].after is None and rows["mean_strength"].difference is None
    assert rows["response_rate"].survey and not rows["ties"].survey


def test_the_same_network_twice_has_not_moved() -> None:
    """Nothing in a scenario: every measure the same."""
    data = tables("a b c", lines("a-b b-c"))
    assert {one.moved for one in before_after.whole(build(data), build(data))} == {"same"}


def test_the_measures_of_one_partner_stand_before_and_after() -> None:
    """b gains a partner of a new kind; one that leaves is unknown afterwards; community numbers are not compared."""
    data = tables({"a": "museum", "b": "museum", "c": "health_provider"}, lines("a-b"))
    after = build(apply(data, scenario(SupposedTie("b", "c", 5)), None))
    rows = {one.measure: one for one in before_after.of_partner(build(data), after, "b")}
    assert rows["partners"].difference == 1 and rows["sectors_reached"].difference == 1
    assert rows["missing_sectors"].moved == "other" and "community" not in rows
    gone = before_after.of_partner(build(data), build(apply(data, scenario(Departure("b")), None)), "b")
    assert gone and all(one.after is None for one in gone)


def test_on_the_example_the_midpoint_without_its_bridge_cuts_three_off(example: Tables) -> None:
    """What the story says of Robin Larkmead, by way of a scenario."""
    before = build(example, Scope(wave="midpoint"))
    after = build(apply(example, scenario(Departure("robin-larkmead")), "midpoint"), Scope(wave="midpoint"))
    rows = {one.measure: one for one in before_after.whole(before, after)}
    assert rows["partners"].difference == -1 and rows["components"].moved == "higher"
    assert rows["largest_component_share"].moved == "lower"


def test_frames_keep_their_declared_types(example: Tables) -> None:
    """What comes out can be built, checked and written like what went in."""
    made = scenario(
        Newcomer("new-1", "N", "museum"), SupposedTie("new-1", "kit-oakmarsh", 5), TieEnd("kit-oakmarsh", "dana-quillfeather")
    )
    changed = apply(example, made, "end")
    assert all(changed[name].schema == example[name].schema for name in example)
    assert frame("ratings", []).schema == changed["ratings"].schema and isinstance(changed["ratings"], pl.DataFrame)


NETWORK = {measure.id: measure.compute for measure in catalogue.of("network")}


def test_an_added_tie_is_new_and_leaves_the_first_wave_as_it_was(example: Tables) -> None:
    """One tie more at the end, one new tie more since the first wave if both answered in it (else that stays unknown), and
    none more in it or in between."""
    now, answered = build(example, Scope()), answers(example, "baseline")
    for source, target in introductions.introductions(now, most=5).select("source", "target").iter_rows():
        after = apply(example, scenario(SupposedTie(source, target, 2)), now.wave)
        then, known = build(after, Scope()), answered[source] and answered[target]
        assert NETWORK["ties"](then) == NETWORK["ties"](now) + 1
        assert NETWORK["new_ties"](then) == NETWORK["new_ties"](now) + known
        for wave in ("baseline", "midpoint"):
            assert edges(after, wave) == edges(example, wave)


@pytest.mark.parametrize("level", [1, 5])
def test_a_change_of_level_keeps_what_is_documented_of_a_tie(example: Tables, level: int) -> None:
    """Whether it was there before the programme and goes on after it is no matter of its level, rated or documented."""
    now = build(example, Scope())
    lasting = example["partnerships"].filter("continues_after")
    ties = now.ties.join(lasting, on=["source", "target"], how="semi", maintain_order="left")
    for basis in ("both", "documented"):
        source, target = ties.filter(pl.col("basis") == basis).select("source", "target").row(0)
        after = apply(example, scenario(SupposedTie(source, target, level)), now.wave)
        then = build(after, Scope())
        assert then.graph[source][target]["strength" if basis == "both" else "documented"] == pytest.approx(level / 5)
        for measure in ("ties", "new_ties", "continuing_ties"):
            assert NETWORK[measure](then) == NETWORK[measure](now), (basis, measure)
        assert edges(after, "baseline") == edges(example, "baseline")


def test_a_document_that_ends_or_changes_in_one_wave_stays_as_it_is_in_the_others() -> None:
    """Before the day of the wave and after it; on that day it has the other level, or is closed; no code is used twice."""
    waves = [("1", "2024-01-01"), ("2", "2025-01-01"), ("3", "2026-01-01")]
    data = tables("a b", [("a", "b", {"level": 3, "before_programme": True, "evidence": "Agreement"})], waves=waves)
    for change, found in ((SupposedTie("a", "b", 5), [("a", "b", 1.0, "documented")]), (TieEnd("b", "a"), [])):
        changed = apply(data, scenario(change), "2")
        assert edges(changed, "2") == found
        assert edges(changed, "1") == edges(changed, "3") == [("a", "b", 0.6, "documented")]
        rows = changed["partnerships"]
        assert rows["id"].is_unique().all() and set(rows["evidence"]) == {"Agreement"} and rows["before_programme"].all()
