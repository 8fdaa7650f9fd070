"""What the store looks up inside a transaction: programmes, revisions, and the tables at a revision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

import sqlalchemy as sa

from wtnet.errors import InvalidRequest
from wtnet.store import records
from wtnet.store.model import Programme, Revision
from wtnet.store.sql_schema import programmes, revisions
from wtnet.tables import Tables, schema


def find(candidates: Sequence[Programme], id_or_name: str) -> Programme | None:
    """The programme with this id, else with this name in any capitals, else null."""
    wanted = id_or_name.strip().casefold()
    by_id = [programme for programme in candidates if programme.id.casefold() == wanted]
    by_name = [programme for programme in candidates if programme.name.strip().casefold() == wanted]
    return next(iter(by_id + by_name), None)


def unknown_programme(id_or_name: str, existing: Sequence[Programme]) -> InvalidRequest:
    """The sentence for a programme that is not there, naming those that are."""
    if not existing:
        return InvalidRequest(f'There is no programme "{id_or_name}"; there are none yet. Bring in a file to start one.')
    names = {programme.id: programme.name for programme in existing}
    listed = ", ".join(id if id == name else f"{id} ({name})" for id, name in names.items())
    return InvalidRequest(f'There is no programme "{id_or_name}"; there are: {listed}.')


def all_programmes(connection: sa.Connection) -> list[Programme]:
    """Every programme, in the order they were created."""
    query = sa.select(programmes).order_by(programmes.c.created, programmes.c.id)
    fields = Programme.__dataclass_fields__
    return [Programme(**{name: row[name] for name in fields}) for row in connection.execute(query).mappings()]


def head(connection: sa.Connection, programme: str) -> int | None:
    """The last revision of a programme; null if there is no such programme."""
    return connection.scalar(sa.select(sa.func.max(revisions.c.id)).where(revisions.c.programme == programme))


def required_head(connection: sa.Connection, programme: str, lock: bool = False) -> int:
    """The last revision of a programme that must exist; `lock` keeps others from saving to it until the transaction ends."""
    if lock:
        connection.execute(sa.select(programmes.c.id).where(programmes.c.id == programme).with_for_update())
    last = head(connection, programme)
    if last is None:
        raise unknown_programme(programme, all_programmes(connection))
    return last


def require_revision(connection: sa.Connection, programme: str, revision: int) -> None:
    """Refuse, as an InvalidRequest, a revision that the programme does not have."""
    query = sa.select(revisions.c.id).where(revisions.c.id == revision, revisions.c.programme == programme)
    # A number no database column can hold is no revision either.
    if not 0 <= revision < 2**63 or connection.scalar(query) is None:
        raise InvalidRequest(f'The programme "{programme}" has no revision {revision}; its history lists the ones there are.')


def revision(connection: sa.Connection, revision: int) -> Revision:
    """The revision with this number, which must exist."""
    return to_revision(connection.execute(sa.select(revisions).where(revisions.c.id == revision)).mappings().one())


def history(connection: sa.Connection, programme: str) -> list[Revision]:
    """Every revision of a programme, the last one first."""
    query = sa.select(revisions).where(revisions.c.programme == programme).order_by(revisions.c.id.desc())
    return [to_revision(row) for row in connection.execute(query).mappings()]


def tables(connection: sa.Connection, programme: str, revision: int | None = None) -> Tables:
    """The tables at a revision (null: the last one)."""
    frames = {name: records.read(connection, name, programme, revision) for name in schema.NAMES}
    secret = connection.scalar(sa.select(programmes.c.secret).where(programmes.c.id == programme))
    return records.as_tables(frames, secret)


def to_revision(row: sa.RowMapping) -> Revision:
    """A revision from its row; the time is in UTC, whatever the database made of it."""
    values = {name: row[name] for name in Revision.__dataclass_fields__}
    made_at = values["made_at"]
    return Revision(**{**values, "made_at": made_at.replace(tzinfo=UTC) if made_at.tzinfo is None else made_at.astimezone(UTC)})
