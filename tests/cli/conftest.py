"""What every test of the command line has."""

from collections.abc import Iterator

import pytest

from tests.support import prepared


@pytest.fixture(autouse=True)
def own_database(database: str) -> Iterator[str]:
    """A database of its own for each test, with the shipped programmes in it as the first start leaves them.

    What one command worked out of the shipped programmes is there for the next, as long as they are read the same.
    """
    with prepared.known_again():
        yield database
