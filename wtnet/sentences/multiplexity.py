"""Kinds of partnership in words: who works together in two or more ways, and what a partner gives and receives."""

from __future__ import annotations

import polars as pl

from wtnet.measures import disclosure, multiplexity
from wtnet.network import Network
from wtnet.sentences.format import count, share, verb
from wtnet.tables import coverage, relationships

HEADINGS = {
    "kind": "Kind of partnership",
    "given": "From it",
    "received": "To it",
    "both": "Both ways",
    "not_said": "Way not said",
}


def headline(network: Network) -> str:
    """How many partnerships are of two or more kinds, and which two go together most; "" where no kind is documented."""
    if not relationships.in_use(network.tables):
        return ""
    if not relationships.tells_all(network.tables):
        return disclosure.KIND_UNTOLD
    number, part = multiplexity.multiplex_ties(network), multiplexity.multiplex_share(network)
    if number is None or part is None:
        return ""
    known = sum(bool(kinds) for kinds in multiplexity.kinds_of_ties(network).values())
    start = f"Of {count(known, 'partnership')} whose kind is documented, "
    if not number:
        return f"{start}none is of two or more kinds." if coverage.is_complete(network.tables, "partnerships") else ""
    sentence = f"{start}{number:,} {verb(number, 'is', 'are')} of two or more kinds ({share(part, known)})"
    first = next(multiplexity.together(network).iter_rows(), None)
    if first is None:
        return f"{sentence}."
    kind, other, ties = first
    return f"{sentence}; most often “{kind}” with “{other}” ({ties:,})."


def given_and_received(network: Network, partner: str) -> tuple[pl.DataFrame | None, str]:
    """What a partner gives and receives, kind by kind, as a table for people; null, with why, where it is kept back, and null
    where no kind is documented."""
    ends = relationships.touching(network.tables).select("source", "target").rows()
    if any(partner in pair for pair in ends) and relationships.in_use(network.tables):
        return None, disclosure.KIND_UNTOLD
    frame = multiplexity.of_partner(network, partner)
    if not frame.height:
        return None, ""
    used = [name for name in HEADINGS if name == "kind" or frame[name].sum()]
    return frame.select(used).rename({name: HEADINGS[name] for name in used}), ""
