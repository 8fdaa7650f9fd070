"""What is said of how figures go together, when indicators are brought in."""

from __future__ import annotations

from tests.support.impact import made
from wtnet.importing.aggregation import guesses
from wtnet.tables import Tables


def test_nothing_is_said_where_nothing_is_guessed() -> None:
    """No indicators; all say how; those that are stored as they are."""
    said = made(indicators=[{"id": "i", "theme": "care", "name": "Referrals", "unit": "referrals", "aggregation": "mean"}])
    bare = made(indicators=[{"id": "i", "theme": "care", "name": "Referrals", "unit": "referrals"}])
    assert guesses(Tables(), Tables()) == guesses(Tables(), said) == guesses(bare, bare) == ""
    assert guesses(said, bare) == "" and "Added: “Referrals”" in guesses(Tables(), bare)


def test_the_guess_is_said_once_by_kind_and_with_the_way_to_correct_it() -> None:
    """A changed unit is guessed anew; beyond three names their number."""
    units = {"a": "referrals", "b": "% of participants", "c": "mean, 1 to 5", "d": "points", **dict.fromkeys("efgh", "sessions")}
    tables = made(indicators=[{"id": i, "theme": "care", "name": i.upper(), "unit": unit} for i, unit in units.items()])
    words = guesses(Tables(), tables)
    assert "Added: “A”, “E”, “F” and 2 more; a mean weighted by n: “C”; a share of all: “B”; not put together: “D”." in words
    assert words.endswith("say so in the column “aggregation” of the sheet “indicators”.")
    before = made(indicators=[{"id": "a", "theme": "care", "name": "A", "unit": "points"}])
    assert "Added: “A”" in guesses(before, tables.with_(indicators=tables.indicators.head(1)))
