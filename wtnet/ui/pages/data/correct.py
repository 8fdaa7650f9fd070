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
from wtnet.ui.frame import address, author, cached
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, plain, points
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.data import columns
from wtnet.ui.parts import conflict
from wtnet.ui.parts.figures import rows_table
from wtnet.ui.parts.paper_table import paper_grid

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
    _state()["draft"] = (here.programme.id, base, table, edits) if edits.any else None
    if not edits.any:
        st.caption(
            "Click a cell to change it, the last row to add one; tick rows at their beginning to remove them. "
            "Nothing is stored until you save."
        )
        return
    if base != here.revision:
        st.info("Somebody saved meanwhile. Your changes are joined with theirs when you save.", icon=":material/group:")
    _save(here, base, tables, table, edits)


def _state() -> dict[str, Any]:
    """What is being corrected in this session: programme, table, revision (`base`), the positions and `slice` of the rows shown,
    the `draft` left unsaved, whether rows that others refer to were removed (`lost`), and a number that starts the grid anew."""
    state: dict[str, Any] = st.session_state.setdefault("correcting", {"round": 0})
    return state


def _key(here: PageContext, base: int, table: str) -> str:
    state = _state()
    return f"grid_{here.programme.id}_{base}_{table}_{state['round']}_{state.get('slice', '')}"


def _afresh() -> None:
    state = _state()
    state["round"] += 1
    state.pop("lost", None)
    state.pop("draft", None)


def _left(here: PageContext) -> bool:
    """Changes left unsaved when the person went elsewhere (the grid forgets them then): shown, to be saved or dropped."""
    draft = _state().get("draft")
    if not draft or draft[0] != here.programme.id or _key(here, draft[1], draft[2]) in st.session_state:
        return False
    _, base, table, edits = draft
    st.info(f"You left changes to the {table} unsaved. Here they are: save or drop them, then go on.", icon=":material/draft:")
    _save(here, base, cached.store().load(here.programme.id, base), table, edits)
    return True


def _pinned(here: PageContext) -> tuple[int, Edits]:
    """The revision the edits on screen are made from, and those edits: while there are any, what others save stays out."""
    state = _state()
    base, table, positions = state.get("base"), state.get("table"), state.get("positions")
    if state.get("programme") == here.programme.id and base and table and positions is not None:
        edits = edits_of(st.session_state.get(_key(here, base, table)), positions)
        if edits.any:
            return base, edits
    state.update(programme=here.programme.id, base=here.revision)
    return here.revision, Edits()


def _table(tables: Tables, busy: bool) -> str:
    words = {name: f"{name} {tables[name].height:,}" for name in schema.NAMES}
    return address.choose("Table", words, name="table", default="organisations", widget=st.pills, disabled=busy, required=True)


