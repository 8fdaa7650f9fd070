"""How strong are our partnerships, and what came of them? The live map on the left, the impact side on the right."""

import streamlit as st

from wtnet.ui import home, page
from wtnet.ui.controls import controls

page.heading("Side by side", "How strong are our partnerships, and what came of them?")
here = page.choose()
headline = st.container()
looking = controls(here)
seen = home.look(here, looking)
page.say_missing()
with headline:
    home.sentence(seen)

left, right = st.columns(2, gap="large")
with left:
    home.strength_side(seen)
with right:
    home.impact_side(seen)
