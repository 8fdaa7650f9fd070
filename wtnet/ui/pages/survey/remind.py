"""Who has not finished a round, how far each of them is, and a message for each that the lead sends herself."""

from __future__ import annotations

from datetime import date

import polars as pl
import streamlit as st

from wtnet.errors import WtnetError
from wtnet.survey import messages
from wtnet.survey.messages import MessageWords
from wtnet.survey.progress import RespondentProgress, counts
from wtnet.tables.respondents import Respondent
from wtnet.tables.text import count
from wtnet.ui.frame import cached, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.survey.round import SurveyRound, answered
from wtnet.ui.parts.downloads import XLSX, for_download
from wtnet.ui.parts.figures import rows_table
from wtnet.ui.parts.table import show_table
from wtnet.writers.tables import csv, frames


def show(here: PageContext, survey_round: SurveyRound) -> None:
    """How far the round is, who has not finished and a message for each, and who has answered."""
    st.subheader("How far everybody is", anchor=False)
    status = survey_round.status
    if not status.asked:
        st.markdown("Make forms or links, and whoever has not answered stands here.")
        return
    _progress(survey_round)
    if all(person.finished for person in survey_round.progress):
        st.success("Everybody who was asked has finished.", icon=":material/check:")
    else:
        _unfinished(here, survey_round)
    if status.answered:
        people = len(status.people) - len(status.left)
        who = count(people, "person", "people") if status.several else count(len(status.answered), "partner")
        with st.expander(f"{who} answered", key="answered", icon=":material/check:"):
            rows_table(answered(here, survey_round), "answered")


def _progress(survey_round: SurveyRound) -> None:
    """How many were asked, sent to, opened, began and finished."""
    number = counts(survey_round.progress)
    parts = (
        (number.asked, "asked"),
        (number.sent, "sent"),
        (number.opened, "opened"),
        (number.begun, "begun"),
        (number.finished, "finished"),
    )
    st.markdown(" · ".join(f"**{'–' if value is None else f'{value:,}'}** {word}" for value, word in parts))
    if number.links < number.asked:
        known = f"of the {count(number.links, 'personal link')} alone" if number.links else "of personal links alone"
        st.caption(f"Opened and begun are known {known}: a form by e-mail says nothing until it is back.")


def _unfinished(here: PageContext, survey_round: SurveyRound) -> None:
    """Everybody who has not finished, with how far they are; and the messages to remind them with."""
    people = [person for person in survey_round.progress if not person.finished]
    shown = _rows(survey_round, people)
    show_table(
        shown,
        "missing_rows",
        f"{shown.height} who have not finished",
        {
            "sent": st.column_config.TextColumn("sent", help="As a form, or by personal link; –: not from here"),
            "link open until": st.column_config.DateColumn("link open until", format="D MMM YYYY"),
        },
        most=480,
    )
    if not any(person.sent for person in people):
        return
    who = ("person", "people") if survey_round.status.several else ("partner",)
    with st.expander(f"Remind {count(len(people), *who)}", key="remind", icon=":material/mail:"):
        _remind(here, survey_round, people)


def _rows(survey_round: SurveyRound, people: list[RespondentProgress]) -> pl.DataFrame:
    """One row for each: who, how it was sent, whether it was opened and begun, how much is answered, how long the link opens."""
    until = {link.whose: link.until for link in survey_round.links if link.open_on(date.today())}
    words = {True: "yes", False: "no", None: None}
    rows = [
        (
            survey_round.roster.whose(person.whose),
            person.sent,
            words[person.opened],
            words[person.begun],
            f"{person.answered_about} of {person.asked_about}",
            until.get(person.whose),
        )
        for person in people
    ]
    names = ("partner", "sent", "opened", "begun", "answered about", "link open until")
    frame = pl.DataFrame(rows, schema=dict(zip(names, (*[pl.String] * 5, pl.Date), strict=True)), orient="row")
    return frame if until else frame.drop("link open until")


def _remind(here: PageContext, survey_round: SurveyRound, people: list[RespondentProgress]) -> None:
    """The lead's words, a message to look at and open in the mail program, and all of them as a file."""
    words = _words(here)
    links: dict[Respondent, str] = st.session_state.get("links_made", {}).get((here.programme.id, survey_round.wave.id), {})
    about = here.programme, survey_round.wave, here.tables, survey_round.roster, people, survey_round.links, links
    made = messages.messages(*about, words)
    without = sum(not message.link and message.until is not None for message in made)
    st.caption(
        "Nothing is sent from here. Links are kept nowhere: a message holds one only in the window in which it was made"
        + (
            f": {without:,} have a link that cannot be shown again. Make new links for them; those end the old ones."
            if without
            else "."
        )
    )
    names = {message.whose: message.name for message in made}
    whose = st.selectbox("Message to", list(names), format_func=names.__getitem__, key="remind_whom")
    message = next((message for message in made if message.whose == whose), made[0])
    st.code(f"{message.subject}\n\n{message.text}", language=None, wrap_lines=True)
    with st.container(horizontal=True):
        st.link_button("Open in your mail program", message.mailto, icon=":material/outgoing_mail:")
        table, name = messages.frame(made), f"reminders-{survey_round.wave.id}"
        label = count(len(made), "message")
        st.download_button(
            f"{label} as CSV", csv.write(table), f"{name}.csv", "text/csv", key="download_reminders", on_click="ignore"
        )
        st.download_button(
            f"{label} as XLSX",
            for_download(
                here, lambda: frames.write(f"Reminders: {survey_round.wave.name}", (), {"Messages": table}, date.today())
            ),
            f"{name}.xlsx",
            XLSX,
            key="download_reminders_xlsx",
            on_click="ignore",
        )
    if not message.to:
        st.caption("No address is kept for this partner: type it in your mail program. A field of yours called “E-mail” is used.")


def _words(here: PageContext) -> MessageWords:
    """The words of every message, which the lead can change; refused ones are said, and the kept ones used."""
    kept = messages.words(cached.store(), here.programme.id)
    subject = st.text_input("Subject", kept.subject, key="remind_subject", max_chars=300)
    places = ", ".join(f"{{{name}}}" for name in messages.PLACES)
    text = st.text_area(
        "Words", kept.text, key="remind_text", height=200, max_chars=messages.LONGEST, help=f"Filled in: {places}"
    )
    words = MessageWords(subject, text)
    if words != kept and st.button("Keep these words", key="keep_remind"):
        try:
            messages.keep_words(sign_in.writable_store(here.programme.id), here.programme.id, words)
            st.rerun()
        except WtnetError as error:
            show_error(error)
    return words
