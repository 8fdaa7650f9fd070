"""The switch for larger text on a partner's own form; the address keeps it, so that a reload does."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from wtnet.ui.pages.survey.form_words import label


def large_text() -> None:
    """Ask whether the text should be larger, and make it so."""
    st.toggle(label("larger"), value=st.query_params.get("text") == "large", key="form_large_text", on_change=_keep)
    if st.session_state["form_large_text"]:
        st.html(Path(__file__).parent / "form_large.css")


def _keep() -> None:
    if st.session_state["form_large_text"]:
        st.query_params["text"] = "large"
    else:
        st.query_params.pop("text", None)
