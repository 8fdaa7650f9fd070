"""A server that is read only: nobody who looks can change what everybody sees."""

from __future__ import annotations

import pytest

from tests.support.app import opened
from wtnet.store import Store

PLACED = {"robin-larkmead": (1.0, 2.0)}


def arranged(address: str) -> Store:
    """The shipped programmes, with one partner of the example put by hand."""
    opened("pages/side_by_side.py")  # the first start brings the shipped programmes in
    store = Store(address)
    store.arrange("example", PLACED)
    return store


def test_only_whoever_leads_is_offered_to_undo_the_arrangement(
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Everybody else, and the lead who looks as everybody does, has no such button."""
    with arranged(database):
        assert any(one.key == "unarrange" for one in opened("pages/side_by_side.py").button)
        assert not any(one.key == "unarrange" for one in opened("pages/side_by_side.py", audience="public").button)
        monkeypatch.setenv("WTNET_READ_ONLY", "1")
        assert not any(one.key == "unarrange" for one in opened("pages/side_by_side.py").button)


def test_a_click_that_comes_after_the_role_has_gone_changes_nothing(
    database: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The button was drawn for the lead; when it is clicked nobody leads any more."""
    with arranged(database) as store:
        page = opened("pages/side_by_side.py")
        monkeypatch.setenv("WTNET_READ_ONLY", "1")
        page.button(key="unarrange").click().run()
        assert not page.exception and store.arrangement("example") == PLACED
        monkeypatch.delenv("WTNET_READ_ONLY")
        page = opened("pages/side_by_side.py")
        page.button(key="unarrange").click().run()
        assert store.arrangement("example") == {}
