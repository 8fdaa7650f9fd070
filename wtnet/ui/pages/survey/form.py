"""A partner's own page behind a personal link: its form, its earlier answers, nothing else of the app or the programme."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from wtnet import survey
from wtnet.errors import StoreError, WtnetError
from wtnet.survey import PartnerForm, PersonalLink, Suggestion, drafts, form_texts
from wtnet.survey.confirming import Confirmation
from wtnet.survey.drafts import Draft
from wtnet.survey.links import UNKNOWN
from wtnet.survey.questions import Answer, Question, consent_for
from wtnet.ui.frame import cached
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import plain, readable
from wtnet.ui.pages.survey import ask, confirm
from wtnet.ui.pages.survey.draft import DraftKeeper, begins, box
from wtnet.ui.pages.survey.form_words import (
    choice_text,
    choose_language,
    group_text,
    kind_text,
    label,
    language,
    question_text,
    say,
    translated,
)
from wtnet.ui.pages.survey.head import head, thanks
from wtnet.ui.pages.survey.large_text import large_text
from wtnet.ui.pages.survey.someone_missing import ask_missing

_FRAME = Path(__file__).parents[2] / "frame"
QUESTIONS_STYLE = Path(__file__).parent / "questions.css"
"""How questions and their choices look, on the form and in its preview."""
_PAGE = Path(__file__).parents[4] / "pages" / "form.py"
_PART = 6
"""Partners on the screen at a time: little to scroll on a phone, and little to lose."""
_TO_THE_TOP = """
export default function ({ data }) {
  document.documentElement.lang = data.lang;
  document.querySelector('[data-testid="stMain"]')?.setAttribute("dir", data.direction);
  if (data.round === (window.wtnetRound ?? 0)) return;
  window.wtnetRound = data.round;
  const main = document.querySelector('[data-testid="stMain"]'), head = main?.querySelector("h1");
  main?.scrollTo(0, 0);
  if (head) { head.tabIndex = -1; head.focus({ preventScroll: true }); }
}
"""
_to_the_top = st.components.v2.component("wtnet_form_top", js=_TO_THE_TOP)
_FIRST = ("level", "contact")
"""What is asked at once; the other standard questions open below."""


def is_form_window() -> bool:
    """Whether this window was opened for the form; it never becomes a window on the rest of the app."""
    slug = str(st.context.url or "").partition("?")[0].rstrip("/").rpartition("/")[2]
    if slug == "form" or "token" in st.query_params:
        st.session_state["form_only"] = True
    return bool(st.session_state.get("form_only"))


def run() -> None:
    """The app as this window has it: the form page and no other, without a menu."""
    st.set_page_config(
        page_title="Survey", page_icon=str(_FRAME / "logo.svg"), layout="centered", initial_sidebar_state="collapsed"
    )
    st.html(_FRAME / "style.css")
    st.html(Path(__file__).parent / "form.css")
    st.html(QUESTIONS_STYLE)
    st.logo(str(_FRAME / "logo.svg"), size="large")
    pages = [st.Page(_lost, title="Survey", default=True), st.Page(str(_PAGE), title="Survey", url_path="form")]
    st.navigation(pages, position="hidden").run()


def _lost() -> None:
    """Somewhere else in a window of the form."""
    show()


def show() -> None:
    """The page: the form of the link's partner, or one sentence why there is none."""
    if os.environ.get("WTNET_READ_ONLY", "") not in ("", "0"):
        st.info("This server only shows: no answers can be given here.", icon=":material/lock:")
        return
    token = st.query_params.get("token", "") or st.session_state.get("token", "")
    st.session_state["token"] = token
    try:
        form = survey.open_form(cached.store(), survey.open_link(cached.store(), token), st.session_state.get("form_at_revision"))
    except WtnetError as error:
        st.title("Survey", anchor=False)
        if isinstance(error, StoreError):
            show_error(error)
        else:
            st.info(plain(error) if token else plain(UNKNOWN), icon=":material/link_off:")
        return
    survey.mark(cached.unguarded_store(), form.link, "opened")
    st.session_state["form_at_revision"] = form.revision  # what is on the screen, whoever saves meanwhile
    choose_language(form_texts.languages(cached.store(), form.link.programme))
    # after each saving the window begins at the top again
    with st.container(key="library"):
        reads = language()
        direction = "rtl" if reads and reads.is_right_to_left else "ltr"
        about = {"lang": reads.code if reads else "en", "direction": direction}
        _to_the_top(data={"round": st.session_state.get("form_round", 0), **about}, key="form_top", height=1)
    large_text()
    head(form)
    if st.session_state.get("form_done"):
        thanks(form)
    else:
        _part(form)


