"""Several relations at once as reasons for a tie, or for how strong it is: regression by QAP, double semi-partialling.

Pairs share partners, so that an ordinary regression over pairs is far too sure. What a predictor has over the others is dealt out
to the partners anew, and the statistic set beside those of the draws (Dekker, Krackhardt & Snijders 2007, Psychometrika 72(4),
doi 10.1007/s11336-007-9016-1), as `sna::netlm` and `sna::netlogit` do with `nullhyp = "qapspp"`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DRAWS, SEED = 1_000, 2007
_CELLS = 2_000_000
_STEPS, _SURE = 40, 15.0
"""Steps of the logistic fit, and a coefficient beyond which it runs away: the predictor parts ties from the rest without rest."""


@dataclass(frozen=True)
class Coefficient:
    """One predictor: its coefficient (of a logistic regression a log odds ratio), its statistic (t or z), and p: the share of
    draws whose statistic is at least as far from 0, (1 + hits) / (1 + draws). All null where it does not vary, or is a mixture
    of the others, or parts the response without rest."""

    name: str
    value: float | None = None
    statistic: float | None = None
    p: float | None = None


@dataclass(frozen=True)
class Regression:
    """The coefficients in the order of the predictors; the intercept; cells: the pairs it rests on; draws of each test."""

    coefficients: tuple[Coefficient, ...]
    intercept: float | None
    cells: int
    draws: int


def regress(
    response: np.ndarray,
    predictors: dict[str, np.ndarray],
    logistic: bool,
    directed: bool = False,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Regression:
    """Regress a relation (n × n, NaN where unknown; of a `logistic` regression 0 and 1) on others (NaN where unknown).

    Pairs unknown in the response or in any predictor are left out; without `directed` each pair counts once.
    """
    n = len(response)
    rows, columns = np.nonzero(~np.eye(n, dtype=bool)) if directed else np.tril_indices(n, -1)
    stack = np.stack([np.ones((n, n)), *predictors.values()]).astype(float)
    known = ~np.isnan(response[rows, columns]) & ~np.isnan(stack[:, rows, columns]).any(axis=0)
    nowhere = Regression(tuple(Coefficient(name) for name in predictors), None, int(known.sum()), draws)
    used = _independent(stack[:, rows[known], columns[known]])
    y = response[rows[known], columns[known]].astype(float)
    if len(y) <= len(used) or np.ptp(y) == 0:
        return nowhere
    x = stack[used][:, rows[known], columns[known]].T
    fit = _logistic if logistic else _linear
    values, statistics = fit(x, y)
    if np.isnan(values).any():
        return nowhere
    chances: dict[int, float] = {}
    generator = np.random.default_rng(seed)
    for place, number in enumerate(used[1:], 1):
        own = _own(stack, used, number, rows, columns, directed)
        others = np.delete(x, place, axis=1)
        drawn = _drawn(own, others, y, (rows[known], columns[known]), logistic, draws, generator)
        hits = int((np.abs(drawn) >= abs(statistics[place]) - 1e-9).sum())
        chances[number] = (1 + hits) / (1 + draws)
    at = {number: place for place, number in enumerate(used)}
    coefficients = tuple(
        Coefficient(name, float(values[at[number]]), float(statistics[at[number]]), chances[number])
        if number in at
        else Coefficient(name)
        for number, name in enumerate(predictors, 1)
    )
    return Regression(coefficients, float(values[0]), len(y), draws)


def _independent(columns: np.ndarray) -> list[int]:
    """The numbers of those rows of `columns` (predictors × pairs, the first all ones) that are no mixture of the ones before."""
    used: list[int] = []
    for number, column in enumerate(columns):
        basis = columns[used].T
        rest = column - basis @ np.linalg.lstsq(basis, column, rcond=None)[0] if used else column
        if np.abs(rest).max(initial=0) > 1e-9 * max(1.0, np.abs(column).max(initial=0)):
            used.append(number)
    return used


def _own(stack: np.ndarray, used: list[int], number: int, rows: np.ndarray, columns: np.ndarray, directed: bool) -> np.ndarray:
    """What a predictor has over the others (n × n): the residual of its regression on them, over the pairs known in all."""
    there = ~np.isnan(stack[:, rows, columns]).any(axis=0)
    i, j = rows[there], columns[there]
    others = stack[[other for other in used if other != number]][:, i, j].T
    values = stack[number, i, j]
    own = np.full(stack.shape[1:], np.nan)
    own[i, j] = values - others @ np.linalg.lstsq(others, values, rcond=None)[0]
    if not directed:
        own[j, i] = own[i, j]
    return own


def _drawn(
    own: np.ndarray,
    others: np.ndarray,
    y: np.ndarray,
    pairs: tuple[np.ndarray, np.ndarray],
    logistic: bool,
    draws: int,
    generator: np.random.Generator,
) -> np.ndarray:
    """The statistic of `own` beside the others when it is dealt out to the partners anew (draws)."""
    n, statistics = len(own), np.empty(draws)
    start = _logistic(others, y)[0] if logistic else None
    base = np.linalg.qr(others)[0] if not logistic else np.zeros((0, 0))
    left = y - base @ (base.T @ y) if not logistic else y
    step = max(1, _CELLS // max(len(y), 1))
    for first in range(0, draws, step):
        count = min(step, draws - first)
        dealt = generator.permuted(np.tile(np.arange(n), (count, 1)), axis=1)
        drawn = own[dealt[:, pairs[0]], dealt[:, pairs[1]]]
        gone = np.isnan(drawn)
        if gone.any():
            known = (~gone).astype(float)
            drawn = np.where(gone, 0.0, drawn)
            statistics[first : first + count] = (
                _logistic_many(others, drawn, y, start, known) if logistic else _linear_many(others, drawn, y, known)
            )
        elif logistic:
            statistics[first : first + count] = _logistic_many(others, drawn, y, start)
        else:
            rest = drawn - (drawn @ base) @ base.T
            square, both = (rest**2).sum(axis=1), rest @ left
            with np.errstate(invalid="ignore", divide="ignore"):
                error = (left @ left - both**2 / square) / (len(y) - others.shape[1] - 1)
                statistics[first : first + count] = both / np.sqrt(square * error)
    return np.nan_to_num(statistics)


def _linear(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients of a least-squares regression and their t."""
    inverse = np.linalg.pinv(x.T @ x)
    values = np.linalg.lstsq(x, y, rcond=None)[0]
    error = ((y - x @ values) ** 2).sum() / (len(y) - x.shape[1])
    with np.errstate(invalid="ignore", divide="ignore"):
        return values, values / np.sqrt(np.diag(inverse) * error)


