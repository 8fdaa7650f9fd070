"""Words of a file that are none of ours: each is given one of ours, once, and remembered."""

from __future__ import annotations

import streamlit as st

from wtnet.importing import ImportResult, synonyms
from wtnet.tables import schema
from wtnet.tables.columns import THEMES
from wtnet.ui.frame import sign_in
from wtnet.ui.frame.markdown import count, plain
from wtnet.ui.frame.page import PageContext

_SHOWN = 20
_LABELS = schema.KINDS | THEMES


def choose_words(here: PageContext, result: ImportResult) -> None:
    """A choice for each text that is none of our words, and the button that reads the file so."""
    unknown = synonyms.unknown(result.raw, result.checked.problems)
    if not unknown:
        return
    with st.expander(
        f"{count(len(unknown), 'word')} of the file {'is' if len(unknown) == 1 else 'are'} not used here: say what "
        f"{'it means' if len(unknown) == 1 else 'they mean'}",
        expanded=True,
        icon=":material/translate:",
    ):
        chosen: dict[synonyms.Word, str] = {}
        for place, text in list(unknown.items())[:_SHOWN]:
            table, column, _ = place
            word = st.selectbox(
                plain(f"“{text}” as {column.replace('_', ' ')} ({table})"),
                list(schema.words(table, column) or ()),
                index=None,
                placeholder="Correct it in the file instead",
                format_func=lambda known: _LABELS.get(known, known.replace("_", " ")),
                key=f"word_{'_'.join(place)}"[:200],
            )
            if word:
                chosen[place] = word
        if len(unknown) > _SHOWN:
            st.caption(f"{len(unknown) - _SHOWN:,} more words are among the problems below.")
        if st.button("Use these meanings", key="words_read", type="primary", disabled=not chosen, icon=":material/done:"):
            store = sign_in.writable_store(here.programme.id)
            for (table, column, text), word in chosen.items():
                store.remember(*synonyms.to_setting(table, column, text, word))
            st.session_state.pop("import_result", None)
            st.rerun()
        st.caption("Remembered for the next file, and said there.")
