"""What the server takes from a browser: paths and messages that pages need, so many at a time, and files that were asked for.

Streamlit answers more than that to everybody who can reach it: one message throws away what was worked out for all, its figures
about the process are open, and any open window may send files, before signing in too.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections import Counter
from dataclasses import dataclass

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from wtnet.ui.frame.log import log_event

PATHS = ("health", "host-config", "stream", "upload_file", "bidi-components")
"""What is answered below `/_stcore/`, by the first part of the path."""
MESSAGES = ("rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request")
"""The messages of a window that are passed on; others are dropped."""
OPERATIONS = ("deferred_file", "dataframe_chunk")
"""Of `backend_operation_request`; another writes files for programming tools beside the program, on request."""
PARTS = 5_000
"""Choices, and names of what is already there, that a message may hold; a page has some hundred. Each costs the server time."""
MOST_WINDOWS, WINDOWS_OF_ONE = 1_000, 300
"""Windows open at once, and those from one address (a team may stand behind one)."""
SPARE_FILES = 60
"""Files that the process may still open for there to be room for one more window: each takes four, and a page opens some."""
UPLOADED, UPLOADS = 300_000_000, 600
"""Bytes and files that one window may send while it is asked for files."""
_ASKED_FOR = "wtnet_uploads_asked_for"
_NO_ROOM = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>No room just now</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
<body style="font: 1.1rem/1.5 sans-serif; max-width: 34em; margin: 12vh auto; padding: 0 1em"><h1>No room just now</h1>
<p>{windows} windows are open on this server, as many as it can serve at once. Nothing that was stored is lost.</p>
<p>Close windows that you do not need, wait a minute, then <a href="">try again</a>.</p></body></html>"""


@dataclass
class Pace:
    """A pace of so many messages a second, after a first `burst`: a faster sender is read more slowly, and loses nothing."""

    rate: float
    burst: float
    left: float = 0.0
    at: float = 0.0

    def wait(self, now: float) -> float:
        """The seconds until the next message may be read."""
        self.left = min(self.burst, self.left + (now - self.at) * self.rate) if self.at else self.burst
        self.at, self.left = now, self.left - 1
        return max(0.0, -self.left / self.rate)


@dataclass
class Grant:
    """What a window may still send."""

    left_bytes: int = UPLOADED
    left_files: int = UPLOADS


_grants: dict[str, Grant] = {}


def ask_for_files() -> None:
    """Let this window send files, as long as the page it shows asks for them."""
    context = get_script_run_ctx()
    if context is not None:
        _grants.setdefault(context.session_id, Grant())
        setattr(context, _ASKED_FOR, True)


def end_of_page() -> None:
    """Note that a page was drawn: a window whose page asked for no file may send none."""
    context = get_script_run_ctx()
    if context is not None and not getattr(context, _ASKED_FOR, False) and not context.fragment_ids_this_run:
        _grants.pop(context.session_id, None)
    if context is not None:
        setattr(context, _ASKED_FOR, False)


class RequestLimits:
    """Middleware that refuses paths no page needs, files nobody asked for, and more windows than can be served."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._windows: Counter[str] = Counter()
        self._paces: dict[str, Pace] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        path = str(scope.get("path", ""))
        if scope["type"] == "http" and asks_for_a_page(scope) and self._is_full(_address(scope)):
            log_event("no_room", windows=self._windows.total())
            words = _NO_ROOM.format(windows=f"{self._windows.total():,}")
            await HTMLResponse(words, 503, {"Retry-After": "60"})(scope, receive, send)
        elif scope["type"] == "http" and is_closed(path):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        elif scope["type"] == "http" and "/_stcore/upload_file/" in path and scope["method"] != "OPTIONS":
            await self._upload(scope, receive, send, path.partition("/_stcore/upload_file/")[2].partition("/")[0])
        elif scope["type"] == "websocket":
            await self._window(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send, session: str) -> None:
        grant = _grants.get(session)
        if grant is None or grant.left_files <= 0 or grant.left_bytes <= 0:
            log_event("upload_refused", asked=grant is not None)
            await PlainTextResponse(no_upload(grant), 403)(scope, receive, send)
            return
        grant.left_files -= 1

        async def counted() -> Message:
            message = await receive()
            grant.left_bytes -= len(message.get("body", b""))
            return message if grant.left_bytes > 0 else {"type": "http.disconnect"}

        await self.app(scope, counted, send)

    def _is_full(self, address: str) -> bool:
        """Whether there is no room for another window from an address: too many are open, or too many files."""
        if self._windows.get(address, 0) >= WINDOWS_OF_ONE or self._windows.total() >= MOST_WINDOWS:
            return True
        return files_left() < SPARE_FILES

    async def _window(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = _address(scope)
        if self._is_full(address):
            log_event("too_many_windows")
            await receive()
            await send({"type": "websocket.close", "code": 1013})
            return
        self._windows[address] += 1
        paces = Pace(10, 40), self._paces.setdefault(address, Pace(150, 600))

        async def needed() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                delay = max(pace.wait(time.monotonic()) for pace in paces)
                if delay:
                    await asyncio.sleep(delay)
                if is_needed(message):
                    return message

        try:
            await self.app(scope, needed, send)
        finally:
            self._windows[address] -= 1
            if not self._windows[address]:
                del self._windows[address], self._paces[address]


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("", 0))[0])


def asks_for_a_page(scope: Scope) -> bool:
    """Whether a request is a browser's for a page, which would open a window."""
    return scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")


def files_left() -> float:
    """How many more files and connections this process may open; infinite where the system does not say."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        return float("inf") if most == resource.RLIM_INFINITY else most - len(os.listdir("/dev/fd"))
    return float("inf")


def raise_open_files(most: int = 65_536) -> None:
    """Let this process open as many files as the system allows it to, where it starts with fewer (most begin with 1,024)."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def no_upload(grant: Grant | None) -> str:
    """Why a window may not send a file: nobody asked for one, or it has sent as many, or as much, as one window may."""
    if grant is None:
        return "This page asks for no file. Reload it, and choose the file again."
    most = f"{UPLOADS:,} files" if grant.left_files <= 0 else f"{UPLOADED / 1e6:,.0f} MB"
    return f"This window has sent {most}, as much as one window may. Reload the page, and send the rest from there."


def is_closed(path: str) -> bool:
    """Whether no page of this program needs a path of Streamlit's own."""
    _, core, rest = path.partition("/_stcore/")
    return (
        bool(core and rest.partition("/")[0] not in PATHS)
        or path.startswith("/component/")
        or path.rstrip("/").endswith("/_stcore")
    )


def is_needed(message: Message) -> bool:
    """Whether a message of a window is one of `MESSAGES`; what is none at all is left to Streamlit."""
    data = message.get("bytes")
    if data is None:
        return True
    try:
        sent = BackMsg.FromString(data)
    except DecodeError:
        return True
    kind = sent.WhichOneof("type")
    run = sent.rerun_script
    if kind == "rerun_script" and max(len(run.widget_states.widgets), len(run.cached_message_hashes)) > PARTS:
        return False
    if kind == "backend_operation_request":
        return sent.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return kind in MESSAGES
