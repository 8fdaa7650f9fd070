"""How far does the work reach across sectors, places and groups? The funder's page."""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.pages.reach import comparisons, kinds, own_groups, reach
from wtnet.ui.parts import trust

here = page.top("Cross-sector reach", "How far does the work reach across sectors, places and groups?", follows=reach.FOLLOWS)
choice = reach.choose(here)
if choice:
    with st.container(key="headline"):
        reach.headline(choice)
    reach.figures(choice)
    trust.panel(here, choice.network.scope, crossing=True)
    left, right = st.columns([2, 1], gap="large")
    with left:
        reach.coverage(choice)
    with right:
        reach.health(choice)
    kinds.mixing(choice)
    for section in (comparisons.chance, comparisons.brokers, own_groups.section, comparisons.groups, comparisons.waves):
        section(choice)
    reach.everything(choice)
    reach.workbook(choice)
