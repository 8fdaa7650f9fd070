"""What every test of the screen has."""

from collections.abc import Iterator

import pytest

from tests.support import prepared


@pytest.fixture(autouse=True)
def own_database(database: str) -> Iterator[str]:
    """A database of its own for each test; what was worked out of the shipped programmes is known in the next."""
    with prepared.known_again():
        yield database
