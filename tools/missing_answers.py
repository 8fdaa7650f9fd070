"""How far figures go wrong when answers are missing, by how they are treated: the table of docs/methods.md.

    python tools/missing_answers.py            # prints the table; takes some minutes

Of the example's partners that answered in its last wave some are silenced, at random or those with the fewest partnerships rather
than others, and density, mean strength, reciprocity and centralisation are worked out anew from what is left, three ways:

- available cases: pairs in which both answered;
- reconstruction: what either side says, the other's word standing in for the missing one (Stork & Richards 1992; Huisman 2009);
- imputation: each silent partner's answers are drawn, one for each other partner: whether it would report it from a logistic
  regression on what that one says, on how many report either, on being of one kind and on how readily some partner or other
  reports; how strong from the other side's strength. Drawn 20 times, each from the partners that answered resampled (so that
  what is not known of the model is in it); the range is that of the draws, by Rubin's rules (1987) without what comes from
  sampling partners.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np

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


def imputed(
    directed: np.ndarray, said: np.ndarray, kind: np.ndarray, quiet: np.ndarray, draw: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Means over the imputations of the four figures, and their standard deviation between imputations."""
    n = len(said)
    values = [
        figures(*put_together(*drawn), drawn[1], ~np.eye(n, dtype=bool)) for drawn in draws(directed, said, kind, quiet, draw)
    ]
    return np.nanmean(values, axis=0), np.nanstd(values, axis=0, ddof=1)


def draws(
    directed: np.ndarray, said: np.ndarray, kind: np.ndarray, quiet: np.ndarray, draw: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The strengths and reports with the answers of the `quiet` filled in, so many times; what somebody answered stays."""
    n = len(said)
    silent = np.zeros(n, dtype=bool)
    silent[quiet] = True
    heard = np.flatnonzero(~silent)
    others = np.maximum(len(heard) - ~silent, 1)
    reported = np.where(silent[:, None], 0, said).sum(axis=0) / others
    for _ in range(IMPUTATIONS):
        some = draw.choice(heard, len(heard))
        i, j = (some[place] for place in np.nonzero(~np.eye(len(some), dtype=bool)))
        i, j = i[i != j], j[i != j]

        def about(a: np.ndarray, b: np.ndarray, back: np.ndarray | None) -> np.ndarray:
            columns = [np.ones(len(a)), reported[a], reported[b], kind[a] == kind[b]]
            return np.column_stack(columns if back is None else [*columns, back]).astype(float)

        alone, knowing = (likely(about(i, j, back), said[i, j]) for back in (None, said[j, i]))
        ready = readiness(said, about(i, j, said[j, i]) @ knowing, i)
        own = np.zeros(n)
        own[silent] = draw.choice(ready, int(silent.sum()))
        full, strong = said.copy(), directed.copy()
        for turn, fit in ((0, alone), (1, knowing)):
            # of two silent partners the first is drawn from the partners alone, and the second knowing the first
            a, b = np.nonzero(silent[:, None] & ~np.eye(n, dtype=bool) & np.isnan(full))
            back = full[b, a]
            now = np.isnan(back) & (a < b) if turn == 0 else ~np.isnan(back)
            a, b, back = a[now], b[now], back[now]
            log_odds = about(a, b, None if turn == 0 else back) @ fit + own[a]
            full[a, b] = draw.random(len(a)) < 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
        strong = filled(strong, full, said, silent, draw)
        yield strong, full


def likely(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Coefficients of a logistic regression, drawn a little towards 0 (each normal with a standard deviation of 3), so that it
    settles where answers are all alike."""
    values, pull = np.zeros(x.shape[1]), np.full(x.shape[1], 1 / 9)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(x @ values, -30, 30)))
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + np.diag(pull)
        move = np.linalg.solve(curve, x.T @ (y - chance) - pull * values)
        values = values + move
        if np.abs(move).max() < 1e-8:
            break
    return values


def readiness(said: np.ndarray, log_odds: np.ndarray, rater: np.ndarray) -> np.ndarray:
    """How much more readily each partner that answered reports others than the model has it, in log odds; drawn towards 0 by
    what of their spread would come by chance."""
    expected = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    ready, chance = [], []
    for partner in np.unique(rater):
        row = expected[rater == partner]
        own = np.nansum(said[partner]) / (len(said) - 1)
        share, fitted = (own * len(row) + 0.5) / (len(row) + 1), (row.sum() + 0.5) / (len(row) + 1)
        ready.append(np.log(share / (1 - share)) - np.log(fitted / (1 - fitted)))
        chance.append(1 / max(float((row * (1 - row)).sum()), 1e-9))
    spread = float(np.var(ready))
    return np.array(ready) * np.sqrt(max(0.0, 1 - float(np.mean(chance)) / spread) if spread else 0.0)


def filled(strength: np.ndarray, full: np.ndarray, said: np.ndarray, silent: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """Strengths with those of the silent partners' drawn reports: from the other side's, where it gives one (a straight line
    through the pairs that both rated, and how far one of them lies off it), else any."""
    answered = ~silent[:, None] & ~np.isnan(strength)
    given = strength[answered]
    i, j = np.nonzero(answered & answered.T)
    strong = strength.copy()
    if not given.size:
        return strong
    slope, level = np.polyfit(strength[j, i], strength[i, j], 1) if len(i) > 2 and np.ptp(strength[i, j]) else (1.0, 0.0)
    off = strength[i, j] - level - slope * strength[j, i] if len(i) else np.zeros(1)
    a, b = np.nonzero(silent[:, None] & (full > 0) & np.isnan(said))
    for knowing in (False, True):
        here = np.isnan(strong[a, b]) & (np.isnan(strong[b, a]) != knowing) & ((a < b) | knowing)
        at, to = a[here], b[here]
        value = level + slope * strong[to, at] + draw.choice(off, len(at)) if knowing else draw.choice(given, len(at))
        strong[at, to] = np.clip(value, 0, 1)
    at, to = a[np.isnan(strong[a, b])], b[np.isnan(strong[a, b])]
    strong[at, to] = draw.choice(given, len(at))
    return strong


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
                mean, between = imputed(part_d, part_s, kind, quiet, draw)
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
