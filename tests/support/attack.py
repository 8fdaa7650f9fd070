"""An attack on what others than the lead may learn: linear bounds on every answer from everything they can receive.

What is known is written as intervals (rounding included) on sums of answers; HiGHS (by scipy) then finds how low and how high
each answer can be. The attacker is given more than anybody has: who rated whom, and of which ties the strength is known.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import polars as pl
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from tests.support.networks import tables
from wtnet.measures import catalogue, cuts, disclosure
from wtnet.network import Network, Scope, build, date_of, ratings_in, silent, waves_in_order
from wtnet.strength import active
from wtnet.tables import Tables
from wtnet.tables.schema import CORE_KINDS

HALF = 0.005
"""How far a figure of two decimals may be from the true one."""


@dataclass
class Known:
    """What an attacker knows of the answers of one wave: `answer` numbers them by (rater, partner); bounds; sums in intervals."""

    answer: dict[tuple[str, str], int]
    low: np.ndarray
    high: np.ndarray
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def add(self, weights: dict[int, float], low: float, high: float) -> None:
        """A weighted sum of answers lies between two numbers."""
        self.rows.append((weights, low, high))

    def bounds(self, wanted: list[int]) -> Iterator[tuple[int, float, float]]:
        """How low and how high each of some answers can be."""
        at = [(row, column, value) for row, (weights, _, _) in enumerate(self.rows) for column, value in weights.items()]
        size = (len(self.rows), len(self.low))
        matrix = csr_array(([v for *_, v in at], ([r for r, *_ in at], [c for _, c, _ in at])), shape=size) if at else None
        both = vstack([matrix, -matrix], format="csr") if matrix is not None else None
        right = np.array([high for *_, high in self.rows] + [-low for _, low, _ in self.rows])
        limits = np.column_stack([self.low, self.high])
        for number in wanted:
            ends = []
            for sign in (1.0, -1.0):
                goal = np.zeros(len(self.low))
                goal[number] = sign
                if both is None:
                    ends.append(self.low[number] if sign > 0 else self.high[number])
                    continue
                found = linprog(goal, A_ub=both, b_ub=right, bounds=limits, method="highs")
                assert found.status == 0, found.message
                ends.append(float(found.fun) * sign)
            yield number, ends[0], ends[1]


def known(seen: Tables, wave: str | None, own: str | None = None) -> Known:
    """Everything that tables made for others than the lead tell of the answers of a wave; `own`: a partner who knows its own."""
    assert seen.exact is not None
    network = build(seen, Scope(wave=wave))
    exact = network.exact
    assert exact is not None
    reports = exact.directed.filter(pl.col("strength").is_not_null())
    answer = {(rater, partner): at for at, (rater, partner) in enumerate(reports.select("rater", "partner").iter_rows())}
    knowledge = Known(answer, np.zeros(len(answer)), np.ones(len(answer)))
    _words(knowledge, network)
    if own is not None:
        for rater, partner, strength in reports.select("rater", "partner", "strength").iter_rows():
            if rater == own:
                number = answer[rater, partner]
                knowledge.low[number] = knowledge.high[number] = strength
    sides = {tie: [answer[pair] for pair in (tie, tie[::-1]) if pair in answer] for tie in _ties(exact)}
    for name, ties in cuts.listed(exact):
        if disclosure.ties_reason(network, ties) is None:
            mean = disclosure.mean_strength(network, ties).value
            _mean(knowledge, [sides[tie] for tie in ties if sides[tie]], mean, name)
    for partner, mean, total in (
        catalogue.partners(network, ("mean_strength", "total_strength"))
        .select("id", "mean_strength", "total_strength")
        .iter_rows()
    ):
        around = [numbers for tie, numbers in sides.items() if partner in tie and numbers]
        _mean(knowledge, around, mean, partner)
        if total is not None:
            knowledge.add(_sum(around), total - HALF, total + HALF)
    return knowledge


def _ties(network: Network) -> list[tuple[str, str]]:
    return list(network.ties.select("source", "target").iter_rows())


def _words(knowledge: Known, network: Network) -> None:
    """Bounds of both sides of a pair from its word."""
    for source, target, word in network.ties.select("source", "target", "word").iter_rows():
        for pair in ((source, target), (target, source)):
            if word == "strong":
                knowledge.low[knowledge.answer[pair]] = 2 / 3
            elif word == "light":
                knowledge.high[knowledge.answer[pair]] = 1 / 3


def _sum(ties: list[list[int]]) -> dict[int, float]:
    weights: dict[int, float] = {}
    for numbers in ties:
        for number in numbers:
            weights[number] = weights.get(number, 0.0) + 1 / len(numbers)
    return weights


def _mean(knowledge: Known, ties: list[list[int]], mean: float | None, name: str) -> None:
    """The mean over ties of each tie's mean over its sides is a figure of two decimals."""
    if mean is not None and ties:
        assert name
        knowledge.add(_sum(ties), (mean - HALF) * len(ties), (mean + HALF) * len(ties))


