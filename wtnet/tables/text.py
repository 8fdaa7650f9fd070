"""Texts as they are compared, cleaned, cut and counted: one way each, for headings, names, ids and what is written to a file."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Container
from hashlib import sha256

CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
"""Control characters but tabs and line breaks, to stand within [ ] of a regular expression."""
UNPRINTABLE = re.compile(rf"[{CONTROLS}\x80-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text holds on purpose and no XML may hold."""
_MARKS = re.compile("[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Marks that cannot be seen and that Unicode does not call combining: joiners of accents, variants of a letter or picture."""
_JOINERS = re.compile("(?<=[^\x00-\x7f])[\u200c\u200d](?=[^\x00-\x7f])")
"""Signs within a word or picture that change how it looks: Persian and Indic scripts need them, and so do some emoji."""


def normal(header: str) -> str:
    """A header as it is compared: trimmed, lower case, spaces and hyphens as underscores."""
    return "_".join(header.strip().lower().replace("-", " ").replace("_", " ").split())


def caseless(text: str | None) -> str:
    """A text for comparison without capitals, with one space between words; "" for none."""
    return " ".join((text or "").split()).casefold()


def folded(text: str) -> str:
    """A text without case, accents and marks that cannot be seen: the same for every way to write it."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = _MARKS.sub("", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    return "".join(letter for letter in bare if unicodedata.category(letter) not in ("Me", "Cf")).casefold()


def seen_name(name: str) -> str:
    """A name without signs that cannot be seen, with one plain blank between words."""
    if name.isascii():
        return " ".join(name.split())
    bare = _MARKS.sub("", name)
    joiners = {joiner.start() for joiner in _JOINERS.finditer(bare)}
    return " ".join("".join(sign for at, sign in enumerate(bare) if at in joiners or unicodedata.category(sign) != "Cf").split())


def name_key(name: str) -> str:
    """A name as a person compares it: without doubled blanks, capitals and signs that cannot be seen; 101.0 is 101."""
    key = _JOINERS.sub("", seen_name(name)).casefold()
    whole, point, rest = key.partition(".")
    return whole if point and rest and whole.isdigit() and not rest.strip("0") else key


ID_BYTES = 200
"""The longest id, in bytes of UTF-8."""


def short_id(value: str, limit: int = ID_BYTES) -> str:
    """The id itself if it fits, else its start and a fingerprint, so that two long ids stay two."""
    data = value.encode("utf-8", "replace")
    return value if len(data) <= limit else data[: limit - 13].decode(errors="ignore") + "~" + sha256(data).hexdigest()[:12]


def slug(name: str, otherwise: str, length: int = 60) -> str:
    """A name as an id: its letters and digits in small letters, with hyphens between words; `otherwise` where none is left."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name.casefold()).split())[:length] or otherwise


def free_id(name: str, taken: Container[str], otherwise: str) -> str:
    """An id made from a name (see `slug`) that is not among those taken: "autumn-2026", "autumn-2026-2", …"""
    base = slug(name, otherwise)
    numbered = (f"{base}-{number}" for number in itertools.count(2))
    return next(candidate for candidate in itertools.chain([base], numbered) if candidate not in taken)


def without_controls(text: str) -> str:
    """Text without what cannot be printed and no XML may hold; line breaks and tabs stay."""
    return UNPRINTABLE.sub("", text)


def clean(text: object) -> str:
    """Text trimmed and without what no XML may hold; line breaks and tabs within it stay. Of null, ""."""
    return "" if text is None else without_controls(str(text)).strip()


def one_line(text: str) -> str:
    """Text on one line: control characters are spaces, with one space between words."""
    return " ".join("".join(" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text).split())


def printable(text: str) -> str:
    """Text on one line, with one space between words, without what cannot be printed."""
    return " ".join("".join(letter for letter in text if letter.isprintable() or letter.isspace()).split())


def cut(text: object, length: int = 60) -> str:
    """The text, cut with an ellipsis where it is longer than so many characters."""
    words = str(text)
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


def megabytes(size: int, most: int | None = None) -> str:
    """A size in bytes as text, "12.3 MB", with as many digits as tell it from nothing, and from the limit it is held against."""
    words = ""
    for digits in range(1, 7):
        words = f"{size / 1e6:,.{digits}f}"
        if (size == 0 or words.strip("0.")) and (most is None or words != f"{most / 1e6:,.{digits}f}"):
            break
    return f"{words} MB"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 partner", "2,300 partners"; `many` where the plural is not made with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def file_name(path: str) -> str:
    """A file's name alone: what stands before it says who works on which machine, whichever way its folders are written."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]
