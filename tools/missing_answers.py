"""How far figures go wrong when answers are missing, by how they are treated: the table of docs/methods.md.

    python tools/missing_answers.py            # prints the table; takes some minutes

Of the example's partners that answered in its last wave some are silenced, at random or those with the fewest partnerships rather
than others, and density, mean strength, reciprocity and centralisation are worked out anew from what is left, three ways:

- available cases: pairs in which both answered;
- reconstruction: what either side says, the other's word standing in for the missing one (Stork & Richards 1992; Huisman 2009);
- imputation: reconstruction, and pairs of two silent partners drawn: whether there is a partnership from a logistic regression
  on both partners' numbers of reported ones and on being of one kind, its strength from the known strengths; drawn 20 times from
  the known pairs resampled; the range is that of the draws, by Rubin's rules (1987) without what comes from sampling partners.
"""

from __future__ import annotations

import sys

import numpy as np

from wtnet.analysis.mrqap import _logistic
from wtnet.importing import shipped
from wtnet.network import build
from wtnet.network.scope import Scope

TIMES, IMPUTATIONS = 60, 20
FIGURES = ("density", "mean strength", "reciprocity", "centralisation")


def figures(tie: np.ndarray, strength: np.ndarray, said: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The four figures over the `known` pairs; `said` whether one reports the other (n × n, NaN where it was not asked)."""
    n = len(tie)
    upper = np.triu(np.ones((n, n), dtype=bool), 1) & known
    density = tie[upper].mean()
    strong = strength[upper & (tie > 0) & ~np.isnan(strength)]
    both = upper & ~np.isnan(said) & ~np.isnan(said.T) & ((said > 0) | (said.T > 0))
    mutual = ((said > 0) & (said.T > 0))[both].mean() if both.any() else np.nan
    degree = np.where(known, tie, 0).sum(axis=1) * (n - 1) / np.maximum(known.sum(axis=1), 1)
    central = (degree.max() - degree).sum() / ((n - 1) * (n - 2))
    return np.array([density, strong.mean() if strong.size else np.nan, mutual, central])


def silenced(count: int, degree: np.ndarray, at_random: bool, draw: np.random.Generator) -> np.ndarray:
    """Who is silent: so many at random, or three in four of them from the half with the fewest partnerships."""
    order = np.argsort(degree + draw.random(len(degree)))
    chance = np.ones(len(degree))
    if not at_random:
        chance[order[: len(order) // 2]] = 3.0
    return draw.choice(len(degree), count, replace=False, p=chance / chance.sum())


def imputed(tie, strength, said, kind, quiet, draw) -> tuple[np.ndarray, np.ndarray]:
    """Means over the imputations of the four figures, and their standard deviation between imputations."""
    n = len(tie)
    silent = np.zeros(n, dtype=bool)
    silent[quiet] = True
    unknown = silent[:, None] & silent[None, :]
    i, j = np.nonzero(np.triu(~unknown, 1))
    u, v = np.nonzero(np.triu(unknown, 1))
    heard = np.nansum(np.where(np.isnan(said), 0, said > 0), axis=0)
    about = [heard / np.maximum((~silent).sum() - ~silent, 1)][0]
    x = np.column_stack([np.ones(len(i)), about[i] + about[j], kind[i] == kind[j]]).astype(float)
    new = np.column_stack([np.ones(len(u)), about[u] + about[v], kind[u] == kind[v]]).astype(float)
    given = strength[i, j][(tie[i, j] > 0) & ~np.isnan(strength[i, j])]
    values = []
    for _ in range(IMPUTATIONS):
        rows = draw.integers(len(i), size=len(i))
        fit = _logistic(x[rows], tie[i, j][rows])[0]
        chance = 1 / (1 + np.exp(-np.clip(new @ np.nan_to_num(fit), -30, 30)))
        full, strong = tie.copy(), strength.copy()
        full[u, v] = full[v, u] = draw.random(len(u)) < chance
        strong[u, v] = strong[v, u] = draw.choice(given, len(u))
        values.append(figures(full, strong, said, ~np.eye(n, dtype=bool)))
    return np.nanmean(values, axis=0), np.nanstd(values, axis=0, ddof=1)


def example():
    """Ties, strengths, reports and kinds among the example's partners that answered in its last wave."""
    tables = next(tables for about, tables in shipped() if about.id == "example")
    network = build(tables, Scope(wave=tables.waves["id"][-1]))
    answered = sorted(set(network.directed["rater"]))
    at = {partner: place for place, partner in enumerate(answered)}
    n = len(answered)
    directed = np.full((n, n), np.nan)
    said = np.zeros((n, n))
    for rater, partner, strength, no_tie in network.directed.select("rater", "partner", "strength", "no_tie").iter_rows():
        if partner in at and not no_tie:
            said[at[rater], at[partner]] = 1.0
            directed[at[rater], at[partner]] = np.nan if strength is None else strength
    kind = np.array([str(network.graph.nodes[partner]["kind"]) for partner in answered])
    return directed, said, kind


def put_together(directed: np.ndarray, said: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whether there is a tie by either side's word, and its strength: the mean of what is said."""
    tie = ((np.nan_to_num(said) + np.nan_to_num(said.T)) > 0).astype(float)
    both = np.stack([directed, directed.T])
    count = (~np.isnan(both)).sum(axis=0)
    return tie, np.where(count > 0, np.nansum(both, axis=0) / np.maximum(count, 1), np.nan)


def main() -> None:
    """Print the table as Markdown."""
    directed, said, kind = example()
    n = len(kind)
    all_pairs = ~np.eye(n, dtype=bool)
    tie, strength = put_together(directed, said)
    true = figures(tie, strength, said, all_pairs)
    print(f"True figures of {n} partners: " + ", ".join(f"{name} {value:.3f}" for name, value in zip(FIGURES, true, strict=True)))
    print("\n| silent | which | treatment | " + " | ".join(FIGURES) + " |\n|---|---|---|---|---|---|---|")
    for share in (0.1, 0.2, 0.4):
        for at_random in (True, False):
            draw = np.random.default_rng(int(share * 100) + at_random)
            results = {"available cases": [], "reconstruction": [], "imputation": []}
            spread = []
            for _ in range(TIMES):
                quiet = silenced(round(share * n), tie.sum(axis=1), at_random, draw)
                part_d, part_s = directed.copy(), said.copy()
                part_d[quiet] = np.nan
                part_s[quiet] = np.nan
                heard = np.ones(n, dtype=bool)
                heard[quiet] = False
                t, s = put_together(part_d, part_s)
                results["available cases"].append(figures(t, s, part_s, all_pairs & heard[:, None] & heard[None, :]))
                results["reconstruction"].append(figures(t, s, part_s, all_pairs))
                mean, between = imputed(t, s, part_s, kind, quiet, draw)
                results["imputation"].append(mean)
                spread.append(between)
            for name, values in results.items():
                error = np.array(values) - true
                cells = [
                    f"{bias:+.3f} ± {sd:.3f}"
                    for bias, sd in zip(np.nanmean(error, axis=0), np.nanstd(error, axis=0), strict=True)
                ]
                if name == "imputation":
                    width = 1.96 * np.sqrt(1 + 1 / IMPUTATIONS) * np.array(spread)
                    holds = (np.abs(error) <= width + 1e-9).mean(axis=0)
                    cells = [f"{cell} ({100 * hit:.0f}%)" for cell, hit in zip(cells, holds, strict=True)]
                which = "at random" if at_random else "rather those with few"
                print(f"| {100 * share:.0f}% | {which} | {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
