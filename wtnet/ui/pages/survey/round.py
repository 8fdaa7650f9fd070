"""The survey page: the wave asked about, who has answered it and who has not."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import polars as pl
import streamlit as st

from wtnet import survey
from wtnet.errors import WtnetError
from wtnet.sentences import waves as wave_sentences
from wtnet.survey import PersonalLink, Roster, SurveyStatus, Wave, drafts
from wtnet.survey.progress import RespondentProgress, progress
from wtnet.tables.respondents import ROLE
from wtnet.ui.frame import address, author, cached, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, plain, share
from wtnet.ui.frame.page import PageContext

address.declare(round="wave")


@dataclass(frozen=True, eq=False)
class SurveyRound:
    """What the page is about: one wave of the survey, whom each form asks about, who was asked, the links made, and how
    far each respondent is."""

    wave: Wave
    waves: tuple[Wave, ...]
    roster: Roster
    status: SurveyStatus
    links: tuple[PersonalLink, ...]
    progress: tuple[RespondentProgress, ...]


def choose_round(here: PageContext) -> SurveyRound | None:
    """The choice of wave, kept in the link, with a way to name a new one; null where there is nobody to ask or no wave."""
    if not here.tables.organisations.height:
        st.info(
            f"“{plain(here.programme.name)}” has no partners to ask yet. Bring in a file with organisations first.",
            icon=":material/upload_file:",
        )
        st.page_link("pages/data.py", label="Bring in data", icon=":material/table_view:")
        return None
    store = cached.store()
    _adopt(here)
    waves = survey.waves(here.tables)
    by_id, words = {wave.id: wave for wave in waves}, wave_sentences.names(here.tables)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="round"):
        chosen = None
        if waves:
            with st.container(width=320):
                chosen = address.choose("Wave of the survey", words, name="round", default=survey.usual(here.tables, waves).id)
        _new(here)
    if chosen is None:
        st.info("There is no wave yet: name the first one, such as “Baseline”, and make its forms.", icon=":material/add:")
        return None
    wave, roster = by_id[chosen], _roster(here.programme.id, here.revision)
    links = tuple(survey.links(store, here.programme.id, wave.id))
    status = survey.status(here.tables, wave, roster)
    far = progress(here.tables, status, roster, links, drafts.begun(store, here.programme.id))
    return SurveyRound(wave, waves, roster, status, links, far)


def _adopt(here: PageContext) -> None:
    """Take over what an earlier version kept beside the programme, where this person may."""
    if survey.has_earlier(cached.store(), here.programme.id):
        with suppress(WtnetError):
            survey.adopt(sign_in.writable_store(here.programme.id), here.programme.id, author.known())
            st.rerun()


@cached.kept(8)
def _roster(programme: str, revision: int) -> Roster:
    """Whom each form asks about at a revision, worked out once."""
    return Roster(cached.full_tables(programme, revision))


def _new(here: PageContext) -> None:
    """A new wave, named on the spot."""
    with st.popover("New wave", icon=":material/add:"), st.form("new_wave", border=False):
        name = st.text_input("Its name", placeholder="Autumn 2026", max_chars=200, key="new_wave_name")
        on = st.date_input("The day it stands for", value=date.today(), format="DD/MM/YYYY", key="new_wave_date")
        st.caption("It is open: only you see it until you close it, and no page shows it unless you choose it there.")
        if st.form_submit_button("Name it", type="primary", key="new_wave_go"):
            try:
                wave = survey.add(
                    sign_in.writable_store(here.programme.id),
                    here.programme.id,
                    name,
                    on if isinstance(on, date) else date.today(),
                    author.known(),
                )
            except WtnetError as error:
                show_error(error)
                return
            address.put("round", wave.id)
            address.forget("round")
            st.rerun()


def headline(survey_round: SurveyRound) -> str:
    """How far the survey is, in words."""
    status, wave = survey_round.status, survey_round.wave.name
    if not status.asked:
        return f"Nobody has been asked for {wave} yet."
    number, of = len(status.answered), len(status.asked)
    rate = share(status.rate, of)
    if not status.known:
        return (
            f"Who was asked for {wave} is not recorded; {number} of {count(of, 'partner')} taken for it have answered ({rate})."
        )
    if not number:
        return f"{count(of, 'partner')} {'was' if of == 1 else 'were'} asked for {wave}; nobody has answered yet."
    if not status.left:
        rest = "everybody has"
    elif status.several:
        left = f"{len(status.left):,} of the {len(status.people):,} people who answer for them"
        rest = f"{left} {'is' if len(status.left) == 1 else 'are'} still missing"
    else:
        rest = f"{count(len(status.left), 'is', 'are')} still missing"
    return f"{number} of {count(of, 'partner')} asked have answered for {wave} ({rate}); {rest}."


def answered(here: PageContext, survey_round: SurveyRound) -> pl.DataFrame:
    """`partner`, `role` (where several people answer for some), `kind`, `answers` (how many partners it spoke of): one row for
    each who has answered."""
    counts = here.tables.ratings.filter(pl.col("wave") == survey_round.wave.id).group_by("rater", ROLE).len()
    number = {(rater, role): rows for rater, role, rows in counts.iter_rows()}
    roster, status = survey_round.roster, survey_round.status
    rows = [
        (roster.label(whose.partner), whose.role, roster.about(whose.partner), number.get(whose, 0))
        for whose, answered in status.people.items()
        if answered
    ]
    types = {"partner": pl.String, "role": pl.String, "kind": pl.String, "answers": pl.Int64}
    frame = pl.DataFrame(rows, schema=types, orient="row")
    return frame if status.several else frame.drop("role")
