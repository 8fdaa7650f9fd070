"""What the lead decides on the wave of the survey: close it or open it again, show it while it is open, show it first."""

from __future__ import annotations

from datetime import date

import streamlit as st

from wtnet import survey
from wtnet.errors import WtnetError
from wtnet.sentences import waves as wave_sentences
from wtnet.ui.frame import address, author, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.survey.round import SurveyRound


def show_state(here: PageContext, survey_round: SurveyRound) -> None:
    """Who sees the wave and where, in a sentence, and what changes it."""
    wave, tables = survey_round.wave, here.tables
    row = next(row for row in tables.waves.iter_rows(named=True) if row["id"] == wave.id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="wave_state"):
        st.markdown(plain(wave_sentences.state(tables, wave.id)), width="content")
        try:
            _open(here, survey_round, bool(row["shown"])) if wave.open else _closed(here, survey_round)
            if row["current"]:
                _decision(here, survey_round, "Do not name it", "unname_wave", current=None)
            elif not wave.open:
                _decision(here, survey_round, "Always show it first", "name_wave", current=True)
        except WtnetError as error:
            show_error(error)


def _open(here: PageContext, survey_round: SurveyRound, shown: bool) -> None:
    links = [link for link in survey_round.links if link.open_on(date.today())]
    with st.popover("Close it", icon=":material/lock:"):
        st.markdown(plain(wave_sentences.after_closing(here.tables, survey_round.wave.id, len(links))))
        if st.button("Close this wave", key="close_wave", type="primary"):
            survey.revoke(sign_in.writable_store(here.programme.id), *links)
            _decide(here, survey_round, status="closed")
    if shown:
        _decision(here, survey_round, "Do not show it to others yet", "hide_wave", shown=None)
    else:
        _decision(here, survey_round, "Show it to others already", "show_wave", shown=True)
    if survey.is_empty(here.tables, survey_round.wave.id) and st.button(
        "Take it out", key="forget_wave", type="tertiary", help="It is taken out; its forms and links stop working."
    ):
        store = sign_in.writable_store(here.programme.id)
        survey.revoke(store, *survey_round.links)
        survey.give_up(store, here.programme.id, survey_round.wave, author.known())
        address.put("round")
        address.forget("round")
        st.rerun()


def _closed(here: PageContext, survey_round: SurveyRound) -> None:
    _decision(here, survey_round, "Open it again", "reopen_wave", status="open")


def _decision(here: PageContext, survey_round: SurveyRound, label: str, key: str, **cells: object) -> None:
    """A button that changes what is decided on the wave."""
    if st.button(label, key=key, type="tertiary"):
        _decide(here, survey_round, **cells)


def _decide(here: PageContext, survey_round: SurveyRound, **cells: object) -> None:
    survey.decide(sign_in.writable_store(here.programme.id), here.programme.id, survey_round.wave, author.known(), **cells)
    st.rerun()
