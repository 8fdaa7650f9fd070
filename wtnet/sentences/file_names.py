"""File names made from names in the data, valid on Windows, macOS and Linux."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category, normalize

_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
"""Names Windows reserves for devices, with any ending."""
_BYTES = 200
"""Most systems take at most 255 bytes; the rest is left for a number and an ending."""


def stem(text: str, most: int = 80, keep: str = ".,'()&_-", gap: str = " ") -> str:
    """The text as a file name without ending: letters of every script with their marks, digits and the characters of `keep`.

    Anything else separates words, which are joined by `gap`. At most `most` characters; "" where nothing is left.
    """
    letters = []
    for letter in normalize("NFC", text):
        kind = category(letter)
        letters.append(letter if kind[0] in "LMN" or letter in keep else "" if kind == "Cf" else " ")
    words = gap.join("".join(letters).split())[:most]
    return words.encode()[:_BYTES].decode(errors="ignore").strip(f" .-{gap}")


def unique_names(texts: Iterable[str], nameless: str = "Partner") -> list[str]:
    """A file name for each text (see `stem`): none reserved, no two the same on a system that ignores capitals."""
    taken: set[str] = set()
    names = []
    for text in texts:
        first = stem(text) or nameless
        first = f"_{first}" if _RESERVED.match(first) else first
        name, number = first, 1
        while (folded := normalize("NFC", name.casefold())) in taken:
            number += 1
            name = f"{first} ({number})"
        taken.add(folded)
        names.append(name)
    return names
