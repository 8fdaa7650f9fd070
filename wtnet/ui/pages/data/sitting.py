"""One sitting for a file: what each sheet was read as, which are left out, and what was said of earlier files."""

from __future__ import annotations

import polars as pl
import streamlit as st

from wtnet.importing import ImportResult, first_rows, individuals, left_sheets, remembered, same_as, synonyms
from wtnet.importing.files import Place
from wtnet.tables import Tables
from wtnet.ui.frame import cached, sign_in
from wtnet.ui.frame.markdown import count, listed, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.table import show_table

_FORGET_AT_ONCE = 20


def name(place: Place) -> str:
    """What a sheet is called: its own name, or that of its file."""
    return place[1] or place[0]


def sheet_by_sheet(here: PageContext, result: ImportResult, known: Tables | None) -> None:
    """What each sheet was read as, with the first rows of one of them; any may be left out as a whole."""
    sheets = first_rows.sheets(result)
    if not sheets:
        return
    read = sum(bool(rows) for rows in sheets.values())
    title = f"Sheet by sheet: {read:,} of {len(sheets):,} read"
    with st.expander(title, icon=":material/table_view:", key="sheets", on_change="rerun", expanded=len(sheets) > 1):
        table = _table(result, sheets)
        show_table(table, "sheets_table", "What each sheet was read as")
        _leave_out(here, result, list(sheets))
        shown = [place for place, rows in sheets.items() if rows]
        if shown and st.toggle("Show what becomes of the first rows", key="first_rows"):
            place = st.selectbox("Of which sheet?", shown, format_func=name, key="first_rows_of") if len(shown) > 1 else shown[0]
            rows = first_rows.of_sheet(result, place, known)
            alt = f"The first rows of {plain(name(place))}, cell by cell, as they are read"
            show_table(rows, "first_rows_table", alt)
    _individuals(here, result)
    _forget_words(here, result)


def _individuals(here: PageContext, result: ImportResult) -> None:
    """The switch for grants to people, which are left out; a change is remembered and read at once."""
    if not result.raw.with_individuals:
        return

    def changed() -> None:
        sign_in.writable_store(here.programme.id).remember(*individuals.to_setting(bool(st.session_state["individuals"])))
        st.session_state.pop("import_result", None)

    st.toggle(
        "Bring in grants to individual people too",
        value=individuals.wanted(remembered(cached.store())),
        key="individuals",
        on_change=changed,
        help="Off: they are left out and counted. On: each person is a freelancer, whose name you alone see.",
    )


def _table(result: ImportResult, sheets: dict[Place, dict[str, int]]) -> pl.DataFrame:
    rows = [
        {
            "sheet": name(place),
            "read as": listed([f"{count(number, 'row')} of {table}" for table, number in made.items() if number], 6)
            or ("left out, as you said" if place in result.left else "not read"),
            "kept as your own": listed(first_rows.own_of(result, place), 8),
        }
        for place, made in sheets.items()
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("sheet", "read as", "kept as your own"), pl.String))


def _leave_out(here: PageContext, result: ImportResult, places: list[Place]) -> None:
    """The sheets left out as a whole; a change is remembered for the next file and read at once."""
    if len(places) < 2 and not result.left:
        return
    key = f"leave_{'_'.join(map(name, places))}"[:200]

    def changed() -> None:
        wanted = set(st.session_state[key])
        store = sign_in.writable_store(here.programme.id)
        for place in places:
            if (place in wanted) != (place in result.left):
                store.remember(*left_sheets.to_setting(*place, place in wanted))
        st.session_state.pop("import_result", None)

    st.multiselect(
        "Leave out whole sheets",
        places,
        default=[place for place in places if place in result.left],
        format_func=name,
        key=key,
        on_change=changed,
        help="Remembered for the next file with a sheet of that name, and said there.",
    )


def _forget_words(here: PageContext, result: ImportResult) -> None:
    """Words that were explained before, each to be forgotten with one click."""
    _forget_names(here, result)
    used = dict(list(result.explained.items())[:_FORGET_AT_ONCE])
    if not used:
        return
    with st.expander(f"{count(len(used), 'word')} explained before", icon=":material/history:"):
        for (table, column, text), word in used.items():
            label = plain(f"“{text}” as {word.replace('_', ' ')} ({table}): forget it")
            if st.button(label, key=f"forget_{table}_{column}_{text}"[:200], icon=":material/close:"):
                sign_in.writable_store(here.programme.id).remember(*synonyms.to_setting(table, column, text, None))
                st.session_state.pop("import_result", None)
                st.rerun()


def _forget_names(here: PageContext, result: ImportResult) -> None:
    """Names that were said to be other partners', each to be forgotten with one click."""
    used = dict(list(result.same.items())[:_FORGET_AT_ONCE])
    if not used:
        return
    with st.expander(f"{count(len(used), 'name')} read as another partner's", icon=":material/history:"):
        for name, partner in used.items():
            if st.button(plain(f"“{name}” as {partner}: forget it"), key=f"same_{name}"[:200], icon=":material/close:"):
                sign_in.writable_store(here.programme.id).remember(*same_as.to_setting(name, None))
                st.session_state.pop("import_result", None)
                st.rerun()
