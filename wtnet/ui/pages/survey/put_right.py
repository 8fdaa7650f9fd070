"""Cells of returned forms that hold no answer: each named with what stands there, to be put right or left out."""

from __future__ import annotations

import hashlib

import streamlit as st

from wtnet.survey import FormCollection, Roster
from wtnet.survey.questions import LONGEST_COMMENT, Answer
from wtnet.survey.recognise import FormAnswers
from wtnet.survey.spoilt import SpoiltCell
from wtnet.tables.respondents import in_words
from wtnet.tables.text import count
from wtnet.ui.frame import cached
from wtnet.ui.frame.markdown import plain, points, readable

_LEFT_OUT = "Leave it out"
_CARDS = 12
"""So many forms at once; the cells of others are listed, and left out."""


def put_right(collection: FormCollection, roster: Roster) -> FormCollection:
    """A card for each form of which cells or lines are set aside; the forms with the answers chosen there."""
    spoilt = [form for form in collection.forms if form.spoilt or form.aside]
    right: dict[str, Answer] = {}
    for form in spoilt[:_CARDS]:
        with st.container(border=True, key=f"aside_{_short(form.file)}"):
            who = in_words(roster.label(form.rater), form.role)
            head = st.empty()
            if form.aside:
                st.markdown(points(line.sentence for line in form.aside))
            answers = {cell.id: answer for cell in form.spoilt if (answer := _answer(cell)) is not None}
            head.markdown(f"**{plain(who)}** ({plain(form.file)}): {_sentence(form, len(answers))}")
            right |= answers
    rest = [sentence for form in spoilt[_CARDS:] for sentence in form.sentences]
    if rest:
        with st.expander(f"{count(len(rest), 'more cell or line', 'more cells and lines')} set aside, and left out"):
            st.markdown(points(rest))
    if not right:
        return collection
    return cached.memo("form_put_right", (id(collection), tuple(right.items())), lambda: collection.put_right(right))


def _sentence(form: FormAnswers, put_right: int) -> str:
    """ "1 cell is put right; 2 cells are set aside; what else it answers is taken." """
    left = len(form.spoilt) - put_right
    aside = [
        count(number, *words) for number, words in ((left, ("cell", "cells")), (len(form.aside), ("line", "lines"))) if number
    ]
    parts = [f"{count(put_right, 'cell is', 'cells are')} put right"] if put_right else []
    if aside:
        parts.append(f"{' and '.join(aside)} {'is' if left + len(form.aside) == 1 else 'are'} set aside")
    return f"{'; '.join(parts)}; {'what else' if aside else 'all'} it answers is taken."


def _answer(cell: SpoiltCell) -> Answer | None:
    """What the cell should hold, as the lead says; null to leave it out."""
    about = f"{cell.about}, " if cell.about else ""
    label = f"{cell.sheet}, row {cell.row}, {about}“{cell.heading}” holds “{cell.text}”"
    key = f"cell_{_short(cell.id)}"
    if cell.type == "number":
        number = st.number_input(readable(label), value=None, placeholder=_LEFT_OUT, key=key, step=None, format="%g", width=320)
        return None if number is None else f"{number:.12g}"
    if not cell.choices:
        typed = st.text_area(readable(label), placeholder=_LEFT_OUT, key=key, max_chars=LONGEST_COMMENT, height=80)
        return typed.strip() or None
    labels = {choice.value: choice.label for choice in cell.choices}
    return st.selectbox(readable(label), [None, *labels], format_func=lambda value: labels.get(value, _LEFT_OUT), key=key)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
