"""The Change page's biggest movers: a sentence each, which leads to the partner's profile or to the tie on the map."""

from __future__ import annotations

import streamlit as st

from wtnet.sentences import change as change_sentences
from wtnet.ui.frame.markdown import plain
from wtnet.ui.pages.change.waves import Two

_TIES = 2
"""So many partnerships are told of each kind."""


def movers(two: Two) -> None:
    """Who and what moved most, in sentences."""
    st.subheader("Biggest movers", anchor=False)
    moved = change_sentences.partner_moves(two.pairs, two.after)
    shown = [
        _partners("Partners whose ties gained most", change_sentences.most_moved(moved, up=True)),
        _partners("Partners whose ties lost most", change_sentences.most_moved(moved, up=False)),
        _ties(two),
    ]
    if not any(shown):
        st.caption("No partner and no tie moved by 0.1 or more in what is known.")


def _partners(title: str, found: list[tuple[str, str, str]]) -> bool:
    if found:
        st.markdown(f"**{title}**")
    for partner, name, said in found:
        with st.container(key=f"mover_{partner}"):
            st.page_link("pages/partners.py", label=_label(name, said), query_params={"partner": partner})
    return bool(found)


def _ties(two: Two) -> bool:
    found = [
        each
        for state in ("stronger", "new", "weaker", "ended")
        for each in change_sentences.most_moved_ties(two.pairs, state, _TIES)
    ]
    if found:
        st.markdown("**Partnerships that moved most**")
    for source, target, names, said in found:
        wave = two.after.wave if two.after.graph.has_edge(source, target) else two.before.wave
        with st.container(key=f"mover_{source}~{target}"):
            st.page_link(
                "pages/side_by_side.py",
                label=_label(names, said),
                query_params={"select": f"tie:{source}~{target}", "wave": wave or ""},
            )
    return bool(found)


def _label(name: str, said: str) -> str:
    return f"**{plain(name)}** {plain(said)}"
