"""Bytes to text, and text to what may be kept: no control characters, no cell longer than a table holds."""

from __future__ import annotations

import codecs
import re

import polars as pl

from wtnet.errors import UnreadableFile
from wtnet.tables.model import Problem
from wtnet.tables.text import UNPRINTABLE, without_controls

CELL_BYTES = 20_000
"""The longest text a cell may hold, in bytes of UTF-8; longer ones are shortened with a notice."""
NAME_BYTES = 2_000

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


_UTF8 = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|\xc2[\xa0-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(file: str, data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Text and notices: by byte-order mark, then UTF-8, then Windows-1252 with a notice. Bytes that are no text are refused."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _refuse_binary(file, data[len(mark) :].decode(encoding, "replace")), ()
    guessed = _wide(data)
    if guessed:
        return _refuse_binary(file, data.decode(guessed, "replace")), ()
    try:
        return _refuse_binary(file, data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    whole = data.decode("utf-8", _MIXED)
    if _has_utf8(data):
        words = (
            f"{file}, line {line}: here, and maybe further down, the text is not UTF-8 as the rest is; such letters were read "
            "as Windows-1252. If letters such as é or £ look wrong there, write them again."
        )
        return _refuse_binary(file, whole), (Problem("encoding", words, file, row=line),)
    words = (
        f"{file}: the text is not UTF-8 and was read as Windows-1252. If letters such as é or £ look wrong, "
        "save it again as UTF-8 (in Excel: CSV UTF-8) and bring it in once more."
    )
    return _refuse_binary(file, data.decode("cp1252", "replace")), (Problem("encoding", words, file),)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8, each as its letter in Windows-1252, so that a wrong byte changes no other cell."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_MIXED = "wtnet-cp1252"
codecs.register_error(_MIXED, _as_cp1252)


def _has_utf8(data: bytes) -> bool:
    """True if some letter beyond ASCII is written as UTF-8 writes it: more than one byte, which Windows-1252 would not put so."""
    return bool(_UTF8.search(data))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of the start is zero."""
    head = data[:2_000]
    if len(head) < 8 or head.count(0) < len(head) * 0.4:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _refuse_binary(file: str, text: str) -> str:
    """The text without NULs, unless so much of its start is control characters that it is no text."""
    head = text[:65_536]
    odd = sum(1 for control in UNPRINTABLE.finditer(head) if control.group() != "\x00") + head.count("\ufffd")
    if odd > 20 and odd > len(head) * 0.02:
        raise UnreadableFile(
            f"{file} holds no text and is not a workbook either: its content is of no kind that is understood here."
        )
    return text.replace("\x00", "")


def clean(value: str) -> str | None:
    """Trimmed text without control characters or broken surrogates; None if nothing is left."""
    return without_controls(value).strip() or None


def shorten(value: str, limit: int) -> str:
    """The text cut to at most `limit` bytes of UTF-8, the cut shown by an ellipsis."""
    data = value.encode()
    return value if len(data) <= limit else data[: limit - 3].decode(errors="ignore") + "…"


def shorten_cells(frame: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """The frame with no text cell above `CELL_BYTES`, and the columns in which some were cut."""
    longest = frame.select(pl.col(pl.String).str.len_bytes().max())
    long = [name for row in longest.rows() for name, size in zip(longest.columns, row, strict=True) if (size or 0) > CELL_BYTES]
    cut = [
        pl.Series(name, [None if value is None else shorten(value, CELL_BYTES) for value in frame[name]], dtype=pl.String)
        for name in long
    ]
    return (frame.with_columns(cut) if cut else frame), long


def listing(values: list[str], shown: int = 5) -> str:
    """The first few, quoted, and how many more: '"a", "b" and 7 more'."""
    words = ", ".join(f'"{shorten(value, 80)}"' for value in values[:shown])
    return words if len(values) <= shown else f"{words} and {len(values) - shown:,} more"
