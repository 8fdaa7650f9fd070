"""Bringing a database to the present shape: each step is numbered, recorded, and done once under a lock.

To change the shape: change `wtnet.store.sql_schema`, raise its `SHAPE`, add the step here (`_complete` does for new tables
and new columns that may be empty), and run `python -m tests.store.shapes.make`, which keeps the new shape for the tests.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.schema import CreateColumn

from wtnet.errors import StoreError
from wtnet.store.sql_schema import METADATA, RECORDS, SHAPE, schema_versions
from wtnet.store.writing import draw_secrets

_LOCK = 7_460_738  # any number: the same for every process of this program on one PostgreSQL database


def _complete(connection: sa.Connection) -> None:
    """Make the tables that are missing, and in the others the columns that are missing and may be empty."""
    inspector = sa.inspect(connection)
    quote = connection.dialect.identifier_preparer.quote
    there = {table: columns for (_, table), columns in inspector.get_multi_columns().items()}
    for table in METADATA.sorted_tables:
        if table.name not in there:
            continue
        known = {column["name"] for column in there[table.name]}
        for column in table.columns:
            if column.name not in known and column.nullable:
                declared = CreateColumn(column).compile(dialect=connection.dialect)
                connection.exec_driver_sql(f"ALTER TABLE {quote(table.name)} ADD COLUMN {declared}")
    METADATA.create_all(connection)


def _wider_results(connection: sa.Connection) -> None:
    """Results of the whole programme and of single partners: `pilot` may be empty, and the key has `organisation`."""
    _complete(connection)
    table = RECORDS["results"]
    for index in table.indexes:
        connection.exec_driver_sql(f"DROP INDEX {index.name}")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ALTER TABLE results ALTER COLUMN pilot DROP NOT NULL")
        for index in table.indexes:
            index.create(connection)
        return
    names = ", ".join(column.name for column in table.columns)
    connection.exec_driver_sql("ALTER TABLE results RENAME TO results_before")
    table.create(connection)
    connection.exec_driver_sql(f"INSERT INTO results ({names}) SELECT {names} FROM results_before")
    connection.exec_driver_sql("DROP TABLE results_before")


def _sixth(connection: sa.Connection) -> None:
    _wider_results(connection)
    draw_secrets(connection)


def _several_respondents(connection: sa.Connection) -> None:
    """Several people of one partner: their role in the keys of who was asked and of ratings, and questions of one's own."""
    _complete(connection)
    _new_keys(connection, "asked", "ratings")


def _confirmed_by_several(connection: sa.Connection) -> None:
    """Several people of one partner who say whether they agree with a finding: their role in the key of what they answer."""
    _complete(connection)
    _new_keys(connection, "confirmations")


def _new_keys(connection: sa.Connection, *tables: str) -> None:
    """Make the index over the keys of these tables anew, as it is declared now."""
    for name in tables:
        index = next(index for index in RECORDS[name].indexes if index.unique)
        connection.exec_driver_sql(f"DROP INDEX {index.name}")
        index.create(connection)


STEPS: dict[int, Callable[[sa.Connection], None]] = {
    1: _complete,
    2: _complete,  # where partners were put by hand on the map
    3: _complete,  # the outcomes an indicator is evidence for
    4: _complete,  # settings: how the headings of a file were read
    5: _complete,  # what a programme was called before a revision, and where its data came from
    6: _sixth,  # who was asked, open waves, completeness, what a partnership shares, findings and activities, a secret, too
    7: _several_respondents,  # several people of a partner, questions of one's own and what was answered to them
    8: _confirmed_by_several,  # several people of a partner who answer to a finding
}
"""What takes a database from the shape before to the numbered one. An empty database gets the present shape at once."""


def shape(connection: sa.Connection) -> int:
    """The shape of the database at the other end; 0 for an empty one."""
    if not sa.inspect(connection).has_table(schema_versions.name):
        return 0
    return connection.scalar(sa.select(sa.func.max(schema_versions.c.version))) or 0


def current(connection: sa.Connection, name: str) -> bool:
    """True if the shape is the present one; a newer one, which this version cannot know, is a StoreError."""
    present = shape(connection)
    if present > SHAPE:
        raise StoreError(f"{name} was written by a newer version of this program. Update the program, or name another database.")
    return present == SHAPE


def migrate(connection: sa.Connection, name: str) -> None:
    """Do the steps that are missing, inside the caller's transaction; a second process waits and then finds them done."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    if current(connection, name):
        return
    present = shape(connection)
    if present == 0:
        _empty(connection, name)
        METADATA.create_all(connection, checkfirst=False)
    for version in range(present + 1, SHAPE + 1):
        if present:
            STEPS[version](connection)
        connection.execute(sa.insert(schema_versions).values(version=version, applied_at=datetime.now(UTC)))


def _empty(connection: sa.Connection, name: str) -> None:
    """Refuse a database in which another program keeps tables of the same names."""
    taken = sorted(set(sa.inspect(connection).get_table_names()) & set(METADATA.tables))
    if taken:
        raise StoreError(
            f"{name} belongs to another program: it has tables of its own named {', '.join(taken)}. Name another database."
        )
