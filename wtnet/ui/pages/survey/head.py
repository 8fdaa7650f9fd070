"""The head of a partner's form, and what it says at the end."""

from __future__ import annotations

import streamlit as st

from wtnet.survey import PartnerForm
from wtnet.ui.frame.markdown import plain
from wtnet.ui.pages.survey.form_words import label, language, say


def head(form: PartnerForm) -> None:
    """Whose form it is, how far it is answered, until when."""
    last = form.link.until
    st.title(say("title.person") if form.questions.is_person else say("title.organisation", name=plain(form.name)), anchor=False)
    role = f"{say('role', role=f'**{plain(form.link.role)}**')}  \n" if form.link.role else ""
    day = f"{last:%Y-%m-%d}" if language() else f"{last.day} {last:%B %Y}"
    name = f"{plain(form.name)} · " if form.questions.is_person else ""
    st.markdown(f"{name}{plain(form.wave.name)} · {plain(form.programme)}  \n{role}{_progress(form)} {say('until', day=day)}")


def _progress(form: PartnerForm) -> str:
    about = [partner for partner, _, _ in form.about]
    number = sum(bool(form.answers.get(partner)) for partner in about)
    if not about:
        return say("nobody")
    return say("progress", number=number, all=len(about))


def thanks(form: PartnerForm) -> None:
    """Thank the respondent after the last part."""
    st.session_state.pop("form_saved", None)
    st.success(f"**{say('thanks')}** {say('close')}", icon=":material/check_circle:")
    left = [name for partner, name, _ in form.about if not form.answers.get(partner)]
    if left:
        more = f" + {len(left) - 8}" if len(left) > 8 else ""
        st.markdown(say("left", names=f"{plain(', '.join(left[:8]))}{more}"))
    if st.button(label("again"), key="form_again"):
        st.session_state["form_done"] = False
        st.session_state["form_at"] = 0
        st.rerun()