def _logistic(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients of a logistic regression and their z; NaN where it does not settle."""
    values = np.zeros(x.shape[1])
    values[0] = np.log(y.mean() / (1 - y.mean()))
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ values, -30, 30)))
        inverse = np.linalg.pinv((x * (chance * (1 - chance))[:, None]).T @ x)
        move = inverse @ (x.T @ (y - chance))
        values = values + move
        if np.abs(move).max() < 1e-10:
            break
    if np.abs(move).max() > 1e-6 or np.abs(values * np.ptp(x, axis=0).clip(1e-12)).max() > _SURE * 2:
        return np.full(len(values), np.nan), np.full(len(values), np.nan)
    return values, values / np.sqrt(np.diag(inverse))


def _information(weight: np.ndarray, others: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """The weighted products of the columns of many regressions that have all but the last in common (draws × k+1 × k+1)."""
    k = others.shape[1]
    products = (others[:, :, None] * others[:, None, :]).reshape(len(others), k * k)
    information = np.empty((len(drawn), k + 1, k + 1))
    information[:, :k, :k] = (weight @ products).reshape(-1, k, k)
    information[:, :k, k] = information[:, k, :k] = (weight * drawn) @ others
    information[:, k, k] = (weight * drawn**2).sum(axis=1)
    return information + 1e-12 * np.eye(k + 1)


def _linear_many(others: np.ndarray, drawn: np.ndarray, y: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The t of the last column of many least-squares regressions, over the pairs `known` (1 or 0) in each (draws)."""
    k = others.shape[1]
    information = _information(known, others, drawn)
    score = np.column_stack([(known * y) @ others, (known * y * drawn).sum(axis=1)])
    values = np.linalg.solve(information, score[:, :, None])[:, :, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        error = (known @ y**2 - (values * score).sum(axis=1)) / (known.sum(axis=1) - k - 1)
        return values[:, k] / np.sqrt(error * np.linalg.inv(information)[:, k, k])


def _logistic_many(
    others: np.ndarray, drawn: np.ndarray, y: np.ndarray, start: np.ndarray | None, known: np.ndarray | None = None
) -> np.ndarray:
    """The z of the last column of many logistic regressions that have the other columns in common, over the pairs `known` (1 or
    0; all, if none are given) in each (draws)."""
    k = others.shape[1]
    values = np.zeros((len(drawn), k + 1))
    values[:, :k] = 0.0 if start is None else np.nan_to_num(start)
    for _ in range(_STEPS):
        linear = values[:, :k] @ others.T + values[:, k:] * drawn
        chance = 1 / (1 + np.exp(-np.clip(linear, -30, 30)))
        weight, rest = chance * (1 - chance), y - chance
        if known is not None:
            weight, rest = weight * known, rest * known
        information = _information(weight, others, drawn)
        score = np.column_stack([rest @ others, (rest * drawn).sum(axis=1)])
        move = np.linalg.solve(information, score[:, :, None])[:, :, 0]
        values += move
        if np.abs(move).max() < 1e-7:
            break
    spread = np.linalg.inv(information)[:, k, k]
    return values[:, k] / np.sqrt(spread)
