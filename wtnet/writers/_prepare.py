"""What every export needs, gathered once: the network of a scope, and where each partner stands."""

from __future__ import annotations

from datetime import date

import networkx as nx

from wtnet.draw import layout
from wtnet.network import Scope, build, waves_in_order
from wtnet.store.model import Programme
from wtnet.tables import Tables
from wtnet.writers._common import Export


def prepare(programme: Programme, tables: Tables, scope: Scope, made: date | None = None) -> Export:
    """The export of a scope, with positions worked out; a scope that does not fit the tables is an InvalidRequest."""
    network = build(tables, scope)
    return Export(programme, tables, network, positions(tables), made or date.today())


def positions(tables: Tables) -> dict[str, tuple[float, float]]:
    """Where each partner stands, from its ties in all waves together (the strongest of each): the same in every scope."""
    together = nx.Graph()
    for scope in [Scope(wave=wave) for wave in waves_in_order(tables)] or [Scope()]:
        graph = build(tables, scope).graph
        together.add_nodes_from(graph.nodes)
        for source, target, tie in graph.edges(data=True):
            before = together.get_edge_data(source, target, {}).get("strength")
            known = [strength for strength in (before, tie["strength"]) if strength is not None]
            together.add_edge(source, target, strength=max(known, default=None))
    return layout.positions(together)
