"""A number as its cell shows it, where that says more than the number: 45%, £12.5k, 007; from a spreadsheet's format code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

BUILT_IN = {9: "0%", 10: "0.00%"}
"""Format codes a workbook need not spell out, of those that matter here."""
SCALES = ("k", "m", "bn", "th", "thousand", "million")
_PLACES = "0#?"
_DATE = re.compile(r"[ymdhsYMDHS@]|General")


@dataclass(frozen=True)
class _Section:
    """One part of a format code: the text before the digits, the digits' pattern, the text behind, and what scales them."""

    before: str
    digits: str
    behind: str
    percent: int

    @property
    def thousands(self) -> int:
        """How often the number is divided by a thousand: a comma each behind the digits or before the point."""
        whole, _, decimals = self.digits.partition(".")
        return sum(len(part) - len(part.rstrip(",")) for part in (whole, decimals))

    @property
    def padded(self) -> bool:
        """True for a pattern of noughts alone, at least two: a number with leading zeros, as in a code."""
        return len(self.digits) > 1 and set(self.digits) == {"0"}


def seen(value: float, code: str) -> str | None:
    """The number as its cell shows it, unrounded; null where a plain number says as much."""
    sections = _sections(code)
    if not sections:
        return None
    at = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = sections[at]
    letter = section.behind.strip().lower()
    if section.percent:
        return f"{value * 100**section.percent:.12g}%"
    if letter in ("%", "per cent", "percent"):
        return f"{value:.12g}%"
    if section.thousands or letter in SCALES:
        money = section.before.strip() if section.before.strip() in ("£", "€", "$") else ""
        return f"{money}{value / 1000**section.thousands:.12g}{letter if letter in SCALES else ''}"
    prefix = section.before if any(sign.isalpha() for sign in section.before) and section.before.isascii() else ""
    whole = value >= 0 and value == int(value) and value < 1e15
    if whole and section.digits and "." not in section.digits and not section.behind.strip() and (section.padded or prefix):
        return prefix + str(int(value)).zfill(section.digits.count("0"))
    return None


def matters(code: str) -> bool:
    """True for a code under which some number is shown as more than a plain one."""
    return any(seen(value, code) is not None for value in (0.5, 12.0, -12.0, 0.0))


@lru_cache(maxsize=1_000)
def _sections(code: str) -> tuple[_Section, ...]:
    """The parts of a code for numbers above, below and at zero; none for dates, text and what is no number."""
    parts: list[list[tuple[str, bool]]] = [[]]
    at = 0
    while at < len(code[:500]):
        sign = code[at]
        if sign == '"':
            end = code.find('"', at + 1)
            end = len(code) if end < 0 else end
            parts[-1].append((code[at + 1 : end], True))
            at = end + 1
        elif sign == "[":
            end = code.find("]", at)
            currency = code[at + 2 : end].partition("-")[0] if code[at + 1 : at + 2] == "$" else ""
            parts[-1].append((currency, True))
            at = end + 1 if end > 0 else len(code)
        elif sign in "\\_*":
            parts[-1].append((code[at + 1 : at + 2] if sign == "\\" else "", True))
            at += 2
        elif sign == ";":
            parts.append([])
            at += 1
        else:
            parts[-1].append((sign, False))
            at += 1
    sections = tuple(_section(part) for part in parts)
    return tuple(section for section in sections if section) if sections and sections[0] else ()


def _section(tokens: list[tuple[str, bool]]) -> _Section | None:
    plain = "".join(text for text, literal in tokens if not literal)
    if _DATE.search(plain) or not any(sign in _PLACES for sign in plain):
        return None
    places = [at for at, (text, literal) in enumerate(tokens) if not literal and text in _PLACES]
    first, last = places[0], places[-1]
    while last + 1 < len(tokens) and tokens[last + 1] == (",", False):
        last += 1
    digits = "".join(text for text, literal in tokens[first : last + 1] if not literal and text in "0#?,.")
    inner = any(literal and text for text, literal in tokens[first : last + 1])
    before = "".join(text for text, _ in tokens[:first]).replace("%", "")
    behind = "".join(text for text, literal in tokens[last + 1 :] if literal or text != "%")
    return None if inner else _Section(before, digits, behind, plain.count("%"))
