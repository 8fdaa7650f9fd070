"""Strength beside impact: the sentences, the scatter, and the page through app.py; too few points never settle anything."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from tests.support.app import opened, shown
from tests.support.networks import pilots_apart, tables
from wtnet.analysis import qap
from wtnet.analysis.association import Association, associate
from wtnet.analysis.qap import Contrast, Qap
from wtnet.draw.charts.scatter import scatter
from wtnet.measures.impact import progress
from wtnet.network import build
from wtnet.sentences import association as association_sentences
from wtnet.store import Programme, Store
from wtnet.tables import Tables

PAGE = "pages/strength_and_impact.py"
NOTHING = Contrast(None, None, None, None)


def found(gains: list[float | None], levels: list[int | None], unit: str = "pilot", **more: str) -> Association:
    network = pilots_apart(len(gains), gains, levels, **more)
    return associate(network, progress.progress(network.tables), "joy", unit)


def stored(address: str, tables: Tables) -> None:
    with Store(address) as store:
        store.create(Programme("made", "Made"), tables, author="test", reason="test")


def both_sides(pilots: int) -> list[tuple[str, str, str, int]]:
    """The two partners of each pilot of `pilots_apart` rate each other."""
    pairs = [(f"a{i}", f"b{i}") for i in range(pilots)]
    return [("two", *each, 3) for pair in pairs for each in (pair, pair[::-1])]


# -- sentences ------------------------------------------------------------------------------------------------------------


def test_no_results_and_no_strengths_are_said_as_such() -> None:
    """Nobody measured anything; nobody's strength is known."""
    for nothing in (found([None, None, None], [1, 2, 3]), found([1.0, 2.0, 3.0], [None, None, None])):
        assert association_sentences.headline(nothing) == (
            "No pilot has both partnerships of known strength and a result on “Joy” to set beside them."
        )


def test_one_and_two_points_say_nothing_of_how_the_two_go_together() -> None:
    """At least three results are needed, whatever they are."""
    assert association_sentences.headline(found([1.0], [3])).startswith("1 pilot has both")
    two = association_sentences.headline(found([1.0, 2.0], [3, 4]))
    assert two.startswith("2 pilots have both") and two.endswith(
        "at least three results are needed to say how the two go together."
    )


def test_results_that_are_all_the_same_have_nothing_to_compare() -> None:
    """Same gain in every pilot."""
    assert "is the same for all: there is nothing to compare" in association_sentences.headline(found([1.0] * 4, [1, 2, 3, 4]))


def test_a_perfect_order_of_four_points_settles_nothing() -> None:
    """ρ = 1; of 24 orders 2 are as clear: p = 0.083."""
    said = association_sentences.headline(found([1.0, 2.0, 3.0, 4.0], [1, 2, 3, 4]))
    assert said == (
        "Among 4 pilots those with stronger partnerships mostly had better results on “Joy” (ρ = 1.00). Chance alone gives an "
        "order at least this clear about once in 12 times (exact p = 0.083): 4 points are too few to settle it."
    )


def test_a_clear_order_of_few_points_is_still_too_few_and_allows_for_the_other_questions() -> None:
    """Six in a row: p = 0.003; as one of 15 indicators it is less."""
    said = association_sentences.headline(found([1.0, 2.0, 3.0, 4.0, 4.5, 5.0], [0, 1, 2, 3, 4, 5]), 0.04, 15)
    assert "as one of 15 indicators asked about, p = 0.04: even so," in said and "too few to settle it" in said


def test_ten_points_and_more_may_settle_it_and_never_say_why() -> None:
    """Twelve: clear, or nothing either way."""
    clear = association_sentences.headline(found([float(i) for i in range(12)], [i % 6 for i in range(12)], better="neither"))
    assert "too few" not in clear
    twelve = replace(found([float(i) for i in range(12)], [i % 6 for i in range(12)]), rho=0.8, p=0.002)
    assert association_sentences.headline(twelve).endswith(
        "about once in 500 times (p = 0.002). It does not say that one brings about the other."
    )
    assert association_sentences.headline(replace(twelve, rho=0.05, p=0.9)).endswith(
        "(p = 0.90), so nothing can be said either way."
    )
    assert "strength and result have no order in common" in association_sentences.headline(replace(twelve, rho=0.05, p=0.9))


