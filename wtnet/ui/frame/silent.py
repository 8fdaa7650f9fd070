"""Connections on which no request comes are closed: each holds a file, and a thousand of them would let nobody else in.

The library below closes a connection some seconds after an answer, but waits for ever for a first request, or the rest of one.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

SECONDS = 20.0
"""So long a connection may be silent, or dribble, before there is a request; twice that between two."""


def close_silent(seconds: float = SECONDS, protocol: Any = AutoHTTPProtocol) -> None:
    """Have every connection of this process that is made from now on looked after."""
    begin = getattr(protocol.connection_made, "__wrapped__", protocol.connection_made)

    @wraps(begin)
    def connection_made(self: Any, transport: Any) -> None:
        begin(self, transport)
        self.loop.call_later(seconds, _look, self, None, seconds)

    protocol.connection_made = connection_made


def _look(connection: Any, request: Any, seconds: float) -> None:
    """Close the connection if the last request is still `request` (null: none) and answered; else look again later."""
    transport, now = connection.transport, connection.cycle
    if transport.is_closing() or transport.get_protocol() is not connection:  # a window has it now
        return
    if now is request and (now is None or now.response_complete):
        transport.close()
        return
    connection.loop.call_later(seconds, _look, connection, now, seconds)
