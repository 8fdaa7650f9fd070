"""Figures and names as words, the same on the screen, in files and on the command line: one way to write a number or an unknown.

`reach` and `partners` are the sentences generated from the figures. Nothing here is markup, and nothing knows the screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtnet.measures.measure import Measure


def figure(value: float | None, unit: str | None = None, digits: int | None = None) -> str:
    """A number for a person: "–" if unknown, thousands with a comma, "%" attached, other units left to the column.

    `digits` fixes the decimals; without it whole numbers have none, others one above 10 and two below.
    """
    if value is None:
        return "–"
    if digits is None:
        digits = 0 if float(value).is_integer() else 1 if abs(value) >= 10 else 2
    text = f"{value:,.{digits}f}"
    text = text.replace("-", "−") if text.startswith("-") else text
    return f"{text} %" if unit in {"%", "percent", "per cent"} else text


def share(value: float | None, n: int | None = None) -> str:
    """A share 0–1 as a percentage; without decimals under n = 100 (or n unknown)."""
    return "–" if value is None else f"{100 * value:.{1 if n and n >= 100 else 0}f} %"


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 partner", "12 partners"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def verb(number: int, one: str = "is", many: str = "are") -> str:
    """The verb that goes with a number: "is" for 1, else "are"."""
    return one if number == 1 else many


def a(what: str) -> str:
    """What there is one of, with its article: "a wave", "an indicator", "a unit"."""
    an = what[:1].lower() in "aeiou" and not what.lower().startswith(("uni", "use", "one", "eu"))
    return f"{'an' if an else 'a'} {what}"


def listed(names: list[str], most: int = 4) -> str:
    """ "A, B and C"; beyond `most`, "A, B, C and 5 more"."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def web(address: str | None, longest: int = 1_000) -> str | None:
    """A web address that may be opened: http or https, one word, nothing hidden in it; else None."""
    found = (address or "").strip()
    fine = found.lower().startswith(("https://", "http://")) and found.isprintable() and len(found) <= longest
    return found if fine and not any(mark in found for mark in " <>\"'`\\") else None


def short(text: str, length: int = 60) -> str:
    """A long name cut with an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def said(row: Mapping[str, Any], name: str, unit: str | None = None) -> str:
    """The `baseline` or `latest` of a row of `impact.progress`: the figure, or the words in its place if it is withheld."""
    return row.get(f"{name}_shown") or figure(row[name], unit)


def value_said(measure: Measure, value: Any, n: int | None = None) -> str:
    """The value of a measure in the way people read it."""
    if value is None or isinstance(value, str):
        return value or "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if measure.kind == "share":
        return share(float(value), n)
    if measure.kind == "count":
        return figure(float(value), digits=0 if float(value).is_integer() else 1)
    return figure(float(value), digits=2)
