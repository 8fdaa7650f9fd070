"""Temporary files in one place, and the removal of those that a killed program left behind."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wtnet.store.connect import data_folder

_HOUR = 3_600
"""Seconds after which nobody works on such a file any more."""
_BEGIN = "wtnet-"


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of its own for a moment, gone afterwards; among a person's data, or where the system keeps such things."""
    place = data_folder() / "temporary"
    try:
        place.mkdir(parents=True, exist_ok=True)
        path = Path(tempfile.mkdtemp(prefix=_BEGIN, dir=place))
    except OSError:
        path = Path(tempfile.mkdtemp(prefix=_BEGIN))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def sweep() -> None:
    """Remove what is left there, by a program that was killed more than an hour ago."""
    for place in (data_folder() / "temporary", Path(tempfile.gettempdir())):
        remove_old(place, f"{_BEGIN}*")


def remove_old(place: Path, pattern: str) -> None:
    """Remove files and folders of such names that nobody has touched for an hour."""
    with suppress(OSError):
        for path in place.glob(pattern):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _HOUR:
                    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
