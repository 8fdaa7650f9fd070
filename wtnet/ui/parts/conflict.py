"""Saving when somebody else saved meanwhile: joined and said, or, for the same cell, put before the person with both values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from wtnet.errors import WtnetError
from wtnet.store import MINE, THEIRS, Amendments, Conflict, ConflictError, Revision, resolve
from wtnet.store.change_sentences import label
from wtnet.tables import Tables
from wtnet.ui.frame import cached, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, plain
from wtnet.ui.frame.page import PageContext

_SHOWN = 25
"""Conflicts put before a person one by one; the rest are decided together."""
_LONG = 400


@dataclass(frozen=True, eq=False)
class PendingChange:
    """A change that met somebody else's, until the person has chosen."""

    programme: str
    error: ConflictError
    author: str
    reason: str
    kind: str
    page: str
    also: Amendments | None = None


def save(
    here: PageContext, tables: Tables, base: int, author: str, reason: str, kind: str, page: str, also: Amendments | None = None
) -> bool:
    """Save tables as a revision made from `base`, and `also` with it; true if they are stored (or were already).

    Where somebody else changed the same, the change is pending until the next run (see `decide`); any other error is shown.
    """
    try:
        revision = sign_in.writable_store(here.programme.id).commit(
            here.programme.id, tables, base=base, author=author, reason=reason, kind=kind, also=also
        )
    except ConflictError as error:
        st.session_state["conflict"] = PendingChange(here.programme.id, error, author, reason, kind, page, also)
        return False
    except WtnetError as error:
        show_error(error)
        return False
    st.session_state["saved"] = here.programme.id, revision, base
    return True


def is_pending(here: PageContext, page: str) -> bool:
    """Whether a choice between two changes of this programme waits on this page."""
    pending: PendingChange | None = st.session_state.get("conflict")
    return pending is not None and pending.programme == here.programme.id and pending.page == page


def stored(here: PageContext) -> tuple[int, int] | None:
    """The revisions before and after what was saved and not yet reported; null where nothing was."""
    programme, revision, base = st.session_state.get("saved", (None, None, None))
    return (base, revision.id) if programme == here.programme.id and isinstance(revision, Revision) else None


def report_saved(here: PageContext, briefly: bool = False) -> None:
    """Say after saving what was stored (unless that stands elsewhere), and whether somebody else's change is in it too."""
    programme, revision, base = st.session_state.pop("saved", (None, None, None))
    if programme != here.programme.id or not isinstance(revision, Revision):
        return
    if revision.id == base:
        st.info("Nothing has changed: what you saved was stored already.", icon=":material/check:")
        return
    if not briefly:
        st.success(f"Saved as revision {revision.id}: {plain(revision.summary)}.", icon=":material/check_circle:")
    if revision.parent is not None and base is not None and revision.parent != base:
        others = [other for other in cached.store().history(here.programme.id) if base < other.id < revision.id]
        names = " and ".join(dict.fromkeys(plain(other.author) for other in reversed(others)))
        what = "; ".join(plain(other.summary) for other in reversed(others[:5]))
        st.info(
            f"{names or 'Somebody else'} saved while you were at it ({what}). Both changes are in this revision.",
            icon=":material/merge:",
        )


def decide(here: PageContext) -> bool:
    """Both values of each conflict side by side with both names, a choice for each, and saving; true once that is done."""
    pending: PendingChange = st.session_state["conflict"]
    choices = _choices(pending)
    with st.container(horizontal=True):
        if st.button("Save with these choices", type="primary", key="conflict_save", icon=":material/merge:"):
            try:
                tables = resolve(pending.error.merged, choices)
            except WtnetError as error:
                show_error(error)
                return False
            del st.session_state["conflict"]
            head = pending.error.head
            done = save(here, tables, head, pending.author, pending.reason, pending.kind, pending.page, pending.also)
            if done or "conflict" in st.session_state:
                return done
            st.session_state["conflict"] = pending
        if st.button("Leave mine out", key="conflict_drop", help="What is stored stays as it is; your change is dropped."):
            del st.session_state["conflict"]
            return True
    return False


