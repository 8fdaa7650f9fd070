"""Opening the database, and a sentence for each way in which using it can fail."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event, exc

from wtnet.errors import StoreError

VARIABLE = "WTNET_DATABASE_URL"
"""The environment variable that names the database."""

_HOW = "Write it as sqlite:///folder/file.db or postgresql://user:password@host/database."


def default_url() -> str:
    """The database named by WTNET_DATABASE_URL, else a SQLite file in the person's own data folder."""
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        return named
    return f"sqlite:///{(data_folder() / 'wtnet.db').as_posix()}"


def data_folder() -> Path:
    """The folder of this program among a person's own data; it may not be there yet."""
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return folder / "wtnet"


def engine(url: str, wait: float) -> tuple[sa.Engine, str]:
    """An engine for the address, and the words that name the database to a person (never with a password).

    `wait` is how long, in seconds, a SQLite file locked by another program is waited for, and a server to answer. A missing
    folder is made.
    """
    try:
        parsed = sa.make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
    except (exc.ArgumentError, ValueError):
        raise StoreError(f"The database address cannot be understood. {_HOW}") from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(
            f'Databases of the kind "{parsed.get_backend_name()}" are not supported; use SQLite or PostgreSQL. {_HOW}'
        )
    name = _name(parsed)
    options: dict[str, Any] = {"pool_pre_ping": parsed.get_backend_name() == "postgresql"}
    if parsed.get_backend_name() == "sqlite":
        _folder(parsed, name)
        options["connect_args"] = {"timeout": wait}
    else:
        options["connect_args"] = {
            "connect_timeout": max(2, int(wait)),
            "application_name": "wtnet",
            "client_encoding": "utf8",
        }
    try:
        made_engine = sa.create_engine(parsed, **options)
    except ImportError as error:
        raise StoreError(
            f'{name} needs the Python package "{error.name}", which is not installed. Install it, or use another database.'
        ) from None
    except (exc.SQLAlchemyError, TypeError, ValueError):
        raise StoreError(f"The database address cannot be used. {_HOW}") from None
    if made_engine.dialect.name == "sqlite":
        _prepare_sqlite(made_engine)
    return made_engine, name


def _name(url: sa.URL) -> str:
    if url.get_backend_name() == "sqlite":
        return f'The database file "{url.database or ""}"'
    return f'The database "{url.database or ""}" at {url.host or "this machine"}'


def _folder(url: sa.URL, name: str) -> None:
    """Make the folder of a SQLite file. A database in memory is refused: each thread would see its own, empty one."""
    path = url.database or ""
    if path.removeprefix("file:") in ("", ":memory:") or "mode=memory" in str(url):
        raise StoreError("A database in memory would be lost when the program ends; name a file. " + _HOW)
    if path.startswith("file:"):
        return
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{name} cannot be made because its folder cannot ({error.strerror}). Name a place you may write to."
        ) from None


