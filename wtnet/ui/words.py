"""Figures and names as words: one way to write a number, an unknown, a name from a stranger's file."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: object) -> str:
    """Text from data as it may stand inside Markdown: every mark of punctuation escaped, one line."""
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))


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


def listed(names: list[str], most: int = 4) -> str:
    """ "A, B and C"; beyond `most`, "A, B, C and 5 more"."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def short(text: str, length: int = 60) -> str:
    """A long name cut with an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