def _choices(pending: PendingChange) -> dict[Any, Any]:
    """Draw every conflict; whose value is chosen, by the place of each."""
    conflicts = pending.error.merged.conflicts
    others = " and ".join(dict.fromkeys(conflict.author or "somebody else" for conflict in conflicts))
    st.subheader(f"{plain(others)} changed the same as you", anchor=False)
    st.markdown(
        f"While you were at it, {plain(others)} saved other values for {_number(conflicts)} that you changed too. "
        "Nothing of yours is stored yet, and nothing is lost: choose, then save. "
        "Everything else that either of you changed is kept."
    )
    usual: str = THEIRS
    if len(conflicts) > 1:
        words: dict[str, str] = {THEIRS: "Keep theirs everywhere", MINE: "Take mine everywhere"}
        everywhere = st.segmented_control(
            "All at once", list(words), default=usual, format_func=words.__getitem__, key="conflict_all", required=True
        )
        usual = str(everywhere or usual)
    choices: dict[Any, Any] = {}
    for at, conflict in enumerate(conflicts):
        choices[conflict.place] = _choice(at, conflict, pending, usual) if at < _SHOWN else usual
    if len(conflicts) > _SHOWN:
        st.caption(f"The other {len(conflicts) - _SHOWN:,} follow the choice for all above.")
    return choices


def _number(conflicts: Sequence[Conflict]) -> str:
    """ "1 cell", "2 rows", "3 cells and rows"."""
    cells = sum(conflict.column is not None for conflict in conflicts)
    what = "cell" if cells == len(conflicts) else "row" if not cells else "cells and row"
    return count(len(conflicts), what)


def _choice(at: int, conflict: Conflict, pending: PendingChange, usual: str) -> str:
    """One conflict: what it is about, what it was, and both sides to choose from."""
    names = pending.error.names
    them, me = conflict.author or "Somebody else", pending.author
    row = names.row_with_key(conflict.table, conflict.key)
    if row is None and conflict.column is None:
        row = conflict.theirs or conflict.mine or {}
    title = " / ".join(map(str, conflict.key)) if row is None else names.row(conflict.table, row)
    with st.container(border=True, key=f"conflict_{at}"):
        if conflict.column is not None:
            st.markdown(f"**{plain(title)}**: {plain(label(conflict.column))}")
            st.caption(f"It was {plain(_cell(names, conflict, conflict.base))}.")
            sides = {THEIRS: _cell(names, conflict, conflict.theirs), MINE: _cell(names, conflict, conflict.mine)}
        else:
            st.markdown(f"**{plain(title)}**: the whole row of {conflict.table}")
            sides = {THEIRS: _row(names, conflict, conflict.theirs), MINE: _row(names, conflict, conflict.mine)}
        return str(
            st.radio(
                plain(f"{title}: whose?"),
                [THEIRS, MINE],
                index=[THEIRS, MINE].index(usual),
                format_func=lambda side: f"{plain(sides[side])} – {plain(them) if side == THEIRS else f'{plain(me)} (you)'}",
                key=f"conflict_{at}_{usual}",
                label_visibility="collapsed",
            )
        )


def _cell(names: Any, conflict: Conflict, value: Any) -> str:
    if isinstance(value, str) and len(value) > 50 and names.cell(conflict.table, conflict.column, value).endswith("…”"):
        return f"“{value[:_LONG]}{'…' if len(value) > _LONG else ''}”"
    return "empty" if value is None else str(names.cell(conflict.table, conflict.column, value))


def _row(names: Any, conflict: Conflict, row: dict[str, Any] | None) -> str:
    """A whole row in words: what it came to, or that it is gone."""
    if row is None:
        return "removed" if conflict.base is not None else "not there"
    base = conflict.base or {}
    changed = [name for name in row if row[name] != base.get(name)]
    if not changed:
        return "kept as it was"
    return ", ".join(f"{label(name)} {names.cell(conflict.table, name, row[name])}" for name in changed[:8])
