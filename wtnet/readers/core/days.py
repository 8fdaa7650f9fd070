"""The days in another tool's file: whole ones by the rule of our own dates, a year or a month by where it begins or ends."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from wtnet.tables.convert import days

_YEAR = re.compile(r"(\d{4})(?:\.0+)?")
_MONTHS = (
    (re.compile(r"(\d{1,2})[/.-](\d{4})"), r"01/\1/\2"),
    (re.compile(r"(\d{4})-(\d{1,2})"), r"01/\2/\1"),
    (re.compile(r"([^\W\d_]{3,12})\.? (\d{4})"), r"1 \1 \2"),
)


class Days:
    """Texts as days. `rough` are those that name a year or a month only: a tie starts on its first day and ends on its last."""

    def __init__(self, values: Iterable[str]) -> None:
        given = list(dict.fromkeys(values))
        whole = {value: _first_day(value) for value in given}
        day_of = days(whole.values())
        self._first = {value: day_of[text] for value, text in whole.items()}
        self.rough = {value for value in given if whole[value] != value and self._first[value]}

    def started(self, value: str) -> str | None:
        """The day it begins, as 2024-03-01; null if the text is no day."""
        day = self._first[value]
        return day.isoformat() if day else None

    def ended(self, value: str) -> str | None:
        """The day it ends."""
        day = self._first[value]
        if day and value in self.rough:
            month = 12 if _YEAR.fullmatch(value) else day.month
            day = date(day.year, month, monthrange(day.year, month)[1])
        return day.isoformat() if day else None


def _first_day(value: str) -> str:
    """The first day of a year or a month that stands alone; any other text as it is."""
    if match := _YEAR.fullmatch(value):
        return f"{match[1]}-01-01"
    return next((match.expand(day) for form, day in _MONTHS if (match := form.fullmatch(value))), value)
