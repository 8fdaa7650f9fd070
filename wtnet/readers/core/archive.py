"""Zip files (workbooks are zip files too) opened with care: nothing is unpacked before its size is known to be sane."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from wtnet.errors import UnreadableFile
from wtnet.tables.text import megabytes

MAX_UNPACKED = 200_000_000
"""The most bytes a zip may unpack to."""
MAX_RATIO, RATIO_FROM = 100, 10_000_000
"""What unpacks to more than `RATIO_FROM` bytes, a part or the whole, may be at most this many times its packed size."""
MAX_PARTS = 10_000
_CHUNK = 1 << 20


class Archive:
    """The parts of a zip by name. Raises UnreadableFile for anything broken, locked or too large, and for zip bombs."""

    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = [part for part in self._zip.infolist() if not part.is_dir()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, struct.error) as error:
            raise UnreadableFile(f"{file} is damaged: its zip structure cannot be read. Save or download it again.") from error
        if len({part.filename for part in parts}) < len(parts):
            raise UnreadableFile(f"{file} is damaged: it holds two files of the same name. Save or download it again.")
        if len(parts) > MAX_PARTS:
            raise UnreadableFile(
                f"{file} holds {len(parts):,} files; at most {MAX_PARTS:,} are looked at. Unpack it, and bring in those you mean."
            )
        self.parts = {part.filename: part for part in parts}
        unpacked = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts)
        if unpacked > MAX_UNPACKED or _bomb(unpacked, packed) or any(_bomb(part.file_size, part.compress_size) for part in parts):
            raise UnreadableFile(
                f"{file} would unpack to {megabytes(unpacked)} from {megabytes(len(data))}; at most "
                f"{MAX_UNPACKED / 1e6:.0f} MB, and {MAX_RATIO} times the packed size, are unpacked. It was not opened; save "
                "the tables again, or give them as CSV."
            )

    def chunks(self, name: str) -> Iterator[bytes]:
        """One part in pieces of at most a megabyte."""
        try:
            with self._zip.open(self.parts[name]) as stream:
                while piece := stream.read(_CHUNK):
                    yield piece
        except RuntimeError as error:
            raise UnreadableFile(f"{self.file} is protected by a password. Save it without one and bring it in again.") from error
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError, struct.error) as error:
            raise UnreadableFile(f'{self.file} is damaged: the part "{name}" in it cannot be unpacked. Save it again.') from error

    def read(self, name: str) -> bytes:
        """One part whole."""
        return b"".join(self.chunks(name))


def _bomb(size: int, packed: int) -> bool:
    return size > RATIO_FROM and size > MAX_RATIO * max(packed, 1)
