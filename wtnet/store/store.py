"""The store: several programmes in one database, each with its revisions, of which the last is shown."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc

from wtnet.errors import InvalidRequest, StoreError
from wtnet.store import arrangement, erasure, lookups, programme_info, settings, writing
from wtnet.store.backup import BackupContents, write_backup
from wtnet.store.concurrent import merged_with_stored
from wtnet.store.model import Programme, Revision
from wtnet.store.reader import StoreReader
from wtnet.store.restore import open_backup, restore
from wtnet.store.settings import Amendments
from wtnet.store.sql_schema import programmes
from wtnet.store.undo import REDO, RESTORE, UNDO, steps
from wtnet.store.writing import RevisionNote
from wtnet.tables import Tables


class Store(StoreReader):
    """Programmes and their revisions in one database, for several threads and processes at once.

    `url` is a SQLAlchemy address (`sqlite:///folder/file.db`, `postgresql://…`); without one, the database named by
    WTNET_DATABASE_URL, else a SQLite file in the person's own data folder. The file, its folder and its tables are
    made if they are not there. `wait`: how many seconds to wait for others who are writing.
    Whatever goes wrong is a StoreError, and what was stored before is unchanged.
    """

    # -- writing ------------------------------------------------------------------------------------------------

    def create(self, programme: Programme, tables: Tables, author: str, reason: str, kind: str = "create") -> Revision:
        """Add a programme with its first revision. An id or name that is taken is an InvalidRequest."""
        with self._database.writing() as connection:
            existing = lookups.all_programmes(connection)
            taken = lookups.find(existing, programme.id) or lookups.find(existing, programme.name)
            if taken:
                raise InvalidRequest(f'There is a programme "{taken.name}" already; choose another name, or add to that one.')
            return writing.create(connection, programme, tables, RevisionNote(author, reason, kind))

    def seed(self, first: Sequence[tuple[Programme, Tables]], author: str, reason: str) -> bool:
        """Add these programmes, all or none, if the store holds no programme at all; true if they were added.

        Safe when several processes start at once: one adds them, the others find them there.
        """
        try:
            with self._database.writing() as connection:
                if connection.scalar(sa.select(sa.func.count()).select_from(programmes)):
                    return False
                for programme, tables in first:
                    writing.create(connection, programme, tables, RevisionNote(author, reason, "create"))
                return True
        except StoreError as error:
            if isinstance(error.__cause__, exc.IntegrityError) and self.programmes():
                return False
            raise

    def arrange(self, programme_id: str, moved: Mapping[str, tuple[float, float]]) -> None:
        """Put some partners elsewhere on the map, for everybody who opens the programme; no revision is made."""
        with self._database.writing() as connection:
            lookups.required_head(connection, programme_id, lock=True)
            arrangement.write(connection, programme_id, moved)

    def remember(self, name: str, value: Any) -> None:
        """Remember a JSON value for everybody, in the place of the one before; null forgets it. No revision is made."""
        with self._database.writing() as connection:
            settings.write(connection, name, value)

    def amend(self, name: str, step: Callable[[Any], Any]) -> Any:
        """Remember what `step` makes of the value before (null if there is none), and return it; others wait meanwhile."""
        with self._database.writing() as connection:
            return settings.change(connection, name, step)

    def unarrange(self, programme_id: str) -> None:
        """Let every partner stand where the layout puts it again."""
        with self._database.writing() as connection:
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
        also: Amendments | None = None,
    ) -> Revision:
        """Make these tables the programme's state, as a new revision, in one transaction.

        Only what differs is written: rows that are the same keep their version. If nothing differs, no revision is
        made and the last one is returned. `base` is the revision the change was made from. If somebody else saved
        meanwhile, both changes are merged by row and cell; where both changed the same cell, or one removed what the
        other needs, nothing is stored and this is a `ConflictError` that holds both sides. `also` are settings to change in
        the same transaction (see `amend`): with the revision or not at all, and also where nothing differs.
        """
        note = RevisionNote(author, reason, kind)
        with self._database.writing() as connection:
            head = lookups.required_head(connection, programme_id, lock=True)
            if base != head:
                lookups.require_revision(connection, programme_id, base)
                tables = merged_with_stored(connection, programme_id, base, head, tables, author)
            erasure.require_not_erased(connection, programme_id, tables)
            for name, step in sorted((also or {}).items()):
                settings.change(connection, name, step)
            return writing.commit(connection, programme_id, tables, head, note, base)

    def describe(
        self, programme_id: str, changes: Mapping[str, str | None], *, author: str, reason: str, saw: Programme | None = None
    ) -> Revision:
        """Change a programme's name, description, source or licence (null: not stated), as a new revision that can be undone.

        `saw` is the programme as the person saw it: what somebody else changed since is an InvalidRequest. If nothing differs, no
        revision is made and the last one is returned. A name that is taken is an InvalidRequest.
        """
        with self._database.writing() as connection:
            head = lookups.required_head(connection, programme_id, lock=True)
            about = programme_info.changed(connection, programme_id, changes, saw)
            note = RevisionNote(author, reason, "describe")
            return writing.commit(connection, programme_id, lookups.tables(connection, programme_id), head, note, about=about)

    def spellings(self, programme_id: str, partner: str) -> list[str]:
        """Every name a partner ever had in a programme."""
        with self._database.reading() as connection:
            return erasure.spellings(connection, programme_id, partner)

    def respondent_roles(self, programme_id: str) -> list[str]:
        """Every role that ever stood for one of a partner's people in a programme."""
        with self._database.reading() as connection:
            return erasure.respondent_roles(connection, programme_id)

    def erase(self, programme_id: str, partner: str, cleaned: Callable[[str], str], author: str) -> Revision:
        """Take a person out of every revision (see `wtnet.store.erasure`); the history says that it was done, and nothing brings
        them back. `cleaned` takes their names out of a text (see `wtnet.access.erasure`); `partner` may be a person's role."""
        with self._database.writing() as connection:
            revision = erasure.erase(connection, programme_id, partner, cleaned, author, "Erased on request")
        self._database.fold_log()
        return revision

    def delete(self, programme_id: str) -> None:
        """Take a programme out of the database, with every revision; only a backup brings it back."""
        with self._database.writing() as connection:
            erasure.delete(connection, programme_id)
        self._database.fold_log()

    def undo(self, programme_id: str, author: str, reason: str = "", base: int | None = None) -> Revision:
        """Take the last change back, as a new revision; again for the one before it.

        `base`, if given, is the last revision the person saw: a newer one is a StoreError, so that nobody undoes what
        they have not seen. Nothing left to undo is an InvalidRequest.
        """
        return self._step(UNDO, programme_id, author, reason, base)

    def redo(self, programme_id: str, author: str, reason: str = "", base: int | None = None) -> Revision:
        """Make the change again that was undone last, as a new revision; `base` as for undo."""
        return self._step(REDO, programme_id, author, reason, base)

    def restore(self, programme_id: str, revision: int, author: str, reason: str = "", base: int | None = None) -> Revision:
        """Bring back the rows of an earlier revision, as a new revision; `base` as for undo. Its name, source and licence stay.

        If the programme is in that state already, no revision is made and the last one is returned.
        """
        with self._stepping(programme_id, base) as (connection, head):
            back = self._load(connection, programme_id, revision)
            note = RevisionNote(author, reason or f"Back to revision {revision}", RESTORE, revision)
            return writing.commit(connection, programme_id, back, head, note)

    # -- moving to another machine ------------------------------------------------------------------------------

    def backup(self, path: str | Path, programme_id: str | None = None) -> BackupContents:
        """Write every programme (or one) with every revision to one file (see `wtnet.store.backup`), whole or not at all.

        A file that is there is only replaced if it is such a backup itself; else this is an InvalidRequest.
        """
        with self._database.reading() as connection:
            if programme_id is not None:
                lookups.required_head(connection, programme_id)
            return write_backup(connection, Path(path), programme_id)

    def identity(self) -> str:
        """What tells this store from every other, and from itself before a backup was restored; "" where none can be written."""
        known = self.settings(settings.STORE_ID).get(settings.STORE_ID)
        try:
            return str(known or self.amend(settings.STORE_ID, lambda before: before or secrets.token_hex(8)))
        except StoreError:
            return ""

    def restore_backup(self, path: str | Path, replace: bool = False, roles: bool | None = None) -> BackupContents:
        """Make this store hold exactly what a backup holds, from either kind of database, in one transaction.

        Links stay as they are stored here, and so do roles unless there are none: `roles` says whether the backup's are taken.
        A store that holds programmes is refused (InvalidRequest) unless they are to be replaced. A file that is damaged
        or no backup is an UnreadableFile. In both cases the store stays as it was.
        """
        with open_backup(Path(path)) as backup, self._database.writing() as connection:
            return restore(connection, backup, replace, roles)

    # -- inside -------------------------------------------------------------------------------------------------

    def _step(self, kind: str, programme: str, author: str, reason: str, base: int | None) -> Revision:
        with self._stepping(programme, base) as (connection, head):
            possible = steps(lookups.history(connection, programme))
            step = possible.undo if kind == UNDO else possible.redo
            if step is None:
                raise InvalidRequest(f'There is nothing to {kind} in "{programme}"; its history lists every change.')
            why = reason or f"{kind.capitalize()} of revision {step.change.id} by {step.change.author}: {step.change.summary}"
            back = lookups.tables(connection, programme, step.to)
            about = programme_info.at_revision(connection, programme, step.to)
            return writing.commit(connection, programme, back, head, RevisionNote(author, why, kind, step.to), about=about)

    @contextmanager
    def _stepping(self, programme: str, base: int | None) -> Iterator[tuple[sa.Connection, int]]:
        """A transaction that holds the programme, whose last revision must be the one the person saw."""
        with self._database.writing() as connection:
            head = lookups.required_head(connection, programme, lock=True)
            if base is not None and base != head:
                raise self._moved(connection, head)
            yield connection, head

    def _moved(self, connection: sa.Connection, head: int) -> StoreError:
        last = lookups.revision(connection, head)
        return StoreError(
            f"{last.author} saved a newer version meanwhile ({last.summary}). Nothing of yours was stored; open the "
            "programme afresh and make your change again."
        )
