"""How many people of an organisation answered about a partner, and how far they differ; for the lead alone.

What others than the lead have holds no answer of one person (`access.redact`), so that they are told nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl

from wtnet.network import Network
from wtnet.sentences.format import cut, listed
from wtnet.sentences.partners import ASKED, answer_text
from wtnet.strength import steps_apart
from wtnet.strength.answers import FAR
from wtnet.tables.respondents import ROLE


class _Spread(NamedTuple):
    """The two answers to one question that are furthest apart, and by how many steps."""

    column: str
    question: str
    low: Any
    high: Any
    steps: float

    def __str__(self) -> str:
        low, high = answer_text(self.column, self.low), answer_text(self.column, self.high)
        return f"{self.question.partition(',')[0].lower()}: {low} and {high}"


def _given(network: Network, partner: str) -> pl.DataFrame:
    """What a partner's people said of others in the wave, a row each."""
    ratings = network.tables.ratings
    return ratings.filter(pl.col("wave") == (network.wave or ""), pl.col("rater") == partner, pl.col("partner") != partner)


def _spreads(rows: pl.DataFrame) -> Iterator[_Spread]:
    """How far people are apart on each question that at least two of them answered."""
    for column, question in ASKED:
        answers = rows[column].drop_nulls().sort().to_list()
        if len(answers) > 1:
            yield _Spread(column, question, answers[0], answers[-1], steps_apart(column, answers[0], answers[-1]))


def of_pair(network: Network, partner: str, other: str) -> list[str]:
    """The number of people on each side of a partnership with several respondents, and where they are furthest apart."""
    names = network.graph.nodes(data="name")
    sentences = []
    for rater, rated in ((partner, other), (other, partner)):
        rows = _given(network, rater).filter(pl.col("partner") == rated)
        if rows.height > 1:
            who, whom = cut(names[rater], 46), cut(names[rated], 46)
            sentences.append(f"{rows.height:,} people of {who} answered about {whom}. {_apart(list(_spreads(rows)))}")
    return sentences


def _apart(spreads: list[_Spread]) -> str:
    if not spreads:
        return "No two of them answered the same question, so their answers cannot be compared."
    far = sorted((spread for spread in spreads if spread.steps >= FAR), key=lambda spread: -spread.steps)
    if not far:
        return "On no question are two of them two steps apart or more."
    return f"Furthest apart: {'; '.join(map(str, far[:3]))}."


def of_partner(network: Network, partner: str) -> str:
    """How many people answered for a partner, by role, and about whom they differ most; "" where one answered for all."""
    rows = _given(network, partner)
    roles = rows[ROLE].unique(maintain_order=True).to_list()
    if len(roles) < 2:
        return ""
    who = listed([role or "one for it as a whole" for role in roles], 6)
    sentence = f"{len(roles):,} people answered for it: {who}."
    names = network.graph.nodes(data="name")
    spreads = [
        (names[other], spread)
        for (other,), about in rows.group_by("partner", maintain_order=True)
        for spread in _spreads(about)
        if other in network.graph and spread.steps >= FAR
    ]
    if not spreads:
        return sentence
    name, widest = max(spreads, key=lambda pair: pair[1].steps)
    return f"{sentence} They are furthest apart about {cut(name, 46)} ({widest})."
