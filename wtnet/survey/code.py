"""The code on a form: whose answers these are and of which wave, without giving away an id.

Made from the ids alone, so that a form is recognised in any copy of the programme. It recognises; it proves nothing:
forms come back to the lead by hand, and personal links (see `links`) have secrets of their own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

from wtnet.survey.roster import Roster
from wtnet.tables.respondents import Respondent

_CODE = re.compile(r"\bWT1-([A-Z2-7]{4})-([A-Z2-7]{4})-([A-Z2-7]{4})-([A-Z2-7]{4})\b")


def code(programme: str, wave: str, partner: str, role: str | None = None) -> str:
    """The code of the form of one partner, or of one of its people, in a wave: "WT1-" and four times four letters or digits
    (80 bits)."""
    letters = _short("form", programme, wave, partner, *([role] if role else []), length=16)
    return "WT1-" + "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def row_code(programme: str, partner: str) -> str:
    """The code of the row about one partner, eight letters or digits."""
    return _short("row", programme, partner, length=8)


def find_code(text: str | None) -> str | None:
    """The first code in a text, whatever the capitals; null if there is none."""
    match = _CODE.search((text or "").upper())
    return match.group(0) if match else None


def codes(programme: str, waves: Iterable[str], roster: Roster) -> dict[str, tuple[str, Respondent]]:
    """Every code that forms of these waves can have: {code: (wave, who answers)}; a partner whose people answer by role may still
    return the form that was made for it as a whole."""
    return {
        code(programme, wave, partner, role): (wave, Respondent(partner, role))
        for wave in waves
        for partner in roster.partners
        for role in (None, *roster.roles(wave, partner))
    }


def _short(*parts: str, length: int) -> str:
    """Letters and digits from the parts, each with its length before it, so that no two lists of parts read the same."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return base64.b32encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()).decode()[:length]