def test_an_indicator_where_neither_is_better_goes_higher_or_lower() -> None:
    """Not better or worse."""
    assert "mostly had lower results" in association_sentences.headline(
        found([4.0, 3.0, 2.0, 1.0], [1, 2, 3, 4], better="neither")
    )


def test_partners_share_the_results_of_their_pilots_and_the_sentence_says_so() -> None:
    """Eight partners, four results."""
    said = association_sentences.headline(found([1.0, 2.0, 3.0, 4.0], [1, 2, 3, 4], unit="partner"))
    assert said.startswith("Among 8 partners, which share the results of 4 pilots, those with")
    assert said.endswith("4 results are too few to settle it.")


def test_what_two_partners_have_in_common_is_told_with_what_chance_gives() -> None:
    """Unknown, no clear difference, more, fewer."""
    assert "nothing can be said" in association_sentences.relation_sentence("place", Qap(5), NOTHING)
    same = Qap(66, 0.02, 0.41, 0.2, 0.8, -0.05, 0.05, 10_000)
    assert association_sentences.relation_sentence("kind", same, NOTHING) == (
        "Being of the same kind makes no clear difference (r = 0.02, by chance −0.05 to 0.05, p = 0.41)."
    )
    clear = Qap(66, 0.46, 0.0001, 0.0001, 1.0, -0.06, 0.06, 10_000)
    more = association_sentences.relation_sentence("pilot", clear, Contrast(0.41, 0.09, 0.628, 0.643))
    assert more.startswith(
        "Two partners that share a pilot work together more often (41% against 9%); "
        "those partnerships are about as strong (0.63 against 0.64) (r = 0.46"
    )
    fewer = association_sentences.relation_sentence("pilot", replace(clear, r=-0.4), Contrast(0.1, 0.3, 0.7, 0.5))
    assert "less often (10% against 30%)" in fewer and "stronger (0.70 against 0.50)" in fewer
    unrated = association_sentences.relation_sentence("pilot", clear, Contrast(0.4, 0.1, None, 0.5))
    assert "more often" in unrated and "strong" not in unrated


def test_more_partnerships_within_a_pilot_are_not_called_stronger_ones() -> None:
    """Every pair of a pilot is rated 2, two pairs across are rated 5: more within, stronger across."""
    within = [("a", "b"), ("a", "c"), ("b", "c"), ("d", "e"), ("d", "f"), ("e", "f")]
    ratings = [("w", *pair, level) for pairs, level in ((within, 2), ([("a", "d"), ("b", "e")], 5)) for pair in pairs]
    pilots = [{"id": "p", "name": "P", "lead": "a"}, {"id": "q", "name": "Q", "lead": "d"}]
    part = [{"pilot": pilot, "organisation": who} for pilot, all_ in (("p", "abc"), ("q", "def")) for who in all_[1:]]
    network = build(tables("a b c d e f", ratings=ratings, pilots=pilots, involvements=part))
    assert qap.contrast(network, "pilot") == (1.0, pytest.approx(2 / 9), pytest.approx(0.4), 1.0)


def test_all_indicators_at_once_are_told_with_how_many_were_asked() -> None:
    """None, one, and too few results."""
    assert association_sentences.overview_sentence([], 15, True).startswith(
        "Of 15 indicators none goes with strength more clearly"
    )
    assert "fewer than 10 results" in association_sentences.overview_sentence([], 15, True)
    assert association_sentences.overview_sentence(["Joy"], 1, False) == (
        "Of 1 indicator 1 goes with strength more clearly than one of so many would by chance: “Joy”."
    )


# -- the picture ----------------------------------------------------------------------------------------------------------


def test_a_scatter_of_nothing_and_of_one_point_can_be_drawn() -> None:
    """No rows, one row."""
    nothing = found([None], [3]).points
    assert scatter(nothing, "x", "y").data[0].x == ()
    assert len(scatter(found([1.0], [3]).points, "x", "y", {"p0": (0.5, 0.7)}).data[0].x) == 1


