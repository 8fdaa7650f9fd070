"""Public networks as if they had grown over four waves, for the logistic regression of what begins: the same for R and the tests.

`python -m tests.support.mrqap_waves` makes `tests/reference/mrqap/waves.json` anew; it needs R alone (Debian: r-base-core).
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from tests.support.mrqap import _alike, _apart, _matrix
from tests.support.paths import REFERENCE

FILE = REFERENCE / "mrqap" / "waves.json"
NETWORKS = (
    "karate",
    "dhhs_collaboration",
    "indiana_tobacco_collaboration",
    "hightech_managers_advice",
    "emon_texas",
    "krackhardt_kite",
)
WAVES = 4
SILENT = {"dhhs_collaboration": (3, 17, 30), "hightech_managers_advice": (5,)}
"""Nodes that say nothing in the last wave, so that pairs of theirs are not followed into it."""


def followed(name: str) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Whether each pair without a tie in a wave has one in the next (waves − 1 × n × n, NaN where it had one or where that is not
    known), and what goes before it. Ties come into being in an order that depends on their ends alone."""
    ties = ((_matrix(name, False) + _matrix(name, False).T) > 0).astype(float)
    n = len(ties)
    number = np.arange(n)
    turn = (np.add.outer(number, number) * 7 + np.multiply.outer(number, number) * 3) % (2 * WAVES) // 2
    there = [np.where(turn <= wave, ties, 0.0) for wave in range(WAVES)]
    later = [each.copy() for each in there[1:]]
    for node in SILENT.get(name, ()):
        later[-1][node, :] = later[-1][:, node] = np.nan
    response = np.stack([np.where(before == 0, after, np.nan) for before, after in zip(there[:-1], later, strict=True)])
    shared = np.stack([(each @ each >= 2).astype(float) for each in there[:-1]])
    alike = np.broadcast_to(_alike([node % 3 for node in range(n)]), response.shape)
    return response, {"shared": shared, "alike": alike, "apart": np.broadcast_to(_apart(n), response.shape)}


_R = """
data <- read.csv(commandArgs(TRUE)[1])
data$wave <- factor(data$wave)
fit <- glm(began ~ shared + alike + apart + wave, data, family = binomial, control = list(epsilon = 1e-14, maxit = 100))
out <- function(v) cat(paste(format(v, digits = 15), collapse = " "), "\\n")
out(coef(fit)); out(summary(fit)$coefficients[, 3])
cat(paste(R.version$major, R.version$minor, sep = "."), nrow(data), sum(data$began), "\\n")
"""


def _run(name: str) -> dict[str, object]:
    response, predictors = followed(name)
    rows, columns = np.tril_indices(response.shape[1], -1)
    lines = ["began," + ",".join(predictors) + ",wave"]
    for wave, layer in enumerate(response):
        for row, column in zip(rows, columns, strict=True):
            if not np.isnan(layer[row, column]):
                values = [predictors[each][wave, row, column] for each in predictors]
                lines.append(",".join(f"{value:.17g}" for value in (layer[row, column], *values, wave)))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "data.csv").write_text("\n".join(lines))
        Path(folder, "run.R").write_text(_R)
        command = ["Rscript", f"{folder}/run.R", f"{folder}/data.csv"]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    r, cells, began = told[2].split()
    coefficients, statistics = ([float(value) for value in line.split()] for line in told[:2])
    return {"r": r, "cells": int(cells), "began": int(began), "coefficients": coefficients, "statistics": statistics}


def main() -> None:
    """Make the reference file."""
    about = {
        "origin": "R's glm(family = binomial) with a level for each wave, on networks in this folder cut into waves",
        "how": "python -m tests.support.mrqap_waves",
        "licence": "Public data sets, credited in their files; the figures are facts computed from them",
        "values": {name: _run(name) for name in NETWORKS},
    }
    FILE.write_text(json.dumps(about, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
