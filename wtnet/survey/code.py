"""The code on a form: whose answers these are and of which wave, without giving away an id.

Made from the ids alone, so that a form is recognised in any copy of the programme. It recognises; it proves nothing:
forms come back to the lead by hand, and personal links (see `links`) have secrets of their own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_CODE = re.compile(r"\bWT1-([A-Z2-7]{4})-([A-Z2-7]{4})-([A-Z2-7]{4})-([A-Z2-7]{4})\b")


def code(programme: str, wave: str, partner: str) -> str:
    """The code of one partner's form of one wave: "WT1-" and four times four letters or digits (80 bits)."""
    letters = _short("form", programme, wave, partner, length=16)
    return "WT1-" + "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def row_code(programme: str, partner: str) -> str:
    """The code of the row about one partner, eight letters or digits."""
    return _short("row", programme, partner, length=8)


def find_code(text: str | None) -> str | None:
    """The first code in a text, whatever the capitals; null if there is none."""
    match = _CODE.search((text or "").upper())
    return match.group(0) if match else None


def codes(programme: str, waves: Iterable[str], partners: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Every code that forms of these waves and partners can have: {code: (wave, partner)}."""
    those = list(partners)
    return {code(programme, wave, partner): (wave, partner) for wave in waves for partner in those}


def _short(*parts: str, length: int) -> str:
    """Letters and digits from the parts, each with its length before it, so that no two lists of parts read the same."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return base64.b32encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()).decode()[:length]
