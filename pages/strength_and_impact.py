"""Do stronger partnerships go with better results? Points with names and intervals, and how far so few can say it."""

import streamlit as st

from wtnet.network import Scope
from wtnet.ui.frame import cached, page
from wtnet.ui.pages.strength_and_impact import association, homophily

here = page.top("Strength and impact", "Do stronger partnerships go with better results?")
headline = st.container()
seen = association.look(here)
if seen:
    with headline:
        association.sentence(seen)
    left, right = st.columns([5, 3], gap="large")
    with left:
        association.picture(seen)
        association.behind(seen)
    with right:
        association.figures(seen)
    association.every(seen)
homophily.lies(here, seen.network if seen else cached.network(*here.key, Scope(wave=here.wave)))
if seen:
    homophily.take(seen)