def _prepare_sqlite(made_engine: sa.Engine) -> None:
    """Switch on foreign keys, and begin transactions explicitly: at once for those that write."""

    @event.listens_for(made_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # what was stored is still there after a power cut

    @event.listens_for(made_engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def opens_without_writing(url: str) -> str | None:
    """The address of a SQLite file for reading alone, where it is there and cannot be written beside; null where it can.

    A file with a write-ahead log needs two more beside it to be opened in the usual way.
    """
    path = Path(sa.make_url(url).database or "")
    if not url.startswith("sqlite") or not path.is_file():
        return None
    try:
        with tempfile.TemporaryFile(dir=path.parent):
            return None
    except OSError:
        log = path.with_name(path.name + "-wal")
        whole = not log.exists() or not log.stat().st_size
        return f"sqlite:///file:{quote(path.absolute().as_posix())}?{'immutable=1' if whole else 'mode=ro'}&uri=true"


def use_log(connection: sa.Connection) -> None:
    """Switch a SQLite file to its write-ahead log, so that reading and writing do not wait for each other."""
    raw: Any = connection.connection.driver_connection
    try:
        if raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            raw.execute("PRAGMA journal_mode = WAL")
    except Exception as error:
        # Another start is switching it this moment, or the file may only be read: neither stops us from going on.
        if not any(word in str(error) for word in ("locked", "readonly")):
            raise exc.DBAPIError("PRAGMA journal_mode", None, error) from error


def holds_every_letter(connection: sa.Connection, name: str) -> None:
    """Refuse a PostgreSQL database whose encoding cannot hold every name."""
    encoding = str(connection.exec_driver_sql("SHOW server_encoding").scalar())
    if encoding.upper() not in ("UTF8", "UTF-8"):
        raise StoreError(f"{name} keeps text as {encoding}, which cannot hold every name. Make one with the encoding UTF8.")


@contextmanager
def as_store_errors(name: str) -> Iterator[None]:
    """Turn every failure of the database inside into a StoreError with a sentence."""
    try:
        yield
    except exc.TimeoutError as error:
        raise StoreError(
            f"{name} is busy with too many requests at once. Nothing was changed; wait a moment and try again."
        ) from error
    except UnicodeDecodeError as error:
        raise StoreError(f"{name} is damaged: it holds text that is none. {_RESTORE}") from error
    except UnicodeEncodeError as error:
        raise StoreError(f"{name} was given text with a letter that is none. Nothing was changed; write it afresh.") from error
    except exc.DBAPIError as error:
        raise StoreError(_sentence(name, str(error.orig), error)) from error
    except (exc.SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(f"{name} could not do what was asked. Nothing was changed; try again.") from error
    except (ValueError, TypeError, OverflowError) as error:
        if not _is_of_a_driver(error):
            raise
        raise StoreError(f"{name} is damaged: it holds a value that is none of its kind. {_RESTORE}") from error


_RESTORE = "Nothing was changed; restore it from a backup, or name another database."


def _is_of_a_driver(error: BaseException) -> bool:
    """Whether an error was raised while a database's answer was taken apart, and not by this program."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames or any(part in frames[-1].filename for part in ("sqlalchemy", "psycopg", "sqlite3", "json")):
        return bool(frames)
    return "polars" in frames[-1].filename and any(Path(frame.filename).name == "records.py" for frame in frames)


_REASONS = (
    ("lock timeout", "is in use by another program. Nothing was changed; wait a moment, then try again."),
    ("locked", "is in use by another program. Nothing was changed; close the other program or wait a moment, then try again."),
    ("readonly", "may only be read. Nothing was changed; allow writing to the file and its folder, or name another database."),
    ("read-only", "may only be read. Nothing was changed; ask for the right to write, or name another database."),
    ("disk i/o error", "cannot be written: the disk is full or failing. Nothing was changed; free some space and try again."),
    ("is full", "cannot grow because the disk is full. Nothing was changed; free some space and try again."),
    ("no space left", "cannot grow because the disk is full. Nothing was changed; free some space and try again."),
    ("not a database", "is not a database: it is some other file. Name another file, or move this one away."),
    ("malformed", "is damaged. Nothing was changed; restore it from a backup, or name another database."),
    ("could not decode", "is damaged: it holds text that is none. Nothing was changed; restore it from a backup."),
    ("unable to open", "cannot be opened. Check that it is a file, that its folder is there and that you may read and write it."),
    ("password", "refused the user or password. Check the database address."),
    ("authentication", "refused the user or password. Check the database address."),
    ("too many clients", "has no connection left. Nothing was changed; wait a moment and try again."),
    ("too many connections", "has no connection left. Nothing was changed; wait a moment and try again."),
    ("remaining connection slots", "has no connection left. Nothing was changed; wait a moment and try again."),
    ("does not exist", "is not there or not complete. Check the database address."),
    ("permission denied", "does not allow this user to do that. Nothing was changed; ask its owner for the right to."),
    ("serialize", "was changed by somebody else at the same moment. Nothing was changed; try again."),
)


def _sentence(name: str, message: str, error: exc.DBAPIError) -> str:
    low = message.lower()
    for sign, words in _REASONS:
        if sign in low:
            return f"{name} {words}"
    if isinstance(error, exc.IntegrityError):
        words = "refused the change: it does not fit what is stored, perhaps saved by somebody else meanwhile. Open it afresh and"
    elif isinstance(error, exc.OperationalError):
        words = (
            "cannot be reached or written just now. Nothing was changed; check that it is running and that the disk works, then"
        )
    else:
        words = "could not do what was asked. Nothing was changed; check that it is a database of this program, then"
    return f"{name} {words} try again."
