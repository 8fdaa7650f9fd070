"""The first minute: a short welcome over the example, once; and on every visit, in one line, what to do next."""

from __future__ import annotations

from datetime import date

import streamlit as st

from wtnet.sentences import what_next
from wtnet.ui.frame import address, first_visit, sign_in
from wtnet.ui.frame.markdown import plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import empty_programme
from wtnet.ui.parts.next_steps import may_write

_ICONS = {"data": "upload_file", "survey": "forward_to_inbox", "gaps": "task_alt", "reach": "hub"}


def welcome(here: PageContext) -> None:
    """Three ways to begin, above the example, on the very first visit of a lead; never again, and over no other programme."""
    if not here.programme.illustrative or not may_write(here) or not sign_in.person().everywhere:
        return
    if "welcome" not in st.session_state:
        st.session_state["welcome"] = not first_visit.is_seen("welcome")
        if st.session_state["welcome"]:
            first_visit.remember("welcome")
    if not st.session_state["welcome"]:
        return
    with st.container(border=True, key="welcome"):
        st.markdown(
            "**Welcome.** This shows how strong your partnerships are, and what came of them. What you see below is invented."
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button("Look around the example", key="welcome_look", type="primary", on_click=_close)
            if st.button("Bring in my spreadsheet", key="welcome_bring", icon=":material/upload_file:"):
                _close()  # here, not before the run: a welcome that is closed already has no button to have been pressed
                st.switch_page("pages/data.py", query_params={"do": "bring-in"})
            with st.popover("Start an empty programme", icon=":material/add:"):
                empty_programme.start("welcome", _close)


def _close() -> None:
    st.session_state["welcome"] = False


def say_next(here: PageContext) -> None:
    """What to do next, in one line that leads there."""
    advice = what_next.advice(here.tables, here.programme.illustrative, may_write(here), date.today())
    with st.container(key="next_line"):
        st.page_link(
            f"pages/{advice.page}.py",
            label=plain(f"Next: {advice.words}"),
            icon=f":material/{_ICONS[advice.page]}:",
            query_params=address.params(**dict(advice.choices)),
        )
