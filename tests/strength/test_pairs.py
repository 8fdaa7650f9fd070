"""Strength: ratings to 0–1, two reports to a tie."""

import polars as pl
import pytest

from tests.support.frames import frame
from wtnet.errors import InvalidRequest
from wtnet.strength import COMPONENTS, PARTS, Weights, active, directed, pairs, stability


def rate(*rows):
    return frame("ratings", [{"wave": "w", "rater": a, "partner": b} | given for a, b, given in rows])


def tie(*rows):
    return frame("partnerships", [{"id": str(n), "source": a, "target": b} | given for n, (a, b, given) in enumerate(rows)])


NONE = tie()
FULL = {"level": 3, "contact": "monthly", "reliability": 4, "mission": 3, "openness": 2, "influence": 1, "resources": 4}


def only(frame_):
    assert frame_.height == 1
    return frame_.row(0, named=True)


def test_no_ratings_give_no_rows():
    """Nothing in, nothing out, with all columns."""
    assert directed(rate()).columns == ["wave", "rater", "partner", *PARTS, "strength", "no_tie"]
    assert pairs(rate(), NONE).height == 0


def test_the_worked_example():
    """Level 3, monthly, trust 4-3-2, value 1-_-4: 0.6, 0.6, 2/3, 1/2, so 0.591666… with equal weights."""
    row = only(directed(rate(("a", "b", FULL))))
    assert row["depth"] == row["contact"] == pytest.approx(0.6)
    assert row["trust"] == pytest.approx(2 / 3)
    assert row["value"] == pytest.approx(0.5)
    assert row["extent"] == pytest.approx(0.6)
    assert row["perception"] == pytest.approx(7 / 12)
    assert row["strength"] == pytest.approx((0.6 + 0.6 + 2 / 3 + 0.5) / 4)


def test_levels_are_fifths_to_the_last_digit_every_time():
    """0.6 is 0.6, rated or documented, so that a least strength of 0.6 keeps it."""
    levels = [{"level": level} for level in range(6)]
    for _ in range(50):
        assert directed(rate(*(("a", f"b{i}", given) for i, given in enumerate(levels))))["depth"].to_list() == [
            0,
            0.2,
            0.4,
            0.6,
            0.8,
            1,
        ]
        documented = pairs(rate(), tie(*(("a", f"b{i}", given) for i, given in enumerate(levels))))
        assert documented["documented"].to_list() == [0, 0.2, 0.4, 0.6, 0.8, 1]


def test_weights_change_only_the_mix_of_what_is_given():
    """Components not given do not count, whatever their weight; a weighted sum of none is unknown."""
    weights = Weights(depth=3, contact=0, trust=1, value=7)
    assert only(directed(rate(("a", "b", {"level": 5, "mission": 1})), weights))["strength"] == pytest.approx(0.75)
    assert only(directed(rate(("a", "b", {"contact": "daily"})), weights))["strength"] is None


@pytest.mark.parametrize(
    "bad",
    [{"depth": -1}, {"trust": float("nan")}, {"value": float("inf")}, dict.fromkeys(COMPONENTS, 0)],
)
def test_impossible_weights_are_refused_in_a_sentence(bad):
    """All zero, negative or not a number."""
    with pytest.raises(InvalidRequest, match=r"weight.*(try again|above zero)\.$"):
        Weights(**bad)


def test_weights_that_leave_nothing_of_these_ratings_are_refused():
    """A weight for what is said on an own scale is none where no rating has one."""
    only_overall = Weights(depth=0, contact=0, trust=0, value=0)
    with pytest.raises(InvalidRequest, match=r"above zero\.$"):
        directed(rate(("a", "b", FULL)), only_overall)
    scaled = rate(("a", "b", FULL)).with_columns(overall=pl.lit(0.25), overall_none=pl.lit(False))
    assert only(directed(scaled, only_overall))["strength"] == 0.25


@pytest.mark.parametrize(
    ("given", "no_tie"),
    [
        ({"level": 0}, True),
        ({"level": 0, "contact": "never"}, True),
        ({"level": 0, "comment": "who?"}, True),
        ({}, False),
        ({"level": 0, "mission": 1}, False),
        ({"level": 0, "contact": "yearly"}, False),
        ({"level": 1}, False),
    ],
)
def test_level_0_with_nothing_else_says_that_there_is_no_tie(given, no_tie):
    """Anything more than nothing makes it a report of a tie; an empty row says nothing either way."""
    assert only(directed(rate(("a", "b", given))))["no_tie"] is no_tie


def test_both_sides_are_kept_and_averaged():
    """Forward is what the first by name says; the pair is their mean and agreement is one minus their distance."""
    row = only(pairs(rate(("b", "a", {"level": 1}), ("a", "b", {"level": 4})), NONE))
    assert (row["source"], row["target"], row["forward"], row["backward"]) == ("a", "b", 0.8, 0.2)
    assert row["strength"] == pytest.approx(0.5)
    assert row["agreement"] == pytest.approx(0.4)
    assert (row["basis"], row["level"]) == ("both", 2.5)


