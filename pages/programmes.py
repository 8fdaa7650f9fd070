"""How do programmes, or the pilots of one, stand beside one another? What may be compared first, and why the rest may not."""

import streamlit as st

from wtnet.sentences.filters import RULE
from wtnet.ui.frame import page
from wtnet.ui.pages import programmes

here = page.top("Programmes", "How do programmes, or the pilots of one, stand beside one another?", follows=RULE)
headline = st.container()
comparison = programmes.choose_sides(here)
if comparison:
    with headline:
        programmes.headline(comparison)
    programmes.cautions(comparison)
    for section in (programmes.pictures, programmes.everything, programmes.lead_on, programmes.take_away):
        section(comparison)
