"""Bringing in: files are read, mapped and checked, shown beside what is stored, and only then accepted."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from wtnet.errors import WtnetError
from wtnet.importing import ImportResult, Proposal, bring, new_programme, remembered, same_as
from wtnet.importing.cures import Cure
from wtnet.readers import FORMATS, MAX_BYTES
from wtnet.store import Programme
from wtnet.tables import Tables
from wtnet.tables.text import file_name
from wtnet.ui.frame import address, author, cached, sign_in
from wtnet.ui.frame.errors import show_error
from wtnet.ui.frame.markdown import count, listed, plain, points
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.data import describe, mapping, own_fields, review, sitting, strengths, synonyms
from wtnet.ui.parts import conflict, empty_programme
from wtnet.ui.parts.table import show_table
from wtnet.ui.parts.uploads import choose_files, read_apart, was_stopped
from wtnet.writers import XLSX
from wtnet.writers.tables.template import template as blank

address.declare(do="part of this page")

TASKS = {"bring-in": "Bring in", "correct": "Correct in place", "take": "Take away"}
"""What the Data page is for, by name in the link."""
_HERE, _NEW = "here", "new"
_NAMED = 40
PAGE = "bring-in"


def choose_task() -> str:
    """Which of the tasks of the Data page is at hand; kept in the link."""
    return address.choose(
        "What would you like to do?",
        TASKS,
        name="do",
        default="bring-in",
        widget=st.segmented_control,
        label_visibility="collapsed",
    )


def bring_in(here: PageContext) -> None:
    """The way in: choose files, read what they say, accept."""
    st.header("Bring in a file", anchor=False)
    if conflict.is_pending(here, PAGE):
        if conflict.decide(here):
            st.session_state["upload_round"] = st.session_state.get("upload_round", 0) + 1
            st.rerun()
        return
    st.markdown(
        f"Read: {plain(listed([known.name for known in FORMATS], most=20))}. Files that belong together can be chosen together."
    )
    if was_stopped():
        st.session_state["upload_round"] += 1
    upload_round = st.session_state.setdefault("upload_round", 0)
    more: Any = {"accept_multiple_files": True, "label_visibility": "collapsed"}
    uploads = choose_files(here, "Files", f"upload_{upload_round}", MAX_BYTES // 1_000_000, **more)
    if uploads:
        st.session_state.pop("accepted", None)  # what was stored before is not of these files
    _accepted(here)
    if not uploads:
        for key in ("import_result", "marked_files", "likely_duplicates", "mappings"):
            st.session_state.pop(key, None)
        return
    files = [(file_name(upload.name), upload.getvalue()) for upload in uploads]
    into, name = _where(here)
    stored_tables = here.tables if into == _HERE else Tables()
    try:
        ids = tuple(upload.file_id for upload in uploads)
        settled: list[Cure] = cached.memo("cures", ids, list)
        result = _import_result(ids, files, here if into == _HERE else None, settled)
        if result.left and result.unreadable:
            sitting.sheet_by_sheet(here, result, stored_tables)
        if result.unreadable:
            st.warning(plain(result.unreadable), icon=":material/help:")
            st.markdown("**Or say which heading is which column**, and it is read all the same:")
        mapping.map_sheets(here, result, cached.memo("mappings", ids, dict))
        if result.unreadable:
            return
        sitting.sheet_by_sheet(here, result, stored_tables)
        synonyms.choose_words(here, result)
        strengths.choose_scales(here, result)
        own_fields.choose_own_fields(here, result)
        review.report_check(result, files, stored_tables, settled)
        proposal = review.review_changes(stored_tables, result) if result.checked.ok else None
    except WtnetError as error:
        show_error(error)
        return
    if proposal is not None and proposal.any:
        _accept(proposal, here, into, name, ", ".join(name for name, _ in files))
    elif not result.checked.ok:
        with st.container(key="accept_bar"):
            st.markdown(f"**{count(len(result.checked.problems), 'problem')} to mend**, then this can be accepted.")


def _import_result(
    ids: tuple[str, ...], files: list[tuple[str, bytes]], here: PageContext | None, settled: list[Cure]
) -> ImportResult:
    """The files read and checked, once for the same files, mapping, cures and stored revision."""
    mappings: dict[Any, Any] = cached.memo("mappings", ids, dict)
    chosen = tuple(sorted((str(place), str(how)) for place, how in mappings.items()))
    key = ids, here.key if here else None, chosen, tuple(settled)

    box = st.empty()

    def read() -> ImportResult:
        return read_apart(box, files, bring, files, here.tables if here else None, mappings, remembered(cached.store()), settled)

    return cached.memo("import_result", key, read)


def _where(here: PageContext) -> tuple[str, str]:
    words = {_HERE: f"Bring it into “{here.programme.name}”", _NEW: "Make a new programme"}
    if not here.person.everywhere:  # who leads one programme makes no others
        return _HERE, here.programme.name
    into = st.radio(
        "What should it become?",
        [_HERE, _NEW],
        format_func=lambda way_: plain(words[way_]),
        key="into",
        index=1 if here.programme.illustrative else 0,
        horizontal=True,
    )
    if into == _NEW:
        return into, st.text_input("Name of the new programme", key="new_name", max_chars=200)
    return into, here.programme.name


def _accept(proposal: Proposal, here: PageContext, into: str, name: str, files: str) -> None:
    """Who and why, and the button that stores it all at once, which stays in sight while the page is looked through."""
    left, right = st.columns(2)
    with left:
        by = author.ask_author("accept")
    with right:
        why = st.text_input("Why", value=f"Brought in {files}"[:200], key=f"why_{files}"[:200], max_chars=500)
    with st.container(key="accept_bar"):
        missing = st.container()  # what is asked for first stands beside the button: elsewhere nobody would see it
        with st.container(horizontal=True, vertical_alignment="center", key="accept_line"):
            pressed = st.button("Accept and store", type="primary", key="accept")
            sums = {what: sum(number[what] for number in proposal.counts().values()) for what in ("new", "changed", "removed")}
        st.caption(listed([f"{number:,} {what}" for what, number in sums.items() if number], most=3))
    if not pressed:
        return
    with missing:
        if not author.remember_author(by):
            return
        if into == _NEW and not name.strip():
            st.warning("Give the new programme a name first.")
            return
    if into == _NEW:
        try:
            store = sign_in.writable_store()
            programme = new_programme(store, name)
            store.create(programme, proposal.tables, author=by, reason=why)
        except WtnetError as error:
            show_error(error)
            return
        _done(programme, proposal)
    elif conflict.save(here, proposal.tables, here.revision, by, why, "import", PAGE):
        _done(here.programme, proposal)
    elif conflict.is_pending(here, PAGE):
        st.rerun()


def _done(programme: Programme, proposal: Proposal) -> None:
    names = proposal.tables.names("organisations")
    for name, partner in proposal.same.items():
        sign_in.writable_store(programme.id).remember(*same_as.to_setting(name, (partner, names[partner])))
    st.session_state["accepted"] = (programme.id, programme.name, proposal.sentences(), proposal.in_words(_NAMED))
    st.session_state["upload_round"] += 1
    address.put("programme", programme.id)
    address.forget("programme")
    st.rerun()


def _accepted(here: PageContext) -> None:
    """Say after accepting what was stored, and lead to the map."""
    conflict.report_saved(here, briefly="accepted" in st.session_state)
    if "accepted" not in st.session_state:
        return
    programme, name, sentences, changes = st.session_state["accepted"]
    st.success(f"Stored in “{plain(name)}”: {plain(listed(sentences, most=9))}.", icon=":material/check_circle:")
    with st.expander("What was brought in", icon=":material/list:"):
        st.markdown(points(changes))
    st.page_link(
        "pages/side_by_side.py", label="See it on the map", icon=":material/join_inner:", query_params={"programme": programme}
    )


def template() -> None:
    """The blank workbook."""
    st.header("Start from a blank workbook", anchor=False)
    st.markdown("One sheet a table, with every column explained. Two sheets are enough: organisations and partnerships.")
    st.download_button(
        "Download the blank workbook",
        blank(),
        "wtnet-template.xlsx",
        XLSX,
        key="template",
        on_click="ignore",
        icon=":material/download:",
    )
    if sign_in.person().everywhere:
        with st.popover("Start an empty programme", icon=":material/add:"):
            st.caption("Its partners and partnerships are typed in here.")
            empty_programme.start("data")


def stored(here: PageContext) -> None:
    """What the programme holds, and how it came to."""
    st.header(f"In “{plain(here.programme.name)}”", anchor=False)
    if here.programme.description:
        st.markdown(plain(here.programme.description))
    if here.programme.source:
        st.caption(f"Source: {plain(here.programme.source)}")
    describe.describe(here)
    counts = here.tables.counts()
    frame = pl.DataFrame({"table": list(counts), "rows": list(counts.values())}, schema={"table": pl.String, "rows": pl.Int64})
    show_table(frame, "stored_counts", "Rows stored in each table", most=800)
    history = cached.store().history(here.programme.id)
    st.markdown("**Last changes**")
    for revision in history[:4]:
        when = author.moment(revision.made_at)
        st.markdown(f"- {when} · {plain(revision.author)}: {plain(revision.reason)}  \n{plain(revision.summary)}")
    st.page_link("pages/history.py", label="All changes, and the way back", icon=":material/history:")
