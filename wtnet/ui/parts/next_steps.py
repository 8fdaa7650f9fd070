"""From seeing to doing, for the lead alone: a next step made from what a page shows, and notes on a partner or a partnership."""

from __future__ import annotations

from datetime import date

import polars as pl
import streamlit as st

from wtnet.analysis import next_steps
from wtnet.errors import WtnetError
from wtnet.sentences import next_steps as words
from wtnet.tables import Tables
from wtnet.ui.frame import author, page
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import cut, plain
from wtnet.ui.frame.page import PageContext
from wtnet.ui.parts import conflict
from wtnet.ui.parts.paper_table import markup


def may_write(here: PageContext) -> bool:
    """Whether next steps and notes are shown and kept here: to the lead who looks as the lead."""
    return here.audience == "lead" and here.person.edits


def step_button(here: PageContext, key: str, what: str, origin: str, organisation: str, partner: str | None = None) -> None:
    """A button that makes a next step of what stands beside it, and says how many are to be done about the same already."""
    if not may_write(here):
        return
    to_do = _about(here.tables.next_steps, organisation, partner).filter(~pl.col("done").fill_null(False)).height
    label = f"Next step ({to_do})" if to_do else "Next step"
    told = f"Write it down to be done. To be done already: {to_do}" if to_do else "Write it down to be done"
    if st.button(label, key=f"step_{key}", icon=":material/add_task:", help=told):
        ask(here, what, origin, organisation, partner)


def ask(here: PageContext, what: str, origin: str, organisation: str | None, partner: str | None) -> None:
    """Open a small window for a next step: the task, who does it, and its day; about nobody in particular without a partner."""

    @st.dialog("A next step")
    def window() -> None:
        page.recheck_rights(here)
        about_whom = f"About {words.about(here.tables, organisation, partner)}. " if organisation else ""
        st.caption(plain(f"{about_whom}Only those who lead see it."))
        with st.form("next_step", border=False):
            written = st.text_area("What is to be done", what, key="next_step_what", max_chars=2_000, height=80)
            who = st.text_input("Who", key="next_step_who", max_chars=200)
            due = st.date_input("By when", value=None, key="next_step_due", format="DD/MM/YYYY")
            by = author.ask_author("next_step")
            pressed = st.form_submit_button("Write it down", type="primary", key="next_step_save")
        if not pressed or not author.remember_author(by):
            return
        row = {"what": written.strip(), "who": who.strip() or None, "due": due if isinstance(due, date) else None}
        about = {"organisation": organisation, "partner": partner, "origin": origin, "wave": here.wave}
        if _stored(here, "next_steps", {**row, **about}, by, f"Next step: {cut(written.strip(), 80)}"):
            st.rerun()

    window()


def _stored(here: PageContext, table: str, row: dict[str, object], by: str, reason: str) -> bool:
    try:
        return save(here, next_steps.added(here.tables, table, row), by, reason)
    except WtnetError as error:
        show_error(error)
        return False


def save(here: PageContext, tables: Tables, by: str, reason: str) -> bool:
    """Save a change of the lead's own tables; what somebody else saved meanwhile is kept too."""
    return conflict.save(here, tables, here.revision, by, reason, "edit", "next_steps")


def notes(here: PageContext, organisation: str, partner: str | None = None) -> None:
    """The lead's notes on a partner, or on a pair: read, written and taken away in a small window."""
    if not may_write(here):
        return
    own = _about(here.tables.notes, organisation, partner)
    label = f"Notes ({own.height})" if own.height else "Notes"
    key = f"notes_{organisation}_{partner or ''}"
    with st.popover(label, icon=":material/sticky_note_2:", key=key, on_change="rerun") as box:
        if not box.open:
            return
        st.caption("For you alone: no one else sees them, and no file for others holds them.")
        for row in own.iter_rows(named=True):
            st.markdown(f"{plain(row['text'])}  \n:small[{words.day(row['written'])}]")
            st.button("Take it away", key=f"note_gone_{row['id']}", type="tertiary", on_click=_forget, args=(here, row["id"]))
        with st.form(f"{key}_form", border=False, clear_on_submit=True):
            written = st.text_area("A note", key=f"{key}_text", max_chars=20_000, height=80)
            pressed = st.form_submit_button("Keep it", key=f"{key}_keep")
        if pressed:
            row = {"organisation": organisation, "partner": partner, "text": written.strip(), "written": date.today()}
            if _stored(here, "notes", row, author.known(), "A note"):
                st.rerun()


def _about(rows: pl.DataFrame, organisation: str, partner: str | None) -> pl.DataFrame:
    """The next steps or notes about a partner, or about a pair in either order."""
    ends = [organisation] if partner is None else [organisation, partner]
    both = pl.col("organisation").is_in(ends) & (pl.col("partner").is_in(ends) if partner else pl.col("partner").is_null())
    return rows.filter(both.fill_null(False))


def _forget(here: PageContext, note: str) -> None:
    save(here, next_steps.changed(here.tables, "notes", {}, gone=[note]), author.known(), "A note taken away")


def meeting(here: PageContext) -> None:
    """All next steps for a meeting: to be ticked off, changed and taken away, beside what became of those they are about."""
    frame = next_steps.in_order(here.tables)
    if frame.height:
        edited = _grid(here, frame)
        by = author.ask_author("steps")
        if st.button("Save", key="steps_save", type="primary", icon=":material/save:", disabled=edited is None):
            cells, gone = edited or ({}, set())
            if author.remember_author(by):
                try:
                    tables = next_steps.changed(here.tables, "next_steps", cells, gone)
                except WtnetError as error:
                    show_error(error)
                    return
                if save(here, tables, by, "Next steps looked through"):
                    st.rerun()
    else:
        st.markdown(
            "Make one from an introduction, from a worry, or from a partnership that is at risk: each has a button for it."
        )
    if st.button("A step of your own", key="step_own", icon=":material/add_task:"):
        ask(here, "", "own", None, None)


def _grid(here: PageContext, frame: pl.DataFrame) -> tuple[dict[str, dict[str, object]], set[str]] | None:
    """The steps as a grid; what was changed in it, by id and column, and the ids taken out; null for nothing."""
    texts = words.rows(here.tables)
    shown = frame.select(pl.col("done").fill_null(False).alias("Done"), What="what", Who="who").with_columns(
        texts["About"], frame["due"].alias("By when"), texts["Since then"]
    )
    key = f"steps_grid_{here.programme.id}_{here.revision}"
    st.data_editor(
        shown.select("Done", "What", "About", "Who", "By when", "Since then"),
        key=key,
        hide_index=True,
        num_rows="delete",
        disabled=("About", "Since then"),
        placeholder="–",
        column_config={
            "Done": st.column_config.CheckboxColumn(width=60),
            "What": st.column_config.TextColumn(width=320),
            "By when": st.column_config.DateColumn(format="D MMM YYYY", width=110),
        },
        alt=f"{frame.height} next steps",
    )
    st.html(markup(shown, {}))
    state = st.session_state.get(key) or {}
    names = {"Done": "done", "What": "what", "Who": "who", "By when": "due"}
    ids = frame["id"].to_list()
    cells = {
        ids[int(at)]: {
            names[name]: date.fromisoformat(value) if name == "By when" and value else value for name, value in row.items()
        }
        for at, row in (state.get("edited_rows") or {}).items()
    }
    gone = {ids[int(at)] for at in state.get("deleted_rows") or []}
    return (cells, gone) if cells or gone else None
