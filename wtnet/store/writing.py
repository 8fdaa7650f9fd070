"""Writing a revision: the difference to what is stored, inside the caller's transaction."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from wtnet.store import lookups, programme_info, records
from wtnet.store.difference import Difference, differences, sentences
from wtnet.store.model import Programme, Revision
from wtnet.store.sql_schema import programmes, revisions
from wtnet.tables import Tables, from_survey, schema


@dataclass(frozen=True)
class RevisionNote:
    """Who makes a revision, why, of which kind, and which earlier revision it restores."""

    author: str
    reason: str
    kind: str
    restores: int | None = None

    def row(self) -> dict[str, str | int | None]:
        """The text as stored: without characters that not every database can hold."""
        text = {name: _clean(getattr(self, name)) for name in ("author", "reason", "kind")}
        return {**text, "restores": self.restores}


def create(connection: sa.Connection, programme: Programme, tables: Tables, note: RevisionNote) -> Revision:
    """Add a programme with its first revision; its id and name must not be taken."""
    details = {name: _clean(value) if isinstance(value, str) else value for name, value in asdict(programme).items()}
    values = {**details, "name_folded": details["name"].casefold(), "created": datetime.now(UTC)}
    connection.execute(sa.insert(programmes).values(values))
    draw_secrets(connection)
    return commit(connection, programme.id, tables, None, note)


def draw_secrets(connection: sa.Connection) -> None:
    """Draw a secret for each programme that has none."""
    without = connection.scalars(sa.select(programmes.c.id).where(programmes.c.secret.is_(None))).all()
    for programme in without:
        connection.execute(sa.update(programmes).where(programmes.c.id == programme).values(secret=secrets.token_hex(32)))


def commit(
    connection: sa.Connection,
    programme: str,
    tables: Tables,
    head: int | None,
    note: RevisionNote,
    base: int | None = None,
    about: programme_info.Details | None = None,
) -> Revision:
    """Write the difference to the current state as a new revision; without any, the last revision is returned. Results that come
    of answers are worked out anew (`tables.from_survey`).

    `head` is the programme's last revision (null for its first) and `base` the one the author had open, if another. `about` are
    the programme's name, source … from this revision on, null where they stay.
    """
    stored = {name: records.empty(name) if head is None else records.read(connection, name, programme) for name in schema.NAMES}
    before = records.as_tables(stored)
    tables = from_survey.worked_out(tables, before)
    changes = differences(before, tables)
    was = programme_info.current(connection, programme)
    words = was if about is None else about
    if head is not None and before == tables and words == was:
        return lookups.revision(connection, head)
    at = {"programme": programme, "parent": head, "base": base or head, "made_at": datetime.now(UTC)}
    values = {**note.row(), **at}
    insert = sa.insert(revisions).values(**values, summary=_summary(changes, programme_info.sentences(was, words), head is None))
    revision = connection.execute(insert.returning(revisions)).mappings().one()
    for name in schema.NAMES:
        records.write(connection, name, programme, revision["id"], stored=stored[name], wanted=tables[name])
    if words != was:
        programme_info.write(connection, programme, revision["id"], was, words)
    return lookups.to_revision(revision)


def _clean(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _summary(changes: dict[str, Difference], about: list[str], first: bool) -> str:
    return "; ".join([*about, *sentences(changes)]) or ("started with no rows" if first else "order of rows changed")
