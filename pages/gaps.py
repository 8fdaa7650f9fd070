"""Whom do we depend on, who is missing, who should meet, and what if?"""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.pages.gaps import depend, meet, missing, what_if

here = page.top("Gaps and what if", "Whom do we depend on, who is missing, who should meet, and what if?")
headline = st.container()
seen = missing.look(here)
answer = {
    "missing": missing.missing,
    "meet": meet.meet,
    "depend": depend.depend,
    "what_if": what_if.what,
}[seen.question]
with headline:
    missing.sentence(seen)
if seen.network.graph.number_of_nodes():
    answer(seen)
