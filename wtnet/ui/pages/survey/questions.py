"""The questions of the survey: which standard ones are asked, the lead's own, and the form as a partner will see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

import streamlit as st

from wtnet.errors import WtnetError
from wtnet.survey import edit_questions, partner_form
from wtnet.survey.edit_questions import answers_given, store_questions
from wtnet.survey.links import PersonalLink
from wtnet.survey.questionnaire import own_rows, switched_off
from wtnet.survey.questions import BY_COLUMN, COLUMNS, SOURCE, heading
from wtnet.tables import Tables
from wtnet.tables.asking import QUESTION_TYPES
from wtnet.tables.text import count, cut
from wtnet.ui.frame import author, page, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.survey import form
from wtnet.ui.pages.survey.round import SurveyRound

_NONE = ""
_ABOUT = {"organisation": "Themselves", "partner": "Each partner"}
"""Whom those who answer are asked about."""


def show(here: PageContext, survey_round: SurveyRound) -> None:
    """Which standard questions are asked, the lead's own with what can be done to each, and the preview."""
    rows, off = own_rows(here.tables), switched_off(here.tables)
    own = sum(row["asked"] is not False for row in rows)
    label = f"Questions ({len(COLUMNS) - len(off)} standard, {own} of your own)"
    with st.expander(label, key="questions_box", icon=":material/quiz:"):
        _standard(here, off)
        st.markdown("**Of your own**, asked after these")
        for at, row in enumerate(rows):
            _listed(here, row, at, len(rows))
        if not rows:
            st.caption("None yet. Answers about partners are for you alone; answers about themselves can make an indicator.")
        with st.popover("Add a question", icon=":material/add:", width="content", key=f"add_question_{here.revision}"):
            _written(here, {}, None)
        _preview(here, survey_round)


def _standard(here: PageContext, off: tuple[str, ...]) -> None:
    """The standard questions to press on or off."""
    asked = st.pills(
        "Standard questions about each partner",
        COLUMNS,
        selection_mode="multi",
        default=[column for column in COLUMNS if column not in off],
        format_func=lambda column: heading(BY_COLUMN[column]),
        key=f"standard_{here.revision}",
    )
    st.caption(f"{SOURCE} Of a question that is switched off the answers already given stay.")
    changed = set(asked) != set(COLUMNS) - set(off)
    if changed and st.button("Keep this choice", key="keep_standard"):
        _change(here, partial(edit_questions.with_standard, asked=asked), "Which standard questions of the survey are asked")


def _listed(here: PageContext, row: Mapping[str, Any], at: int, number: int) -> None:
    """One question of the lead's own: its words, what it is, and what can be done to it."""
    id, is_off = str(row["id"]), row["asked"] is False
    words = str(row["wording"] or id)
    with st.container(horizontal=True, vertical_alignment="center", key=f"question_{at}"):
        with st.container(gap=None):
            st.markdown(f"{at + 1}. {plain(words)}{' (switched off)' if is_off else ''}")
            st.caption(plain(_about(here.tables, row)))
        with st.popover("Change", help=f"Change “{plain(cut(words, 60))}”", width="content", key=f"change_{id}_{here.revision}"):
            _written(here, row, id)
            with st.container(horizontal=True, gap="small"):
                if at and st.button("Ask it earlier", key=f"up_{id}", type="tertiary"):
                    _change(here, partial(edit_questions.moved, id=id, by=-1), "Order of the survey's questions")
                if at < number - 1 and st.button("Ask it later", key=f"down_{id}", type="tertiary"):
                    _change(here, partial(edit_questions.moved, id=id, by=1), "Order of the survey's questions")
                if st.button("Ask it again" if is_off else "Switch it off", key=f"switch_{id}", type="tertiary"):
                    reason = f"“{cut(words, 80)}” is {'asked again' if is_off else 'not asked any more'}"
                    _change(here, partial(edit_questions.switched, id=id, asked=is_off), reason)
                if not answers_given(here.tables, id) and st.button("Take it out", key=f"drop_{id}", type="tertiary"):
                    _change(here, partial(edit_questions.without_question, id=id), f"“{cut(words, 80)}” was taken out")


