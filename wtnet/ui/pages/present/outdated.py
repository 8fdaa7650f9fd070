"""Slides of a story that data edits have overtaken: which, what changed, and new words for them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from wtnet.stories import Story
from wtnet.stories.draft import again
from wtnet.stories.outdated import OutdatedSlide, kept, outdated_slides, renewed
from wtnet.ui.frame import cached
from wtnet.ui.frame.markdown import count, cut, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.present.desk import Desk


def overtaken(here: PageContext, desk: Desk) -> dict[int, OutdatedSlide]:
    """What the data say now that the story does not, slide by slide."""
    return {each.at: each for each in outdated_slides(desk.story, _fresh(here, desk.story), here.tables)}


def _fresh(here: PageContext, story: Story) -> Story | None:
    key = (*here.key, here.audience, story.about, repr(story.scope), story.themes)
    kept: tuple[Any, Story | None] | None = st.session_state.get("story_fresh")
    if kept is None or kept[0] != key:
        fresh = again(story, here.tables, here.programme.name, cached.cells(*here.key, here.audience))
        kept = st.session_state["story_fresh"] = (key, fresh)
    return kept[1]


def say_overtaken(here: PageContext, desk: Desk, outdated: dict[int, OutdatedSlide]) -> None:
    """Which slides the data have overtaken, a line each, and the way to put all of them right."""
    if not outdated:
        return
    single = len(outdated) == 1
    with st.container(border=True, gap="small", key="stale"):
        many = count(len(outdated), "slide")
        st.markdown(f":material/published_with_changes: **{many} no longer {'says' if single else 'say'} what is in the data.**")
        lines = [
            f"- **{at + 1} · {plain(desk.story.slides[at].heading)}** {_changes(each, 3) or plain(each.lost[0])}"
            for at, each in outdated.items()
        ]
        st.markdown("\n".join(lines))
        if any(each.text is not None for each in outdated.values()):
            label = "Use the new sentence" if single else "Use all the new sentences"
            st.button(label, on_click=_renew_all, args=(here, desk, outdated), key="stale_all", icon=":material/autorenew:")


def _changes(each: OutdatedSlide, most: int) -> str:
    """What changed, from old to new; short ones first, and no more than `most`."""
    figures = sorted(each.changed, key=lambda figure: len(figure.was) + len(figure.now) > 40)
    changes = [
        f"{plain(figure.label)}: {plain(cut(figure.was, 80))} → **{plain(cut(figure.now, 80))}**" for figure in figures[:most]
    ]
    return "; ".join(changes) + (f"; and {len(figures) - most} more" if len(figures) > most else "")


def say_slide_overtaken(here: PageContext, desk: Desk, each: OutdatedSlide | None) -> None:
    """Say of the slide that is edited what changed, what it names that has gone, and what to do."""
    if each is None:
        return
    at = each.at
    with st.container(border=True, gap="small", key="stale_here"):
        for sentence in each.lost:
            st.markdown(f":material/link_off: {plain(sentence)}")
        if each.changed:
            st.markdown(f":material/published_with_changes: {_changes(each, 12)}")
        if each.text is not None:
            st.caption(plain(f"As it would be said now: {each.heading}. {each.text}".strip()))
        with st.container(horizontal=True, gap="small"):
            if each.text is not None:
                st.button("Use it", on_click=_renew, args=(here, desk, at, each.text), key=f"stale_new_{at}")
            if each.mended is not None:
                args = (here, desk, at, each.mended)
                st.button("My words, new figures", on_click=_renew, args=args, key=f"stale_mend_{at}", help=plain(each.mended))
            if each.changed:
                st.button(
                    "Leave it as it is", on_click=_renew, args=(here, desk, at, None), key=f"stale_keep_{at}", type="tertiary"
                )


def _renew_all(here: PageContext, desk: Desk, outdated: dict[int, OutdatedSlide]) -> None:
    for at, each in outdated.items():
        if each.text is not None:
            _renew(here, desk, at, each.mended or each.text)


def _renew(here: PageContext, desk: Desk, at: int, text: str | None) -> None:
    fresh = _fresh(here, desk.story)
    desk.story = kept(desk.story, fresh, at) if text is None else renewed(desk.story, fresh, at, text)
    desk.turn += 1
