"""The stage beside the editor, and the ways a story is kept and taken away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from wtnet import stories
from wtnet.network import Scope
from wtnet.ui.frame import address
from wtnet.ui.frame.audience import FILE_NAMES
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.present import component, earlier, edit
from wtnet.ui.pages.present import desk as present
from wtnet.ui.pages.present.desk import Desk
from wtnet.ui.pages.present.message import message
from wtnet.ui.parts import deck_template, downloads, follow_along
from wtnet.ui.parts.downloads import for_download
from wtnet.writers import BY_ID
from wtnet.writers.export import Export

STAGE = "story_stage_live"
PAGE = "present"
"""The name of the page in the address."""


def show(here: PageContext, desk: Desk, at: int) -> None:
    """Show the slide that is edited as it will be seen, and the way to full screen."""
    stage = present.stage_of(here, desk.story)
    slides = [stage.render(slide) for slide in desk.story.slides]  # the stage is kept while the words change
    follow = follow_along.message(here, desk.story, PAGE)
    component.stage(message(slides, desk.story.title, at, follow), STAGE, _ended)


def _ended() -> None:
    """A talk ended: go on with the slide it ended at."""
    at = component.ended_at(STAGE)
    if at is not None:
        address.put("slide", str(at) if at else None)
        address.forget("slide")


def keep(here: PageContext, desk: Desk) -> None:
    """Save (for those who may), copy, take away, remove."""
    edit.title(desk)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="story_keep"):
        if here.person.edits:
            st.button(
                "Save", on_click=present.save, args=(here, desk), disabled=not desk.changed, type="primary",
                icon=":material/save:", key="story_save",
            )  # fmt: skip
        _take_away(here, desk)
        follow_along.choose(here, desk.story, PAGE)
        st.button("Make a copy", on_click=present.copy, args=(here, desk), icon=":material/content_copy:", key="story_copy")
        earlier.versions(here, desk)
        if here.person.edits:
            with st.popover("Remove the story", type="tertiary", icon=":material/delete:"):
                st.markdown("It goes for everybody who opens this programme; it can be taken back under “Removed stories”.")
                st.button("Remove it", on_click=present.forget, args=(here, desk), key="story_remove")
    failure = present.say_saved()
    if failure == "":
        st.success("Saved with the programme.", icon=":material/check:")
    elif failure is None and not here.person.edits:
        st.caption("Only the programme lead saves stories here; take yours with you as a file.")
    elif failure is None and desk.changed:
        st.caption("Not saved yet." if desk.saved is None else "Changed since it was saved.")


def _take_away(here: PageContext, desk: Desk) -> None:
    """Offer the story as PowerPoint, made on demand, and as a file that this page reads again."""
    st.download_button(
        "PowerPoint",
        for_download(
            here,
            partial(
                _deck,
                desk.story,
                replace(
                    downloads.export(here, Scope()),
                    template=deck_template.chosen(here),
                    link=follow_along.links(here, desk.story, PAGE).story,
                ),
            ),
        ),
        f"{desk.story.id}-{FILE_NAMES[desk.story.audience]}.pptx",
        BY_ID["pptx"].mime,
        on_click="ignore",
        icon=":material/slideshow:",
        key="story_pptx",
        help="Maps of shapes and charts that can be edited, with your notes.",
    )
    st.download_button(
        "Story as a file",
        stories.to_text(desk.story),
        f"{desk.story.id}-{FILE_NAMES[desk.story.audience]}.json",
        "application/json",
        on_click="ignore",
        icon=":material/download:",
        key="story_json",
    )


def _deck(story: stories.Story, export: Export) -> bytes:
    from wtnet.writers.pptx import deck

    return deck.deck(story, export)
