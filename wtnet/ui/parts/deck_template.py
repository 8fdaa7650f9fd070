"""The .pptx of an organisation that decks are made in: brought by a lead, kept as long as her window is open."""

from __future__ import annotations

import streamlit as st

from wtnet.errors import UnreadableFile
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import cut, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.uploads import choose_files

_MEGABYTES = 20
"""As `wtnet.writers.pptx.template.MAX_BYTES`, which takes a second to load."""


def chosen(here: PageContext) -> bytes | None:
    """The template this person's decks are made in; None for ours."""
    kept: tuple[str, bytes] | None = st.session_state.get("deck_template")
    return kept[1] if kept and here.person.edits else None


def choose(here: PageContext) -> None:
    """Show the lead the box for a template: the one that is kept, and the way back to ours."""
    if not here.person.edits:
        return
    kept: tuple[str, bytes] | None = st.session_state.get("deck_template")
    with st.expander(
        "In your own template" + (" (chosen)" if kept else ""),
        icon=":material/palette:",
        on_change="rerun",
        key="deck_template_box",
    ) as box:
        if not box.open:
            return
        given = choose_files(
            here, "A PowerPoint file (.pptx): its layouts, logo, typefaces and colours are used, its slides are not",
            "deck_template_file", _MEGABYTES, ["pptx"], on_change=_forget,
        )  # fmt: skip
        if given is not None and not kept:
            _keep(given.getvalue(), given.name)
        if kept:
            st.caption(f":material/check: Decks are made in “{plain(cut(kept[0], 60))}” until this window is closed.")
            if given is None:
                st.button("Back to the template of this program", on_click=_forget, key="deck_template_forget")


def _keep(data: bytes, name: str) -> None:
    """Keep a file, and draw the page anew with it; where it is no template, that is said."""
    from wtnet.writers.pptx.template import opened

    try:
        opened(data, f"“{name}”")
    except UnreadableFile as error:
        show_error(error)
        return
    st.session_state["deck_template"] = (name, data)
    st.rerun()


def _forget() -> None:
    st.session_state.pop("deck_template", None)
