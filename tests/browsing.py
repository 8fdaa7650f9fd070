"""A window of a real browser on any page of the app, for journeys that do not begin on the map."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest


class Window:
    """One window on a page: what it received, asked for and broke."""

    def __init__(self, browser: Any, address: str, path: str, **context: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 1000}} | context)
        self.page = self.context.new_page()
        self.received: list[int] = []
        self.strayed: list[str] = []
        self.errors: list[str] = []
        self.page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: self.received.append(len(frame))))
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.address = address
        self.page.goto(address + path)
        self.page.get_by_role("heading", level=1).wait_for(timeout=60_000)

    def _asked(self, request: Any) -> None:
        if request.url.startswith(("http", "ws")) and "//127.0.0.1" not in request.url:
            self.strayed.append(request.url)

    def says(self, text: str) -> None:
        """Wait until some words are on the page."""
        self.page.get_by_text(text).first.wait_for(timeout=60_000)

    def quiet(self) -> None:
        """Wait until nothing has arrived for a second."""
        seen, still = -1, 0
        while still < 10:
            self.page.wait_for_timeout(100)
            still = still + 1 if len(self.received) == seen else 0
            seen = len(self.received)

    def choose(self, label: str, option: str) -> None:
        """Choose in a list by typing, as somebody with a keyboard does."""
        self.page.get_by_label(label, exact=True).last.click()
        self.page.keyboard.type(option)
        self.page.keyboard.press("Enter")
        self.quiet()

    def link(self) -> str:
        """The address without the server: what somebody would send on."""
        return "/" + self.page.url.split("/", 3)[3]


@pytest.fixture
def window(browser: Any, app: str) -> Iterator[Callable[..., Window]]:
    """Open a page as often as a test asks; every one must stay on this machine and unbroken."""
    opened: list[Window] = []

    def open_(path: str, **context: Any) -> Window:
        opened.append(Window(browser, app, path, **context))
        return opened[-1]

    yield open_
    for one in opened:
        assert one.strayed == [], "a request left the machine"
        assert one.errors == [], "a script failed"
        assert one.page.locator(".stException").count() == 0
        one.context.close()
