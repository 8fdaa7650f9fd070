"""Introductions: who is worth introducing to whom, why, and how good that advice has been."""

from __future__ import annotations

import networkx as nx
import numpy as np
import polars as pl
import pytest

from tests.support.frames import frame
from tests.support.networks import lines, net, tables
from tests.support.paths import EXAMPLE
from wtnet.analysis import introduction_quality
from wtnet.analysis import introductions as advice
from wtnet.analysis.introductions import COLUMNS, introductions, quality
from wtnet.errors import InvalidRequest
from wtnet.importing import check_files
from wtnet.network import Network, build
from wtnet.tables import Tables


@pytest.fixture(scope="module")
def example() -> Tables:
    return check_files([EXAMPLE]).tables


def pairs(found: pl.DataFrame) -> list[tuple]:
    return found.select("source", "target").rows()


def placed(where: dict[str, dict], ties: str) -> Network:
    """A network whose partners have coordinates or places."""
    base = tables(" ".join(where), lines(ties))
    rows = [{"id": one, "name": f"Partner {one}", "kind": "museum"} | more for one, more in where.items()]
    return build(base.with_(organisations=frame("organisations", rows)))


@pytest.mark.parametrize(("partners", "ties"), [("", ""), ("a", ""), ("a b", ""), ("a b", "a-b"), ("a b c", "a-b b-c a-c")])
def test_where_nobody_shares_a_partner_without_a_tie_there_is_nobody_to_introduce(partners: str, ties: str) -> None:
    """No partners, no ties, or all ties there: no rows, with all columns."""
    found = introductions(net(partners, lines(ties)))
    assert found.height == 0 and found.schema == pl.Schema(COLUMNS)


def test_two_who_share_one_partner_are_introduced_with_the_partner_named() -> None:
    """a and c both work with b, who has two ties: score one half."""
    row = introductions(net("a b c", lines("a-b b-c"))).row(0, named=True)
    assert (row["source"], row["target"], row["score"], row["shared"], row["shared_names"]) == ("a", "c", 0.5, 1, ["Partner b"])
    assert row["reason"] == "Both work with Partner b."


def test_scores_are_those_of_networkx_on_a_random_network() -> None:
    """Resource allocation agrees with an independent program, pair by pair."""
    graph = nx.gnm_random_graph(40, 90, seed=3)
    network = net(" ".join(f"n{i}" for i in graph), [(f"n{i}", f"n{j}", 5) for i, j in graph.edges])
    found = introductions(network, most=10_000)
    expected = {tuple(sorted((f"n{i}", f"n{j}"))): s for i, j, s in nx.resource_allocation_index(graph) if s > 0}
    got = {tuple(sorted(pair[:2])): pair[2] for pair in found.select("source", "target", "score").rows()}
    assert got == pytest.approx(expected, rel=1e-12)
    assert found["score"].is_sorted(descending=True)


