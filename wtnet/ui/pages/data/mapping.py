"""Sheets whose headings are not ours: which table they are and which heading is which column, chosen once and remembered."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from wtnet.importing import FROM_NAME, ImportResult, Sheet, SheetMapping, columns_for, suggest, to_setting
from wtnet.tables import schema
from wtnet.ui.frame import sign_in
from wtnet.ui.frame.markdown import count, listed, plain
from wtnet.ui.frame.page import PageContext

_NOT = "–"
_SHOWN = 12
_FROM_NAMES = "made from the names"


def mapping(here: PageContext, brought: ImportResult, chosen: dict[Any, SheetMapping]) -> None:
    """Every sheet with headings that are not understood, each to be mapped or left; a choice is kept in `chosen`."""
    for one in brought.sheets[:_SHOWN]:
        used = brought.mappings.get(one.place)
        title = f"“{one.sheet}” of {one.file}" if one.sheet else one.file
        if one.place in brought.remembered:
            st.info(
                f"{plain(title)} was read as {_table(used)} the way its headings were mapped before: {_pairs(used)}.",
                icon=":material/history:",
            )
        with st.expander(_label(one, used, title), expanded=used is None and _needed(one, brought), icon=":material/swap_horiz:"):
            _one(here, one, used, chosen)
    if len(brought.sheets) > _SHOWN:
        st.caption(
            f"{count(len(brought.sheets) - _SHOWN, 'more sheet')} could not be matched to a table; split the file to map them."
        )


def _needed(one: Sheet, brought: ImportResult) -> bool:
    """True if nothing can be read of the sheet as it is."""
    if one.table is None:
        return brought.unreadable is not None
    known = {heading.strip().lower() for heading in one.headings}
    return any(name not in known for name in schema.required(one.table))


def _label(one: Sheet, used: SheetMapping | None, title: str) -> str:
    if used is not None:
        return f"{plain(title)}: read as {used.table}, as you mapped it"
    if one.table is None:
        return f"{plain(title)}: which table is it?"
    known = set(columns_of(one).values())
    unknown = [heading for heading in one.headings if heading not in known]
    return f"{plain(title)}: {count(len(unknown), 'heading')} not used: {plain(listed(unknown, 3))}"


def columns_of(one: Sheet) -> dict[str, str]:
    """The headings of a sheet that are columns of its table already."""
    found: dict[str, str] = {}
    for heading in one.headings:
        said = "_".join(heading.strip().lower().replace("-", " ").replace("_", " ").split())
        if one.table and said in schema.SCHEMAS[one.table].column_names():
            found.setdefault(said, heading)
    return found


def _one(here: PageContext, one: Sheet, used: SheetMapping | None, chosen: dict[Any, SheetMapping]) -> None:
    """One sheet: the table, a row per heading with examples and the column it is, and the button to read it so."""
    key = f"map_{one.signature}_{one.file}_{one.sheet}"
    start = used or suggest(one)
    table = st.selectbox(
        "It is a list of",
        list(schema.NAMES),
        index=schema.NAMES.index(start.table),
        key=f"{key}_table",
        format_func=lambda name: f"{name}: {_lower(schema.SCHEMAS[name].__doc__ or '')}",
    )
    found = start.headings if table == start.table else columns_for(one, table)
    picked = _editor(one, table, found, key)
    ids = picked.get("id") or (FROM_NAME if found.get("id") == FROM_NAME or "id" in schema.required(table) else None)
    if "name" in picked and "id" in schema.required(table) and not picked.get("id"):
        st.caption("There is no column of ids: they are made from the names, and ties may name partners.")
        picked["id"] = str(ids)
    mapped = SheetMapping.of(table, picked)
    if mapped.missing:
        needed = listed([f"{name} ({_lower(schema.column(table, name).description)})" for name in mapped.missing], 4)
        st.caption(f"Still needed: {plain(needed)}.")
    if st.button("Read it so", key=f"{key}_read", type="primary", disabled=bool(mapped.missing), icon=":material/done:"):
        sign_in.writable_store(here.programme.id).remember(*to_setting(one, mapped))
        chosen[one.place] = mapped
        st.rerun()
    st.caption("Remembered: the next file with these headings is read the same way, and says so.")


def _editor(one: Sheet, table: str, found: dict[str, str], key: str) -> dict[str, str]:
    """A row per heading of the file; the column it is here is chosen beside it. Returns column → heading."""
    column_of = {heading: column for column, heading in found.items() if heading != FROM_NAME}
    rows = pl.DataFrame(
        {
            "heading": one.headings,
            "column": [column_of.get(heading, _NOT) for heading in one.headings],
            "examples": [", ".join(text[:40] for text in one.examples(heading)) for heading in one.headings[:200]]
            + [""] * max(0, len(one.headings) - 200),
        },
        schema={"heading": pl.String, "column": pl.String, "examples": pl.String},
    )
    edited = st.data_editor(
        rows,
        key=f"{key}_{table}",
        hide_index=True,
        height=min(420, 38 + 35 * rows.height),
        disabled=["heading", "examples"],
        column_config={
            "heading": st.column_config.TextColumn("Heading in the file", width="medium"),
            "column": st.column_config.SelectboxColumn(
                "Column here",
                options=[_NOT, *schema.SCHEMAS[table].column_names()],
                required=True,
                format_func=lambda name: "not used" if name == _NOT else str(name).replace("_", " "),
            ),
            "examples": st.column_config.TextColumn("What stands below it", width="large"),
        },
        alt="Headings of the file, and the column each of them is here",
    )
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
    said = [f"{column} {_FROM_NAMES}" if heading == FROM_NAME else f"“{heading}” is {column}" for column, heading in used.columns]
    return plain(listed(said, 12))


def _lower(text: str) -> str:
    text = " ".join(text.split()).rstrip(".")
    return text[:1].lower() + text[1:]
