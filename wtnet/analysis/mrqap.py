"""Several relations at once as reasons for a tie, or for how strong it is: regression by QAP, double semi-partialling.

Pairs share partners, so that an ordinary regression over pairs is far too sure. What a predictor has over the others is dealt out
to the partners anew, and the statistic set beside those of the draws (Dekker, Krackhardt & Snijders 2007, Psychometrika 72(4),
doi 10.1007/s11336-007-9016-1), as `sna::netlm` and `sna::netlogit` do with `nullhyp = "qapspp"`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DRAWS, SEED = 1_000, 2007
_CELLS = 200_000
"""So many pairs of draws at once stay near the processor."""
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

    Pairs unknown in the response or in any predictor are left out; without `directed` each pair counts once. Of the same partners
    at several times (times × n × n) each time has its own level, and partners are dealt out alike at all of them.
    """
    response = np.asarray(response, dtype=float)
    response = response[None] if response.ndim == 2 else response
    layers, n = response.shape[:2]
    i, j = np.nonzero(~np.eye(n, dtype=bool)) if directed else np.tril_indices(n, -1)
    cells = (np.repeat(np.arange(layers), len(i)), np.tile(i, layers), np.tile(j, layers))
    levels = [np.broadcast_to((np.arange(layers) == layer)[:, None, None], response.shape) for layer in range(1, layers)]
    given = [np.broadcast_to(matrix, response.shape) for matrix in predictors.values()]
    stack = np.stack([np.ones(response.shape), *given, *levels]).astype(float)
    known = ~np.isnan(response[cells]) & ~np.isnan(stack[(slice(None), *cells)]).any(axis=0)
    nowhere = Regression(tuple(Coefficient(name) for name in predictors), None, int(known.sum()), draws)
    pairs = (cells[0][known], cells[1][known], cells[2][known])
    used = _independent(stack[(slice(None), *pairs)])
    y = response[pairs]
    if len(y) <= len(used) or np.ptp(y) == 0:
        return nowhere
    x = stack[used][(slice(None), *pairs)].T
    fit = _logistic if logistic else _linear
    values, statistics = fit(x, y)
    if np.isnan(values).any():
        return nowhere
    chances: dict[int, float] = {}
    generator = np.random.default_rng(seed)
    for place, number in enumerate(used):
        if not 0 < number <= len(predictors):
            continue
        own = _own(stack, used, number, cells, directed)
        drawn = _drawn(own, np.delete(x, place, axis=1), y, pairs, logistic, draws, generator)
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


Cells = tuple[np.ndarray, np.ndarray, np.ndarray]
"""The time, and both partners, of each pair."""


def _own(stack: np.ndarray, used: list[int], number: int, cells: Cells, directed: bool) -> np.ndarray:
    """What a predictor has over the others (times × n × n): the residual of its regression on them, over pairs known in all."""
    there = ~np.isnan(stack[(slice(None), *cells)]).any(axis=0)
    layer, i, j = (end[there] for end in cells)
    others = stack[[other for other in used if other != number]][:, layer, i, j].T
    values = stack[number, layer, i, j]
    own = np.full(stack.shape[1:], np.nan)
    own[layer, i, j] = values - others @ np.linalg.lstsq(others, values, rcond=None)[0]
    if not directed:
        own[layer, j, i] = own[layer, i, j]
    return own


def _drawn(
    own: np.ndarray,
    others: np.ndarray,
    y: np.ndarray,
    pairs: Cells,
    logistic: bool,
    draws: int,
    generator: np.random.Generator,
) -> np.ndarray:
    """The statistic of `own` beside the others when it is dealt out to the partners anew (draws)."""
    n, statistics = own.shape[1], np.empty(draws)
    start = _logistic(others, y)[0] if logistic else None
    base = np.linalg.qr(others)[0] if not logistic else np.zeros((0, 0))
    left = y - base @ (base.T @ y) if not logistic else y
    step = max(1, _CELLS // max(len(y), 1))
    for first in range(0, draws, step):
        count = min(step, draws - first)
        dealt = generator.permuted(np.tile(np.arange(n), (count, 1)), axis=1)
        drawn = own[pairs[0], dealt[:, pairs[1]], dealt[:, pairs[2]]]
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
    chance = (y + 0.5) / 2  # where R begins, too
    weight = chance * (1 - chance)
    target = np.log(chance / (1 - chance)) + (y - chance) / weight
    values = np.linalg.pinv((x * weight[:, None]).T @ x) @ (x.T @ (weight * target))
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
        if np.abs(move).max() < 1e-5:
            break
    spread = np.linalg.inv(information)[:, k, k]
    return values[:, k] / np.sqrt(spread)
