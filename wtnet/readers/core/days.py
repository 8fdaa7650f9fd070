"""The days in another tool's file, judged as a whole: day or month first, and a year or a month by where it begins or ends."""

from __future__ import annotations

from collections.abc import Iterable

from wtnet.tables import dates


class Days:
    """Texts as days. `rough` are those that name a year, a season or a month: a tie starts on its first day, ends on its last."""

    def __init__(self, values: Iterable[str]) -> None:
        given = [value for value in dict.fromkeys(values) if not dates.is_open(value)]
        self.order = dates.order(given)
        self._spans = {value: dates.span(value, self.order == "month") for value in given}
        self.rough = {value for value, span in self._spans.items() if span and span.rough}
        self._both = [value for value in given if dates.ambiguous(value)]
        self._american = next((value for value in given if dates.says_month_first(value)), None)

    def started(self, value: str) -> str | None:
        """The day it begins, as 2024-03-01; null if the text is no day."""
        span = self._spans.get(value)
        return span.first.isoformat() if span else None

    def ended(self, value: str) -> str | None:
        """The day it ends."""
        span = self._spans.get(value)
        return span.last.isoformat() if span else None

    def remark(self) -> tuple[str, str] | None:
        """The rule and the sentence on how dates such as 03/04/2024 were read; null if there are none."""
        if not self._both and not self._american:
            return None
        example = f'"{self._both[0]}" as {self.started(self._both[0])}' if self._both else ""
        if self.order == "month":
            because = f'"{self._american}" can only be so' + (f": {example}" if example else "")
            return "month_first", f"dates were read month first, because {because}."
        if self.order == "both":
            words = f'some dates are day first and some month first ("{self._american}"), so that others cannot be told'
            return "mixed_dates", f"{words}; {example or 'none'} was read day first. Write all of them as 2024-03-01."
        if self.order == "unsaid":
            return "day_first", f"dates were read day first: {example}. If they are month first, write them as 2024-03-01."
        return None
