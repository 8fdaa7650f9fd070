"""Brokerage: Burt's measures and Gould and Fernandez's roles, against brute force."""

import itertools
import random

import numpy as np
import pytest

from tests.support.networks import lines, net
from wtnet.measures import brokerage
from wtnet.tables.schema import KINDS


def test_the_textbook_values():
    """Triangle: constraint 1.125 each, effective size 1; centre of a star of five: 0.25 and 4."""
    triangle = net("a b c", lines("a-b b-c a-c"))
    assert list(brokerage.constraint(triangle).values()) == pytest.approx([1.125] * 3)
    assert list(brokerage.effective_size(triangle).values()) == pytest.approx([1] * 3)
    star = net("c w x y z", lines("c-w c-x c-y c-z"))
    assert (brokerage.constraint(star)["c"], brokerage.effective_size(star)["c"]) == (0.25, 4)


def noise(seed, n=14, ties=45):
    """A random network of strengths 0–1, some unknown."""
    draw = random.Random(seed)
    names = [f"p{i:02d}" for i in range(n)]
    kinds = {name: draw.choice(list(KINDS)[:3]) for name in names}
    chosen = draw.sample(list(itertools.combinations(names, 2)), ties)
    return net(kinds, [(a, b, draw.choice([0, 1, 2, 3, 4, 5, None])) for a, b in chosen])


@pytest.mark.parametrize("seed", range(4))
def test_constraint_and_effective_size_are_burts_formulas(seed):
    """Written out with full matrices; unknown and zero strengths have no weight."""
    network = noise(seed)
    ids = list(network.graph)
    w = np.zeros((len(ids), len(ids)))
    for a, b, strength in network.graph.edges(data="strength"):
        w[ids.index(a), ids.index(b)] = w[ids.index(b), ids.index(a)] = strength or 0
    p, m = w / w.sum(axis=1, keepdims=True), w / w.max(axis=1, keepdims=True)
    constraint, size = brokerage.constraint(network), brokerage.effective_size(network)
    for i, partner in enumerate(ids):
        near = np.flatnonzero(w[i])
        assert constraint[partner] == pytest.approx(sum((p[i, j] + p[i] @ p[:, j]) ** 2 for j in near), rel=1e-12)
        assert size[partner] == pytest.approx(sum(1 - p[i] @ m[j] for j in near), rel=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_roles_equal_a_recount(seed):
    """Every ordered open two-path, one by one."""
    graph = noise(seed).graph
    kind = {partner: graph.nodes[partner]["kind"] for partner in graph}
    counted = {role: dict.fromkeys(graph, 0) for role in ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")}
    for b in graph:
        for a, c in itertools.permutations(graph[b], 2):
            if not graph.has_edge(a, c):
                if kind[a] == kind[c]:
                    role = "coordinator" if kind[a] == kind[b] else "itinerant"
                else:
                    role = {kind[c]: "gatekeeper", kind[a]: "representative"}.get(kind[b], "liaison")
                counted[role][b] += 1
    network = noise(seed)
    for role, values in counted.items():
        assert getattr(brokerage, role)(network) == values


def test_a_partner_between_a_freelancer_and_a_funder():
    """One open pair counts in both directions."""
    network = net({"m": "museum", "f": "freelancer", "u": "funder"}, lines("m-f m-u"))
    assert brokerage.liaison(network) == {"m": 2, "f": 0, "u": 0}
