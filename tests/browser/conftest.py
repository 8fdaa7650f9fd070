"""The running app and a real browser to drive it."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.support.browser import BINARIES, TABS, Visit, Window, binary, running, windows
from tests.support.server import House, Houses


@pytest.fixture(scope="session")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Houses]:
    """The app, started as often as files of tests have changed its database."""
    houses = Houses(tmp_path_factory.mktemp("app"))
    yield houses
    houses.close()


@pytest.fixture(scope="module")
def house(houses: Houses) -> House:
    """The app with the shipped programmes for the tests of one file: no other file's changes are in its database."""
    return houses.clean()


@pytest.fixture(scope="module")
def app(house: House) -> str:
    """The address of the app with the shipped programmes."""
    return house.address


class OneBrowser:
    """One browser for all tests in a row that need the same, closed before others: its loop would be in the way of theirs."""

    def __init__(self) -> None:
        self._stack, self._browser, self._path = ExitStack(), None, ""

    def open(self, path: str) -> Any:
        if path != self._path:
            self.close()
        self._browser = self._browser or self._stack.enter_context(running(path))
        self._path = path
        return self._browser

    def close(self) -> None:
        self._stack.close()
        self._browser, self._path = None, ""


ONE = OneBrowser()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """Close the browser after the last test in a row that needs it."""
    ended = yield
    if nextitem is None or nextitem.get_closest_marker("browser") is None:
        ONE.close()
    return ended


def pytest_exception_interact() -> None:
    """After a test that failed, start again with new windows."""
    TABS.forget()


@pytest.fixture(scope="session")
def open_browser() -> Callable[[tuple[str, ...]], Any]:
    """Open the first of some browsers; skipped where there is none, unless WTNET_REQUIRE_BROWSER is set."""

    def open_(names: tuple[str, ...]) -> Any:
        path = binary(names)
        if not path:
            if os.environ.get("WTNET_REQUIRE_BROWSER"):
                pytest.fail("WTNET_REQUIRE_BROWSER is set, but there is no chromium on this machine")
            pytest.skip("no chromium on this machine; browser journeys are not run")
        return ONE.open(path)

    return open_


@pytest.fixture(scope="module")
def browser(open_browser: Callable[[tuple[str, ...]], Any]) -> Any:
    """The slimmest browser of this machine."""
    return open_browser(BINARIES)


@pytest.fixture
def visit(browser: Any, app: str) -> Iterator[Any]:
    """Open the app in a new window, as many times as a test asks; every one must stay on this machine and unbroken."""
    with windows(lambda path="/", **context: Visit(browser, app, path, **context)) as open_:
        yield open_


@pytest.fixture(scope="module")
def look(browser: Any, app: str) -> Iterator[Callable[..., Window]]:
    """Go to a page, in a window that all tests of a file with the same wishes share: for tests that look and choose nothing."""
    with windows(lambda path, **context: Window(browser, app, path, **context)) as open_:
        opened: dict[str, Window] = {}

        def go(path: str, **context: Any) -> Window:
            wishes = repr(sorted(context.items()))
            if wishes in opened:
                opened[wishes].go(path)
            else:
                opened[wishes] = open_(path, **context)
                opened[wishes].quiet()
            return opened[wishes]

        yield go


@pytest.fixture
def window(browser: Any, app: str) -> Iterator[Callable[..., Window]]:
    """Open a page as often as a test asks; every one must stay on this machine and unbroken."""
    with windows(lambda path, **context: Window(browser, app, path, **context)) as open_:
        yield open_
