"""What every export needs, gathered once: the network of a scope, and where each partner stands."""

from __future__ import annotations

from datetime import date

from wtnet.draw import layout
from wtnet.network import Scope, build, together
from wtnet.store.model import Programme
from wtnet.tables import Tables
from wtnet.writers._common import Export


def prepare(programme: Programme, tables: Tables, scope: Scope, made: date | None = None) -> Export:
    """The export of a scope, with positions worked out; a scope that does not fit the tables is an InvalidRequest."""
    network = build(tables, scope)
    return Export(programme, tables, network, layout.positions(together(tables)), made or date.today())
