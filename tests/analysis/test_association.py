"""Strength beside impact: rank correlation of results that partners share, and QAP, against other programs and by hand."""

from __future__ import annotations

import itertools
import json

import numpy as np
import polars as pl
import pytest
from scipy import stats

from tests.support import paths
from tests.support.frames import frame
from tests.support.networks import lines, net, pilots_apart
from wtnet.access import redact
from wtnet.analysis import association as association_
from wtnet.analysis import rank_correlation
from wtnet.analysis.association import associate, holm, overview, points
from wtnet.analysis.qap import explained, gcor, qap
from wtnet.analysis.rank_correlation import spearman
from wtnet.errors import InvalidRequest
from wtnet.measures.impact import progress as impact
from wtnet.network import Network, Scope, build
from wtnet.sentences.association import headline

REFERENCE = json.loads((paths.REFERENCE / "qap" / "qap.json").read_text(encoding="utf-8"))


def matrix(name: str, weighted: bool) -> np.ndarray:
    network = REFERENCE["networks"][name]
    found = np.zeros((len(network["nodes"]), len(network["nodes"])))
    for source, target, weight in network["edges"]:
        found[source, target] = found[target, source] = weight if weighted and weight is not None else 1
    return found


def ask(network: Network, **more):
    return associate(network, impact.progress(network.tables), "joy", **more)


@pytest.mark.parametrize("name", REFERENCE["qap"])
def test_qap_equals_sna(name: str) -> None:
    """The correlation to 1e-12 (`gcor`); p within the error of their 5,000 draws (`qaptest`), and as wide a range by chance."""
    theirs = REFERENCE["qap"][name]
    x, y = (matrix(each, weighted) for each, weighted in zip(theirs["networks"], theirs["weighted"], strict=True))
    ours = qap(x, y)
    assert gcor(x, y) == ours.r == pytest.approx(theirs["gcor"], abs=1e-12)
    assert ours.p_higher == pytest.approx(theirs["p_ge"], abs=4 * np.sqrt(0.001 / 5000) + 1e-3)
    assert ours.p_lower == pytest.approx(theirs["p_le"], abs=0.01)
    assert (ours.high - ours.low) / 3.92 == pytest.approx(theirs["null_sd"], rel=0.1)
    assert ours == qap(x, y), "the same every time"


def test_qap_of_relations_with_a_direction_and_unknown_cells_is_what_trying_every_order_gives() -> None:
    """Five partners, all 120 orders by brute force; a cell of the first relation is not known and is left out."""
    generator = np.random.default_rng(4)
    x, y = generator.integers(0, 3, (5, 5)).astype(float), generator.integers(0, 2, (5, 5)).astype(float)
    x[1, 3] = np.nan
    orders = [list(order) for order in itertools.permutations(range(5))]
    every = np.array([gcor(x, y[np.ix_(order, order)]) for order in orders])
    ours = qap(x, y)
    assert ours.r == gcor(x, y)
    assert ours.p == pytest.approx((np.abs(every) >= abs(ours.r) - 1e-12).mean(), abs=0.02)
    assert ours.p_higher == pytest.approx((every >= ours.r - 1e-12).mean(), abs=0.02)


def test_qap_is_unknown_where_a_relation_is_the_same_for_every_pair() -> None:
    """No partners, one, all of one kind, no ties: nothing to correlate, and no error."""
    for network in (net({}), net("a"), net("a b c", lines("a-b")), net({"a": "museum", "b": "freelancer"})):
        for what in ("pilot", "kind", "place"):
            found = explained(network, what, draws=50)
            assert found.r is None and found.p is None and found.draws == 0


def test_partners_who_share_a_pilot_have_the_strong_ties_here() -> None:
    """Three pilots of two with a tie each and none between: r is 1, and only chance orders reach it; row order is no matter."""
    network = pilots_apart(3, [1, 2, 3], [5, 5, 5])
    found = explained(network, "pilot")
    assert found.r == pytest.approx(1)
    assert found.p_higher == pytest.approx(48 / 720, abs=0.01)
    turned = network.tables.with_(organisations=network.tables["organisations"].reverse())
    assert explained(build(turned), "pilot") == found


def test_partners_without_a_place_and_ties_without_a_strength_are_left_out() -> None:
    """a and b are in one place, c in another, d nowhere known; of a–c the strength is not known."""
    network = net("a b c d", [("a", "b", 5), ("a", "c"), ("b", "d", 2)])
    places = pl.Series("place", ["here", "here", "there", None])
    network = build(network.tables.with_(organisations=network.tables["organisations"].with_columns(places)))
    found = explained(network, "place", draws=100)
    assert found.n == 3 and found.r == pytest.approx(1)


