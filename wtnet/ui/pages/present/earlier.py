"""What a story was before: its earlier versions, and stories that were removed, each to be opened again."""

from __future__ import annotations

import streamlit as st

from wtnet.stories import Story, saved
from wtnet.ui.frame import address, author, cached
from wtnet.ui.frame.markdown import count, cut, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.present import desk as present
from wtnet.ui.pages.present.desk import Desk


def removed(here: PageContext) -> None:
    """Stories that were removed, for those who may save them again."""
    gone = saved.removed(cached.store(), here.programme.id, here.audience) if here.person.edits else []
    if gone:
        with st.popover("Removed stories", type="tertiary", icon=":material/restore_from_trash:"):
            st.markdown("Open one as it was when it was removed; save it to have it back for everybody.")
            for at, each in enumerate(gone):
                args = (here, each.story)
                st.button(_told(each), on_click=present.begin, args=args, key=f"story_back_{at}", type="tertiary")


def versions(here: PageContext, desk: Desk) -> None:
    """What the story was before it was saved last, for those who may save it."""
    before = saved.earlier(cached.store(), here.programme.id, desk.story) if here.person.edits and desk.saved else []
    if before:
        with st.popover("Earlier versions", type="tertiary", icon=":material/history:"):
            st.markdown("Open one in the place of what you see here. Nothing changes for others until you save.")
            for at, each in enumerate(before):
                args = (desk, each.story)
                st.button(_told(each), on_click=_go_back, args=args, key=f"story_earlier_{at}", type="tertiary")


def _go_back(desk: Desk, story: Story) -> None:
    desk.story = story
    desk.turn += 1
    address.put("slide")
    address.forget("slide")


def _told(each: saved.SavedVersion) -> str:
    when = f", saved {author.moment(each.kept_at)}" if each.kept_at else ""
    return f"{plain(cut(each.story.title, 60))} · {count(len(each.story.slides), 'slide')}{when}"
