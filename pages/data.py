"""Bring in a file, review and accept it; correct a table in place; take the data away; what is stored."""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.pages.data import bring_in, correct, take_away

here = page.top(
    "Data",
    "Bring in a file, see row by row what it says, and accept it; or correct a cell. Nothing is stored until you say so.",
    waves=False,
    lead=True,
)
task = bring_in.choose_task()
if task == "correct":
    correct.correct(here)
else:
    left, right = st.columns([3, 2], gap="large")
    with left:
        if task == "take":
            take_away.take_away(here)
            st.page_link("pages/reports.py", label="Reports, an offline map, pictures", icon=":material/description:")
        else:
            bring_in.bring_in(here)
    with right:
        if task == "bring-in":
            bring_in.template()
        bring_in.stored(here)