def test_spearman_equals_scipys_and_is_unknown_without_variation() -> None:
    """With ties, to 1e-12; null for two points or where one side is always the same."""
    x, y = np.array([1, 2, 2, 3, 5, 4.0]), np.array([2, 1, 3, 3, 6, 6.0])
    assert spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-12)
    assert spearman(x[:2], y[:2]) is None
    assert spearman(x, np.ones(6)) is None


def test_the_p_of_up_to_eight_pilots_is_exact() -> None:
    """Five in the same order: 2 of 120 orders are as far from 0. Seven with ties: over every order by scipy."""
    found = ask(pilots_apart(5, [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]))
    assert (found.rho, found.p, found.exact, found.draws) == (pytest.approx(1), pytest.approx(2 / 120), True, 120)
    gains, levels = [3, 1, 1, 4, 2, 5, 2.5], [2, 1, 3, 3, 2, 5, 4]
    found = ask(pilots_apart(7, gains, levels))

    def rho(x: np.ndarray, axis: int) -> np.ndarray:
        return stats.pearsonr(stats.rankdata(x, axis=axis), stats.rankdata(gains), axis=axis).statistic

    exact = stats.permutation_test((levels,), rho, vectorized=True, permutation_type="pairings", n_resamples=np.inf)
    assert found.rho == pytest.approx(exact.statistic)
    far = np.abs(exact.null_distribution) >= abs(exact.statistic) - 1e-12
    assert found.p == pytest.approx(far.mean(), abs=1e-12)
    assert (found.low, found.high) == (None, None)
    eight = ask(pilots_apart(8, [*gains, 3.5], [*levels, 3]))
    assert eight.low < eight.rho <= eight.high <= 1


def test_beyond_eight_the_p_is_drawn_with_a_fixed_seed() -> None:
    """Twelve pilots: 10,000 draws, the same every time, near the t approximation."""
    gains = [1, 3, 2, 5, 4, 4.5, 8, 7, 6.5, 10, 9, 11]
    levels = [0, 1, 1, 2, 3, 2, 4, 3, 5, 4, 5, 5]
    one, other = ask(pilots_apart(12, gains, levels)), ask(pilots_apart(12, gains, levels))
    assert (one.exact, one.draws, one.p) == (False, 10_000, other.p)
    drawn = ask(pilots_apart(12, [g % 5 for g in gains], levels)).p
    near = stats.spearmanr([g % 5 for g in gains], levels).pvalue
    assert drawn == pytest.approx(near, abs=0.03)


def test_lower_is_better_turns_the_change_round_and_progress_needs_no_turning() -> None:
    """Anxiety that falls most where ties are strongest goes with strength, upwards."""
    network = pilots_apart(5, [-1, -2, -3, -4, -5], [1, 2, 3, 4, 5], better="lower")
    assert ask(network).rho == pytest.approx(1)
    assert points(network, impact.progress(network.tables), "joy")["value"].to_list() == [1, 2, 3, 4, 5]
    assert ask(pilots_apart(5, [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]), against="progress").rho == pytest.approx(1)


def test_pilots_without_a_value_or_a_known_strength_are_not_points() -> None:
    """One has no latest value, one no tie of known strength: three are left; two say nothing."""
    network = pilots_apart(5, [1, None, 3, 4, 5], [1, 2, None, 4, 5])
    found = ask(network)
    assert found.points["id"].to_list() == ["p0", "p3", "p4"]
    assert (found.n, found.rho, found.low) == (3, pytest.approx(1), None)
    few = ask(pilots_apart(2, [1, 2], [1, 2]))
    assert (few.n, few.rho, few.p, few.low) == (2, None, None, None)
    assert ask(pilots_apart(4, [2, 2, 2, 2], [1, 2, 3, 4])).rho is None


def test_partners_of_one_pilot_are_not_independent_evidence() -> None:
    """Ten partners of five pilots: p is that of five results in 120 orders, not that of ten."""
    found = ask(pilots_apart(5, [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]), unit="partner")
    assert (found.n, found.results) == (10, 5)
    assert (found.exact, found.p) == (True, pytest.approx(2 / 120))
    assert found.rho == pytest.approx(1)


