"""Do stronger partnerships go with better results? Points with names and intervals, and how far so few can say it."""

import streamlit as st

from wtnet.sentences.filters import RULE
from wtnet.ui.frame import cached, page
from wtnet.ui.pages.strength_and_impact import association, homophily
from wtnet.ui.parts import filters

here = page.top("Strength & impact", "Do stronger partnerships go with better results?", follows=RULE)
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
network = choice.network if choice else cached.network(*here.key, filters.scope_as_chosen(here))
homophily.where_ties_lie(here, network)
homophily.weighed_together(here, network)
if choice:
    homophily.workbook(choice)
