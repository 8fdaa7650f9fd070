"""Bringing forms back: what they say, what would change, accept; and whom partners missed, for the lead to decide on."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from wtnet import survey
from wtnet.errors import WtnetError
from wtnet.survey import FormCollection, Suggestion
from wtnet.survey.overwritten import overwritten, sentence
from wtnet.survey.questions import answer_text
from wtnet.survey.suggestions import amendments
from wtnet.tables import Problem
from wtnet.tables.schema import KINDS
from wtnet.ui.frame import author, cached, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, listed, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.survey.put_right import put_right
from wtnet.ui.pages.survey.round import SurveyRound
from wtnet.ui.parts import conflict
from wtnet.ui.parts.figures import rows_table
from wtnet.ui.parts.uploads import choose_files, read_apart, was_stopped

PAGE = "survey"
_SAID = 8
_TOLD = 12


def bring_back(here: PageContext, survey_round: SurveyRound) -> None:
    """Choose the forms that came back, read what they say, accept."""
    st.subheader("Bring answers back", anchor=False)
    if conflict.is_pending(here, PAGE):
        if conflict.decide(here):
            if stored := conflict.stored(here):
                _remember(overwritten(*(cached.full_tables(here.programme.id, revision) for revision in stored)))
            _next()
        return
    if was_stopped():
        st.session_state["forms_round"] += 1
    forms_round = st.session_state.setdefault("forms_round", 0)
    words = "Forms that came back: as many as you like, or a zip of them"
    kinds = ["xlsx", "xlsm", "ods", "zip"]
    files = choose_files(here, words, f"returned_{forms_round}", 50, kinds, accept_multiple_files=True)
    conflict.report_saved(here)
    report_replaced()
    if not files:
        st.session_state.pop("form_collection", None)
        return
    key = here.key, survey_round.wave.id, tuple(file.file_id for file in files)

    box = st.empty()

    def read() -> FormCollection:
        contents = [(file.name, file.getvalue()) for file in files]
        about = here.programme, here.tables, contents, survey_round.waves, survey_round.wave.id
        return read_apart(box, contents, survey.collect, *about)

    collection = cached.memo("form_collection", key, read)
    _report(collection)
    collection = put_right(collection, survey_round.roster)
    _accept(here, survey_round, collection)


def _report(collection: FormCollection) -> None:
    """How many forms can be used, what is wrong with others by file and row, and what else to know."""
    if collection.forms:
        st.success(f"{count(len(collection.forms), 'form')} recognised and read.", icon=":material/check:")
    if collection.problems:
        st.error(set_aside(collection.problems), icon=":material/report:")
        _list(collection.problems)
        if len(collection.problems) > _SAID:
            rows_table(_table(collection.problems), "survey_problems")
    empty = [problem for problem in collection.notices if problem.rule == "empty"]
    if len(empty) > 2:
        st.info(f"{len(empty)} forms came back without an answer; nothing is taken from them.", icon=":material/info:")
    rest = [problem for problem in collection.notices if problem.rule != "empty" or len(empty) <= 2]
    if rest:
        with st.expander(f"{count(len(rest), 'thing')} to know", key="notices", expanded=len(rest) < 4, icon=":material/info:"):
            _list(tuple(rest))
            if len(rest) > _SAID:
                rows_table(_table(tuple(rest)), "survey_notices")


def set_aside(problems: Sequence[Problem]) -> str:
    """How many files nothing is taken from; without a number where a form came back twice, which is one problem of several."""
    aside = len({problem.file for problem in problems})
    several = any(problem.rule == "returned_twice" for problem in problems)
    number = "Files are" if several else count(aside, "file is", "files are")
    them = "it" if aside == 1 and not several else "them"
    return f"**{number} set aside.** Nothing is taken from {them}; put right what is said here, and choose the file again."


def _list(problems: tuple[Problem, ...]) -> None:
    st.markdown("\n".join(f"- {plain(problem.sentence)}" for problem in problems[:_SAID]))


def _table(problems: tuple[Problem, ...]) -> pl.DataFrame:
    columns = {"sentence": pl.String, "file": pl.String, "row": pl.Int64}
    return pl.DataFrame([{name: problem.as_dict()[name] for name in columns} for problem in problems], schema=columns)


def _accept(here: PageContext, survey_round: SurveyRound, collection: FormCollection) -> None:
    """What accepting would change, and the button that does it."""
    if not collection.proposal.any and not collection.missing:
        if collection.forms:
            rest = "what is not set aside" if collection.aside else "these answers"
            verb = "is" if collection.aside else "are"
            st.info(f"Nothing would change: {rest} {verb} stored already.", icon=":material/check:")
        return
    st.markdown("**What would change**")
    changes = [*collection.proposal.in_words(_TOLD)]
    changes += [
        f"{survey_round.roster.whose(suggestion.whose)} named “{suggestion.name}”, not on the form: kept for you to decide on"
        for suggestion in collection.missing
    ]
    st.markdown("\n".join(f"- {plain(change)}" for change in changes[: _TOLD * 2]))
    if len(changes) > _TOLD * 2:
        st.caption(f"… and {len(changes) - _TOLD * 2:,} more.")
    _warn(collection.overwritten, "forms")
    with st.form("accept_forms", border=False):
        left, right = st.columns(2)
        with left:
            by = author.ask_author("survey")
        with right:
            usual = f"{count(len(collection.forms), 'survey form')} of {survey_round.wave.name} brought back"
            why = st.text_input("Why", value=usual[:200], key=f"survey_why_{usual}"[:200], max_chars=500)
        pressed = st.form_submit_button("Accept and store", type="primary", key="accept_survey")
    if pressed and author.remember_author(by):
        also = amendments(here.programme.id, collection.missing)
        if not collection.proposal.any:
            survey.accept(sign_in.writable_store(here.programme.id), here.programme.id, collection, here.revision, by, why)
            _next()
        if conflict.save(here, collection.proposal.tables, here.revision, by, why, "survey", PAGE, also):
            _remember(collection.overwritten)
            _next()
        elif conflict.is_pending(here, PAGE):
            st.rerun()


def _warn(changes: pl.DataFrame, of: str, done: bool = False) -> None:
    """Say which answers given before would be (or were) replaced, each with what it was."""
    if words := sentence(changes, done):
        st.warning(f"**{words}** What they were and {'are' if done else 'would be'}:", icon=":material/history:")
        shown = changes.rename({"would be": "is now"}) if done else changes
        rows_table(shown, f"overwritten_{of}")


def _remember(changes: pl.DataFrame) -> None:
    """Keep what was replaced, to be said once it is stored."""
    st.session_state["answers_replaced"] = changes


def report_replaced() -> None:
    """Show after accepting the answers that were replaced, until something else is accepted or it is put away."""
    changes: pl.DataFrame | None = st.session_state.get("answers_replaced")
    if changes is None or changes.is_empty():
        return
    _warn(changes, "stored", done=True)
    st.caption("History keeps what they were, and can bring it back.")
    if st.button("Put this away", key="replaced_seen", type="tertiary"):
        _remember(changes.clear())
        st.rerun()


def _next() -> None:
    st.session_state["forms_round"] = st.session_state.get("forms_round", 0) + 1
    st.rerun()


def show_missed(here: PageContext, survey_round: SurveyRound) -> None:
    """Names partners wrote down as missing: who is meant is the lead's word."""
    suggestions = survey.undecided(cached.store(), here.programme.id)
    if not suggestions:
        return
    st.subheader("Partners that forms say are missing", anchor=False)
    st.markdown(f"{count(len(suggestions), 'name')} that no partner here has. Nothing is added until you say who is meant.")
    for suggestion in suggestions[:_SAID]:
        with st.container(border=True, key=f"missed_{suggestion.id}"):
            _decide(here, survey_round, suggestion)
    if len(suggestions) > _SAID:
        st.caption(f"{len(suggestions) - _SAID} more follow when these are decided.")


