"""Ask each partner, bring the answers back, see who has not answered."""

import streamlit as st

from wtnet.ui import page, survey, survey_back, survey_send

here = page.top(
    "Survey", "Send each partner its own form, bring the answers back, see who has not answered.", waves=False, lead=True
)
seen = survey.look(here)
if seen:
    page.say(survey.sentence(seen))
    left, right = st.columns([1, 1], gap="large")
    with left:
        survey_send.send(here, seen)
        survey_back.back(here, seen)
    with right:
        survey.who(here, seen)
        survey_back.missed(here, seen)
