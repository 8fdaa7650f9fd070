"""Uncertainty: how far figures would move with other partners in the sample, and how far with other weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from wtnet.measures import absence, catalogue, disclosure
from wtnet.measures.engine.bootstrap import resampled, resampled_twice
from wtnet.network import Network, date_of, ratings_in
from wtnet.strength import Stability
from wtnet.strength import stability as reweighted

DRAWS, FEW_DRAWS = 2_000, 200
MANY, MANY_TIES = 1_500, 20_000
"""With more partners, or ties, than this, an interval rests on `FEW_DRAWS` of the bootstrap, else on `DRAWS`."""
SEED = 1999
FEW = 8
"""Fewer partners with a tie (fewer points) than this have no interval: what is drawn from so few covers far less than it says."""


def intervals(network: Network, draws: int | None = None, seed: int = SEED) -> pl.DataFrame:
    """95 % intervals of every `Measure.ratio` over ties by the vertex bootstrap (Snijders & Borgatti 1999).

    One row a measure: measure, value, low, high (2.5th and 97.5th percentile of the draws), draws (those in which the
    measure exists); without those that are withheld. Low and high are null for fewer than `FEW` partners with a tie, where no tie
    has a value, and where the record does not tell of all ties: which of them it has is then no sample of anything. Without
    `draws`, as many as its size allows (`MANY`).
    """
    chosen = [measure for measure in catalogue.of("network") if measure.ratio and not catalogue.withheld(measure, network)]
    ratios = {measure.id: measure.ratio(network) for measure in chosen if measure.ratio}
    values = catalogue.whole(network, ratios)
    enough = _tied(network) >= FEW and not absence.ties(network)
    resamples = resampled(network, ratios, draws or _draws(network), seed) if enough else {}
    rows = []
    for name, value in values.items():
        drawn = resamples.get(name, np.zeros(0))
        drawn = drawn[~np.isnan(drawn)]
        low, high = np.percentile(drawn, [2.5, 97.5]).tolist() if value is not None and drawn.size else (None, None)
        measure = catalogue.find(name, "network")
        others = network.exact is not None and measure.strength
        bounds = [disclosure.rounded(end, catalogue.decimals(measure, network)) if others else end for end in (low, high)]
        rows.append((name, value, *bounds, drawn.size))
    columns = {"measure": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "draws": pl.Int64}
    return pl.DataFrame(rows, schema=columns, orient="row")


def _draws(network: Network) -> int:
    return FEW_DRAWS if network.graph.number_of_nodes() > MANY or network.ties.height > MANY_TIES else DRAWS


def _tied(*networks: Network) -> int:
    """How many partners have a tie in any of the networks."""
    return len({end for network in networks for pair in network.graph.edges for end in pair})


def change_intervals(before: Network, after: Network, draws: int | None = None, seed: int = SEED) -> pl.DataFrame:
    """95 % intervals of the change of every `Measure.ratio` between two waves, by the vertex bootstrap paired over waves.

    One row a measure that neither wave withholds: measure, before, after, change, low, high (2.5th and 97.5th percentile of
    the change in draws of the same partners in both waves). Low and high are null as in `intervals`, and for fewer than `FEW`
    partners with a tie in either wave; change is null where either value is. For others than the lead rounded as shown.
    """
    sides = (before, after)
    chosen = [
        measure
        for measure in catalogue.of("network")
        if measure.ratio and not any(catalogue.withheld(measure, network) for network in sides)
    ]
    ratios = tuple({measure.id: measure.ratio(network) for measure in chosen if measure.ratio} for network in sides)
    values = [catalogue.whole(network, ratios[0]) for network in sides]
    enough = _tied(*sides) >= FEW and not absence.ties(before) and not absence.ties(after)
    resamples = resampled_twice(before, after, (ratios[0], ratios[1]), draws or _draws(after), seed) if enough else ({}, {})
    rows = []
    for measure in chosen:
        first, second = (side[measure.id] for side in values)
        change = None if first is None or second is None else second - first
        drawn = resamples[1][measure.id] - resamples[0][measure.id] if enough else np.zeros(0)
        drawn = drawn[~np.isnan(drawn)]
        low, high = np.percentile(drawn, [2.5, 97.5]).tolist() if change is not None and drawn.size else (None, None)
        figures = (first, second, change, low, high)
        if after.exact is not None and measure.strength:
            figures = tuple(disclosure.rounded(value) for value in (first, second, change, low, high))
            change = None if change is None else figures[1] - figures[0]
            figures = (*figures[:2], change, *figures[3:])
        rows.append((measure.id, *figures))
    names = ("before", "after", "change", "low", "high")
    columns: dict[str, Any] = {"measure": pl.String} | dict.fromkeys(names, pl.Float64)
    return pl.DataFrame(rows, schema=columns, orient="row")


def stability(network: Network, draws: int = 1_000) -> Stability:
    """How far the order of the ties in scope, and of partners, depends on the weights; see `strength.stability`.

    It names pairs, so that nothing of it is there for others than the lead.
    """
    ends = network.ties.select("source", "target")
    tied = pl.concat([ends, ends.select(source="target", target="source")])
    return reweighted(
        ratings_in(network.tables, network.wave).join(
            tied, left_on=["rater", "partner"], right_on=["source", "target"], how="semi"
        ),
        network.tables["partnerships"].join(tied, on=["source", "target"], how="semi"),
        date_of(network.tables, network.wave),
        network.scope.weights,
        network.scope.pairing,
        draws=draws,
        documents=network.counts_documents,
    )