def _about(tables: Tables, row: Mapping[str, Any]) -> str:
    """What a question is, in a line: about whom, how it is answered, what it feeds, how many have answered."""
    parts = [
        f"About {_ABOUT[row['about'] or 'organisation'].lower()}",
        QUESTION_TYPES[row["type"] or "text"].lower(),
        row["choices"],
    ]
    if row["indicator"]:
        parts.append(f"feeds “{tables.names('indicators').get(row['indicator'], row['indicator'])}”")
    if given := answers_given(tables, row["id"]):
        parts.append(count(given, "answer"))
    parts.append(row["source"])
    return " · ".join(part for part in parts if part)


def _written(here: PageContext, row: Mapping[str, Any], id: str | None) -> None:
    """The fields of a question, new or there already, and the button that keeps it."""
    key = f"{id or 'new'}_{here.revision}"
    indicators = edit_questions.feedable(here.tables, id)
    kinds = list(QUESTION_TYPES)
    with st.form(f"write_{key}", border=False, enter_to_submit=False):
        wording = st.text_area(
            "The question, as organisations read it", row.get("wording") or "", key=f"wording_{key}", height=80
        )
        person = st.text_input(
            "As a freelancer reads it, if other words",
            row.get("person_wording") or "",
            key=f"person_{key}",
            placeholder="Do you …",
        )
        about = st.segmented_control(
            "Asked about", list(_ABOUT), default=row.get("about") or "organisation", format_func=_ABOUT.__getitem__,
            key=f"about_{key}", required=True,
        )  # fmt: skip
        kind = st.selectbox(
            "Answered by",
            kinds,
            kinds.index(row.get("type") or "yes_no"),
            format_func=QUESTION_TYPES.__getitem__,
            key=f"type_{key}",
        )
        listed = st.text_input(
            "Choices, or the words at the two ends of the scale", row.get("choices") or "", key=f"choices_{key}",
            placeholder="never; always", help="With a semicolon between them.",
        )  # fmt: skip
        fed = st.selectbox(
            "Makes the result of", [_NONE, *indicators], [_NONE, *indicators].index(row.get("indicator") or _NONE),
            format_func=lambda id: indicators.get(id, "No indicator"), key=f"feeds_{key}",
            help="Yes or no makes a share, a scale or a number a mean; of a share on a scale 4 and 5 count.",
        )  # fmt: skip
        source = st.text_input("Source, if its words are published", row.get("source") or "", key=f"source_{key}")
        pressed = st.form_submit_button("Keep", type="primary", key=f"keep_{key}")
    if pressed:
        new = {"wording": wording, "person_wording": person, "about": about, "type": kind, "choices": listed, "source": source}
        verb = "changed" if id else "added"
        reason = f"A question of the survey was {verb}: {cut(' '.join(wording.split()), 80)}"
        _change(here, lambda tables: edit_questions.with_question(tables, {**new, "indicator": fed or None}, id), reason)


def _change(here: PageContext, change: Callable[[Tables], Tables], reason: str) -> None:
    """Store a change of the questions, or say why it cannot be."""
    try:
        store = sign_in.writable_store(here.programme.id)
        store_questions(store, here.programme.id, change, author.known(), reason, here.revision)
    except WtnetError as error:
        show_error(error)
        return
    st.rerun()


def _preview(here: PageContext, survey_round: SurveyRound) -> None:
    """Choose a partner, and see its form before anything is sent."""
    roster = survey_round.roster
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="preview_row"):
        options = roster.in_order(roster.partners)
        partner = st.selectbox("See the form of", options, format_func=roster.label, key="preview_of", width=280)
        if st.button("Look at it", key="preview_form", icon=":material/visibility:"):
            st.session_state["preview_at"] = 0
            _shown(here, survey_round, str(partner))


def _shown(here: PageContext, survey_round: SurveyRound, partner: str) -> None:
    @st.dialog("As the partner sees it: nothing is kept here", width="medium")
    def window() -> None:
        page.recheck_rights(here)
        link = PersonalLink("", here.programme.id, survey_round.wave.id, partner, date.today() + timedelta(weeks=4))
        form.preview(partner_form.form_of(here.programme, here.tables, survey_round.wave, link, here.revision))

    window()
