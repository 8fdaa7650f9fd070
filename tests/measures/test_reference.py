"""Every measure against values worked out by other programs on public networks, and compiled engines against networkx.

The files in `tests/reference` hold a network, where it comes from, and what R's igraph and sna (or a formula written out
in base R) give for it. Values agree to 1e-9. Where our definition is another, the family's own test works it by hand.
"""

from functools import cache

import networkx as nx
import numpy as np
import pytest

from tests.support.networks import REFERENCE, reference
from wtnet.measures import catalogue, reach, resilience
from wtnet.measures.engine.arrays import arrays
from wtnet.measures.engine.communities import communities, modularity
from wtnet.measures.engine.paths import _one_at_a_time, paths
from wtnet.measures.engine.triangles import oriented, triangles

NAMES = sorted(file.stem for file in REFERENCE.glob("*.json"))
LARGE = ("us_local_health_departments",)
"""Networks of so many ties that networkx takes seconds."""
PARTNER = {
    "degree_all": "partners",
    "betweenness_normalized": "betweenness",
    "closeness_sna_suminv": "closeness",
    "eigenvector_unit": "eigenvector",
    "eigenvector_weighted_unit": "eigenvector",
    "constraint": "constraint",
    "constraint_weighted": "constraint",
    "effective_size_burt": "effective_size",
    "effective_size_burt_weighted": "effective_size",
    "coreness": "core",
    "ei_by_node": "ei_index",
}
WHOLE = {
    "density": "density",
    "transitivity_global": "transitivity",
    "centralization_degree_all": "degree_centralisation",
    "centralization_betweenness": "betweenness_centralisation",
    "assortativity_nominal_undirected": "assortativity",
}
EVERYONE_ANSWERED = ("hightech_managers_advice", "knoke_information")


@cache
def load(name):
    data, network = reference(name)
    return data, network, {key: item["value"] for key, item in data["values"].items()}


