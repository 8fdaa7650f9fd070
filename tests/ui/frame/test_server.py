"""What the server does beside the pages: it lets go of windows that left."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime import backend_operation_handler as operations
from streamlit.runtime.memory_session_storage import MemorySessionStorage

from wtnet.ui.frame.errors import note_failure, say_why_no_file
from wtnet.ui.frame.server import end_left


def test_windows_that_left_some_time_ago_let_go_of_what_they_held() -> None:
    """Each keeps three file descriptors, until another one leaves."""
    ended: list[str] = []
    storage = MemorySessionStorage(ttl_seconds=0)
    for id in ("a", "b"):
        session: Any = SimpleNamespace(id=id, shutdown=lambda id=id: ended.append(id))
        storage.save(SimpleNamespace(session=session))  # type: ignore[arg-type]
    left = end_left(SimpleNamespace(_session_storage=storage))
    assert "b" in ended and left == len(ended)


def test_a_window_that_may_come_back_is_kept() -> None:
    storage = MemorySessionStorage(ttl_seconds=600)
    session: Any = SimpleNamespace(id="a", shutdown=lambda: 1 / 0)
    storage.save(SimpleNamespace(session=session))  # type: ignore[arg-type]
    assert end_left(SimpleNamespace(_session_storage=storage)) == 0 and storage.get("a")


def test_another_streamlit_is_left_alone() -> None:
    assert end_left(None) == 0 and end_left(SimpleNamespace()) == 0


@pytest.mark.parametrize(("number", "words"), [("AB12", "reference number AB12"), (None, "may not be had any more")])
def test_a_file_that_was_not_made_says_so_with_its_number(
    monkeypatch: pytest.MonkeyPatch, number: str | None, words: str
) -> None:
    """In our words, as a page does."""
    monkeypatch.setattr(operations.DeferredFileHandler, "handle", operations.DeferredFileHandler.handle)
    say_why_no_file()

    def fail(_: str) -> str:
        if number:
            note_failure(number)
        raise ValueError("Jo Marsh")

    handler = operations.DeferredFileHandler(lambda: SimpleNamespace(execute_deferred=fail))  # type: ignore[arg-type,return-value]
    request: Any = SimpleNamespace(request_id="1", deferred_file=SimpleNamespace(file_id="x"))
    response = asyncio.run(handler.handle(request, "session"))
    assert words in response.error_msg and "Jo Marsh" not in response.error_msg
