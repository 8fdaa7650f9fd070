"""Sending the survey: the forms in one zip, and personal links."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import streamlit as st

from wtnet import survey
from wtnet.errors import WtnetError
from wtnet.survey.bundle import MOST_FORMS
from wtnet.tables.respondents import Respondent
from wtnet.ui.frame import author, cached, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.survey import languages, people
from wtnet.ui.pages.survey.round import SurveyRound
from wtnet.ui.parts import given_links
from wtnet.ui.parts.table import show_table
from wtnet.writers.tables import csv

_WEEKS = 4
_ALL, _LEFT, _SOME = "all", "left", "some"


def send(here: PageContext, survey_round: SurveyRound) -> None:
    """Whom to ask, until when, with which consent; then the forms or the links."""
    st.subheader("Ask", anchor=False)
    chosen = _whom(survey_round)
    people.show(here, survey_round)
    until = st.date_input(
        "Open until",
        value=date.today() + timedelta(weeks=_WEEKS),
        min_value=date.today(),
        max_value=date.today() + timedelta(days=366),
        format="DD/MM/YYYY",
        key="until",
        width=180,
    )
    consent = _consent(here)
    languages.show(here)
    last = until if isinstance(until, date) else date.today()
    number = count(len(chosen), "person", "people") if any(whose.role for whose in chosen) else count(len(chosen), "partner")
    large = st.toggle("Forms in large print and easy words", key="large_forms")
    with st.container(horizontal=True):
        forms = st.button(f"Make forms for {number}", type="primary", disabled=not chosen, key="make_forms")
        links = st.button(f"Make personal links for {number}", disabled=not chosen, key="make_links")
    st.caption(
        "A form is a workbook to send by e-mail and bring back below. A personal link opens the same form as a page, on a phone "
        "too, and the answers arrive by themselves."
    )
    try:
        if forms:
            _make_forms(here, survey_round, chosen, consent, last, large)
        if links:
            _make_links(here, survey_round, chosen, last)
    except WtnetError as error:
        show_error(error)
    _forms(here, survey_round)
    _links(here, survey_round)


def _whom(survey_round: SurveyRound) -> tuple[Respondent, ...]:
    """Everybody, those who have not answered, or some; of partners with several people each of them."""
    roster = survey_round.roster
    every, left = roster.respondents(survey_round.wave.id, roster.partners), survey_round.status.left
    names = {_ALL: f"Everybody ({len(every):,})", _LEFT: f"Not answered yet ({len(left):,})", _SOME: "Some"}
    shown = [name for name in names if name != _LEFT or (left and survey_round.status.known)]
    chosen = st.segmented_control(
        "Whom", shown, default=_ALL, format_func=names.__getitem__, key=f"ask_whom_{len(shown)}", required=True
    )
    if chosen == _LEFT:
        return left
    if chosen == _SOME:
        options = roster.respondents_in_order(every)
        return tuple(st.multiselect("Partners", options, format_func=roster.whose, key="ask_some", placeholder="Choose"))
    return every


def _consent(here: PageContext) -> str:
    """The words of consent on every form, which the lead can change."""
    name = survey.consent_name(here.programme.id)
    kept = survey.consent(cached.store(), here.programme.id)
    with st.expander("What every form says about consent", key="consent_box", icon=":material/verified_user:"):
        text = st.text_area("Words of consent", value=kept, key="consent", max_chars=2_000, height=150)
        if text.strip() != kept and st.button("Keep these words", key="keep_consent"):
            sign_in.writable_store(here.programme.id).remember(name, text.strip() or None)
            st.rerun()
    return text.strip() or survey.CONSENT


def _make_forms(
    here: PageContext, survey_round: SurveyRound, chosen: tuple[Respondent, ...], consent: str, until: date, large: bool
) -> None:
    store = sign_in.writable_store(here.programme.id)
    with st.spinner(f"Making {count(len(chosen), 'form')} …"):
        forms = survey.forms(here.programme, survey_round.roster, survey_round.wave, chosen, consent, until, here.tables, large)
    survey.ask(store, here.programme.id, survey_round.wave, chosen, "form", author.known())
    st.session_state["forms_made"] = (here.programme.id, survey_round.wave.id, forms)
    st.rerun()


def _forms(here: PageContext, survey_round: SurveyRound) -> None:
    """The forms that were made, to download."""
    programme, wave, forms = st.session_state.get("forms_made", (None, None, None))
    if forms is None or (programme, wave) != (here.programme.id, survey_round.wave.id):
        return
    with st.container(border=True, key="forms_made_box"):
        st.markdown(f"**{count(len(forms.files), 'form is', 'forms are')} ready**, one workbook each, all in one zip.")
        for notice in forms.notices:
            st.caption(plain(notice))
        st.download_button(
            f"Download {count(len(forms.files), 'form')}",
            forms.data,
            f"forms-{survey_round.wave.id}.zip",
            "application/zip",
            key="download_forms",
            on_click="ignore",
            icon=":material/folder_zip:",
        )


def _make_links(here: PageContext, survey_round: SurveyRound, chosen: tuple[Respondent, ...], until: date) -> None:
    if len(chosen) > MOST_FORMS:
        st.error(f"At most {MOST_FORMS:,} links are made at once; choose fewer partners.", icon=":material/error:")
        return
    base, store = given_links.base("survey"), sign_in.writable_store(here.programme.id)
    with st.spinner(f"Making {count(len(chosen), 'link')} …"):
        tokens = survey.make_all(store, here.programme.id, survey_round.wave.id, chosen, until)
    links = {whose: survey.address(base, token) for whose, token in tokens.items()}
    survey.ask(store, here.programme.id, survey_round.wave, chosen, "link", author.known())
    shown = st.session_state.setdefault("links_made", {}).setdefault((here.programme.id, survey_round.wave.id), {})
    shown.update(links)
    st.rerun()


def _links(here: PageContext, survey_round: SurveyRound) -> None:
    """The links made in this window, to hand out; and how to take links back."""
    links: dict[Respondent, str] = st.session_state.get("links_made", {}).get((here.programme.id, survey_round.wave.id), {})
    open_links = {link.whose: link for link in survey_round.links if link.open_on(date.today())}
    links = {whose: link for whose, link in links.items() if whose in open_links}
    if links:
        roster = survey_round.roster
        rows = [
            (roster.label(whose.partner), whose.role, links[whose], open_links[whose].until)
            for whose in roster.respondents_in_order(list(links))
        ]
        types = {"partner": pl.String, "role": pl.String, "link": pl.String, "open until": pl.Date}
        frame = pl.DataFrame(rows, schema=types, orient="row")
        frame = frame if frame["role"].count() else frame.drop("role")
        with st.container(border=True, key="links_made_box"):
            st.markdown(
                f"**{count(len(links), 'personal link')}.** Copy or download them now: for safety they are not kept here and "
                "cannot be shown again. A new link ends the one before."
            )
            show_table(frame, "links", "Partners and links", most=320)
            st.download_button(
                f"Download {count(frame.height, 'link')}",
                csv.write(frame),
                f"links-{survey_round.wave.id}.csv",
                "text/csv",
                key="download_links",
                on_click="ignore",
                icon=":material/download:",
            )
            warning = given_links.here_only("survey", "send forms")
            if warning:
                st.warning(warning, icon=":material/computer:")
    if open_links:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"{count(len(open_links), 'link is', 'links are')} open for {plain(survey_round.wave.name)}.")
            if st.button("Take links back", key="revoke", type="tertiary", help="They stop opening at once; answers given stay."):
                survey.revoke(sign_in.writable_store(here.programme.id), *survey_round.links)
                st.session_state.get("links_made", {}).pop((here.programme.id, survey_round.wave.id), None)
                st.rerun()
