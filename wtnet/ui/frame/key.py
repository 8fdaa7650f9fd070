"""The key that proves a visitor is at this computer: first in the printed address, then in a cookie.

Coming from this computer proves nothing by itself: another of its users does, and so does a visitor through a forwarder
that leaves no header. The key is drawn once and kept where only its owner may read it, so that a bookmark goes on working.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from functools import cache
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config
from streamlit.web.server import server_util

from wtnet.store.connect import data_folder
from wtnet.ui.frame.log import log_event

ASKED = "WTNET_LOCAL_KEY"
"""The environment variable that asks visitors from this computer for the key; without it they all are leads."""
_FILE, _PARAMETER, _YEAR = "key", "key", 365 * 24 * 3_600
_FORWARDED = ("x-forwarded", "cf-")
_BETWEEN = {"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "x-cluster-client-ip", "fastly-client-ip"}
"""What proxies write into a request, be it empty: beginnings of headers, and whole ones."""


def is_wanted() -> bool:
    """Whether the key is asked for, as a setting says: on a computer that others use, or behind a forwarder."""
    return os.environ.get(ASKED, "") not in ("", "0")


def came_through_a_proxy(headers: Mapping[str, str]) -> bool:
    """Whether a request bears what proxies write into it."""
    return any(name.lower().startswith(_FORWARDED) or name.lower() in _BETWEEN for name in headers)


@cache
def key() -> str:
    """The key of the person who runs this program on this computer; where it cannot be kept, one for this start alone."""
    path = data_folder() / _FILE
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError), open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        known = path.read_text(encoding="ascii").strip()
        if len(known) >= 32 and (os.name == "nt" or not path.stat().st_mode & 0o077):
            return known
        log_event("key_file_unsafe")
    return secrets.token_urlsafe(32)


def address(with_key: bool) -> str:
    """The address at which the app opens on this computer, with the key where it is asked for."""
    host = config.get_option("browser.serverAddress") if config.is_manually_set("browser.serverAddress") else None
    listening = config.get_option("server.address")
    host = host or ("localhost" if listening in (None, "", "0.0.0.0", "::") else listening)
    url = str(server_util.get_url(f"[{host}]" if ":" in host else host)).rstrip("/") + "/"
    return f"{url}?{urlencode({_PARAMETER: key()})}" if with_key else url


def is_presented(cookies: Mapping[str, str]) -> bool:
    """Whether the cookies of a request hold the key."""
    return secrets.compare_digest(str(cookies.get(_cookie(), "")).encode("utf-8", "replace"), key().encode())


def _cookie() -> str:
    """The cookie's name: cookies are shared by all ports of a computer."""
    return f"wtnet_key_{config.get_option('server.port')}"


class KeyInAddress:
    """Middleware that moves the key out of an address into a cookie, out of bookmarks, links passed on and referrers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or send it to the same address without the key."""
        query = scope.get("query_string", b"").decode("latin-1")
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or f"{_PARAMETER}=" not in query:
            await self.app(scope, receive, send)
            return
        choices = parse_qsl(query, keep_blank_values=True)
        given = [value for name, value in choices if name == _PARAMETER]
        if not given:
            await self.app(scope, receive, send)
            return
        rest = urlencode([(name, value) for name, value in choices if name != _PARAMETER])
        path = HTTPConnection(scope).url.path
        response = RedirectResponse(("/" + path.lstrip("/")) + (f"?{rest}" if rest else ""), 303)
        if is_wanted() and secrets.compare_digest(given[-1].encode(), key().encode()):
            if not came_through_a_proxy(Headers(scope=scope)):
                response.set_cookie(_cookie(), key(), max_age=_YEAR, httponly=True, samesite="strict", path="/")
        else:
            log_event("key_refused")
        await response(scope, receive, send)
