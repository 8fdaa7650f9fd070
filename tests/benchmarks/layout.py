"""How fast and how telling the layout is, beside networkx's spring layout and chance: python tests/benchmarks/layout.py

Networks: LFR benchmark graphs (Lancichinetti, Fortunato and Radicchi 2008; networkx's generator with the settings
printed), self-loops dropped. The score is the share of a partner's ten nearest on the plane that are in its own community.
The communities are those of one run of networkx's Louvain, and the planted ones. `wtnet` finds its own, by several such
runs that agree; `given` is the layout told the communities of the one run, as on a map that colours them. Chance: the same
places dealt out at random. `tie/pair` is mean tie length over mean distance of two partners (1 for places at random; lower
is tidier, too low is a clump); `least` the smallest distance of two partners. The spring layout runs where it takes about
half a minute at most. `--large` adds 20,000 partners (about half a minute more).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import numpy as np
from scipy.spatial import cKDTree

sys.path.insert(0, str(Path(__file__).parents[2]))

from wtnet.layout.positions import positions

SETTINGS = {"tau1": 2.5, "tau2": 1.5, "average_degree": 5, "max_degree": 50, "min_community": 30, "max_community": 200}
CASES = [(2000, 0.1, 5), (2000, 0.2, 5), (2000, 0.3, 5)]
LARGE = [(20_000, 0.1, 5)]
SPRING_UP_TO = 2000


def lfr(n: int, mixing: float, seed: int) -> tuple[nx.Graph, dict[str, int]]:
    """An LFR graph with text ids, and the planted community of each partner."""
    made = nx.LFR_benchmark_graph(n, mu=mixing, seed=seed, max_iters=500, **SETTINGS)
    graph = nx.Graph()
    graph.add_nodes_from(f"org-{i}" for i in made)
    graph.add_edges_from((f"org-{a}", f"org-{b}") for a, b in made.edges if a != b)
    return graph, {f"org-{i}": min(made.nodes[i]["community"]) for i in made}


def small(n: int, seed: int) -> tuple[nx.Graph, dict[str, int]]:
    """A planted partition of n partners in groups of 14: the size of a survey, too small for LFR."""
    made = nx.planted_partition_graph(n // 14, 14, 0.32, 0.025, seed=seed)
    return nx.relabel_nodes(made, lambda i: f"org-{i}"), {f"org-{i}": i // 14 for i in made}


def share(points: np.ndarray, label: np.ndarray) -> float:
    """Share of the ten nearest on the plane that are in the same community."""
    near = cKDTree(points).query(points, k=11)[1][:, 1:]
    return float((label[near] == label[:, None]).mean())


def tie_over_pair(points: np.ndarray, ties: np.ndarray) -> float:
    """Mean tie length over the mean distance of 200,000 pairs drawn at random."""
    pairs = np.random.default_rng(0).integers(0, len(points), (200_000, 2))
    lengths = [np.hypot(*(points[some[:, 0]] - points[some[:, 1]]).T) for some in (ties, pairs)]
    return float(lengths[0].mean() / lengths[1].mean())


def timed(call: Callable[[], dict]) -> tuple[dict, float]:
    start = time.perf_counter()
    return call(), time.perf_counter() - start


def report(name: str, graph: nx.Graph, planted: dict[str, int], spring: bool) -> None:
    nodes = list(graph)
    number = {node: i for i, node in enumerate(nodes)}
    ties = np.array([(number[a], number[b]) for a, b in graph.edges])
    found = nx.community.louvain_communities(graph, seed=1)
    label = np.zeros(len(nodes), dtype=int)
    for k, members in enumerate(found):
        label[[number[node] for node in members]] = k
    true = np.array([planted[node] for node in nodes])
    ours, seconds = timed(lambda: positions(graph))
    rows = [("wtnet", np.array([ours[node] for node in nodes]), seconds)]
    told, told_seconds = timed(lambda: positions(graph, dict(zip(nodes, label.tolist(), strict=True))))
    if spring:
        theirs, spring_seconds = timed(lambda: nx.spring_layout(graph, seed=1))
        rows.append(("spring", np.array([theirs[node] for node in nodes]), spring_seconds))
    rows.append(("given", np.array([told[node] for node in nodes]), told_seconds))
    rows.append(("chance", np.random.default_rng(0).permutation(rows[0][1]), float("nan")))
    for layout, points, took in rows:
        ratio = f"{rows[1][2] / took:8.1f}x" if spring and layout == "wtnet" else " " * 9
        clock = "       –" if np.isnan(took) else f"{took:8.2f}"
        gap = cKDTree(points).query(points, k=2)[0][:, 1].min() if layout == "wtnet" else float("nan")
        print(
            f"{name:26}{len(nodes):7}{len(ties):7}  {layout:7}{clock}{ratio}{share(points, label):9.3f}{share(points, true):9.3f}"
            f"{tie_over_pair(points, ties):9.2f}" + (f"{gap:9.1f}" if layout == "wtnet" else ""),
            flush=True,
        )


def main() -> None:
    print("LFR settings:", ", ".join(f"{key}={value}" for key, value in SETTINGS.items()))
    print(
        f"{'network (mixing, seed)':26}{'n':>7}{'ties':>7}  {'layout':7}{'seconds':>8}{'faster':>9}{'Louvain':>9}{'planted':>9}"
        f"{'tie/pair':>9}{'least':>9}"
    )
    for n in (28, 70, 140):
        report("planted partition (3)", *small(n, 3), spring=True)
    for n, mixing, seed in CASES + (LARGE if "--large" in sys.argv else []):
        report(f"LFR ({mixing}, {seed})", *lfr(n, mixing, seed), spring=n <= SPRING_UP_TO)
    star = nx.relabel_nodes(nx.star_graph(9800), str)
    report("star of one funder", star, dict.fromkeys(star, 0), spring=False)


if __name__ == "__main__":
    main()
