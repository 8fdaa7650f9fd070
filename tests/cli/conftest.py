"""What every test of the command line has."""

import pytest


@pytest.fixture(autouse=True)
def own_database(database: str) -> str:
    """A database of its own for each test, with the shipped programmes in it as the first start leaves them."""
    return database
