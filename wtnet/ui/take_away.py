"""The data leaves as freely as it came: any format, one click to make it and one to keep it."""

from __future__ import annotations

import streamlit as st

from wtnet.network import Scope
from wtnet.ui.page import Here
from wtnet.writers import BY_ID, FORMATS, prepare, write


def take_away(here: Here) -> None:
    """Choose a format, make the file, download it. Everything the programme holds is in it: it is for its lead."""
    st.subheader("Take the data with you", anchor=False)
    words = {one.id: f"{one.name}: {one.description[0].lower()}{one.description[1:]}" for one in FORMATS}
    chosen = st.selectbox("Format", list(words), format_func=words.__getitem__, key="export_format")
    st.caption("The file holds everything, names of freelancers and every rating included. Pass it on with care.")
    if not st.button("Make the file", key="export_make", icon=":material/deployed_code:"):
        return
    with st.spinner("Writing …"):
        data = write(chosen, prepare(here.programme, here.tables, Scope(wave=here.wave)))
    writer = BY_ID[chosen]
    st.download_button(
        f"Download {here.programme.id}{writer.suffix} ({len(data) / 1000:,.0f} KB)",
        data,
        f"{here.programme.id}{writer.suffix}",
        writer.mime,
        key="export_download",
        on_click="ignore",
        icon=":material/download:",
    )