def preview(form: PartnerForm) -> None:
    """The form as its partner sees it, in the lead's window: with nothing kept of what is pressed or written."""
    st.html(QUESTIONS_STYLE)
    head(form)
    _part(form, is_preview=True)


def _part(form: PartnerForm, is_preview: bool = False) -> None:
    """Some partners at a time, each with its questions; kept as it is typed, and saved with every step, but in a preview."""
    typing = DraftKeeper(Draft(), lambda name, key: None) if is_preview else _typing(form.link)
    key = "preview_at" if is_preview else "form_at"
    st.session_state["form_typing"] = typing
    chosen_before = st.session_state.setdefault("form_extra", list(typing.draft.extra))
    extra = [partner for partner in form.choose if partner[0] in chosen_before]
    written = {f"missed:{partner.id}": partner for partner in form.missed}
    whole = [*form.about, *extra, *((missed, partner.name, say("not_there")) for missed, partner in written.items())]
    parts = [whole[at : at + _PART] for at in range(0, len(whole), _PART)] or [[]]
    at = min(int(st.session_state.setdefault(key, typing.draft.at)), len(parts) - 1)
    last = at == len(parts) - 1
    if at == 0:
        st.markdown(say("how"))
        consent = consent_for(survey.consent(cached.store(), form.link.programme), form.questions.is_person)
        words = translated("consent.person" if form.questions.is_person else "consent", consent, plain) or plain(consent)
        st.info(words, icon=":material/verified_user:")
        st.caption(say("source"))
    if len(parts) > 1:
        st.progress((at + 1) / len(parts), text=say("part", number=at + 1, all=len(parts)))
    if st.session_state.pop("form_saved", False):
        st.success(say("saved"), icon=":material/check:")
    typing.tell()
    with st.container(key="form_part"):
        answers = {partner: _about(form, partner, name, kind, written.get(partner)) for partner, name, kind in parts[at]}
        notes = {partner: str(st.session_state[_key(partner, "note")]) for partner in answers if partner in written}
        itself = ask.about_itself(form) if last else None
        confirmed = confirm.ask(form) if last else {}
        chosen, names = ask_missing(form, {partner for partner, _, _ in whole}) if last else ([], [])
        with st.container(horizontal=True, key="form_buttons"):
            words = label("save" if last else "go")
            stops = is_preview and last
            go = st.button(words, type="primary", key="form_go", icon=":material/check:", disabled=stops)
            back = st.button(label("back"), key="form_back") if at else False
    if is_preview and (go or back):
        st.session_state[key] = at + (1 if go else -1)
        st.rerun(scope="fragment")
    elif go or back:
        missing = [form.suggestion(written[partner].name, note, answers.pop(partner)) for partner, note in notes.items()]
        following = len(whole) // _PART if last and go else at + (1 if go else -1)  # where those who are new to it begin
        _save(form, answers, missing, chosen, names, following, last and go, confirmed, itself)


def _typing(link: PersonalLink) -> DraftKeeper:
    """What was left on the form when this window, or the part it shows, began; what changes is kept for the link."""

    def keep(name: str, key: str) -> None:
        try:
            drafts.keep(cached.unguarded_store(), link, {name: st.session_state[key]})
        except WtnetError as error:
            st.session_state["form_not_kept"] = str(error)

    key = link.id, st.session_state.get("form_round", 0)
    return DraftKeeper(cached.memo("form_draft", key, lambda: drafts.load(cached.store(), link)), keep)


