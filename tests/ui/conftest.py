"""What every test of the screen has."""

import pytest


@pytest.fixture(autouse=True)
def own_database(database: str) -> str:
    """A database of its own for each test."""
    return database
