"""Problems by cause, each with what can be said of all its rows at once; what was said can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from wtnet.importing import ImportResult
from wtnet.importing.cures import Cause, Cure, causes
from wtnet.tables import Tables
from wtnet.tables.text import cut
from wtnet.ui.frame.markdown import count, plain, points

_SHOWN = 8


def cure(result: ImportResult, known: Tables | None, settled: list[Cure]) -> int:
    """Draw the causes with a button for each cure; how many there are. A cure that is chosen is added to `settled`."""
    found = causes(result.raw, result.checked.problems, known)
    for at, cause in enumerate(found[:_SHOWN]):
        st.markdown(points([cause.sentence]))
        _buttons(cause, settled, f"cause_{at}")
    if len(found) > _SHOWN:
        st.markdown(f"… and {count(len(found) - _SHOWN, 'more cause')}, in the table.")
    return len(found)


def ask(result: ImportResult, settled: list[Cure]) -> None:
    """What is asked about before it is kept: words that look like the name of a person."""
    for at, cause in enumerate(result.asked):
        with st.container(border=True, key=f"asked_{at}"):
            st.markdown(plain(cause.sentence))
            _buttons(cause, settled, f"asked_{at}")


def take_back(settled: list[Cure]) -> None:
    """What was said of this file, each with the button that takes it back."""
    if not settled:
        return
    with st.expander(f"{count(len(settled), 'thing')} you said of this file", icon=":material/done_all:"):
        for at, chosen in enumerate(settled):
            label = f"{chosen.words} ({chosen.column or 'rows'}, {cut(chosen.sheet or chosen.file or '', 40)}): take it back"
            if st.button(plain(label), key=f"back_{at}", icon=":material/undo:"):
                del settled[at]
                st.rerun()


def _buttons(cause: Cause, settled: list[Cure], key: str) -> None:
    cures: Sequence[Cure] = cause.cures
    if not cures:
        return
    with st.container(horizontal=True, gap="small", key=f"{key}_cures"):
        for number, chosen in enumerate(cures):
            if st.button(plain(chosen.words), key=f"{key}_{number}"):
                settled.append(chosen)
                st.rerun()
