"""What stands around the pages in a server: headers that keep browsers safe, readiness, and errors with a reference number.

What is written to the log, and how, is in `log`.
"""

from __future__ import annotations

import base64
import faulthandler
import gc
import hashlib
import logging
import re
import signal
import threading
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers as Asked
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wtnet.errors import WtnetError
from wtnet.store import Store
from wtnet.ui.frame.come_back import ComeBack
from wtnet.ui.frame.log import log_event, log_failure, log_libraries
from wtnet.ui.frame.modules import load_all
from wtnet.ui.frame.origin import OwnPages


def _inline() -> str:
    """The fingerprints of the scripts that stand in Streamlit's own page, so that these and no others may run."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_bytes()
    found = re.findall(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in found)


_POLICY = {
    "default-src": "'self'",
    # A component's script is a module in a blob; plotly's WebGL charts and vega compile what they draw, for which they need eval.
    "script-src": f"'self' blob: 'unsafe-eval' {_inline()}",
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
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in _POLICY.items()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
}
"""What every answer of the server carries: nothing is loaded from elsewhere, and no other site may frame a page."""

_COLLECTED = 30
"""Seconds between two collections of garbage."""
_HTTPS_FOR = "max-age=31536000"


class Headers:
    """ASGI middleware that puts `HEADERS` on every answer; where it was asked for by https, that it shall be so for a year."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        https = "https" in (scope.get("scheme"), Asked(scope=scope).get("x-forwarded-proto", "").partition(",")[0].strip())

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if https:
                    headers["Strict-Transport-Security"] = _HTTPS_FOR
            await send(message)

        await self.app(scope, receive, sending)


@cache
def _store() -> Store:
    """A way to the database beside the sessions' own, which is kept open."""
    return Store()


async def ready(_: Request) -> JSONResponse:
    """200 if the database answers, else 503: for whoever decides whether to send people here."""
    try:
        await run_in_threadpool(lambda: _store().programmes())
    except WtnetError as error:
        log_event("not_ready", error=type(error).__name__)
        return JSONResponse({"ready": False, "database": "does not answer"}, status_code=503)
    return JSONResponse({"ready": True, "database": "answers"})


def failed(error: Exception) -> bool:
    """A page broke: log where, under a number drawn by lot, and show the number in the place of the page."""
    number = log_failure("page_failed", error)
    st.error(
        f"**Something went wrong on this page.** Nothing that was stored is lost. Reload the page; if it happens again, tell "
        f"whoever runs this server the reference number **{number}**, under which the log says where.",
        icon=":material/error:",
    )
    return True


def warm() -> None:
    """Load what pages use before anybody comes, tell the garbage collector that it stays, and collect twice a minute.

    Streamlit would collect after every run of a page, with everybody waiting; that took four times as long as the pages
    (`runner.postScriptGC` is off), and left to itself Python waits until memory has grown by a quarter. If the server ever
    stands still, `kill -USR1` makes it say where each of its threads is.
    """
    if hasattr(signal, "SIGUSR1"):
        faulthandler.register(signal.SIGUSR1)
    log_libraries()
    load_all()
    gc.collect()
    gc.freeze()
    threading.Thread(target=_collect, name="collect", daemon=True).start()


def _collect() -> None:
    while True:
        time.sleep(_COLLECTED)
        gc.collect()


# Streamlit would write the whole error, words and all; ours says where without them.
for _name in ("streamlit.error_util", "streamlit.runtime.backend_operation_handler"):
    logging.getLogger(_name).addFilter(lambda record: record.exc_info is None)

MIDDLEWARE = (Middleware(Headers), Middleware(OwnPages), Middleware(ComeBack))
ROUTES = (Route("/ready", ready),)
