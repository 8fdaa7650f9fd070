"""Can a change be trusted: the paired interval, the bounds of the unknown, what one partner decides."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from tests.support import attack
from tests.support.networks import net, tables
from tests.support.stories import example
from wtnet import access
from wtnet.analysis import leaving_out, trust
from wtnet.analysis.bounds import bounds
from wtnet.measures import uncertainty
from wtnet.measures.pair_states import states
from wtnet.network import Network, Scope, build, waves_in_order
from wtnet.tables import Tables

NAMES = "a b c d e f g h i j"


def two_waves(before: dict[str, int], after: dict[str, int], names: str = NAMES, **more: object) -> tuple[Network, Network]:
    """Two waves in which both sides of pairs written "ab" give them a level; of `silent` partners no answers in the second."""
    silent = more.pop("silent", "")
    ratings = [
        (wave, rater, partner, level)
        for wave, pairs in (("one", before), ("two", after))
        for pair, level in pairs.items()
        for rater, partner in (pair, pair[::-1])
        if not (wave == "two" and rater in silent)
    ]
    made = tables(names, ratings=ratings, waves=[("one", "2024-01-01"), ("two", "2025-01-01")], **more)
    return build(made, Scope(wave="one")), build(made, Scope(wave="two"))


def ring(level: int, names: str = NAMES) -> dict[str, int]:
    """Each partner and the next."""
    each = names.split()
    return {a + b: level for a, b in itertools.pairwise([*each, each[0]])}


def of_strength(before: Network, after: Network) -> dict[str, float | None]:
    return uncertainty.change_intervals(before, after, 400).row(by_predicate=pl.col("measure") == "mean_strength", named=True)


def test_where_every_partnership_moves_alike_the_change_is_certain() -> None:
    """All from 2 to 4 of 5: the interval is the change itself, and nothing could undo it."""
    before, after = two_waves(ring(2), ring(4))
    row = of_strength(before, after)
    assert [row[name] for name in ("change", "low", "high")] == pytest.approx([0.4, 0.4, 0.4])
    weighed = trust.weigh(before, after, 400)
    assert weighed.bounds and (weighed.bounds.stronger, weighed.bounds.unknown) == (10, 0)
    assert weighed.without_one == pytest.approx((0.4, 0.4))


def test_the_same_partners_are_drawn_in_both_waves() -> None:
    """Strengths that differ between partners but do not move give a change of exactly nothing; drawn apart they would not."""
    mixed = dict(zip(ring(1), [1, 5, 1, 5, 1, 5, 1, 5, 1, 5], strict=True))
    before, after = two_waves(mixed, mixed)
    row = of_strength(before, after)
    assert (row["low"], row["high"]) == (0, 0)
    alone = uncertainty.intervals(after, 400).row(1, named=True)
    assert alone["high"] - alone["low"] > 0.1


def test_the_paired_draw_is_the_method_written_out_pair_by_pair() -> None:
    """Against two loops over 1,500 draws, for the change of density."""
    first = {"ab": 2, "bc": 2, "cd": 2, "ef": 2, "gh": 2}
    second = first | {"ac": 2, "eg": 2, "fh": 2, "bd": 2}
    before, after = two_waves(first, second, "a b c d e f g h")
    ids = list(before.graph)
    dyads = list(itertools.combinations(ids, 2))
    generator = np.random.default_rng(3)
    slow = []
    for _ in range(1500):
        drawn = generator.choice(len(ids), len(ids))
        change = 0
        for i, j in itertools.combinations(drawn, 2):
            pair = (ids[i], ids[j]) if i != j else dyads[generator.integers(len(dyads))]
            change += after.graph.has_edge(*pair) - before.graph.has_edge(*pair)
        slow.append(change / len(dyads))
    row = uncertainty.change_intervals(before, after).row(by_predicate=pl.col("measure") == "density", named=True)
    assert row["change"] == pytest.approx(4 / 28)
    assert [row["low"], row["high"]] == pytest.approx(np.percentile(slow, [2.5, 97.5]), abs=0.04)


def test_fewer_than_eight_partners_have_no_interval_of_change() -> None:
    """Seven have a change and no interval; eight have one."""
    seven = of_strength(*two_waves(ring(2, "a b c d e f g"), ring(4, "a b c d e f g"), "a b c d e f g"))
    assert seven["change"] == pytest.approx(0.4) and seven["low"] is None
    eight = of_strength(*two_waves(ring(2, "a b c d e f g h"), ring(4, "a b c d e f g h"), "a b c d e f g h"))
    assert eight["low"] is not None


def test_without_any_partnership_there_is_nothing_to_weigh() -> None:
    """No bounds beyond counts, no interval, no error."""
    before, after = two_waves({}, {}, "a b")
    weighed = trust.weigh(before, after)
    assert weighed.strength is None or weighed.strength.change is None
    assert weighed.bounds and weighed.bounds.known == 0 and weighed.bounds.undo is None
    assert trust.weigh(None, net("a")).ties == 0


def frame(*rows: tuple[str, float | None, float | None]) -> pl.DataFrame:
    """Rows of `states`: state, before, after."""
    columns = {"state": pl.String, "before": pl.Float64, "after": pl.Float64}
    return pl.DataFrame(rows, columns, orient="row").with_columns(difference=pl.col("after") - pl.col("before"))


def test_unknown_strengths_may_be_anything_from_0_to_1() -> None:
    """By hand: two pairs +0.2 and +0.4; one of 0.5 before and unknown after, one unknown before and 0.3 after."""
    found = bounds(frame(("stronger", 0.2, 0.4), ("stronger", 0.2, 0.6), ("unknown", 0.5, None), ("unknown", None, 0.3)))
    assert (found.known, found.unknown, found.change) == (2, 2, pytest.approx(0.3))
    assert found.low == pytest.approx((0.6 - 0.5 - 0.7) / 4)
    assert found.high == pytest.approx((0.6 + 0.5 + 0.3) / 4)
    assert found.absent == pytest.approx((0.6 - 0.5 + 0.3) / 4)
    assert found.undo == 2 and found.undo_share == 1
    assert found.undo_mean == 1  # 0.7 of the one alone outweighs 0.6


def test_where_all_the_unknown_would_not_undo_it_more_than_all_are_needed() -> None:
    """Five stronger, one weaker, two unknown: four would have to be against it."""
    rows = [("stronger", 0.1, 0.9)] * 5 + [("weaker", 0.5, 0.3)] + [("unknown", 0.2, None)] * 2
    found = bounds(frame(*rows))
    assert found.undo == 4 and found.undo_share == 2
    assert found.undo_mean == 3 and found.low > 0


def test_a_fall_is_undone_by_unknown_ones_that_grew() -> None:
    """The rule is the same both ways."""
    found = bounds(frame(("weaker", 0.9, 0.5), ("weaker", 0.9, 0.7), ("unknown", 0.4, None)))
    assert found.undo == 2 and found.undo_mean == 1 + 0
    assert found.high == pytest.approx((-0.6 + 0.6) / 3)


def test_new_and_ended_partnerships_are_known_and_neither_stronger_nor_weaker() -> None:
    """They stand apart, and are not among the unknown."""
    found = bounds(frame(("new", None, 0.8), ("ended", 0.8, None), ("unchanged", 0.5, 0.5)))
    assert (found.new, found.ended, found.unknown, found.known) == (1, 1, 0, 1) and found.undo is None


def test_the_bounds_hold_whatever_the_missing_answers_were() -> None:
    """Silence a few partners of a programme that answered in full: the full change lies within the bounds, every time."""
    before, after = two_waves(ring(2) | {"ac": 3, "eh": 1}, ring(4) | {"ac": 1, "eh": 5})
    full = bounds(states(before, after))
    for silent in ("ab", "ac", "eh", "bg"):
        part = bounds(states(*two_waves(ring(2) | {"ac": 3, "eh": 1}, ring(4) | {"ac": 1, "eh": 5}, silent="".join(silent))))
        assert part.low - 1e-12 <= full.change <= part.high + 1e-12


def test_one_partner_that_makes_the_change_is_found() -> None:
    """Only the partnerships of a moved: without it the rest stayed."""
    before = ring(2) | {"ad": 2, "ae": 2, "af": 2}
    after = {pair: 5 if "a" in pair else 2 for pair in before}
    low, high = leaving_out.change_without_one(states(*two_waves(before, after)))
    assert low == pytest.approx(0) and high > 0.2


def test_order_without_one_partner_and_without_its_answers_by_hand() -> None:
    """Written out: leave out each partner, or its answers, build the network anew and compare the orders."""
    whole = attack.programme(2, density=0.5, one_sided=0.3)
    network = build(whole, Scope(wave=waves_in_order(whole)[-1]))

    def means(of: Network) -> dict[str, float]:
        found = {}
        for partner in of.graph:
            known = [tie["strength"] for tie in of.graph[partner].values() if tie["strength"] is not None]
            if known:
                found[partner] = round(sum(known) / len(known), 12)
        return found

    def moved(one: dict[str, float], other: dict[str, float]) -> float:
        shared = [partner for partner in one if partner in other]

        def rank(values: dict[str, float], partner: str) -> float:
            above = sum(values[each] > values[partner] for each in shared)
            return above + (sum(values[each] == values[partner] for each in shared) + 1) / 2

        return sum(abs(rank(one, partner) - rank(other, partner)) for partner in shared) / len(shared)

    found = leaving_out.moves(network)
    base, answers, partners = means(network), [], []
    for partner in network.graph:
        quiet = whole.with_(ratings=whole.ratings.filter(pl.col("rater") != partner))
        answers.append(moved(base, means(build(quiet, network.scope))))
        partners.append(moved(base, means(build(whole, replace(network.scope, hidden=(partner,))))))
    assert found.respondent == pytest.approx(max(answers))
    assert found.partner == pytest.approx(max(partners))
    assert found.weights is not None and found.weights >= 0


@pytest.fixture(scope="module")
def shipped() -> Tables:
    return example()


def test_the_example_rose_whatever_the_unknown_did(shipped: Tables) -> None:
    """Its figures by another way: means of the frames, counts of the rows."""
    before, after = (build(shipped, Scope(wave=wave)) for wave in ("baseline", "end"))
    weighed = trust.weigh(before, after)
    both = before.ties.join(after.ties, on=["source", "target"]).filter(
        pl.col("basis").is_in(["both", "one-sided"]), pl.col("basis_right").is_in(["both", "one-sided"])
    )
    assert weighed.bounds.known == both.height
    assert weighed.bounds.change == pytest.approx((both["strength_right"] - both["strength"]).mean())
    assert weighed.strength.change == pytest.approx(after.ties["strength"].mean() - before.ties["strength"].mean())
    assert 0 < weighed.strength.low < weighed.strength.change < weighed.strength.high
    assert weighed.bounds.undo > weighed.bounds.unknown and weighed.bounds.low > 0


@pytest.mark.parametrize("audience", ["partners", "public"])
def test_others_have_the_leads_figure_or_none(shipped: Tables, audience: str) -> None:
    """Interval and counts as hers, rounded; what rests on some partnerships or on one partner is not there."""
    lead, other = (
        trust.weigh(*(build(seen, Scope(wave=wave)) for wave in ("baseline", "end")))
        for seen in (shipped, access.redact(shipped, audience))
    )
    assert other.without_one is None and other.reports is None and other.narrower
    assert other.withheld is None
    for name in ("before", "after", "low", "high"):
        assert getattr(other.strength, name) == round(getattr(lead.strength, name), 2)
    assert other.bounds.before is None and other.bounds.low is None and other.bounds.undo_mean is None
    for name in ("known", "stronger", "weaker", "unchanged", "unknown", "new", "ended", "undo"):
        assert getattr(other.bounds, name) == getattr(lead.bounds, name)


def test_of_a_cut_that_is_withheld_others_learn_nothing(shipped: Tables) -> None:
    """A focus is no published cut."""
    seen = access.redact(shipped, "public")
    one = seen.organisations["id"][0]
    weighed = trust.weigh(*(build(seen, Scope(wave=wave, focus=(one,))) for wave in ("baseline", "end")))
    assert weighed.withheld and weighed.strength is None and weighed.bounds is None and weighed.one_sided is None