@pytest.mark.parametrize(
    ("pairing", "strength", "trust"),
    [("mean", 0.45, 0.5), ("weaker", 0.4, None), ("stronger", 0.5, 0.5), ("confirmed", 0.45, 0.5)],
)
def test_the_four_ways_to_pair(pairing, strength, trust):
    """Weaker and stronger show the parts of the side that counts, the others the mean of what is given."""
    more = {"level": 2, "contact": "monthly", "mission": 4, "openness": 1, "influence": 2, "involvement": 3}
    row = only(pairs(rate(("a", "b", {"level": 2}), ("b", "a", more)), NONE, pairing=pairing))
    assert (row["forward"], row["backward"]) == (0.4, 0.5)
    assert row["strength"] == pytest.approx(strength)
    assert (row["trust"], row["basis"]) == (trust, "both")


def test_unknown_pairing_is_refused():
    """The sentence names the four."""
    with pytest.raises(InvalidRequest, match="mean, weaker, stronger, confirmed"):
        pairs(rate(), NONE, pairing="loudest")


@pytest.mark.parametrize(("pairing", "strength"), [("mean", 0.6), ("weaker", 0.6), ("stronger", 0.6), ("confirmed", None)])
def test_one_report_counts_unless_both_must_confirm(pairing, strength):
    """The tie exists either way."""
    row = only(pairs(rate(("a", "b", {"level": 3})), tie(("b", "a", {"level": 5})), pairing=pairing))
    assert row["strength"] == strength
    assert (row["basis"], row["agreement"], row["level"]) == ("one-sided", None, 3)


def test_one_side_none_and_the_other_more_both_count():
    """Zero is a report like any other; confirmed needs more than zero from both."""
    reports = rate(("a", "b", {"level": 0}), ("b", "a", {"level": 3}))
    row = only(pairs(reports, NONE))
    assert (row["strength"], row["basis"]) == (pytest.approx(0.3), "both")
    assert row["agreement"] == pytest.approx(0.4)
    assert only(pairs(reports, NONE, pairing="confirmed"))["strength"] is None


def test_a_pair_of_which_every_report_is_0_is_not_a_tie():
    """From one side or both, and a document does not overrule what they say."""
    assert pairs(rate(("a", "b", {"level": 0})), tie(("a", "b", {"level": 4}))).height == 0
    assert pairs(rate(("a", "b", {"level": 0}), ("b", "a", {"level": 0})), NONE).height == 0


def test_a_documented_level_is_no_rating():
    """It is told beside the strength, which nobody gave; where somebody rated, too."""
    documents = tie(("a", "b", {"level": 4}), ("a", "c", {"level": 1}))
    first, second = pairs(rate(("c", "a", {"level": 5})), documents).rows(named=True)
    assert (first["strength"], first["depth"], first["documented"], first["basis"]) == (None, None, 0.8, "documented")
    assert (second["strength"], second["documented"], second["basis"]) == (1.0, 0.2, "one-sided")


def test_documented_ties_count_where_nobody_reported_and_documents_are_counted():
    """Highest level of several; words joined; without a level the tie exists and its strength is unknown."""
    documents = tie(
        ("b", "a", {"level": 2, "relationship": "funds"}), ("a", "b", {"level": 4, "relationship": "delivers"}), ("c", "a", {})
    )
    first, second = pairs(rate(), documents, documents=True).rows(named=True)
    assert (first["strength"], first["depth"], first["basis"], first["level"]) == (0.8, 0.8, "documented", 4)
    assert (first["relationship"], first["trust"], first["forward"]) == ("delivers; funds", None, None)
    assert (second["source"], second["target"], second["strength"], second["basis"]) == ("a", "c", None, "none")


def test_an_empty_rating_is_a_tie_of_unknown_strength_unless_something_tells_more():
    """The other side, or a document."""
    assert only(pairs(rate(("a", "b", {})), NONE))["basis"] == "none"
    assert only(pairs(rate(("a", "b", {})), tie(("a", "b", {"level": 1})), documents=True))["strength"] == pytest.approx(0.2)
    row = only(pairs(rate(("a", "b", {}), ("b", "a", {"level": 1})), tie(("a", "b", {"level": 5}))))
    assert (row["strength"], row["basis"]) == (pytest.approx(0.2), "one-sided")


