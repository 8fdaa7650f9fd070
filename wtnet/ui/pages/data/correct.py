"""Correcting in place: a table as a grid, checked as a file is, saved as a revision with a name and a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from wtnet.errors import WtnetError
from wtnet.importing import Correction, Edits, corrected
from wtnet.store import diff
from wtnet.tables import Tables, schema
from wtnet.ui.frame import address, cached
from wtnet.ui.frame import author as who
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, plain, points
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.data import columns
from wtnet.ui.parts import conflict
from wtnet.ui.parts.figures import rows_table

address.declare(table="table")

PAGE = "correct"
_PAGE_ROWS = 200
_AT_ONCE = 5_000
"""Tables with more rows are checked on saving, not at every keystroke."""
_SAID = 8


def correct(here: PageContext) -> None:
    """Choose a table and rows, edit them, see what that would change, save."""
    if conflict.is_pending(here, PAGE):
        if conflict.decide(here):
            _afresh()
            st.rerun()
        return
    conflict.report_saved(here)
    if _left(here):
        return
    base, edits = _pinned(here)
    tables = here.tables if base == here.revision else cached.store().load(here.programme.id, base)
    table = _table(tables, edits.any)
    positions = _rows(tables, table, edits.any)
    edits = _grid(here, base, tables, table, positions)
    st.session_state["correcting"]["draft"] = (here.programme.id, base, table, edits) if edits.any else None
    if not edits.any:
        st.caption(
            "Click a cell to change it, the last row to add one; tick rows at their beginning to remove them. "
            "Nothing is stored until you save."
        )
        return
    if base != here.revision:
        st.info("Somebody saved meanwhile. Your changes are joined with theirs when you save.", icon=":material/group:")
    _save(here, base, tables, table, edits)


def _key(here: PageContext, base: int, table: str) -> str:
    held = st.session_state.setdefault("correcting", {"round": 0})
    return f"grid_{here.programme.id}_{base}_{table}_{held['round']}_{held.get('slice', '')}"


def _afresh() -> None:
    held = st.session_state.setdefault("correcting", {"round": 0})
    held["round"] += 1
    held.pop("lost", None)
    held.pop("draft", None)


def _left(here: PageContext) -> bool:
    """Changes left unsaved when the person went elsewhere (the grid forgets them then): shown, to be saved or dropped."""
    draft = st.session_state.get("correcting", {}).get("draft")
    if not draft or draft[0] != here.programme.id or _key(here, draft[1], draft[2]) in st.session_state:
        return False
    _, base, table, edits = draft
    st.info(f"You left changes to the {table} unsaved. Here they are: save or drop them, then go on.", icon=":material/draft:")
    _save(here, base, cached.store().load(here.programme.id, base), table, edits)
    return True


def _pinned(here: PageContext) -> tuple[int, Edits]:
    """The revision the edits on screen are made from, and those edits: while there are any, what others save stays out."""
    held = st.session_state.setdefault("correcting", {"round": 0})
    base, table, positions = held.get("base"), held.get("table"), held.get("positions")
    if held.get("programme") == here.programme.id and base and table and positions is not None:
        edits = edits_of(st.session_state.get(_key(here, base, table)), positions)
        if edits.any:
            return base, edits
    held.update(programme=here.programme.id, base=here.revision)
    return here.revision, Edits()


def _table(tables: Tables, busy: bool) -> str:
    names = list(schema.NAMES)
    widest = {name: f"{name} {tables[name].height:,}" for name in names}
    chosen = address.one(
        st.pills,
        "Table",
        names,
        name="table",
        default="organisations",
        what="table",
        format_func=widest.__getitem__,
        disabled=busy,
        required=True,
    )
    return chosen or "organisations"


def _rows(tables: Tables, table: str, busy: bool) -> list[int]:
    """The positions of the rows to edit: those found, a page at a time."""
    frame = tables[table]
    held = st.session_state["correcting"]
    left, right = st.columns([3, 2])
    with left:
        words = st.text_input("Find rows with", key=f"correct_find_{table}", disabled=busy, placeholder="a name, a word …")
    found = columns.found(frame, table, tables, words)
    pages = max(1, -(-len(found) // _PAGE_ROWS))
    page = 1
    if pages > 1:
        with right:
            page = int(st.number_input(f"Page of {pages:,}", 1, pages, key=f"correct_page_{table}_{pages}", disabled=busy))
    shown = found[(page - 1) * _PAGE_ROWS : page * _PAGE_ROWS]
    if words.strip() or pages > 1:
        st.caption(f"{count(len(found), 'row')} of {frame.height:,}" + (f", page {page} of {pages}" if pages > 1 else "") + ".")
    held.update(table=table, positions=shown, slice=f"{words.strip()}_{page}")
    return shown


def _grid(here: PageContext, base: int, tables: Tables, table: str, positions: list[int]) -> Edits:
    key = _key(here, base, table)
    frame = columns.shown(tables[table], table, positions)
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        num_rows="dynamic",
        height=min(560, 38 + 35 * (frame.height + 1)),
        column_order=[
            columns.ROW,
            *[name for name in frame.columns[1:] if name != "id"],
            *["id"] * ("id" in frame.columns),
        ],
        column_config=columns.configured(table, tables),
        placeholder="–",
        alt=f"The {table}, to be corrected: {frame.height} rows",
    )
    return edits_of(st.session_state.get(key), positions)


def edits_of(state_: Any, positions: list[int]) -> Edits:
    """What was done in the grid, by position in the whole table."""
    if not isinstance(state_, Mapping):
        return Edits()
    changed = {
        positions[int(at)]: {name: value for name, value in cells.items() if name != columns.ROW}
        for at, cells in (state_.get("edited_rows") or {}).items()
        if int(at) < len(positions)
    }
    added = [
        {name: value for name, value in cells.items() if name not in (columns.ROW, "_index")}
        for cells in (state_.get("added_rows") or [])
    ]
    removed = [positions[int(at)] for at in (state_.get("deleted_rows") or []) if int(at) < len(positions)]
    return Edits({at: cells for at, cells in changed.items() if cells and at not in removed}, added, removed)


def _save(here: PageContext, base: int, tables: Tables, table: str, edits: Edits) -> None:
    """What the edits would change, or what is wrong with them by row; name, reason and the button."""
    held = st.session_state["correcting"]
    follow = False
    if held.get("lost"):
        follow = st.checkbox("Remove what refers to the removed rows too (their ties, ratings …)", key="correct_follow")
    if tables[table].height <= _AT_ONCE:
        tried = _tried(tables, table, edits, follow)
        if tried.tables is not None:
            st.markdown("**What would change**")
            st.markdown(points(diff(tables, tried.tables, 12) or ["Nothing."]))
            for notice in tried.notices:
                st.info(plain(notice), icon=":material/visibility_off:")
        elif tried.lost and not held.get("lost"):
            held["lost"] = True
            st.rerun()
        else:
            _problems(tried, table)
    with st.form("correct_form", border=False):
        left, right = st.columns(2)
        with left:
            author = who.ask_author("correct")
        with right:
            why = st.text_input("Why", key="correct_why", max_chars=500, placeholder="What you know that the data did not")
        with st.container(horizontal=True):
            pressed = st.form_submit_button("Save", type="primary", key="correct_save", icon=":material/save:")
            dropped = st.form_submit_button("Drop my changes", key="correct_drop")
        st.caption("Other rows and tables can be chosen again once this is saved or dropped.")
    if dropped:
        _afresh()
        st.rerun()
    if not pressed or not who.remember_author(author):
        return
    if not why.strip():
        st.warning("Say why: one line is enough, and whoever looks at the history will be glad of it.")
        return
    tried = _tried(tables, table, edits, follow)
    if tried.tables is None:
        st.error("Nothing is stored yet; your changes are still in the table.", icon=":material/report:")
        if tables[table].height > _AT_ONCE:
            _problems(tried, table)
        return
    if conflict.save(here, tried.tables, base, author, why.strip(), "edit", PAGE):
        _afresh()
        st.rerun()
    elif conflict.is_pending(here, PAGE):
        st.rerun()


def _tried(tables: Tables, table: str, edits: Edits, follow: bool) -> Correction:
    try:
        return corrected(tables, table, edits, follow)
    except WtnetError as error:
        show_error(error)
        st.stop()


def _problems(tried: Correction, table: str) -> None:
    """Each problem by row, with what the row is called."""
    st.error(f"**{count(len(tried.problems), 'problem')} to mend before this can be saved.**", icon=":material/report:")
    st.markdown(points(_placed(one.sentence, table) for one in tried.problems[:_SAID]))
    if len(tried.problems) > _SAID:
        frame = pl.DataFrame({"what to do": [_placed(one.sentence, table) for one in tried.problems]})
        rows_table(frame, "corrections")


def _placed(sentence: str, table: str) -> str:
    """'sheet "ratings", row 7, …' → 'Row 7, …'."""
    said = sentence.removeprefix(f'sheet "{table}", ').removeprefix(f'sheet "{table}": ')
    return said[:1].upper() + said[1:]
