"""Signing out in one window: nobody is signed in any more in the others of that browser, nor by a copy of its cookie."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from wtnet.access import roles
from wtnet.ui.frame import sign_in, signed_out
from wtnet.ui.frame.signed_out import SignOut

COOKIES = {"_streamlit_user": "2|1:0|ann", "_streamlit_user_1": "more of it", "_streamlit_user_tokens": "changes", "other": "x"}


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(signed_out, "_ended", {})
    yield


def _sign_out(path: str = "/auth/logout", cookie: bytes = b"") -> list[str]:
    """Ask for a path with these cookies; what reached the server behind."""
    reached: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope["path"])

    header = cookie or "; ".join(f'{name}="{value}"' for name, value in COOKIES.items()).encode()
    asyncio.run(SignOut(app)({"type": "http", "path": path, "headers": [(b"cookie", header)]}, None, None))  # type: ignore[arg-type]
    return reached


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch, database: str) -> None:
    """A window of a lead who signed in."""

    class User(dict[str, Any]):
        is_logged_in = True

    monkeypatch.setattr(sign_in, "has_provider", lambda: True)
    monkeypatch.setattr(sign_in, "setup_fault", lambda: "")
    monkeypatch.setattr(st, "user", User(email="ann@x.org", email_verified=True))
    monkeypatch.setattr(st, "context", SimpleNamespace(cookies=COOKIES, headers={"X-Forwarded-For": "1"}, ip_address=None))
    monkeypatch.setenv("WTNET_LEADS", "ann@x.org")


@pytest.mark.usefixtures("window")
def test_a_window_that_stays_open_is_signed_out_with_the_others() -> None:
    before = sign_in.credentials()
    lead = sign_in.identify(before)
    assert lead is not None and lead.role == roles.LEAD and not sign_in.needs_sign_in() and sign_in.leads()
    assert _sign_out() == ["/auth/logout"]
    assert sign_in.credentials().address is None and sign_in.needs_sign_in() and not sign_in.leads()
    assert not sign_in.is_unchanged(lead, "example", before), "a file that was asked for before is not made"


@pytest.mark.usefixtures("window")
def test_signing_in_anew_is_another_time() -> None:
    _sign_out()
    st.context.cookies = {**COOKIES, "_streamlit_user": "2|1:0|ann later"}  # type: ignore[misc]
    assert sign_in.credentials().address == "ann@x.org" and not sign_in.needs_sign_in()


@pytest.mark.parametrize("path", ["/", "/auth/login", "/partners", "/auth/logout/x"])
@pytest.mark.usefixtures("window")
def test_other_paths_sign_nobody_out(path: str) -> None:
    assert _sign_out(path) == [path] and not sign_in.needs_sign_in()


@pytest.mark.parametrize("cookie", [b"", b"a=b", b"\xff\xfe", b"_streamlit_user", b"=;=;"])
def test_somebody_without_a_cookie_ends_nothing(cookie: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _sign_out(cookie=cookie or b"x=y") == ["/auth/logout"] and not signed_out._ended
    assert signed_out.sign_in_of({}) == "" and not signed_out.has_ended("")


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_out, "MOST", 3)
    for at in range(5):
        signed_out.end(str(at))
    assert list(signed_out._ended) == ["2", "3", "4"]
