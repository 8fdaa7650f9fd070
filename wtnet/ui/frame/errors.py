"""An error as a sentence on the page."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

import streamlit as st
from streamlit.runtime.backend_operation_handler import DeferredFileHandler

from wtnet.errors import StoreError, WtnetError
from wtnet.store import ConflictError
from wtnet.ui.frame import sign_in
from wtnet.ui.frame.log import log_failure
from wtnet.ui.frame.markdown import plain

_numbers: ContextVar[list[str] | None] = ContextVar("numbers of failures", default=None)


def note_failure(number: str) -> None:
    """Tell the person who waits for a file that it was not made, with the number of its entry in the log."""
    numbers = _numbers.get()
    if numbers is not None:
        numbers.append(number)


def say_why_no_file() -> None:
    """Let Streamlit say in our words, with the number in the log, that a file could not be made."""
    make = DeferredFileHandler.handle

    async def handle(self: DeferredFileHandler, request: Any, session_id: str) -> Any:
        numbers: list[str] = []
        token = _numbers.set(numbers)
        try:
            response = await make(self, request, session_id)
        finally:
            _numbers.reset(token)
        if response.error_msg:
            response.error_msg = no_file(numbers[-1] if numbers else None)
        return response

    DeferredFileHandler.handle = handle  # type: ignore[method-assign]


def no_file(number: str | None) -> str:
    """The sentence that a file was not made, with the number of the failure; without one, it may not be had any more."""
    if number is None:
        return "This file may not be had any more. Reload the page."
    return (
        "The file could not be made. Nothing that was stored is lost. Reload the page; if it happens again, tell whoever runs "
        f"this server the reference number {number}, under which the log says where."
    )


def show_error(error: WtnetError) -> None:
    """Show an error as its sentence. What the database says names the server and its files: only a lead reads that.

    The log knows each failure of the database by a number, which everybody is shown.
    """
    if not isinstance(error, StoreError) or isinstance(error, ConflictError):
        st.error(plain(error), icon=":material/error:")
        return
    number = log_failure("store_failed", error)
    words = plain(error) if sign_in.leads() else "The data cannot be reached just now. Wait a moment, then reload the page."
    st.error(
        f"{words} Nothing that was stored is lost. If it happens again, tell whoever runs this server the reference number "
        f"**{number}**, under which the log says where.",
        icon=":material/error:",
    )
