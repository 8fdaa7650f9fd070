"""An error as a sentence on the page."""

from __future__ import annotations

import streamlit as st

from wtnet.errors import StoreError, WtnetError
from wtnet.store import ConflictError
from wtnet.ui.frame import sign_in
from wtnet.ui.frame.log import log_failure
from wtnet.ui.frame.markdown import plain


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
