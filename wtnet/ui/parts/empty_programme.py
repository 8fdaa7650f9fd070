"""A programme without anything in it: named, made, and opened where its partners are written down."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from wtnet.errors import WtnetError
from wtnet.importing import new_programme
from wtnet.tables import Tables
from wtnet.ui.frame import address, author, sign_in
from wtnet.ui.frame.errors import show_error


def start(place: str, before_leaving: Callable[[], None] = lambda: None) -> None:
    """Ask for a name, make the programme, and go to its table of partners. `place` tells forms of one page apart."""
    with st.form(f"empty_programme_{place}", border=False):
        name = st.text_input("What is it called?", key=f"empty_name_{place}", max_chars=200)
        pressed = st.form_submit_button("Start it", key=f"empty_start_{place}")
    if not pressed:
        return
    try:
        store = sign_in.writable_store()
        programme = new_programme(store, name)
        store.create(programme, Tables(), author.known(), "Started empty")
    except WtnetError as error:
        show_error(error)
        return
    before_leaving()
    address.put("programme", programme.id)
    address.forget("programme")
    st.switch_page("pages/data.py", query_params={"programme": programme.id, "do": "correct"})