def close(ours, theirs):
    """Equal to 1e-9; theirs print 15 digits, so a zero may be 1e-16."""
    return ours == pytest.approx(theirs, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("key", PARTNER)
def test_partner_measures_equal_the_reference(name, key):
    """Eigenvector entries outside the largest part are null here and 0 there."""
    data, network, values = load(name)
    if key not in values:
        pytest.skip("not worked out for this network")
    ours = catalogue.find(PARTNER[key], "partner").compute(network)
    for partner, theirs in zip(data["nodes"], values[key], strict=True):
        mine = ours[partner]
        if PARTNER[key] == "eigenvector" and mine is None:
            assert abs(theirs) < 1e-12
        else:
            assert (mine is None and theirs is None) or close(mine, theirs), partner


@pytest.mark.parametrize("name", NAMES)
def test_network_measures_equal_the_reference(name):
    """Density, closure, centralisation, assortativity, parts, distance, E-I, reciprocity."""
    data, network, values = load(name)
    ours = catalogue.whole(network)
    for key, measure in WHOLE.items():
        if key in values:
            assert close(ours[measure], values[key]), key
    parts = values["components_weak"]
    assert ours["components"] == parts["count"]
    assert ours["largest_component_share"] == np.max(parts["sizes"]) / len(data["nodes"])
    if "mean_distance" in values and parts["count"] == 1:
        assert close(ours["mean_distance"], values["mean_distance"])
    if "ei_index" in values:
        assert close(ours["ei_index"], values["ei_index"]["ei"])
        assert close(ours["cross_sector_share"], values["ei_index"]["external"] / ours["ties"])
    if name in EVERYONE_ANSWERED:
        assert close(ours["reciprocity"], values["reciprocity_dyad_ratio"])


@pytest.mark.parametrize("name", NAMES)
def test_cut_points_and_bridges_equal_the_reference(name):
    """The same partners and the same ties, not only as many."""
    data, network, values = load(name)
    nodes = data["nodes"]
    critical = [partner for partner, yes in resilience.only_link(network).items() if yes]
    assert sorted(map(nodes.index, critical)) == values["articulation_points"]
    ids = list(network.graph)
    ties = [(ids[one], ids[other]) for one, other in resilience.cuts(network).bridges]
    assert sorted(sorted((nodes.index(a), nodes.index(b))) for a, b in ties) == values["bridges"]


@pytest.mark.parametrize("name", [name for name in NAMES if "brokerage_raw_by_node" in load(name)[2]])
def test_brokerage_equals_the_reference(name):
    """Gould and Fernandez's five roles, counted over ordered pairs as sna does."""
    data, network, values = load(name)
    for role, theirs in values["brokerage_raw_by_node"].items():
        assert [catalogue.find(role).compute(network)[partner] for partner in data["nodes"]] == theirs


@pytest.mark.parametrize("name", [name for name in NAMES if "mixing_matrix_arcs" in load(name)[2]])
def test_mixing_and_modularity_equal_the_reference(name):
    """Ties within a group count twice in theirs; modularity is of the division into groups."""
    data, network, values = load(name)
    a = arrays(network)
    kinds = {partner: network.graph.nodes[partner]["kind"] for partner in network.graph}
    kind_of = {group: kinds[node] for group, node in zip(data["groups"], data["nodes"], strict=True)}
    cell = {frozenset((row["kind_a"], row["kind_b"])): row["ties"] for row in reach.mixing(network).rows(named=True)}
    mixing = values["mixing_matrix_arcs"]
    for i, one in enumerate(mixing["groups"]):
        for j, other in enumerate(mixing["groups"]):
            ties = cell[frozenset((kind_of[one], kind_of[other]))]
            assert mixing["matrix"][i][j] == ties * (2 if i == j else 1)
    for key in ("modularity_of_group_partition", "modularity_of_group_partition_weighted"):
        if key in values:
            assert close(modularity(a.source, a.target, a.weight, a.kind), values[key])


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.thorough) if name in LARGE else name for name in NAMES])
def test_our_engines_equal_networkx(name):
    """Betweenness, closeness, core, parts, cut points, bridges, closure, modularity, Burt's measures: to 1e-9."""
    _, network, _ = load(name)
    graph, a = network.graph, arrays(network)
    ours = catalogue.partners(network, ["betweenness", "closeness", "core", "constraint"])
    n = len(graph)
    assert close(ours["betweenness"].to_list(), list(nx.betweenness_centrality(graph).values()))
    harmonic = nx.harmonic_centrality(graph)
    assert close(ours["closeness"].to_list(), [harmonic[partner] / (n - 1) for partner in graph])
    assert ours["core"].to_list() == list(nx.core_number(graph).values())
    theirs = list(nx.constraint(graph, weight="strength").values())
    assert np.allclose(ours["constraint"].fill_null(float("nan")).to_numpy(), theirs, rtol=1e-9, atol=0, equal_nan=True)
    assert set(nx.articulation_points(graph)) == {partner for partner, yes in resilience.only_link(network).items() if yes}
    assert resilience.bridges(network) == sum(1 for _ in nx.bridges(graph))
    assert sum(len(uv) for uv, _, _ in triangles(a, oriented(network))) == sum(nx.triangles(graph).values()) / 3
    label = communities(network).label
    groups = [{a.ids[i] for i in np.flatnonzero(label == k)} for k in range(label.max() + 1)]
    groups += [{a.ids[i]} for i in np.flatnonzero(label < 0)]
    assert close(communities(network).modularity, nx.community.modularity(graph, groups, weight="strength"))


@pytest.mark.parametrize("name", NAMES)
def test_both_ways_through_all_shortest_paths_agree(name):
    """Blocks of partners, and one partner at a time for networks many steps across."""
    _, network, _ = load(name)
    blocks, single = paths(network), _one_at_a_time(arrays(network).links)
    for one, other in (
        (blocks.betweenness, single.betweenness),
        (blocks.harmonic, single.harmonic),
        (blocks.distance, single.distance),
    ):
        assert close(one.tolist(), other.tolist())
