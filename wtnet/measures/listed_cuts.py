"""The cuts of a network whose strength figures may be published: each with its name and its ties (`measures.cuts` decides)."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from wtnet.network import Network
from wtnet.tables.pilots import members_by_pilot, pilots_by_member

Ties = frozenset[tuple[str, str]]


def ends_of(ties: pl.DataFrame) -> Ties:
    """The ends of some ties (source before target as text)."""
    return frozenset(ties.select("source", "target").iter_rows())


def within(network: Network) -> list[tuple[str, Ties]]:
    """All ties within any pilot, kind or place, and those of two partners whose places are known."""
    nodes, ends = network.graph.nodes, ends_of(network.ties)
    kinds, places = dict(nodes(data="kind")), dict(nodes(data="place"))
    pilots = {partner: set(own) for partner, own in pilots_by_member(network.tables).items()}
    placed = frozenset(tie for tie in ends if places[tie[0]] is not None and places[tie[1]] is not None)
    named = [
        ("within a pilot", frozenset(tie for tie in ends if pilots.get(tie[0], set()) & pilots.get(tie[1], set()))),
        ("within a kind", frozenset(tie for tie in ends if kinds[tie[0]] == kinds[tie[1]])),
        ("of known places", placed),
        ("within a place", frozenset(tie for tie in placed if places[tie[0]] == places[tie[1]])),
    ]
    return [(name, ties) for name, ties in named if ties]


def parts(network: Network) -> list[tuple[str, Ties]]:
    """The whole, each pilot, kind, two kinds and place."""
    graph, tables = network.graph, network.tables
    ends = ends_of(network.ties)
    kinds, places = dict(graph.nodes(data="kind")), dict(graph.nodes(data="place"))
    named: list[tuple[str, Ties]] = [("the whole", ends)]

    def among(name: str, inside: Iterable[str]) -> None:
        here = set(inside)
        named.append((name, frozenset(tie for tie in ends if tie[0] in here and tie[1] in here)))

    for pilot, partners in members_by_pilot(tables).items():
        among(f"pilot {pilot}", partners)
    for kind in sorted({str(word) for word in kinds.values()}):
        among(f"kind {kind}", (partner for partner, word in kinds.items() if word == kind))
    of_kinds: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for tie in ends:
        first, second = sorted((str(kinds[tie[0]]), str(kinds[tie[1]])))
        of_kinds.setdefault((first, second), set()).add(tie)
    named += [(f"{first} and {second}", frozenset(ties)) for (first, second), ties in sorted(of_kinds.items())]
    for place in sorted({str(word) for word in places.values() if word is not None}):
        among(f"place {place}", (partner for partner, word in places.items() if word == place))
    return [(name, ties) for name, ties in named if ties]
