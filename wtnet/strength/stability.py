"""How far the order of partnerships depends on the weights, for which nothing published speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from wtnet.strength.pairs import COMPONENTS, EQUAL, Weights, directed, pairs
from wtnet.strength.ranks import ranks
from wtnet.tables.model import Pairing
from wtnet.tables.own_scale import OVERALL

SEED, CELLS = 20060301, 1_000_000


@dataclass(frozen=True)
class Stability:
    """How ranks move when the weights change; see `stability`."""

    pairs: pl.DataFrame
    partners: pl.DataFrame
    draws: int


def stability(
    ratings: pl.DataFrame,
    partnerships: pl.DataFrame,
    wave_date: date | None = None,
    weights: Weights = EQUAL,
    pairing: Pairing = "mean",
    *,
    draws: int = 1000,
    documents: bool = False,
) -> Stability:
    """How far the order of ties, and of partners by mean strength, depends on the weights.

    The weights are drawn `draws` times uniformly from the simplex (all mixtures of the components there are equally likely;
    fixed seed), strength is worked out each time, and ranks (1 = strongest, equal strengths share the middle rank) are
    compared with the rank under `weights`. Ties whose strength is unknown under `weights` are left out.

    Both frames (`pairs`: source, target; `partners`: partner) have: strength; rank; rank_low and rank_high (2.5th and
    97.5th percentile of the rank over the draws); stability = 1 − mean |rank − rank drawn| / (ranks − 1), so 1 means
    that no weighting moves it; null where there is one rank only.
    """
    ties = pairs(ratings, partnerships, wave_date, weights, pairing, documents).filter(pl.col("strength").is_not_null())
    base = ties["strength"].to_numpy()
    names, ends = np.unique(
        np.concatenate([ties["source"].to_numpy(), ties["target"].to_numpy()]).astype(str), return_inverse=True
    )
    member = csr_array((np.ones(len(ends)), (ends, np.tile(np.arange(ties.height), 2))), shape=(len(names), ties.height))
    degree = member.sum(axis=1)
    sides = _sides(ratings, ties)
    chances = np.random.default_rng(SEED).dirichlet(np.ones(len(_components(ratings))), size=draws)
    of_pairs, of_partners = np.empty((ties.height, draws), np.float32), np.empty((len(names), draws), np.float32)
    step = max(1, CELLS // max(ties.height, 1))
    for start in range(0, draws if ties.height else 0, step):
        drawn = _paired(sides, chances[start : start + step].T, base, pairing)
        of_pairs[:, start : start + step] = _ranks(drawn)
        of_partners[:, start : start + step] = _ranks((member @ drawn) / degree[:, None])
    partners = pl.DataFrame({"partner": pl.Series(names.tolist(), dtype=pl.String)})
    return Stability(
        _moves(ties.select("source", "target"), base, of_pairs),
        _moves(partners, (member @ base) / degree if len(names) else base[:0], of_partners),
        draws,
    )


def _components(ratings: pl.DataFrame) -> tuple[str, ...]:
    """The components these ratings can give: `overall` only where a scale of the lead's own counts."""
    return COMPONENTS if OVERALL in ratings.columns else COMPONENTS[:-1]


def _sides(ratings: pl.DataFrame, ties: pl.DataFrame) -> list[np.ndarray]:
    """The components as the source and as the target gives them: two arrays (ties, components), NaN where not given."""
    names = _components(ratings)
    reports = directed(ratings).select("rater", "partner", *names)
    ends = ties.select("source", "target")
    return [
        ends.join(reports, left_on=on, right_on=["rater", "partner"], how="left", maintain_order="left")
        .select(pl.col(names).fill_null(float("nan")))
        .to_numpy()
        for on in (["source", "target"], ["target", "source"])
    ]


def _paired(sides: list[np.ndarray], chances: np.ndarray, base: np.ndarray, pairing: Pairing) -> np.ndarray:
    """Pair strength under each column of `chances`; where no component is given (a documented tie), the one it has."""
    reports = []
    for side in sides:
        given = ~np.isnan(side)
        with np.errstate(invalid="ignore", divide="ignore"):
            reports.append((np.where(given, side, 0.0) @ chances) / (given.astype(float) @ chances))
    report, other = reports
    report, other = np.where(np.isnan(report), other, report), np.where(np.isnan(other), report, other)
    paired = {"weaker": np.minimum, "stronger": np.maximum}.get(pairing, lambda a, b: (a + b) / 2)(report, other)
    return np.where(np.isnan(paired), base[:, None], paired)


def _ranks(strength: np.ndarray) -> np.ndarray:
    """Rank 1 for the largest of each column; values equal to twelve decimals share the middle rank."""
    return ranks(-np.round(strength, 12), axis=0)


def _moves(frame: pl.DataFrame, strength: np.ndarray, ranks: np.ndarray) -> pl.DataFrame:
    rank = _ranks(strength)
    low, high, moved = np.empty((3, len(rank)))
    step = max(1, CELLS // max(ranks.shape[1], 1))
    for start in range(0, len(rank), step):
        some = slice(start, start + step)
        low[some], high[some] = np.percentile(ranks[some], [2.5, 97.5], axis=1)
        moved[some] = np.abs(ranks[some] - rank[some, None]).mean(axis=1) / max(len(rank) - 1, 1)
    return frame.with_columns(
        strength=pl.Series(strength, dtype=pl.Float64),
        rank=pl.Series(rank, dtype=pl.Float64),
        rank_low=pl.Series(low, dtype=pl.Float64),
        rank_high=pl.Series(high, dtype=pl.Float64),
        stability=pl.Series(1 - moved, dtype=pl.Float64) if len(rank) > 1 else pl.lit(None, dtype=pl.Float64),
    )
