"""Bring in a file, see what is wrong and what would change, accept it; the blank template; what is stored."""

import streamlit as st

from wtnet.ui import bring_in, page, take_away

here = page.top(
    "Data", "Bring in a file, see row by row what it says, and accept it. Nothing is stored until you do.", waves=False, lead=True
)
page.say_missing()
left, right = st.columns([3, 2], gap="large")
with left:
    bring_in.bring_in(here)
with right:
    bring_in.template()
    take_away.take_away(here)
    bring_in.stored(here)
