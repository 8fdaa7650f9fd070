"""Signing out ends it in every window of a browser: those that are open already would stay signed in until they are closed.

A window is known by the cookie with which it was opened, so that a copy of the cookie opens nothing any more either. What is
kept, a digest of it, is kept until this process ends, as the open windows are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

MOST = 10_000
"""So many times of signing out are remembered; then the oldest is forgotten."""
_ended: dict[str, None] = {}


def sign_in_of(cookies: Mapping[str, str]) -> str:
    """What tells one time of signing in from others, by the cookies of a request; "" for somebody who has not signed in."""
    parts = sorted(
        (name, str(value))
        for name, value in cookies.items()
        if name.startswith(USER_COOKIE_NAME) and not name.startswith(TOKENS_COOKIE_NAME)
    )
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest() if parts else ""


def end(sign_in: str) -> None:
    """End this time of signing in: nobody is signed in by it any more."""
    if sign_in:
        _ended[sign_in] = None
        while len(_ended) > MOST:
            del _ended[next(iter(_ended))]


def has_ended(sign_in: str) -> bool:
    """Whether the person has signed out, in whichever window."""
    return sign_in in _ended


class SignOut:
    """Notes who signs out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http" and str(scope.get("path", "")).rstrip("/").endswith("/auth/logout"):
            try:
                cookies = SimpleCookie(Headers(scope=scope).get("cookie", ""))
            except CookieError:
                cookies = SimpleCookie()
            end(sign_in_of({name: morsel.value for name, morsel in cookies.items()}))
        await self.app(scope, receive, send)
