"""The server around the pages: headers, readiness, and an error that shows a number in the place of a traceback."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import Visit
from tests.support.paths import ROOT
from tests.support.server import serving

BROKEN = """
import streamlit as st
from wtnet.ui.frame import server

def session():
    st.title("Page")
    raise ValueError("Jo Marsh, jo@example.org")

if __name__ == "__main__":
    session()
else:
    server.warm()
    app = st.App(__file__, middleware=server.MIDDLEWARE, routes=server.ROUTES, on_script_error=server.failed)
"""


def _asked(address: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urllib.request.urlopen(address, timeout=60) as said:
            return said.status, {name.lower(): value for name, value in said.headers.items()}, said.read()
    except urllib.error.HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


@pytest.mark.parametrize("path", ["/", "/partners", "/ready", "/_stcore/health", "/no/such/thing"])
def test_every_answer_forbids_scripts_and_frames_of_others(app: str, path: str) -> None:
    headers = _asked(app + path)[1]
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'self'" in policy and "object-src 'none'" in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("headers", "held"), [({"X-Forwarded-Proto": "https"}, True), ({"X-Forwarded-Proto": "http"}, False), ({}, False)]
)
def test_whoever_came_by_https_comes_so_again(app: str, headers: dict[str, str], held: bool) -> None:
    asked = urllib.request.Request(f"{app}/_stcore/health", headers=headers)
    with urllib.request.urlopen(asked, timeout=60) as said:
        assert (said.headers["Strict-Transport-Security"] == "max-age=31536000") == held


def _first_line(app: str, request: str) -> str:
    """What the server answers to these very letters."""
    host, _, port = app.partition("//")[2].partition(":")
    with socket.create_connection((host, int(port)), timeout=60) as line:
        line.sendall(request.replace("\n", "\r\n").encode())
        return line.recv(200).decode("latin-1").partition("\r\n")[0]


def _opening(app: str, more: str) -> str:
    key = "Upgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Version: 13"
    return _first_line(app, f"GET /_stcore/stream HTTP/1.1\nHost: {app.partition('//')[2]}\n{key}\n{more}\n")


def test_pages_of_other_sites_open_no_socket_and_leave_no_word_in_the_log(house: tuple[str, str]) -> None:
    """Nor a request that is none; nothing is looked up outside, and every line after the address at the start is JSON."""
    app, database = house
    for origin in ("http://evil.example", "http://localhost:1", "null", "http://[evil"):
        assert "403" in _opening(app, f"Origin: {origin}\n"), origin
    assert "101" in _opening(app, f"Origin: {app}\n") and "101" in _opening(app, "")
    assert "101" in _opening(app, "Origin: https://here.example\nX-Forwarded-Host: here.example\n")
    assert "403" in _opening(app, "Origin: https://evil.example\nX-Forwarded-Host: here.example\n")
    assert "400" in _first_line(app, "evil nonsense\n\n")
    lines = Path(database.removeprefix("sqlite:///")).with_suffix(".log").read_text().strip().splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("{"))
    said = [json.loads(line) for line in lines[start:]]
    assert [line.partition("?")[0] for line in lines[:start]] == [f"{app}/"]
    assert sum(one["event"] == "origin_refused" for one in said) >= 5 and any(one["event"] == "uvicorn.error" for one in said)
    assert not any(
        word in line for line in lines for word in ("evil", "external IP", "127.0.0.1", "/_stcore") if line in lines[start:]
    )


def test_no_page_does_what_its_own_policy_forbids(app: str, browser: Any) -> None:
    """The app runs whole under the policy: the map, its library and Streamlit's own scripts are let through."""
    visit = Visit(browser, app)
    said: list[str] = []
    visit.page.on("console", lambda message: said.append(message.text))
    visit.page.reload()
    visit.ready()
    for path in ("/change", "/reach", "/data"):
        visit.turn(path)
    assert not [text for text in said if "Content Security Policy" in text] and not visit.errors
    visit.close()


def test_ready_says_whether_the_database_answers(tmp_path: Path) -> None:
    """The server lives (health) though the database is gone; then it is not ready, and says so without names."""
    database = tmp_path / "a.db"
    with serving(f"sqlite:///{database}", tmp_path / "log") as address:
        assert _asked(address + "/ready")[0] == 200
        with sqlite3.connect(database) as connection:
            connection.execute("ALTER TABLE programmes RENAME TO gone")
        status, _, body = _asked(address + "/ready")
        assert (status, json.loads(body)) == (503, {"ready": False, "database": "does not answer"})
        assert _asked(address + "/_stcore/health")[0] == 200
    assert str(database) not in (tmp_path / "log").read_text().split('"event"', 1)[-1]


def test_an_error_shows_a_number_that_the_log_knows_and_neither_tells_what_was_in_it(browser: Any, tmp_path: Path) -> None:
    script = tmp_path / "broken.py"
    script.write_text(BROKEN)
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    with serving(f"sqlite:///{tmp_path}/a.db", tmp_path / "log", script) as address:
        page = browser.new_page()
        page.goto(address)
        shown = page.get_by_text("reference number").inner_text()
        text = page.locator("body").inner_text()
        page.close()
    number = shown.split("reference number")[1].split(",")[0].strip()
    log = (tmp_path / "log").read_text()
    line = next(json.loads(line) for line in log.splitlines() if line.startswith("{") and number in line)
    assert line["event"] == "page_failed" and line["error"] == "ValueError"
    assert "Jo Marsh" not in text and "Traceback" not in text and "Jo Marsh" not in log
