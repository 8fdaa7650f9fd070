"""Sheets whose headings are not ours: which table they are and which heading is which column, chosen once and remembered."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from wtnet.importing import FROM_NAME, ImportResult, Sheet, SheetMapping, columns_for, suggest, to_setting
from wtnet.importing.mapping import PREFIX
from wtnet.tables import schema
from wtnet.ui.frame import sign_in
from wtnet.ui.frame.markdown import count, listed, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts.paper_table import paper_grid

_NOT = "–"
_SHOWN = 12
_FROM_NAMES = "made from the names"


def map_sheets(here: PageContext, result: ImportResult, chosen: dict[Any, SheetMapping]) -> None:
    """Every sheet with headings that are not understood, each to be mapped or left; a choice is kept in `chosen`."""
    for sheet in result.sheets[:_SHOWN]:
        used = result.mappings.get(sheet.place)
        title = f"“{sheet.sheet}” of {sheet.file}" if sheet.sheet else sheet.file
        if sheet.place in result.remembered:
            st.info(
                f"{plain(title)} was read as {_table(used)} the way its headings were mapped before: {_pairs(used)}.",
                icon=":material/history:",
            )
            if st.button("Forget it", key=f"forget_{sheet.signature}_{sheet.file}_{sheet.sheet}"[:200], icon=":material/close:"):
                sign_in.writable_store(here.programme.id).remember(PREFIX + sheet.signature, None)
                st.session_state.pop("import_result", None)
                st.rerun()
        expanded = used is None and _needed(sheet, result)
        with st.expander(_label(sheet, used, title), expanded=expanded, icon=":material/swap_horiz:"):
            _map_sheet(here, sheet, used, chosen)
    if len(result.sheets) > _SHOWN:
        st.caption(
            f"{count(len(result.sheets) - _SHOWN, 'more sheet')} could not be matched to a table; split the file to map them."
        )


def _needed(sheet: Sheet, result: ImportResult) -> bool:
    """True if nothing can be read of the sheet as it is."""
    if sheet.table is None:
        return result.unreadable is not None
    known = {heading.strip().lower() for heading in sheet.headings}
    return any(name not in known for name in schema.required(sheet.table))


def _label(sheet: Sheet, used: SheetMapping | None, title: str) -> str:
    if used is not None:
        return f"{plain(title)}: read as {used.table}, as you mapped it"
    if sheet.table is None:
        return f"{plain(title)}: which table is it?"
    known = set(columns_of(sheet).values())
    unknown = [heading for heading in sheet.headings if heading not in known]
    return f"{plain(title)}: {count(len(unknown), 'heading')} not used: {plain(listed(unknown, 3))}"


def columns_of(sheet: Sheet) -> dict[str, str]:
    """The headings of a sheet that are columns of its table already."""
    columns: dict[str, str] = {}
    for heading in sheet.headings:
        name = "_".join(heading.strip().lower().replace("-", " ").replace("_", " ").split())
        if sheet.table and name in schema.SCHEMAS[sheet.table].column_names():
            columns.setdefault(name, heading)
    return columns


def _map_sheet(here: PageContext, sheet: Sheet, used: SheetMapping | None, chosen: dict[Any, SheetMapping]) -> None:
    """One sheet: the table, a row per heading with examples and the column it is, and the button to read it so."""
    key = f"map_{sheet.signature}_{sheet.file}_{sheet.sheet}"
    start = used or suggest(sheet)
    table = st.selectbox(
        "It is a list of",
        list(schema.NAMES),
        index=schema.NAMES.index(start.table),
        key=f"{key}_table",
        format_func=lambda name: f"{name}: {_lower(schema.SCHEMAS[name].__doc__ or '')}",
    )
    headings = start.headings if table == start.table else columns_for(sheet, table)
    picked = _editor(sheet, table, headings, key)
    ids = picked.get("id") or (FROM_NAME if headings.get("id") == FROM_NAME or "id" in schema.required(table) else None)
    if "name" in picked and "id" in schema.required(table) and not picked.get("id"):
        st.caption("There is no column of ids: they are made from the names, and partnerships may name partners.")
        picked["id"] = str(ids)
    mapped = SheetMapping.of(table, picked)
    if mapped.missing:
        needed = listed([f"{name} ({_lower(schema.column(table, name).description)})" for name in mapped.missing], 4)
        st.caption(f"Still needed: {plain(needed)}.")
    if st.button("Read it this way", key=f"{key}_read", type="primary", disabled=bool(mapped.missing), icon=":material/done:"):
        sign_in.writable_store(here.programme.id).remember(*to_setting(sheet, mapped))
        chosen[sheet.place] = mapped
        st.rerun()
    st.caption("Remembered: the next file with these headings is read the same way, and says so.")


def _editor(sheet: Sheet, table: str, headings: dict[str, str], key: str) -> dict[str, str]:
    """A row per heading of the file; the column it is here is chosen beside it. Returns column → heading."""
    column_of = {heading: column for column, heading in headings.items() if heading != FROM_NAME}
    rows = pl.DataFrame(
        {
            "heading": sheet.headings,
            "column": [column_of.get(heading, _NOT) for heading in sheet.headings],
            "examples": [", ".join(text[:40] for text in sheet.examples(heading)) for heading in sheet.headings[:200]]
            + [""] * max(0, len(sheet.headings) - 200),
        },
        schema={"heading": pl.String, "column": pl.String, "examples": pl.String},
    )
    columns = {
        "heading": st.column_config.TextColumn("Heading in the file", width="medium"),
        "column": st.column_config.SelectboxColumn(
            "Column here",
            options=[_NOT, *schema.visible(table)],
            required=True,
            format_func=lambda name: "not used" if name == _NOT else str(name).replace("_", " "),
        ),
        "examples": st.column_config.TextColumn("What stands below it", width="large"),
    }
    edited = st.data_editor(
        rows,
        key=f"{key}_{table}",
        hide_index=True,
        height=min(420, 38 + 35 * rows.height),
        disabled=["heading", "examples"],
        column_config=columns,
        alt="Headings of the file, and the column each of them is here",
    )
    paper_grid(edited, columns)
    frame = edited if isinstance(edited, pl.DataFrame) else pl.from_pandas(edited)
    picked: dict[str, str] = {}
    twice: list[str] = []
    for heading, column in frame.select("heading", "column").iter_rows():
        if column == _NOT or column is None:
            continue
        if column in picked:
            twice.append(column)
        picked.setdefault(column, heading)
    if twice:
        st.warning(f"Chosen for two headings, of which the first counts: {plain(listed(twice))}.", icon=":material/content_copy:")
    return picked


def _table(used: SheetMapping | None) -> str:
    return used.table if used else ""


def _pairs(used: SheetMapping | None) -> str:
    """ "Partner name" is name, "Type" is kind …"""
    if used is None:
        return ""
    pairs = [
        f"{column} {_FROM_NAMES}" if heading == FROM_NAME else f"“{heading}” is {column}" for column, heading in used.columns
    ]
    return plain(listed(pairs, 12))


def _lower(text: str) -> str:
    text = " ".join(text.split()).rstrip(".")
    return text[:1].lower() + text[1:]
