"""Ask each partner, bring the answers back, see who has not answered."""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.pages.survey import back, round, send

here = page.top(
    "Survey", "Send each partner its own form, bring the answers back, see who has not answered.", waves=False, lead=True
)
seen = round.look(here)
if seen:
    page.opening_sentence(round.sentence(seen))
    left, right = st.columns([1, 1], gap="large")
    with left:
        send.send(here, seen)
        back.back(here, seen)
    with right:
        round.who(here, seen)
        back.missed(here, seen)
