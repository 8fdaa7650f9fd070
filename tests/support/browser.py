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
    "--in-process-gpu",
    "--renderer-process-limit=1",  # else the app's scripts are compiled anew for each page, in a process of its own
]
LONG = 150_000
"""The longest wait for anything, in milliseconds: a busy machine may need ten times as long as an idle one."""
MAP = ".map[data-drawn='true']"
DONE = "[data-testid=stApp][data-test-script-state=notRunning]"
"""The app when its script has ended."""
LINE = """(() => {
  const line = (window.wtnetLine = { asked: false, bytes: 0 });
  window.WebSocket = class extends window.WebSocket {
    constructor(...more) {
      super(...more);
      this.addEventListener("message", ({ data }) => {
        line.bytes += data.byteLength ?? data.size ?? data.length;
        line.asked = false;
        line.changed?.();
      });
    }
    send(data) {
      line.asked = true;
      line.changed?.();
      super.send(data);
    }
  };
  const still = new CSSStyleSheet();
  still.replaceSync("[data-testid=stSkeleton], [data-testid=stSkeleton] * { animation: none !important; }");
  document.adoptedStyleSheets.push(still);
})()"""
"""Notes in every page what goes over the app's line: whether a question waits for its answer, and the bytes received.

What Streamlit shows until a part arrives stands still: on a busy machine it was drawn anew hundreds of times.
"""
STILL = """([quiet, most]) => new Promise((done) => {
  const roots = [document], line = window.wtnetLine ?? {};
  const app = () => document.querySelector("[data-test-script-state]")?.dataset.testScriptState;
  for (let at = 0; at < roots.length; at++)
    for (const each of roots[at].querySelectorAll("*")) if (each.shadowRoot) roots.push(each.shadowRoot);
  const views = () => JSON.stringify(Object.values(window.wtnetMaps ?? {}).map(({ network }) =>
    network?.getViewPosition && [network.getScale(), network.getViewPosition()]));
  const end = (still) => { clearTimeout(limit); clearTimeout(timer); observer.disconnect(); delete line.changed; done(still); };
  const look = () => {
    const seen = views(), moves = seen !== view || document.getAnimations().some((each) => each.playState === "running");
    view = seen;
    if (moves || line.asked || app() === "running") wait();
    else end(true);
  };
  const wait = () => { clearTimeout(timer); timer = setTimeout(look, quiet); };
  const observer = new MutationObserver(wait);
  for (const root of roots)
    observer.observe(root, {subtree: true, childList: true, attributes: true, characterData: true});
  let timer, view = views();
  const limit = setTimeout(() => end(false), most);
  line.changed = wait;
  wait();
})"""
"""Resolves when for so many milliseconds nothing in the page has changed, nothing moves, the app's script is at its end and
what was asked of it is answered; or, with false, after the second number of milliseconds."""


def binary(names: tuple[str, ...] = BINARIES) -> str | None:
    """The first of these browsers that this machine has."""
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def running(path: str) -> Iterator[Any]:
    """A browser, closed at the end."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=LONG)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        browser.on("context", lambda context: context.set_default_timeout(LONG))
        yield browser
        browser.close()


def settled(page: Any, quiet: int = 250) -> None:
    """Wait until a page, or the one it leads to, is at rest (see `STILL`); at most a minute."""
    from playwright.sync_api import Error

    for _ in range(5):
        try:
            page.evaluate(STILL, [quiet, 60_000])
        except Error as error:
            if "context was destroyed" not in str(error):
                raise
        else:
            return
    raise AssertionError("the page went on to another again and again")


def done(page: Any) -> None:
    """Wait until the app is there, its script has ended, and what it sent is drawn."""
    page.locator(DONE).wait_for()
    settled(page)
    page.locator(DONE).wait_for()


def turn(page: Any, path: str) -> None:
    """Go to another page or view as the browser's own Back and Forward do: a third of the work of loading the app anew."""
    page.evaluate("to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }", path)


def arrived(page: Any, *parts: str) -> None:
    """Wait until the address holds all of these; it is written when a run of the script ends, after what the run shows."""
    page.wait_for_url(lambda address: all(part in unquote(address) for part in parts), wait_until="commit")


EMULATED = {"color_scheme": "light", "reduced_motion": "no-preference"}
"""What a window can be told anew at any time, with what it is told if a test does not say."""


def spell(page: Any, letters: str, partner: str) -> None:
    """Type the beginning of a partner's name on the map, which must find it.

    The map takes letters more than a second apart for two beginnings, as they are on a busy machine: then they are typed again.
    """
    for _ in range(8):
        page.evaluate("() => { window.wtnetMaps.map.typed = ''; }")
        page.keyboard.type(letters)
        if page.locator(MAP).get_attribute("data-walked") == partner:
            return
    raise AssertionError(f"{letters!r} did not find {partner}")


