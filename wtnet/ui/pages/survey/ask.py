"""Questions of the lead's own on a partner's form: about each partner, and about the respondent."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from wtnet.survey import PartnerForm
from wtnet.survey.questions import Answer, Question, parse_answer
from wtnet.tables import own
from wtnet.ui.frame.markdown import plain, readable
from wtnet.ui.pages.survey.draft import begins, box
from wtnet.ui.pages.survey.form_words import choice_text, question_text, say

_LONGEST = 2_000


def about_partner(form: PartnerForm, partner: str, before: Mapping[str, Answer]) -> dict[str, Answer | None]:
    """Ask the lead's own questions about a partner, with what was answered before in them."""
    return {question.column: ask(question, before.get(question.column), partner) for question in form.questions.more}


def about_itself(form: PartnerForm) -> dict[str, Answer]:
    """Ask the questions about the respondent."""
    if not form.questions.itself:
        return {}
    with st.container(border=True, key="form_itself"):
        st.subheader(
            say("itself.person") if form.questions.is_person else say("itself.organisation", name=plain(form.name)), anchor=False
        )
        answers = {question.column: ask(question, form.itself.get(question.column)) for question in form.questions.itself}
    return {id: value for id, value in answers.items() if value is not None}


def ask(question: Question, before: Answer | None, partner: str = "") -> Answer | None:
    """Ask one question, by choices to press, a box for a number, or a box for words; null where nothing is answered."""
    label, key = question_text(question, "", is_person=False), f"q_{question.type}_{question.column}_{partner}"
    names = {str(choice.value): choice_text(question, choice, readable(choice.name)) for choice in question.choices}
    if question.type == "several" and names:
        kept = [part for part in begins(key, own.parts(str(before or ""), "several")) or [] if part in names]
        chosen = st.pills(label, list(names), selection_mode="multi", default=kept, format_func=names.__getitem__, **box(key))
        return "; ".join(name for name in names if name in chosen) or None
    if names:
        first = begins(key, str(before) if str(before) in names else None, names)
        return st.pills(label, list(names), default=first, format_func=names.__getitem__, **box(key))
    if question.type == "number":
        number = st.number_input(
            label, value=begins(key, own.number(str(before or ""))), **box(key), width=220, step=None, format="%g"
        )
        return None if number is None else parse_answer(question, f"{number:.12g}")
    text = st.text_area(label, value=begins(key, str(before or "")), **box(key), max_chars=_LONGEST, height=80)
    return text.strip() or None
