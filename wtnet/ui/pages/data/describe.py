"""What a programme is called, where its data came from and what may be done with it: said once, stated in every file."""

from __future__ import annotations

import streamlit as st

from wtnet.errors import WtnetError
from wtnet.ui.frame import author, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.page import PageContext

_LONGEST = {"name": 200, "source": 2_000, "licence": 500, "description": 2_000}


def describe(here: PageContext) -> None:
    """The words as they are, to be changed by the programme's lead (the page stops for anybody else)."""
    about = here.programme
    with st.expander("Name, source and licence", icon=":material/license:", key=f"describe_{about.id}", on_change="rerun") as box:
        if not box.open:  # two forms with a box for one name each would be read out together
            return
        st.caption("Every file and picture made from this programme states them. A change is a revision, and can be undone.")
        with st.form(f"describe_form_{about.id}_{here.revision}", border=False):
            words = {
                "name": st.text_input("Name", about.name, key=_key(here, "name"), max_chars=_LONGEST["name"]),
                "source": _text(here, "Source", "source", about.source, "Survey of our partners, spring 2026"),
                "licence": _text(here, "Licence", "licence", about.licence, "CC BY 4.0, or: for the partners only"),
                "description": _text(here, "What it is about", "description", about.description, ""),
            }
            by = author.ask_author("describe")
            why = st.text_input("Why", key=_key(here, "why"), max_chars=500)
            pressed = st.form_submit_button("Save", key=_key(here, "save"), icon=":material/save:")
        if pressed and author.remember_author(by):
            _save(here, words, by, why)


def _key(here: PageContext, what: str) -> str:
    return f"describe_{what}_{here.programme.id}_{here.revision}"


def _text(here: PageContext, label: str, name: str, value: str | None, example: str) -> str:
    return st.text_area(
        label, value or "", key=_key(here, name), max_chars=_LONGEST[name], placeholder=example or None, height=68
    )


def _save(here: PageContext, words: dict[str, str], by: str, why: str) -> None:
    """Write only what was changed here; what somebody else changed meanwhile stays, or a sentence says so."""
    changes = {name: value for name, value in words.items() if value.strip() != (getattr(here.programme, name) or "").strip()}
    try:
        revision = sign_in.writable_store(here.programme.id).describe(
            here.programme.id, changes, author=by, reason=why.strip() or "Described", saw=here.programme
        )
    except WtnetError as error:
        show_error(error)
        return
    st.session_state["saved"] = here.programme.id, revision, here.revision
    st.rerun()
