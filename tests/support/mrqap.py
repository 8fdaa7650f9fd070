"""Relations on public networks for regression by QAP: the same for R, which made the reference values, and for the tests.

`python -m tests.support.mrqap` makes `tests/reference/mrqap/mrqap.json` anew; it needs R with the package sna
(Debian: r-base-core, r-cran-sna), which nothing else does.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tests.support.paths import REFERENCE

FILE = REFERENCE / "mrqap" / "mrqap.json"
DRAWS = {"linear": 2_000, "logistic": 1_000}


class Case(NamedTuple):
    """A response (n × n, NaN where unknown), predictors by name, whether pairs have a direction, and which regression."""

    response: np.ndarray
    predictors: dict[str, np.ndarray]
    directed: bool
    kind: str


def _network(name: str) -> dict:
    others = json.loads((REFERENCE / "qap" / "qap.json").read_text(encoding="utf-8"))["networks"]
    path = REFERENCE / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else others[name] | {"directed": False}


def _matrix(name: str, weighted: bool) -> np.ndarray:
    """Weights of the ties (0 without one), or whether there is one."""
    data = _network(name)
    matrix = np.zeros((len(data["nodes"]),) * 2)
    for source, target, weight in data["edges"]:
        matrix[source, target] = weight if weighted and weight is not None else 1
        if not data["directed"]:
            matrix[target, source] = matrix[source, target]
    np.fill_diagonal(matrix, 0)
    return matrix


def _alike(values: list) -> np.ndarray:
    words = np.array([str(value) for value in values])
    return (words[:, None] == words[None, :]).astype(float)


def _apart(n: int) -> np.ndarray:
    """How far apart two nodes stand in the file: an arbitrary relation that is the same for everybody."""
    return np.abs(np.subtract.outer(np.arange(n), np.arange(n))) / n


def _among_ties(matrix: np.ndarray) -> np.ndarray:
    return np.where(matrix > 0, matrix, np.nan)


def _silenced(matrix: np.ndarray, nodes: tuple[int, ...], directed: bool) -> np.ndarray:
    """Without what some nodes say (their rows; of pairs without direction, all of theirs)."""
    quiet = matrix.copy()
    for node in nodes:
        quiet[node, :] = np.nan
        if not directed:
            quiet[:, node] = np.nan
    return quiet


def cases() -> dict[str, Case]:
    """Eight of them on seven networks: existence and strength, one with missing rows, with and without direction."""

    def predictors(name: str, *more: str) -> dict[str, np.ndarray]:
        data = _network(name)
        n = len(data["nodes"])
        found = {"alike": _alike(data["groups"])} if data.get("groups") else {}
        return (
            found
            | {other: _matrix(other, False) for other in more}
            | {"apart": _apart(n), "third": _alike([i % 3 for i in range(n)])}
        )

    indiana = ("indiana_tobacco_contact", "indiana_tobacco_dissemination")
    marriage, business, tobacco = "florentine_marriage", "florentine_business", "indiana_tobacco_collaboration"
    texas, knoke = _matrix("emon_texas", True), _matrix("knoke_information", False)
    return {
        "florentine": Case(_matrix(marriage, False), predictors(marriage, business), False, "logistic"),
        "karate": Case(_matrix("karate", False), predictors("karate"), False, "logistic"),
        "dhhs": Case(_among_ties(_matrix("dhhs_collaboration", True)), predictors("dhhs_collaboration"), False, "linear"),
        "indiana": Case(_among_ties(_matrix(tobacco, True)), predictors(tobacco, *indiana), False, "linear"),
        "indiana silent": Case(
            _silenced(_matrix(tobacco, False), (2, 9, 17), False),
            predictors(tobacco, *indiana),
            False,
            "logistic",
        ),
        "texas": Case(texas, predictors("emon_texas"), True, "linear"),
        "hightech": Case(_matrix("hightech_managers_advice", False), predictors("hightech_managers_advice"), True, "logistic"),
        "knoke silent": Case(_silenced(knoke, (1, 6), True), predictors("knoke_information"), True, "linear"),
    }  # fmt: skip


_R = """
suppressMessages(library(sna))
set.seed(2007)
arguments <- commandArgs(TRUE)
folder <- arguments[1]
n <- as.integer(arguments[2]); k <- as.integer(arguments[3]); mode <- arguments[4]; kind <- arguments[5]
reps <- as.integer(arguments[6])
one <- function(name) as.matrix(read.csv(file.path(folder, name), header = FALSE))
y <- one("y.csv"); dimnames(y) <- NULL
x <- array(0, c(k, n, n))
for (i in 1:k) x[i, , ] <- one(paste0("x", i, ".csv"))
fit <- if (kind == "linear") suppressWarnings(netlm(y, x, mode = mode, nullhyp = "qapspp", reps = reps)) else
  suppressWarnings(netlogit(y, x, mode = mode, nullhyp = "qapspp", reps = reps))
out <- function(v) cat(paste(format(v, digits = 15), collapse = " "), "\\n")
out(fit$coefficients); out(fit$tstat); out(fit$pgreqabs); out(fit$pgreq)
cat(paste(R.version$major, R.version$minor, sep = "."), as.character(packageVersion("sna")), fit$n, "\\n")
"""


def _run(case: Case, folder: Path) -> dict:
    np.savetxt(folder / "y.csv", case.response, delimiter=",", fmt="%.17g")
    for number, predictor in enumerate(case.predictors.values(), 1):
        np.savetxt(folder / f"x{number}.csv", predictor, delimiter=",", fmt="%.17g")
    (folder / "y.csv").write_text((folder / "y.csv").read_text().replace("nan", "NA"))
    (folder / "run.R").write_text(_R)
    shape = [str(len(case.response)), str(len(case.predictors)), "digraph" if case.directed else "graph"]
    command = ["Rscript", str(folder / "run.R"), str(folder), *shape, case.kind, str(DRAWS[case.kind])]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    names = ("coefficients", "statistics", "p", "p_higher")
    values = {name: [float(value) for value in line.split()] for name, line in zip(names, told, strict=False)}
    r, sna, cells = told[4].split()
    return {
        "kind": case.kind,
        "predictors": list(case.predictors),
        "cells": int(cells),
        "draws": DRAWS[case.kind],
        "r": r,
        "sna": sna,
    } | values


def main() -> None:
    """Make the reference file."""
    values = {}
    for name, case in cases().items():
        with tempfile.TemporaryDirectory() as folder:
            values[name] = _run(case, Path(folder))
        print(name, values[name]["p"], file=sys.stderr)
        _write(values)


def _write(values: dict) -> None:
    about = {
        "origin": 'sna::netlm and sna::netlogit, nullhyp = "qapspp", seed 2007, on networks in this folder',
        "how": "python -m tests.support.mrqap",
        "licence": "Public data sets, credited in their files; the figures are facts computed from them",
    }
    FILE.write_text(json.dumps(about | {"values": values}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
