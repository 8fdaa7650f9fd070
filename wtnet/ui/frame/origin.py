"""Whose pages may talk to the server: its own. Pages of other sites are turned away before Streamlit sees them."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from wtnet.ui.frame.log import log_event


class OwnPages:
    """ASGI middleware: refuses a websocket that a page of another site opens.

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
        asked = Headers(scope=scope)
        page = asked.get("origin")
        if page is None or is_ours(page, asked):
            await self.app(scope if page is None else _as_asked(scope, urlsplit(page).netloc), receive, send)
            return
        log_event("origin_refused")
        await receive()
        await send({"type": "websocket.close", "code": 1008})


def is_ours(page: str, asked: Headers) -> bool:
    """True if a page's address is the server's own, as the request or the settings know it."""
    try:
        parts = urlsplit(page)
        site, name = parts.netloc.lower(), parts.hostname
    except ValueError:
        return False
    forwarded = [one.strip().lower() for one in asked.get("x-forwarded-host", "").split(",")]
    if site and site in (asked.get("host", "").lower(), *forwarded):
        return True
    if page in {one.strip() for one in config.get_option("server.corsAllowedOrigins")}:
        return True
    return bool(name) and config.is_manually_set("browser.serverAddress") and name == config.get_option("browser.serverAddress")


def _as_asked(scope: Scope, site: str) -> Scope:
    """The request with the address under which the page knows the server, so that Streamlit compares like with like."""
    asked = dict(scope["headers"]).get(b"host", b"")
    if asked == site.encode("latin-1"):
        return scope
    rest = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*rest, (b"host", site.encode("latin-1")), (b"x-forwarded-host", asked)]}
