"""The history page: who changed what, when and why; any revision opened, compared and brought back; undo and redo."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import streamlit as st

from wtnet.errors import WtnetError
from wtnet.store import Revision, Store, UndoStep
from wtnet.ui.frame import address, cached, page, sign_in
from wtnet.ui.frame import author as who
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, listed, plain, points
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import conflict

KINDS = {
    "create": "started",
    "import": "brought in",
    "edit": "corrected",
    "undo": "undone",
    "redo": "made again",
    "restore": "brought back",
    "survey": "answered",
    "describe": "described",
}
"""What each kind of revision is called."""


def revisions(here: PageContext) -> list[Revision]:
    """Every revision of the programme, the last one first."""
    return cached.store().history(here.programme.id)


def sentence(made: list[Revision]) -> None:
    """How many changes by how many people since when, and the last of them."""
    people = list(dict.fromkeys(one.author for one in made))
    last = made[0]
    said = f"{count(len(made), 'revision')} by {listed(people, 3)}; the last on {who.moment(last.made_at)} by {last.author}"
    page.opening_sentence(f"{said}: {last.summary}." if len(last.summary) <= 90 else f"{said}.")


def steps(here: PageContext) -> None:
    """Undo and redo, each saying what it would do, and asking before it does."""
    conflict.report_saved(here)
    found = cached.store().steps(here.programme.id)
    with st.container(horizontal=True, gap="small", key="steps"):
        _step(here, "Undo", found.undo, ":material/undo:", Store.undo)
        _step(here, "Redo", found.redo, ":material/redo:", Store.redo)
    sentences = [
        f"{word} takes {what} revision {one.change.id}: {one.change.summary} ({one.change.author})."
        for word, what, one in (("Undo", "back", found.undo), ("Redo", "up again", found.redo))
        if one is not None
    ]
    st.caption(plain(" ".join(sentences)) if sentences else "There is nothing to undo yet.")


def _step(here: PageContext, word: str, step: UndoStep | None, icon: str, take: Callable[..., Revision]) -> None:
    if st.button(word, key=f"step_{word}", icon=icon, disabled=step is None) and step is not None:
        _confirm(
            here,
            f"{word} revision {step.change.id}",
            step.to,
            f"{word}: {step.change.summary}",
            lambda store, author, why: take(store, here.programme.id, author, why, base=here.revision),
        )


def restore(here: PageContext, one: Revision) -> None:
    """The button that brings a revision back, after asking."""
    if one.id == here.revision:
        st.caption("This is how the programme is now.")
        return
    if st.button("Bring this revision back", key="restore", icon=":material/settings_backup_restore:"):
        _confirm(
            here,
            f"Bring back revision {one.id}",
            one.id,
            f"Back to revision {one.id} of {who.moment(one.made_at)}",
            lambda store, author, why: store.restore(here.programme.id, one.id, author, why, base=here.revision),
        )


def _confirm(here: PageContext, title: str, to: int, reason: str, take: Callable[[Store, str, str], Revision]) -> None:
    """A question before a step is taken: what it would change, who asks and why. Nothing is ever deleted by it."""

    @st.dialog(title, width="medium")
    def asked() -> None:
        page.recheck_rights(here)
        st.markdown("**What would change**")
        said = cached.store().diff(here.programme.id, here.revision, to, 15)
        st.markdown(points(said or ["Nothing: the programme is in that state already."]))
        st.caption("It becomes a revision of its own. What is stored now stays in the history and can be brought back too.")
        with st.form("confirm_form", border=False):
            author = who.ask_author("confirm")
            why = st.text_input("Why", value=reason[:300], key="confirm_why", max_chars=500)
            pressed = st.form_submit_button(title, type="primary", key="confirm")
        if not pressed or not who.remember_author(author):
            return
        try:
            made = take(sign_in.writable_store(here.programme.id), author, why)
        except WtnetError as error:
            show_error(error)
            return
        st.session_state["saved"] = here.programme.id, made, here.revision
        address.put("revision", None)
        address.forget("revision")
        st.rerun()

    asked()


def table(made: list[Revision]) -> None:
    """The list of revisions; choosing a row opens it."""
    frame = pl.DataFrame(
        {
            "revision": [one.id for one in made],
            "when": [who.moment(one.made_at) for one in made],
            "who": [one.author for one in made],
            "what": [one.summary for one in made],
            "why": [one.reason for one in made],
            "how": [KINDS.get(one.kind, one.kind) for one in made],
        },
        schema={"revision": pl.Int64, **dict.fromkeys(("when", "who", "what", "why", "how"), pl.String)},
    )
    chosen = st.dataframe(
        frame,
        hide_index=True,
        key="revisions",
        on_select="rerun",
        selection_mode="single-row",
        height=min(420, 38 + 35 * frame.height),
        alt=f"{frame.height} revisions, the last one first",
        column_config={
            "revision": st.column_config.NumberColumn("revision", width=72, format="%d"),
            "when": st.column_config.TextColumn("when", width=160),
            "who": st.column_config.TextColumn("who", width=130),
            "what": st.column_config.TextColumn("what", width=380),
        },
    )
    picked = chosen["selection"]["rows"]
    if picked != st.session_state.get("revision_picked"):
        st.session_state["revision_picked"] = picked
        if picked:
            address.put("revision", str(made[picked[0]].id))
            address.forget("revision")
