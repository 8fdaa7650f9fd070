"""Power cut in the middle of an accept: the store is as before or after, never between, and the file is sound."""

import sys

import pytest

from tests.support.databases import KINDS
from tests.support.killed import trials

FEW, MANY = 4, 40
"""A multiple of four: at a moment, at a statement, at a moment, just after it is stored."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot kill a process in the middle as a power cut would")
@pytest.mark.timeout(900)  # a busy machine takes long to start so many processes
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", [FEW, pytest.param(MANY, marks=pytest.mark.thorough)])
def test_a_process_killed_while_it_accepts_imports_leaves_the_store_as_before_or_after(
    kind, number, empty_database, record_property
):
    found = trials(empty_database(kind), number)
    record_property("killed", str(found))
    assert found.survived == found.trials == number
    assert found.before and found.after, "too few died inside an import to show anything"
