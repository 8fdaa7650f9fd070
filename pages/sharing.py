"""Who may see what: links for funders and others, roles of those who sign in, and what each audience gets."""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.pages import sharing

here = page.top("Sharing", "Who may look at this programme, and what do they see?", waves=False, lead=True)
left, right = st.columns(2, gap="large")
with left:
    sharing.links(here)
    sharing.roles(here)
with right:
    sharing.what_is_seen(here)
