"""Bringing forms back: what they say, what would change, accept; and whom partners missed, for the lead to decide on."""

from __future__ import annotations

import polars as pl
import streamlit as st

from wtnet import survey
from wtnet.errors import WtnetError
from wtnet.survey import FormCollection, Suggestion
from wtnet.survey.questions import answer_text
from wtnet.survey.suggestions import amendments
from wtnet.tables import Problem
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import author as who
from wtnet.ui.frame import cached, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, listed, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.survey.round import Round
from wtnet.ui.parts import conflict
from wtnet.ui.parts.figures import rows_table

PAGE = "survey"
_SAID = 8
_TOLD = 12


def back(here: PageContext, seen: Round) -> None:
    """Choose the forms that came back, read what they say, accept."""
    st.subheader("Bring answers back", anchor=False)
    if conflict.is_pending(here, PAGE):
        if conflict.decide(here):
            _next()
        return
    round_ = st.session_state.setdefault("forms_round", 0)
    files = st.file_uploader(
        "Forms that came back: as many as you like, or a zip of them",
        type=["xlsx", "xlsm", "ods", "zip"],
        accept_multiple_files=True,
        key=f"returned_{round_}",
    )
    conflict.report_saved(here)
    if not files:
        st.session_state.pop("collected", None)
        return
    read = (here.key, seen.wave.id, tuple(one.file_id for one in files))
    if st.session_state.get("collected", (None,))[0] != read:
        with st.spinner("Reading the forms …"):
            some = [(one.name, one.getvalue()) for one in files]
            collected = survey.collect(here.programme, here.tables, some, seen.waves, only=seen.wave.id)
        st.session_state["collected"] = read, collected
    found: FormCollection = st.session_state["collected"][1]
    _said(found)
    _accept(here, seen, found)


def _said(found: FormCollection) -> None:
    """How many forms can be used, what is wrong with others by file and row, and what else to know."""
    if found.forms:
        st.success(f"{count(len(found.forms), 'form')} recognised and read.", icon=":material/check:")
    if found.problems:
        aside = len({one.file for one in found.problems})
        st.error(
            f"**{count(aside, 'file is', 'files are')} set aside.** Nothing is taken from {'it' if aside == 1 else 'them'}; "
            "put right what is said here, and choose the file again.",
            icon=":material/report:",
        )
        _list(found.problems)
        if len(found.problems) > _SAID:
            rows_table(_table(found.problems), "survey_problems")
    empty = [one for one in found.notices if one.rule == "empty"]
    if len(empty) > 2:
        st.info(f"{len(empty)} forms came back without an answer; nothing is taken from them.", icon=":material/info:")
    rest = [one for one in found.notices if one.rule != "empty" or len(empty) <= 2]
    if rest:
        with st.expander(f"{count(len(rest), 'thing')} to know", key="notices", expanded=len(rest) < 4, icon=":material/info:"):
            _list(tuple(rest))
            if len(rest) > _SAID:
                rows_table(_table(tuple(rest)), "survey_notices")


def _list(problems: tuple[Problem, ...]) -> None:
    st.markdown("\n".join(f"- {plain(one.sentence)}" for one in problems[:_SAID]))


def _table(problems: tuple[Problem, ...]) -> pl.DataFrame:
    columns = {"sentence": pl.String, "file": pl.String, "row": pl.Int64}
    return pl.DataFrame([{name: one.as_dict()[name] for name in columns} for one in problems], schema=columns)


def _accept(here: PageContext, seen: Round, found: FormCollection) -> None:
    """What accepting would change, and the button that does it."""
    if not found.proposal.any and not found.missing:
        if found.forms:
            st.info("Nothing would change: these answers are stored already.", icon=":material/check:")
        return
    st.markdown("**What would change**")
    changes = [*found.proposal.in_words(_TOLD)]
    changes += [f"“{one.name}” was missed by {seen.roster.label(one.rater)}: kept for you to decide on" for one in found.missing]
    st.markdown("\n".join(f"- {plain(one)}" for one in changes[: _TOLD * 2]))
    if len(changes) > _TOLD * 2:
        st.caption(f"… and {len(changes) - _TOLD * 2:,} more.")
    with st.form("accept_forms", border=False):
        left, right = st.columns(2)
        with left:
            author = who.ask_author("survey")
        with right:
            usual = f"{count(len(found.forms), 'survey form')} of {seen.wave.name} brought back"
            why = st.text_input("Why", value=usual[:200], key="survey_why", max_chars=500)
        pressed = st.form_submit_button("Accept and store", type="primary", key="accept_survey")
    if pressed and who.remember_author(author):
        also = amendments(here.programme.id, found.missing)
        if not found.proposal.any:
            survey.accept(sign_in.writable_store(here.programme.id), here.programme.id, found, here.revision, author, why)
            _next()
        elif conflict.save(here, found.proposal.tables, here.revision, author, why, "survey", PAGE, also):
            _next()
        elif conflict.is_pending(here, PAGE):
            st.rerun()


def _next() -> None:
    st.session_state["forms_round"] = st.session_state.get("forms_round", 0) + 1
    st.rerun()


def missed(here: PageContext, seen: Round) -> None:
    """Names partners wrote down as missing: who is meant is the lead's word."""
    there = survey.undecided(cached.store(), here.programme.id)
    if not there:
        return
    st.subheader("Missed on the forms", anchor=False)
    st.markdown(f"{count(len(there), 'name')} that no partner here has. Nothing is added until you say who is meant.")
    for one in there[:_SAID]:
        with st.container(border=True, key=f"missed_{one.id}"):
            _decide(here, seen, one)
    if len(there) > _SAID:
        st.caption(f"{len(there) - _SAID} more follow when these are decided.")


def _decide(here: PageContext, seen: Round, one: Suggestion) -> None:
    """One name: a partner there already, a new one, or nobody."""
    said = [answer_text(column, value) for column, value in one.answers.items()]
    st.markdown(f"**{plain(one.name)}**, named by {plain(seen.roster.label(one.rater))}")
    about = "; ".join(part for part in (one.note, listed([word for word in said if word], most=9)) if part)
    if about:
        st.caption(plain(about))
    options = [
        "",
        *(f"id:{id}" for id in seen.roster.in_order(seen.roster.partners) if id != one.rater),
        *(f"new:{k}" for k in KINDS),
    ]
    like = survey.most_alike(one.name, seen.roster)
    start = options.index(f"id:{like}") if like and f"id:{like}" in options else 0

    def worded(option: str) -> str:
        what, _, name = option.partition(":")
        return "Choose" if not what else seen.roster.label(name) if what == "id" else f"A new partner: {KINDS[name].lower()}"

    meant = st.selectbox("Who is meant?", options, index=start, format_func=worded, key=f"meant_{one.id}")
    if like and meant == f"id:{like}":
        st.caption("Suggested because the names are alike.")
    with st.container(horizontal=True):
        yes = st.button("Accept", key=f"take_{one.id}", disabled=not meant)
        no = st.button("Leave out", key=f"drop_{one.id}", type="tertiary")
    try:
        if yes:
            store, (what, _, name) = sign_in.writable_store(here.programme.id), meant.partition(":")
            author = here.person.name or st.session_state.get("author") or "Programme lead"
            if what == "id":
                survey.accept_as_partner(store, here.programme.id, one, name, author)
            else:
                survey.accept_as_new(store, here.programme.id, one, name, author)
            st.rerun()
        if no:
            survey.settle(sign_in.writable_store(here.programme.id), here.programme.id, one)
            st.rerun()
    except WtnetError as error:
        show_error(error)
