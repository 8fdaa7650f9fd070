"""Bytes to a file: the whole file or none."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from wtnet.errors import InvalidRequest

_WHY = {
    errno.ENOSPC: "the disk is full; free some space, or choose another place",
    errno.EDQUOT: "your share of the disk is used up; free some space, or choose another place",
    errno.EFBIG: "it is larger than this disk or this session allows; choose another place",
    errno.EACCES: "you may not write there; choose a folder you may write to",
    errno.EPERM: "you may not write there; choose a folder you may write to",
    errno.EROFS: "that disk may only be read; choose a folder you may write to",
    errno.ENOENT: "there is no such folder; make it first, or choose another",
    errno.ENOTDIR: "part of that path is a file and not a folder; choose another",
    errno.EISDIR: "that is a folder; name a file in it",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
}


def save(path: str | Path, data: bytes) -> None:
    """Write the bytes to `path`, in place of any file there: first beside it, then renamed, so that a full disk or a
    power cut leaves either the old file or the new one, never half of one.

    Whatever goes wrong is an InvalidRequest, because the place was asked for and another one can be: nothing stored is
    touched, so it is no StoreError. A link is followed; a device or pipe is written to as it is.
    """
    wanted = Path(path)
    try:
        target = Path(os.path.realpath(wanted))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            target.write_bytes(data)
        else:
            _replace(target, data)
    except (OSError, ValueError) as error:
        number = error.errno if isinstance(error, OSError) else None
        why = _WHY.get(number or 0) or f"{getattr(error, 'strerror', None) or error}; choose another place"
        raise InvalidRequest(f'"{wanted}" could not be written: {why}. No half of it was left behind.') from error


def _replace(target: Path, data: bytes) -> None:
    beside = target.parent / f".{secrets.token_hex(6)}.part"
    try:
        with open(beside, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            os.chmod(beside, stat.S_IMODE(target.stat().st_mode))
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
