"""What a request passes before Streamlit sees it: safe headers, no pages of other sites, the way back after signing in."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from wtnet.ui.frame.log import log_event

_POLICY = {
    "default-src": "'self'",
    # A component's script is a module in a blob; plotly's WebGL charts and vega compile what they draw, for which they need eval.
    "script-src": "'self' blob: 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' blob: data:",
    "worker-src": "'self' blob:",
    "media-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
_HTTPS_FOR = "max-age=31536000"
COOKIE = "wtnet_back"
_PAGE = re.compile(r"/[a-z_]*(\?[!-~]*)?")
"""A page of ours with the choices of a link; nothing else is ever gone to."""
_MINUTES, _LONGEST = 10, 2_000


@cache
def safe_headers() -> Mapping[str, str]:
    """What every answer of the server carries: nothing is loaded from elsewhere, and no other site may frame a page."""
    policy = {**_POLICY, "script-src": f"{_POLICY['script-src']} {_inline_scripts()}"}
    return {
        "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in policy.items()),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
    }


def _inline_scripts() -> str:
    """The fingerprints of the scripts that stand in Streamlit's own page, so that these and no others may run."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_bytes()
    scripts = re.findall(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in scripts)


class SafeHeaders:
    """Middleware that puts `safe_headers` on every answer; over https also the order to stay with https for a year."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        forwarded = Headers(scope=scope).get("x-forwarded-proto", "").partition(",")[0].strip()
        https = "https" in (scope.get("scheme"), forwarded)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(safe_headers())
                if https:
                    headers["Strict-Transport-Security"] = _HTTPS_FOR
            await send(message)

        await self.app(scope, receive, send_with_headers)


class OriginCheck:
    """Middleware that refuses a websocket opened by a page of another site.

    Streamlit refuses it too, but asks a server outside for its own address first, and writes what the page sent to its log.
    A page is our own if its address is the one it asks (`Host`), or the one a proxy was asked (`X-Forwarded-Host`), or named
    in the settings `browser.serverAddress` or `server.corsAllowedOrigins`. A request that names no page comes from no browser.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or close the socket before it is opened."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        page = headers.get("origin")
        if page is None or is_ours(page, headers):
            await self.app(scope if page is None else _as_the_page_asks(scope, urlsplit(page).netloc), receive, send)
            return
        log_event("origin_refused")
        await receive()
        await send({"type": "websocket.close", "code": 1008})


def is_ours(page: str, headers: Headers) -> bool:
    """Whether a page's address is the server's own, as the request or the settings know it."""
    try:
        parts = urlsplit(page)
        site, name = parts.netloc.lower(), parts.hostname
    except ValueError:
        return False
    forwarded = [host.strip().lower() for host in headers.get("x-forwarded-host", "").split(",")]
    if site and site in (headers.get("host", "").lower(), *forwarded):
        return True
    if page in {origin.strip() for origin in config.get_option("server.corsAllowedOrigins")}:
        return True
    return bool(name) and config.is_manually_set("browser.serverAddress") and name == config.get_option("browser.serverAddress")


def _as_the_page_asks(scope: Scope, site: str) -> Scope:
    """The request with the address under which the page knows the server, so that Streamlit compares like with like."""
    host = dict(scope["headers"]).get(b"host", b"")
    if host == site.encode("latin-1"):
        return scope
    rest = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*rest, (b"host", site.encode("latin-1")), (b"x-forwarded-host", host)]}


class SignInReturn:
    """Middleware that returns a visitor to the page they signed in from, which a cookie remembers.

    The provider sends everybody back to one address, from which Streamlit goes on to the start page. The cookie holds the
    page and its choices (ids, as in any link), for ten minutes, and goes when it was used.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; the redirect on the way to sign in, and on the way back, is changed."""
        path = str(scope.get("path", "")).rstrip("/") if scope["type"] == "http" else ""
        if not path.endswith(("/auth/login", "/oauth2callback")):
            await self.app(scope, receive, send)
            return
        request, leaving = Headers(scope=scope), path.endswith("/auth/login")

        async def send_redirect(message: Message) -> None:
            if message["type"] == "http.response.start" and 300 <= message["status"] < 400:
                headers = MutableHeaders(scope=message)
                if leaving and (page := page_left(request)):
                    headers.append("Set-Cookie", _cookie(base64.urlsafe_b64encode(page.encode()).decode(), _MINUTES * 60))
                elif not leaving and (page := page_remembered(request)):
                    headers["Location"] = headers["Location"].rstrip("/") + page
                    headers.append("Set-Cookie", _cookie("", 0))
            await send(message)

        await self.app(scope, receive, send_redirect)


def page_left(request: Headers) -> str:
    """The page, with its choices, from which a request came; "" if it is none of this server's."""
    referer = urlsplit(request.get("referer", ""))
    page = f"/{referer.path.rpartition('/')[2]}" + (f"?{referer.query}" if referer.query else "")
    return page if referer.netloc == request.get("host") and _is_page(page) else ""


def page_remembered(request: Headers) -> str:
    """The page, with its choices, that the cookie of a request names; "" for none, or anything else than a page of ours."""
    try:
        morsel = SimpleCookie(request.get("cookie", "")).get(COOKIE)
        page = base64.urlsafe_b64decode(morsel.value.encode()).decode() if morsel else ""
    except (CookieError, ValueError):
        return ""
    return page if _is_page(page) else ""


def _is_page(page: str) -> bool:
    return len(page) <= _LONGEST and page != "/" and _PAGE.fullmatch(page) is not None


def _cookie(value: str, seconds: int) -> str:
    return f"{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"
