"""The very first request to a server that has just started may be a link to a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import arrived
from tests.support.server import serving


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[str]:
    """The app on a database that is not there yet."""
    with serving(f"sqlite:///{tmp_path}/app.db", tmp_path / "app.log") as address:
        yield address


def test_the_first_visitor_may_come_by_a_link_to_any_page(browser: Any, fresh: str) -> None:
    """The page asked for opens inside the app, with its menu and what the link says; nothing is lost on the way."""
    page = browser.new_page()
    page.goto(f"{fresh}/guide?measure=partner:constraint&programme=working-together")
    page.get_by_text("Link to this entry").wait_for()
    assert "Side by side" in page.locator("[data-testid=stSidebarNav]").inner_text()
    arrived(page, "/guide", "measure=partner:constraint", "programme=working-together")
    assert page.locator(".stException").count() == 0
    page.close()
