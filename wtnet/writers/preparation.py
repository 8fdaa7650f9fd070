"""What every export needs, gathered once: the network of a scope, and where each partner stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wtnet import access
from wtnet.layout import positions
from wtnet.network import Scope, build, together
from wtnet.store.model import Programme
from wtnet.tables import Tables
from wtnet.tables.model import Audience
from wtnet.writers.export import Export


def prepare(
    programme: Programme,
    tables: Tables,
    scope: Scope,
    made: date | None = None,
    audience: Audience = "lead",
    known: Mapping[str, int] | None = None,
) -> Export:
    """The export of a scope for an audience, with positions worked out.

    A scope that does not fit the tables, or an unknown audience, is an InvalidRequest.
    """
    numbers = access.numbered(tables, known)
    seen = access.redact(tables, audience, numbers)
    return Export(
        programme,
        seen,
        build(seen, scope),
        positions.positions(together(seen)),
        made or date.today(),
        audience,
        cells=access.cells(tables, audience, numbers),
        known=numbers,
    )
