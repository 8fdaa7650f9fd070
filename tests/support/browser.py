"""A real browser and its windows on the app: what each received, asked for and broke."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from urllib.parse import unquote

BINARIES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first has no interface of its own to load, which is most of the work of the others."""
WHOLE = (*BINARIES[1:], BINARIES[0])
"""For what needs a screen: without an interface the full screen has no size, and ends when a second window opens."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MAP = ".map[data-drawn='true']"
DONE = "[data-testid=stApp][data-test-script-state=notRunning]"
"""The app when its script has ended."""
STILL = """(quiet) => new Promise((done) => {
  const roots = [document], moving = () => document.getAnimations().some((each) => each.playState === 'running');
  for (let at = 0; at < roots.length; at++)
    for (const each of roots[at].querySelectorAll('*')) if (each.shadowRoot) roots.push(each.shadowRoot);
  let timer;
  const observer = new MutationObserver(() => wait());
  const wait = () => { clearTimeout(timer); timer = setTimeout(end, quiet); };
  const end = () => { if (moving()) return wait(); observer.disconnect(); done(true); };
  for (const root of roots)
    observer.observe(root, {subtree: true, childList: true, attributes: true, characterData: true});
  wait();
  setTimeout(() => { observer.disconnect(); done(false); }, 20_000);
})"""
"""Resolves when nothing in the page has changed for so many milliseconds."""
RUNNING = "() => document.querySelector('[data-test-script-state]')?.dataset.testScriptState === 'running'"


def binary(names: tuple[str, ...] = BINARIES) -> str | None:
    """The first of these browsers that this machine has."""
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def running(path: str) -> Iterator[Any]:
    """A browser, closed at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def settled(page: Any, quiet: int = 300) -> None:
    """Wait until nothing in the page has changed for so many milliseconds, and nothing is moving; on the page it leads to."""
    from playwright.sync_api import Error

    for _ in range(5):
        try:
            page.evaluate(STILL, quiet)
        except Error as error:
            if "context was destroyed" not in str(error):
                raise
        else:
            return
    raise AssertionError("the page went on to another again and again")


def done(page: Any) -> None:
    """Wait until the app is there, its script has ended, and what it sent is drawn."""
    page.locator(DONE).wait_for(timeout=90_000)
    settled(page)
    page.locator(DONE).wait_for(timeout=90_000)


def arrived(page: Any, *parts: str) -> None:
    """Wait until the address holds all of these; it is written when a run of the script ends, after what the run shows."""
    page.wait_for_url(lambda address: all(part in unquote(address) for part in parts), timeout=60_000, wait_until="commit")


class Window:
    """One window on a page. A kind of window says how large it is, when it is there and how long is quiet."""

    SIZE: ClassVar[dict[str, int]] = {"width": 1280, "height": 1000}
    STILL: ClassVar[int] = 6
    """Tenths of a second without a message that count as quiet."""

    def __init__(self, browser: Any, address: str, path: str, **context: Any) -> None:
        self.context = browser.new_context(**{"viewport": self.SIZE} | context)
        self.page = self.context.new_page()
        self.received: list[int] = []
        self.strayed: list[str] = []
        self.errors: list[str] = []
        self.page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: self.received.append(len(frame))))
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.address = address
        self.page.goto(address + path)
        self.ready()

    def ready(self) -> None:
        """Wait until the page is there."""
        self.page.get_by_role("heading", level=1).wait_for(timeout=60_000)

    def _asked(self, request: Any) -> None:
        if request.url.startswith(("http", "ws")) and "//127.0.0.1" not in request.url:
            self.strayed.append(request.url)

    def says(self, text: str) -> None:
        """Wait until some words are on the page."""
        self.page.get_by_text(text).first.wait_for(timeout=60_000)

    def quiet(self) -> None:
        """Wait until the script has ended and nothing has arrived for a while."""
        seen, still = -1, 0
        while still < self.STILL:
            self.page.wait_for_timeout(100)
            still = still + 1 if len(self.received) == seen and not self.page.evaluate(RUNNING) else 0
            seen = len(self.received)

    def choose(self, label: str, option: str) -> None:
        """Choose in a list by typing, as somebody with a keyboard does."""
        self.page.get_by_label(label, exact=True).last.click()
        self.page.keyboard.type(option)
        self.page.keyboard.press("Enter")
        self.quiet()

    def click_at(self, partner: str, which: str = "map") -> int:
        """Click a partner on a map; returns the bytes that came back."""
        self.page.locator(".map").first.scroll_into_view_if_needed()
        at = self.page.evaluate("([k, id]) => window.wtnetMaps[k].where(id)", [which, partner])
        before = sum(self.received)
        self.page.mouse.click(at["x"], at["y"])
        self.quiet()
        return sum(self.received) - before

    def link(self) -> str:
        """The address without the server: what somebody would send on."""
        return "/" + self.page.url.split("/", 3)[3]

    def close(self) -> None:
        """Close it; it must have stayed on this machine and unbroken."""
        assert self.strayed == [], "a request left the machine"
        assert self.errors == [], "a script failed"
        assert self.page.locator(".stException").count() == 0
        self.context.close()


class Visit(Window):
    """One person's window on the app's map."""

    SIZE: ClassVar[dict[str, int]] = {"width": 1280, "height": 900}
    STILL = 10

    def __init__(self, browser: Any, address: str, path: str = "/", **context: Any) -> None:
        super().__init__(browser, address, path, **context)

    def ready(self) -> None:
        """Wait until the map is drawn and nothing more arrives."""
        self.page.wait_for_selector(MAP, timeout=60_000)
        self.quiet()

    def where(self, partner: str) -> dict[str, float]:
        """Where a partner is drawn in the window."""
        return self.page.evaluate("id => window.wtnetMaps.map.where(id)", partner)

    def on_map(self, partner: str) -> tuple[float, float]:
        """Where a partner is drawn within the map, wherever the page is scrolled to."""
        at, box = self.where(partner), self.page.locator(".map").bounding_box()
        return at["x"] - box["x"], at["y"] - box["y"]

    def click_partner(self, partner: str) -> int:
        """Click a partner on the map; returns the bytes that came back."""
        return self.click_at(partner)

    def title(self) -> str:
        """The heading of the impact side."""
        return self.page.locator(".panel h3").inner_text()


@contextmanager
def windows(make: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Open windows as often as a test asks; all of them are closed at its end."""
    opened: list[Any] = []

    def open_(*where: Any, **context: Any) -> Any:
        opened.append(make(*where, **context))
        return opened[-1]

    yield open_
    for window in opened:
        window.close()
