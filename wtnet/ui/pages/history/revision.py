"""One revision opened: who, when and why, what it changed, how it differs from any other, and its tables as they were."""

from __future__ import annotations

import streamlit as st

from wtnet.store import Revision
from wtnet.ui.frame import address, author, cached
from wtnet.ui.frame.markdown import cut, plain, points
from wtnet.ui.frame.page import PageContext
from wtnet.ui.pages.history import revisions
from wtnet.ui.parts.figures import rows_table
from wtnet.writers import XLSX, prepare, write

address.declare(revision="revision of this programme", versus="revision of this programme")

_SENTENCES = 60
_START = "0"


def open_revision(here: PageContext, history: list[Revision]) -> None:
    """The chosen revision (the last one, if none is), kept in the link."""
    by_id = {str(revision.id): revision for revision in history}
    left, right = st.columns(2)
    with left:
        words = {key: _label(revision) for key, revision in by_id.items()}
        chosen = address.choose("Open a revision", words, name="revision", default=str(history[0].id))
    revision = by_id[chosen]
    with right:
        other = _compared(revision, by_id)
    st.subheader(f"Revision {revision.id}", anchor=False)
    kind = revisions.KINDS.get(revision.kind, revision.kind)
    st.markdown(f"{author.moment(revision.made_at)} · **{plain(revision.author)}** · {plain(kind)}  \n{plain(revision.reason)}")
    _difference(here, revision, other)
    with st.container(horizontal=True, vertical_alignment="center", key="revision_ways"):
        revisions.restore_button(here, revision)
        if revision.id != here.revision:
            st.page_link(
                "pages/side_by_side.py",
                label="See every page as it was",
                icon=":material/join_inner:",
                query_params={"programme": here.programme.id, "asof": str(revision.id)},
            )
    _tables(here, revision)


def _label(revision: Revision) -> str:
    return f"{revision.id} · {author.moment(revision.made_at)} · {cut(revision.author, 30)}: {cut(revision.summary, 60)}"


def _compared(revision: Revision, by_id: dict[str, Revision]) -> str:
    """What it is compared with: the revision it was saved on top of, unless another is chosen."""
    if st.session_state.get("versus_of", revision.id) != revision.id:  # another revision was opened: it is compared with its own
        address.put("versus", None)
        address.forget("versus")
    st.session_state["versus_of"] = revision.id
    others = [key for key in by_id if key != str(revision.id)]
    before = str(revision.parent) if revision.parent is not None else _START
    words = {
        key: "nothing: before the first revision"
        if key == _START
        else f"{_label(by_id[key])}{' (the one before)' if key == before else ''}"
        for key in dict.fromkeys([before, *others, _START])
    }
    return address.choose("Compared with", words, name="versus", default=before)


def _difference(here: PageContext, revision: Revision, other: str) -> None:
    """What differs, from the earlier to the later of the two."""
    first, second = sorted((int(other), revision.id))
    sentences = cached.store().diff(here.programme.id, first or None, second, _SENTENCES)
    if first == (revision.parent or 0):
        st.markdown("**What it changed**")
    else:
        st.markdown(f"**From revision {first} to revision {second}**" if first else f"**All that revision {second} holds**")
    st.markdown(points(sentences or ["Nothing differs."]))


def _tables(here: PageContext, revision: Revision) -> None:
    """The tables as they were: to look at, and to take away whole."""
    with st.expander("The tables as they were", key="open_revision", on_change="rerun", icon=":material/table_view:") as box:
        if not box.open:
            return
        tables = cached.full_tables(here.programme.id, revision.id)
        counts = tables.counts()
        if not counts:
            st.caption("It holds no rows.")
            return
        name = st.segmented_control(
            "Table",
            list(counts),
            default=next(iter(counts)),
            format_func=lambda table: f"{table} {counts[table]:,}",
            key="revision_table",
            required=True,
        )
        rows_table(tables[str(name)], f"{name}_of_revision_{revision.id}", as_stored=True)
        if st.button("Make a workbook of all tables", key="revision_make", icon=":material/deployed_code:"):
            st.download_button(
                f"Download revision {revision.id}",
                write("workbook", prepare(here.programme, tables)),
                f"{here.programme.id}-revision-{revision.id}.xlsx",
                XLSX,
                key="revision_download",
                on_click="ignore",
                icon=":material/download:",
            )
