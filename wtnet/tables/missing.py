"""Words that people and programs write for what is missing: NA, N/A, None, a dash …"""

from __future__ import annotations

from wtnet.tables.text import folded

_WORDS = {
    "na", "n/a", "#n/a", "n.a.", "n.a", "nan", "null", "none", "none.", "nil", "-", "--", "---", "–", "—", "―", ".", "..", "...",
    "…", "?", "??", "???", "*", "x/a", "unknown", "unk", "missing", "blank", "empty", "<na>", "tbc", "tbd", "t.b.c.", "t.b.d.",
    "tba", "not applicable", "not available", "not known", "not recorded", "not given", "not stated", "no answer", "no response",
    "no data", "no reply", "don't know", "do not know", "to be confirmed", "to be decided", "(blank)", "[blank]", "(none)",
    "(empty)", "n/k", "nk", "n.k.", "dk", "d/k", "k.a.", "k. a.", "keine angabe", "unbekannt", "inconnu", "s/o", "n.c.", "s/d",
    "sin datos", "non renseigné", "onbekend", "to follow", "awaited", "awaiting",
}  # fmt: skip
_NOBODY = frozenset(
    {"nobody", "no one", "no-one", "no partner", "no partners", "not named", "no organisation", "0", "0.0", "false"}
)
_MAYBE_NOTHING = frozenset({"none", "nil", "none.", "(none)"})
"""Words that may mean zero where a number stands."""


def is_missing(text: str, number: bool = False) -> bool:
    """True for a word for what is missing; where a `number` stands, "none" and "nil" may mean zero and are not among them."""
    if len(text) > 20:
        return False
    plain = " ".join(folded(text).split())
    return plain in _WORDS and not (number and plain in _MAYBE_NOTHING)


def names_nobody(text: str) -> bool:
    """True for an end of a tie that names no partner: a word for what is missing, nobody, or 0."""
    return is_missing(text) or (len(text) <= 20 and " ".join(folded(text).split()) in _NOBODY)
