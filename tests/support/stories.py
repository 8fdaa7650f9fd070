"""What stories in tests are drafted from: the example with its partners placed, and three partners rated in two waves."""

from __future__ import annotations

from functools import cache

from tests.support.exports import hostile, shipped
from tests.support.networks import tables as made
from wtnet.layout import positions as layout
from wtnet.network import together
from wtnet.stories import Story, draft
from wtnet.tables import Tables

RATINGS = [("one", "a", "b", 2), ("one", "b", "a", 2), ("two", "a", "b", 4), ("two", "b", "a", 4), ("two", "a", "c", 3)]


def example() -> Tables:
    return shipped("example")[1]


@cache
def positions(at: int) -> dict[str, tuple[float, float]]:
    """Where partners stand: of the example (0), of the hostile programme (1)."""
    return layout.positions(together((example(), hostile())[at]))


@cache
def drafted(partner: str | None = None, pilot: str | None = None) -> Story:
    """The lead's story of the example, of a partner or of a pilot of it."""
    return draft(example(), partner, pilot)


def three(ratings: list[tuple[str, str, str, int]] = RATINGS, **more: object) -> Tables:
    """Partners a to d of whom three are rated, in the waves one and two; without further words the same tables each time."""
    return _three() if ratings is RATINGS and not more else _rated(ratings, **more)


@cache
def _three() -> Tables:
    return _rated(RATINGS)


def _rated(ratings: list[tuple[str, str, str, int]], **more: object) -> Tables:
    return made("a b c d", ratings=ratings, waves=[("one", "2024-01-01"), ("two", "2025-01-01")], **more)
