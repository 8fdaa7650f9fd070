"""Files from a browser: asked for only where a person may store what is in them, and read where they hold up nobody else."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from wtnet import apart
from wtnet.errors import UnreadableFile
from wtnet.tables.text import megabytes
from wtnet.ui.frame import limits
from wtnet.ui.frame.log import log_event
from wtnet.ui.frame.markdown import plain
from wtnet.ui.frame.page import PageContext

T = TypeVar("T")
_STOP = "stop_reading"


def choose_files(here: PageContext, label: str, key: str, megabytes: int, kinds: Sequence[str] | None = None, **more: Any) -> Any:
    """Streamlit's choice of files, each of at most so many megabytes; nothing for somebody who may not store."""
    if not here.person.edits:
        return None
    limits.ask_for_files()
    apart.prepare("wtnet.importing", "wtnet.survey")
    return st.file_uploader(label, type=kinds, key=key, max_upload_size=megabytes, **more)


def read_apart(box: Any, files: Sequence[tuple[str, bytes]], work: Callable[..., T], *given: Any) -> T:
    """What `work` makes of files, in a process of its own; `box`, kept in every run, says what it is at and offers to end it.

    `files` are named, with their size, where reading takes too long or too much memory.
    """
    since = time.monotonic()
    with box.container(horizontal=True, vertical_alignment="center"):
        words = st.empty()
        st.button("Stop reading", key=_STOP, icon=":material/cancel:")

    def tell(step: str) -> None:
        seconds = int(time.monotonic() - since)
        words.markdown(plain(f"{step} …" + (f" {seconds} s" if seconds > 2 else "")))

    tell("Reading")
    try:
        result = apart.run(work, *given, tell=tell, name=_called(files))
    except apart.WorkFailed as error:
        log_event("reading_failed", at=str(error))
        raise
    box.empty()
    return result


def work_apart(words: str, work: Callable[..., T], *given: Any) -> T | None:
    """What `work` makes of what was brought in, in a process of its own, saying so meanwhile; None if that takes too much."""
    since, box = time.monotonic(), st.empty()

    def tell(_: str) -> None:
        box.markdown(f"{words} … {int(time.monotonic() - since)} s")

    try:
        return apart.run(work, *given, tell=tell)
    except (UnreadableFile, apart.WorkFailed) as error:
        log_event("work_apart_failed", work=work.__name__, error=type(error).__name__)
        return None
    finally:
        box.empty()


def _called(files: Sequence[tuple[str, bytes]]) -> str:
    size = megabytes(sum(len(data) for _, data in files))
    return f"{files[0][0]} ({size})" if len(files) == 1 else f"Of the {len(files)} files ({size} together) one"


def was_stopped() -> bool:
    """Whether the person has just ended a reading; if so, that is said."""
    stopped = bool(st.session_state.get(_STOP))
    if stopped:
        st.info("Reading was stopped; nothing was stored. Choose the file again, or another.", icon=":material/cancel:")
    return stopped
