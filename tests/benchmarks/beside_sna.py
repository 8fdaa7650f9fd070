"""How long measures and tests take beside R's sna and plain networkx: `python -m tests.benchmarks.beside_sna [SIZE …]`.

Networks are sector maps of three ties a partner. Times are seconds of processor time in one run, the mean of several (of what
takes long: of one), each program given the network ready in its own form; values are held against ours, and a ratio is given only
where they agree. networkx has no regression and no permutation test. sna takes its paths from a matrix of all pairs; above
`MOST` partners it is left out. Without R and its package sna (Debian: r-base-core, r-cran-sna) only networkx stands beside.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from tests.support.made import sector
from wtnet.analysis import mrqap, qap
from wtnet.measures import catalogue
from wtnet.measures.engine.arrays import arrays
from wtnet.network import Network, build

SIZES = (70, 2_000)
MOST, FEW, DRAWS = 2_000, 100, 200
"""Up to `FEW` partners tests are timed too: of more, sna takes minutes for them."""
MISSING = "R with its package sna is not here (Debian: r-base-core, r-cran-sna), so only networkx stands beside."
_R = """
suppressMessages(library(sna))
arguments <- commandArgs(TRUE)
folder <- arguments[1]; draws <- as.integer(arguments[2]); runs <- as.integer(arguments[3])
one <- function(name) { m <- as.matrix(read.csv(file.path(folder, name), header = FALSE)); dimnames(m) <- NULL; m }
g <- one("tie.csv"); w <- one("strength.csv")
spent <- function(name, runs, work) {
  t <- system.time(for (i in 1:runs) v <- work())
  cat(name, (t[[1]] + t[[2]]) / runs, format(sum(v), digits = 12), "\\n")
}
spent("density", runs, function() gden(g, mode = "graph"))
spent("partners", runs, function() degree(g, gmode = "graph"))
spent("betweenness", runs, function() betweenness(g, gmode = "graph"))
spent("closeness", runs, function() closeness(g, gmode = "graph", cmode = "suminvundir"))
spent("core", runs, function() kcores(g, mode = "graph"))
spent("transitivity", runs, function() gtrans(g, mode = "graph"))
spent("components", runs, function() components(g))
if (draws > 0) {
  s <- one("same.csv"); a <- one("apart.csv")
  x <- array(0, c(2, nrow(g), nrow(g))); x[1, , ] <- s; x[2, , ] <- a
  set.seed(1)
  spent("QAP", 1, function() qaptest(list(w, s), gcor, reps = draws, g1 = 1, g2 = 2)$testval)
  spent("MRQAP, strength", 1, function() netlm(w, x, mode = "graph", nullhyp = "qapspp", reps = draws)$coefficients[-1])
  spent("MRQAP, existence", 1, function() netlogit(g, x, mode = "graph", nullhyp = "qapspp", reps = draws)$coefficients[-1])
}
"""
Figure = tuple[float, float]
"""Seconds of processor time, and the sum of the values."""


def spent(work: Callable[[], Any], runs: int) -> Figure:
    """Seconds of processor time, the mean of so many runs, and the sum of what comes out."""
    start = time.process_time()
    for _ in range(runs):
        values = work()
    seconds = (time.process_time() - start) / runs
    values = list(values.values()) if isinstance(values, dict) else values
    return seconds, float(np.nansum(np.asarray(values, dtype=float)))


def relations(network: Network) -> dict[str, np.ndarray]:
    """Which pairs have a tie, how strong it is (0 without), are of one kind, and stand how far apart in the list (n × n each)."""
    order = list(network.graph)
    tie = nx.to_numpy_array(network.graph, order, weight=None)
    kinds = np.array([network.graph.nodes[partner]["kind"] for partner in order])
    number = np.arange(len(order))
    return {
        "tie": tie,
        "strength": nx.to_numpy_array(network.graph, order, weight="strength"),
        "same": (kinds[:, None] == kinds[None, :]).astype(float) * (1 - np.eye(len(order))),
        "apart": np.abs(np.subtract.outer(number, number)) / len(order),
    }


def ours(network: Network, matrices: dict[str, np.ndarray], draws: int, runs: int) -> dict[str, Figure]:
    """Ours, each of a network nothing has been worked out for but its arrays."""

    def measure(name: str, of: str) -> Callable[[], Any]:
        def work() -> Any:
            fresh = Network(network.tables, network.scope, network.wave, network.graph, network.ties, network.directed)
            return catalogue.find(name, of).compute(fresh)

        return work

    of = dict.fromkeys(("density", "transitivity", "components"), "network")
    names = ("density", "partners", "betweenness", "closeness", "core", "transitivity", "components")
    figures = {name: spent(measure(name, of.get(name, "partner")), runs) for name in names}
    if draws:
        strength, tie, reasons = matrices["strength"], matrices["tie"], {name: matrices[name] for name in ("same", "apart")}

        def values(response: np.ndarray, logistic: bool) -> list[float | None]:
            return [each.value for each in mrqap.regress(response, reasons, logistic, draws=draws).coefficients]

        figures["QAP"] = spent(lambda: qap.qap(strength, reasons["same"], draws).r, 1)
        figures["MRQAP, strength"] = spent(lambda: values(strength, False), 1)
        figures["MRQAP, existence"] = spent(lambda: values(tie, True), 1)
    return figures


def of_networkx(graph: nx.Graph, runs: int) -> dict[str, Figure]:
    """What networkx has of them."""
    return {
        "density": spent(lambda: nx.density(graph), runs),
        "partners": spent(lambda: dict(graph.degree), runs),
        "betweenness": spent(lambda: nx.betweenness_centrality(graph), runs),
        "closeness": spent(
            lambda: {partner: value / (len(graph) - 1) for partner, value in nx.harmonic_centrality(graph).items()}, 1
        ),
        "core": spent(lambda: nx.core_number(graph), runs),
        "transitivity": spent(lambda: nx.transitivity(graph), runs),
        "components": spent(lambda: nx.number_connected_components(graph), runs),
    }


def of_sna(matrices: dict[str, np.ndarray], draws: int, runs: int) -> dict[str, Figure] | None:
    """What R's sna takes for them; None where it is not here."""
    n = len(matrices["tie"])
    with tempfile.TemporaryDirectory() as folder:
        for name, matrix in matrices.items():
            np.savetxt(Path(folder) / f"{name}.csv", matrix, delimiter=",", fmt="%.17g")
        (Path(folder) / "run.R").write_text(_R, encoding="utf-8")
        try:
            run = subprocess.run(
                ["Rscript", f"{folder}/run.R", folder, str(draws), str(runs)], capture_output=True, text=True, check=True
            )
        except (FileNotFoundError, subprocess.CalledProcessError):
            return None
    lines = [line.rsplit(" ", 2) for line in (line.strip() for line in run.stdout.splitlines()) if line]
    figures = {name: (float(seconds), float(total)) for name, seconds, total in lines}
    pairs = (n - 1) * (n - 2) / 2
    figures["betweenness"] = figures["betweenness"][0], figures["betweenness"][1] / pairs  # sna counts pairs
    return figures


