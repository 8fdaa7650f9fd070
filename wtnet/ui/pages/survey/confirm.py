"""Findings in the survey: those named are asked whether they agree, and the lead sees what they answered and decides."""

from __future__ import annotations

import streamlit as st

from wtnet.errors import WtnetError
from wtnet.sentences import findings as sentences
from wtnet.survey import PartnerForm, confirming
from wtnet.survey.confirming import AnsweredFinding, Confirmation
from wtnet.tables.evidence import ANSWERS, STANDINGS
from wtnet.ui.frame import author, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.survey.draft import begins, box
from wtnet.ui.pages.survey.form_words import label, say
from wtnet.ui.pages.survey.round import SurveyRound

_SHOWN = 8


def ask(form: PartnerForm) -> dict[str, Confirmation]:
    """Ask on a partner's own form about the findings that name it, each with whether it agrees and a line for its own words."""
    if not form.findings:
        return {}
    answers = {}
    with st.container(border=True, key="form_findings"):
        st.subheader(say("findings"), anchor=False)
        st.caption(say("findings.how"))
        for finding in form.findings:
            before = form.confirmed.get(finding.id, Confirmation())
            agree, comment = f"q_agree_{finding.code}", f"q_agree_words_{finding.code}"
            st.markdown(f"“{plain(finding.statement)}”")
            answer = st.pills(
                f"Do you agree that {plain(finding.statement)}?",
                list(ANSWERS),
                default=begins(agree, before.answer, ANSWERS),
                format_func=lambda word: label(f"agree.{word}"),
                **box(agree),
                label_visibility="collapsed",
            )
            words = st.text_input(
                label("findings.words"),
                begins(comment, before.comment),
                **box(comment),
                max_chars=confirming.LONGEST,
            )
            answers[finding.id] = Confirmation(answer if isinstance(answer, str) else None, words.strip())
    return answers


def show_answers(here: PageContext, survey_round: SurveyRound) -> None:
    """What those named in findings answered, and the button that moves a standing as the answers speak for it."""
    decided = confirming.to_decide(here.tables)
    if not decided:
        return
    st.subheader("Findings: do those named agree?", anchor=False)
    moving = sum(each.suggested is not None for each in decided)
    st.markdown(f"{count(len(decided), 'finding')} with an answer. {_moving(moving)}")
    for each in decided[:_SHOWN]:
        with st.container(border=True, key=f"finding_{each.row['id']}"):
            _decide(here, survey_round, each)
    if len(decided) > _SHOWN:
        st.caption(f"{len(decided) - _SHOWN:,} more follow; those whose standing would move come first.")


def _moving(number: int) -> str:
    """How many findings would stand otherwise by the answers, in a sentence."""
    if not number:
        return "The answers change the standing of none."
    return f"By the answers the standing of {number:,} would change, if you accept."


def _decide(here: PageContext, survey_round: SurveyRound, answered: AnsweredFinding) -> None:
    """One finding: its sentence and standing, each answer, and the standing they speak for."""
    mark, word = sentences.standing(answered.row["standing"])
    st.markdown(f"“{plain(answered.row['statement'])}” ({mark} {word})")
    for partner, role, answer in answered.answers:
        agrees = ANSWERS[answer.answer].lower() if answer.answer else "gave no answer"
        words = f": “{plain(answer.comment)}”" if answer.comment else ""
        whose = f" ({plain(role)})" if role else ""
        st.markdown(f"- {plain(survey_round.roster.label(partner))}{whose} {agrees}{words}")
    if answered.suggested is None:
        st.caption("The answers do not change its standing.")
        return
    label = f"Accept: {STANDINGS[answered.suggested].lower()}"
    if st.button(label, key=f"stand_{answered.row['id']}", icon=":material/check:"):
        try:
            store = sign_in.writable_store(here.programme.id)
            confirming.accept_standing(store, here.programme.id, str(answered.row["id"]), answered.suggested, author.known())
            st.rerun()
        except WtnetError as error:
            show_error(error)
