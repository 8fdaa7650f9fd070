"""The Data page: a file is read, checked, shown beside what is stored, and only then accepted."""

from __future__ import annotations

import polars as pl
import streamlit as st

from wtnet.errors import WtnetError
from wtnet.intake import Proposal, check_upload, new_programme, propose
from wtnet.readers import FORMATS
from wtnet.store import Programme
from wtnet.tables import Checked, Problem, Tables
from wtnet.ui import state
from wtnet.ui.figures import rows
from wtnet.ui.page import Here
from wtnet.ui.words import count, listed, plain
from wtnet.writers.template import template as blank

_HERE, _NEW = "here", "new"
_SAID = 8
"""How many problems are written out above their table."""


def bring_in(here: Here) -> None:
    """The way in: choose files, read what they say, accept."""
    st.subheader("Bring in a file", anchor=False)
    st.markdown(
        f"Read: {plain(listed([one.name for one in FORMATS], most=20))}. Files that belong together can be chosen together."
    )
    round_ = st.session_state.setdefault("upload_round", 0)
    files = st.file_uploader("Files", accept_multiple_files=True, key=f"upload_{round_}", label_visibility="collapsed")
    _accepted()
    if not files:
        return
    into, name, replace = _where(here)
    try:
        known = here.tables if into == _HERE else None
        checked = check_upload({file.name: file.getvalue() for file in files}, known)
        proposal = propose(here.tables if into == _HERE else Tables(), checked.tables, replace) if checked.ok else None
    except WtnetError as error:
        st.error(plain(error), icon=":material/error:")
        return
    _said(checked)
    if proposal is not None:
        _change(proposal, here, into, name, ", ".join(file.name for file in files))


def _where(here: Here) -> tuple[str, str, bool]:
    words = {_HERE: f"Add to “{here.programme.name}”", _NEW: "Make a new programme"}
    into = st.radio(
        "What should it become?",
        [_HERE, _NEW],
        format_func=lambda way: plain(words[way]),
        key="into",
        index=1 if here.programme.illustrative else 0,
    )
    if into == _NEW:
        return into, st.text_input("Name of the new programme", key="new_name", max_chars=200), False
    replace = st.radio(
        "Rows that are stored already",
        [False, True],
        format_func=lambda yes: (
            "Replace each table the file has" if yes else "Keep them; rows with the same id are taken from the file"
        ),
        key="replace",
    )
    return into, here.programme.name, bool(replace)


def _said(checked: Checked) -> None:
    """What was found in the file, and everything a person should know about it."""
    found = listed([f"{count(number, 'row')} of {name}" for name, number in checked.tables.counts().items()], most=12)
    if checked.problems:
        number = count(len(checked.problems), "problem")
        st.error(
            f"**{number} to mend first.** Nothing has been stored; correct the file and choose it again.",
            icon=":material/report:",
        )
        for problem in checked.problems[:_SAID]:
            st.markdown(f"- {plain(problem.sentence)}")
        if len(checked.problems) > _SAID:
            st.markdown(f"- … and {len(checked.problems) - _SAID:,} more, in the table.")
        rows(_table(checked.problems), "problems")
    else:
        st.success(f"Read without problems: {plain(found or 'no rows')}.", icon=":material/check:")
    for notice in checked.notices:
        st.info(plain(notice.sentence), icon=":material/info:")


def _table(problems: tuple[Problem, ...]) -> pl.DataFrame:
    columns = ["file", "sheet", "row", "column", "value", "sentence"]
    schema = {name: pl.Int64 if name == "row" else pl.String for name in columns}
    frame = pl.DataFrame([{name: one.as_dict()[name] for name in columns} for one in problems], schema=schema)
    return frame.rename({"sentence": "what to do"}).select("what to do", pl.exclude("what to do"))


def _change(proposal: Proposal, here: Here, into: str, name: str, files: str) -> None:
    """What accepting would change, and the button that does it."""
    st.markdown("**What would change**")
    if not proposal.any:
        st.info("Nothing: everything in the file is stored already.", icon=":material/check:")
        return
    for sentence in proposal.sentences():
        st.markdown(f"- {plain(sentence)}")
    counts = [{"table": table, **numbers} for table, numbers in proposal.counts().items()]
    st.dataframe(
        pl.DataFrame(counts), hide_index=True, key="change_counts", alt="Rows new, changed, unchanged and removed in each table"
    )
    who = st.text_input(
        "Your name", value="Programme lead", key="who", help="Kept with the change, so that others know whom to ask."
    )
    why = st.text_input("Why", value=f"Brought in {files}"[:200], key="why")
    if st.button("Accept and store", type="primary", key="accept", disabled=into == _NEW and not name.strip()):
        try:
            programme = _store(proposal, here, into, name, who, why)
        except WtnetError as error:
            st.error(plain(error), icon=":material/error:")
            return
        st.session_state["accepted"] = (programme.id, programme.name, proposal.sentences())
        st.session_state["upload_round"] += 1
        st.rerun()
    if into == _NEW and not name.strip():
        st.caption("Give the new programme a name first.")


def _store(proposal: Proposal, here: Here, into: str, name: str, who: str, why: str) -> Programme:
    store = state.store()
    if into == _HERE:
        store.commit(here.programme.id, proposal.tables, base=here.revision, author=who, reason=why, kind="import")
        return here.programme
    programme = new_programme(store, name)
    store.create(programme, proposal.tables, author=who, reason=why)
    return programme


def _accepted() -> None:
    """After accepting: say what was stored, and lead to the map."""
    if "accepted" not in st.session_state:
        return
    programme, name, sentences = st.session_state["accepted"]
    st.success(f"Stored in “{plain(name)}”: {plain(listed(sentences, most=9))}.", icon=":material/check_circle:")
    st.page_link(
        "pages/side_by_side.py", label="See it on the map", icon=":material/join_inner:", query_params={"programme": programme}
    )


def template() -> None:
    """The blank workbook."""
    st.subheader("Start from a blank workbook", anchor=False)
    st.markdown("One sheet a table, with every column explained. Two sheets are enough: organisations and partnerships.")
    st.download_button(
        "Download the blank workbook",
        blank(),
        "wtnet-template.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="template",
        on_click="ignore",
        icon=":material/download:",
    )


def stored(here: Here) -> None:
    """What the programme holds, and how it came to."""
    st.subheader(f"In “{plain(here.programme.name)}”", anchor=False)
    if here.programme.description:
        st.markdown(plain(here.programme.description))
    if here.programme.source:
        st.caption(f"Source: {plain(here.programme.source)}")
    counts = here.tables.counts()
    frame = pl.DataFrame({"table": list(counts), "rows": list(counts.values())}, schema={"table": pl.String, "rows": pl.Int64})
    st.dataframe(frame, hide_index=True, key="stored_counts", alt="Rows stored in each table")
    history = state.store().history(here.programme.id)
    st.markdown("**Changes so far**")
    for one in sorted(history, key=lambda revision: revision.id, reverse=True)[:8]:
        st.markdown(f"- {one.made_at:%d %B %Y, %H:%M} · {plain(one.author)}: {plain(one.reason)}  \n{plain(one.summary)}")
