"""Whoever signs in comes back to the page and view they had opened, not to the start page."""

from __future__ import annotations

import base64
import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "wtnet_back"
_AGAIN = re.compile(r"/[a-z_]*(\?[!-~]*)?")
"""A page of ours with the choices of a link; nothing else is ever gone to."""
_MINUTES, _LONGEST = 10, 2_000


class ComeBack:
    """ASGI middleware: remembers in a cookie from which page somebody went to sign in, and leads there afterwards.

    The provider sends everybody back to one address, from which Streamlit goes on to the start page. The cookie holds the
    page and its choices (ids, as in any link), for ten minutes, and goes when it was used.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what is answered to whoever goes to sign in or comes back is changed."""
        path = str(scope.get("path", "")).rstrip("/") if scope["type"] == "http" else ""
        if not path.endswith(("/auth/login", "/oauth2callback")):
            await self.app(scope, receive, send)
            return
        asked, leaving = Headers(scope=scope), path.endswith("/auth/login")

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and 300 <= message["status"] < 400:
                headers = MutableHeaders(scope=message)
                if leaving and (left := from_page(asked)):
                    headers.append("Set-Cookie", _cookie(base64.urlsafe_b64encode(left.encode()).decode(), _MINUTES * 60))
                elif not leaving and (back := remembered(asked)):
                    headers["Location"] = headers["Location"].rstrip("/") + back
                    headers.append("Set-Cookie", _cookie("", 0))
            await send(message)

        await self.app(scope, receive, sending)


def from_page(asked: Headers) -> str:
    """The page, with its choices, from which a request came; "" if it is none of this server's."""
    came = urlsplit(asked.get("referer", ""))
    page = f"/{came.path.rpartition('/')[2]}" + (f"?{came.query}" if came.query else "")
    return page if came.netloc == asked.get("host") and _ours(page) else ""


def remembered(asked: Headers) -> str:
    """The page, with its choices, that the cookie of a request names; "" for none, or anything else than a page of ours."""
    try:
        kept = SimpleCookie(asked.get("cookie", "")).get(COOKIE)
        page = base64.urlsafe_b64decode(kept.value.encode()).decode() if kept else ""
    except (CookieError, ValueError):
        return ""
    return page if _ours(page) else ""


def _ours(page: str) -> bool:
    return len(page) <= _LONGEST and page != "/" and _AGAIN.fullmatch(page) is not None


def _cookie(value: str, seconds: int) -> str:
    return f"{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"
