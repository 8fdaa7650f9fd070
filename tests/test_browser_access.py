"""Who may see and do what, in a real browser: by a link, from elsewhere, read only; and what such a browser receives."""

from __future__ import annotations

import os
import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from tests.conftest import ROOT, Visit, serving
from wtnet.access import hidden
from wtnet.store import Store

PAGES = sorted(re.findall(r'st\.Page\(\s*"pages/([a-z_]+)\.py"', (ROOT / "app.py").read_text(encoding="utf-8")))
LEADS = {"data", "history", "sharing", "survey"}


@pytest.fixture(scope="module")
def open_app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A server that is read only: everybody looks at what everybody may see."""
    folder = tmp_path_factory.mktemp("open")
    before = os.environ.get("WTNET_READ_ONLY")
    os.environ["WTNET_READ_ONLY"] = "1"
    try:
        with serving(f"sqlite:///{folder}/app.db", folder / "log") as address:
            yield address, f"sqlite:///{folder}/app.db"
    finally:
        os.environ.pop("WTNET_READ_ONLY") if before is None else os.environ.update(WTNET_READ_ONLY=before)


def test_a_link_shows_one_programme_and_no_way_to_change_it_until_it_is_taken_back(app: str, browser: Any) -> None:
    lead = browser.new_page()
    lead.goto(app + "/sharing")
    lead.get_by_label("For whom").fill("The fund")
    lead.get_by_role("button", name="Make a link").click()
    address = lead.get_by_test_id("stCode").first.inner_text(timeout=20_000).strip()
    assert address.startswith(app)
    visit = Visit(browser, address, "")
    menu = visit.page.locator("[data-testid=stSidebarNav]").inner_text()
    assert "Data" not in menu and "Sharing" not in menu and "Guide" in menu
    assert visit.page.get_by_label("Seen as").count() == 0
    assert "You look by a link" in visit.page.locator("[data-testid=stSidebar]").inner_text()
    visit.page.goto(address.replace("/?", "/data?"))
    visit.page.wait_for_timeout(3_000)
    assert visit.page.get_by_text("Bring in").count() == 0
    lead.get_by_role("button", name="Take back").first.click()
    lead.get_by_text("taken back").wait_for(timeout=20_000)
    visit.page.goto(address)
    visit.page.get_by_text("This link was taken back").wait_for(timeout=20_000)
    visit.context.close()
    lead.close()


@contextmanager
def proxied(address: str, mark: bytes) -> Iterator[str]:
    """The app behind a proxy of this machine that leaves its mark on every connection, as real ones do."""
    target = ("127.0.0.1", int(address.rpartition(":")[2]))

    class Passing(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection(target) as server:
                head = b""
                while b"\r\n" not in head and (part := self.request.recv(65_536)):
                    head += part
                first, _, rest = head.partition(b"\r\n")
                server.sendall(first + b"\r\n" + mark + b"\r\nConnection-Mark: 1\r\n" + rest)
                threading.Thread(target=_pour, args=(server, self.request), daemon=True).start()
                _pour(self.request, server)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Passing) as proxy:
        proxy.daemon_threads = True
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_address[1]}"
        proxy.shutdown()


def _pour(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65_536):
            target.sendall(part)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@pytest.mark.parametrize("mark", [b"X-Forwarded-For: 203.0.113.9", b"Via: 1.1 proxy"])
def test_through_a_proxy_one_only_looks(app: str, browser: Any, mark: bytes) -> None:
    with proxied(app, mark) as address:
        visit = Visit(browser, address)
        assert "Open to everybody" in visit.page.locator("[data-testid=stSidebar]").inner_text()
        assert visit.page.get_by_role("link", name="Data").count() == 0
        visit.context.close()


def test_nothing_private_reaches_a_browser_that_may_see_what_everybody_may(open_app: tuple[str, str], browser: Any) -> None:
    """Everything that arrives on every page (each frame of the socket, each answer) holds no hidden name, id or comment."""
    address, database = open_app
    Visit(browser, address).context.close()
    with Store(database) as store:
        tables = store.load("example")
    gone = hidden(tables, "public")
    private = {name for id, name in tables.organisations.select("id", "name").iter_rows() if id in gone} | set(gone)
    private |= {text for text in tables.ratings["comment"].drop_nulls().to_list() if len(text) > 8}
    assert len(private) > 20
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, received = context.new_page(), []

    def keep(frame: Any) -> None:
        received.append(frame)

    page.on("websocket", lambda ws: ws.on("framereceived", keep))
    page.on("response", lambda answer: received.append(_body(answer)))
    for name in [one for one in PAGES if one not in LEADS]:
        page.goto(f"{address}/{'' if name == 'side_by_side' else name}?audience=lead")
        page.wait_for_timeout(4_000)
        if page.get_by_role("button", name="Show me").count():
            page.get_by_role("button", name="Show me").first.click()
            page.wait_for_timeout(1_000)
    data = b"\n".join(one if isinstance(one, bytes) else str(one).encode() for one in received)
    context.close()
    assert len(data) > 200_000
    assert not [text for text in private if text.encode() in data]


def _body(answer: Any) -> bytes:
    try:
        return bytes(answer.body())
    except Exception:
        return b""


def test_a_read_only_server_offers_nothing_to_change(open_app: tuple[str, str], browser: Any) -> None:
    page = browser.new_page()
    for name in sorted(LEADS & set(PAGES)):
        page.goto(f"{open_app[0]}/{name}")
        page.wait_for_timeout(3_000)
        text = page.locator("body").inner_text()
        assert not any(words in text for words in ("Bring in a file", "Make a link", "Undo", "Make the forms")), name
    page.close()
