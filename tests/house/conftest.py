"""What every test of the house has."""

from collections.abc import Iterator

import pytest

from tests.support import prepared


@pytest.fixture(autouse=True)
def known_again() -> Iterator[None]:
    """What one command worked out of the shipped programmes is there for the next, as long as they are read the same."""
    with prepared.known_again():
        yield