def test_points_carry_their_ids_names_that_are_no_markup_and_their_intervals() -> None:
    """A click says which it was; a name from a file is text."""
    points = found([1.0, 2.0], [3, 4]).points.with_columns(name=pl.Series(["<b>x</b>", "y"]))
    drawn = scatter(points, "x", "<i>", {"p0": (0.5, 0.7)}).data[0]
    assert [each[0] for each in drawn.customdata] == ["p0", "p1"]
    assert drawn.text[0] == "&lt;b&gt;x&lt;/b&gt;"
    assert drawn.error_x.array[0] == pytest.approx(0.7 - 0.6) and drawn.error_x.array[1] == 0


def test_the_text_alternative_names_every_point() -> None:
    """Up to twenty."""
    assert "Pilot 0: strength 0.60, result 1.00; Pilot 1: strength 0.80, result 2.00" in association_sentences.alternative_text(
        found([1.0, 2.0], [3, 4])
    )


# -- the page -------------------------------------------------------------------------------------------------------------


def test_the_page_says_what_six_points_say_and_that_they_are_too_few() -> None:
    """The link names the indicator; figures agree with the sentence."""
    app = opened(PAGE, indicator="policies")
    said = shown(app)
    assert "mostly had better results on “Wellbeing written into the museum's own plans and policies” (ρ = 0.94)" in said
    assert "6 points are too few to settle it." in said
    assert {one.label: one.value for one in app.metric} == {
        "How closely they go together, ρ": "0.94",
        "95% interval": "–",
        "By chance alone, p": "0.017",
        "Results": "6",
    }
    assert "share a pilot work together more often (45% against 5%); those partnerships are about as strong (0.63 against" in said


def test_partners_and_progress_stand_in_the_link() -> None:
    """57 partners share six results; a choice changes the sentence."""
    app = opened(PAGE, indicator="policies", unit="partner")
    assert "57 partners, which share the results of 6 pilots" in shown(app)
    app.button_group(key="in_against").set_value("progress").run()
    assert not app.exception and app.session_state["view"].kept["against"] == ("progress",)


def test_everybody_sees_no_point_that_is_withheld() -> None:
    """Results that rest on fewer than five people are not drawn, and which pilots those are is said; a correlation without them
    would be another figure than the lead's, and is withheld."""
    app = opened(PAGE, indicator="anxiety", audience="public")
    said = shown(app)
    assert "is withheld: some of its results are" in said and "Not drawn: " in said and "or withheld" in said
    assert {one.value for one in app.metric} == {"withheld"} and "Among" not in said


def test_a_link_to_an_indicator_that_has_gone_says_so() -> None:
    """And shows the first."""
    assert "nothing-here" in shown(opened(PAGE, indicator="nothing-here"))


def test_without_results_the_page_says_so_and_still_tells_where_ties_lie() -> None:
    """The public record has neither ratings nor results, and is silent on both: nothing is said not to be there."""
    said = shown(opened(PAGE, programme="working-together"))
    assert "How strong partnerships are is not recorded." in said and "Where the strong partnerships lie" in said
    assert "no indicators" not in said and "known strength" not in said


def test_one_pilot_with_two_partners_is_too_little_and_says_so(database: str) -> None:
    """One point is drawn; nothing is claimed."""
    stored(database, pilots_apart(1, [1.0], [3], ratings=both_sides(1)).tables)
    said = shown(opened(PAGE, programme="made"))
    assert "1 pilot has both partnerships of known strength and a result on “Joy”" in said
    assert "No indicator has three results to compare." in said


def test_an_indicator_nobody_measured_is_said_not_drawn(database: str) -> None:
    """No results at all."""
    stored(database, pilots_apart(3, [], [1, 2, 3], ratings=both_sides(3)).tables)
    said = shown(opened(PAGE, programme="made"))
    assert "No pilot has both" in said and "No point can be drawn" in said


def test_levels_from_documents_are_not_set_beside_results_by_chance(database: str) -> None:
    """The page says why; nobody rated anything."""
    stored(database, pilots_apart(3, [1.0, 2.0, 3.0], [1, 2, 3]).tables)
    app = opened(PAGE, programme="made")
    assert "so they are not set beside chance." in shown(app) and not app.metric
