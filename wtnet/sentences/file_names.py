"""Names of files made from names in data, that every system can hold: Windows, macOS and Linux."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category, normalize

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
"""What Windows takes for a device, whatever stands behind the dot."""
_BYTES = 200
"""A name of 255 bytes is the longest most systems take; the rest is for what is added to it."""


def stem(text: str, most: int = 80, keep: str = ".,'()&_-", gap: str = " ") -> str:
    """The text as the name of a file without its ending: letters of every script with their marks, digits and `keep`.

    Anything else parts words, which stand a `gap` apart. At most so many letters; "" where nothing is left.
    """
    letters = []
    for one in normalize("NFC", text):
        kind = category(one)
        letters.append(one if kind[0] in "LMN" or one in keep else "" if kind == "Cf" else " ")
    words = gap.join("".join(letters).split())[:most]
    return words.encode()[:_BYTES].decode(errors="ignore").strip(f" .-{gap}")


def names(texts: Iterable[str], nameless: str = "Partner") -> list[str]:
    """A name for each text (see `stem`), no two the same on a system that does not tell capitals apart, none reserved."""
    taken: set[str] = set()
    found = []
    for text in texts:
        first = stem(text) or nameless
        first = f"_{first}" if _RESERVED.match(first) else first
        name, number = first, 1
        while (folded := normalize("NFC", name.casefold())) in taken:
            number += 1
            name = f"{first} ({number})"
        taken.add(folded)
        found.append(name)
    return found