def _rows(tables: Tables, table: str, busy: bool) -> list[int]:
    """The positions of the rows to edit: those found, a page at a time."""
    frame = tables[table]
    state = _state()
    left, right = st.columns([3, 2])
    with left:
        words = st.text_input("Find rows with", key=f"correct_find_{table}", disabled=busy, placeholder="a name, a word …")
    matching = columns.rows_with(frame, table, tables, words)
    pages = max(1, -(-len(matching) // _PAGE_ROWS))
    page = 1
    if pages > 1:
        with right:
            page = int(st.number_input(f"Page of {pages:,}", 1, pages, key=f"correct_page_{table}_{pages}", disabled=busy))
    shown = matching[(page - 1) * _PAGE_ROWS : page * _PAGE_ROWS]
    if words.strip() or pages > 1:
        st.caption(
            f"{count(len(matching), 'row')} of {frame.height:,}" + (f", page {page} of {pages}" if pages > 1 else "") + "."
        )
    state.update(table=table, positions=shown, slice=f"{words.strip()}_{page}")
    return shown


def _grid(here: PageContext, base: int, tables: Tables, table: str, positions: list[int]) -> Edits:
    key = _key(here, base, table)
    frame = columns.editable(tables, table, positions)
    order = sorted(frame.columns, key=lambda name: name == "id")  # the id stands last
    config = columns.column_config(table, tables)
    edited = st.data_editor(
        frame,
        key=key,
        hide_index=True,
        num_rows="dynamic",
        height=min(560, 38 + 35 * (frame.height + 1)),
        column_order=order,
        column_config=config,
        placeholder="–",
        alt=f"The {table}, to be corrected: {frame.height} rows",
    )
    paper_grid(edited.select(order), config, f"The {table}")
    return edits_of(st.session_state.get(key), positions)


def edits_of(state: Any, positions: list[int]) -> Edits:
    """What was done in the grid, by position in the whole table."""
    if not isinstance(state, Mapping):
        return Edits()
    changed = {
        positions[int(at)]: {name: value for name, value in cells.items() if name != columns.ROW}
        for at, cells in (state.get("edited_rows") or {}).items()
        if int(at) < len(positions)
    }
    added = [
        {name: value for name, value in cells.items() if name not in (columns.ROW, "_index")}
        for cells in (state.get("added_rows") or [])
    ]
    removed = [positions[int(at)] for at in (state.get("deleted_rows") or []) if int(at) < len(positions)]
    return Edits({at: cells for at, cells in changed.items() if cells and at not in removed}, added, removed)


def _save(here: PageContext, base: int, tables: Tables, table: str, edits: Edits) -> None:
    """What the edits would change, or what is wrong with them by row; name, reason and the button."""
    state = _state()
    follow = False
    if state.get("lost"):
        follow = st.checkbox("Remove what refers to the removed rows too (their partnerships, ratings …)", key="correct_follow")
    if tables[table].height <= _AT_ONCE:
        correction = _tried(tables, table, edits, follow)
        if correction.tables is not None:
            st.markdown("**What would change**")
            st.markdown(points(diff(tables, correction.tables, 12) or ["Nothing."]))
            for notice in correction.notices:
                st.info(plain(notice), icon=":material/visibility_off:")
        elif correction.lost and not state.get("lost"):
            state["lost"] = True
            st.rerun()
        else:
            _problems(correction, table)
    with st.form("correct_form", border=False):
        left, right = st.columns(2)
        with left:
            by = author.ask_author("correct")
        with right:
            why = st.text_input("Why", key="correct_why", max_chars=500, placeholder="What you know that the data did not")
        with st.container(horizontal=True):
            pressed = st.form_submit_button("Save", type="primary", key="correct_save", icon=":material/save:")
            dropped = st.form_submit_button("Drop my changes", key="correct_drop")
        st.caption("Other rows and tables can be chosen again once this is saved or dropped.")
    if dropped:
        _afresh()
        st.rerun()
    if not pressed or not author.remember_author(by):
        return
    if not why.strip():
        st.warning("Say why: one line is enough, and whoever looks at the history will be glad of it.")
        return
    correction = _tried(tables, table, edits, follow)
    if correction.tables is None:
        st.error("Nothing is stored yet; your changes are still in the table.", icon=":material/report:")
        if tables[table].height > _AT_ONCE:
            _problems(correction, table)
        return
    if conflict.save(here, correction.tables, base, by, why.strip(), "edit", PAGE):
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


def _problems(correction: Correction, table: str) -> None:
    """Each problem by row, with what the row is called."""
    st.error(f"**{count(len(correction.problems), 'problem')} to mend before this can be saved.**", icon=":material/report:")
    st.markdown(points(_placed(problem.sentence, table) for problem in correction.problems[:_SAID]))
    if len(correction.problems) > _SAID:
        frame = pl.DataFrame({"what to do": [_placed(problem.sentence, table) for problem in correction.problems]})
        rows_table(frame, "corrections")


def _placed(sentence: str, table: str) -> str:
    """'sheet "ratings", row 7, …' → 'Row 7, …'."""
    words = sentence.removeprefix(f'sheet "{table}", ').removeprefix(f'sheet "{table}": ')
    return words[:1].upper() + words[1:]
