"""Days as people write them: a whole day, or a month, season or year with its first and last day; judged a column at a time."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Order = Literal["day", "month", "both", "unsaid"]
"""Which number of 03/04/2024 comes first: as other dates of the column show, both ways, or nothing shows it."""

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_ELSEWHERE = (
    ("januar", "janvier", "enero", "gennaio", "januari", "ionawr"), ("februar", "février", "fevrier", "febrero", "februari"),
    ("märz", "maerz", "mars", "marzo", "maart", "mawrth"), ("avril", "abril", "aprile", "ebrill"),
    ("mai", "mayo", "maggio", "mei"), ("juni", "juin", "junio", "giugno", "mehefin"),
    ("juli", "juillet", "julio", "luglio"), ("août", "aout", "agosto", "augustus", "awst"),
    ("septembre", "septiembre", "settembre", "medi"), ("oktober", "octobre", "octubre", "ottobre", "hydref"),
    ("novembre", "noviembre", "tachwedd"), ("dezember", "décembre", "decembre", "diciembre", "dicembre", "rhagfyr"),
)  # fmt: skip
"""Months in German, French, Spanish, Italian, Dutch and Welsh, where they are not written as in English."""
_SEASONS = {
    "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12, "frühjahr": 3, "frühling": 3, "sommer": 6, "herbst": 9,
    "printemps": 3, "été": 6, "automne": 9, "hiver": 12, "primavera": 3, "verano": 6, "otoño": 9, "invierno": 12,
}  # fmt: skip
_OPEN = {
    "ongoing", "on going", "on-going", "continuing", "continues", "present", "current", "currently", "now", "today", "to date",
    "open", "open ended", "open-ended", "no end", "no end date", "still running", "until further notice",
}  # fmt: skip
_TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?[AaPp][Mm])?(?: ?(?:Z|[A-Z]{2,4}|[+-]\d{2}:?\d{2}))?)?"
_ISO = re.compile(rf"(\d{{4}})[-/](\d{{1,2}})[-/](\d{{1,2}}){_TIME}")
_SLASHED = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? ", re.IGNORECASE)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[ -](?:of |de |d')?([^\W\d_]{3,10})\.?,?[ -](\d{4}|\d{2})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_MONTH = re.compile(r"([^\W\d_]{3,10})\.?,?(?:[ -]|,? de )'?(\d{4}|\d{2})")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})")
_YEAR = re.compile(r"(\d{4})(?:\.0+)?")


@dataclass(frozen=True)
class Span:
    """The first and the last day a text names; the same day where it names one."""

    first: date
    last: date

    @property
    def rough(self) -> bool:
        """True for a month, a season or a year."""
        return self.first != self.last


def order(values: Iterable[str]) -> Order | None:
    """How dates such as 03/04/2024 are written in a column; null if it has none of them."""
    pairs = [(int(match[1]), int(match[3])) for value in values if (match := _SLASHED.fullmatch(value)) and match[2] != "."]
    day, month = any(first > 12 for first, _ in pairs), any(second > 12 for _, second in pairs)
    if not pairs:
        return None
    return "both" if day and month else "day" if day else "month" if month else "unsaid"


def ambiguous(value: str) -> bool:
    """True for a date that is another day the other way round, such as 03/04/2024."""
    match = _SLASHED.fullmatch(value)
    if not match or match[2] == ".":
        return False
    return int(match[1]) <= 12 and int(match[3]) <= 12 and int(match[1]) != int(match[3])


def says_month_first(value: str) -> bool:
    """True for a date that can only be month first, such as 12/31/2023."""
    match = _SLASHED.fullmatch(value)
    return bool(match and match[2] != "." and int(match[1]) <= 12 < int(match[3]))


def is_open(value: str) -> bool:
    """True for the words that say there is no end yet: ongoing, present, to date …"""
    return " ".join(value.lower().strip(" .").split()) in _OPEN


def span(value: str, month_first: bool = False) -> Span | None:
    """The days a text names; null where it names none."""
    text = _WEEKDAY.sub("", " ".join(value.split()), count=1)
    return _whole(text, month_first) or _part(text)


def _whole(text: str, month_first: bool) -> Span | None:
    if match := _ISO.fullmatch(text):
        return _one(match[1], match[2], match[3])
    if match := _SLASHED.fullmatch(text):
        turned = month_first and match[2] != "."
        return _one(match[4], match[1] if turned else match[3], match[3] if turned else match[1])
    if match := _DAY_MONTH.fullmatch(text):
        return _one(match[3], _month(match[2]), match[1])
    if match := _MONTH_DAY.fullmatch(text):
        return _one(match[3], _month(match[1]), match[2])
    return None


def _part(text: str) -> Span | None:
    """A month, a season or a year."""
    if match := _YEAR_MONTH.fullmatch(text):
        return _months(match[1], int(match[2]), 1)
    if match := _MONTH_YEAR.fullmatch(text):
        return _months(match[2], int(match[1]), 1)
    if match := _MONTH.fullmatch(text):
        season = _SEASONS.get(match[1].lower())
        return _months(match[2], season, 3) if season else _months(match[2], _month(match[1]), 1)
    if match := _YEAR.fullmatch(text):
        return _months(match[1], 1, 12) if int(match[1]) >= 1000 else None
    return None


def _one(year: str, month: str | int, day: str) -> Span | None:
    try:
        whole = date(_year(year), int(month), int(day))
    except ValueError:
        return None
    return Span(whole, whole)


def _months(year: str, month: int, number: int) -> Span | None:
    """So many months from the first of one."""
    if not 1 <= month <= 12 or not 1 <= _year(year) <= 9990:
        return None
    first = date(_year(year), month, 1)
    end = month + number - 1
    last = date(first.year + (end - 1) // 12, (end - 1) % 12 + 1, 1)
    return Span(first, last + timedelta(monthrange(last.year, last.month)[1] - 1))


def _month(word: str) -> int:
    """The number of a month by its name or the first three letters (Sept too); 0 for another word."""
    low = word.lower()
    names = (at for at, name in enumerate(_MONTHS, 1) if low in (name, name[:3]) or (low == "sept" and at == 9))
    return next(names, 0) or next((at for at, words in enumerate(_ELSEWHERE, 1) if low in words), 0)


def _year(text: str) -> int:
    """A year; of two digits, from 1970 to 2069."""
    number = int(text)
    return number if len(text) == 4 else number + (2000 if number < 70 else 1900)
