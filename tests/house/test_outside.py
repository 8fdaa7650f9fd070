"""The server as the README starts it: it listens on this computer alone, asks nobody outside, and prints its address."""

from __future__ import annotations

import http.client
import os
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from websockets import ConnectionClosed
from websockets.sync.client import connect

from tests.support.paths import ROOT
from tests.support.server import serving

REFUSING = """
import os, socket

def note(what):
    with open(os.environ["ASKED_OUTSIDE"], "a") as file:
        file.write(f"{what}\\n")

def is_here(host):
    return host in (None, "", "localhost", "127.0.0.1", "::1", "::", "0.0.0.0", b"localhost", b"127.0.0.1")

look_up, connect, bind = socket.getaddrinfo, socket.socket.connect, socket.socket.bind

def getaddrinfo(host, *more, **others):
    if not is_here(host):
        note(f"look-up {host}")
        raise socket.gaierror("refused")
    return look_up(host, *more, **others)

class Socket(socket.socket):
    def connect(self, address):
        if isinstance(address, tuple) and not is_here(address[0]):
            note(f"connection {address}")
            raise OSError("refused")
        return super().connect(address)

    def connect_ex(self, address):
        if isinstance(address, tuple) and not is_here(address[0]):
            note(f"connection {address}")
            return 111
        return super().connect_ex(address)

    def bind(self, address):
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1"):
            note(f"listens on {address}")
        return super().bind(address)

socket.getaddrinfo, socket.socket = getaddrinfo, Socket
"""


class Started(NamedTuple):
    """A server as the README starts it: its address, what it printed, and what it asked of others."""

    address: str
    log: Path
    asked: Path
    printed: str

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        """The answer to a request, its redirects not followed."""
        line = http.client.HTTPConnection(urllib.parse.urlsplit(self.address).netloc, timeout=30)
        line.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        answer.read()
        return answer


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    folder = tmp_path_factory.mktemp("outside")
    (folder / "sitecustomize.py").write_text(REFUSING)
    path = os.pathsep.join([str(folder), str(ROOT)])
    more = {"PYTHONPATH": path, "ASKED_OUTSIDE": str(folder / "asked"), "WTNET_LOCAL_KEY": "1", "XDG_DATA_HOME": str(folder)}
    with serving(f"sqlite:///{folder}/a.db", folder / "log", as_shipped=True, **more) as address:
        yield Started(address, folder / "log", folder / "asked", (folder / "log").read_text())


def test_nobody_outside_is_asked_and_nobody_outside_is_listened_to(started: Started) -> None:
    """Nor where the origin of a request or of a window is judged, as which Streamlit asks for its own address."""
    for origin in ("http://evil.example", "http://192.0.2.7:1", "null"):
        for path in ("/", "/_stcore/health", "/_stcore/host-config", "/media/x", "/_stcore/upload_file/a/b", "/component/x/y"):
            started.get(path, Origin=origin)
        started.get("/_stcore/stream", Origin=origin, Upgrade="websocket", Connection="Upgrade", Sec_WebSocket_Version="13",
                    Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==")  # fmt: skip
    assert not started.asked.exists(), started.asked.read_text()


def test_the_start_prints_an_address_with_the_key_and_nothing_else(started: Started) -> None:
    printed = started.printed.split("\n")
    assert len(printed) == 2 and printed[1] == "" and printed[0].startswith(f"{started.address}/?key="), printed


def _key(started: Started) -> str:
    return started.printed.partition("key=")[2].split()[0]


def test_the_key_goes_from_the_address_into_a_cookie(started: Started) -> None:
    answer = started.get(f"/partners?wave=w1&key={_key(started)}")
    cookie = answer.headers["Set-Cookie"]
    assert answer.status == 303 and answer.headers["Location"] == "/partners?wave=w1"
    assert _key(started) in cookie and "httponly" in cookie.lower() and "samesite=strict" in cookie.lower()


@pytest.mark.parametrize(("path", "headers"), [("/?key=wrong", {}), ("/?key=", {}), ("/?key={key}", {"X_Forwarded_For": ""})])
def test_a_wrong_key_and_one_through_a_proxy_give_no_cookie(started: Started, path: str, headers: dict[str, str]) -> None:
    answer = started.get(path.format(key=_key(started)), **headers)
    assert (answer.status, answer.headers["Location"], answer.headers["Set-Cookie"]) == (303, "/", None)


def test_an_address_with_a_key_leads_nowhere_else(started: Started) -> None:
    for path in ("//evil.example/?key=x", "/\\evil.example?key=x"):
        location = started.get(path).headers["Location"] or "/"
        assert not location.startswith(("//", "/\\", "http")), location


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_the_key_is_kept_for_its_owner_alone_and_stays_the_same(started: Started) -> None:
    file = started.log.parent / "wtnet" / "key"
    assert file.stat().st_mode & 0o077 == 0 and file.read_text() == _key(started)


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/mcp", "/_stcore/script-health-check", "/component/x/y"])
def test_what_no_page_needs_is_not_there(started: Started, path: str) -> None:
    assert started.get(path).status == 404


def test_messages_are_packed_and_none_unpacks_to_more_than_is_allowed(started: Started) -> None:
    """Seventy million noughts, packed to next to nothing: the window is closed, and the server answers on."""
    address = f"{started.address.replace('http', 'ws')}/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], origin=started.address, max_size=None) as window:
        assert [extension.name for extension in window.protocol.extensions] == ["permessage-deflate"]
        with pytest.raises(ConnectionClosed) as closed:
            window.send(bytes(70_000_000))
            while True:
                window.recv(timeout=30)
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 1009, "too large"
    assert started.get("/_stcore/health").status == 200
