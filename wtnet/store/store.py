"""The store: several programmes in one database, each a row of revisions of which the last is what is seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from types import TracebackType

import sqlalchemy as sa
from sqlalchemy import exc

from wtnet.errors import InvalidRequest, StoreError
from wtnet.store import arrangement, connect, migrations, records
from wtnet.store.difference import Difference, differences, sentences
from wtnet.store.layout import programmes, revisions
from wtnet.store.model import Programme, Revision
from wtnet.tables import Tables, schema


@dataclass(frozen=True)
class _Facts:
    """What is told about a revision by whoever makes it."""

    author: str
    reason: str
    kind: str
    restores: int | None = None


class Store:
    """Programmes and their revisions in one database; may be used from several threads and processes at once.

    `url` is a SQLAlchemy address (`sqlite:///folder/file.db`, `postgresql://…`); without one, the database named by
    WTNET_DATABASE_URL, else a SQLite file in the person's own data folder. The file, its folder and its tables are
    made if they are not there. `wait` is how long, in seconds, a SQLite file locked by another program is waited for.
    Whatever goes wrong is a StoreError, and what was stored before is unchanged.
    """

    def __init__(self, url: str | None = None, wait: float = 10.0) -> None:
        self._engine, self._name = connect.engine(url or connect.default_url(), wait)
        try:
            with connect.in_words(self._name):
                self._open()
        except BaseException:
            self._engine.dispose()
            raise

    def _open(self) -> None:
        with self._engine.connect() as connection:
            if self._engine.dialect.name == "sqlite":
                connect.use_log(connection)
            ready = migrations.current(connection, self._name)
        if not ready:
            with self._writing() as connection:
                migrations.migrate(connection, self._name)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database; the store opens it again by itself if it is used once more."""
        self._engine.dispose()

    # -- reading ------------------------------------------------------------------------------------------------

    def programmes(self) -> list[Programme]:
        """Every programme, in the order they were created."""
        with self._reading() as connection:
            return _programmes(connection)

    def programme(self, id_or_name: str) -> Programme:
        """The programme with this id, else with this name (capitals do not matter).

        An unknown one is an InvalidRequest that names what there is.
        """
        there = self.programmes()
        found = _find(there, id_or_name)
        if found is None:
            raise InvalidRequest(f'There is no programme "{id_or_name}"; {_listed(there)}')
        return found

    def find(self, id_or_name: str) -> Programme | None:
        """The same, but null where there is none."""
        return _find(self.programmes(), id_or_name)

    def head(self, programme_id: str) -> int | None:
        """The programme's last revision; null if there is no such programme."""
        with self._reading() as connection:
            return _head(connection, programme_id)

    def load(self, programme_id: str, revision: int | None = None) -> Tables:
        """The nine tables of a programme as they were at a revision (null: the last one), exactly as they were stored."""
        with self._reading() as connection:
            head = self._known(connection, programme_id)
            if revision is not None and revision != head:
                self._belongs(connection, programme_id, revision)
            at = None if revision == head else revision
            frames = {name: records.read(connection, name, programme_id, at) for name in schema.NAMES}
        return Tables({name: frame.drop("_record", "_ordinal") for name, frame in frames.items()})

    def history(self, programme_id: str) -> list[Revision]:
        """Every revision of a programme, the last one first."""
        with self._reading() as connection:
            self._known(connection, programme_id)
            query = sa.select(revisions).where(revisions.c.programme == programme_id).order_by(revisions.c.id.desc())
            return [_revision(row) for row in connection.execute(query).mappings()]

    def arrangement(self, programme_id: str) -> dict[str, tuple[float, float]]:
        """Where partners were put by hand on the map: x and y by partner; empty if nobody arranged any."""
        with self._reading() as connection:
            return arrangement.read(connection, programme_id)

    # -- writing ------------------------------------------------------------------------------------------------

    def create(self, programme: Programme, tables: Tables, author: str, reason: str, kind: str = "create") -> Revision:
        """Add a programme with its first revision. An id or name that is taken is an InvalidRequest."""
        with self._writing() as connection:
            there = _programmes(connection)
            taken = _find(there, programme.id) or _find(there, programme.name)
            if taken:
                raise InvalidRequest(f'There is a programme "{taken.name}" already; choose another name, or add to that one.')
            return self._created(connection, programme, tables, _Facts(author, reason, kind))

    def seed(self, first: Sequence[tuple[Programme, Tables]], author: str, reason: str) -> bool:
        """Add these programmes, all or none, if the store holds no programme at all; true if they were added.

        Safe when several processes start at once: one adds them, the others find them there.
        """
        try:
            with self._writing() as connection:
                if connection.scalar(sa.select(sa.func.count()).select_from(programmes)):
                    return False
                for programme, tables in first:
                    self._created(connection, programme, tables, _Facts(author, reason, "create"))
                return True
        except StoreError as error:
            if isinstance(error.__cause__, exc.IntegrityError) and self.programmes():
                return False
            raise

    def arrange(self, programme_id: str, moved: Mapping[str, tuple[float, float]]) -> None:
        """Put some partners elsewhere on the map, for everybody who opens the programme; no revision is made."""
        with self._writing() as connection:
            self._known(connection, programme_id)
            arrangement.write(connection, programme_id, moved)

    def unarrange(self, programme_id: str) -> None:
        """Let every partner stand where the layout puts it again."""
        with self._writing() as connection:
            arrangement.clear(connection, programme_id)

    def commit(
        self,
        programme_id: str,
        tables: Tables,
        *,
        base: int,
        author: str,
        reason: str,
        kind: str = "import",
        restores: int | None = None,
    ) -> Revision:
        """Make these tables the programme's state, as a new revision on top of `base`, in one transaction.

        Only what differs is written: rows that are the same keep their version. If nothing differs, no revision is
        made and the last one is returned. `base` is the revision the change was made from; if it is no longer the
        last one, someone else saved meanwhile and this is a StoreError.
        """
        with self._writing() as connection:
            head = self._known(connection, programme_id, lock=True)
            if base != head:
                self._belongs(connection, programme_id, base)
                last = self._one(connection, head)
                raise StoreError(
                    f"{last.author} saved a newer version meanwhile ({last.summary}). Nothing of yours was stored; open the "
                    "programme afresh and make your change again."
                )
            return self._committed(connection, programme_id, tables, head, _Facts(author, reason, kind, restores))

    def _created(self, connection: sa.Connection, programme: Programme, tables: Tables, facts: _Facts) -> Revision:
        values = {**asdict(programme), "name_folded": programme.name.casefold(), "created": datetime.now(UTC)}
        connection.execute(sa.insert(programmes).values(values))
        return self._committed(connection, programme.id, tables, None, facts)

    def _committed(self, connection: sa.Connection, programme: str, tables: Tables, head: int | None, facts: _Facts) -> Revision:
        """Write the difference to the current state as a new revision; without any, the last revision is returned."""
        stored = {name: records.read(connection, name, programme) for name in schema.NAMES}
        before = Tables({name: frame.drop("_record", "_ordinal") for name, frame in stored.items()})
        changes = differences(before, tables)
        if head is not None and before == tables:
            return self._one(connection, head)
        values = {**asdict(facts), "programme": programme, "parent": head, "base": head, "made_at": datetime.now(UTC)}
        insert = sa.insert(revisions).values(**values, summary=_summary(changes, head is None))
        made = connection.execute(insert.returning(revisions)).mappings().one()
        for name in schema.NAMES:
            records.write(connection, name, programme, made["id"], stored=stored[name], wanted=tables[name])
        return _revision(made)

    # -- inside -------------------------------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one moment of the database."""
        options = {"isolation_level": "REPEATABLE READ"} if self._engine.dialect.name == "postgresql" else {}
        with connect.in_words(self._name), self._engine.connect() as connection:
            yield connection.execution_options(**options)

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction that is kept if the block ends well, and leaves no trace if not."""
        with connect.in_words(self._name), self._engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def _known(self, connection: sa.Connection, programme: str, lock: bool = False) -> int:
        """The last revision of a programme that must be there; `lock` keeps others from saving to it until the end."""
        if lock:
            connection.execute(sa.select(programmes.c.id).where(programmes.c.id == programme).with_for_update())
        head = _head(connection, programme)
        if head is None:
            raise InvalidRequest(f'There is no programme "{programme}"; {_listed(_programmes(connection))}')
        return head

    def _one(self, connection: sa.Connection, revision: int) -> Revision:
        return _revision(connection.execute(sa.select(revisions).where(revisions.c.id == revision)).mappings().one())

    def _belongs(self, connection: sa.Connection, programme: str, revision: int) -> None:
        query = sa.select(revisions.c.id).where(revisions.c.id == revision, revisions.c.programme == programme)
        if connection.scalar(query) is None:
            raise InvalidRequest(f'The programme "{programme}" has no revision {revision}; its history lists the ones there are.')


def _find(there: Sequence[Programme], id_or_name: str) -> Programme | None:
    """The programme with this id, else with this name in any capitals, else null."""
    wanted = id_or_name.strip().casefold()
    by_id = [one for one in there if one.id.casefold() == wanted]
    by_name = [one for one in there if one.name.strip().casefold() == wanted]
    return next(iter(by_id + by_name), None)


def _listed(there: Sequence[Programme]) -> str:
    if not there:
        return "there are none yet. Bring in a file to start one."
    return f"there are: {', '.join(one.id if one.id == one.name else f'{one.id} ({one.name})' for one in there)}."


def _programmes(connection: sa.Connection) -> list[Programme]:
    query = sa.select(programmes).order_by(programmes.c.created, programmes.c.id)
    fields = Programme.__dataclass_fields__
    return [Programme(**{name: row[name] for name in fields}) for row in connection.execute(query).mappings()]


def _head(connection: sa.Connection, programme: str) -> int | None:
    return connection.scalar(sa.select(sa.func.max(revisions.c.id)).where(revisions.c.programme == programme))


def _revision(row: sa.RowMapping) -> Revision:
    values = {name: row[name] for name in Revision.__dataclass_fields__}
    made = values["made_at"]
    return Revision(**{**values, "made_at": made.replace(tzinfo=UTC) if made.tzinfo is None else made.astimezone(UTC)})


def _summary(changes: dict[str, Difference], first: bool) -> str:
    return "; ".join(sentences(changes)) or ("started with no rows" if first else "order of rows changed")
