"""What every export needs, gathered once: the network of a scope, and where each partner stands."""

from __future__ import annotations

from datetime import date

from wtnet.draw import layout
from wtnet.measures import suppression
from wtnet.network import Scope, build, together
from wtnet.store.model import Programme
from wtnet.tables import Tables
from wtnet.writers._common import Export


def prepare(programme: Programme, tables: Tables, scope: Scope, made: date | None = None, audience: str = "lead") -> Export:
    """The export of a scope for an audience, with positions worked out.

    A scope that does not fit the tables, or an unknown audience, is an InvalidRequest.
    """
    tables = suppression.tables_for(tables, audience)
    network = build(tables, scope)
    return Export(programme, tables, network, layout.positions(together(tables)), made or date.today(), audience)
