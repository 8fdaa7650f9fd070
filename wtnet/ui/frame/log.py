"""The log: one JSON object a line on standard error, of this program and of the libraries it runs on.

It names no person, no address and nothing of a programme: of a failure the reference number, the kind of error and where
in the program it happened. Of what libraries say, the pattern is kept and never what they put into it, which may come
from a request.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit.logger

_ROOT = Path(__file__).parents[3]
_log = logging.getLogger("wtnet")
_LIBRARIES = ("streamlit", "uvicorn", "websockets")


class JsonLines(logging.Formatter):
    """A record as one line of JSON: when, how bad, what, and its particulars."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        particulars = getattr(record, "particulars", None)
        ours = {"event": record.msg, **particulars} if particulars is not None else _of_library(record)
        return json.dumps({"time": when, "level": record.levelname.lower(), **ours})


def _of_library(record: logging.LogRecord) -> dict[str, Any]:
    """A library's message: who and where, and its pattern if what was put into it stands apart; never a text made whole."""
    kind = record.exc_info[0] if record.exc_info else None
    return {
        "event": record.name,
        "at": f"{record.filename}:{record.lineno}",
        **({"pattern": str(record.msg)} if record.args else {}),
        **({"error": kind.__name__} if kind else {}),
    }


def _handler() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    return handler


def log_event(event: str, level: int = logging.WARNING, **particulars: Any) -> None:
    """Write a line to the log. Nothing from a programme, a request or an error's own words belongs in it."""
    if not _log.handlers:
        _log.addHandler(_handler())
        _log.setLevel(logging.INFO)
        _log.propagate = False
    _log.log(level, event, extra={"particulars": particulars})


def log_failure(event: str, error: BaseException) -> str:
    """Write down that something failed, and where; returns the random reference number, to show the person."""
    number = secrets.token_hex(4).upper()
    places = [f"{frame.filename.removeprefix(f'{_ROOT}/')}:{frame.lineno}" for frame in _frames(error)]
    log_event(event, logging.ERROR, reference=number, error=type(error).__name__, at=places[-5:])
    return number


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_ROOT)]


class RepeatFilter(logging.Filter):
    """A filter that lets through so many records of one place a minute, so that no visitor can fill the disk."""

    def __init__(self, most: int = 30) -> None:
        super().__init__()
        self._most, self._minute = most, 0
        self._counts: Counter[tuple[str, int]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this one is among the first of its place in its minute."""
        minute = int(record.created // 60)
        if minute != self._minute:
            self._minute = minute
            self._counts.clear()
        place = record.pathname, record.lineno
        self._counts[place] += 1
        return self._counts[place] <= self._most


def log_libraries() -> None:
    """Send warnings of the server's libraries through one handler, as JSON too; the rest they say is left out.

    Streamlit gives every logger of its own a handler when it is made, some of them late; here they get none.
    """
    root = _handler()
    root.setLevel(logging.WARNING)
    root.addFilter(RepeatFilter())
    logging.getLogger().handlers[:] = [root]
    streamlit.logger.setup_formatter = _leave_to_root
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in _LIBRARIES:
            _leave_to_root(logging.getLogger(name))


def _leave_to_root(logger: logging.Logger) -> None:
    logger.handlers.clear()
    logger.propagate = True


@contextmanager
def log_errors_only(name: str) -> Iterator[None]:
    """Silence a library's logger below errors, within the block."""
    logger = logging.getLogger(name)
    logger.addFilter(_is_error)
    yield
    logger.removeFilter(_is_error)


def _is_error(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.ERROR


def withhold_errors() -> None:
    """Keep Streamlit from logging a whole error, words and all, of a page or a file; `log_failure` says where without them."""
    for name in ("streamlit.error_util", "streamlit.runtime.backend_operation_handler"):
        logging.getLogger(name).addFilter(_without_error)


def _without_error(record: logging.LogRecord) -> bool:
    return record.exc_info is None
