"""Looking at a programme as it was: every page at an earlier revision, by a link; nothing can be changed there."""

from __future__ import annotations

import streamlit as st

from wtnet.access import Person
from wtnet.ui.frame import address, author, cached
from wtnet.ui.frame.markdown import plain

address.declare(asof="revision of this programme")


def chosen(programme: str, person: Person) -> int:
    """The revision to show: the one the link names (`asof`), for whoever leads; else the last.

    Others never see what has been taken out since. A revision that is not there is said, and forgotten.
    """
    last = cached.revision(programme)
    asked = address.get("asof")
    if asked is None:
        return last
    if person.edits and any(str(one.id) == asked for one in cached.store().history(programme)):
        return int(asked)
    address.gone("revision of this programme", asked)
    address.put("asof", None)
    return last


def banner(programme: str, revision: int) -> None:
    """Over a page that shows an earlier revision: which it is, and the way back to now."""
    if revision == cached.revision(programme):
        return
    one = next(one for one in cached.store().history(programme) if one.id == revision)
    with st.container(horizontal=True, vertical_alignment="center", key="earlier"):
        st.warning(
            f"As it was: revision {one.id} of {author.moment(one.made_at)}, by {plain(one.author)}. Much may have changed since.",
            icon=":material/history:",
        )
        if st.button("Back to now", key="back_to_now"):
            address.put("asof", None)
            st.rerun()
