"""What goes before new partnerships: pairs without one in a wave, followed to the next (Allison 1982, Sociol. Methodology 13)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import polars as pl

from wtnet.analysis.mrqap import SEED, Regression, regress
from wtnet.analysis.reasons import LEAST, MOST, common, existence
from wtnet.measures import absence, disclosure
from wtnet.measures.engine.arrays import share
from wtnet.network import Network, at, waves_in_order

SHARED = 2
"""So many shared partners are counted as a thing two partners have in common."""
_TIMES, DRAWS = 1_000, 499


@dataclass(frozen=True)
class Beginnings:
    """rates: a row a thing in common (`what`, `two partners` as a verb): pairs and began with and without it, rate, rate_others
    (0–1), times (how many times as likely), low, high (its 95 % interval by drawing partners with replacement); pairs: followed
    in all; began; regression: all of them at once, null where it cannot be told. `why`: why nothing is worked out."""

    rates: pl.DataFrame
    pairs: int = 0
    began: int = 0
    regression: Regression | None = None
    why: str | None = None


def beginnings(network: Network, draws: int = DRAWS, seed: int = SEED) -> Beginnings:
    """Follow the pairs of the partners of a network from each wave to the next, up to its own."""
    waves = waves_in_order(network.tables)
    until = waves.index(network.wave) + 1 if network.wave in waves else 0
    looked = [at(network, wave) for wave in waves[:until]]
    nothing = Beginnings(_frame([]))
    why = next(filter(None, (disclosure.reason(each) or disclosure.silence_reason(each) for each in looked)), None)
    if why:
        return replace(nothing, why=why)
    if len(looked) < 2 or any(absence.documents_only(each) for each in looked):
        return replace(nothing, why="Two waves in which partners were asked are needed to say what goes before new partnerships.")
    n = network.graph.number_of_nodes()
    if not LEAST <= n <= MOST:
        return replace(nothing, why=f"This is worked out for {LEAST} to {MOST:,} partners; there are {n:,}.")
    response, predictors, names = _followed(looked)
    rows, columns = np.tril_indices(response.shape[1], -1)
    known = ~np.isnan(response[:, rows, columns])
    began = response[:, rows, columns] == 1
    times = np.random.default_rng(seed).multinomial(response.shape[1], np.full(response.shape[1], 1 / response.shape[1]), _TIMES)
    rates = [
        (what, names[what], *_rate(known, began, matrix[:, rows, columns], times[:, rows] * times[:, columns]))
        for what, matrix in predictors.items()
    ]
    fitted = regress(response, predictors, True, False, draws, seed)
    return Beginnings(_frame(rates), int(known.sum()), int((began & known).sum()), fitted)


def _followed(looked: list[Network]) -> tuple[np.ndarray, dict[str, np.ndarray], dict[str, str]]:
    """Whether each pair without a partnership in a wave has one in the next (waves − 1 × n × n; NaN where it had one, or where
    that is not known in either), what it had in common in the former, and the words of that."""
    partners, in_common = common(looked[0])[0], [common(network)[1:] for network in looked[:-1]]
    states = [existence(network, partners) for network in looked]
    response = np.stack([np.where(before == 0, after, np.nan) for before, after in pairwise(states)])
    names = {"partners": f"share {SHARED} or more partners"}
    for _, words in in_common:
        names |= words
    layers: dict[str, list[np.ndarray]] = {what: [] for what in names}
    for (shared, _), state in zip(in_common, states[:-1], strict=True):
        tied = np.nan_to_num(state)
        layers["partners"].append((tied @ tied >= SHARED).astype(float))
        for what in [each for each in layers if each != "partners"]:
            layers[what].append(shared.get(what, np.zeros_like(state)))
    return response, {what: np.stack(matrices) for what, matrices in layers.items()}, names


def _rate(known: np.ndarray, began: np.ndarray, shared: np.ndarray, weight: np.ndarray) -> tuple[object, ...]:
    """Pairs and beginnings with and without, both rates, how many times as likely, and the interval of that."""
    sides = [known & (shared == 1), known & (shared == 0)]
    counts = [(int(side.sum()), int((side & began).sum())) for side in sides]
    rates = [share(new, pairs) for pairs, new in counts]
    ratio = rates[0] / rates[1] if rates[0] is not None and rates[1] else None
    low = high = None
    if ratio is not None and min(new for _, new in counts) > 0:
        sums = [(weight @ side.sum(axis=0), weight @ (side & began).sum(axis=0)) for side in sides]
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn = (sums[0][1] / sums[0][0]) / (sums[1][1] / sums[1][0])
        drawn = drawn[np.isfinite(drawn)]
        if drawn.size > 0.9 * len(weight):
            low, high = np.percentile(drawn, [2.5, 97.5]).tolist()
    return (*counts[0], *counts[1], *rates, ratio, low, high)


def _frame(rows: list[tuple[object, ...]]) -> pl.DataFrame:
    schema: dict[str, type[pl.DataType]] = {"what": pl.String, "two partners": pl.String}
    schema |= dict.fromkeys(("pairs", "began", "pairs_others", "began_others"), pl.Int64)
    schema |= dict.fromkeys(("rate", "rate_others", "times", "low", "high"), pl.Float64)
    return pl.DataFrame(rows, schema=schema, orient="row")
