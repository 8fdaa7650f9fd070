"""Numbers, names and lists as text: one way to write a number or an unknown, everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtnet.measures.impact.suppression import WITHHELD
from wtnet.measures.measure import Measure
from wtnet.tables.rounding import fixed, rounded
from wtnet.tables.sharing import FREELANCER
from wtnet.tables.text import count, cut

__all__ = [
    "CORE_WORDS",
    "WITHHELD",
    "count",
    "counted",
    "cut",
    "figure",
    "fixed",
    "how_many",
    "listed",
    "measure_value",
    "of_kind",
    "result_text",
    "rounded",
    "share",
    "verb",
    "web_address",
    "with_article",
]

CORE_WORDS = {
    "museum": ("museum", "museums"),
    FREELANCER: ("freelancer", "freelancers"),
    "community_group": ("community group", "community groups"),
    "health_provider": ("health provider", "health providers"),
}
"""The core kinds of partner, one and several, within a sentence."""


def figure(value: float | None, unit: str | None = None, digits: int | None = None) -> str:
    """A number for a person: "–" if unknown, thousands with a comma, "%" attached, other units left to the column.

    `digits` fixes the decimals; without it whole numbers have none, others one above 10 and two below.
    """
    if value is None:
        return "–"
    if digits is None:
        digits = 0 if round(float(value), 9).is_integer() else 1 if abs(value) >= 10 else 2
    text = fixed(value, digits)
    return f"{text}%" if unit in {"%", "percent", "per cent"} else text


def share(value: float | None, n: int | None = None) -> str:
    """A share 0–1 as a percentage; without decimals under n = 100 (or n unknown)."""
    return "–" if value is None else f"{fixed(100 * value, 1 if n and n >= 100 else 0)}%"


def how_many(number: int, none: str = "none") -> str:
    """A number within a sentence, where none is a word: "none", "2,300"."""
    return f"{number:,}" if number else none


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """The same with its noun: "no partnership", "1 partnership", "2,300 partnerships"."""
    return count(number, singular, plural) if number else f"no {singular}"


def verb(number: int, singular: str = "is", plural: str = "are") -> str:
    """The verb that goes with a number: "is" for 1, else "are"."""
    return singular if number == 1 else plural


def with_article(noun: str) -> str:
    """A noun with its indefinite article: "a wave", "an indicator", "a unit"."""
    an = noun[:1].lower() in "aeiou" and not noun.lower().startswith(("uni", "use", "one", "eu"))
    return f"{'an' if an else 'a'} {noun}"


ANYBODY = "Someone who took part"
"""Whose words a quote is that names nobody."""


def listed(names: list[str], most: int = 4, last: str = "and") -> str:
    """ "A, B and C"; beyond `most`, "A, B, C and 5 more". `last` stands before the last: "A, B or C"."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} {last} {len(names) - most + 1} more"
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def web_address(address: str | None, longest: int = 1_000) -> str | None:
    """The address if it is safe to open: http or https, one word, printable, no quotes or brackets; else None."""
    text = (address or "").strip()
    safe = text.lower().startswith(("https://", "http://")) and text.isprintable() and len(text) <= longest
    return text if safe and not any(mark in text for mark in " <>\"'`\\") else None


def result_text(row: Mapping[str, Any], name: str, unit: str | None = None) -> str:
    """The `baseline` or `latest` of a row of `impact.progress`: the figure, or "withheld" and the like in its place."""
    return row.get(f"{name}_shown") or figure(row[name], unit)


def of_kind(value: float | None, kind: str, n: int | None = None) -> str:
    """A number as its kind of measure asks: "share" as a percentage, "count" without decimals if whole, others with two."""
    if value is None:
        return "–"
    if kind == "share":
        return share(value, n)
    if kind == "count":
        return figure(value, digits=0 if float(value).is_integer() else 1)
    return figure(value, digits=2)


def interval_text(measure: Measure, low: float | None, high: float | None) -> str:
    """The 95 % interval of a measure in words: "95% interval 0.40 to 0.60"; "" where there is none."""
    return "" if low is None else f"95% interval {measure_value(measure, low)} to {measure_value(measure, high)}"


def measure_value(measure: Measure, value: Any, n: int | None = None, withheld: str | None = None) -> str:
    """The value of a measure as text: "yes" or "no", words as they are, numbers as the measure's kind asks; the word "withheld"
    where there is a reason to (`catalogue.withheld`)."""
    if withheld:
        return WITHHELD
    if value is None or isinstance(value, str):
        return value or "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return of_kind(float(value), measure.kind, n)
