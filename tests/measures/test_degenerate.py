"""Networks with little or nothing in them: every measure is right or null, and a sentence says why."""

import math

import pytest

from tests.support.networks import lines, net
from wtnet.errors import InvalidRequest
from wtnet.measures import catalogue, change, reach, shape, timeline, uncertainty
from wtnet.measures.notices import notices
from wtnet.measures.pair_states import STATES
from wtnet.network import Network, Scope, at
from wtnet.strength import Weights

MIXED = {"a": "museum", "b": "freelancer", "c": "museum", "d": "health_provider"}
ZERO = Weights(depth=0, contact=0, trust=0, value=1)
CASES = {
    "empty": lambda: net(""),
    "one partner": lambda: net("a"),
    "two partners": lambda: net("a b", lines("a-b")),
    "all isolates": lambda: net(MIXED),
    "two parts": lambda: net(MIXED, lines("a-b c-d")),
    "every rating one-sided": lambda: net(MIXED, ratings=[("w", "a", "b", 3), ("w", "b", "c", 4), ("w", "c", "d", 1)]),
    "every level 0": lambda: net(MIXED, ratings=[("w", x, y, 0) for x in MIXED for y in MIXED if x != y]),
    "one wave only": lambda: net(MIXED, lines("a-b"), waves=["w"]),
    "a wave nobody answered": lambda: net(MIXED, lines("a-b b-c"), [("v", "a", "b", 5)], ["v", "w"]),
    "no strength known": lambda: net(MIXED, [("a", "b"), ("b", "c")]),
    "every strength zero": lambda: net(
        MIXED, ratings=[("w", "a", "b", {"level": 0, "mission": 1}), ("w", "b", "c", {"mission": 1})]
    ),
    "weights that leave nothing": lambda: net(MIXED, ratings=[("w", "a", "b", 4), ("w", "b", "a", 2)], scope=Scope(weights=ZERO)),
}


@pytest.fixture(params=CASES)
def network(request) -> Network:
    """Each of the cases."""
    return CASES[request.param]()


def test_no_value_is_nan_or_infinite(network):
    """Unknown is null; every column has its declared type."""
    found = catalogue.partners(network)
    for measure in catalogue.of("partner"):
        assert found[measure.id].dtype == measure.dtype
        assert all(math.isfinite(value) for value in found[measure.id].drop_nulls() if isinstance(value, float))
    assert all(value is None or math.isfinite(value) for value in catalogue.whole(network).values())


def test_everything_else_can_be_asked_too(network):
    """Intervals, stability, permutation, mixing, levels, coverage, rows, notices, timelines and change to itself."""
    bounds = uncertainty.intervals(network, draws=50)
    assert bounds.height == 3
    assert not bounds["low"].is_nan().any()
    assert uncertainty.stability(network, draws=20).pairs.height <= network.ties.height
    assert reach.ei_permutation(network, draws=50)["draws"] == 50
    assert shape.levels(network).height == 6
    assert reach.mixing(network)["ties"].sum() == network.ties.height
    assert reach.coverage(network).height <= len(network.graph)
    assert all(isinstance(sentence, str) and sentence.endswith(".") for sentence in notices(network))
    for measure in catalogue.MEASURES:
        partner = next(iter(network.graph), None) if measure.of == "partner" else None
        assert catalogue.rows(network, measure.id, partner).width > 3
    assert tuple(change.counts(network, network)) == STATES
    assert change.flow(network, network)["pairs"].sum() == network.ties.height
    assert timeline.of_network(network.tables, draws=10).height == len(network.tables["waves"]) * len(catalogue.of("network"))


def test_an_empty_network_has_counts_of_0_and_no_shares():
    """And says what to do."""
    found = catalogue.whole(CASES["empty"]())
    assert found["partners"] == found["ties"] == found["components"] == found["communities"] == 0
    assert found["density"] is found["mean_strength"] is found["largest_component_share"] is None
    assert "widen the filters" in notices(CASES["empty"]())[0]


def test_one_and_two_partners_have_nobody_to_be_between():
    """Betweenness and centralisation are null; one partner has no closeness either."""
    one, two = (catalogue.partners(CASES[name]()).row(0, named=True) for name in ("one partner", "two partners"))
    assert one["betweenness"] is one["closeness"] is one["constraint"] is two["betweenness"] is None
    assert (two["closeness"], two["constraint"], two["effective_size"]) == (1, 1, 1)
    assert catalogue.whole(CASES["two partners"]())["degree_centralisation"] is None


def test_isolates_are_0_where_it_is_known_and_null_where_it_is_not():
    """No ties is a fact; the share of no ties is not a number."""
    row = catalogue.partners(CASES["all isolates"]()).row(0, named=True)
    zeros = ("partners", "total_strength", "betweenness", "closeness", "core", "sectors_reached", "coordinator", "cut_off")
    nulls = (
        "mean_strength",
        "cross_sector_share",
        "ei_index",
        "participation",
        "constraint",
        "effective_size",
        "eigenvector",
        "community",
    )
    assert all(row[name] == 0 for name in zeros)
    assert all(row[name] is None for name in nulls)


def test_all_reports_0_make_no_ties_but_a_response_rate_of_1():
    """They answered; the answer was none."""
    network = CASES["every level 0"]()
    found = catalogue.whole(network)
    assert (found["ties"], found["response_rate"], found["reciprocity"], found["ties_unknown"]) == (0, 1, None, 0)
    assert shape.levels(network).row(0)[2:] == (6, 1, 12, 1)


def test_ties_of_unknown_strength_count_only_where_strength_does_not():
    """And how many they are is there to be shown."""
    network = CASES["no strength known"]()
    row, found = catalogue.partners(network).row(1, named=True), catalogue.whole(network)
    assert (row["partners"], row["ties_without_strength"], row["betweenness"], row["sectors_reached"]) == (2, 2, 1 / 3, 1)
    assert row["total_strength"] is row["mean_strength"] is row["constraint"] is row["eigenvector"] is row["community"] is None
    assert (found["ties"], found["ties_without_strength"], found["mean_strength"], found["modularity"]) == (2, 2, None, None)
    assert "2 of 2 partnerships have no known strength" in notices(network)[-1]


def test_ties_of_strength_0_have_a_strength_but_no_weight():
    """Their mean is 0; what needs weight is null."""
    row = catalogue.partners(CASES["every strength zero"]()).row(1, named=True)
    assert (row["partners"], row["mean_strength"], row["total_strength"], row["ties_without_strength"]) == (2, 0, 0, 0)
    assert row["constraint"] is row["effective_size"] is row["eigenvector"] is row["community"] is None


def test_a_wave_nobody_answered_rests_on_documents():
    """Nobody is known to have been asked, so there is no rate and no silence, and a sentence says so."""
    network = CASES["a wave nobody answered"]()
    found = catalogue.whole(network)
    assert (network.wave, found["ties"], found["response_rate"], found["ties_unknown"]) == ("w", 2, None, None)
    assert "Nobody was asked in this wave" in notices(network)[0]
    assert at(network, "v").ties["basis"].to_list() == ["one-sided", "documented"]


def test_an_unknown_measure_or_partner_is_refused_in_a_sentence():
    """With what to choose from."""
    network = CASES["two parts"]()
    with pytest.raises(InvalidRequest, match="choose one of partners, total_strength"):
        catalogue.partners(network, ["fame"])
    with pytest.raises(InvalidRequest, match="choose another"):
        catalogue.rows(network, "partners", "z")