def narrowest(seen: Tables, wave: str | None, own: str | None = None, most: int | None = None) -> float:
    """The width of the narrowest interval in which an answer of somebody else can be placed."""
    knowledge = known(seen, wave, own)
    wanted = [number for (rater, _), number in knowledge.answer.items() if rater != own]
    step = max(1, len(wanted) // most) if most else 1
    return min((high - low for _, low, high in knowledge.bounds(wanted[::step])), default=1.0)


def programme(
    seed: int,
    partners: int = 16,
    density: float = 0.5,
    one_sided: float = 0.2,
    level: int | None = None,
    silent: float = 0.0,
    stays: float = 0.5,
) -> Tables:
    """A programme made by chance: three overlapping pilots, three places, four kinds, two waves; half of the answers move.

    `one_sided`: the share of answers that are missing; `level`: the one answer that everybody gives, if they agree; `silent`: the
    share of partners that do not answer in a wave, of which `stays` do not answer in the next one either.
    """
    chance = random.Random(seed)
    ids = [f"o{number:02}" for number in range(partners)]
    kinds = {partner: chance.choice(list(CORE_KINDS)) for partner in ids}
    ratings: list[tuple[str, str, str, int]] = []
    before: dict[tuple[str, str], int] = {}
    quiet = {"w0": set(chance.sample(ids, round(silent * partners)))} if silent else {}
    if silent:
        again = set(chance.sample(sorted(quiet["w0"]), round(stays * len(quiet["w0"]))))
        others = [partner for partner in ids if partner not in quiet["w0"]]
        quiet["w1"] = again | set(chance.sample(others, len(quiet["w0"]) - len(again)))
    for pair in combinations(ids, 2):
        if chance.random() >= density:
            continue
        middle = 5 * chance.random()
        for wave in ("w0", "w1"):
            for ends in (pair, pair[::-1]):
                answer = min(5, max(1, round(chance.gauss(middle, 1.2)))) if level is None else level
                if chance.random() < one_sided or ends[0] in quiet.get(wave, ()):
                    continue
                before[ends] = before[ends] if ends in before and chance.random() < 0.5 else answer
                ratings.append((wave, *ends, before[ends]))
    pilots = [{"id": f"p{number}", "name": f"P{number}", "lead": chance.choice(ids)} for number in range(3)]
    part = [{"pilot": pilot["id"], "organisation": partner} for pilot in pilots for partner in ids if chance.random() < 0.5]
    made = tables(kinds, ratings=ratings, waves=[("w0", "2024-01-01"), ("w1", "2025-01-01")], pilots=pilots, involvements=part)
    places = pl.Series([chance.choice("ABC") for _ in ids])
    return made.with_(organisations=made.organisations.with_columns(place=places, sharing=pl.lit("public")))


@dataclass
class Silence:
    """What others than the lead can tell of who kept silent in one wave: `wordless` partners without a word on any partnership,
    `number` of them that did not answer (the response is shown), `told`: pairs of which one must have told (a partnership
    no document tells of), how many earlier waves each had no word in (`before`), `degree`, and the `truth`."""

    wordless: list[str]
    number: int
    told: dict[str, set[str]]
    before: dict[str, int]
    degree: dict[str, int]
    truth: set[str]

    def chances(self, steps: int = 20_000, unseen: int = 4_000) -> dict[str, float]:
        """How often each of the wordless is silent among all ways to be silent that fit: by a walk over them, begun at the true
        one (which an attacker would have to find first), of which the first `unseen` steps do not count."""
        chance, now = random.Random(1), sorted(self.truth)
        rest = [partner for partner in self.wordless if partner not in self.truth]
        seen = dict.fromkeys(self.wordless, 0)
        for step in range(steps + unseen if rest and now else 0):
            out, into = chance.randrange(len(now)), chance.randrange(len(rest))
            if not self.told[rest[into]] & (set(now) - {now[out]}):
                now[out], rest[into] = rest[into], now[out]
            for partner in now if step >= unseen else ():
                seen[partner] += 1
        return {partner: number / steps if rest else 1.0 for partner, number in seen.items()}

    def guesses(self) -> dict[str, float]:
        """How many of the guesses of several attackers are right, each of whom names as many partners as did not answer."""
        fit = self.chances()
        ways = {
            "most waves without a word": lambda partner: -self.before[partner],
            "fewest partnerships": lambda partner: self.degree[partner],
            "most ways that fit": lambda partner: -fit[partner],
            "all of these": lambda partner: (-self.before[partner], -round(fit[partner], 1), self.degree[partner]),
        }
        return {name: self._right(way) for name, way in ways.items()} if self.truth else {}

    def _right(self, way: Callable[[str], object]) -> float:
        """The share that is right of as many guesses as did not answer, those alike counting as a draw between them."""
        ordered = sorted(self.wordless, key=way)  # type: ignore[arg-type]
        last = way(ordered[self.number - 1])
        sure = [partner for partner in ordered if way(partner) < last]  # type: ignore[operator]
        level = [partner for partner in ordered if way(partner) == last]
        drawn = len(self.truth & set(level)) / len(level) * (self.number - len(sure))
        return (len(self.truth & set(sure)) + drawn) / self.number


def silence(seen: Tables, own: str | None = None) -> Iterator[tuple[str, Silence]]:
    """Each wave in which somebody kept silent and somebody has a word, with what others than the lead can tell of it; `own`: a
    partner, who knows what it said itself."""
    assert seen.exact is not None
    before: dict[str, int] = {}
    for wave in waves_in_order(seen):
        network = build(seen, Scope(wave=wave))
        graph = network.graph
        voiced = {end for *ends, tie in graph.edges(data=True) if tie["word"] for end in ends}
        wordless = [partner for partner in graph if partner not in voiced]
        documented = {frozenset(pair) for pair in _recorded(seen, wave)}
        told = {a: {b for b in graph[a] if frozenset((a, b)) not in documented} for a in graph}
        if own is not None:
            mine = set(ratings_in(seen.exact, wave).filter(pl.col("rater") == own)["partner"])
            answered = {other for other in told[own] if other not in mine} | {own}
            wordless = [partner for partner in wordless if partner not in answered]
        truth = (silent(seen.exact, wave) & set(graph)) - {own}
        if truth and voiced:
            yield wave, Silence(wordless, len(truth), told, {p: before.get(p, 0) for p in graph}, dict(graph.degree), truth)
        before = {partner: before.get(partner, 0) + (partner not in voiced) for partner in graph}


def _recorded(seen: Tables, wave: str) -> Iterator[tuple[str, str]]:
    return active(seen["partnerships"], date_of(seen, wave)).select("source", "target").iter_rows()  # type: ignore[return-value]
