"""Bringing a database to the present shape: each step is numbered, recorded, and done once under a lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa

from wtnet.errors import StoreError
from wtnet.store.layout import METADATA, SHAPE, schema_versions

_LOCK = 7_460_738  # any number: the same for every process of this program on one PostgreSQL database


def _first(connection: sa.Connection) -> None:
    METADATA.create_all(connection)


STEPS: dict[int, Callable[[sa.Connection], None]] = {1: _first}
"""What takes a database from the shape before to the numbered one."""


def shape(connection: sa.Connection) -> int:
    """The shape of the database at the other end; 0 for an empty one."""
    if not sa.inspect(connection).has_table(schema_versions.name):
        return 0
    return connection.scalar(sa.select(sa.func.max(schema_versions.c.version))) or 0


def current(connection: sa.Connection, name: str) -> bool:
    """True if the shape is the present one; a newer one, which this version cannot know, is a StoreError."""
    found = shape(connection)
    if found > SHAPE:
        raise StoreError(f"{name} was written by a newer version of this program. Update the program, or name another database.")
    return found == SHAPE


def migrate(connection: sa.Connection, name: str) -> None:
    """Do the steps that are missing, inside the caller's transaction; a second process waits and then finds them done."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    if current(connection, name):
        return
    for version in range(shape(connection) + 1, SHAPE + 1):
        STEPS[version](connection)
        connection.execute(sa.insert(schema_versions).values(version=version, applied_at=datetime.now(UTC)))
