"""Numbers as people write them: £1,200, 45%, 12.5k, 1.234,5; judged a column at a time, since 1.234 alone may be two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Mark = Literal[".", ",", "both"]

PLAIN = r"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$"
"""A number that needs no judging, but for 1.234 where things are counted."""
_SPACES = "\u00a0\u2007\u2009\u202f "
_CURRENCY = r"(?:£|€|\$|¥|gbp|eur|usd)"
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[+−–-])?{_CURRENCY}?(?P<after>[+−-])?(?P<digits>\d[\d.,'’]*)(?P<scale>k|m|bn|th|thousand|million)?"
    rf"(?P<percent>%|percent|pct)?{_CURRENCY}?(?(open)\))"
)
_SCALES = {"k": 1e3, "th": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9}
_GROUPED = {mark: re.compile(rf"[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+") for mark in ".,"}
_UNIT_SCALES = ((r"(?:k|000s?|thousands?)$", 1e3), (r"(?:m|mn|millions?)$", 1e6))


@dataclass(frozen=True)
class Amount:
    """One number: `digits` with its marks as written, its sign, whether it is per cent, and what it is to be multiplied by."""

    digits: str
    negative: bool
    percent: bool
    scale: float

    def value(self, mark: Mark) -> float | None:
        """The number, where `mark` stands before decimals; null if its marks are not where that mark lets them stand."""
        digits = self.digits.replace("'", "").replace("’", "")
        if mark == "both":
            if _GROUPED["."].fullmatch(digits) or _GROUPED[","].fullmatch(digits):
                return None
            mark = "," if digits.rfind(",") > digits.rfind(".") else "."
        thousands = "," if mark == "." else "."
        whole, _, decimals = digits.partition(mark)
        if (thousands in whole and not _GROUPED[thousands].fullmatch(whole)) or not f"0{decimals}".isdigit():
            return None
        size = float(f"{whole.replace(thousands, '')}.{decimals or 0}")
        return -size if self.negative else size

    def grouped(self, mark: str) -> float | None:
        """The number read with this mark between thousands: 1234 for 1.234; null where that cannot be."""
        if not _GROUPED[mark].fullmatch(self.digits):
            return None
        size = float(self.digits.replace(mark, ""))
        return -size if self.negative else size


def amount(text: str) -> Amount | None:
    """The number in a text, with its currency, per cent or scale taken off; null where it is no number."""
    if len(text) > 60:
        return None
    plain = text.lower().strip().removeprefix("n=").removeprefix("n =").replace("per cent", "%")
    for space in _SPACES:
        plain = re.sub(rf"(?<=\d){space}(?=\d{{3}}(?:\D|$))", "'", plain) if space in plain else plain
        plain = plain.replace(space, "")
    found = _NUMBER.fullmatch(plain)
    if not found:
        return None
    negative = bool(found["open"]) or (found["sign"] or found["after"] or "") in ("-", "−", "–")
    return Amount(found["digits"].rstrip(".,"), negative, bool(found["percent"]), _SCALES.get(found["scale"] or "", 1.0))


def decimal_mark(amounts: Iterable[Amount]) -> Mark:
    """The mark before decimals in a column: a point unless something in it can only be a comma; "both" where both are there."""
    digits = [amount.digits for amount in amounts]
    comma = any(
        re.fullmatch(r"\d+,(?:\d{1,2}|\d{4,})|0\d*,\d+|\d{1,3}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:\.\d{3}){2,}", it) for it in digits
    )
    point = any(
        re.fullmatch(r"\d+\.(?:\d{1,2}|\d{4,})|0\d*\.\d+|\d{1,3}(?:,\d{3})+\.\d+|[1-9]\d{0,2}(?:,\d{3}){2,}", it) for it in digits
    )
    return "both" if comma and point else "," if comma else "."


def unit_scale(unit: str) -> float:
    """What a unit counts in: 1000 for "£k" or "£000", 1 for most."""
    plain = re.sub(r"[\s'’,()]", "", unit.lower())
    money = bool(re.match(_CURRENCY, plain))
    for pattern, scale in _UNIT_SCALES:
        found = re.search(pattern, plain)
        if found and (money or len(found[0]) > 2 or plain == found[0] == "k"):
            return scale
    return 1.0


def written(value: float) -> str:
    """A number as a file would hold it: 12, 0.45, without what a computer adds behind the twelfth digit."""
    return f"{value:.12g}" if abs(value) < 1e12 else repr(value)
