"""Numbers as people write them: £1,200, 45%, 12.5k, 1.234,5; judged a column at a time, since 1.234 alone may be two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Mark = Literal[".", ",", "both"]

PLAIN = r"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$"
"""A number that needs no judging, but for 1.234 where things are counted."""
_NO_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f "))
_CURRENCY = r"(?:£|€|\$|¥|gbp|eur|usd)"
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[+−–-])?{_CURRENCY}?(?P<after>[+−-])?(?P<digits>\d[\d.,'’]*)(?P<scale>k|m|bn|th|thousand|million)?"
    rf"(?P<percent>%|percent|pct)?{_CURRENCY}?(?(open)\))"
)
_SCALES = {"k": 1e3, "th": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9}
_DOTTED, _COMMAED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+"), re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_GROUPED = {".": _DOTTED, ",": _COMMAED}
_BETWEEN = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f ](?=\d{3}(?:\D|$))")
_BY_COMMA = re.compile(r"\d+,(?:\d{1,2}|\d{4,})|0\d*,\d+|\d{1,3}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:\.\d{3}){2,}")
_BY_POINT = re.compile(r"\d+\.(?:\d{1,2}|\d{4,})|0\d*\.\d+|\d{1,3}(?:,\d{3})+\.\d+|[1-9]\d{0,2}(?:,\d{3}){2,}")
_IN_THOUSANDS, _IN_MILLIONS = re.compile(r"(?:k|000s?|thousands?)$"), re.compile(r"(?:m|mn|millions?)$")


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
    plain = _BETWEEN.sub("'", plain).translate(_NO_SPACES)
    match = _NUMBER.fullmatch(plain)
    if not match:
        return None
    negative = bool(match["open"]) or (match["sign"] or match["after"] or "") in ("-", "−", "–")
    return Amount(match["digits"].rstrip(".,"), negative, bool(match["percent"]), _SCALES.get(match["scale"] or "", 1.0))


def decimal_mark(amounts: Iterable[Amount]) -> Mark:
    """The mark before decimals in a column: a point unless something in it can only be a comma; "both" where both are there."""
    digits = [amount.digits for amount in amounts]
    comma, point = any(map(_BY_COMMA.fullmatch, digits)), any(map(_BY_POINT.fullmatch, digits))
    return "both" if comma and point else "," if comma else "."


def unit_scale(unit: str) -> float:
    """What a unit counts in: 1000 for "£k" or "£000", 1 for most."""
    plain = re.sub(r"[\s'’,()]", "", unit[:200].lower())
    money = plain.startswith(("£", "€", "$", "gbp", "eur", "usd"))
    for pattern, scale in ((_IN_THOUSANDS, 1e3), (_IN_MILLIONS, 1e6)):
        sign = pattern.search(plain)
        if sign and (money or len(sign[0]) > 2 or plain == sign[0] == "k"):
            return scale
    return 1.0


def written(value: float) -> str:
    """A number as a file would hold it: 12, 0.45, without what a computer adds behind the twelfth digit."""
    return f"{value:.12g}" if abs(value) < 1e12 else repr(value)
