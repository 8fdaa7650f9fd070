"""A backup: one file with every programme and every revision, the same for both databases.

A zip of `manifest.json` and one `NAME.ndjson` per SQL table: a line is a row, a JSON object of column to value, with
dates and times (UTC) in ISO form and null for unknown. The record tables hold every version of every row with the
revisions it came and went with, and all numbers are kept, so that a store restored from it is identical, but for links and
the secret they are signed with, which stay where they are (`settings.stays`). The manifest names the format, its
version and the shape of the tables, and for each member the number of rows and the SHA-256.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from wtnet.errors import InvalidRequest
from wtnet.store import scratch
from wtnet.store.settings import stays
from wtnet.store.sql_schema import METADATA, RECORDS, SHAPE, programmes, revisions, settings

FORMAT, VERSION = "wtnet backup", 1
MANIFEST = "manifest.json"
TABLES = [table for table in METADATA.sorted_tables if table.name != "schema_versions"]
_BATCH = 5_000


@dataclass(frozen=True)
class BackupContents:
    """How much a backup holds, or a store after restoring it: programmes, revisions, and versions of rows."""

    programmes: int
    revisions: int
    rows: int

    @classmethod
    def of(cls, rows: Mapping[str, int]) -> BackupContents:
        """Make it from the number of rows of each table."""
        return cls(rows.get(programmes.name, 0), rows.get(revisions.name, 0), sum(rows.get(name, 0) for name in RECORDS))


def write_backup(connection: sa.Connection, target: Path, programme: str | None = None) -> BackupContents:
    """Write everything the connection sees (with `programme`, what belongs to that one alone) to a file, whole or not at
    all: under another name first, then renamed."""
    if target.is_dir() or (target.exists() and target.stat().st_size and not _is_backup(target)):
        raise InvalidRequest(f'"{target}" is there already and is no backup; choose another name, so that nothing is lost.')
    scratch.remove_old(target.parent, f".{glob.escape(target.name)}.*.part")
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
    return BackupContents.of(rows)


def _is_backup(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return MANIFEST in packed.namelist() and FORMAT.encode() in packed.read(MANIFEST)[:10_000]
    except (OSError, zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError):
        return False


def _packed(connection: sa.Connection, out: Any, programme: str | None) -> dict[str, int]:
    members: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for table in TABLES:
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
    result = connection.execution_options(yield_per=_BATCH).execute(query)
    names = list(result.keys())
    for row in result:
        if table is settings and not _leaves(row.name, programme):
            continue
        yield {name: _plain(value) for name, value in zip(names, row, strict=True)}


def _of(table: sa.Table, programme: str) -> sa.ColumnElement[bool]:
    """The rows of one programme: by its id, or by the revision they belong to."""
    if table is not programmes and "programme" not in table.c:
        return table.c.revision.in_(sa.select(revisions.c.id).where(revisions.c.programme == programme))
    return (table.c.id if table is programmes else table.c.programme) == programme


def _leaves(setting: str, programme: str | None) -> bool:
    """Whether a setting goes with the backup: all but links and their secret; of one programme those whose name goes on with
    its id after the first colon."""
    if stays(setting):
        return False
    if programme is None:
        return True
    return setting.partition(":")[2].partition(":")[0] in (programme, quote(programme, safe=""))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value
