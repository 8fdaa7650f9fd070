"""What follows a click on a map: the page's fragment alone, the whole page, or another page."""

from __future__ import annotations

import streamlit as st

from wtnet.ui.frame import address


def go() -> None:
    """Rerun the whole page, or open a profile, if the last click asked for it."""
    if st.session_state.pop("to_profile", False):
        address.go("pages/partners.py")
    if st.session_state.pop("again", False):
        st.rerun()


def whole_page() -> None:
    """Ask for a rerun of the whole page after something done within a fragment."""
    st.session_state["again"] = True
