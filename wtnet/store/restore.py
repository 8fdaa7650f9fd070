"""Restoring a backup: the file is compared with its checksums, then replaces everything stored.

The format is described in `wtnet.store.backup`.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.store.backup import FORMAT, MANIFEST, TABLES, VERSION, BackupContents
from wtnet.store.records import require_fit
from wtnet.store.settings import ROLES, STORE_ID, stays
from wtnet.store.settings import write as write_setting
from wtnet.store.sql_schema import RECORDS, SHAPE, arrangements, programmes, revisions, settings
from wtnet.store.writing import draw_secrets

_BATCH = 5_000
_LONGEST = 16 << 20  # bytes of one line; the longest row a programme can hold is far below
_UNPACKED, _RATIO = 1 << 30, 300  # beyond both, a file is taken for one made to fill the disk or the memory


@dataclass(frozen=True)
class OpenBackup:
    """A backup that was opened and found whole: its name, the zip, and the rows of each table."""

    name: str
    packed: zipfile.ZipFile
    rows: Mapping[str, int]


@contextmanager
def open_backup(path: Path) -> Iterator[OpenBackup]:
    """Open a backup and compare every member with its checksum; anything amiss is an UnreadableFile."""
    with _as_unreadable(path.name):
        packed = zipfile.ZipFile(path)
    with packed:
        with _as_unreadable(path.name):
            backup = OpenBackup(path.name, packed, _verified_rows(path, packed))
        yield backup


def _verified_rows(path: Path, packed: zipfile.ZipFile) -> dict[str, int]:
    unpacked = sum(member.file_size for member in packed.infolist())
    if unpacked > _UNPACKED and unpacked > _RATIO * path.stat().st_size:
        raise UnreadableFile(f'"{path.name}" would unpack to {unpacked >> 30:,} GB, more than a backup does; nothing was read.')
    if MANIFEST not in packed.namelist():
        raise _DamagedBackup("it has no manifest")
    with packed.open(MANIFEST) as member:
        about = json.loads(member.read(1 << 20))
    if about["format"] != FORMAT:
        raise _DamagedBackup("its manifest is of something else")
    if about["version"] > VERSION or about["shape"] > SHAPE:
        raise UnreadableFile(f'"{path.name}" was written by a newer version of this program; update the program, then restore.')
    for name, declared in about["tables"].items():
        digest = hashlib.sha256()
        with packed.open(f"{name}.ndjson") as member:
            while block := member.read(1 << 20):
                digest.update(block)
        if digest.hexdigest() != declared["sha256"]:
            raise _DamagedBackup(f"{name}.ndjson is not what was written")
    return {name: int(declared["rows"]) for name, declared in about["tables"].items()}


def restore(connection: sa.Connection, backup: OpenBackup, replace: bool, roles: bool | None = None) -> BackupContents:
    """Replace everything stored with what a backup holds; a store with programmes only with `replace`.

    Links stay as they are stored here. So do roles, if there are any; with `roles` those of the backup take their place (true),
    or none of them comes (false).
    """
    stored = connection.scalar(sa.select(sa.func.count()).select_from(programmes)) or 0
    if stored and not replace:
        raise InvalidRequest(
            f"The database holds {stored} programme{'' if stored == 1 else 's'} already, which restoring would replace. "
            "Restore into an empty database, or say that it is to be replaced (--replace)."
        )
    unknown = set(backup.rows) - {table.name for table in TABLES}
    if unknown:
        raise UnreadableFile(f'"{backup.name}" holds tables this program does not know ({", ".join(sorted(unknown))}).')
    kept = [row for row in connection.execute(sa.select(settings)).mappings() if stays(row["name"]) or row["name"] == ROLES]
    take_roles = roles if roles is not None else not any(row["name"] == ROLES for row in kept)
    kept = [row for row in kept if row["name"] != STORE_ID and not (row["name"] == ROLES and take_roles)]
    for table in reversed(TABLES):
        connection.execute(sa.delete(table))
    with _as_unreadable(backup.name):
        for table in TABLES:
            if _insert_member(connection, table, backup, take_roles) != backup.rows.get(table.name, 0):
                raise _DamagedBackup(f"{table.name}.ndjson has not the number of rows it should")
        _check_consistency(connection)
        _continue_numbering(connection)
        draw_secrets(connection)
    if kept:
        connection.execute(sa.insert(settings), [dict(row) for row in kept])
    write_setting(connection, STORE_ID, secrets.token_hex(8))
    return BackupContents.of(backup.rows)


def roles_of_backup(path: str | Path) -> list[dict[str, Any]]:
    """Who may do what by a backup, as `access.roles` keeps it; anything amiss with the file is an UnreadableFile."""
    with open_backup(Path(path)) as backup, _as_unreadable(backup.name):
        if settings.name not in backup.rows:
            return []
        with backup.packed.open(f"{settings.name}.ndjson") as member:
            rows = (json.loads(line) for line in iter(lambda: member.readline(_LONGEST), b""))
            return next((list(json.loads(row["value"]) or []) for row in rows if row["name"] == ROLES), [])


def _insert_member(connection: sa.Connection, table: sa.Table, backup: OpenBackup, roles: bool) -> int:
    """Insert the rows of one member, a batch at a time; returns how many there were."""
    if table.name not in backup.rows:
        return 0
    count, batch = 0, []
    with backup.packed.open(f"{table.name}.ndjson") as member:
        while line := member.readline(_LONGEST):
            if not line.endswith(b"\n"):
                raise _DamagedBackup(f"a line of {table.name}.ndjson has no end")
            row = _typed_row(table, json.loads(line))
            if table is settings and (stays(row["name"]) or (row["name"] == ROLES and not roles)):
                count += 1
                continue
            batch.append(row)
            if len(batch) == _BATCH:
                _insert(connection, table, batch)
                count, batch = count + len(batch), []
    if batch:
        _insert(connection, table, batch)
    return count + len(batch)


def _insert(connection: sa.Connection, table: sa.Table, batch: list[dict[str, Any]]) -> None:
    if table.name in RECORDS:
        require_fit(table.name, batch)
    connection.execute(sa.insert(table), batch)


def _typed_row(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    """A line's values as the table's types; a column the line lacks (a backup of an earlier shape) is null."""
    if set(row) - set(table.c.keys()):
        raise _DamagedBackup(
            f"{table.name}.ndjson has columns that are not known: {', '.join(sorted(set(row) - set(table.c.keys())))}"
        )
    return {column.name: _value(column, row.get(column.name)) for column in table.c}


def _value(column: sa.Column[Any], value: Any) -> Any:
    if value is None:
        return None
    kind = column.type
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value).astimezone(UTC)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    if isinstance(kind, sa.Double):
        return float(value)
    expected = bool if isinstance(kind, sa.Boolean) else int if isinstance(kind, sa.Integer) else str
    if type(value) is not expected:
        raise _DamagedBackup(f"{column.table.name}.ndjson holds {str(value)[:40]!r} as {column.name}")
    return value


def _check_consistency(connection: sa.Connection) -> None:
    """Check that every programme has a revision, and every version of a row came with one of its own programme."""
    lonely = sa.select(programmes.c.id).where(~sa.exists().where(revisions.c.programme == programmes.c.id))
    if connection.execute(lonely.limit(1)).first():
        raise _DamagedBackup("a programme has no revision")
    for name, table in RECORDS.items():
        ends = table.c.revision_to.is_not(None) & (table.c.revision_to <= table.c.revision_from)
        other = sa.select(table.c.record).join(revisions, revisions.c.id == table.c.revision_from)
        if connection.execute(other.where(sa.or_(revisions.c.programme != table.c.programme, ends)).limit(1)).first():
            raise _DamagedBackup(f"the revisions of {name} do not fit")


def _continue_numbering(connection: sa.Connection) -> None:
    """Let new rows on PostgreSQL be numbered after the restored ones (SQLite does so by itself)."""
    if connection.dialect.name != "postgresql":
        return
    for table in TABLES:
        column = table.autoincrement_column
        if column is None or table is arrangements:
            continue
        sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
        given = connection.scalar(sa.select(sequence))
        before, called = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {given}").one()
        last = connection.scalar(sa.select(sa.func.max(column)))
        number = max(before, last or 0)  # a number that was given once is never given again
        connection.execute(sa.select(sa.func.setval(sequence, number, called or last is not None)))


class _DamagedBackup(Exception):
    """What is amiss in a backup."""


# What the libraries behind raise when fed something else than they expect (RecursionError is a RuntimeError).
_BROKEN = (LookupError, ValueError, TypeError, AttributeError, RuntimeError, EOFError, ArithmeticError, zlib.error)


@contextmanager
def _as_unreadable(name: str) -> Iterator[None]:
    """Turn every error that a file causes which is no whole backup into an UnreadableFile."""
    try:
        yield
    except FileNotFoundError:
        raise UnreadableFile(f'There is no file "{name}"; check the name and the folder.') from None
    except OSError as error:
        raise UnreadableFile(
            f'"{name}" cannot be read ({error.strerror or error}); check that it is a file you may read.'
        ) from error
    except zipfile.BadZipFile as error:
        raise UnreadableFile(f'"{name}" is damaged or no backup of this program; restore another one.') from error
    except _DamagedBackup as error:
        raise UnreadableFile(f'"{name}" is damaged or no backup of this program ({error}); restore another one.') from error
    except (*_BROKEN, sa.exc.IntegrityError, sa.exc.DataError) as error:
        raise UnreadableFile(f'"{name}" is damaged or no backup of this program; restore another one.') from error