def _about(form: PartnerForm, partner: str, name: str, kind: str, missed: Suggestion | None) -> dict[str, Answer]:
    """The questions about one partner, or about somebody `missed`, with the own answers of this wave in them."""
    given_before = missed.answers if missed else form.answers.get(partner, {})
    answers: dict[str, Answer | None] = {}
    with st.container(border=True):
        st.subheader(plain(name), anchor=False)
        st.caption(kind_text(kind))
        if missed:
            note = _key(partner, "note")
            st.text_input(label("who"), begins(note, missed.note), **box(note), max_chars=200)
        if partner in form.before:
            wave, earlier = form.before[partner]
            answers_then = [survey.answer_text(column, earlier[column]) for column in ("level", "contact") if column in earlier]
            if answers_then:
                st.caption(say("before", wave=plain(wave), answers=plain("; ".join(answers_then))))
        asked = {question.column: question for question in form.questions.partner if not question.type}
        for column in _FIRST:
            if column in asked:
                answers[column] = _choice(form, partner, name, asked[column], given_before.get(column))
        if more := [question for column, question in asked.items() if column not in _FIRST]:
            left = [question.column for question in more if begins(_key(partner, question.column), None) is not None]
            given = bool(left) or any(given_before.get(question.column) is not None for question in more)
            with st.expander(_more_words(more), expanded=given, key=f"more_{partner}"):
                for question in more:
                    answers[question.column] = _more(form, partner, name, question, given_before.get(question.column))
        answers |= ask.about_partner(form, partner, given_before)
    return {column: value for column, value in answers.items() if value is not None}


def _more_words(questions: list[Question]) -> str:
    """What opens: "Trust, value and a comment", or what is asked of it."""
    groups = [group_text(word).lower() for word in dict.fromkeys(question.group for question in questions) if word]
    words = [*groups, *([label("comment.more")] if any(not question.choices for question in questions) else [])]
    listed = ", ".join(words) if language() else " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
    return listed[:1].upper() + listed[1:]


def _more(form: PartnerForm, partner: str, name: str, question: Question, value: Answer | None) -> Answer | None:
    """One of the questions that open: a scale, or a comment."""
    if question.choices:
        return _choice(form, partner, name, question, value, f"{group_text(question.group)}: ")
    key = _key(partner, question.column)
    text = st.text_area(
        question_text(question, "", form.questions.is_person),
        value=begins(key, str(value or "")),
        **box(key),
        max_chars=2_000,
        height=80,
    )
    return text.strip() or None


def _choice(
    form: PartnerForm, partner: str, name: str, question: Question, value: Answer | None, before: str = ""
) -> Answer | None:
    """One question; a second press takes the answer back."""
    words = question_text(question, readable(name), form.questions.is_person)
    labels = {
        choice.value: choice_text(question, choice, choice.label if question.column == "level" else choice.name)
        for choice in question.choices
    }
    key = _key(partner, question.column)
    first = begins(key, value, labels)
    chosen = st.pills(f"{before}{words}", list(labels), default=first, format_func=labels.__getitem__, **box(key))
    return chosen if chosen is None or isinstance(chosen, int | str) else None


def _key(partner: str, column: str) -> str:
    return f"q_{column}_{partner}"


def _save(
    form: PartnerForm,
    answers: dict[str, dict[str, Answer]],
    missing: list[Suggestion],
    chosen: list[str],
    names: list[str],
    at: int,
    done: bool,
    confirmed: Mapping[str, Confirmation],
    itself: Mapping[str, Answer] | None,
) -> None:
    """Save what was answered; partners chosen or written down are asked about next."""
    done = done and not chosen and not names
    extra = [*st.session_state["form_extra"], *chosen]
    store = cached.unguarded_store()
    try:
        survey.save(store, form, answers, [*missing, *map(form.suggestion, names)], confirmed, itself)
        if done:
            survey.mark(store, form.link, "finished")
        else:
            drafts.begin_part(store, form.link, at, extra)
    except WtnetError as error:
        show_error(error)
        return
    st.session_state["form_at_revision"] = None
    st.session_state["form_round"] = st.session_state.get("form_round", 0) + 1
    st.session_state["form_extra"] = extra
    st.session_state["form_at"] = at
    st.session_state["form_saved"] = True
    st.session_state["form_done"] = done
    st.rerun()
