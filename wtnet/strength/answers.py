"""Two sides' answers to one question of the survey: how many steps apart they are."""

from __future__ import annotations

from wtnet.tables.schema import CONTACT

FAR = 2
"""From so many steps between two answers on, they are far apart: worth naming, as a prompt for a conversation."""


def steps_apart(column: str, answer: int | str, other: int | str) -> int:
    """Steps between two answers on the scale of their question; `contact` is a word, every other column a whole number."""
    if column == "contact":
        return abs(CONTACT.index(str(answer)) - CONTACT.index(str(other)))
    return abs(int(answer) - int(other))


def far_apart(column: str, answer: int | str | None, other: int | str | None) -> bool:
    """Whether two answers are `FAR` steps apart or more; never where one is missing."""
    return answer is not None and other is not None and steps_apart(column, answer, other) >= FAR
