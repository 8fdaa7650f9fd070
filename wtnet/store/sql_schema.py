"""The SQL tables, made from the declarations of `wtnet.tables.schema`: the same for SQLite and PostgreSQL.

A record table holds every version of every row: `revision_from` is the revision a version came with, `revision_to`
the one it went with (null: it is current). The state at revision r of a programme is every version with
`revision_from <= r` and `revision_to` null or above r. `ordinal` keeps the order of rows, with room between.
"""

from __future__ import annotations

from typing import Any

import dataframely as dy
import sqlalchemy as sa

from wtnet.tables import schema

SHAPE = 8
"""The shape of these tables; a change of it is a numbered step in `wtnet.store.migrations`."""

_NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
}
METADATA = sa.MetaData(naming_convention=_NAMES)
# SQLite numbers rows by itself only where the type is INTEGER.
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

schema_versions = sa.Table(
    "schema_versions",
    METADATA,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
)

programmes = sa.Table(
    "programmes",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("name_folded", sa.Text, nullable=False, unique=True),
    sa.Column("description", sa.Text),
    sa.Column("illustrative", sa.Boolean, nullable=False),
    sa.Column("source", sa.Text),
    sa.Column("licence", sa.Text),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    sa.Column("secret", sa.Text),
)
"""`secret`: drawn at random for each programme, for the lead alone; it decides who has no word (`measures.doubles`)."""

revisions = sa.Table(
    "revisions",
    METADATA,
    sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("programme", sa.Text, sa.ForeignKey("programmes.id"), nullable=False),
    sa.Column("parent", _NUMBER, sa.ForeignKey("revisions.id")),
    sa.Column("base", _NUMBER, sa.ForeignKey("revisions.id")),
    sa.Column("restores", _NUMBER, sa.ForeignKey("revisions.id")),
    sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Index("ix_revisions_programme", "programme", "id"),
    sqlite_autoincrement=True,
)

descriptions = sa.Table(
    "descriptions",
    METADATA,
    sa.Column("revision", _NUMBER, sa.ForeignKey("revisions.id"), primary_key=True, autoincrement=False),
    sa.Column("was", sa.Text, nullable=False),
    sa.Column("now", sa.Text, nullable=False),
)
"""What a programme is called, its source and its licence before and after a revision that changed them, as JSON. The present
words stand in `programmes`."""

arrangements = sa.Table(
    "arrangements",
    METADATA,
    sa.Column("programme", sa.Text, sa.ForeignKey("programmes.id"), primary_key=True),
    sa.Column("partner", sa.Text, primary_key=True),
    sa.Column("x", sa.Double, nullable=False),
    sa.Column("y", sa.Double, nullable=False),
)
"""Where partners were put by hand on the map: how a programme looks, not what it says, so without revisions."""

settings = sa.Table(
    "settings",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
)
"""What is remembered for everybody and is no data of a programme, as JSON by name: how the headings of a file were read …"""


def _type(declared: dy.Column) -> sa.types.TypeEngine[Any]:
    """The SQL type of a declared column; words and text are Text, so that a longer word needs no migration."""
    if isinstance(declared, dy.Date):
        return sa.Date()
    if isinstance(declared, dy.Bool):
        return sa.Boolean()
    if isinstance(declared, dy.Float64):
        return sa.Double()
    if isinstance(declared, dy.Int8):
        return sa.SmallInteger()
    if isinstance(declared, dy.Int64):
        return sa.BigInteger()
    return sa.Text()


def _records(name: str) -> sa.Table:
    """The record table of one declared table."""
    declared = schema.SCHEMAS[name].columns()
    current = sa.text("revision_to IS NULL")
    keys = [sa.text(f"coalesce({key}, '')") if declared[key].nullable else key for key in schema.keys(name)]
    return sa.Table(
        name,
        METADATA,
        sa.Column("record", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("programme", sa.Text, sa.ForeignKey("programmes.id"), nullable=False),
        sa.Column("revision_from", _NUMBER, sa.ForeignKey("revisions.id"), nullable=False),
        sa.Column("revision_to", _NUMBER, sa.ForeignKey("revisions.id")),
        sa.Column("ordinal", sa.BigInteger, nullable=False),
        *[sa.Column(column, _type(declaration), nullable=declaration.nullable) for column, declaration in declared.items()],
        # One current version of a row at most; and the way to the current rows, however many versions there are.
        sa.Index(f"uq_{name}_current", "programme", *keys, unique=True, sqlite_where=current, postgresql_where=current),
        sa.Index(f"ix_{name}_ended", "programme", "revision_to"),
    )


RECORDS: dict[str, sa.Table] = {name: _records(name) for name in schema.NAMES}
"""The record table of each declared table."""
