"""Where partners were put by hand on the map, per programme."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from wtnet.store.sql_schema import arrangements


def read(connection: sa.Connection, programme: str) -> dict[str, tuple[float, float]]:
    """Each arranged partner's x and y, in the units of the layout."""
    query = sa.select(arrangements.c.partner, arrangements.c.x, arrangements.c.y).where(arrangements.c.programme == programme)
    return {partner: (x, y) for partner, x, y in connection.execute(query)}


def write(connection: sa.Connection, programme: str, moved: Mapping[str, tuple[float, float]]) -> None:
    """Put some partners elsewhere; the others stay as they were arranged."""
    if not moved:
        return
    of_programme = arrangements.c.programme == programme
    connection.execute(sa.delete(arrangements).where(of_programme, arrangements.c.partner.in_(list(moved))))
    rows = [{"programme": programme, "partner": partner, "x": x, "y": y} for partner, (x, y) in moved.items()]
    connection.execute(sa.insert(arrangements), rows)


def clear(connection: sa.Connection, programme: str) -> None:
    """Let every partner stand where the layout puts it again."""
    connection.execute(sa.delete(arrangements).where(arrangements.c.programme == programme))
