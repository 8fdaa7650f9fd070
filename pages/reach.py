"""How far does the work reach across sectors, places and groups? The funder's page."""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.map import component
from wtnet.ui.pages.reach import cuts, reach, take

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
    for section in (cuts.chance, cuts.brokers, cuts.by_group, cuts.waves):
        section(seen)
    reach.everything(seen)
    take.take(seen)
