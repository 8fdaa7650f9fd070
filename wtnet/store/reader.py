"""What is read of the store: programmes, their revisions and what differs between them, arrangements and settings."""

from __future__ import annotations

import copy
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from wtnet.store import arrangement, change_sentences, lookups, programme_info, settings
from wtnet.store.database import Database
from wtnet.store.model import Programme, Revision
from wtnet.store.undo import UndoRedo, steps
from wtnet.tables import Tables


class StoreReader:
    """Everything that is read of a database; `wtnet.store.Store` adds what is written."""

    def __init__(self, url: str | None = None, wait: float = 30.0) -> None:
        self._database = Database(url, wait)

    def read_only(self) -> Self:
        """A read-only handle on the same database: writing raises StoreError."""
        other = copy.copy(self)
        other._database = self._database.read_only()
        return other

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections to the database; the next use opens new ones."""
        self._database.engine.dispose()

    def programmes(self) -> list[Programme]:
        """Every programme, in the order they were created."""
        with self._database.reading() as connection:
            return lookups.all_programmes(connection)

    def programme(self, id_or_name: str) -> Programme:
        """The programme with this id, else with this name (capitals do not matter).

        An unknown one is an InvalidRequest that names what there is.
        """
        existing = self.programmes()
        programme = lookups.find(existing, id_or_name)
        if programme is None:
            raise lookups.unknown_programme(id_or_name, existing)
        return programme

    def find(self, id_or_name: str) -> Programme | None:
        """The same, but null where there is none."""
        return lookups.find(self.programmes(), id_or_name)

    def head(self, programme_id: str) -> int | None:
        """The programme's last revision; null if there is no such programme."""
        with self._database.reading() as connection:
            return lookups.head(connection, programme_id)

    def load(self, programme_id: str, revision: int | None = None) -> Tables:
        """The tables of a programme as they were at a revision (null: the last one), exactly as they were stored."""
        with self._database.reading() as connection:
            return self._load(connection, programme_id, revision)

    def history(self, programme_id: str) -> list[Revision]:
        """Every revision of a programme, the last one first."""
        with self._database.reading() as connection:
            lookups.required_head(connection, programme_id)
            return lookups.history(connection, programme_id)

    def steps(self, programme_id: str) -> UndoRedo:
        """What undo and redo would do next."""
        return steps(self.history(programme_id))

    def diff(self, programme_id: str, before: int | None, after: int | None = None, limit: int = 40) -> list[str]:
        """What differs between two revisions, in sentences with names (see `wtnet.store.change_sentences.diff`).

        A null `before` is the state before the first revision, a null `after` the last revision.
        """
        with self._database.reading() as connection:
            lookups.required_head(connection, programme_id)
            old = Tables() if before is None else self._load(connection, programme_id, before)
            rows = change_sentences.diff(old, self._load(connection, programme_id, after), limit)
            if before is None:
                return rows
            last = lookups.required_head(connection, programme_id) if after is None else after
            was, now = (programme_info.at_revision(connection, programme_id, revision) for revision in (before, last))
            return [*programme_info.sentences(was, now), *rows]

    def arrangement(self, programme_id: str) -> dict[str, tuple[float, float]]:
        """Where partners were put by hand on the map: x and y by partner; empty if nobody arranged any."""
        with self._database.reading() as connection:
            return arrangement.read(connection, programme_id)

    def settings(self, prefix: str) -> dict[str, Any]:
        """What is remembered for everybody under names that begin with `prefix`, by name."""
        with self._database.reading() as connection:
            return settings.read(connection, prefix)

    def _load(self, connection: sa.Connection, programme: str, revision: int | None) -> Tables:
        head = lookups.required_head(connection, programme)
        if revision is None or revision == head:
            return lookups.tables(connection, programme)
        lookups.require_revision(connection, programme, revision)
        return lookups.tables(connection, programme, revision)
