"""How far does the work reach across sectors, places and groups? The funder's page."""

import streamlit as st

from wtnet.ui import component, page, reach, reach_cuts, reach_take

here = page.top("Cross-sector reach", "How far does the work reach across sectors, places and groups?")
component.pieces()
seen = reach.look(here)
if seen:
    with st.container(key="headline"):
        reach.headline(seen)
    reach.figures(seen)
    left, right = st.columns([2, 1], gap="large")
    with left:
        reach.coverage(seen)
    with right:
        reach.health(seen)
    reach.mixing(seen)
    for section in (reach_cuts.chance, reach_cuts.brokers, reach_cuts.by_group, reach_cuts.waves):
        section(seen)
    reach.everything(seen)
    reach_take.take(seen)
