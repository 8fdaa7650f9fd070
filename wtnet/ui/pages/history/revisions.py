"""The history page: who changed what, when and why; any revision opened, compared and brought back; undo and redo."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import streamlit as st

from wtnet.errors import WtnetError
from wtnet.store import Revision, Store, UndoStep
from wtnet.ui.frame import address, author, cached, page, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, listed, plain, points
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import conflict
from wtnet.ui.parts.paper_table import markup

KINDS = {
    "create": "started",
    "import": "brought in",
    "edit": "corrected",
    "undo": "undone",
    "redo": "made again",
    "restore": "brought back",
    "survey": "answered",
    "describe": "described",
    "erase": "erased",
}
"""What each kind of revision is called."""


def revisions(here: PageContext) -> list[Revision]:
    """Every revision of the programme, the last one first."""
    return cached.store().history(here.programme.id)


def headline(history: list[Revision]) -> None:
    """How many changes by how many people since when, and the last of them."""
    people = list(dict.fromkeys(revision.author for revision in history))
    last = history[0]
    when = author.moment(last.made_at)
    sentence = f"{count(len(history), 'revision')} by {listed(people, 3)}; the last on {when} by {last.author}"
    page.opening_sentence(f"{sentence}: {last.summary}." if len(last.summary) <= 90 else f"{sentence}.")


def show_steps(here: PageContext) -> None:
    """Undo and redo, each saying what it would do, and asking before it does."""
    conflict.report_saved(here)
    available = cached.store().steps(here.programme.id)
    with st.container(horizontal=True, gap="small", key="steps"):
        _step(here, "Undo", available.undo, ":material/undo:", Store.undo)
        _step(here, "Redo", available.redo, ":material/redo:", Store.redo)
    sentences = [
        f"{word} takes {what} revision {step.change.id}: {step.change.summary} ({step.change.author})."
        for word, what, step in (("Undo", "back", available.undo), ("Redo", "up again", available.redo))
        if step is not None
    ]
    st.caption(plain(" ".join(sentences)) if sentences else "There is nothing to undo yet.")


def _step(here: PageContext, word: str, step: UndoStep | None, icon: str, take: Callable[..., Revision]) -> None:
    if st.button(word, key=f"step_{word}", icon=icon, disabled=step is None) and step is not None:
        _confirm(
            here,
            f"{word} revision {step.change.id}",
            step.to,
            f"{word}: {step.change.summary}",
            lambda store, by, why: take(store, here.programme.id, by, why, base=here.revision),
        )


def restore_button(here: PageContext, revision: Revision) -> None:
    """The button that brings a revision back, after asking."""
    if revision.id == here.revision:
        st.caption("This is how the programme is now.")
        return
    if st.button("Bring this revision back", key="restore", icon=":material/settings_backup_restore:"):
        _confirm(
            here,
            f"Bring back revision {revision.id}",
            revision.id,
            f"Back to revision {revision.id} of {author.moment(revision.made_at)}",
            lambda store, by, why: store.restore(here.programme.id, revision.id, by, why, base=here.revision),
        )


def _confirm(here: PageContext, title: str, to: int, reason: str, take: Callable[[Store, str, str], Revision]) -> None:
    """A question before a step is taken: what it would change, who asks and why. Nothing is ever deleted by it."""

    @st.dialog(title, width="medium")
    def ask() -> None:
        page.recheck_rights(here)
        st.markdown("**What would change**")
        sentences = cached.store().diff(here.programme.id, here.revision, to, 15)
        st.markdown(points(sentences or ["Nothing: the programme is in that state already."]))
        st.caption("It becomes a revision of its own. What is stored now stays in the history and can be brought back too.")
        with st.form("confirm_form", border=False):
            by = author.ask_author("confirm")
            why = st.text_input("Why", value=reason[:300], key="confirm_why", max_chars=500)
            pressed = st.form_submit_button(title, type="primary", key="confirm")
        if not pressed or not author.remember_author(by):
            return
        try:
            revision = take(sign_in.writable_store(here.programme.id), by, why)
        except WtnetError as error:
            show_error(error)
            return
        st.session_state["saved"] = here.programme.id, revision, here.revision
        address.put("revision", None)
        address.forget("revision")
        st.rerun()

    ask()


def show_table(history: list[Revision]) -> None:
    """The list of revisions; choosing a row opens it."""
    frame = pl.DataFrame(
        {
            "revision": [revision.id for revision in history],
            "when": [author.moment(revision.made_at) for revision in history],
            "who": [revision.author for revision in history],
            "what": [revision.summary for revision in history],
            "why": [revision.reason for revision in history],
            "how": [KINDS.get(revision.kind, revision.kind) for revision in history],
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
    st.html(markup(frame.with_columns(pl.col("revision").cast(pl.String)), {}))
    picked = chosen["selection"]["rows"]
    if picked != st.session_state.get("revision_picked"):
        st.session_state["revision_picked"] = picked
        if picked:
            address.put("revision", str(history[picked[0]].id))
            address.forget("revision")