def _decide(here: PageContext, survey_round: SurveyRound, suggestion: Suggestion) -> None:
    """One name: a partner there already, a new one, or nobody."""
    answers = [answer_text(column, value) for column, value in suggestion.answers.items()]
    st.markdown(f"**{plain(suggestion.name)}**, named by {plain(survey_round.roster.whose(suggestion.whose))}")
    about = "; ".join(part for part in (suggestion.note, listed([word for word in answers if word], most=9)) if part)
    if about:
        st.caption(plain(about))
    roster = survey_round.roster
    options = [
        "",
        *(f"id:{id}" for id in roster.in_order(roster.partners) if id != suggestion.rater),
        *(f"new:{kind}" for kind in KINDS),
    ]
    like = survey.most_alike(suggestion.name, roster)
    start = options.index(f"id:{like}") if like and f"id:{like}" in options else 0

    def worded(option: str) -> str:
        what, _, name = option.partition(":")
        if not what:
            return "Choose"
        return roster.label(name) if what == "id" else f"A new partner: {KINDS[name].lower()}"

    meant = st.selectbox("Who is meant?", options, index=start, format_func=worded, key=f"meant_{suggestion.id}")
    if like and meant == f"id:{like}":
        st.caption("Suggested because the names are alike.")
    changes = survey.replaced_by(here.tables, suggestion, meant.removeprefix("id:")) if meant.startswith("id:") else None
    if changes is not None:
        _warn(changes, suggestion.id)
    with st.container(horizontal=True):
        accepted = st.button("Accept", key=f"take_{suggestion.id}", disabled=not meant)
        left_out = st.button("Leave out", key=f"drop_{suggestion.id}", type="tertiary")
    try:
        if accepted:
            store, name = sign_in.writable_store(here.programme.id), meant.partition(":")[2]
            by = author.known()
            if changes is not None:
                survey.accept_as_partner(store, here.programme.id, suggestion, name, by)
                _remember(changes)
            else:
                survey.accept_as_new(store, here.programme.id, suggestion, name, by)
            st.rerun()
        if left_out:
            survey.settle(sign_in.writable_store(here.programme.id), here.programme.id, suggestion)
            st.rerun()
    except WtnetError as error:
        show_error(error)
