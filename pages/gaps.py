"""Whom do we depend on, who is missing, who should meet, and what if?"""

import streamlit as st

from wtnet.sentences.filters import RULE
from wtnet.ui.frame import page
from wtnet.ui.pages.gaps import choose, depend, meet, missing, steps, what_if

here = page.top("Gaps and what if", "Whom do we depend on, who is missing, who should meet, and what if?", follows=RULE)
headline = st.container()
choice = choose.choose(here)
answer = {
    "missing": missing.missing,
    "meet": meet.meet,
    "depend": depend.depend,
    "what_if": what_if.what_if,
    "steps": steps.steps,
}[choice.question]
with headline:
    choose.headline(choice)
if choice.network.graph.number_of_nodes() and choose.is_answerable(choice):
    answer(choice)
