"""Sentences that go with a network's figures: why some are empty, and what they leave out."""

from __future__ import annotations

import numpy as np
import polars as pl

from wtnet.measures.engine.arrays import arrays
from wtnet.measures.taking_part import taking_part, unheard
from wtnet.network import Network


def notices(network: Network) -> tuple[str, ...]:
    """What to know before reading the figures, in sentences: why some are empty and what is left out."""
    a, taking = arrays(network), taking_part(network)
    sentences = []
    if not a.n:
        return ("There are no partners in view: widen the filters, or bring in some data.",)
    if a.n == 1:
        sentences.append("There is one partner in view, so figures that compare or connect partners are empty.")
    elif not a.m:
        sentences.append("No two of these partners have a tie in view, so figures that rest on ties are empty.")
    if network.wave is None:
        sentences.append("There is no survey wave, so strengths come from documented levels alone.")
    elif not taking.survey:
        sentences.append("Nobody rated anyone in this wave, so strengths come from documented levels alone.")
    elif taking.silent.any():
        quiet, asked = int(taking.silent.sum()), int(taking.asked.sum())
        pairs = unheard(network)
        sentences.append(f"{quiet} of {asked} partners in this wave did not answer; {pairs} pairs without a tie might have one.")
    one_sided, unknown = _one_sided(network), int(np.isnan(a.strength).sum())
    if one_sided:
        sentences.append(f"{one_sided} of {a.m} ties rest on what one side says alone.")
    if unknown:
        sentences.append(
            f"{unknown} of {a.m} ties have no known strength: they count as ties and are left out of figures that use strength."
        )
    return tuple(sentences)


def _one_sided(network: Network) -> int:
    return network.ties.filter(pl.col("basis") == "one-sided").height


def standing(network: Network) -> str:
    """What the figures rest on, in a phrase beside every interval: how many answered, ties that one side alone rated, and
    ties of unknown strength; "" without a tie."""
    a, taking = arrays(network), taking_part(network)
    if not a.m:
        return ""
    asked, silent = int(taking.asked.sum()), int(taking.silent.sum())
    answered = f"{asked - silent} of {asked} partners answered" if taking.survey else "nobody was asked, it is from documents"
    unknown = int(np.isnan(a.strength).sum())
    return f"{answered}; of {a.m} ties, {_one_sided(network)} rest on one side's word and {unknown} have no known strength"
