"""A backup: one file with every programme and every revision, the same for both databases.

A zip of `manifest.json` and one `NAME.ndjson` per SQL table: a line is a row, a JSON object of column to value, with
dates and times (UTC) in ISO form and null for unknown. The record tables hold every version of every row with the
revisions it came and went with, and all numbers are kept, so that a store restored from it is identical, but for the
secret that links are signed with (`settings.LINK_SECRET`), which stays where it is. The manifest names the format, its
version and the shape of the tables, and for each member the number of rows and the SHA-256.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from wtnet.errors import InvalidRequest, UnreadableFile
from wtnet.store.records import fitting
from wtnet.store.settings import LINK_SECRET
from wtnet.store.sql_schema import METADATA, RECORDS, SHAPE, arrangements, programmes, revisions, settings

FORMAT, VERSION = "wtnet backup", 1
MANIFEST = "manifest.json"
_KEPT = [table for table in METADATA.sorted_tables if table.name != "schema_versions"]
_BATCH = 5_000
_LONGEST = 16 << 20  # bytes of one line; the longest row a programme can hold is far below
_UNPACKED, _RATIO = 1 << 30, 300  # beyond both, a file is taken for one made to fill the disk or the memory


@dataclass(frozen=True)
class Held:
    """What a backup holds, or a store after restoring it: how many programmes, revisions, and versions of rows."""

    programmes: int
    revisions: int
    rows: int

    @classmethod
    def of(cls, rows: Mapping[str, int]) -> Held:
        """From the number of rows of each table."""
        return cls(rows.get(programmes.name, 0), rows.get(revisions.name, 0), sum(rows.get(name, 0) for name in RECORDS))


# -- writing ----------------------------------------------------------------------------------------------------


def write(connection: sa.Connection, target: Path, programme: str | None = None) -> Held:
    """Write everything the connection sees (with `programme`, what belongs to that one alone) to a file, whole or not at
    all: under another name first, then renamed."""
    if target.is_dir() or (target.exists() and target.stat().st_size and not _is_backup(target)):
        raise InvalidRequest(f'"{target}" is there already and is no backup; choose another name, so that nothing is lost.')
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            rows = _packed(connection, out, programme)
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, target)
    except OSError as error:
        raise InvalidRequest(
            f'"{target}" cannot be written ({error.strerror}); choose a folder with room that you may write to.'
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Held.of(rows)


def _is_backup(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return MANIFEST in packed.namelist() and FORMAT.encode() in packed.read(MANIFEST)[:10_000]
    except (OSError, zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError):
        return False


def _packed(connection: sa.Connection, out: Any, programme: str | None) -> dict[str, int]:
    members: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for table in _KEPT:
            digest, rows = hashlib.sha256(), 0
            with packed.open(f"{table.name}.ndjson", "w", force_zip64=True) as member:
                for row in _rows(connection, table, programme):
                    line = (json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()
                    digest.update(line)
                    member.write(line)
                    rows += 1
            members[table.name] = {"rows": rows, "sha256": digest.hexdigest()}
        about = {
            "format": FORMAT,
            "version": VERSION,
            "shape": SHAPE,
            "made_at": datetime.now(UTC).isoformat(),
            "tables": members,
        }
        packed.writestr(MANIFEST, json.dumps(about, indent=2))
    return {name: member["rows"] for name, member in members.items()}


def _rows(connection: sa.Connection, table: sa.Table, programme: str | None) -> Iterator[dict[str, Any]]:
    query = sa.select(table).order_by(*table.primary_key.columns)
    if programme is not None and table is not settings:
        query = query.where(_of(table, programme))
    found = connection.execution_options(yield_per=_BATCH).execute(query)
    names = list(found.keys())
    for row in found:
        if table is settings and not _leaves(row.name, programme):
            continue
        yield {name: _plain(value) for name, value in zip(names, row, strict=True)}


def _of(table: sa.Table, programme: str) -> sa.ColumnElement[bool]:
    """The rows of one programme: by its id, or by the revision they belong to."""
    if table is not programmes and "programme" not in table.c:
        return table.c.revision.in_(sa.select(revisions.c.id).where(revisions.c.programme == programme))
    return (table.c.id if table is programmes else table.c.programme) == programme


def _leaves(setting: str, programme: str | None) -> bool:
    """Whether a setting goes with the backup: all but the secret of links; of one programme those whose name goes on with
    its id after the first colon."""
    if programme is None:
        return setting != LINK_SECRET
    return setting.partition(":")[2].partition(":")[0] in (programme, quote(programme, safe=""))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value


# -- reading ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Saved:
    """A backup that was opened and found whole: its name, the zip, and the rows of each table."""

    name: str
    packed: zipfile.ZipFile
    rows: Mapping[str, int]


@contextmanager
def opened(path: Path) -> Iterator[Saved]:
    """Open a backup and compare every member with its checksum; anything amiss is an UnreadableFile."""
    with _in_words(path.name):
        packed = zipfile.ZipFile(path)
    with packed:
        with _in_words(path.name):
            saved = Saved(path.name, packed, _whole(path, packed))
        yield saved


def _whole(path: Path, packed: zipfile.ZipFile) -> dict[str, int]:
    unpacked = sum(member.file_size for member in packed.infolist())
    if unpacked > _UNPACKED and unpacked > _RATIO * path.stat().st_size:
        raise UnreadableFile(f'"{path.name}" would unpack to {unpacked >> 30:,} GB, more than a backup does; nothing was read.')
    if MANIFEST not in packed.namelist():
        raise _Damaged("it has no manifest")
    with packed.open(MANIFEST) as member:
        about = json.loads(member.read(1 << 20))
    if about["format"] != FORMAT:
        raise _Damaged("its manifest is of something else")
    if about["version"] > VERSION or about["shape"] > SHAPE:
        raise UnreadableFile(f'"{path.name}" was written by a newer version of this program; update the program, then restore.')
    for name, declared in about["tables"].items():
        digest = hashlib.sha256()
        with packed.open(f"{name}.ndjson") as member:
            while block := member.read(1 << 20):
                digest.update(block)
        if digest.hexdigest() != declared["sha256"]:
            raise _Damaged(f"{name}.ndjson is not what was written")
    return {name: int(declared["rows"]) for name, declared in about["tables"].items()}


def read(connection: sa.Connection, saved: Saved, replace: bool) -> Held:
    """Put what a backup holds in the place of everything stored; a store with programmes only if `replace` says so."""
    there = connection.scalar(sa.select(sa.func.count()).select_from(programmes)) or 0
    if there and not replace:
        raise InvalidRequest(
            f"The database holds {there} programme{'' if there == 1 else 's'} already, which restoring would replace. "
            "Restore into an empty database, or say that it is to be replaced (--replace)."
        )
    unknown = set(saved.rows) - {table.name for table in _KEPT}
    if unknown:
        raise UnreadableFile(f'"{saved.name}" holds tables this program does not know ({", ".join(sorted(unknown))}).')
    for table in reversed(_KEPT):
        connection.execute(sa.delete(table))
    with _in_words(saved.name):
        for table in _KEPT:
            if _filled(connection, table, saved) != saved.rows.get(table.name, 0):
                raise _Damaged(f"{table.name}.ndjson has not the number of rows it should")
        _consistent(connection)
        _continue(connection)
    return Held.of(saved.rows)


def _filled(connection: sa.Connection, table: sa.Table, saved: Saved) -> int:
    """Insert the rows of one member, a batch at a time; how many there were."""
    if table.name not in saved.rows:
        return 0
    count, batch = 0, []
    with saved.packed.open(f"{table.name}.ndjson") as member:
        while line := member.readline(_LONGEST):
            if not line.endswith(b"\n"):
                raise _Damaged(f"a line of {table.name}.ndjson has no end")
            row = _typed(table, json.loads(line))
            if table is settings and row["name"] == LINK_SECRET:  # of a backup made before it stayed out
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
        fitting(table.name, batch)
    connection.execute(sa.insert(table), batch)


def _typed(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    """A line's values as the table's types; a column the line lacks (a backup of an earlier shape) is null."""
    if set(row) - set(table.c.keys()):
        raise _Damaged(f"{table.name}.ndjson has columns that are not known: {', '.join(sorted(set(row) - set(table.c.keys())))}")
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
        raise _Damaged(f"{column.table.name}.ndjson holds {str(value)[:40]!r} as {column.name}")
    return value


def _consistent(connection: sa.Connection) -> None:
    """Every programme has a revision, and every version of a row came with a revision of its own programme."""
    lonely = sa.select(programmes.c.id).where(~sa.exists().where(revisions.c.programme == programmes.c.id))
    if connection.execute(lonely.limit(1)).first():
        raise _Damaged("a programme has no revision")
    for name, table in RECORDS.items():
        ends = table.c.revision_to.is_not(None) & (table.c.revision_to <= table.c.revision_from)
        other = sa.select(table.c.record).join(revisions, revisions.c.id == table.c.revision_from)
        if connection.execute(other.where(sa.or_(revisions.c.programme != table.c.programme, ends)).limit(1)).first():
            raise _Damaged(f"the revisions of {name} do not fit")


def _continue(connection: sa.Connection) -> None:
    """On PostgreSQL, let new rows be numbered after the restored ones (SQLite does so by itself)."""
    if connection.dialect.name != "postgresql":
        return
    for table in _KEPT:
        column = table.autoincrement_column
        if column is None or table is arrangements:
            continue
        sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
        last = sa.select(sa.func.max(column)).scalar_subquery()
        connection.execute(sa.select(sa.func.setval(sequence, sa.func.coalesce(last, 1), last.is_not(None))))


class _Damaged(Exception):
    """What is amiss in a backup."""


# What the libraries behind raise when fed something else than they expect (RecursionError is a RuntimeError).
_BROKEN = (LookupError, ValueError, TypeError, AttributeError, RuntimeError, EOFError, ArithmeticError, zlib.error)


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    """Whatever a file that is no whole backup brings about becomes an UnreadableFile."""
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
    except _Damaged as error:
        raise UnreadableFile(f'"{name}" is damaged or no backup of this program ({error}); restore another one.') from error
    except (*_BROKEN, sa.exc.IntegrityError, sa.exc.DataError) as error:
        raise UnreadableFile(f'"{name}" is damaged or no backup of this program; restore another one.') from error
