"""Bring in a file, review and accept it; correct a table in place; take the data away; what is stored."""

import streamlit as st

from wtnet.ui.frame import address, page
from wtnet.ui.pages.data import bring_in, correct, take_away

DO = {"bring-in": "Bring in", "correct": "Correct in place", "take": "Take away"}

here = page.top(
    "Data",
    "Bring in a file, see row by row what it says, and accept it; or correct a cell. Nothing is stored until you say so.",
    waves=False,
    lead=True,
)
chosen = address.one(
    st.segmented_control,
    "What would you like to do?",
    list(DO),
    name="do",
    default="bring-in",
    what="part of this page",
    format_func=DO.__getitem__,
    required=True,
    label_visibility="collapsed",
)
if chosen == "correct":
    correct.correct(here)
else:
    left, right = st.columns([3, 2], gap="large")
    with left:
        if chosen == "take":
            take_away.take_away(here)
            st.page_link("pages/reports.py", label="Reports, an offline map, pictures", icon=":material/description:")
        else:
            bring_in.bring_in(here)
    with right:
        if chosen == "bring-in":
            bring_in.template()
        bring_in.stored(here)
