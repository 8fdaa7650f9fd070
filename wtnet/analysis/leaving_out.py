"""What one partner, or one partner's answers, decides: the change of strength and the order of partners without it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from wtnet.measures import uncertainty
from wtnet.measures.engine.arrays import arrays
from wtnet.measures.pair_states import RATED_TWICE
from wtnet.network import Network
from wtnet.strength.ranks import ranks

MOST = 1_500
"""Of more partners the order is not worked out again and again: it would take minutes."""


@dataclass(frozen=True)
class Moves:
    """How many places a partner of `ranked` moves on average in the order by mean strength (1 = strongest): with other `weights`
    (mean over 1,000 of them, `strength.stability`), without the answers of the one `respondent` whose loss moves most, without
    the one `partner`. Null where fewer than three partners have a mean strength, or beyond `MOST`."""

    ranked: int
    weights: float | None = None
    respondent: float | None = None
    partner: float | None = None


def moves(network: Network) -> Moves:
    """How far the order of partners by mean strength hangs on the weights, on any one respondent, on any one partner.

    It tells what single answers do, so that it is the lead's alone.
    """
    a = arrays(network)
    total, count = _sums(network)
    ranked = int((count > 0).sum())
    if ranked < 3 or a.n > MOST:
        return Moves(ranked)
    stable = uncertainty.stability(network).partners["stability"].mean()
    weights = None if stable is None else (1 - float(stable)) * (ranked - 1)  # type: ignore[arg-type]
    return Moves(ranked, weights, _worst(total, count, *_without_answers(network)), _worst(total, count, *_without(network)))


def _sums(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """Sum of the known strengths of each partner's ties (n), and how many those are."""
    a = arrays(network)
    return a.at_partners(a.weight), a.at_partners((~np.isnan(a.strength)).astype(float))


def _without(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """What leaving out each partner (a column) takes from the sum and number of each other one's ties (n × n)."""
    a = arrays(network)
    lost, fewer = np.zeros((a.n, a.n)), np.zeros((a.n, a.n))
    for ends in ((a.source, a.target), (a.target, a.source)):
        lost[ends] = a.weight
        fewer[ends] = ~np.isnan(a.strength)
    lost[np.diag_indices(a.n)] = np.nan
    return lost, fewer


def _without_answers(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """The same for leaving out each partner's answers: its ties are as strong as the other side says, or not known."""
    a = arrays(network)
    ties = network.ties
    number = {partner: at for at, partner in enumerate(a.ids)}
    source, target = (np.array([number[end] for end in ties[side]], dtype=np.int64) for side in ("source", "target"))
    strength, says, heard = (ties[name].cast(pl.Float64).to_numpy() for name in ("strength", "forward", "backward"))
    lost, fewer = np.zeros((a.n, a.n)), np.zeros((a.n, a.n))
    needs_both = network.scope.pairing == "confirmed"
    for rater, own, other in ((source, says, heard), (target, heard, says)):
        gone = ~np.isnan(own) & ~np.isnan(strength)
        silent = gone & (np.isnan(other) | needs_both)
        step = np.where(gone, strength - np.where(silent, 0.0, other), 0.0)
        for end in (source, target):
            np.add.at(lost, (end, rater), step)
            np.add.at(fewer, (end, rater), silent.astype(float))
    return lost, fewer


def _worst(total: np.ndarray, count: np.ndarray, lost: np.ndarray, fewer: np.ndarray) -> float | None:
    """The largest mean move, over the columns, in the order of the partners that have a mean strength with and without."""
    with np.errstate(invalid="ignore", divide="ignore"):
        base = total / count
        left = np.where(count[:, None] - fewer > 0, (total[:, None] - lost) / (count[:, None] - fewer), np.nan)
    there = ~np.isnan(left) & ~np.isnan(base)[:, None]
    orders = [
        ranks(np.where(there, -np.round(values, 12), np.inf), axis=0)
        for values in (np.broadcast_to(base[:, None], left.shape), left)
    ]
    number = there.sum(axis=0)
    moved = np.where(there, np.abs(orders[0] - orders[1]), 0).sum(axis=0)
    mean = moved[number > 1] / number[number > 1]
    return float(mean.max()) if mean.size else None


def change_without_one(states: pl.DataFrame) -> tuple[float, float] | None:
    """The least and the most that the mean change of the pairs rated in both waves would be without any one partner; null for
    fewer than three of them, or where nothing is left without one. `states` as the lead has it."""
    twice = states.filter(pl.col("state").is_in(RATED_TWICE)).select("source", "target", "difference")
    ends = pl.concat([twice.select("difference", partner=end) for end in ("source", "target")])
    by_partner = ends.group_by("partner").agg(pl.col("difference").sum(), pairs=pl.len())
    left = by_partner.select(
        pairs=twice.height - pl.col("pairs"),
        total=pl.lit(twice["difference"].sum(), dtype=pl.Float64) - pl.col("difference"),
    )
    if by_partner.height < 3 or (left["pairs"] == 0).any():
        return None
    without = left["total"] / left["pairs"]
    return float(without.min()), float(without.max())  # type: ignore[arg-type]
