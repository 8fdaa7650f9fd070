"""One database: connections that see one moment, and transactions that are committed whole or not at all."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from wtnet.errors import StoreError
from wtnet.store import connect, migrations


class Database:
    """A database brought to the present shape; whatever goes wrong is a StoreError. `wait` as in `Store`."""

    def __init__(self, url: str | None, wait: float) -> None:
        self._wait, self._read_only = wait, False
        url = url or connect.default_url()
        self.engine, self._name = connect.engine(url, wait)
        if other := connect.opens_without_writing(url):
            self.engine.dispose()
            self.engine, self._read_only = connect.engine(other, wait)[0], True
        try:
            with connect.as_store_errors(self._name):
                self._prepare()
        except BaseException:
            self.engine.dispose()
            raise

    def _prepare(self) -> None:
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":
                connect.use_log(connection)
            else:
                connect.holds_every_letter(connection, self._name)
            ready = migrations.current(connection, self._name)
        if not ready:
            with self.writing() as connection:
                migrations.migrate(connection, self._name)

    def fold_log(self) -> None:
        """Write SQLite's log beside the file into the file, so that deleted rows are nowhere; it waits for readers."""
        if self.engine.dialect.name == "sqlite":
            with connect.as_store_errors(self._name), self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def read_only(self) -> Database:
        """The same database with the same connections; writing raises StoreError."""
        other = copy.copy(self)
        other._read_only = True
        return other

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one moment of the database."""
        options = {"isolation_level": "REPEATABLE READ"} if self.engine.dialect.name == "postgresql" else {}
        with connect.as_store_errors(self._name), self.engine.connect() as connection:
            yield connection.execution_options(**options)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction: committed if the block ends without an error, rolled back if not."""
        if self._read_only:
            raise StoreError("Nothing was stored: here the database is only looked at.")
        with connect.as_store_errors(self._name), self.engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                if self.engine.dialect.name == "postgresql":
                    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, int(self._wait * 1000))}")
                yield connection
