"""The words of the form in the language its reader chose: the lead's where there are any, else English."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from wtnet.survey.form_texts import ENGLISH, PLACE, Language, choice_id
from wtnet.survey.questions import Choice, Question
from wtnet.tables.schema import KINDS
from wtnet.ui.frame.markdown import plain, readable

_OPEN, _CLOSE = "\ue000", "\ue001"


def choose_language(there: tuple[Language, ...]) -> None:
    """Ask for the language where there is more than English; the address keeps it, so that a reload does."""
    by_code = {"en": None, **{language.code: language for language in there}}
    if not there:
        st.session_state["form_language"] = None
        return
    asked = st.query_params.get("lang", "en")
    names = {code: language.name if language else "English" for code, language in by_code.items()}
    chosen = st.segmented_control(
        "Language",
        list(names),
        default=asked if asked in names else "en",
        format_func=lambda code: readable(names[code]),
        key="form_lang",
        required=True,
        label_visibility="collapsed",
    )
    st.session_state["form_language"] = by_code[chosen]
    st.query_params["lang"] = chosen


def language() -> Language | None:
    """The language the form is read in; null for English."""
    chosen: Language | None = st.session_state.get("form_language")
    return chosen


def translated(id: str, english: str, escaped: Callable[[object], str] = readable, **filled: object) -> str | None:
    """A text in the language chosen, as data: `escaped`, with what is filled in as it is; null where it stays English."""
    there = language()
    text = there.text(id, english) if there else None
    if text is None:
        return None
    marked = escaped(PLACE.sub(lambda match: f"{_OPEN}{match[1][1:-1]}{_CLOSE}", text))
    for name, value in filled.items():
        marked = marked.replace(f"{_OPEN}{name}{_CLOSE}", str(value))
    return marked


def say(id: str, **filled: object) -> str:
    """A text of the form's page; what is filled in is escaped already."""
    if (text := translated(id, ENGLISH[id], plain, **filled)) is not None:
        return text
    return PLACE.sub(lambda match: str(filled.get(match[1][1:-1], match[1])), ENGLISH[id])


def label(id: str, **filled: object) -> str:
    """The same as the label of a control."""
    return translated(id, ENGLISH[id], readable, **filled) or say(id, **filled)


def question_text(question: Question, partner: str, is_person: bool) -> str:
    """A question in full; `partner` is escaped already."""
    for_person = is_person and bool(question.person)
    id, english = (f"ask.{question.column}.person", question.person) if for_person else (f"ask.{question.column}", question.ask)
    text = translated(id, english, partner=partner)
    if text is not None:
        return text
    return question.words(partner, is_person) if not question.type else readable(question.ask)


def choice_text(question: Question, choice: Choice, name: str) -> str:
    """A choice; `name` is what it is called in English here."""
    text = translated(choice_id(question, str(choice.value)), choice.text)
    if text is None:
        return name
    return f"{choice.value} {text}" if question.column == "level" else text


def group_text(group: str) -> str:
    """What some questions are about: trust, value."""
    return translated(f"group.{group}", group) or group


def kind_text(kind: str) -> str:
    """A partner's kind and place, with the kind in the language chosen."""
    for id, english in KINDS.items():
        if kind == english or kind.startswith(f"{english}, "):
            return f"{translated(f'kind.{id}', english, plain) or plain(english)}{plain(kind.removeprefix(english))}"
    return plain(kind)
