"""What stands around the pages in a server: headers that keep browsers safe, readiness, and errors with a reference number.

Logs are one JSON object a line on standard error. They name no person, no address and nothing of a programme: of a
failed page the reference number, the kind of error and where in the program it happened.
"""

from __future__ import annotations

import base64
import faulthandler
import gc
import hashlib
import json
import logging
import pkgutil
import re
import secrets
import signal
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wtnet.errors import WtnetError
from wtnet.store import Store
from wtnet.ui.come_back import ComeBack


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

_ROOT = Path(__file__).parents[2]
_log = logging.getLogger("wtnet")
_COLLECTED = 30
"""Seconds between two collections of garbage."""


class Headers:
    """ASGI middleware that puts `HEADERS` on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
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
        say("not_ready", error=type(error).__name__)
        return JSONResponse({"ready": False, "database": "does not answer"}, status_code=503)
    return JSONResponse({"ready": True, "database": "answers"})


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON: when, how bad, what, and its particulars."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"time": when, "level": record.levelname.lower(), "event": record.msg, **getattr(record, "told", {})})


def say(event: str, level: int = logging.WARNING, **told: Any) -> None:
    """Write a line to the log. Nothing from a programme, a request or an error's own words belongs in it."""
    if not _log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_Json())
        _log.addHandler(handler)
        _log.setLevel(logging.INFO)
        _log.propagate = False
    _log.log(level, event, extra={"told": told})


def failed(error: Exception) -> bool:
    """A page broke: log where, under a number drawn by lot, and show the number in the place of the page."""
    number = secrets.token_hex(4).upper()
    ours = [f"{Path(one.filename).relative_to(_ROOT)}:{one.lineno}" for one in _frames(error)]
    say("page_failed", logging.ERROR, reference=number, error=type(error).__name__, at=ours[-5:])
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
    for one in pkgutil.iter_modules([str(Path(__file__).parent)], "wtnet.ui."):
        import_module(one.name)
    gc.collect()
    gc.freeze()
    threading.Thread(target=_collect, name="collect", daemon=True).start()


def _collect() -> None:
    while True:
        time.sleep(_COLLECTED)
        gc.collect()


def _frames(error: Exception) -> list[traceback.FrameSummary]:
    return [one for one in traceback.extract_tb(error.__traceback__) if Path(one.filename).is_relative_to(_ROOT)]


# Streamlit would write the whole error, words and all; ours says where without them.
logging.getLogger("streamlit.error_util").addFilter(lambda record: record.exc_info is None)

MIDDLEWARE = (Middleware(Headers), Middleware(ComeBack))
ROUTES = (Route("/ready", ready),)
