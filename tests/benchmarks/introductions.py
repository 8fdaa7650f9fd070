"""How long introductions take, and how good they are beside simpler rankings: `python -m tests.benchmarks.introductions`.

Quality: the shipped example, wave by wave. Speed: LFR networks of 2,000 and 10,000 partners (mean degree 5; networkx's generator)
and a grant list of one funder, the first hundred introductions each, beside networkx's resource_allocation_index over all pairs.
"""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import networkx as nx
import polars as pl

from tests.support.networks import net
from wtnet.analysis.introductions import introductions, quality
from wtnet.importing import check_files
from wtnet.network import Network

ROOT = Path(__file__).parents[2]


def lfr(n: int) -> nx.Graph:
    made = nx.LFR_benchmark_graph(
        n, tau1=2.5, tau2=1.5, mu=0.2, average_degree=5, max_degree=50, min_community=30, max_community=200, seed=5, max_iters=500
    )
    graph = nx.Graph()
    graph.add_nodes_from(made)
    graph.add_edges_from((a, b) for a, b in made.edges if a != b)
    return graph


def network(graph: nx.Graph) -> Network:
    return net(" ".join(f"p{i}" for i in graph), [(f"p{i}", f"p{j}", 3) for i, j in graph.edges])


def seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    tables = check_files([ROOT / "data" / "example"]).tables
    with pl.Config(tbl_rows=20, tbl_cols=12, tbl_hide_dataframe_shape=True, float_precision=3, tbl_width_chars=160):
        print(quality(tables))
    print(f"\n{dt.date.today()}\n{'network':24}{'partners':>9}{'ties':>8}{'wtnet s':>9}{'networkx s':>12}")
    cases = [("LFR", lfr(2_000), True), ("LFR", lfr(10_000), False), ("one funder's grants", nx.star_graph(9_999), False)]
    for name, graph, beside in cases:
        built = network(graph)
        ours = seconds(lambda built=built: introductions(built))
        theirs = (
            f"{seconds(lambda graph=graph: sorted(nx.resource_allocation_index(graph), key=lambda x: -x[2])[:100]):12.2f}"
            if beside
            else f"{'–':>12}"
        )
        print(f"{name:24}{graph.number_of_nodes():9,}{graph.number_of_edges():8,}{ours:9.2f}{theirs}")


if __name__ == "__main__":
    main()
