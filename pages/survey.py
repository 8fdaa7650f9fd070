"""Ask each partner, bring the answers back, see who has not answered."""

import streamlit as st

from wtnet.ui.frame import page
from wtnet.ui.pages.survey import confirm, questions, remind, returned_forms, round, send, wave_state

here = page.top(
    "Survey", "Send each partner its own form, bring the answers back, see who has not answered.", waves=False, lead=True
)
survey_round = round.choose_round(here)
if survey_round:
    page.opening_sentence(round.headline(survey_round))
    wave_state.show_state(here, survey_round)
    left, right = st.columns([1, 1], gap="large")
    with left:
        questions.show(here, survey_round)
        send.send(here, survey_round)
        returned_forms.bring_back(here, survey_round)
    with right:
        remind.show(here, survey_round)
        returned_forms.show_missed(here, survey_round)
        confirm.show_answers(here, survey_round)
