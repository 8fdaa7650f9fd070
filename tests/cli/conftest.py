"""What every test of the command line has."""

import pytest


@pytest.fixture(autouse=True)
def own_database(no_database: str) -> str:
    """A database of its own for each test."""
    return no_database
