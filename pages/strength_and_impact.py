"""Do stronger partnerships go with better results? Points with names and intervals, and how far so few can say it."""

import streamlit as st

from wtnet.network import Scope
from wtnet.ui.frame import cached, page
from wtnet.ui.pages.strength_and_impact import association, homophily

here = page.top("Strength and impact", "Do stronger partnerships go with better results?")
headline = st.container()
choice = association.choose(here)
if choice:
    with headline:
        association.headline(choice)
    left, right = st.columns([5, 3], gap="large")
    with left:
        association.picture(choice)
        association.point_rows(choice)
    with right:
        association.figures(choice)
    association.all_indicators(choice)
homophily.where_ties_lie(here, choice.network if choice else cached.network(*here.key, Scope(wave=here.wave)))
if choice:
    homophily.workbook(choice)