def test_worked_out_in_small_parts_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many partners are worked on at a time changes nothing."""
    graph = nx.gnm_random_graph(60, 150, seed=5)
    network = net(" ".join(f"n{i}" for i in graph), [(f"n{i}", f"n{j}", 5) for i, j in graph.edges])
    whole = introductions(network, most=50)
    monkeypatch.setattr(advice, "_BLOCK", 20)
    assert introductions(network, most=50).equals(whole)


def test_a_new_kind_for_either_side_is_said_and_can_be_asked_for() -> None:
    """A museum without a health provider meets one through a group; two museums bring each other nothing new."""
    network = net(
        {"m": "museum", "g": "community_group", "h": "health_provider", "m2": "museum"}, lines("m-g g-h g-m2")
    )  # fmt: skip
    found = introductions(network, new_kind=True)
    assert ("m", "h") in pairs(found) and ("m", "m2") not in pairs(found) and ("m", "m2") in pairs(introductions(network))
    row = found.filter(pl.col("target") == "h", pl.col("source") == "m").row(0, named=True)
    assert row["new_for_source"] and row["new_for_target"]
    assert (
        "It would give Partner m a first known health provider, and Partner h a first known museum to work with." in row["reason"]
    )


def test_one_partner_or_some_kinds_can_be_asked_for() -> None:
    """Only pairs with that partner; only pairs with both ends of those kinds; an unknown partner is refused in words."""
    network = net({"a": "museum", "b": "freelancer", "c": "museum", "d": "funder"}, lines("a-b b-c b-d"))
    assert pairs(introductions(network, partner="d")) == [("a", "d"), ("c", "d")]
    assert pairs(introductions(network, kinds=("museum", "freelancer"))) == [("a", "c")]
    everyone = introductions(network)
    for one in "abcd":
        own = everyone.filter((pl.col("source") == one) | (pl.col("target") == one))
        assert introductions(network, partner=one).equals(own)
    with pytest.raises(InvalidRequest, match="no partner “zz”"):
        introductions(network, partner="zz")


def test_distance_is_in_kilometres_and_near_is_thirty() -> None:
    """About 22 km apart is near, 220 km is not; a place of the same name is near; nothing known is null."""
    network = placed(
        {
            "hub": {},
            "a": {"latitude": 54.0, "longitude": -1.0},
            "b": {"latitude": 54.2, "longitude": -1.0},
            "c": {"latitude": 56.0, "longitude": -1.0},
            "d": {"place": "Upper Nowhere"},
            "e": {"place": "upper-nowhere"},
        },
        "hub-a hub-b hub-c hub-d hub-e",
    )
    rows = {(row["source"], row["target"]): row for row in introductions(network).iter_rows(named=True)}
    assert rows["a", "b"]["km"] == pytest.approx(22.2, abs=0.1) and rows["a", "b"]["near"] is True
    assert rows["a", "c"]["near"] is False
    assert rows["d", "e"]["km"] is None and rows["d", "e"]["near"] is True
    assert rows["a", "d"]["km"] is None and rows["a", "d"]["near"] is None
    assert set(pairs(introductions(network, near=True))) == {("a", "b"), ("d", "e")}
    assert "about 22 km apart" in rows["a", "b"]["reason"] and "same place" in rows["d", "e"]["reason"]


def test_someone_who_did_not_answer_may_be_in_touch_already() -> None:
    """c was named and rated nobody: the reason says so."""
    network = net("a b c", ratings=[("w", "a", "b", 3), ("w", "b", "a", 3), ("w", "b", "c", 3)])
    row = introductions(network).row(0, named=True)
    assert row["unheard"] == ["Partner c"] and "may be in touch already" in row["reason"]


def test_a_hub_with_thousands_of_ties_introduces_nobody() -> None:
    """1,200 grants from one funder are no reason for 719,400 introductions."""
    ids = [f"p{i}" for i in range(1_200)]
    network = net(" ".join(["hub", *ids]), [("hub", one, 1) for one in ids] + [("p0", "p1", 1), ("p1", "p2", 1)])
    assert pairs(introductions(network)) == [("p0", "p2")]


def test_names_are_left_as_they_are() -> None:
    """Nothing here makes markup of a name; whoever shows it escapes it."""
    base = tables("a b c", lines("a-b b-c"))
    named = base["organisations"].with_columns(name=pl.lit("<script>x</script>"))
    assert introductions(build(base.with_(organisations=named)))["shared_names"][0].to_list() == ["<script>x</script>"]


def test_quality_needs_two_waves() -> None:
    """Without a next wave there is nothing to check against."""
    assert quality(Tables()).height == 0
    assert quality(tables("a b", ratings=[("w", "a", "b", 3)])).height == 0


def everyone(wave: str, ties: list[tuple[str, str]], ids: str) -> list[tuple]:
    """All answer: a level of 3 for each tie from both sides, 0 otherwise."""
    there = {frozenset(pair) for pair in ties}
    return [(wave, a, b, 3 if frozenset((a, b)) in there else 0) for a in ids.split() for b in ids.split() if a != b]


def test_the_area_under_the_curve_is_one_where_every_shared_partner_led_to_a_tie() -> None:
    """a–c is the only pair with a shared partner, the only one that appears: 1; degree as counted by hand."""
    ids = "a b c d e"
    before, after = [("a", "b"), ("b", "c"), ("d", "e")], [("a", "b"), ("b", "c"), ("d", "e"), ("a", "c")]
    found = quality(tables(ids, ratings=[*everyone("1", before, ids), *everyone("2", after, ids)], waves=["1", "2"]))
    by = {row["ranking"]: row for row in found.iter_rows(named=True)}
    assert by["resource allocation"]["auc"] == 1.0 and by["chance"]["auc"] == 0.5
    # products: a–c 1; b–d, b–e 2; a–d, a–e, c–d, c–e 1: above none of six, level with four of them
    assert by["degree product"]["auc"] == pytest.approx((0 + 0.5 * 4) / 6)
    assert by["resource allocation"]["appeared"] == 1 and by["resource allocation"]["pairs"] == 7
    assert by["chance"]["of_first_appeared"] == pytest.approx(1.0)


def test_pairs_of_someone_who_kept_silent_are_not_counted() -> None:
    """e answers neither wave: its pairs are left out, since nobody knows."""
    ids = "a b c d e"
    before, after = [("a", "b"), ("b", "c"), ("d", "e")], [("a", "b"), ("b", "c"), ("d", "e"), ("a", "c")]
    said = [row for row in [*everyone("1", before, ids), *everyone("2", after, ids)] if row[1] != "e"]
    found = quality(tables(ids, ratings=said, waves=["1", "2"]))
    assert found["pairs"].unique().to_list() == [4]


def test_where_nothing_appears_the_area_is_null() -> None:
    """No new tie, no curve."""
    ids = "a b c"
    found = quality(tables(ids, ratings=[*everyone("1", [("a", "b")], ids), *everyone("2", [("a", "b")], ids)], waves=["1", "2"]))
    assert found["auc"].null_count() == found.height == 4


def test_the_area_agrees_with_counting_pairs_of_pairs() -> None:
    """Mid-ranks give the same as comparing every pair that appeared with every one that did not."""
    rng = np.random.default_rng(1)
    score, became = rng.integers(0, 5, 200).astype(float), rng.random(200) < 0.2
    counted = np.mean([(a > b) + 0.5 * (a == b) for a in score[became] for b in score[~became]])
    auc, low, high = introduction_quality._auc(score, became)
    assert auc == pytest.approx(counted) and low is not None and high is not None and low < auc < high


def test_on_the_example_introductions_do_better_than_chance_in_both_steps(example: Tables) -> None:
    """Lower bound of the interval above one half, and several times as many of the first twenty as chance would give."""
    found = quality(example).filter(pl.col("ranking") == "resource allocation")
    chance = quality(example).filter(pl.col("ranking") == "chance")
    assert found.height == 2 and (found["low"] > 0.55).all()
    assert (found["of_first_appeared"] > 4 * chance["of_first_appeared"]).all()


def test_the_example_finds_the_introduction_its_story_tells_of(example: Tables) -> None:
    """The memory clinic and the museum of Lantern Hours are two steps apart and near each other."""
    found = introductions(build(example), partner="saltmere-memory-clinic", near=True, new_kind=True)
    assert "saltmere-museum-and-gallery" in {*found["source"], *found["target"]}


def test_a_sample_of_pairs_gives_nearly_the_same_area(example: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many pairs, a sample with a fixed seed stands for them, twice the same."""
    whole = quality(example)
    monkeypatch.setattr(introduction_quality, "SAMPLE", 1_500)
    some = quality(example)
    assert some.equals(quality(example)) and (some["pairs"] < whole["pairs"]).all() and some["appeared"].equals(whole["appeared"])
    assert ((some["auc"] - whole["auc"]).abs() < 0.06).all()
