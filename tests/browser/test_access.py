"""Who may see and do what, in a real browser: by a link, from elsewhere, read only; and what such a browser receives."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any

import pytest

from tests.support import prepared
from tests.support.app import PATHS
from tests.support.browser import Visit, Window, settled
from tests.support.listening import Listener
from tests.support.server import serving
from wtnet.access import hidden
from wtnet.store import Store
from wtnet.survey.links import make

LEADS = {"data", "history", "sharing", "survey"}
PARTNER = "sam-tidewell"
FEW = ["side_by_side", "reach"]
"""The pages of every run; all that everybody may see with `-m thorough`."""


@pytest.fixture(scope="module")
def open_app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A server that is read only: everybody looks at what everybody may see."""
    folder = tmp_path_factory.mktemp("open")
    (folder / "app.db").write_bytes(prepared.shipped())
    with serving(f"sqlite:///{folder}/app.db", folder / "log", WTNET_READ_ONLY="1") as address:
        yield address, f"sqlite:///{folder}/app.db"


def test_a_link_shows_one_programme_and_no_way_to_change_it_until_it_is_taken_back(app: str, browser: Any) -> None:
    window = Window(browser, app, "/sharing")
    lead = window.page
    lead.get_by_label("For whom").fill("The fund")
    lead.get_by_role("button", name="Make a link").click()
    address = lead.get_by_test_id("stCode").first.inner_text().strip()
    assert address.startswith(app)
    visit = Visit(browser, address, "")
    menu = visit.page.locator("[data-testid=stSidebarNav]").inner_text()
    assert "Data" not in menu and "Sharing" not in menu and "Guide" in menu
    assert visit.page.get_by_label("Seen as").count() == 0
    assert "You look by a link" in visit.page.locator("[data-testid=stSidebar]").inner_text()
    visit.turn(address.replace("/?", "/data?"))
    assert visit.page.get_by_text("Bring in").count() == 0
    visit.go(address)
    lead.get_by_role("button", name="Take back").first.click()
    lead.get_by_text("taken back").wait_for()
    visit.click_partner("northcliff-museum-of-the-sea")  # redraws the two sides alone
    visit.page.get_by_text("This link was taken back").wait_for()
    assert visit.page.locator(".panel h3").count() == 0
    visit.page.goto(address)
    visit.page.get_by_text("This link was taken back").wait_for()
    visit.close()
    window.close()


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


@pytest.mark.parametrize("mark", [b"Via: 1.1 proxy", pytest.param(b"X-Forwarded-For: 203.0.113.9", marks=pytest.mark.thorough)])
def test_through_a_proxy_one_only_looks(app: str, browser: Any, mark: bytes) -> None:
    with proxied(app, mark) as address:
        visit = Visit(browser, address)
        assert "Open to everybody" in visit.page.locator("[data-testid=stSidebar]").inner_text()
        assert visit.page.get_by_role("link", name="Data").count() == 0
        visit.close()


@pytest.fixture(scope="module")
def private(open_app: tuple[str, str]) -> set[str]:
    """Every hidden name and id of the example, and every comment one partner made on another."""
    with Store(open_app[1]) as store:
        tables = store.load("example")
    gone = hidden(tables, "public")
    found = {name for id, name in tables.organisations.select("id", "name").iter_rows() if id in gone} | set(gone)
    found |= {text for text in tables.ratings["comment"].drop_nulls().to_list() if len(text) > 8}
    assert len(found) > 20
    return found


@pytest.mark.parametrize("pages", [FEW, pytest.param([page for page in PATHS if page not in LEADS], marks=pytest.mark.thorough)])
def test_nothing_private_reaches_a_browser_that_may_see_what_everybody_may(
    open_app: tuple[str, str], browser: Any, private: set[str], pages: list[str]
) -> None:
    """Everything that arrives on a page (each frame of the socket, each answer) holds no hidden name, id or comment."""
    one = Listener(browser, open_app[0])
    one.open("/?audience=lead")
    for name in pages:
        one.turn(f"/{'' if name == 'side_by_side' else name}?audience=lead")
        assert one.page.get_by_role("heading", level=1).count() == 1, name
        if one.page.get_by_role("button", name="Show me").count():
            one.page.get_by_role("button", name="Show me").first.click()
            one.quiet()
    assert len(one.data()) > 200_000
    assert one.found(private) == []
    one.context.close()


