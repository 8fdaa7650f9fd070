"""Choosing files to send: only where a person may store what is in them, and no larger than such a file can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from wtnet.ui.frame import limits
from wtnet.ui.frame.page import PageContext


def choose_files(here: PageContext, label: str, key: str, megabytes: int, kinds: Sequence[str] | None = None, **more: Any) -> Any:
    """Streamlit's choice of files, each of at most so many megabytes; nothing for somebody who may not store."""
    if not here.person.edits:
        return None
    limits.ask_for_files()
    return st.file_uploader(label, type=kinds, key=key, max_upload_size=megabytes, **more)
