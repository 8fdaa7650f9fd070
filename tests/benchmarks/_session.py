"""A light client of the app: one websocket session that speaks Streamlit's own messages, as a browser's tab does."""

from __future__ import annotations

import asyncio
import json
import random
import time
from typing import Any
from urllib.parse import parse_qsl, urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

_EVENTS = "$$STREAMLIT_INTERNAL_KEY_{}__events"
_REFRESHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
TIMEOUT = 60.0


class Failed(Exception):
    """The server answered with an error, or not at all."""


class Session:
    """One tab: what is on the page (elements by id), the pages of the menu, and what a click sends."""

    def __init__(self, address: str, path: str = "/", cookie: str = "", **query: str) -> None:
        self.address, self.path, self.cookie, self.query = address, path, cookie, query
        self.elements: dict[str, tuple[str, Any, str]] = {}  # id: kind, message, fragment
        self.pages: dict[str, str] = {}
        self.shown: list[str] = []
        self.received = 0
        self._page = ""
        self._told: dict[str, WidgetState] = {}
        self._known: dict[str, ForwardMsg] = {}
        self._socket: Any = None

    async def open(self) -> float:
        """Open the tab; seconds until the whole page is there."""
        start = time.perf_counter()
        headers = {"Cookie": self.cookie} if self.cookie else None
        self._socket = await websockets.connect(
            self.address.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            additional_headers=headers,
            max_size=None,
            open_timeout=TIMEOUT,
            ping_interval=None,
            compression=None,
        )
        await self._run()
        return time.perf_counter() - start

    async def close(self) -> None:
        """Close the tab."""
        if self._socket is not None:
            await self._socket.close()

    async def pick(self, kind: str, id: str, piece: str = "map") -> float:
        """Click something on a live piece of the page; seconds until the page is as it should be."""
        found = next((at for at, (what, one, _) in self.elements.items() if what == "bidi_component" and piece in at), None)
        if found is None:
            raise Failed(f"no {piece} on the page")
        trigger = WidgetState(id=_EVENTS.format(found))
        trigger.json_trigger_value = json.dumps([{"event": "pick", "value": {"kind": kind, "id": id}}])
        return await self._timed(trigger, self.elements[found][2])

    async def go(self, slug: str) -> float:
        """Go to another page of the menu; seconds until it is there."""
        self._page, self._told = self.pages[slug], {}
        self.path = f"/{slug}"
        return await self._timed(None, "")

    def write(self, id: str, text: str) -> None:
        """Write into a box; sent with the next click."""
        self._told[id] = WidgetState(id=id, string_value=text)

    async def press(self, id: str) -> float:
        """Press a button."""
        return await self._timed(WidgetState(id=id, trigger_value=True), self.elements[id][2])

    def of(self, kind: str) -> list[tuple[str, Any]]:
        """The elements of a kind on the page, with their ids, in order."""
        return [(at, one) for at, (what, one, _) in self.elements.items() if what == kind]

    async def _timed(self, trigger: WidgetState | None, fragment: str) -> float:
        start = time.perf_counter()
        await self._run(trigger, fragment)
        return time.perf_counter() - start

    async def _run(self, trigger: WidgetState | None = None, fragment: str = "") -> None:
        message = BackMsg()
        run = message.rerun_script
        run.query_string = urlencode(self.query)
        run.page_script_hash, run.fragment_id = self._page, fragment
        run.page_name = "" if self._page else self.path.strip("/")
        run.context_info.url = self.address + self.path
        run.context_info.timezone, run.context_info.locale = "UTC", "en-GB"
        run.cached_message_hashes.extend(self._known)
        run.widget_states.widgets.extend(self._told.values())
        if trigger is not None:
            run.widget_states.widgets.append(trigger)
        if not fragment:
            self.elements, self.shown = {}, []
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(TIMEOUT):
            while not self._take(await self._socket.recv()):
                pass

    def _take(self, data: bytes) -> bool:
        """Take in one message; true if it ends the run."""
        self.received += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._known[message.ref_hash]
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable:
            self._known[message.hash] = message
        if kind == "new_session":
            self._page = message.new_session.page_script_hash or self._page
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            self._page = message.navigation.page_script_hash or self._page
        elif kind == "page_info_changed":
            self.query = dict(parse_qsl(message.page_info_changed.query_string))
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._place(message.delta)
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return False
            if message.script_finished not in _REFRESHED:
                raise Failed(ForwardMsg.ScriptFinishedStatus.Name(message.script_finished))
            return True
        return False

    def _place(self, delta: Any) -> None:
        kind = delta.new_element.WhichOneof("type")
        one = getattr(delta.new_element, kind)
        if kind == "exception" or (kind == "alert" and "Something went wrong" in one.body):
            raise Failed(f"the page shows an error: {getattr(one, 'type', 'see the log')}")
        if kind in ("alert", "markdown"):
            self.shown.append(one.body)
        if getattr(one, "id", ""):
            self.elements[one.id] = kind, one, delta.fragment_id


def think(mean: float) -> float:
    """Seconds somebody looks before the next click."""
    return random.uniform(0.5, 1.5) * mean
