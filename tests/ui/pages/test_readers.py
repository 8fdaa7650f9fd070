"""Whoever only looks is never told to bring in a workbook: on no page, of a programme with everything and of one with nothing."""

from __future__ import annotations

import pytest

from tests.support.app import LEAD_ONLY, PAGES, WITHOUT_PROGRAMME, opened, shown
from wtnet.store import Programme
from wtnet.tables import Tables
from wtnet.ui.frame import cached

OPEN = [page for page in PAGES if page not in LEAD_ONLY | WITHOUT_PROGRAMME]


@pytest.mark.parametrize("page", OPEN)
def test_no_page_tells_a_reader_to_bring_anything_in(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody may look and nobody leads; the programme has nothing in it yet, and so lacks everything."""
    store = cached.unguarded_store()
    if store.find("bare") is None:
        store.create(Programme("bare", "Bare"), Tables(), "Ada", "start")
    monkeypatch.setenv("WTNET_READ_ONLY", "1")
    words = shown(opened(page, programme="bare")).lower()
    assert not [told for told in ("bring in", "workbook in", "a workbook") if told in words], words
