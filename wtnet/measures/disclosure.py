"""Disclosure: what others than the lead may learn, and why the rest is withheld, as a sentence.

Figures are worked out once, from every answer, and are the same for everybody; others read them rounded, or the word *withheld*.
A figure of a network is shown where its ties are those of a published cut (`measures.cuts`); one of a partner where the answers
of `LEAST` others are in it; of a named pair, only a word (`strength.WORDS`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import polars as pl

from wtnet.measures.cuts import DIGITS, LEAST, THIRD, Ties, cuts, disclosed_partners, ends_of, whole_network
from wtnet.network import Network, answers, asked, silent
from wtnet.strength import mean_known
from wtnet.tables import rounding

SMALL_CUT = "Withheld: so few organisations' answers are in it that one of them could be worked out."
NO_CUT = "Withheld: what rests on answers is shown for the whole, a pilot, a kind or a place, not for a choice as narrow as this."
LEADS_LEVELS = "Withheld: it rests on levels that the programme lead has not shared."
PAIR = "Strength withheld: of two named partners it is shown in three words, and only where both rated."
BY_NAME = "Withheld: who said what, and who did not answer, is for the programme lead."
NARROW = "Withheld: what tells who answered is shown of the whole programme, not of a part of it."
UNHEARD = "Withheld: it rests on which pairs nobody could speak of, and so would tell who did not answer."
SINGLE = "Withheld: partnerships that have something in common can be so few that what was answered of one could be told."
FEW_ASKED = "Withheld: fewer than five were asked."
FEW_OTHERS = "Withheld: fewer than five others' answers are in it."
FEW_PAIRS = "Withheld: so few partnerships went from one level to another that what was answered of one could be told."
ALIKE = "Withheld: the answers in it are so alike that each one would be known."
KIND_UNTOLD = "Withheld: of partners that are not shown by name it is not told how they work together (kinds of partnership)."
ALTERED = "Withheld: no strength is shown for what might be."


def figures(network: Network) -> Network:
    """The network that figures of this one are worked out from: with every answer where they may be shown, else as it is seen."""
    return network.exact if network.exact is not None and reason(network) is None else network


def everything(network: Network) -> Network:
    """The network with every answer, for what is not about strength: who was asked, who answered, which ties there are."""
    return network.exact or network


def reason(network: Network) -> str | None:
    """Why strength figures of this network are withheld, as a sentence; null where they are shown."""
    if network.tables.audience == "lead":
        return None
    if network.exact is None or network.tables.altered:
        return ALTERED
    if "reason" not in network.kept:
        network.kept["reason"] = _reason(network, network.exact)
    return network.kept["reason"]  # type: ignore[no-any-return]


def _reason(network: Network, exact: Network) -> str | None:
    if exact.counts_documents:
        same = network.ties["strength"].equals(exact.ties["strength"]) and network.ties.height == exact.ties.height
        return None if same else LEADS_LEVELS
    return ties_reason(network, ends_of(network.ties))


def ties_reason(network: Network, ties: Ties) -> str | None:
    """Why strength figures of some ties of a network are withheld; null where they are shown."""
    if network.tables.audience == "lead":
        return None
    if network.exact is None or network.tables.altered:
        return ALTERED
    if network.exact.counts_documents:
        return reason(network)
    listed = cuts(network.exact.tables, network.wave)
    if listed.publishes(ties) or not ties:
        return None
    return SMALL_CUT if listed.lists(ties) else NO_CUT


def edges_reason(network: Network, edges: Iterable[tuple[str, str]]) -> str | None:
    """The same as `ties_reason`, for edges of its graph in whatever direction."""
    return ties_reason(network, frozenset((min(pair), max(pair)) for pair in edges))


class Mean(NamedTuple):
    """A mean strength: `value` (0–1), of how many ties it is known (`ties`), and why it is `withheld`, as a sentence."""

    value: float | None
    ties: int
    withheld: str | None = None


def mean_strength(network: Network, edges: Iterable[tuple[str, str]] | None = None) -> Mean:
    """The mean strength of some edges of a network's graph (all of them if none are given), as the reader may see it."""
    pairs = list(network.graph.edges) if edges is None else list(edges)
    why = edges_reason(network, pairs)
    return Mean(None, 0, why) if why else _mean(network, pairs)


def mean_of_partner(network: Network, partner: str) -> Mean:
    """The mean strength of one partner's ties, as the reader may see it."""
    if not shows_partner(network, partner):
        return Mean(None, 0, reason(network) or FEW_OTHERS)
    return _mean(network, network.graph.edges(partner))


def _mean(network: Network, edges: Iterable[tuple[str, str]]) -> Mean:
    """The mean of strengths that may be shown."""
    graph = everything(network).graph
    known = [strength for pair in edges if (strength := graph.edges[pair]["strength"]) is not None]
    mean = mean_known(known)
    return Mean(mean if network.exact is None else rounded(mean), len(known))


def shows_partner(network: Network, partner: str) -> bool:
    """Whether figures of one partner that use strength are shown: to the lead, or where `LEAST` others' answers are in them."""
    if network.tables.audience == "lead":
        return True
    if network.exact is None or network.tables.altered:
        return False
    if network.exact.counts_documents:
        return reason(network) is None
    return partner in disclosed_partners(network.exact)


def leaves_room(parts: pl.Expr) -> pl.Expr:
    """Whether a mean of some parts (0–1; null is left out), each by itself, leaves every one of them open by a third."""
    total = parts.sum()
    return pl.min_horizontal(total, parts.count() - total) >= THIRD


def response_reason(network: Network) -> str | None:
    """Why the response rate, and all else that rests on silence, is withheld; null where it is shown.

    It is shown of the whole alone, of at least `LEAST` asked: parts beside one another would tell who it was.
    """
    if network.tables.audience == "lead":
        return None
    if network.exact is None or network.tables.altered:
        return ALTERED
    if network.exact.tables["ratings"].is_empty():
        return None
    whole = whole_network(network.exact.tables, network.wave)
    if (network.graph.number_of_nodes(), network.ties.height) != (whole.graph.number_of_nodes(), whole.ties.height):
        return NARROW
    return FEW_ASKED if 0 < len(answers(network.tables, network.wave)) < LEAST else None


def silence_reason(network: Network) -> str | None:
    """Why it is withheld what is worked out pair by pair from whether they are known to work together; null where it is shown.

    To others than the lead it is shown where everybody was asked and answered. Else several such figures, beside partnerships
    and what partners have in common, would fit only few choices of who did not (`tests/access/test_silence.py`).
    """
    if (why := response_reason(network)) or network.exact is None or network.exact.tables["ratings"].is_empty():
        return why
    partners, roster = set(network.graph), asked(network.exact.tables, network.wave)
    outside = roster.known and not partners.issubset(roster.partners)
    return UNHEARD if outside or partners & silent(network.exact.tables, network.wave) else None


def rounded(value: Any, digits: int = DIGITS) -> Any:
    """A figure as it is shown to others than the lead: a fraction to some decimals, anything else as it is."""
    return rounding.rounded(value, digits) if isinstance(value, float) else value
