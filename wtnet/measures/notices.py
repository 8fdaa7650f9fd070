"""Sentences that go with a network's figures: why some are empty, and what they leave out."""

from __future__ import annotations

import math

import polars as pl

from wtnet.measures.disclosure import everything, reason, response_reason
from wtnet.measures.engine.arrays import arrays, once
from wtnet.measures.engine.paths import paths
from wtnet.measures.position import betweenness, betweenness_within
from wtnet.measures.taking_part import taking_part, unheard
from wtnet.network import Network
from wtnet.tables import coverage
from wtnet.tables.waves import is_open


def notices(network: Network, documented: bool = True) -> tuple[str, ...]:
    """What to know before reading the figures, in sentences: why some are empty and what is left out; how many ties are
    `documented` only unless that is said elsewhere."""
    a, taking, gap = arrays(network), taking_part(network), coverage.ties(network.tables)
    sentences = []
    if not a.n:
        return ("There are no partners in view: widen the filters.",)
    if a.n == 1:
        sentences.append("There is one partner in view, so figures that compare or connect partners are empty.")
    elif gap and not a.m:
        sentences.append(f"Partnerships between these partners are {gap.words}, so figures that rest on partnerships are empty.")
    elif not a.m:
        sentences.append("No two of these partners have a partnership in view, so figures that rest on partnerships are empty.")
    untold = None if taking.survey else coverage.unknown(network.tables, "ratings")
    if gap and a.m:
        sentences.append("The record does not tell of all partnerships, so figures that rest on pairs without one are empty.")
    if untold and a.m and everything(network).ties["strength"].null_count() == a.m:
        sentences.append(f"How strong partnerships are is {untold.words}: they are known from documents.")
        return tuple(sentences)
    alone = "so strengths come from documented levels alone" if network.counts_documents else "so no strength is known"
    if untold:
        sentences.append(f"What partners say of one another is {untold.words}, {alone}.")
    elif network.wave is None:
        sentences.append(f"There is no survey wave, {alone}.")
    elif not taking.survey:
        sentences.append(f"Nobody was asked in this wave, {alone}.")
    elif response_reason(network):
        pass
    elif taking.silent.any() or not taking.known:
        sentences.append(_response(network))
    if paths.__wrapped__ in network.kept and (how := estimated(network)):  # type: ignore[attr-defined]
        sentences.append(how)
    if reason(network):
        return tuple(sentences)
    one_sided, unrated, unknown = _one_sided(network), unrated_ties(network), _unknown(network)
    if one_sided:
        sentences.append(f"{one_sided} of {a.m} partnerships rest on what one side says alone.")
    if unrated and documented:
        sentences.append(
            f"{unrated} of {a.m} partnerships are documented only: nobody rated them, and no figure of strength has them in it."
        )
    if unknown:
        sentences.append(
            f"{unknown} of {a.m} partnerships have no known strength: they count as partnerships and are left out of "
            f"figures that use strength."
        )
    return tuple(sentences)


def estimated(network: Network) -> str | None:
    """How betweenness is estimated in a network of thousands of partners, and how far it can be off; null where it is exact."""
    within = betweenness_within(network)
    if within is None:
        return None
    value = betweenness(network)
    off = max(max(high - value[partner], value[partner] - low) for partner, (low, high) in within.items())
    return (
        f"Betweenness of these {len(within):,} partners is estimated from {paths(network).draws:,} shortest paths drawn at "
        f"random: with 95% confidence none is off by more than {math.ceil(off * 10_000) / 10_000:.4f}, on the scale of 0 to 1."
    )


def _response(network: Network) -> str:
    """The number of those asked who did not answer, and its consequence; without a roster also the rule for who was asked."""
    taking = taking_part(network)
    quiet, asked = int(taking.silent.sum()), int(taking.asked.sum())
    did_not = "have not answered yet" if is_open(network.tables, network.wave) else "did not answer"
    sentence = f"{quiet} of {asked} partners asked in this wave {did_not}"
    if not taking.known:
        sentence = (
            f"Who was asked in this wave is not recorded; the {asked} partners in its answers and partnerships are taken for it: "
            f"{quiet or 'all'} {did_not if quiet else 'answered'}"
        )
    return f"{sentence}; {unheard(network)} pairs without a partnership might have one." if quiet else f"{sentence}."


@once
def _one_sided(network: Network) -> int:
    """How many ties rest on one side's word; none where it is withheld."""
    if response_reason(network):
        return 0
    return everything(network).ties.filter(pl.col("basis") == "one-sided").height


@once
def unrated_ties(network: Network) -> int:
    """How many ties nobody rated, so that no figure of strength has them in it; none where documented levels count, and where
    such figures are withheld."""
    if network.counts_documents or reason(network):
        return 0
    return everything(network).ties.filter(pl.col("basis").is_in(["documented", "none"])).height


@once
def _unknown(network: Network) -> int:
    """How many ties have no known strength, besides those that nobody rated."""
    return everything(network).ties["strength"].null_count() - unrated_ties(network)


def standing(network: Network) -> str:
    """What the figures rest on, in a phrase beside every interval: how many answered, ties that one side alone rated, and
    ties of unknown strength; "" without a tie."""
    a, taking = arrays(network), taking_part(network)
    if not a.m or reason(network):
        return ""
    asked, silent = int(taking.asked.sum()), int(taking.silent.sum())
    if not taking.survey:
        unknown = everything(network).ties["strength"].null_count()
        return f"known from documents, not from answers; of {a.m} partnerships, {unknown} have no known strength"
    why = response_reason(network)
    answered = f"{why[0].lower()}{why[1:].rstrip('.')}" if why else f"{asked - silent} of {asked} partners answered"
    one_sided, unrated, unknown = _one_sided(network), unrated_ties(network), _unknown(network)
    parts = [] if why else [f"{one_sided} rest on one side's word"]
    parts += [f"{unrated} {'is' if unrated == 1 else 'are'} documented only"] if unrated else []
    parts += [f"{unknown} have no known strength"] if unknown else []
    return (
        f"{answered}; of {a.m} partnerships, {' and '.join(parts) if len(parts) < 3 else ', '.join(parts)}" if parts else answered
    )
