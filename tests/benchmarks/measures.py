"""How long the measures take, beside plain networkx in the same run: `python tests/benchmarks/measures.py [SIZE …]`.

Networks: LFR benchmark graphs (Lancichinetti, Fortunato & Radicchi 2008; exponents 2.5 and 1.8, mixing 0.1, mean degree 6,
at most 50, seed 1), thinned at random to three ties a partner; strengths are levels 1–5, kinds drawn at random. Times are
the best of three up to 2,000 partners and single runs above. networkx: betweenness, harmonic closeness, constraint,
effective size (with a node list: without one it is wrong when weighted), core, transitivity, Louvain; above
SAMPLED partners its betweenness and closeness are timed from 200 sources and scaled up, marked ~.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import networkx as nx

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.support.networks import tables
from wtnet.measures import catalogue, reach, uncertainty
from wtnet.measures.engine.arrays import arrays, parts
from wtnet.measures.engine.paths import shortest
from wtnet.network import Network, build
from wtnet.tables.model import Tables
from wtnet.tables.schema import KINDS

SIZES = (300, 2_000, 20_000)
SAMPLED = 1_000


def network_tables(n: int, seed: int = 1) -> Tables:
    """Documented ties of an LFR graph with three ties a partner."""
    graph = nx.LFR_benchmark_graph(
        n, 2.5, 1.8, 0.1, average_degree=6, max_degree=50, min_community=20, max_community=min(200, n // 3), seed=seed
    )
    ties = [(a, b) for a, b in graph.edges if a != b]
    draw = random.Random(seed)
    ties = draw.sample(ties, min(3 * n, len(ties)))
    kinds = {f"p{i:06d}": draw.choice(list(KINDS)[:6]) for i in range(n)}
    return tables(kinds, [(f"p{a:06d}", f"p{b:06d}", draw.randint(1, 5)) for a, b in ties])


def best(work: Callable[[], object], runs: int) -> float:
    """Seconds of the fastest run."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def plain(graph: nx.Graph) -> dict[str, tuple[float, bool]]:
    """Seconds of plain networkx per measure, and whether they are scaled up from a sample."""
    n = len(graph)
    some = random.Random(0).sample(list(graph), min(n, 200))
    sampled = n > SAMPLED

    def closeness() -> None:
        for partner in some if sampled else graph:
            sum(1 / d for d in nx.single_source_shortest_path_length(graph, partner).values() if d)

    def betweenness() -> None:
        nx.betweenness_centrality(graph, k=len(some) if sampled else None, seed=0)

    scale = n / len(some) if sampled else 1
    found = {
        "betweenness": (best(betweenness, 1) * scale, sampled),
        "closeness": (best(closeness, 1) * scale, sampled),
        "constraint": (best(lambda: nx.constraint(graph, weight="strength"), 1), False),
        "core": (best(lambda: nx.core_number(graph), 1), False),
        "transitivity": (best(lambda: nx.transitivity(graph), 1), False),
        "community": (best(lambda: nx.community.louvain_communities(graph, weight="strength", seed=1), 1), False),
    }
    if n <= 2_000:
        found["effective_size"] = (best(lambda: nx.effective_size(graph, nodes=list(graph), weight="strength"), 1), False)
    return found


def report(n: int) -> None:
    """Print the table of one size."""
    data = network_tables(n)
    runs = 3 if n <= 2_000 else 1
    network = build(data)

    def fresh() -> Network:
        return Network(network.tables, network.scope, network.wave, network.graph, network.ties, network.directed)

    def line(name: str, work: Callable[[], object], times: int = runs) -> None:
        print(f"  {name:34} {best(work, times):9.3f} s", flush=True)

    print(f"\n{n:,} partners, {network.ties.height:,} ties")
    line("build the network", lambda: build(data))
    line("whole partner catalogue", lambda: catalogue.partners(fresh()))
    line("whole network catalogue", lambda: catalogue.whole(fresh()))
    line("intervals (2,000 draws)", lambda: uncertainty.intervals(network), 1)
    line("E-I permutation (10,000 draws)", lambda: reach.ei_permutation(network), 1)
    line("stability (1,000 weightings)", lambda: uncertainty.stability(network), 1)
    print(f"  memory at most so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    theirs = plain(network.graph)
    a = arrays(network)
    shared = best(lambda: shortest(a.links, parts(a.links).largest, parts(a.links).label), runs)
    print(f"  {'measure':34} {'ours':>9}   {'networkx':>11}   ratio")
    for name, (seconds, scaled) in theirs.items():
        mine = shared if name in ("betweenness", "closeness") else best(partial(compute, name, fresh), runs)
        print(f"  {name:34} {mine:9.3f} s {'~' if scaled else ' '}{seconds:10.3f} s {seconds / mine:7.1f} ×")
    total = theirs["betweenness"][0] + theirs["closeness"][0]
    print(f"  {'betweenness and closeness together':34} {shared:9.3f} s  {total:10.3f} s {total / shared:7.1f} ×")


def compute(name: str, fresh: Callable[[], Network]) -> object:
    """One measure of a network nothing has been worked out for yet."""
    return catalogue.find(name).compute(fresh())


if __name__ == "__main__":
    for size in [int(word.replace(",", "")) for word in sys.argv[1:]] or SIZES:
        report(size)
