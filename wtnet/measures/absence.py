"""Whether what is not in a network may be called absent, and whether its ties may be set beside chance.

A tie that is not in view may be filtered out, or not in the record; only where neither is so is it absent.
"""

from __future__ import annotations

from collections.abc import Collection

from wtnet.measures.taking_part import taking_part
from wtnet.network import Network
from wtnet.tables import coverage
from wtnet.tables.coverage import Unknown
from wtnet.tables.schema import CORE_KINDS

NOT_BY_CHANCE = (
    "These partnerships are known from documents, not from answers: which of them are here depends on what was written down, so "
    "they are not set beside chance."
)
"""Why there is no chance test."""


def documents_only(network: Network) -> bool:
    """Whether no tie in view rests on what anybody said: then which ties there are depends on what was written down."""
    return (network.exact or network).directed.is_empty()


def narrowed(network: Network) -> bool:
    """Whether a filter may keep a tie of a partner in view out of it."""
    scope = network.scope
    return bool(scope.kinds or scope.pilots or scope.hidden or scope.focus or scope.min_strength > 0 or scope.by_document)


def unknown_kinds(network: Network) -> dict[str, Unknown]:
    """The core kinds of which it cannot be told that a partner has no tie with them, and why; in the order they are declared."""
    gaps = {kind: filtered_out(network, kind) or coverage.ties_with_kind(network.tables, kind) for kind in CORE_KINDS}
    return {kind: gap for kind, gap in gaps.items() if gap}


def silent(network: Network) -> frozenset[str]:
    """The partners that were asked in this wave and have not answered: whom else they work with is unknown. None for others than
    the lead, who alone reads who did not answer."""
    if network.tables.audience != "lead":
        return frozenset()
    taking = taking_part(network)
    return frozenset(
        partner for partner, quiet in zip(network.graph, taking.silent.tolist(), strict=True) if quiet and taking.survey
    )


def only_known(network: Network, partners: Collection[str] | None = None) -> bool:
    """Whether more ties may be there than are known: some of `partners` (null means any) were asked and have not answered.
    For others than the lead, who are not told which those are, whether anybody was."""
    if network.tables.audience == "lead":
        quiet = silent(network)
        return bool(quiet if partners is None else quiet.intersection(partners))
    taking = taking_part(network)
    return taking.survey and bool(taking.silent.any())


def none_words(network: Network) -> str:
    """What stands where a partner has no tie with a kind: "none yet", or no more than is known: "none in view" where a filter may
    keep one out, "none known" for others than the lead where anybody asked has not answered."""
    if narrowed(network):
        return "none in view"
    return "none known" if network.tables.audience != "lead" and only_known(network) else "none yet"


def filtered_out(network: Network, kind: str) -> Unknown | None:
    """Whether the filter leaves this kind of partner out of view."""
    return Unknown(kind, "filtered") if network.scope.kinds and kind not in network.scope.kinds else None


def ties(network: Network) -> Unknown | None:
    """Why it cannot be told of any two partners that they have no tie; None where it can."""
    return coverage.ties(network.tables)
