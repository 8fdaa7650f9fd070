"""The columns of a file that are kept as fields of the lead's own: which are left out, and which are shared."""

from __future__ import annotations

import streamlit as st

from wtnet.importing import ImportResult, own_choices, remembered
from wtnet.ui.frame import cached, sign_in
from wtnet.ui.frame.markdown import count
from wtnet.ui.frame.page import PageContext


def choose_own_fields(here: PageContext, result: ImportResult) -> None:
    """Name every such column; a person may leave some out, or let partners or everybody see them. Remembered."""
    settings = remembered(cached.store())
    columns = own_choices.own_columns(result.before_choices or result.raw)
    if not columns:
        return
    names = {key: f"{heading} ({key[0]})" for key, heading in columns.items()}
    with st.expander(f"{count(len(columns), 'column')} kept as fields of your own", icon=":material/add_notes:"):
        st.caption("You alone see them, unless you share one here. Leave out what is personal and not needed.")
        made_choices = {key: own_choices.choice(*key, settings) for key in columns}
        chosen: dict[tuple[str, str], own_choices.Choice] = {}
        words: dict[own_choices.Choice, str] = {
            "leave": "Leave out",
            "partners": "Share with partners",
            "public": "Share with everybody",
        }
        for do, label in words.items():
            picked = st.multiselect(
                label,
                list(names),
                default=[key for key, was in made_choices.items() if was == do],
                format_func=names.__getitem__,
                key=f"own_{do}",
            )
            chosen |= dict.fromkeys(picked, do)
        changed = {key: chosen.get(key) for key in columns if (chosen.get(key) or None) != (made_choices[key] or None)}
        if st.button("Keep these", key="own_keep", disabled=not changed, icon=":material/done:"):
            store = sign_in.writable_store(here.programme.id)
            for key, choice in changed.items():
                store.remember(*own_choices.to_setting(*key, choice))
            st.session_state.pop("import_result", None)
            st.rerun()
