"""Editing one slide: its words, its view, its quote, its place among the others."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from wtnet.errors import InvalidRequest
from wtnet.network import waves_in_order
from wtnet.sentences.waves import names as wave_names
from wtnet.stories import BESIDE, Slide, SlideView
from wtnet.stories.draft import quotes
from wtnet.stories.facts import Facts
from wtnet.stories.model import LONGEST_HEADING, LONGEST_TEXT, clean
from wtnet.stories.outdated import OutdatedSlide
from wtnet.stories.subject import Subject, subject
from wtnet.tables import relationships
from wtnet.ui.frame import address
from wtnet.ui.frame.markdown import cut, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.present.desk import Desk, room_for_more

address.declare(slide="slide")

LATEST = ""
_FOCUS_MOST = 60


def pick(desk: Desk, outdated: dict[int, OutdatedSlide]) -> int:
    """Choose the slide to edit, kept in the link; those the data have overtaken are marked."""
    slides = desk.story.slides
    names = {
        str(at): f"{at + 1} · {cut(slide.heading or 'Untitled', 34)}{' ⟳' if at in outdated else ''}"
        for at, slide in enumerate(slides)
    }
    chosen = address.choose(
        "Slides", names, name="slide", default="0", widget=st.pills, required=True, wrap=True, label_visibility="collapsed"
    )
    return int(chosen)


def order(desk: Desk, at: int) -> None:
    """Move, add, remove."""
    last = len(desk.story.slides) - 1
    with st.container(horizontal=True, gap="small", key="slide_order"):
        st.button(
            "Earlier", on_click=_move, args=(desk, at, -1), disabled=at == 0, icon=":material/arrow_upward:", key="slide_up"
        )
        st.button(
            "Later", on_click=_move, args=(desk, at, 1), disabled=at >= last, icon=":material/arrow_downward:", key="slide_down"
        )
        st.button(
            "Add after", on_click=_add, args=(desk, at), disabled=not room_for_more(desk), icon=":material/add:", key="slide_add"
        )
        st.button("Remove", on_click=_remove, args=(desk, at), disabled=last == 0, icon=":material/delete:", key="slide_remove")


def _move(desk: Desk, at: int, by: int) -> None:
    slides = list(desk.story.slides)
    slides.insert(at + by, slides.pop(at))
    _set(desk, slides, at + by)


def _add(desk: Desk, at: int) -> None:
    slides = list(desk.story.slides)
    slides.insert(at + 1, Slide("New slide", view=replace(slides[at].view, beside="nothing")))
    _set(desk, slides, at + 1)


def _remove(desk: Desk, at: int) -> None:
    slides = list(desk.story.slides)
    del slides[at]
    _set(desk, slides, min(at, len(slides) - 1))


def _set(desk: Desk, slides: list[Slide], at: int) -> None:
    desk.story = replace(desk.story, slides=tuple(slides))
    desk.turn += 1
    address.put("slide", str(at) if at else None)
    address.forget("slide")


def form(here: PageContext, desk: Desk, at: int) -> None:
    """The fields of one slide; every change is on the stage at once and in the story when it is saved."""
    slide = desk.story.slides[at]
    key = f"story_{desk.story.id}_{desk.turn}_{at}"
    heading = st.text_input("Heading", slide.heading, max_chars=LONGEST_HEADING, key=f"{key}_heading")
    text = st.text_area("Text", slide.text, max_chars=LONGEST_TEXT, height=150, key=f"{key}_text")
    edited = replace(slide, heading=clean(heading), text=clean(text))
    edited = replace(edited, quote=_quote(here, desk, slide, key))
    notes = st.text_area("Notes for the presenter", slide.notes, max_chars=LONGEST_TEXT, height=100, key=f"{key}_notes")
    edited = replace(edited, notes=clean(notes), view=_view(here, slide.view, key))
    slides = desk.story.slides
    if edited != slide:
        desk.story = replace(desk.story, slides=(*slides[:at], edited, *slides[at + 1 :]))


def _quote(here: PageContext, desk: Desk, slide: Slide, key: str) -> str | None:
    """One of the quotes this audience may read: those near the subject first, then all others."""
    tables = here.tables
    try:
        of = subject(tables, desk.story.about)
        near = quotes(tables, of, [row["id"] for row in Facts(tables, of).pilots], here.audience)
    except InvalidRequest:
        near = tables.quotes.clear()
    every = quotes(tables, Subject("programme", "", {}), [], here.audience)
    choices = {id_: f"“{cut(text, 90)}” {by or ''}" for id_, text, by in near.select("id", "text", "attribution").iter_rows()}
    choices |= {
        id_: f"“{cut(text, 90)}” {by or ''}"
        for id_, text, by in every.select("id", "text", "attribution").iter_rows()
        if id_ not in choices
    }
    if not choices:
        st.caption("No quote has been shared with this audience.")
        return slide.quote
    options = ["", *choices]
    if slide.quote and slide.quote not in choices:
        options.append(slide.quote)
    chosen = st.selectbox(
        "Quote",
        options,
        index=options.index(slide.quote or ""),
        format_func=lambda id_: choices.get(id_, "None") if id_ in choices or not id_ else "One that may not be shown (left out)",
        key=f"{key}_quote",
    )
    return chosen or None


def _view(here: PageContext, seen: SlideView, key: str) -> SlideView:
    """What the map shows and what stands beside it."""
    names = here.tables.names("organisations")
    waves = wave_names(here.tables)
    order_ = waves_in_order(here.tables)
    with st.expander("Map and chart", icon=":material/hub:"):
        beside = st.selectbox(
            "Beside the map",
            list(BESIDE),
            index=list(BESIDE).index(seen.beside),
            format_func=BESIDE.__getitem__,
            key=f"{key}_beside",
        )
        wave: str | None = None
        if order_:
            options = [LATEST, *order_]
            at = options.index(seen.scope.wave) if seen.scope.wave in options else 0
            wave = st.selectbox(
                "Wave", options, index=at, format_func=lambda id_: waves.get(id_, "Always the current one"), key=f"{key}_wave"
            )
        there = [id_ for id_ in seen.focus if id_ in names]
        focus = st.multiselect(
            "Who stands out",
            list(names),
            default=there,
            format_func=lambda id_: cut(names[id_], 50),
            key=f"{key}_focus",
            placeholder="Everybody",
            help="One partner: its own partnerships stand out. Several: the partnerships among them. Nobody chosen: all.",
            max_selections=max(_FOCUS_MOST, len(there)),
        )
        near = st.toggle("Move the map close to them", seen.near, key=f"{key}_near", disabled=not focus)
        by_kind = seen.by_kind
        if relationships.in_use(here.tables):
            by_kind = st.toggle("Colour partnerships by their kind", by_kind, key=f"{key}_by_kind")
    # what is not there any more stays in the story until somebody chooses otherwise, so that the page can say so
    chosen = seen.focus if focus == there else tuple(focus)
    kept = seen.scope.wave if seen.scope.wave and seen.scope.wave not in waves and not wave else (wave or None)
    return replace(seen, scope=replace(seen.scope, wave=kept), focus=chosen, near=near, by_kind=by_kind, beside=beside)


def title(desk: Desk) -> None:
    """What the story is called."""
    name = st.text_input("Title", desk.story.title, max_chars=LONGEST_HEADING, key=f"story_{desk.story.id}_{desk.turn}_title")
    desk.story = replace(desk.story, title=clean(name) or desk.story.title)


def note(desk: Desk, at: int) -> None:
    """Whether the words of a slide are still those of the draft."""
    slide = desk.story.slides[at]
    if slide.edited:
        st.caption(f"Your own words. Drafted: {plain(slide.drafted)}")