@pytest.mark.parametrize(
    ("aggregation", "n", "both"),
    [("sum", None, 3.0), ("mean", (10, 30), 1.75), ("share", (10, 30), 1.75), ("mean", None, None), ("none", (10, 30), None)],
)
def test_results_of_two_pilots_go_together_as_the_indicator_says_and_one_of_one_partner_is_its_own(
    aggregation: str, n: tuple[int, int] | None, both: float | None
) -> None:
    """a0 takes part in p0 and p1, with changes of 1 and 2: added, weighted by n, or left out; the result of p2 names b2, so a2
    has none. Its progress is the mean of both, in any case."""
    network = pilots_apart(3, [1, 2, 4], [1, 2, 3])
    more = frame("involvements", [{"pilot": "p1", "organisation": "a0"}])
    named = network.tables["results"].with_columns(
        organisation=pl.when(pl.col("pilot") == "p2").then(pl.lit("b2")).otherwise(None)
    )
    people = dict(zip(("p0", "p1"), n or (None, None), strict=True))
    named = named.with_columns(n=pl.col("pilot").replace_strict(people, default=10, return_dtype=pl.Int64))
    word = pl.lit(aggregation, network.tables.indicators.schema["aggregation"])
    changed = network.tables.with_(
        involvements=pl.concat([network.tables["involvements"], more]),
        results=named,
        indicators=network.tables.indicators.with_columns(aggregation=word),
    )
    found = points(build(changed), impact.progress(changed), "joy", unit="partner")
    alone = {"b0": 1, "a1": 2, "b1": 2, "b2": 4}
    assert dict(found.select("id", "value").iter_rows()) == ({} if both is None else {"a0": both}) | alone


def test_a_withheld_result_withholds_the_correlation() -> None:
    """Without it ρ would be another one than the lead's; all indicators together then have no p that allows for their number."""
    lead = pilots_apart(6, [1, 3, 2, 5, 4, 6], [1, 2, 2, 4, 3, 5])
    shared = lead.tables.with_(partnerships=lead.tables.partnerships.with_columns(sharing=pl.lit("public")))
    network = build(redact(shared, "public"))
    progress = impact.progress(shared)
    seen, whole = associate(network, progress, "joy"), ask(lead)
    assert (seen.withheld, seen.rho, seen.p) == (None, pytest.approx(whole.rho, abs=5e-4), pytest.approx(whole.p, abs=5e-4))
    hidden = progress.with_columns(
        latest_shown=pl.when(pl.col("pilot") == "p0").then(pl.lit("withheld")),
        latest=pl.when(pl.col("pilot") != "p0").then("latest"),
    )
    found = associate(network, hidden, "joy")
    assert (found.withheld, found.rho, found.low, found.p) == (association_.SOME_RESULTS, None, None, None)
    row = overview(network, hidden).row(by_predicate=pl.col("indicator") == "joy", named=True)
    assert (row["withheld"], row["n"], row["rho"], row["p"], row["p_holm"]) == (True, None, None, None, None)
    assert "is withheld: some of its results are" in headline(found)


def test_the_interval_is_that_of_resampling_pilots_one_by_one() -> None:
    """The same draws by scipy, one at a time."""
    network = pilots_apart(9, [1, 3, 2, 5, 4, 6, 8, 7, 2.5], [1, 2, 2, 4, 3, 5, 5, 4, 1])
    found = points(network, impact.progress(network.tables), "joy")
    times = np.random.default_rng(association_.SEED).multinomial(9, np.full(9, 1 / 9), size=rank_correlation.BOOTSTRAP)
    drawn = [spearman(*(np.repeat(found[name].to_numpy(), row) for name in ("strength", "value"))) for row in times]
    low, high = np.quantile([each for each in drawn if each is not None], [0.025, 0.975])
    assert (ask(network).low, ask(network).high) == (pytest.approx(low), pytest.approx(high))


def test_every_indicator_at_once_allows_for_how_many_there_are() -> None:
    """Holm 1979 by hand; one row an indicator, null where nothing can be said."""
    assert holm([0.01, None, 0.04, 0.03]) == [pytest.approx(0.03), None, pytest.approx(0.06), pytest.approx(0.06)]
    assert holm([0.9, 0.8]) == [1, 1]
    network = pilots_apart(5, [1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    found = overview(network, impact.progress(network.tables))
    assert found.select("indicator", "n", "p_holm").row(0) == ("joy", 5, pytest.approx(2 / 120))
    assert overview(net("a b"), impact.progress(net("a b").tables)).is_empty()


def test_a_filter_on_pilots_leaves_their_points_alone() -> None:
    """Three of five pilots in scope: three points."""
    network = pilots_apart(5, [1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    some = build(network.tables, Scope(pilots=("p0", "p1", "p4")))
    assert ask(some).points["id"].to_list() == ["p0", "p1", "p4"]


def test_an_unknown_indicator_or_unit_is_refused_with_the_choices() -> None:
    """In a sentence."""
    network = pilots_apart(3, [1, 2, 3], [1, 2, 3])
    progress = impact.progress(network.tables)
    with pytest.raises(InvalidRequest, match="joy"):
        associate(network, progress, "sorrow")
    with pytest.raises(InvalidRequest, match="pilot, partner"):
        associate(network, progress, "joy", unit="town")
