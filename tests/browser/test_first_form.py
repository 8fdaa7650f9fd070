"""The very first request to a server that has just started may be a partner's personal link."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


def test_the_first_visitor_may_come_by_a_personal_link(browser: Any, app: str) -> None:
    """The form page alone, without the menu; a link that nobody made says so."""
    page = browser.new_page()
    page.goto(f"{app}/form?token=nobody")
    page.locator("[data-testid=stAlert]").wait_for()
    assert page.get_by_role("heading", name="Survey").count() == 1
    assert page.locator("[data-testid=stSidebarNav]").count() == 0 and page.locator(".stException").count() == 0
    page.close()