def test_profiles_hold_nothing_private_asked_for_by_the_real_id_or_the_one_shown(
    open_app: tuple[str, str], browser: Any, private: set[str]
) -> None:
    """A hidden partner's real id in the address opens nothing; others' profiles, and every other's on the list, say nothing."""
    with Store(open_app[1]) as store:
        tables = store.load("example")
    gone = hidden(tables, "public")
    shown = [id for id in tables.organisations["id"] if id not in gone][:1]
    one = Listener(browser, open_app[0])
    names = dict(tables.organisations.select("id", "name").iter_rows())
    one.open("/partners?audience=lead")
    for id in shown:
        one.turn(f"/partners?partner={id}&audience=lead")
        one.page.get_by_role("heading", name=names[id], exact=True).wait_for()
    one.turn("/partners?partner=freelancer-1")
    assert one.found(private) == []
    one.turn(f"/partners?partner={next(iter(gone))}")  # what was asked for is said back, and nothing that belongs to it
    assert one.found([names[next(iter(gone))]]) == []
    one.context.close()


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        pytest.param("reports", {"pdf", "html", "pptx", "svg", "png"}, marks=pytest.mark.thorough),
        ("present", {"pptx", "json"}),
    ],
)
def test_no_download_holds_anything_private(
    open_app: tuple[str, str], browser: Any, private: set[str], page: str, kinds: set[str]
) -> None:
    """Report, offline map, deck, pictures, data and story, as they come from the reports and the talk."""
    one = Listener(browser, open_app[0])
    one.open(f"/{page}?audience=lead")
    one.draft()
    one.take_all()
    assert {name.rpartition(".")[2] for name in one.files} >= kinds, list(one.files)
    assert one.found(private) == []
    one.context.close()


@pytest.mark.thorough
def test_the_talk_on_the_screen_holds_nothing_private(open_app: tuple[str, str], browser: Any, private: set[str]) -> None:
    one = Listener(browser, open_app[0])
    one.open("/present?audience=lead")
    one.draft()
    one.page.get_by_role("button", name="Present full screen").click()
    for _ in range(8):
        one.page.keyboard.press("ArrowRight")
        settled(one.page)
    one.quiet()
    assert one.found(private) == []
    one.context.close()


def test_a_survey_form_shows_one_partner_its_own_answers_and_nobody_elses(house: tuple[str, str], browser: Any) -> None:
    """Behind a personal link: the own answers, names partners may see, no menu; a wrong link shows nothing at all."""
    app = house[0]
    with Store(house[1]) as store:
        tables = store.load("example")
        wave = tables.waves["id"][-1]
        token = make(store, "example", wave, PARTNER, date.today() + timedelta(days=3))
    own, others = set(), set()
    for rater, comment in tables.ratings.select("rater", "comment").drop_nulls("comment").iter_rows():
        (own if rater == PARTNER else others).add(comment)
    names = dict(tables.organisations.select("id", "name").iter_rows())
    met = {
        one
        for pair in tables.ratings.select("rater", "partner").rows() + tables.partnerships.select("source", "target").rows()
        if PARTNER in pair
        for one in pair
    }
    gone = [id for id in hidden(tables, "partners") if id not in met]
    one = Listener(browser, app)
    one.open(f"/form?token={token}")
    assert names[PARTNER] in one.text() and one.page.locator("[data-testid=stSidebarNav]").count() == 0
    assert one.found((others - own) | {names[id] for id in gone}) == []
    one.context.close()
    wrong = Listener(browser, app)
    for path in (f"/form?token={token[:-2]}xx", "/form", f"/data?token={token[:-2]}xx"):
        wrong.open(path)
    assert wrong.found(name for name in names.values() if len(name) > 6) == []
    assert wrong.page.locator("[data-testid=stSidebarNav]").count() == 0
    wrong.context.close()


def test_a_read_only_server_offers_nothing_to_change(open_app: tuple[str, str], browser: Any) -> None:
    window = Window(browser, open_app[0], "/data")
    for name in sorted(LEADS & set(PATHS)):
        window.turn(f"/{name}")
        text = window.page.locator("body").inner_text()
        assert not any(words in text for words in ("Bring in a file", "Make a link", "Undo", "Make the forms")), name
    window.close()
