"""The very first request to a server that has just started may be a link to a page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.browser import arrived

pytestmark = pytest.mark.browser


def test_the_first_visitor_may_come_by_a_link_to_any_page(browser: Any, app: str) -> None:
    """The page asked for opens inside the app, with its menu and what the link says; nothing is lost on the way."""
    page = browser.new_page()
    page.goto(f"{app}/guide?measure=partner:constraint&programme=working-together")
    page.get_by_text("Link to this entry").wait_for(timeout=60_000)
    assert "Side by side" in page.locator("[data-testid=stSidebarNav]").inner_text()
    arrived(page, "/guide", "measure=partner:constraint", "programme=working-together")
    assert page.locator(".stException").count() == 0
    page.close()
