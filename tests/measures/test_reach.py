"""Reach across kinds, by hand."""

import datetime as dt
import itertools

import pytest

from tests.support.networks import lines, net
from wtnet.measures import catalogue, lasting, reach
from wtnet.network import Scope
from wtnet.sentences.reach import assortativity_sentence

KINDS = {"m": "museum", "n": "museum", "f": "freelancer", "g": "freelancer", "h": "health_provider"}


def test_mixing_counts_each_pair_of_kinds_once():
    """museum–freelancer: m-f and n-f of 4 possible, strengths 0.4 and unknown."""
    found = {
        (r["kind_a"], r["kind_b"]): r
        for r in reach.mixing(net(KINDS, [("f", "m", 2), ("n", "f"), ("m", "n", 5)])).rows(named=True)
    }
    assert found["museum", "freelancer"] | {"kind_a": 0, "kind_b": 0} == {
        "kind_a": 0,
        "kind_b": 0,
        "ties": 2,
        "mean_strength": 0.4,
        "possible": 4,
        "share_of_possible": 0.5,
    }
    assert found["museum", "museum"]["share_of_possible"] == 1
    assert found["health_provider", "health_provider"]["share_of_possible"] is None
    assert len(found) == 6


def dealt_out(ties):
    """The network of every way to deal out the kinds: each is dealt out four times over in all orders."""
    orders = sorted(set(itertools.permutations(KINDS.values())))
    assert len(orders) * 4 == 120
    return [net(dict(zip(KINDS, dealt, strict=True)), lines(ties)) for dealt in orders]


def test_the_expected_ei_index_is_the_mean_over_all_shufflings():
    """Over every way to deal out the kinds."""
    network = net(KINDS, lines("m-n m-f f-g h-m"))
    values = [reach.ei_index(dealt) for dealt in dealt_out("m-n m-f f-g h-m")]
    assert reach.ei_expected(network) == pytest.approx(sum(values) / len(values))


def test_the_permutation_p_is_near_the_exact_one_and_seeded():
    """Exact shares over every way to deal out the kinds, within four standard errors."""
    network = net(KINDS, lines("m-n f-g m-h"))
    seen = [reach.ei_index(dealt) for dealt in dealt_out("m-n f-g m-h")]
    observed, expected = reach.ei_index(network), reach.ei_expected(network)
    found = reach.ei_permutation(network)
    assert found == reach.ei_permutation(network)
    far = sum(abs(value - expected) >= abs(observed - expected) - 1e-12 for value in seen) / len(seen)
    assert found["p"] == pytest.approx(far, abs=0.02)


def test_assortativity_is_null_where_one_kind_has_all_the_ties():
    """And 1 where ties stay within several kinds."""
    assert reach.assortativity(net(KINDS, lines("m-n"))) is None
    assert reach.assortativity(net(KINDS, lines("m-n f-g"))) == 1
    assert reach.assortativity(net(KINDS)) is None


def test_coverage_says_which_museums_lack_what():
    """m has a freelancer and a health provider; n nobody."""
    first, second = reach.coverage(net(KINDS, lines("m-f m-g m-h"))).rows(named=True)
    assert (first["freelancer"], first["missing"]) == (2, "Museum or heritage organisation, Community group")
    assert second["missing"].count(",") == 3


def test_new_since_the_first_wave():
    """m-f was there, m-h is new, n-h is not known (n was silent then), m-n is documented as from before."""
    rows = [
        ("one", "m", "f", 3),
        ("one", "f", "n", 2),
        ("one", "h", "f", 1),
        ("two", "m", "f", 1),
        ("two", "m", "h", 4),
        ("two", "n", "h", 2),
    ]
    documents = [("m", "n", {"started": dt.date(2025, 1, 1), "before_programme": True, "continues_after": True})]
    waves = [("one", "2024-01-01"), ("two", "2025-06-01")]
    found = lasting.since_baseline(net(KINDS, documents, rows, waves))
    assert dict(zip(zip(found["source"], found["target"], strict=True), found["since"], strict=True)) == {
        ("f", "m"): "there before",
        ("h", "m"): "new",
        ("h", "n"): "unknown",
        ("m", "n"): "there before",
    }
    network = net(KINDS, documents, rows, waves)
    assert catalogue.whole(network, ["new_ties", "continuing_ties"]) == {"new_ties": 1, "continuing_ties": 1}
    assert lasting.since_baseline(net(KINDS, documents, rows, waves, Scope(wave="one"))) is None
    assert lasting.continuing_ties(net(KINDS, lines("m-n"))) is None


def test_the_p_of_assortativity_comes_from_the_same_draws():
    """Near the exact share over every way to deal out the kinds; where a draw has all ties at one kind, it counts as as far."""
    network = net(KINDS, lines("m-n f-g m-h n-h"))
    seen = [reach.assortativity(dealt) for dealt in dealt_out("m-n f-g m-h n-h")]
    middle, observed = sum(seen) / len(seen), reach.assortativity(network)
    far = sum(abs(value - middle) >= abs(observed - middle) - 1e-6 for value in seen) / len(seen)
    found = reach.ei_permutation(network)
    assert found["assortativity"] == observed and found["assortativity_p"] == pytest.approx(far, abs=0.02) and 0 < far < 1
    alone = reach.ei_permutation(net(KINDS, lines("m-n")))
    assert alone["assortativity"] is None and alone["assortativity_p"] is None and alone["p"] is not None


def test_reach_never_says_of_chance_what_its_p_does_not_carry():
    """What comes about by chance says nothing either way, however large the figure; a clear one says which way."""
    for value, p, said in ((-0.14, 0.12, "nothing either way (p = 0.12)"), (0.02, 0.001, "own kind than chance"),
                           (-0.3, 0.01, "other kinds more than chance"), (None, None, "cannot be worked out")):  # fmt: skip
        assert said in assortativity_sentence({"assortativity": value, "assortativity_p": p})
