"""What follows a click that a fragment alone cannot answer: the whole page anew, or another page.

A callback can do neither itself. It leaves word here, and the run that follows it acts on that.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from wtnet.ui.frame import address

_NEXT = "after_click"


def whole_page() -> None:
    """Ask for a rerun of the whole page."""
    st.session_state[_NEXT] = (None, None)


def open_page(page: str, query: Mapping[str, str] | None = None) -> None:
    """Ask for another page, with its own query or what the link of this one says."""
    st.session_state[_NEXT] = (page, query)


def follow() -> None:
    """Do what the last click asked for, if it asked for anything."""
    asked: tuple[str | None, Mapping[str, str] | None] | None = st.session_state.pop(_NEXT, None)
    if asked is None:
        return
    page, query = asked
    if page is None:
        st.rerun()
    if query is None:
        address.go(page)
    st.switch_page(page, query_params=dict(query))
