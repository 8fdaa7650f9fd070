"""Two sides' answers to one question of the survey: how many steps apart they are."""

from __future__ import annotations

from wtnet.tables.schema import CONTACT

FAR = 2
"""From so many steps between two answers on, they are far apart: worth naming, as a prompt for a conversation."""


Answer = int | float | str


def steps_apart(column: str, answer: Answer, other: Answer) -> float:
    """Steps between two answers on the scale of their question; `contact` is a word, or the mean place of several people's words
    (see `tables.respondents`), every other column a number."""
    return abs(_place(column, answer) - _place(column, other))


def _place(column: str, answer: Answer) -> float:
    return CONTACT.index(answer) if column == "contact" and isinstance(answer, str) else float(answer)


def far_apart(column: str, answer: Answer | None, other: Answer | None) -> bool:
    """Whether two answers are `FAR` steps apart or more; never where one is missing."""
    return answer is not None and other is not None and steps_apart(column, answer, other) >= FAR
