"""Several processes save to one programme at once: every save is a revision, and nothing of any of them is lost."""

import pytest

from tests.support.crowd import save_at_once
from tests.support.databases import KINDS

PROCESSES, COMMITS = 8, 50


@pytest.mark.timeout(900)  # a busy machine takes long to start so many processes
@pytest.mark.parametrize("kind", KINDS)
def test_processes_that_save_at_once_lose_nothing(kind, empty_database):
    found = save_at_once(empty_database(kind), PROCESSES, COMMITS)
    assert found.revisions == PROCESSES * COMMITS
    assert found.rows == PROCESSES * COMMITS
    assert found.cells == PROCESSES
    assert found.merged > 0, "no two saved at once, so nothing was shown"
