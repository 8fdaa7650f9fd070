"""What is there for a first visit alone: the welcome, and "Start here" on top of the menu. Once seen, they are so for good."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from wtnet.errors import WtnetError
from wtnet.ui.frame import cached, sign_in

_SETTING = "first_visit"
What = Literal["welcome", "start"]


def is_seen(what: What) -> bool:
    """Whether it was seen already: by a lead, in any window; by anybody else, in this one."""
    seen: set[str] = st.session_state.setdefault("first_visit", set())
    if what in seen or not sign_in.leads():
        return what in seen
    try:
        stored = cached.store().settings(_SETTING).get(_SETTING) or {}
    except WtnetError:
        return True
    if what in stored:
        seen.add(what)
    return what in seen


def remember(what: What) -> None:
    """Remember that it was seen; in a database that cannot be written to, as long as the window is open."""
    st.session_state.setdefault("first_visit", set()).add(what)
    try:
        sign_in.writable_store().amend(_SETTING, lambda before: {**(before or {}), what: True})
    except WtnetError:
        return
