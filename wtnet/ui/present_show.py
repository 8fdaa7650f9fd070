"""The stage beside the editor, and the ways a story is kept and taken away."""

from __future__ import annotations

import streamlit as st

from wtnet import stories
from wtnet.ui import present, present_component, view
from wtnet.ui.page import Here
from wtnet.ui.present import Desk
from wtnet.ui.present_message import message
from wtnet.ui.words import plain

STAGE = "story_stage_live"


def show(here: Here, desk: Desk, at: int) -> None:
    """The slide under the pen as it will be seen, and the way to full screen."""
    stage = present.stage_of(here, desk.story)
    slides = [stage.shown(slide) for slide in desk.story.slides]
    present_component.stage(message(slides, desk.story.title, at), STAGE, _ended)


def _ended() -> None:
    """A talk ended: go on with the slide it ended at."""
    at = present_component.ended_at(STAGE)
    if at is not None:
        view.put("slide", str(at) if at else None)
        view.forget("slide")


def keep(here: Here, desk: Desk) -> None:
    """Save, copy, take away, remove."""
    from wtnet.ui.present_edit import title

    title(desk)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="story_keep"):
        st.button(
            "Save",
            on_click=present.save,
            args=(here, desk),
            type="primary",
            disabled=not desk.changed,
            icon=":material/save:",
            key="story_save",
        )
        st.download_button(
            "Story as a file",
            stories.to_text(desk.story),
            f"{desk.story.id}.json",
            "application/json",
            on_click="ignore",
            icon=":material/download:",
            key="story_json",
        )
        st.button("Make a copy", on_click=present.copy, args=(here, desk), icon=":material/content_copy:", key="story_copy")
        with st.popover("Remove the story", type="tertiary", icon=":material/delete:"):
            st.markdown("It goes for everybody who opens this programme; the data stay as they are.")
            st.button("Remove it", on_click=present.forget, args=(here, desk), key="story_remove")
    said = st.session_state.pop("story_said", None)
    if said:
        st.error(plain(said), icon=":material/error:")
    elif said == "":
        st.success("Saved with the programme.", icon=":material/check:")
    elif desk.changed:
        st.caption("Not saved yet." if desk.saved is None else "Changed since it was saved.")
