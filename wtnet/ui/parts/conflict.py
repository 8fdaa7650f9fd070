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
    met: ConflictError
    author: str
    reason: str
    kind: str
    page: str
    also: Amendments | None = None


def save(
    here: PageContext, tables: Tables, base: int, author: str, reason: str, kind: str, page: str, also: Amendments | None = None
) -> bool:
    """Save tables as a revision made from `base`, and `also` with it; true if they are stored (or were already).

    Where somebody else changed the same, the choice is kept for the next run (see `decide`); any other error is said.
    """
    try:
        made = sign_in.writable_store(here.programme.id).commit(
            here.programme.id, tables, base=base, author=author, reason=reason, kind=kind, also=also
        )
    except ConflictError as met:
        st.session_state["conflict"] = PendingChange(here.programme.id, met, author, reason, kind, page, also)
        return False
    except WtnetError as error:
        show_error(error)
        return False
    st.session_state["saved"] = here.programme.id, made, base
    return True


def is_pending(here: PageContext, page: str) -> bool:
    """True if a choice between two changes of this programme waits on this page."""
    held: PendingChange | None = st.session_state.get("conflict")
    return held is not None and held.programme == here.programme.id and held.page == page


def report_saved(here: PageContext, briefly: bool = False) -> None:
    """After saving: what was stored (unless that is said elsewhere), and whether somebody else's change is in it too."""
    programme, made, base = st.session_state.pop("saved", (None, None, None))
    if programme != here.programme.id or not isinstance(made, Revision):
        return
    if made.id == base:
        st.info("Nothing has changed: what you saved was stored already.", icon=":material/check:")
        return
    if not briefly:
        st.success(f"Saved as revision {made.id}: {plain(made.summary)}.", icon=":material/check_circle:")
    if made.parent is not None and base is not None and made.parent != base:
        others = [one for one in cached.store().history(here.programme.id) if base < one.id < made.id]
        names = " and ".join(dict.fromkeys(plain(one.author) for one in reversed(others)))
        what = "; ".join(plain(one.summary) for one in reversed(others[:5]))
        st.info(
            f"{names or 'Somebody else'} saved while you were at it ({what}). Both changes are in this revision.",
            icon=":material/merge:",
        )


def decide(here: PageContext) -> bool:
    """Both values of each conflict side by side with both names, a choice for each, and saving; true once that is done."""
    held: PendingChange = st.session_state["conflict"]
    conflicts = held.met.merged.conflicts
    others = " and ".join(dict.fromkeys(one.author or "somebody else" for one in conflicts))
    st.subheader(f"{plain(others)} changed the same as you", anchor=False)
    st.markdown(
        f"While you were at it, {plain(others)} saved other values for {_number(conflicts)} that you changed too. "
        "Nothing of yours is stored yet, and nothing is lost: choose, then save. "
        "Everything else that either of you changed is kept."
    )
    usual: str = THEIRS
    if len(conflicts) > 1:
        words: dict[str, str] = {THEIRS: "Keep theirs everywhere", MINE: "Take mine everywhere"}
        every = st.segmented_control(
            "All at once", list(words), default=usual, format_func=words.__getitem__, key="conflict_all", required=True
        )
        usual = str(every or usual)
    chosen: dict[Any, Any] = {}
    for at, one in enumerate(conflicts):
        chosen[one.place] = _choice(at, one, held, usual) if at < _SHOWN else usual
    if len(conflicts) > _SHOWN:
        st.caption(f"The other {len(conflicts) - _SHOWN:,} follow the choice for all above.")
    with st.container(horizontal=True):
        if st.button("Save with these choices", type="primary", key="conflict_save", icon=":material/merge:"):
            try:
                tables = resolve(held.met.merged, chosen)
            except WtnetError as error:
                show_error(error)
                return False
            del st.session_state["conflict"]
            done = save(here, tables, held.met.head, held.author, held.reason, held.kind, held.page, held.also)
            if done or "conflict" in st.session_state:
                return done
            st.session_state["conflict"] = held
        if st.button("Leave mine out", key="conflict_drop", help="What is stored stays as it is; your change is dropped."):
            del st.session_state["conflict"]
            return True
    return False


def _number(conflicts: Sequence[Conflict]) -> str:
    """ "1 cell", "2 rows", "3 cells and rows"."""
    cells = sum(one.column is not None for one in conflicts)
    what = "cell" if cells == len(conflicts) else "row" if not cells else "cells and row"
    return count(len(conflicts), what)


def _choice(at: int, one: Conflict, held: PendingChange, usual: str) -> str:
    """One conflict: what it is about, what it was, and both sides to choose from."""
    names = held.met.names
    them, me = one.author or "Somebody else", held.author
    row = names.row_with_key(one.table, one.key)
    title = (
        names.row(one.table, row or one.theirs or one.mine or {}) if row or one.column is None else " / ".join(map(str, one.key))
    )
    with st.container(border=True, key=f"conflict_{at}"):
        if one.column is not None:
            st.markdown(f"**{plain(title)}**: {plain(label(one.column))}")
            st.caption(f"It was {plain(_cell(names, one, one.base))}.")
            sides = {THEIRS: _cell(names, one, one.theirs), MINE: _cell(names, one, one.mine)}
        else:
            st.markdown(f"**{plain(title)}**: the whole row of {one.table}")
            sides = {THEIRS: _row(names, one, one.theirs), MINE: _row(names, one, one.mine)}
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


def _cell(names: Any, one: Conflict, value: Any) -> str:
    if isinstance(value, str) and len(value) > 50 and names.cell(one.table, one.column, value).endswith("…”"):
        return f"“{value[:_LONG]}{'…' if len(value) > _LONG else ''}”"
    said_ = "empty" if value is None else names.cell(one.table, one.column, value)
    return str(said_)


def _row(names: Any, one: Conflict, row: dict[str, Any] | None) -> str:
    """A whole row in words: what it came to, or that it is gone."""
    if row is None:
        return "removed" if one.base is not None else "not there"
    base = one.base or {}
    changed = [name for name in row if row[name] != base.get(name)]
    if not changed:
        return "kept as it was"
    return ", ".join(f"{label(name)} {names.cell(one.table, name, row[name])}" for name in changed[:8])
