"""Settings for everybody, which are no data of a programme: a JSON value by name, without revisions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from wtnet.store.sql_schema import settings

LINK_SECRET = "link-secret"
"""The setting that links are signed with. No backup holds it, since with it every link could be made anew."""
STORE_ID = "store-id"
"""The setting that tells this database from every other, and from itself before it was restored; drawn anew each time."""
ROLES = "roles"
DRAFT = "survey-draft:"
"""What the names of settings begin with that hold what is typed on a form and not given yet."""
_LINKS = ("link:", "survey-link:")


def stays(name: str) -> bool:
    """Whether a setting is of this database alone: whom it lets in, and what somebody is typing. No backup brings it, and
    restoring one leaves it alone, so that a link taken back since stays taken back."""
    return name in (LINK_SECRET, STORE_ID) or name.startswith((*_LINKS, DRAFT))


Amendments = Mapping[str, Callable[[Any], Any]]
"""Settings to change, by name: what each makes of the value before (null if there is none)."""


def read(connection: sa.Connection, prefix: str) -> dict[str, Any]:
    """The settings whose names begin with `prefix`, by name."""
    query = sa.select(settings.c.name, settings.c.value).where(settings.c.name.startswith(prefix, autoescape=True))
    if prefix != STORE_ID:
        query = query.where(settings.c.name != STORE_ID)
    return {name: json.loads(value) for name, value in connection.execute(query.order_by(settings.c.name))}


def change(connection: sa.Connection, name: str, step: Callable[[Any], Any]) -> Any:
    """Store what `step` makes of the value before (null if there is none); nobody else changes it meanwhile."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(name))))
    value = step(read(connection, name).get(name))
    write(connection, name, value)
    return value


def write(connection: sa.Connection, name: str, value: Any) -> None:
    """Store a value under a name, in the place of the one before; null removes it. Of two at once, the later counts."""
    if value is None:
        connection.execute(sa.delete(settings).where(settings.c.name == name))
        return
    values = {"value": json.dumps(value, ensure_ascii=False, allow_nan=False), "changed_at": datetime.now(UTC)}
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = kind.insert(settings).values(name=name, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=[settings.c.name], set_=values))
