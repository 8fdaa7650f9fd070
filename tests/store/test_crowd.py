"""Several processes save to one programme at once: every save is a revision, and nothing of any of them is lost."""

import pytest

from tests.support.crowd import save_at_once
from tests.support.databases import KINDS


@pytest.mark.timeout(900)  # a busy machine takes long to start so many processes
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("processes", "commits"), [(3, 6), pytest.param(8, 50, marks=pytest.mark.thorough)])
def test_processes_that_save_at_once_lose_nothing(kind, processes, commits, empty_database):
    found = save_at_once(empty_database(kind), processes, commits)
    assert found.revisions == processes * commits
    assert found.rows == processes * commits
    assert found.cells == processes
    assert found.merged > 0, "no two saved at once, so nothing was shown"