def report(n: int) -> None:
    """Print the table of one size."""
    network = build(sector(n, 3 * n))
    arrays(network)
    draws, runs = (DRAWS, 50) if n <= FEW else (0, 1)
    matrices = relations(network)
    mine, plain = ours(network, matrices, draws, runs), of_networkx(network.graph, runs)
    sna = of_sna(matrices, draws, runs) if n <= MOST else {}
    print(f"\n{n:,} partners, {network.ties.height:,} ties" + (f", {draws:,} draws" if draws else ""))
    if sna is None:
        print(MISSING)
    print("| | ours | sna | | networkx | |\n|---|--:|--:|--:|--:|--:|")
    for name, (seconds, total) in mine.items():
        print(f"| {name} | {seconds:.4f} s | {beside(sna or {}, name, seconds, total)} | {beside(plain, name, seconds, total)} |")


def beside(theirs: dict[str, Figure], name: str, seconds: float, total: float) -> str:
    """Another program's seconds and how many times ours they are; that it says another thing, where it does."""
    if name not in theirs:
        return "– | –"
    other, value = theirs[name]
    same = bool(np.isclose(value, total, rtol=1e-6))
    return f"{other:.4f} s | " + (
        f"{other / max(seconds, 1e-6):.1f} ×" if same else f"other value ({value:.6g}, ours {total:.6g})"
    )


if __name__ == "__main__":
    for size in [int(word.replace(",", "")) for word in sys.argv[1:]] or SIZES:
        report(size)
