"""Connections on which nothing comes do not keep others out, and none that is answered is closed."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.server import ServerState

from wtnet.ui.frame.log import RepeatFilter
from wtnet.ui.frame.silent import close_silent

REQUEST = b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n"


class Protocol(AutoHTTPProtocol):  # type: ignore[valid-type,misc]
    """The server's own, so that no other is changed."""


async def _app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["path"] == "/slow":
        await asyncio.sleep(0.9)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def _received(port: int, *parts: bytes) -> bytes:
    """What a connection that sends these parts, a while apart, gets until it is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for part in parts:
        writer.write(part)
        await asyncio.sleep(0.05)
    async with asyncio.timeout(30):
        data = await reader.read()
    writer.close()
    return data


async def _tried() -> list[bytes]:
    config = uvicorn.Config(_app, lifespan="off", log_level="error", timeout_keep_alive=60)
    config.load()
    loop, state = asyncio.get_running_loop(), ServerState()
    server = await loop.create_server(lambda: Protocol(config=config, server_state=state, app_state={}), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    whole = REQUEST % b""
    tries = [(), (whole[:10], whole[10:12]), (REQUEST % b"slow",), (whole, whole[:10])]
    received = await asyncio.gather(*(_received(port, *parts) for parts in tries))
    server.close()
    return received


def test_a_silent_connection_and_half_a_request_are_closed_and_a_slow_answer_arrives() -> None:
    close_silent(0.3, Protocol)
    nothing, half, slow, second_half = asyncio.run(_tried())
    assert nothing == half == b"", "closed without an answer"
    assert slow.endswith(b"ok") and second_half.count(b"ok") == 1


def test_one_place_fills_no_log_and_keeps_no_other_place_out_of_it() -> None:
    """A thousand connections too many are told two thousand times a second by the library below."""

    def record(line: int, second: float) -> logging.LogRecord:
        made = logging.LogRecord("asyncio", logging.ERROR, "base_events.py", line, "no room", (), None)
        made.created = second
        return made

    few = RepeatFilter(3)
    assert [few.filter(record(1, 60.0)) for _ in range(5)] == [True, True, True, False, False]
    assert few.filter(record(2, 61.0)) and few.filter(record(1, 120.0))