class Tabs:
    """Windows that tests use one after another, so that the app's own scripts are loaded and compiled once and not for each.

    A test that comes after another finds no cookie and nothing stored, and a session of the app of its own. What cannot be told
    to a window that is open (touch, a finer screen) opens one that is closed afterwards.
    """

    def __init__(self) -> None:
        self._free: list[Any] = []
        self._kept: set[Any] = set()

    def take(self, browser: Any, viewport: dict[str, int], **more: Any) -> Any:
        """A page of a window without a history, in which nobody has been."""
        if more.keys() - EMULATED.keys():
            return fresh(browser, viewport=viewport, **more)
        self._free = [page for page in self._free if page.context.browser is browser]
        if not self._free:
            self._free.append(fresh(browser, viewport=viewport, **more))
            self._kept.add(self._free[0])
        page = self._free.pop()
        page.set_viewport_size(viewport)
        page.emulate_media(media="null", **{**EMULATED, **more})
        return page

    def give_back(self, page: Any) -> None:
        """End what goes on in a window, and keep it for the next test if it is of the usual kind; once is enough."""
        if page in self._free:
            return
        if page not in self._kept or page.is_closed():
            page.context.close()
            return
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.mouse.move(0, 0)
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.goto("about:blank")
        self._free.append(page)

    def forget(self) -> None:
        """Use none of the windows again: a test that failed may have left a key pressed or a dialog open."""
        self._free.clear()
        self._kept.clear()


TABS = Tabs()


def fresh(browser: Any, **context: Any) -> Any:
    """A page of a new window that shares nothing with any other."""
    window = browser.new_context(**context)
    window.add_init_script(LINE)
    return window.new_page()


class Window:
    """One window on a page. A kind of window says how large it is and when it is there."""

    SIZE: ClassVar[dict[str, int]] = {"width": 1280, "height": 1000}

    def __init__(self, browser: Any, address: str, path: str, **context: Any) -> None:
        self.page = TABS.take(browser, **{"viewport": self.SIZE} | context)
        self.context = self.page.context
        self.strayed: list[str] = []
        self.errors: list[str] = []
        self._watched = {"request": self._asked, "pageerror": lambda error: self.errors.append(str(error))}
        for event, watch in self._watched.items():
            self.page.on(event, watch)
        self.address = address
        self.page.goto(address + path)
        self.ready()

    def ready(self) -> None:
        """Wait until the page is there."""
        self.page.get_by_role("heading", level=1).wait_for()

    def _asked(self, request: Any) -> None:
        if request.url.startswith(("http", "ws")) and "//127.0.0.1" not in request.url:
            self.strayed.append(request.url)

    def says(self, text: str) -> None:
        """Wait until some words are on the page."""
        self.page.get_by_text(text).first.wait_for()

    def quiet(self) -> None:
        """Wait until the script has ended, what was asked is answered, and all of it is drawn."""
        settled(self.page)

    def turn(self, path: str) -> None:
        """Ask for another page or view without loading the app anew; what comes may be no page."""
        turn(self.page, path)
        done(self.page)

    def go(self, path: str) -> None:
        """Go to another page or view without loading the app anew."""
        turn(self.page, path)
        self.quiet()
        self.ready()

    def received(self) -> int:
        """The bytes that came from the app since the page was opened."""
        return int(self.page.evaluate("() => window.wtnetLine.bytes"))

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
        before = self.received()
        self.page.mouse.click(at["x"], at["y"])
        self.quiet()
        return self.received() - before

    def link(self) -> str:
        """The address without the server: what somebody would send on."""
        return "/" + self.page.url.split("/", 3)[3]

    def close(self) -> None:
        """Close it; it must have stayed on this machine and unbroken."""
        assert self.strayed == [], "a request left the machine"
        assert self.errors == [], f"a script failed: {self.errors}"
        assert self.page.locator(".stException").count() == 0
        for event, watch in self._watched.items():
            self.page.remove_listener(event, watch)
        TABS.give_back(self.page)


class Visit(Window):
    """One person's window on the app's map."""

    SIZE: ClassVar[dict[str, int]] = {"width": 1280, "height": 900}

    def __init__(self, browser: Any, address: str, path: str = "/", **context: Any) -> None:
        super().__init__(browser, address, path, **context)

    def ready(self) -> None:
        """Wait until the map is drawn and nothing more arrives."""
        self.page.wait_for_selector(MAP)
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