@pytest.mark.parametrize(
    ("day", "count"), [(None, 4), ("2024-01-01", 2), ("2024-06-01", 4), ("2024-12-31", 4), ("2025-01-01", 2)]
)
def test_documents_count_from_their_first_to_their_last_day(day, count):
    """No start means always, no end ongoing, no date everything."""
    first, last = pl.Series(["2024-06-01", "2024-12-31"]).str.to_date()
    documents = tie(
        ("a", "b", {"started": first}), ("a", "c", {"ended": last}), ("a", "d", {}), ("a", "e", {"started": first, "ended": last})
    )
    assert active(documents, pl.Series([day], dtype=pl.String).str.to_date()[0]).height == count


def test_stability_is_null_for_a_single_tie_and_1_where_no_weighting_matters():
    """One tie has one rank; ties that say the same in every component never change places."""
    one = stability(rate(("a", "b", FULL)), NONE)
    assert one.pairs["stability"].to_list() == [None]
    same = rate(
        *(("a", b, {"level": n, "contact": c}) for b, n, c in (("b", 1, "yearly"), ("c", 3, "monthly"), ("d", 5, "daily")))
    )
    assert stability(same, NONE).pairs["stability"].to_list() == [1, 1, 1]
    assert stability(rate(), NONE).pairs.height == 0


def test_stability_is_seeded_and_shows_what_depends_on_the_weights():
    """A tie deep but without trust changes places with one of trust but no depth about half of the time."""
    reports = rate(
        ("a", "b", {"level": 5, "mission": 1}), ("c", "d", {"level": 0, "mission": 4}), ("e", "f", {"level": 5, "mission": 4})
    )
    found = stability(reports, tie(("x", "y", {"level": 1})), documents=True)
    assert found.pairs.equals(stability(reports, tie(("x", "y", {"level": 1})), documents=True).pairs)
    assert set(stability(reports, tie(("x", "y", {"level": 1}))).partners["partner"]) == set("abcdef")
    by = {row["source"]: row for row in found.pairs.rows(named=True)}
    assert (by["a"]["rank"], by["a"]["rank_low"], by["a"]["rank_high"]) == (2.5, 2, 4)
    assert (by["e"]["rank"], by["e"]["stability"]) == (1, 1)
    assert set(found.partners["partner"]) == set("abcdefxy")


@pytest.mark.parametrize(
    ("ahead", "back", "word"),
    [
        (1, 1, "light"),
        (4, 5, "strong"),
        (5, 1, "moderate or mixed"),
        (3, 3, "moderate or mixed"),
        (4, 3, "moderate or mixed"),
        (0, 1, "light"),
    ],
)
def test_a_pair_that_both_rated_has_one_of_three_words(ahead, back, word):
    """Strong where both sides are in the top third of 0–1, light where both are in the bottom third."""
    assert only(pairs(rate(("a", "b", {"level": ahead}), ("b", "a", {"level": back})), NONE))["word"] == word


def test_a_pair_that_one_side_rated_has_no_word():
    """Nor one that is documented alone: a word of one side would be its answer."""
    assert only(pairs(rate(("a", "b", {"level": 5})), tie(("a", "b", {"level": 5}))))["word"] is None
    assert only(pairs(rate(), tie(("a", "b", {"level": 5})), documents=True))["word"] is None


@pytest.mark.parametrize("column", ["trust", "value"])
def test_thirds_reach_to_their_ends_whatever_the_last_digit(column):
    """Trust or value of 3 is two thirds, which is strong; of 2 it is one third, which is light."""
    item = {"trust": "mission", "value": "influence"}[column]
    for answer, word in ((3, "strong"), (2, "light")):
        assert only(pairs(rate(("a", "b", {item: answer}), ("b", "a", {item: answer})), NONE))["word"] == word


def test_the_sum_in_the_readme():
    """The museum's 0.68 and the group's 0.45 give a partnership of 0.56 with agreement 0.77."""
    museum = {"level": 3, "contact": "monthly", "reliability": 4, "mission": 3}
    group = {"level": 2, "contact": "quarterly", "reliability": 3, "mission": 3} | dict.fromkeys(
        ("influence", "involvement", "resources"), 2
    )
    row = only(pairs(rate(("a", "b", museum), ("b", "a", group)), NONE))
    assert [round(row[name], 2) for name in ("forward", "backward", "strength", "agreement")] == [0.68, 0.45, 0.56, 0.77]


@pytest.mark.parametrize("rows", [1, 2, 7, 200])
def test_figures_are_the_same_to_the_last_digit_however_many_rows_there_are(rows):
    """A level of 3 is a depth of exactly 0.6, alone or among others, rated or documented."""
    said = directed(rate(*[(f"a{n}", "b", {"level": 3, "contact": "monthly", "mission": 4}) for n in range(rows)]))
    assert set(said["depth"]) == set(said["contact"]) == {3 / 5} and set(said["trust"]) == {1.0}
    documents = tie(*[(f"a{n}", "b", {"level": 3}) for n in range(rows)])
    assert set(pairs(rate(), documents, documents=True)["strength"]) == set(pairs(rate(), documents)["documented"]) == {3 / 5}
