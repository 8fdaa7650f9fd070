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


def opened(here: PageContext, made: list[Revision]) -> None:
    """The chosen revision (the last one, if none is), kept in the link."""
    by_id = {str(one.id): one for one in made}
    left, right = st.columns(2)
    with left:
        chosen = address.one(
            st.selectbox,
            "Open a revision",
            list(by_id),
            name="revision",
            default=str(made[0].id),
            what="revision of this programme",
            format_func=lambda key: _said(by_id[key]),
        )
    one = by_id[chosen or str(made[0].id)]
    with right:
        other = _compared(one, made, by_id)
    st.subheader(f"Revision {one.id}", anchor=False)
    st.markdown(
        f"{author.moment(one.made_at)} · **{plain(one.author)}** · {plain(revisions.KINDS.get(one.kind, one.kind))}  \n"
        f"{plain(one.reason)}"
    )
    _difference(here, one, other)
    with st.container(horizontal=True, vertical_alignment="center", key="revision_ways"):
        revisions.restore(here, one)
        if one.id != here.revision:
            st.page_link(
                "pages/side_by_side.py",
                label="See every page as it was",
                icon=":material/join_inner:",
                query_params={"programme": here.programme.id, "asof": str(one.id)},
            )
    _tables(here, one)


def _said(one: Revision) -> str:
    return f"{one.id} · {author.moment(one.made_at)} · {cut(one.author, 30)}: {cut(one.summary, 60)}"


def _compared(one: Revision, made: list[Revision], by_id: dict[str, Revision]) -> str:
    """What it is compared with: the revision it was saved on top of, unless another is chosen."""
    if st.session_state.get("versus_of", one.id) != one.id:  # another revision was opened: it is compared with its own
        address.put("versus", None)
        address.forget("versus")
    st.session_state["versus_of"] = one.id
    others = [key for key in by_id if key != str(one.id)]
    before = str(one.parent) if one.parent is not None else _START
    options = list(dict.fromkeys([before, *others, _START]))
    words = {_START: "nothing: before the first revision"}
    chosen = address.one(
        st.selectbox,
        "Compared with",
        options,
        name="versus",
        default=before,
        what="revision of this programme",
        format_func=lambda key: words.get(key) or f"{_said(by_id[key])}{' (the one before)' if key == before else ''}",
    )
    return chosen or before


def _difference(here: PageContext, one: Revision, other: str) -> None:
    """What differs, told from the earlier to the later of the two."""
    first, second = sorted((int(other), one.id))
    said = cached.store().diff(here.programme.id, first or None, second, _SENTENCES)
    if first == (one.parent or 0):
        st.markdown("**What it changed**")
    else:
        st.markdown(f"**From revision {first} to revision {second}**" if first else f"**All that revision {second} holds**")
    st.markdown(points(said or ["Nothing differs."]))


def _tables(here: PageContext, one: Revision) -> None:
    """The tables as they were: to look at, and to take away whole."""
    with st.expander("The tables as they were", key="open_revision", on_change="rerun", icon=":material/table_view:") as box:
        if not box.open:
            return
        tables = cached.full_tables(here.programme.id, one.id)
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
        rows_table(tables[str(name)], f"{name}_of_revision_{one.id}")
        if st.button("Make a workbook of all tables", key="revision_make", icon=":material/deployed_code:"):
            st.download_button(
                f"Download revision {one.id}",
                write("workbook", prepare(here.programme, tables)),
                f"{here.programme.id}-revision-{one.id}.xlsx",
                XLSX,
                key="revision_download",
                on_click="ignore",
                icon=":material/download:",
            )
